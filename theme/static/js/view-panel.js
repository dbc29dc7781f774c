// The panel in which a reader with weak eyesight chooses the look of the pages; js/view.js loads it when it is asked for,
// and applies and remembers what is chosen.
const WORDS = {
  uk: {
    title: "Вигляд сторінок", close: "Закрити", reset: "Звичайний вигляд", done: "Повернено звичайний вигляд.", about: "Про доступність сайту",
    groups: {
      size: ["Розмір тексту", "Звичайний", "Більший", "Найбільший"],
      colors: ["Кольори", "Звичайні", "Чорним на білому", "Білим на чорному", "Синім на блакитному"],
      spacing: ["Відстані", "Звичайні", "Більші між літерами й рядками"],
      pictures: ["Зображення", "Показувати", "Описувати словами"],
    },
  },
  en: {
    title: "How pages look", close: "Close", reset: "Usual look", done: "The usual look is back.", about: "Accessibility of this site",
    groups: {
      size: ["Text size", "Usual", "Larger", "Largest"],
      colors: ["Colours", "Usual", "Black on white", "White on black", "Dark blue on light blue"],
      spacing: ["Spacing", "Usual", "More between letters and lines"],
      pictures: ["Pictures", "Shown", "Described in words"],
    },
  },
};

const choice = (name, value, title) =>
  `<label class="view-panel__choice view-panel__choice--${name}-${value || "usual"}"><input class="view-panel__input" type="radio" name="view-${name}" value="${value}"><span>${title}</span></label>`;
const group = (name, values, [title, ...titles]) =>
  `<fieldset class="view-panel__group"><legend class="view-panel__legend">${title}</legend>${["", ...values].map((value, number) => choice(name, value, titles[number])).join("")}</fieldset>`;
const inside = (words, values) => `
<div class="view-panel__inner wrap">
  <div class="view-panel__head">
    <p class="view-panel__title" id="view-title">${words.title}</p>
    <button class="view-panel__button" type="button" popovertarget="view-panel" popovertargetaction="hide">${words.close}</button>
  </div>
  <div class="view-panel__groups">${Object.entries(values).map(([name, some]) => group(name, some, words.groups[name])).join("")}</div>
  <div class="view-panel__foot">
    <button class="view-panel__button" type="button" data-view-reset>${words.reset}</button>
    <p class="view-panel__state" role="status"></p>
    <a class="view-panel__about">${words.about}</a>
  </div>
</div>`;

// values: what may be chosen beside the usual look, by group; about: the address of the accessibility statement, if there
// is one; choose: takes the chosen values.
export const viewPanel = (values, about, choose) => {
  const words = WORDS[document.documentElement.lang] || WORDS.uk;
  const element = Object.assign(document.createElement("div"), {
    className: "view-panel", id: "view-panel", popover: "auto", role: "dialog", tabIndex: -1, autofocus: true, innerHTML: inside(words, values),
  });
  element.setAttribute("aria-labelledby", "view-title");
  const link = element.querySelector("a");
  if (about) link.href = about;
  else link.remove();
  const inputs = [...element.querySelectorAll("input")];
  const state = element.querySelector("[role=status]");
  element.addEventListener("change", () => {
    state.textContent = "";
    choose(Object.fromEntries(inputs.filter((input) => input.checked).map((input) => [input.name.slice(5), input.value])));
  });
  element.querySelector("[data-view-reset]").addEventListener("click", () => {
    choose({});
    state.textContent = words.done;
  });
  const show = (view) => {
    for (const input of inputs) input.checked = (view[input.name.slice(5)] || "") === input.value;
  };
  return { element, show };
};
