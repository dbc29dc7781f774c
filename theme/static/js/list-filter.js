// Narrows a list as one types; without this script the whole list stands and the field stays hidden. Groups that have
// nothing left go with their headings (data-list-group), and what repeats the list in another order (data-list-rest) steps aside.
(() => {
  const filter = document.querySelector("[data-filter]");
  const field = filter.querySelector("input");
  const state = filter.querySelector("[role=status]");
  const plain = (text) => text.toLocaleLowerCase("uk").replace(/[’ʼ'`]/g, "").replace(/ґ/g, "г");
  const entries = [...document.querySelectorAll(filter.dataset.filter)];
  const items = entries.map((item) => [item, plain(`${item.textContent} ${item.dataset.words || ""}`)]);
  const groups = [...document.querySelectorAll("[data-list-group]")].map((group) => [group, entries.filter((item) => group.contains(item))]);
  const rest = document.querySelectorAll("[data-list-rest]");

  const narrow = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    for (const [group, own] of groups) group.hidden = own.every((item) => item.hidden);
    for (const other of rest) other.hidden = words.length > 0;
    state.textContent = !words.length ? "" : shown ? `Показано ${shown} з ${items.length}` : filter.dataset.nothing;
  };

  filter.hidden = false;
  field.addEventListener("input", narrow);
  narrow(); // a browser that comes back fills the field again
})();
