// Narrows a list as one types; without this script the whole list stands and the field stays hidden. Groups that have
// nothing left go with their headings, and what only repeats the list in another order (data-list-rest) steps aside.
(() => {
  const plain = (text) => text.toLocaleLowerCase("uk").replace(/[’ʼ'`]/g, "").replace(/ґ/g, "г");

  for (const filter of document.querySelectorAll("[data-list-filter]")) {
    const field = filter.querySelector("input");
    const state = filter.querySelector("[role=status]");
    const list = document.getElementById(filter.dataset.listFilter);
    const items = [...list.querySelectorAll("li")].map((item) => [item, plain(`${item.textContent} ${item.dataset.words || ""}`)]);
    const groups = list.querySelectorAll("[data-list-group]");
    const rest = document.querySelectorAll("[data-list-rest]");

    const narrow = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [item, text] of items) {
        item.hidden = !words.every((word) => text.includes(word));
        shown += item.hidden ? 0 : 1;
      }
      for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
      for (const other of rest) other.hidden = words.length > 0;
      state.textContent = !words.length ? "" : shown ? `Показано ${shown} з ${items.length}` : filter.dataset.none;
    };

    filter.hidden = false;
    field.addEventListener("input", narrow);
    narrow(); // a browser that comes back fills the field again
  }
})();
