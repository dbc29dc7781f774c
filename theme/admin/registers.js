// The page /admin/registers/: the rows of a register's CSV file as a table that one can add to, change, paste into and
// save as one commit. The table's bytes are register_table.js, its rules register_rules.js, the git host git_host.js.
import { counted, element } from "./dom.js";
import { hostOfPage } from "./host_login.js";
import { HostError } from "./host_requests.js";
import { PasteDialog } from "./paste_dialog.js";
import { kyivTime } from "./register_dates.js";
import { halfYear, isCsv, isHalfYear, isSpreadsheet, nameOf, registerOf, ROOT, webAddress } from "./register_files.js";
import { findingsOf, repeatedIn } from "./register_rules.js";
import { headElement, rowElement, shownColumns } from "./register_rows.js";
import { bytesOf, linesOf, newRow, newTable, openTable, TableRefused, withoutRow, withRaw, withRowChanged, withRowsAdded } from "./register_table.js";
import { RowForm, ROWS, rowsCounted } from "./row_form.js";
import { signIn, signOut } from "./sign_in.js";
import { merged } from "./table_merge.js";

const PAGE = 100; // rows
const MOST_OTHER_FILES = 20; // of a register, read to find repeated publications
// Kinds of conflicts of table_merge.js: what a row is told to be, and what to do.
const CONFLICTS = {
  both: ["цей рядок змінили і ви, і колега", "приберіть зайву версію; якщо потрібні обидві, натисніть «Лишити як є»"],
  several: ["рядки на цьому місці змінили і ви, і колега", "приберіть лише зайві версії, а нові рядки колеги не чіпайте; коли зайвого немає, натисніть «Лишити як є»"],
  gone: ["ви змінили цей рядок, а колега його прибрав", "приберіть його або натисніть «Лишити як є»"],
  deleted: ["ви прибрали цей рядок, а колега його змінив", "приберіть його ще раз або натисніть «Лишити як є»"],
  beside: ["ви прибрали рядок на цьому місці, а колега змінив його або дописав новий", "приберіть лише той, який прибирали, і натисніть «Лишити як є»"],
  same: ["такий самий рядок записали і ви, і колега", "якщо це одне й те саме, приберіть один; якщо ні, натисніть «Лишити як є»"],
  total: ["ви й колега змінили підсумок на те саме число", "перевірте його: рядки могли додати ви обоє; тоді натисніть «Лишити як є»"],
};
const CHANGED = { added: ["додано", ROWS], changed: ["змінено", ROWS], deleted: ["прибрано", ROWS] };

const part = (name) => document.querySelector(`[data-${name}]`);
const host = hostOfPage();
const now = kyivTime(new Date());
const isLocal = new URL(host.api).origin === location.origin; // the server of `make serve`, which writes files
const MAY_BE_WRITTEN = new Set(["network", "host"]); // refusals after which the commit may exist all the same
const SAVED = isLocal ? "Збережено у файл. На сайті це буде після публікації." : "Збережено. Сайт оновиться за кілька хвилин.";
let client;
let rules;
let files = []; // of all registers, as the host lists them
let state = null; // of the open file

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

// --- which file ---------------------------------------------------------------------------------------------------------

const titleOf = (register) => rules.registers.find(({ id }) => id === register)?.title || register;

const registers = () => {
  const found = files.filter(({ path }) => path.slice(ROOT.length + 1).includes("/")).map(({ path }) => registerOf(path));
  return [...new Set([...rules.registers.map(({ id }) => id), ...found])];
};

const filesOf = (register) => files.filter(({ path }) => registerOf(path) === register && path.includes("/", ROOT.length + 1));

const showRegisters = () => {
  part("registers").replaceChildren(...registers().map((register) =>
    element("li", {}, element("a", { href: `#${register}`, "aria-current": state?.register === register ? "true" : false },
      element("span", { class: "register-list__title" }, titleOf(register)),
      element("span", { class: "hint" }, `${register} · ${counted(filesOf(register).length, ["файл", "файли", "файлів"])}`))),
  ));
};

const showFiles = () => {
  const { register, path } = state;
  const own = filesOf(register);
  const tables = own.filter((file) => isCsv(file.path)).map((file) => file.path);
  if (!tables.includes(path)) tables.push(path);
  const select = part("file");
  select.replaceChildren(...tables.map((file) => element("option", { value: file }, nameOf(file))));
  select.value = path;
  const next = `${ROOT}/${register}/${halfYear(now.day)}`;
  part("new-file").hidden = tables.includes(next);
  part("new-file").textContent = `Новий файл ${nameOf(next)}`;
  part("new-file").dataset.path = next;
  const spreadsheets = own.filter((file) => isSpreadsheet(file.path));
  part("spreadsheets").hidden = !spreadsheets.length;
  part("spreadsheets").replaceChildren(
    element("p", {}, "Таблиці Excel і LibreOffice тут не редагують: завантажте файл, змініть його у своїй програмі й покладіть назад."),
    element("ul", {}, spreadsheets.map((file) => element("li", {}, element("a", { href: webAddress(host, file.path), rel: "noreferrer" }, nameOf(file.path))))),
  );
};

const namedByAddress = () => {
  try {
    return decodeURIComponent(location.hash.slice(1)).split("/");
  } catch {
    return []; // an address that was cut off
  }
};

const mayLeave = () => !isUnsaved() || window.confirm("Незбережені зміни буде втрачено. Відкрити інший файл?");

/** The address and the choice of files name the open file again. */
const stay = () => {
  if (!state) return;
  history.replaceState(null, "", `#${state.register}/${nameOf(state.path)}`);
  showFiles();
};

let asked = 0; // how often a file was asked for: only the answer to the last time counts

/** Opens what the address names: `#newspaper` or `#newspaper/2021-h2.csv`; the current half-year's where it names none. */
const openAddress = async () => {
  asked += 1;
  const order = asked;
  const [register, name] = namedByAddress();
  if (!register || !registers().includes(register)) {
    if (!mayLeave()) return void stay();
    state = null;
    part("editor").hidden = true;
    showRegisters();
    return;
  }
  const tables = filesOf(register).filter(({ path }) => isCsv(path)).map(({ path }) => path).sort();
  const named = `${ROOT}/${register}/${name}`;
  const path = tables.includes(named) || isHalfYear(name) ? named : usualFile(register, tables);
  if (state?.path === path) return;
  const read = await attempt(() => readTable(register, path));
  if (order !== asked) return;
  // Asked only now: until the answer came the file that was open could be changed.
  if (!read || !mayLeave()) stay();
  else openFile(register, path, read);
};

/** The file of the current half-year, also while it has no row yet; in a register that is not kept by half-years its last one. */
const usualFile = (register, tables) => {
  const current = `${ROOT}/${register}/${halfYear(now.day)}`;
  return tables.includes(current) || !tables.length || tables.some((path) => isHalfYear(nameOf(path))) ? current : tables.at(-1);
};

const readTable = async (register, path) => {
  const found = files.some((file) => file.path === path) ? await client.readFile(path) : null;
  const base = found ? openTable(rules, found.bytes) : newTable(rules, rules.registers.find(({ id }) => id === register)?.header || ["Дата", "Назва", "Посилання"]);
  return { found, base };
};

const openFile = (register, path, { found, base }) => {
  state = { register, path, sha: found?.sha ?? null, base, table: base, history: [], conflicts: [], sent: [], page: 0, query: "", onlyFindings: false, others: [], repeated: new Map(), isSaved: false, isSaving: false };
  history.replaceState(null, "", `#${register}/${nameOf(path)}`);
  part("editor").hidden = false;
  part("title").textContent = titleOf(register);
  part("query").value = "";
  part("only-findings").checked = false;
  showRegisters();
  showFiles();
  showForm();
  find();
  show();
  say(found ? `Відкрито ${nameOf(path)}: ${rowsCounted(dataRows().length)}.` : `Новий файл ${nameOf(path)}: запишіть перший рядок і збережіть.`);
  readOthers(state);
};

// The register's other files, to find publications that are listed twice; they are no condition of editing.
const readOthers = async (opened) => {
  const paths = filesOf(opened.register).map(({ path }) => path).filter((path) => isCsv(path) && path !== opened.path).slice(-MOST_OTHER_FILES);
  const others = await Promise.all(paths.map(async (path) => {
    try {
      const found = await client.readFile(path);
      return found ? [{ path, table: openTable(rules, found.bytes) }] : [];
    } catch (error) {
      if (error instanceof HostError || error instanceof TableRefused) return [];
      throw error;
    }
  }));
  if (state !== opened) return;
  state.others = others.flat();
  find();
  show();
};

// --- changes ------------------------------------------------------------------------------------------------------------

const dataRows = () => state.table.rows.filter(({ kind }) => ["data", "total", "broken"].includes(kind));

let compared = {}; // the tables that were compared last, and the result
/** What has been done since the file was opened or saved: { added, changed, deleted }, each a set of ids. */
const changes = () => {
  if (compared.base !== state.base || compared.table !== state.table) compared = { base: state.base, table: state.table, result: difference() };
  return compared.result;
};

const difference = () => {
  const before = new Map(state.base.rows.map((row) => [row.id, row]));
  const after = new Map(state.table.rows.map((row) => [row.id, row]));
  return {
    added: new Set([...after.keys()].filter((id) => !before.has(id))),
    changed: new Set([...after].filter(([id, row]) => before.has(id) && before.get(id).raw !== row.raw).map(([id]) => id)),
    deleted: new Set([...before.keys()].filter((id) => !after.has(id))),
  };
};
const hasChanges = () => Boolean(state) && (state.table.rows.length !== state.base.rows.length || Object.values(changes()).some(({ size }) => size));
/** Whether leaving the file would lose something: also a row that is typed and not added yet. */
const isUnsaved = () => hasChanges() || Boolean(state && addForm.isTyped());
const summary = () => Object.entries(changes()).filter(([, { size }]) => size).map(([what, { size }]) => `${CHANGED[what][0]} ${counted(size, CHANGED[what][1])}`).join(", ");

const change = (table, told) => {
  state.history.push({ table: state.table, conflicts: state.conflicts, told });
  Object.assign(state, { table, isSaved: false });
  find();
  show();
  say(told);
};

const undo = () => {
  const last = state.history.pop();
  if (!last) return;
  state.table = last.table;
  state.conflicts = last.conflicts;
  find();
  show();
  say(`Скасовано: ${last.told}`);
};

const find = () => {
  const all = [...state.others, { path: state.path, table: state.table }].sort((one, other) => (one.path < other.path ? -1 : 1));
  state.repeated = repeatedIn(rules, state.register, all);
  state.lines = linesOf(state.table);
};

const cache = new WeakMap(); // findings by row, of which the most are never changed
const findingsOfRow = (row) => {
  const key = row.kind === "broken" ? null : row;
  if (!key || !cache.has(key)) {
    const own = findingsOf(rules, state.table, state.register, { ...row, isChanged: row.isNew || row.isChanged }, now, state.lines.get(row.id));
    if (!key) return own;
    cache.set(key, own);
  }
  return [...cache.get(row), ...(state.repeated.get(row.id) || []), ...conflictOf(row)];
};

const conflictOf = (row) => {
  const conflict = state.conflicts.find(({ ids }) => ids.includes(row.id));
  if (!conflict) return [];
  const [message, fix] = CONFLICTS[conflict.kind];
  return [{ column: null, code: "", message, fix, level: "error" }];
};

// A conflict is over when a row of it was removed and only ours or only the colleague's are left.
const withoutConflictOf = (id) => {
  const own = new Set(state.table.rows.filter(({ isNew }) => isNew).map((row) => row.id));
  return state.conflicts.flatMap(({ kind, ids }) => {
    const left = ids.filter((other) => other !== id);
    return left.length === ids.length || new Set(left.map((other) => own.has(other))).size > 1 ? [{ kind, ids: left }] : [];
  });
};

// --- the table ----------------------------------------------------------------------------------------------------------

const plain = (text) => text.toLocaleLowerCase("uk").replace(/[’ʼ'`]/g, "");

const chosenRows = () => {
  const words = plain(state.query).split(/\s+/).filter(Boolean);
  return dataRows().filter((row) => {
    if (state.onlyFindings && !findingsOfRow(row).length) return false;
    const text = words.length ? plain(row.raw) : "";
    return words.every((word) => text.includes(word));
  }).reverse();
};

const show = () => {
  const rows = chosenRows();
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  state.page = Math.min(state.page, pages - 1);
  const { added, changed } = changes();
  const columns = shownColumns(state.table);
  const shown = rows.slice(state.page * PAGE, (state.page + 1) * PAGE);
  part("head").replaceChildren(headElement(columns));
  part("rows").replaceChildren(...shown.map((row) => rowElement(row, columns, {
    line: state.lines.get(row.id), findings: findingsOfRow(row), what: added.has(row.id) ? "новий" : changed.has(row.id) ? "змінено" : "", change: openRow, remove: removeRow,
  })));
  part("caption").textContent = `${titleOf(state.register)}, ${nameOf(state.path)}: ${rowsCounted(rows.length)}${rows.length === dataRows().length ? "" : ` з ${dataRows().length}`}, найновіші вгорі`;
  part("empty").hidden = rows.length > 0;
  part("table").hidden = rows.length === 0;
  part("empty").textContent = dataRows().length ? "Таких рядків немає." : "У файлі ще немає рядків.";
  showPages(pages);
  showSaving();
};

const showPages = (pages) => {
  part("pages").hidden = pages < 2;
  part("page-words").textContent = `Сторінка ${state.page + 1} з ${pages}`;
  part("newer").disabled = state.page === 0;
  part("older").disabled = state.page === pages - 1;
};

const turn = (step) => {
  state.page += step;
  show();
  part("caption").scrollIntoView({ block: "start" });
  say(part("page-words").textContent);
};

const removeRow = (row) => {
  const buttons = [...document.querySelectorAll("[data-row]")].map((line) => Number(line.dataset.row));
  const next = buttons[buttons.indexOf(row.id) + 1] ?? buttons[buttons.indexOf(row.id) - 1];
  const line = state.lines.get(row.id);
  state.history.push({ table: state.table, conflicts: state.conflicts, told: `прибрано рядок ${line}` });
  state.conflicts = withoutConflictOf(row.id);
  state.table = withoutRow(state.table, row.id);
  find();
  show();
  say(`Прибрано рядок ${line}. Повернути його можна кнопкою «Скасувати останню дію».`);
  (document.querySelector(`[data-row="${next}"] .row-actions button:last-child`) || part("undo")).focus();
};

// --- one row ------------------------------------------------------------------------------------------------------------

let addForm; // of the open file
const showForm = () => {
  addForm = new RowForm({ rules, register: state.register, table: state.table });
  part("new-row").replaceChildren(addForm.element);
};

const addRow = (event) => {
  event.preventDefault();
  const wrong = addForm.check();
  if (wrong) {
    say("Рядок не додано: виправте позначене.");
    wrong.focus();
    return;
  }
  state.query = "";
  state.page = 0;
  change(withRowsAdded(state.table, [addForm.made()]), "Додано рядок. Збережіть зміни, коли запишете всі.");
  addForm.reset(state.table);
  addForm.focus();
};

const openRow = (row) => {
  const dialog = part("row-dialog");
  const isRaw = row.kind !== "data";
  const raw = element("textarea", { id: "row-raw", rows: 3, spellcheck: "false" }, row.raw);
  const form = isRaw ? null : new RowForm({ rules, register: state.register, table: state.table, row });
  part("row-dialog-title").textContent = `Рядок ${state.lines.get(row.id)}`;
  part("row-dialog-fields").replaceChildren(form ? form.element : element("div", { class: "row-form__field row-form__field--wide" },
    element("label", { for: "row-raw" }, "Рядок так, як він записаний у файлі"), raw));
  part("row-dialog-form").onsubmit = (event) => {
    event.preventDefault();
    const made = form ? form.made() : withRaw(rules, state.table, row, raw.value.replace(/[\r\n]+/g, " "));
    const wrong = form?.check();
    if (wrong) {
      wrong.focus();
      return;
    }
    dialog.close();
    if (made.raw !== row.raw) {
      const told = `Змінено рядок ${state.lines.get(row.id)}.`;
      change(withRowChanged(state.table, { ...made, isChanged: true }), told);
    }
    document.querySelector(`[data-row="${row.id}"] .row-actions button`)?.focus();
  };
  dialog.showModal();
  form?.check();
  (form ? form.element.querySelector("[aria-invalid]") || form.element.querySelector("input, select") : raw).focus();
};

const takePasted = (list) => {
  state.query = "";
  state.page = 0;
  change(withRowsAdded(state.table, list.map((values) => newRow(rules, state.table, values))), `Додано ${rowsCounted(list.length)} з буфера обміну.`);
  part("save").focus();
};

// --- saving -------------------------------------------------------------------------------------------------------------

// Rows of ours that the check would refuse: the site would not be built with them.
const wrongRows = () => {
  const { added, changed } = changes();
  return dataRows().filter((row) => (added.has(row.id) || changed.has(row.id)) && findingsOfRow(row).some(({ level }) => level === "error"));
};

const savedWords = () => {
  if (isLocal) return [SAVED];
  const status = document.querySelector('.admin-menu a[href$="/admin/status/"]');
  return [SAVED, ...(status ? [" ", element("a", { href: status.href }, "Стежити за цим")] : [])];
};

const showSaving = () => {
  const wrong = wrongRows();
  const { added, deleted } = changes();
  const total = state.table.rows.some(({ kind }) => kind === "total");
  part("saving").hidden = !hasChanges() && !state.history.length && !state.isSaved;
  part("summary").replaceChildren(...(hasChanges() ? [`Не збережено: ${summary()}.${wrong.length ? ` Із помилками: ${wrong.length}.` : ""}`]
    : state.isSaved ? savedWords() : ["Незбережених змін немає."]));
  part("total-note").hidden = !total || added.size === deleted.size;
  part("keep").hidden = !state.conflicts.length;
  part("save").disabled = !hasChanges() || state.isSaving;
  part("undo").disabled = !state.history.length;
};

const save = async () => {
  const [wrong] = wrongRows();
  if (wrong) {
    state.onlyFindings = false;
    state.query = "";
    state.page = Math.floor(chosenRows().indexOf(wrong) / PAGE);
    show();
    say(`Не збережено: у рядку ${state.lines.get(wrong.id)} є помилка.`);
    document.querySelector(`[data-row="${wrong.id}"] .row-actions button`)?.focus();
    return;
  }
  const saving = state;
  saving.isSaving = true;
  showSaving();
  say("Зберігаємо …");
  try {
    await attempt(() => commit(saving));
  } finally {
    saving.isSaving = false;
  }
  if (saving === state) showSaving();
};

// While the host is asked, the table can be changed further and another file can be opened: `saving` is what was open.
const commit = async (saving) => {
  if (saving !== state) return;
  const { register, path, table, sha } = saving;
  const message = `Журнал «${titleOf(register)}»: ${summary()}`.replaceAll("\u00a0", " ");
  let shas;
  try {
    ({ shas } = await client.commit({ message, files: [{ path, bytes: bytesOf(table), sha }] }));
  } catch (error) {
    if (MAY_BE_WRITTEN.has(error.kind)) saving.sent.push(table);
    if (error.kind !== "conflict") throw error;
    await joinColleague(saving, error);
    return;
  }
  take(saving, table, shas[path]);
};

/** The host has this table of what was open. */
const take = (saving, table, sha) => {
  const { path } = saving;
  const done = new Map(table.rows.map((row) => [row, row.isNew || row.isChanged ? { ...row, isNew: false, isChanged: false } : row]));
  const kept = (own) => ({ ...own, rows: own.rows.map((row) => done.get(row) ?? row) });
  const isWhole = saving.table === table;
  Object.assign(saving, { sha, base: kept(table), table: kept(saving.table), history: [], conflicts: [], sent: [], isSaved: isWhole });
  if (!files.some((file) => file.path === path)) files.push({ path, name: nameOf(path), isFolder: false });
  if (saving !== state) {
    say(`Збережено ${nameOf(path)}.`);
    return;
  }
  showFiles();
  find();
  show();
  say(SAVED);
};

const isSame = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);

// A colleague has saved the file meanwhile: the rows of both are put together; what both have changed, a person decides.
const joinColleague = async (saving, error) => {
  const found = await client.readFile(saving.path);
  if (saving !== state) {
    say(`Не збережено ${nameOf(saving.path)}: тим часом цей файл зберіг колега.`);
    return;
  }
  const own = found && saving.sent.find((table) => isSame(bytesOf(table), found.bytes));
  if (own) {
    // No colleague: what we sent was written, only the answer got lost.
    take(saving, own, found.sha);
    if (hasChanges()) await commit(saving);
    return;
  }
  const result = found && merged(saving.base, saving.table, openTable(rules, found.bytes));
  if (!result) {
    showOwnRows(error);
    return;
  }
  Object.assign(saving, { sha: found.sha, base: result.base, table: result.table, conflicts: result.conflicts, history: [], sent: [] });
  find();
  show();
  if (state.conflicts.length) {
    const isSameOnly = state.conflicts.every(({ kind }) => kind === "same");
    say(isSameOnly
      ? "Поки ви працювали, колега зберіг цей файл і записав такий самий рядок. Обидва стоять у таблиці. Приберіть один або лишіть як є, тоді збережіть."
      : "Поки ви працювали, колега зберіг цей файл. Той самий рядок змінили ви обоє: нічого не втрачено, обидві версії стоять у таблиці. Лишіть потрібну й збережіть.");
    document.querySelector(`[data-row="${state.conflicts[0].ids[0]}"] .row-actions button`)?.focus();
    return;
  }
  if (!hasChanges()) {
    saving.isSaved = true;
    show();
    say("Колега вже зберіг таку саму зміну.");
    return;
  }
  if (wrongRows().length) {
    await save();
    return;
  }
  await commit(saving);
  if (saving !== state || hasChanges()) return;
  say(`Збережено разом зі змінами колеги. Нових рядків від колеги: ${result.added}.`);
};

// The tables have no common form: both are kept, the colleague's in the repository, ours as text to copy.
const showOwnRows = (error) => {
  const { added, changed } = changes();
  const own = state.table.rows.filter(({ id }) => added.has(id) || changed.has(id)).map(({ raw }) => raw);
  fail(error);
  part("fault").append(
    element("p", {}, "Колега змінив стовпці таблиці або прибрав файл, тому об’єднати зміни не вдалося. Скопіюйте свої рядки, оновіть сторінку і вставте їх знову:"),
    element("textarea", { readonly: true, rows: 6, "aria-label": "Ваші рядки" }, own.join("\n")),
  );
};

const keepAll = () => {
  state.conflicts = [];
  show();
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
  const loaded = await attempt(async () => {
    const [words, listed] = await Promise.all([readRules(), client.listFiles(ROOT)]);
    rules = words;
    files = listed;
    return true;
  });
  if (!loaded) return;
  part("chooser").hidden = false;
  showRegisters();
  const paste = new PasteDialog({ rules, state: () => state, take: takePasted, say });
  part("paste").addEventListener("click", () => paste.open());
  document.addEventListener("paste", (event) => paste.catch(event));
  await openAddress();
};

part("add").addEventListener("submit", addRow);
part("undo").addEventListener("click", undo);
part("save").addEventListener("click", save);
part("keep").addEventListener("click", keepAll);
part("newer").addEventListener("click", () => turn(-1));
part("older").addEventListener("click", () => turn(1));
part("file").addEventListener("change", (event) => { location.hash = `#${state.register}/${nameOf(event.target.value)}`; });
part("new-file").addEventListener("click", (event) => { location.hash = `#${state.register}/${nameOf(event.target.dataset.path)}`; });
part("query").addEventListener("input", (event) => { state.query = event.target.value; state.page = 0; show(); });
part("only-findings").addEventListener("change", (event) => { state.onlyFindings = event.target.checked; state.page = 0; show(); });
part("row-dialog-cancel").addEventListener("click", () => part("row-dialog").close());
window.addEventListener("hashchange", openAddress);
window.addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });
start();
