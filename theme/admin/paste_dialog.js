// The dialog that takes rows from Excel: it shows what was understood of the clipboard before any row is added, and lets
// one choose another column for each pasted one.
import { element, freshId } from "./dom.js";
import { rowsOfClipboard, understood, valuesOf } from "./pasted_rows.js";
import { findingsOf } from "./register_rules.js";
import { newRow } from "./register_table.js";
import { rowsCounted } from "./row_form.js";

const SHOWN = 20; // rows of the preview

export class PasteDialog {
  #dialog = document.querySelector("[data-paste-dialog]");
  #area = document.querySelector("[data-paste-area]");
  #preview = document.querySelector("[data-paste-preview]");
  #take = document.querySelector("[data-paste-take]");
  #found = null;

  constructor({ rules, state, take, say }) {
    Object.assign(this, { rules, state, take, say });
    this.#area.addEventListener("input", () => this.#read({ text: this.#area.value }));
    this.#take.addEventListener("click", () => this.#accept());
    document.querySelector("[data-paste-cancel]").addEventListener("click", () => this.#dialog.close());
  }

  open() {
    this.#area.value = "";
    this.#show(null);
    this.#dialog.showModal();
    this.#area.focus();
  }

  /** A paste anywhere on the page: a table opens the dialog, one cell goes into its field as everywhere. */
  catch(event) {
    if (!this.state() || document.querySelector("dialog[open]:not([data-paste-dialog])")) return;
    const [html, text] = ["text/html", "text/plain"].map((type) => event.clipboardData?.getData(type) || "");
    const isInArea = event.target === this.#area;
    if (!isInArea && !/\t|\n./.test(text.trim())) return;
    if (!isInArea && event.target.closest?.("textarea")) return;
    event.preventDefault();
    if (!this.#dialog.open) this.open();
    this.#area.value = text;
    this.#read({ html, text });
  }

  #read(clipboard) {
    const { table } = this.state();
    const pasted = rowsOfClipboard(clipboard);
    this.#show(pasted.length ? understood(this.rules, table, pasted) : null);
  }

  #accept() {
    const list = valuesOf(this.rules, this.state().table, this.#found);
    this.#dialog.close();
    this.take(list);
  }

  #show(found) {
    this.#found = found;
    this.#take.disabled = !found?.rows.length;
    this.#take.textContent = found?.rows.length ? `Додати ${rowsCounted(found.rows.length)}` : "Додати";
    if (!found) {
      this.#preview.replaceChildren();
      return;
    }
    const { table } = this.state();
    const rows = valuesOf(this.rules, table, found).map((values) => newRow(this.rules, table, values));
    const findings = rows.map((row) => findingsOf(this.rules, table, this.state().register, { ...row, isChanged: true }));
    const wrong = findings.filter((list) => list.some(({ level }) => level === "error")).length;
    const told = [`Розпізнано: ${rowsCounted(rows.length)}.`, ...found.notes, wrong ? `Із помилками: ${wrong}; їх можна додати й виправити в таблиці до збереження.` : ""].filter(Boolean);
    this.#preview.replaceChildren(
      element("ul", { class: "paste__notes" }, told.map((text) => element("li", {}, text))),
      element("div", { class: "table-scroll", role: "region", tabindex: 0, "aria-label": "Що буде додано" }, this.#table(found, findings)),
      ...(rows.length > SHOWN ? [element("p", { class: "hint" }, `Показано перші ${SHOWN}.`)] : []),
    );
    this.say(told[0]);
  }

  #table(found, findings) {
    const { table } = this.state();
    const head = found.columns.map((column, index) => {
      const id = freshId("pasted-column");
      const select = element("select", { id, change: (event) => this.#move(index, event.target.value) },
        element("option", { value: "" }, "не брати"), table.header.map((title, own) => title.trim() && element("option", { value: own }, title.trim())));
      select.value = column ?? "";
      return element("th", { scope: "col" }, element("label", { for: id, class: "sr" }, `Стовпець ${index + 1}`), select);
    });
    const values = valuesOf(this.rules, table, { columns: found.columns, rows: found.rows.slice(0, SHOWN) });
    const body = values.map((row, at) => element("tr", {}, found.columns.map((column, index) => {
      const own = column === null ? [] : findings[at].filter((finding) => finding.column === column);
      return element("td", { class: column === null ? "paste__left" : false }, column === null ? found.rows[at][index]?.text || "" : row.get(column) || "",
        own.map(({ level, message }) => element("span", { class: `cell-note cell-note--${level}` }, message)));
    })));
    return element("table", {}, element("caption", { class: "sr" }, "Що буде додано"), element("thead", {}, element("tr", {}, head)), element("tbody", {}, body));
  }

  #move(index, value) {
    const column = value === "" ? null : Number(value);
    const columns = this.#found.columns.map((own, at) => (at === index ? column : own === column ? null : own));
    this.#show({ ...this.#found, columns });
    this.#preview.querySelectorAll("select")[index].focus();
  }
}
