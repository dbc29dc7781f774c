// The open register on the page: its rows in pages, which of them are shown, and the bar that saves.
import { element, part } from "./dom.js";
import { nameOf } from "./register_files.js";
import { headElement, rowElement, shownColumns } from "./register_rows.js";
import { rowsCounted } from "./row_form.js";

const PAGE = 100; // rows

export class RegisterView {
  query = "";
  onlyFindings = false;
  #page = 0;
  #opened;
  #title;

  /** `change` and `remove` are called with a row whose button was pressed; `saved` gives the words of a saved file. */
  constructor({ change, remove, saved }) {
    Object.assign(this, { change, remove, saved });
  }

  open(opened, title) {
    this.#opened = opened;
    this.#title = title;
    part("editor").hidden = false;
    part("title").textContent = title;
    this.showAll();
  }

  close() {
    part("editor").hidden = true;
  }

  /** Without a choice of rows, from the newest on; shown with the next drawing. */
  showAll() {
    Object.assign(this, { query: "", onlyFindings: false });
    this.#page = 0;
    part("query").value = "";
    part("only-findings").checked = false;
  }

  choose(values) {
    Object.assign(this, values);
    this.#page = 0;
    this.show();
  }

  show() {
    const opened = this.#opened;
    const rows = this.#chosen();
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    this.#page = Math.min(this.#page, pages - 1);
    const { added, changed } = opened.changes;
    const columns = shownColumns(opened.table);
    const all = opened.rows.length;
    part("head").replaceChildren(headElement(columns));
    part("rows").replaceChildren(...rows.slice(this.#page * PAGE, (this.#page + 1) * PAGE).map((row) => rowElement(row, columns, {
      line: opened.lineOf(row.id), findings: opened.findingsOf(row), what: added.has(row.id) ? "новий" : changed.has(row.id) ? "змінено" : "",
      change: this.change, remove: this.remove,
    })));
    part("caption").textContent = `${this.#title}, ${nameOf(opened.path)}: ${rowsCounted(rows.length)}${rows.length === all ? "" : ` з ${all}`}, найновіші вгорі`;
    part("empty").hidden = rows.length > 0;
    part("table").hidden = rows.length === 0;
    part("empty").textContent = all ? "Таких рядків немає." : "У файлі ще немає рядків.";
    part("pages").hidden = pages < 2;
    part("page-words").textContent = `Сторінка ${this.#page + 1} з ${pages}`;
    part("newer").disabled = this.#page === 0;
    part("older").disabled = this.#page === pages - 1;
    this.showSaving();
  }

  #chosen() {
    return this.#opened.chosenRows(this.query, this.onlyFindings);
  }

  /** Another page of rows; the words that say which. */
  turn(step) {
    this.#page += step;
    this.show();
    part("caption").scrollIntoView({ block: "start" });
    return part("page-words").textContent;
  }

  /** Shows all rows at the page of this one, and leads to its button. */
  reveal(row) {
    this.showAll();
    this.#page = Math.floor(this.#chosen().indexOf(row) / PAGE);
    this.show();
    this.focusRow(row.id);
  }

  focusRow(id, button = "button") {
    const found = document.querySelector(`[data-row="${id}"] .row-actions ${button}`);
    found?.focus();
    return Boolean(found);
  }

  /** The row that will be where this one is when it has gone. */
  neighbourOf(id) {
    const ids = [...document.querySelectorAll("[data-row]")].map((line) => Number(line.dataset.row));
    return ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1];
  }

  showSaving() {
    const opened = this.#opened;
    const { hasChanges, wrongRows } = opened;
    const { added, deleted } = opened.changes;
    part("saving").hidden = !hasChanges && !opened.canUndo && !opened.isSaved;
    part("summary").replaceChildren(...(hasChanges ? [`Не збережено: ${opened.summary}.${wrongRows.length ? ` Із помилками: ${wrongRows.length}.` : ""}`]
      : opened.isSaved ? this.saved() : ["Незбережених змін немає."]));
    part("total-note").hidden = !opened.hasTotal || added.size === deleted.size;
    part("keep").hidden = !opened.conflicts.length;
    part("save").disabled = !hasChanges || opened.isSaving;
    part("undo").disabled = !opened.canUndo;
  }

  /** Our rows as text to copy, where they can't be put together with a colleague's table. */
  showOwnRows() {
    const { changes: { added, changed }, table } = this.#opened;
    const own = table.rows.filter(({ id }) => added.has(id) || changed.has(id)).map(({ raw }) => raw);
    part("fault").append(
      element("p", {}, "Колега змінив стовпці таблиці або прибрав файл, тому об’єднати зміни не вдалося. Скопіюйте свої рядки, оновіть сторінку і вставте їх знову:"),
      element("textarea", { readonly: true, rows: 6, "aria-label": "Ваші рядки" }, own.join("\n")),
    );
  }
}
