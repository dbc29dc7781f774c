// What ends is judged by the reader's clock from moments in the page: a static page does not know how old it is. Without
// this script the page says what was right at the last build.
(() => {
  const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });
  const isOver = (element) => Date.parse(element.dataset.validUntil) <= Date.now();

  // An item's own line «Діє до …» and its mark in a list; on the home page the item leaves.
  const judge = () => {
    for (const element of document.querySelectorAll("[data-valid-until]")) {
      if (!isOver(element)) continue;
      const words = element.querySelector("[data-valid-words]");
      if (words) {
        words.replaceWith(make("strong", "", "Втратило чинність"), " після");
        element.lastChild.textContent = ".";
        element.classList.add("validity--over");
      } else if (element.closest("[data-hides-over]")) {
        element.remove();
      } else {
        const mark = make("p", "validity-mark", "Втратило чинність");
        element.querySelector("[data-title]").after(mark);
      }
      delete element.dataset.validUntil;
    }
  };

  // «Опубліковано понад 3 роки тому» under an item that is so old.
  const tellAge = () => {
    for (const note of document.querySelectorAll("[data-published]")) {
      const day = new Date(`${note.dataset.published}T00:00:00Z`);
      day.setUTCFullYear(day.getUTCFullYear() + Number(note.dataset.years));
      note.hidden = day.getTime() >= Date.now();
    }
  };

  judge();
  tellAge();
  document.addEventListener("visibilitychange", judge); // a page may stay open over midnight
})();
