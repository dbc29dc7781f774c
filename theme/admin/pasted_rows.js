// Rows pasted from Excel, LibreOffice, Google Sheets or a page: which cells they are, and which columns of the register
// they belong in. What was understood is shown before it is taken, so that every guess here can be corrected.
import { isDate, spelledOut } from "./register_dates.js";
import { accountNamed } from "./register_rules.js";
import { cellsOfText, columnsIn, hasHeader, isSum, oneLine } from "./register_table.js";

const MOST_COLUMNS = 200;

/** The rows of cells on a clipboard: of its HTML table, which has the links, else of its text. */
export const rowsOfClipboard = ({ html = "", text = "" }) => {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  const rows = table ? rowsOfHtml(table) : rowsOfText(text);
  return rows.filter((row) => row.some((cell) => cell.text));
};

const rowsOfText = (text) => {
  const separator = text.includes("\t") || !text.includes(";") ? "\t" : ";";
  return cellsOfText(text, separator).map((cells) => cells.map((cell) => ({ text: oneLine(cell), link: "" })));
};

// A merged cell stands for each of its rows, as in the site's reader.
const rowsOfHtml = (table) => {
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((row, index) => {
    let column = 0;
    for (const cell of row.cells) {
      while (rows[index][column]) column += 1;
      for (const line of cell.querySelectorAll("br")) line.replaceWith(" ");
      const content = { text: oneLine(cell.textContent), link: cell.querySelector("a[href]")?.getAttribute("href") || "" };
      const last = Math.min(rows.length, index + (cell.rowSpan || rows.length));
      for (let below = index; below < last; below += 1) rows[below][column] = content;
      for (let beside = 1; beside < Math.min(cell.colSpan, MOST_COLUMNS); beside += 1) rows[index][column + beside] = { text: "", link: "" };
      column += cell.colSpan;
    }
  });
  return rows.map((row) => Array.from(row, (cell) => cell || { text: "", link: "" }));
};

/**
 * How pasted rows fit a table: { columns, rows, notes }. `columns` has the index of the table's column for each pasted
 * one, or null; `rows` are those to be taken; `notes` say what is left out and why.
 */
export const understood = (rules, table, pasted) => {
  const notes = [];
  const width = Math.max(0, ...pasted.map((row) => row.length));
  const header = pasted.findIndex((row) => hasHeader(rules, row.map(({ text }) => text)));
  const body = pasted.slice(header + 1);
  if (header > 0) notes.push(`Рядки над назвами стовпців не взято: ${header}.`);
  const rows = body.filter((row) => !isSum(rules, row.map(({ text }) => text)));
  if (rows.length < body.length) notes.push(`Підсумкові рядки не взято: ${body.length - rows.length}.`);
  const columns = header >= 0 ? byNames(rules, table, pasted[header], width) : byPlaces(rules, table, rows, width);
  columns.forEach((column, index) => {
    if (column !== null || !rows.some((row) => row[index]?.text)) return;
    const name = header >= 0 && pasted[header][index]?.text;
    notes.push(name ? `Стовпець «${name}» не взято: у журналі такого немає.` : `Стовпець ${index + 1} не взято: у журналі немає для нього місця.`);
  });
  return { columns, rows, notes };
};

const byNames = (rules, table, header, width) => {
  const names = columnsIn(rules, header.map(({ text }) => text));
  const own = new Map([...table.columns].map(([index, name]) => [name, index]));
  const plain = (text) => oneLine(text.toLowerCase());
  return Array.from({ length: width }, (_, index) => {
    const known = own.get(names.get(index));
    if (known !== undefined) return known;
    const text = plain(header[index]?.text || "");
    const same = text ? table.header.findIndex((cell) => plain(cell) === text) : -1;
    return same >= 0 ? same : null;
  });
};

// Without names the columns stand in the order of the register, from the one with the dates.
const byPlaces = (rules, table, rows, width) => {
  const isOfDates = (index) => {
    const texts = rows.map((row) => row[index]?.text).filter(Boolean);
    return texts.length > 0 && texts.every((text) => isDate(rules, spelledOut(text)));
  };
  const date = Array.from({ length: width }, (_, index) => index).find(isOfDates) ?? 0;
  return Array.from({ length: width }, (_, index) => {
    const column = index - date + table.dateIndex;
    return column >= 0 && column < table.header.length ? column : null;
  });
};

const SPACES_IN_NUMBER = /^[+]?\d{1,3}(?:[\s\u00a0\u202f']\d{3})+(?:[.,]0{1,2})?$/;

/** The value of a pasted cell as the register writes it. */
export const plainValue = (rules, name, { text, link }) => {
  if (name === "url") return /^https?:\/\//i.test(text) || !link ? text : link;
  if (name === "date") return spelledOut(text);
  if (name === "count") return (SPACES_IN_NUMBER.test(text) ? text.replace(/[\s\u00a0\u202f']/g, "") : text).replace(/^(\d{1,9})[.,]0{1,2}$/, "$1");
  if (name === "account") return accountNamed(rules, text)?.name ?? text;
  return text;
};

/** The values of each row to be taken, [Map of column and value]. */
export const valuesOf = (rules, table, { columns, rows }) =>
  rows.map((row) => {
    const values = new Map();
    columns.forEach((column, index) => {
      if (column !== null && row[index]) values.set(column, plainValue(rules, table.columns.get(column), row[index]));
    });
    return values;
  });
