// Narrows a list as one types; without this script the whole list stands and the field stays hidden. Groups that have
// nothing left go with their headings (data-list-group), and what repeats the list in another order (data-list-rest) steps
// aside. A list that a button controls is closed on a phone until somebody types or presses it.
(() => {
  const filter = document.querySelector("[data-filter]");
  const field = filter.querySelector("input");
  const state = filter.querySelector("[role=status]");
  const plain = (text) => text.toLocaleLowerCase("uk").replace(/[’ʼ'`]/g, "").replace(/ґ/g, "г");
  const entries = [...document.querySelectorAll(filter.dataset.filter)];
  const texts = entries.map((item) => plain(`${item.textContent} ${item.dataset.words || ""}`));
  const items = entries.map((item, index) => [item, texts[index], texts[index].split(/[^\p{L}\d]+/u)]);
  const groups = [...document.querySelectorAll("[data-list-group]")].map((group) => [group, entries.filter((item) => group.contains(item))]);
  const rest = document.querySelectorAll("[data-list-rest]");
  const button = filter.querySelector("[aria-controls]");
  const list = button && document.getElementById(button.getAttribute("aria-controls"));

  // Words are found as they are typed; where all of them together are found nowhere, by how words begin: «вода» finds «воду».
  const asTyped = (typed, text) => text.includes(typed);
  const asBegun = (typed, text, words) => {
    const stem = typed.replace(/[аеєиіїйоуюяь]{1,2}$/, "");
    return asTyped(typed, text) || (stem.length > 2 && words.some((word) => word.startsWith(stem)));
  };

  const narrow = () => {
    const typed = plain(field.value).split(/\s+/).filter(Boolean);
    const fitting = (finds) => items.filter(([, text, words]) => typed.every((word) => finds(word, text, words)));
    const found = fitting(asTyped);
    const shown = found.length ? found : fitting(asBegun);
    for (const entry of items) entry[0].hidden = !shown.includes(entry);
    for (const [group, own] of groups) group.hidden = own.every((item) => item.hidden);
    for (const other of rest) other.hidden = typed.length > 0;
    if (list) {
      button.hidden = typed.length > 0;
      list.classList.toggle("list-filter__list--closed", !typed.length && button.getAttribute("aria-expanded") === "false");
    }
    state.textContent = !typed.length ? "" : shown.length ? `Показано ${shown.length} з ${items.length}` : filter.dataset.nothing;
  };

  filter.hidden = false;
  field.addEventListener("input", narrow);
  button?.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") === "false"));
    narrow();
  });
  narrow(); // a browser that comes back fills the field again
})();
