// The bar of the editor on one's own computer, which `make serve` puts into the pages of /admin/: what the check has found
// in the text that is open, each finding with its field; the way to the preview; publishing, with its questions.
//
// The server's token comes in the address, after «#», and is kept as the CMS keeps its login, so that nobody is asked for one.
import { counted, element, tellHeight } from "./dom.js";
import { PublicationWindow } from "./publication.js";

const LOGIN = "sveltia-cms.user";
const RETRY = 2000; // ms until the server is asked again after it did not answer

// --- the token ----------------------------------------------------------------------------------------------------------

/** Take the token out of the address; whether there was one. */
function takeToken() {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (!token) return false;
  localStorage.setItem(LOGIN, JSON.stringify({ backendName: "gitea", token }));
  history.replaceState(null, "", location.pathname);
  return true;
}

const token = () => {
  try {
    return JSON.parse(localStorage.getItem(LOGIN) || "{}").token || "";
  } catch {
    return "";
  }
};

takeToken();
addEventListener("hashchange", () => {
  if (takeToken()) location.reload(); // the address of a new run was opened in this tab
});

// --- requests -----------------------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, { body, signal } = {}) {
  const answer = await fetch(`/__local/${path}`, {
    method: body ? "POST" : "GET",
    headers: { Authorization: `token ${token()}`, ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body && JSON.stringify(body),
    cache: "no-store",
    signal,
  });
  const value = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, value.message);
  return value;
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// --- elements -----------------------------------------------------------------------------------------------------------

const status = element("p", { class: "local-bar__status", role: "status", "aria-live": "polite" });
const list = element("ul", { class: "local-bar__findings", id: "local-findings", hidden: true, "aria-label": "Зауваження до цього тексту" });
const toggle = element("button", { class: "local-bar__button", type: "button", "aria-controls": list.id, hidden: true, click: () => show(list.hidden) });
const preview = element("a", { class: "local-bar__button", target: "hromada-preview", rel: "noopener", hidden: true }, "Переглянути");
const publication = new PublicationWindow(ask, formOf);
const bar = element(
  "aside",
  { class: "local-bar", "aria-label": "Сайт на цьому комп’ютері" },
  list,
  element("div", { class: "local-bar__row" }, status, toggle, preview, publication.button),
);

function show(isOpen) {
  list.hidden = !isOpen;
  toggle.setAttribute("aria-expanded", String(isOpen));
}

const ERRORS = ["помилка", "помилки", "помилок"];
const WARNINGS = ["попередження", "попередження", "попереджень"];
const isText = (path) => path.endsWith(".md");
const countedBoth = (errors, warnings) =>
  [errors && counted(errors, ERRORS), warnings && counted(warnings, WARNINGS)].filter(Boolean).join(", ");

// --- which file is open -------------------------------------------------------------------------------------------------

let collections = [];
const isCms = document.getElementById("cms") !== null;

/** The content's path of the entry that the address names; empty for a list or a new entry. */
function openPath() {
  const [, name, entry] = /^#\/collections\/([^/]+)\/entries\/([^?]+)/.exec(location.hash) ?? [];
  const collection = collections.find((one) => one.name === decodeURIComponent(name ?? ""));
  if (!collection) return "";
  const asked = decodeURIComponent(entry);
  if (collection.files) return collection.files.find((file) => file.name === asked)?.file ?? "";
  return `${collection.folder}/${asked}.${collection.extension ?? "md"}`;
}

/** Whether the form is one of a text that no file has yet. */
const isNewForm = () => /^#\/collections\/[^/]+\/new/.test(location.hash);

/** The address of the form of a file; empty if no collection has it. */
function formOf(path) {
  for (const collection of collections) {
    const file = collection.files?.find((one) => one.file === path);
    if (file) return `#/collections/${collection.name}/entries/${file.name}`;
    if (collection.folder && path.startsWith(`${collection.folder}/`) && path.endsWith(".md")) {
      const entry = path.slice(collection.folder.length + 1, -3);
      return `#/collections/${collection.name}/entries/${entry.split("/").map(encodeURIComponent).join("/")}`;
    }
  }
  return "";
}

// --- findings -----------------------------------------------------------------------------------------------------------

let seen = -1;
let shown = -1;
let asking = new AbortController();
let lastSaved = ""; // the text that was saved last: the form closes when it is saved

/** The element of a field in the form of the CMS; undefined where the form has none. */
const fieldElement = (key) =>
  [...document.querySelectorAll("[data-key-path]")].find(({ dataset }) => dataset.keyPath === key || dataset.keyPath.endsWith(`.${key}`));

function goTo(key) {
  const field = fieldElement(key);
  if (!field) return;
  field.scrollIntoView({ block: "center" });
  // The menu of a field stands before its control.
  (field.querySelector("input, textarea, select, [contenteditable=true], [role=textbox]") ?? field.querySelector("button, [tabindex]"))?.focus();
}

function findingLine(finding, path) {
  const words = `${finding.message}${finding.fix ? `, ${finding.fix}` : ""}`;
  const level = finding.level === "error" ? "Помилка" : "Попередження";
  const isOpen = openPath() === path;
  const name = finding.title || (isText(path) ? "Увесь файл" : `Рядок ${finding.line}`);
  const place = finding.title && isOpen && isCms
    ? element("button", { class: "local-bar__field", type: "button", click: () => goTo(finding.key) }, name)
    : element("b", {}, name);
  return element("li", { class: `local-bar__finding local-bar__finding--${finding.level}` }, element("span", { class: "local-bar__level" }, level), " ", place, `: ${words}`);
}

function showFindings(state, path) {
  const { findings, fresh } = state;
  const errors = findings.filter(({ level }) => level === "error").length;
  const own = countedBoth(errors, findings.length - errors);
  const elsewhere = state.errors - errors;
  const form = path && path !== openPath() ? formOf(path) : "";
  list.replaceChildren(
    ...(form ? [element("li", { class: "local-bar__finding" }, element("a", { href: form }, "Відкрити цей текст знову"))] : []),
    ...findings.map((finding) => findingLine(finding, path)),
    ...state.kept.map((name) => element("li", { class: "local-bar__finding" }, `Текст, який був у файлі до збереження, лежить у ${name}.`)),
  );
  toggle.hidden = !list.children.length;
  toggle.textContent = findings.length ? "Зауваження" : "Подробиці";
  const isNew = state.number !== shown; // else a person has closed the list
  shown = state.number;
  if (!list.children.length) show(false);
  else if (isNew && fresh) show(findings.length + state.kept.length > 0);
  const blocked = elsewhere > 0 ? ` В інших файлах: ${counted(elsewhere, ERRORS)}, сайт не побудовано.` : "";
  if (!fresh) status.textContent = "Збережено на цьому комп’ютері. Перевіряю…";
  else if (isNewForm()) status.textContent = `Цього тексту ще не збережено: його перевірять, коли ви його збережете.${blocked}`;
  else if (own) status.textContent = `У збереженому ${isText(path) ? "тексті" : "файлі"}: ${own}.${blocked}`;
  else if (isText(path) && !state.page) status.textContent = `Зауважень до полів немає. Текст, посилання й світлини перевірять, коли матеріал виходитиме на сайт.${blocked}`;
  else if (path) status.textContent = `Зауважень до збереженого ${isText(path) ? "тексту" : "файлу"} немає.${blocked}`;
  else status.textContent = blocked.trim() || "Сайт на цьому комп’ютері.";
  preview.hidden = false;
  preview.href = state.preview + (state.page || "/");
}

function showFault(fault) {
  show(false);
  toggle.hidden = preview.hidden = true;
  status.textContent =
    fault.status === 401
      ? "Програму, яка тримає цю сторінку, запущено знову: відкрийте редактор за адресою, яку вона показала. Написане тут ще є: скопіюйте його."
      : fault.status
        ? fault.message
        : "Програма, яка тримає цю сторінку, не відповідає: запустіть її знову. Написане тут ще є.";
}

async function watchFindings() {
  for (;;) {
    const opened = openPath();
    const path = opened || (isNewForm() ? "" : lastSaved);
    try {
      const state = await ask(`findings?${new URLSearchParams({ path, seen })}`, { signal: asking.signal });
      const saved = state.fresh ? "" : state.saved.find((name) => /\.(?:md|csv|toml)$/.test(name)) || "";
      seen = state.number;
      if (saved && saved !== path && saved !== lastSaved && !opened) {
        lastSaved = saved;
        seen = -1;
        continue;
      }
      if (saved) lastSaved = saved;
      showFindings(state, path);
    } catch (fault) {
      if (fault.name === "AbortError") continue;
      showFault(fault);
      seen = -1;
      await wait(RETRY);
    }
  }
}

addEventListener("hashchange", () => {
  seen = shown = -1;
  asking.abort();
  asking = new AbortController();
});

// --- the page -----------------------------------------------------------------------------------------------------------

async function start() {
  if (isCms) {
    // The CMS takes the room above the bar.
    document.body.classList.add("local-page");
    document.body.append(element("div", { id: "nc-root", class: "local-page__cms" }));
  }
  document.body.append(bar, publication.element);
  tellHeight(bar);
  if (isCms) {
    const config = await (await fetch("/admin/config.json", { cache: "no-cache" })).json();
    collections = config.collections ?? [];
  }
  await watchFindings();
}

start();
