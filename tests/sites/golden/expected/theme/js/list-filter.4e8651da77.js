// Narrows a list as one types; without this script the whole list stands and the field stays hidden.
(() => {
  const filter = document.querySelector("[data-filter]");
  const field = filter.querySelector("input");
  const state = filter.querySelector("[role=status]");
  const plain = (text) => text.toLocaleLowerCase("uk").replace(/[’ʼ'`]/g, "").replace(/ґ/g, "г");
  const items = [...document.querySelectorAll(filter.dataset.filter)].map((item) => [item, plain(item.textContent)]);

  const narrow = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    state.textContent = !words.length ? "" : shown ? `Показано ${shown} з ${items.length}` : filter.dataset.nothing;
  };

  filter.hidden = false;
  field.addEventListener("input", narrow);
  narrow(); // a browser that comes back fills the field again
})();
