// The page /admin/registers/: the rows of a register's CSV file as a table that one can add to, change, paste into and
// save as one commit. What is open is open_register.js, what is shown of it register_view.js, how it is saved register_saving.js.
import { element, part } from "./dom.js";
import { hostOfPage } from "./host_login.js";
import { HostError } from "./host_requests.js";
import { OpenRegister } from "./open_register.js";
import { PasteDialog } from "./paste_dialog.js";
import { RegisterChooser } from "./register_chooser.js";
import { kyivTime } from "./register_dates.js";
import { nameOf, ROOT } from "./register_files.js";
import { saveRegister } from "./register_saving.js";
import { newRow, newTable, openTable, TableRefused, withRaw, withRowChanged, withRowsAdded } from "./register_table.js";
import { RegisterView } from "./register_view.js";
import { RowForm, rowsCounted } from "./row_form.js";
import { signIn, signOut } from "./sign_in.js";

const MOST_OTHER_FILES = 20; // of a register, read to find repeated publications
const USUAL_HEADER = ["Дата", "Назва", "Посилання"];

const host = hostOfPage();
const now = kyivTime(new Date());
const isLocal = new URL(host.api).origin === location.origin; // the server of `make serve`, which writes files
const SAVED = isLocal ? "Збережено у файл. На сайті це буде після публікації." : "Збережено. Сайт оновиться через кілька хвилин.";
let client;
let rules;
let chooser;
let opened = null; // the file that is open
let addForm; // of the open file, for a new row

const say = (text) => {
  part("status").textContent = text;
};
const fail = (error) => {
  if (!(error instanceof HostError) && !(error instanceof TableRefused)) throw error;
  part("fault").replaceChildren(element("p", {}, error.message));
  part("fault").hidden = false;
  part("fault").scrollIntoView({ block: "nearest" });
};
const clearFault = () => {
  part("fault").hidden = true;
  part("fault").replaceChildren();
};

// Does what asks the host; an expired token is asked for again, other refusals are told.
const attempt = async (work) => {
  clearFault();
  document.body.setAttribute("aria-busy", "true");
  try {
    return await work();
  } catch (error) {
    if (error.kind === "token") {
      signOut();
      client = await signIn(host, part("sign-in"), error.message);
      return attempt(work);
    }
    fail(error);
    return undefined;
  } finally {
    document.body.removeAttribute("aria-busy");
  }
};

const savedWords = () => {
  if (isLocal) return [SAVED];
  const status = document.querySelector('.admin-menu a[href$="/admin/status/"]');
  return [SAVED, ...(status ? [" ", element("a", { href: status.href }, "Стежити за цим")] : [])];
};

// --- opening ------------------------------------------------------------------------------------------------------------

/** Whether leaving the file would lose something: also a row that is typed and not added yet. */
const isUnsaved = () => Boolean(opened) && (opened.hasChanges || addForm.isTyped());
const mayLeave = () => !isUnsaved() || window.confirm("Незбережені зміни буде втрачено. Відкрити інший файл?");

/** The address and the choice of files name the open file again. */
const stay = () => {
  if (!opened) return;
  chooser.nameInAddress(opened);
  chooser.showFiles(opened);
};

let asked = 0; // how often a file was asked for: only the answer to the last time counts

/** Opens what the address names; without a name the list of registers alone is there. */
const openAddress = async () => {
  asked += 1;
  const order = asked;
  const named = chooser.named();
  if (!named) {
    if (!mayLeave()) return void stay();
    opened = null;
    view.close();
    chooser.showRegisters();
    return;
  }
  if (opened?.path === named.path) return;
  const read = await attempt(() => readTable(named));
  if (order !== asked) return;
  // Asked only now: until the answer came the file that was open could be changed.
  if (!read || !mayLeave()) stay();
  else openFile(named, read);
};

const readTable = async ({ register, path }) => {
  const found = chooser.has(path) ? await client.readFile(path) : null;
  const header = rules.registers.find(({ id }) => id === register)?.header || USUAL_HEADER;
  return { sha: found?.sha ?? null, table: found ? openTable(rules, found.bytes) : newTable(rules, header) };
};

const openFile = ({ register, path }, { sha, table }) => {
  opened = new OpenRegister({ rules, now, register, path, sha, table });
  chooser.nameInAddress(opened);
  chooser.showRegisters(opened);
  chooser.showFiles(opened);
  addForm = new RowForm({ rules, register, table });
  part("new-row").replaceChildren(addForm.element);
  view.open(opened, chooser.titleOf(register));
  view.show();
  say(sha ? `Відкрито ${nameOf(path)}: ${rowsCounted(opened.rows.length)}.` : `Новий файл ${nameOf(path)}: запишіть перший рядок і збережіть.`);
  readOthers(opened);
};

// The register's other files, to find publications that are listed twice; they are no condition of editing.
const readOthers = async (file) => {
  const paths = chooser.tablesOf(file.register).filter((path) => path !== file.path).slice(-MOST_OTHER_FILES);
  const others = await Promise.all(paths.map(async (path) => {
    try {
      const found = await client.readFile(path);
      return found ? [{ path, table: openTable(rules, found.bytes) }] : [];
    } catch (error) {
      if (error instanceof HostError || error instanceof TableRefused) return [];
      throw error;
    }
  }));
  if (opened !== file) return;
  file.compareWith(others.flat());
  view.show();
};

// --- changes ------------------------------------------------------------------------------------------------------------

const change = (table, told) => {
  opened.change(table, told);
  view.show();
  say(told);
};

const undo = () => {
  const told = opened.undo();
  if (!told) return;
  view.show();
  say(`Скасовано: ${told}`);
};

const removeRow = (row) => {
  const next = view.neighbourOf(row.id);
  const line = opened.lineOf(row.id);
  opened.remove(row.id);
  view.show();
  say(`Прибрано рядок ${line}. Повернути його можна кнопкою «Скасувати останню дію».`);
  if (!view.focusRow(next, "button:last-child")) part("undo").focus();
};

const addRow = (event) => {
  event.preventDefault();
  const wrong = addForm.check();
  if (wrong) {
    say("Рядок не додано: виправте позначене.");
    wrong.focus();
    return;
  }
  view.showAll();
  change(withRowsAdded(opened.table, [addForm.made()]), "Додано рядок. Збережіть зміни, коли запишете всі.");
  addForm.reset(opened.table);
  addForm.focus();
};

const takePasted = (list) => {
  view.showAll();
  change(withRowsAdded(opened.table, list.map((values) => newRow(rules, opened.table, values))), `Додано ${rowsCounted(list.length)} з буфера обміну.`);
  part("save").focus();
};

/** The dialog of one row: its fields, or the row as the file has it where it can't be taken apart. */
const openRow = (row) => {
  const dialog = part("row-dialog");
  const raw = element("textarea", { id: "row-raw", rows: 3, spellcheck: "false" }, row.raw);
  const form = row.kind === "data" ? new RowForm({ rules, register: opened.register, table: opened.table, row }) : null;
  part("row-dialog-title").textContent = `Рядок ${opened.lineOf(row.id)}`;
  part("row-dialog-fields").replaceChildren(form ? form.element : element("div", { class: "row-form__field row-form__field--wide" },
    element("label", { for: "row-raw" }, "Рядок так, як він записаний у файлі"), raw));
  part("row-dialog-form").onsubmit = (event) => {
    event.preventDefault();
    const made = form ? form.made() : withRaw(rules, opened.table, row, raw.value.replace(/[\r\n]+/g, " "));
    const wrong = form?.check();
    if (wrong) {
      wrong.focus();
      return;
    }
    dialog.close();
    if (made.raw !== row.raw) change(withRowChanged(opened.table, { ...made, isChanged: true }), `Змінено рядок ${opened.lineOf(row.id)}.`);
    view.focusRow(row.id);
  };
  dialog.showModal();
  form?.check();
  (form ? form.element.querySelector("[aria-invalid]") || form.element.querySelector("input, select") : raw).focus();
};

const view = new RegisterView({ change: openRow, remove: removeRow, saved: savedWords });

// --- saving -------------------------------------------------------------------------------------------------------------

const save = async () => {
  if (opened.wrongRows.length) return tellWrong();
  const file = opened;
  const isOpen = () => file === opened;
  const shown = () => {
    if (isOpen()) view.show();
  };
  file.isSaving = true;
  view.showSaving();
  say("Зберігаємо …");
  let end;
  try {
    end = await attempt(() => saveRegister(client, file, { title: chooser.titleOf(file.register), isOpen, shown }));
  } finally {
    file.isSaving = false;
  }
  if (end?.what === "saved") chooser.note(file.path);
  if (!isOpen()) tellElsewhere(end, file);
  else if (end) tellEnd(end);
  else view.showSaving();
};

const tellWrong = () => {
  const [wrong] = opened.wrongRows;
  view.reveal(wrong);
  say(`Не збережено: у рядку ${opened.lineOf(wrong.id)} є помилка.`);
};

/** How the saving of a file ended that is not open any more. */
const tellElsewhere = (end, { path }) => {
  if (end?.what === "saved") say(`Збережено ${nameOf(path)}.`);
  else if (end?.what === "left") say(`Не збережено ${nameOf(path)}: тим часом цей файл зберіг колега.`);
};

const tellEnd = ({ what, added, error }) => {
  chooser.showFiles(opened);
  view.show();
  if (what === "saved") say(added === undefined || opened.hasChanges ? SAVED : `Збережено разом зі змінами колеги. Нових рядків від колеги: ${added}.`);
  else if (what === "same") say("Колега вже зберіг таку саму зміну.");
  else if (what === "wrong") tellWrong();
  else if (what === "conflicts") tellConflicts();
  else {
    fail(error);
    view.showOwnRows();
  }
};

const tellConflicts = () => {
  const isSameOnly = opened.conflicts.every(({ kind }) => kind === "same");
  say(isSameOnly
    ? "Поки ви працювали, колега зберіг цей файл і записав такий самий рядок. Обидва стоять у таблиці. Приберіть один або лишіть як є, тоді збережіть."
    : "Поки ви працювали, колега зберіг цей файл. Той самий рядок змінили ви обоє: нічого не втрачено, обидві версії стоять у таблиці. Лишіть потрібну й збережіть.");
  view.focusRow(opened.conflicts[0].ids[0]);
};

const keepAll = () => {
  opened.keepConflicts();
  view.show();
  say("Рядки лишено як є. Збережіть зміни.");
  part("save").focus();
};

// --- the page -----------------------------------------------------------------------------------------------------------

const readRules = async () => {
  try {
    const response = await fetch(part("chooser").dataset.rules);
    if (response.ok) return await response.json();
  } catch {
    // told below
  }
  throw new HostError("network");
};

const start = async () => {
  client = await signIn(host, part("sign-in"));
  const loaded = await attempt(() => Promise.all([readRules(), client.listFiles(ROOT)]));
  if (!loaded) return;
  rules = loaded[0];
  chooser = new RegisterChooser({ rules, host, day: now.day, files: loaded[1] });
  chooser.showRegisters();
  const paste = new PasteDialog({ rules, state: () => opened, take: takePasted, say });
  part("paste").addEventListener("click", () => paste.open());
  document.addEventListener("paste", (event) => paste.catch(event));
  window.addEventListener("hashchange", openAddress);
  await openAddress();
};

part("add").addEventListener("submit", addRow);
part("undo").addEventListener("click", undo);
part("save").addEventListener("click", save);
part("keep").addEventListener("click", keepAll);
part("newer").addEventListener("click", () => say(view.turn(-1)));
part("older").addEventListener("click", () => say(view.turn(1)));
part("file").addEventListener("change", (event) => { location.hash = `#${opened.register}/${nameOf(event.target.value)}`; });
part("new-file").addEventListener("click", (event) => { location.hash = `#${opened.register}/${nameOf(event.target.dataset.path)}`; });
part("query").addEventListener("input", (event) => view.choose({ query: event.target.value }));
part("only-findings").addEventListener("change", (event) => view.choose({ onlyFindings: event.target.checked }));
part("row-dialog-cancel").addEventListener("click", () => part("row-dialog").close());
window.addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });
start();
