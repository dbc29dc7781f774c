// A date of which only a part is typed: the browser gives such a field no value, and the CMS would save the item without it.
//
// The person is told at the field on leaving it, and a save is refused with the field's name (theme/admin/forms.js).
import { element } from "./dom.js";

const DATES = 'input:is([type="date"], [type="datetime-local"])';
const NOTE = "unfinished-date";
const typed = new Map(); // by path the names of fields that were left with such a date; a group that is folded drops its fields

export function watchDates(root = document) {
  root.addEventListener("focusout", ({ target }) => target.matches?.(DATES) && note(target), true);
  // A date is also filled in or cleared by the CMS's buttons, a moment later.
  for (const event of ["input", "click"]) root.addEventListener(event, () => setTimeout(() => takeAway(root)), true);
  addEventListener("hashchange", () => typed.clear()); // another form
}

/** The names of the fields whose dates can't be saved as they are. */
export function unfinishedDates(root = document) {
  for (const field of root.querySelectorAll(DATES)) {
    if (isUnfinished(field)) typed.set(pathOf(field), nameOf(field));
    else typed.delete(pathOf(field));
  }
  return [...typed.values()];
}

const isUnfinished = (field) => field.validity.badInput;
const sectionOf = (field) => field.closest("[data-key-path]");
const pathOf = (field) => sectionOf(field)?.dataset.keyPath;
const nameOf = (field) => sectionOf(field)?.querySelector("h4")?.textContent.trim() || "Дата";

function note(field) {
  if (!isUnfinished(field)) return;
  typed.set(pathOf(field), nameOf(field));
  const section = sectionOf(field);
  if (section && !section.querySelector(`.${NOTE}`)) {
    const parts = field.type === "date" ? "день, місяць і рік" : "день, місяць, рік і час";
    const clear = () => {
      field.value = ""; // the CMS has no value to clear
      field.focus();
    };
    section.append(element("p", { class: NOTE, role: "alert" },
      `Дату введено не повністю: допишіть ${parts}. Так її не буде збережено. `, element("button", { type: "button", click: clear }, "Очистити поле")));
  }
}

function takeAway(root) {
  for (const shown of root.querySelectorAll(`.${NOTE}`)) {
    const field = sectionOf(shown)?.querySelector(DATES);
    if (field && isUnfinished(field)) continue;
    if (field) typed.delete(pathOf(field));
    shown.remove();
  }
}
