// The form of one row of a register: a labelled field for each column, choices where the site knows them, and what is
// wrong with an entry beneath its field.
import { counted, element, freshId } from "./dom.js";
import { kyivTime } from "./register_dates.js";
import { accountNamed, findingsOf, kindNamed, networkNamed } from "./register_rules.js";
import { newRow, valueOf, withValues } from "./register_table.js";

const NUMBER = "№";
const MOST_SUGGESTIONS = 50;
const HINTS = {
  date: "Наприклад, 05.07.2021",
  url: "Адреса з https://; можна лишити порожнім",
  count: "Ціле число: 0, 1, 2 …",
  id: "Номер допису, якщо його немає в посиланні",
};
// What is the same in the next row of a register, more often than not.
const CARRIED = new Set(["date", "account", "network", "kind", "newspaper", "issue"]);

/** The fields of a row: `row` to change, or none for a new one. Methods: element, values(), isTyped(), check(), focus(), reset(). */
export class RowForm {
  constructor({ rules, register, table, row = null }) {
    Object.assign(this, { rules, register, table, row });
    this.fields = new Map();
    this.element = element("div", { class: "row-form" });
    table.header.forEach((title, index) => {
      const name = table.columns.get(index);
      if (!title.trim() || (name === NUMBER && !row)) return;
      this.element.append(this.#field(index, name, title.trim()));
    });
    this.#fitNetworks();
    this.untouched = this.#entries();
  }

  #entries() {
    return JSON.stringify([...this.fields.values()].map(({ control }) => control.value));
  }

  /** Whether something was entered that the form did not fill in itself. */
  isTyped() {
    return this.#entries() !== this.untouched;
  }

  #field(index, name, title) {
    const id = freshId("cell");
    const value = this.row ? valueOf(this.row, index) : this.#usual(index, name);
    const control = this.#control(index, name, id, value);
    const fault = element("span", { class: "row-form__fault", id: `${id}-fault` });
    const hint = HINTS[name] ? element("span", { class: "hint", id: `${id}-hint` }, HINTS[name]) : null;
    control.setAttribute("aria-describedby", [hint?.id, fault.id].filter(Boolean).join(" "));
    // Faults are told on submitting and go as they are corrected: told on leaving a field, they would move the button that
    // is just being pressed.
    control.addEventListener("input", () => {
      if (name === "account") this.#fitNetworks();
      if (this.#hasFaults()) this.check();
    });
    this.fields.set(index, { name, control, fault, title });
    return element("div", { class: `row-form__field row-form__field--${["title", "url"].includes(name) ? "wide" : "usual"}` },
      element("label", { for: id }, title), control, hint, fault);
  }

  #control(index, name, id, value) {
    const choices = this.register === "social" && { account: this.rules.accounts.map((account) => account.name), network: Object.values(this.rules.networks), kind: this.rules.kinds }[name];
    if (choices) return this.#select(id, choices, this.#asChoice(name, value));
    const suggestions = ["newspaper", "kind"].includes(name) ? this.#valuesOf(index) : [];
    const control = element("input", {
      id, type: "text", autocomplete: "off", value,
      inputmode: { date: "text", count: "numeric", url: "url" }[name] || false,
      list: suggestions.length ? `${id}-list` : false,
    });
    if (suggestions.length) this.element.append(element("datalist", { id: `${id}-list` }, suggestions.map((text) => element("option", { value: text }))));
    return control;
  }

  #select(id, choices, value) {
    const all = value && !choices.includes(value) ? [value, ...choices] : choices;
    const select = element("select", { id }, element("option", { value: "" }, "– не вказано –"), all.map((text) => element("option", { value: text }, text)));
    select.value = value;
    return select;
  }

  // A value as one of the choices: «ДМР» is the account's name, «фб» is Facebook.
  #asChoice(name, value) {
    if (name === "account") return accountNamed(this.rules, value)?.name ?? value;
    if (name === "network") return this.rules.networks[networkNamed(this.rules, value)] ?? value;
    return value ? kindNamed(this.rules, value) || value : this.row ? "" : this.rules.kinds[0];
  }

  // The networks of the chosen account come first, and the only one is chosen.
  #fitNetworks() {
    const byName = Object.fromEntries([...this.fields.values()].map((field) => [field.name, field.control]));
    if (!(byName.account instanceof HTMLSelectElement) || !(byName.network instanceof HTMLSelectElement)) return;
    const own = accountNamed(this.rules, byName.account.value)?.networks || [];
    const titles = own.map((network) => this.rules.networks[network]).filter(Boolean);
    const others = Object.values(this.rules.networks).filter((title) => !titles.includes(title));
    const chosen = byName.network.value;
    const option = (text) => element("option", { value: text }, text);
    byName.network.replaceChildren(element("option", { value: "" }, "– з посилання –"),
      ...(titles.length ? [element("optgroup", { label: "Мережі сторінки" }, titles.map(option)), element("optgroup", { label: "Інші" }, others.map(option))] : others.map(option)));
    byName.network.value = chosen && [...byName.network.options].some(({ value }) => value === chosen) ? chosen : titles.length === 1 ? titles[0] : "";
  }

  #valuesOf(index) {
    const found = new Set();
    for (let at = this.table.rows.length - 1; at >= 0 && found.size < MOST_SUGGESTIONS; at -= 1) {
      const row = this.table.rows[at];
      if (row.kind === "data" && valueOf(row, index)) found.add(valueOf(row, index));
    }
    return [...found];
  }

  #usual(index, name) {
    const last = this.table.rows.findLast(({ kind }) => kind === "data");
    if (name === "date") {
      const { day } = kyivTime(new Date());
      return last && /^\d{4}-/.test(valueOf(last, index)) ? day : day.split("-").reverse().join(".");
    }
    return last && ["account", "network", "newspaper", "issue"].includes(name) ? valueOf(last, index) : "";
  }

  /** The entered values, { column: text }; a choice that means what the row has already stays as the row writes it. */
  values() {
    const values = new Map();
    for (const [index, { name, control }] of this.fields) {
      const old = this.row ? valueOf(this.row, index) : "";
      const same = this.row && control instanceof HTMLSelectElement && this.#asChoice(name, old) === control.value;
      values.set(index, same ? old : this.#written(index, name, control.value.trim()));
    }
    const number = [...this.table.columns].find(([, name]) => name === NUMBER)?.[0];
    if (!this.row && number !== undefined) values.set(number, nextNumber(this.table, number));
    return values;
  }

  // A network in the word that this table has for it.
  #written(index, name, value) {
    if (name !== "network" || this.register !== "social") return value;
    const id = networkNamed(this.rules, value);
    return this.#valuesOf(index).find((word) => networkNamed(this.rules, word) === id) ?? value;
  }

  /** The row as it would be written. */
  made() {
    return this.row ? withValues(this.rules, this.table, this.row, this.values()) : newRow(this.rules, this.table, this.values());
  }

  #hasFaults() {
    return [...this.fields.values()].some(({ fault }) => fault.textContent);
  }

  /** Shows what is wrong; the first wrong field, or null. Warnings are shown, too. */
  check() {
    const findings = findingsOf(this.rules, this.table, this.register, { ...this.made(), kind: "data", isChanged: true });
    let first = null;
    for (const [index, { control, fault }] of this.fields) {
      const own = findings.filter(({ column }) => column === index || (column === null && index === this.fields.keys().next().value));
      fault.textContent = own.map(({ message, fix }) => (fix ? `${message}: ${fix}` : message)).join("; ");
      const isWrong = own.some(({ level }) => level === "error");
      if (isWrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      if (isWrong && !first) first = control;
    }
    return first;
  }

  focus() {
    const [empty] = [...this.fields.values()].filter(({ control }) => !control.value);
    (empty || this.fields.values().next().value)?.control.focus();
  }

  /** A new row's fields for the next row. */
  reset(table) {
    this.table = table;
    for (const { name, control, fault } of this.fields.values()) {
      if (!CARRIED.has(name) || (this.register !== "social" && name === "kind")) control.value = "";
      control.removeAttribute("aria-invalid");
      fault.textContent = "";
    }
    this.untouched = this.#entries();
  }
}

const nextNumber = (table, column) => {
  const last = table.rows.findLast((row) => row.kind === "data" && /^\d{1,9}$/.test(valueOf(row, column)));
  return last ? String(Number(valueOf(last, column)) + 1) : "";
};

export const ROWS = ["рядок", "рядки", "рядків"];
export const rowsCounted = (number) => counted(number, ROWS);
