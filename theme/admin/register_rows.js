// The rows of a register as a table's elements: values, what is wrong with them, and what one can do. The roles are written
// out, since on a phone the styles make a card of each row.
import { element } from "./dom.js";
import { valueOf } from "./register_table.js";

const LONGEST_LINK = 60;

/** The columns that have a name, [{ title, index, name }]. */
export const shownColumns = ({ header, columns }) =>
  header.flatMap((title, index) => (title.trim() ? [{ title: title.trim(), index, name: columns.get(index) }] : []));

export const headElement = (columns) =>
  element("tr", { role: "row" }, ["Рядок", ...columns.map(({ title }) => title), "Дії"].map((title) => element("th", { scope: "col", role: "columnheader" }, title)));

/** A row; `what` says what has become of it, `change` and `remove` are called with it. */
export const rowElement = (row, columns, { line, findings, what, change, remove }) => {
  // What is said of the whole row stands below its title, where there is room.
  const ofRow = columns.find(({ name }) => name === "title")?.index ?? columns[0]?.index;
  const notes = (column) => findings.filter((finding) => finding.column === column || (finding.column === null && column === ofRow)).map(noteElement);
  const isTotal = row.kind === "total";
  const tag = isTotal ? "підсумок" : what;
  const cells = row.cells
    ? columns.map(({ index, name, title }) => element("td", { role: "cell", class: `cell-${name || "own"}`, "data-column": title }, contentOf(name, valueOf(row, index)), notes(index)))
    : [element("td", { role: "cell", colspan: columns.length }, element("code", {}, row.raw), notes(ofRow))];
  const button = (text, act) =>
    element("button", { type: "button", class: "button button--quiet", click: () => act(row) }, text, element("span", { class: "sr" }, ` рядок ${line}`));
  return element("tr", { role: "row", "data-row": row.id, class: findings.some(({ level }) => level === "error") ? "has-fault" : false },
    element("th", { scope: "row", role: "rowheader", "data-column": "Рядок" }, String(line),
      tag && element("span", { class: `row-tag row-tag--${isTotal ? "total" : "changed"}` }, tag)),
    cells,
    element("td", { role: "cell", class: "row-actions" }, button("Змінити", change), button("Прибрати", remove)));
};

const contentOf = (name, text) => {
  if (name !== "url" || !/^https?:\/\//i.test(text)) return text;
  const short = text.replace(/^https?:\/\/(www\.)?/i, "");
  return element("a", { href: text, rel: "noreferrer" }, short.length > LONGEST_LINK ? `${short.slice(0, LONGEST_LINK - 1)}…` : short);
};

const noteElement = ({ level, message, fix, code }) =>
  element("span", { class: `cell-note cell-note--${level}`, "data-code": code || false },
    element("span", { class: "sr" }, level === "error" ? "Помилка: " : "Попередження: "), fix ? `${message}: ${fix}` : message);
