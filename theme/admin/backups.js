// What the CMS has kept of a form that was closed or broken off before it was saved.
//
// It may go back into the form only while the file is still the one that it was begun from: later it would stand over a
// colleague's newer text, and no conflict would be told. Then the form keeps the newer text, and the old one is shown beside it.
import { element } from "./dom.js";

const SOURCE = "_source"; // the file as it was read, which every form of ours remembers
const MORE = "more"; // the form's group of fields that are seldom needed: no name of its own
const BODY = "body";
const TIME = { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" };

/** Register the question that the CMS's prepared copy asks before it offers a backup: whether it was dealt with here. */
export function keepBackups() {
  globalThis.hromadaOutdated = (backup, draft, isOtherForm, remove) => {
    if (!isOtherForm && sourceOf(backup.currentValues) === sourceOf(draft.originalValues)) return false;
    show(backup, draft, isOtherForm, remove);
    return true;
  };
}

const valuesOf = (locales) => Object.values(locales ?? {})[0] ?? {};
const sourceOf = (locales) => valuesOf(locales)[SOURCE] || "";

/** The form's texts with the names of their fields, the text itself last; chosen files by their names. */
export function textOf({ currentValues, files = {} }, fields) {
  const written = Object.entries(valuesOf(currentValues)).filter(([path, value]) =>
    typeof value === "string" && value.trim() && path !== SOURCE && !/\.__sc_\w+$/.test(path));
  const named = (value) => value.replaceAll(/blob:[^\s)"']+/g, (address) => files[address]?.file?.name ?? "файл");
  const [body, others] = [written.filter(([path]) => path === BODY), written.filter(([path]) => path !== BODY)];
  const lines = others.map(([path, value]) => `${labelOf(path, fields)}: ${named(value)}`);
  return [lines.join("\n"), ...body.map(([, value]) => named(value))].filter(Boolean).join("\n\n");
}

/** «Галерея 2, Підпис» for `gallery.1.caption`. */
function labelOf(path, fields) {
  const words = [];
  for (const part of path.split(".")) {
    const field = fields?.find(({ name }) => name === part);
    if (/^\d+$/.test(part)) words.push(`${words.pop() ?? ""} ${Number(part) + 1}`.trim());
    else if (part !== MORE) words.push(field?.label ?? part);
    if (field) fields = field.fields;
  }
  return words.join(", ");
}

function show(backup, draft, isOtherForm, remove) {
  const text = textOf(backup, draft.fields);
  const reason = isOtherForm ? "змінилася сама форма" : "цей текст змінили: у формі – новий";
  const told = element("p", { role: "status", class: "kept-text__told" });
  const area = element("textarea", { class: "kept-text__area", id: "kept-text-area", readonly: true, rows: "10" });
  area.value = text;
  const end = async () => {
    await remove();
    dialog.close();
    dialog.remove();
  };
  const copy = async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Скопійовано. Вставте його, куди треба, і закрийте це вікно.";
    } catch {
      told.textContent = "Браузер не дав скопіювати. Текст виділено: натисніть Ctrl+C.";
    }
  };
  const button = (words, click) => element("button", { type: "button", class: "kept-text__button", click }, words);
  const dialog = element("dialog", { class: "kept-text", "aria-labelledby": "kept-text-title", cancel: (event) => event.preventDefault() },
    element("h2", { id: "kept-text-title" }, "Тут є ваш незбережений текст"),
    element("p", {}, `Ви писали його ${backup.timestamp.toLocaleString("uk", TIME)} і не зберегли. Відтоді ${reason}, тож сам він у форму не стане. Візьміть із нього те, що потрібно: скопіюйте або завантажте файлом. Світлини додайте знову.`),
    element("label", { for: area.id }, "Ваш текст"), area, told,
    element("div", { class: "kept-text__buttons" }, button("Скопіювати", copy), button("Завантажити й закрити", () => { download(text); return end(); }), button("Прибрати його", end)));
  document.body.append(dialog);
  dialog.showModal();
}

function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  element("a", { href: address, download: "незбережене.txt" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
