// A register's CSV file as rows that can be changed, in which every byte of what was not changed stays as it was:
// encoding, byte order mark, separator, quotes, line ends, titles above the header. It reads a file as
// reading.table_files does; the words of headers and sums come from /admin/registers.json (`rules`).
import { isDate } from "./register_dates.js";

/** A file that can't be edited here; the message is for editors. */
export class TableRefused extends Error {
  constructor(message) {
    super(message);
    this.name = "TableRefused";
  }
}

const ELSEWHERE = "Виправте його в програмі таблиць або в сховищі, а тоді поверніться сюди.";
const SEPARATORS = [";", ",", "\t"];
const USUAL_HEADER = 30; // rows, within which the header usually is
const LINE_END = /\r\n|\n|\r/g;

// --- bytes and text -----------------------------------------------------------------------------------------------------

const UTF8_MARK = "\ufeff";
const WINDOWS = "windows-1251";

const decode = (bytes) => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith(UTF8_MARK) ? { text: text.slice(1), mark: UTF8_MARK, encoding: "utf-8" } : { text, mark: "", encoding: "utf-8" };
  } catch {
    if (bytes.includes(0x98)) throw new TableRefused(`Файл не в UTF-8 і не у Windows-1251. ${ELSEWHERE}`);
    return { text: new TextDecoder(WINDOWS).decode(bytes), mark: "", encoding: WINDOWS };
  }
};

let windowsBytes; // of characters; made when the first such file is written
const bytesOfWindows = () => {
  windowsBytes ??= new Map([...new TextDecoder(WINDOWS).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map((char, byte) => [char, byte]));
  return windowsBytes;
};

/** The characters of a text that the file's encoding lacks. */
export const lackingCharacters = (table, text) => (table.encoding === "utf-8" ? [] : [...new Set(text)].filter((char) => !bytesOfWindows().has(char)));

const encode = ({ encoding, mark }, text) => {
  if (encoding === "utf-8") return new TextEncoder().encode(mark + text);
  const known = bytesOfWindows();
  return Uint8Array.from([...text], (char) => known.get(char) ?? 0x3f);
};

// --- rows of CSV --------------------------------------------------------------------------------------------------------

// The cells of the row that begins at `start`: { cells, raws, end }, `end` being that of the row without its line end;
// null where a quote isn't closed or is closed within a cell.
const scanRow = (text, start, separator) => {
  const cells = [];
  const raws = [];
  let at = start;
  for (;;) {
    const begin = at;
    if (text[at] === '"') {
      let value = "";
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote < 0) return null;
        value += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        value += '"';
        at += 1;
      }
      if (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") return null;
      cells.push(value.replace(LINE_END, "\n"));
    } else {
      while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at += 1;
      cells.push(text.slice(begin, at));
    }
    raws.push(text.slice(begin, at));
    if (text[at] !== separator) return { cells, raws, end: at };
    at += 1;
  }
};

const lineEndAt = (text, at) => (text.startsWith("\r\n", at) ? "\r\n" : text[at] || "");
const endOfLine = (text, start) => {
  LINE_END.lastIndex = start;
  return LINE_END.exec(text)?.index ?? text.length;
};

// All rows: { raw, end (its line end), cells }; `cells` is null where the quotes are broken.
const rowsOf = (text, separator, most = Infinity) => {
  const rows = [];
  for (let at = 0; at < text.length && rows.length < most; ) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd);
    const scanned = line.includes('"') ? scanRow(text, at, separator) : { cells: line ? line.split(separator) : [], end: lineEnd };
    const stop = scanned ? scanned.end : lineEnd; // after a broken row reading goes on with the next line
    const end = lineEndAt(text, stop);
    rows.push({ raw: text.slice(at, stop), end, cells: scanned && scanned.cells });
    at = stop + end.length;
  }
  return rows;
};

// --- the header ---------------------------------------------------------------------------------------------------------

const patterns = new Map();
const patternOf = ({ source, flags }) => {
  if (!patterns.has(source)) patterns.set(source, new RegExp(source, flags));
  return patterns.get(source);
};
export const oneLine = (text) => text.split(/\s+/).filter(Boolean).join(" ");
const NUMBER = "№";

/** The canonical name of the column that a header's cell names; empty for an unknown one. */
export const columnOf = (rules, words) => {
  const plain = oneLine(words.toLowerCase());
  const known = (name) => (Object.hasOwn(rules.headerWords, name) ? rules.headerWords[name] : "");
  return known(plain) || known(plain.replace(/[ :*.]+$/, ""));
};

const likelyColumn = (rules, words) => {
  if (words.length > rules.longestLikely) return "";
  const plain = oneLine(words.toLowerCase().replace(/\([^()]*\)/g, " ")).replace(/[ :*.,]+$/, "");
  const found = Object.entries(rules.likely).find(([, pattern]) => patternOf(pattern).test(plain));
  return columnOf(rules, plain) || (found ? found[0] : "");
};

/** The known columns of a header's cells: { index: name }. A likely word stands for a column that no other names outright. */
export const columnsIn = (rules, cells) => {
  const found = new Map();
  cells.forEach((cell, index) => {
    const name = columnOf(rules, cell);
    if (name) found.set(index, name);
  });
  const outright = new Set(found.values());
  cells.forEach((cell, index) => {
    if (found.has(index) || !cell.trim()) return;
    const name = likelyColumn(rules, cell);
    if (name && !outright.has(name)) found.set(index, name);
  });
  return new Map([...found].sort(([one], [other]) => one - other));
};

const headerWidth = (rules, cells) => {
  const names = new Set(columnsIn(rules, cells.map((cell) => cell.trim())).values());
  names.delete(NUMBER);
  return names.has("date") && names.size > 1 ? names.size : 0;
};

const separatorOf = (rules, text, separators) => {
  const widthsIn = (most) => separators.map((separator) => {
    const header = rowsOf(text, separator, most).find(({ cells }) => cells && headerWidth(rules, cells));
    return header ? headerWidth(rules, header.cells) : 0;
  });
  let widths = widthsIn(USUAL_HEADER);
  if (!widths.some(Boolean)) widths = widthsIn(Infinity);
  return widths.some(Boolean) ? separators[widths.indexOf(Math.max(...widths))] : "";
};

// --- kinds of rows ------------------------------------------------------------------------------------------------------

const isLikeDate = (text) => /^\p{Nd}/u.test(text) && !/^\p{Nd}+$/u.test(text);

/** Whether a row is a sum: one cell with words («Разом за липень»), numbers beside it, no link and no id. */
const isTotal = (rules, columns, cells) => {
  let words = "";
  let texts = 0;
  let numbers = 0;
  for (const [index, text] of cells.entries()) {
    if (!text) continue;
    const name = columns.get(index);
    if (name === "url" || name === "id") return false;
    if (patternOf(rules.total.number).test(text)) numbers += name !== NUMBER && /^\d+$/.test(text) ? 1 : 0;
    else {
      words = text;
      texts += 1;
    }
  }
  const match = texts === 1 && oneLine(words).match(patternOf(rules.total.label));
  return Boolean(match) && (numbers > 0 || match.groups.number !== undefined);
};

const isNumbering = (cells, header) => {
  const expected = header.flatMap((cell, index) => (cell.trim() ? [index] : []));
  const given = cells.flatMap((cell, index) => (cell ? [index] : []));
  return expected.length > 2 && given.join() === expected.join() && expected.every((index, order) => cells[index] === String(order + 1));
};

/** Whether cells are the names of columns. */
export const hasHeader = (rules, cells) => headerWidth(rules, cells) > 0;

/** Whether cells are a sum, whatever their columns. */
export const isSum = (rules, cells) => isTotal(rules, new Map(), cells);

/** The cells of each row of a text; a line with broken quotes is cut at the separators. */
export const cellsOfText = (text, separator) => rowsOf(text, separator).map(({ raw, cells }) => cells || raw.split(separator));

/** A kind of row: data, total and broken can be changed; title, header, numbering and blank are left alone. */
const kindOf = (rules, table, row, isFirst) => {
  if (!row.cells) return "broken";
  const cells = row.cells.map((cell) => cell.trim());
  if (!cells.some(Boolean)) return "blank";
  if (!table.header) return "title";
  if (isLikeDate(cells[table.dateIndex] || "")) return swallows(rules, row, table.separator) ? "broken" : "data";
  if (headerWidth(rules, cells)) return "header";
  if (isFirst && isNumbering(cells, table.header)) return "numbering";
  if (cells.every((cell, index) => !cell || table.columns.get(index) === NUMBER)) return "blank";
  if (swallows(rules, row, table.separator)) return "broken";
  return isTotal(rules, table.columns, cells) ? "total" : "data";
};

// A quote that is never closed swallows the next rows: such a cell has lines that begin with a date.
const swallows = (rules, row, separator) =>
  /[\r\n]/.test(row.raw) && row.cells.some((cell) => swallowedLine(rules, cell, separator) > 0);

/** The number of the line of a cell, from 1 for the second one, that is a row of the table; 0 without one. */
export const swallowedLine = (rules, cell, separator) => {
  const isRow = (line) => line.includes(separator) && isDate(rules, line.split(separator)[0].trim().replace(/^"+|"+$/g, ""));
  return cell.trim().split("\n").slice(1).findIndex(isRow) + 1;
};

// --- a table ------------------------------------------------------------------------------------------------------------

const CONFLICT = /^"?(?:(?:<{7,}|>{7,}|\|{7,})(?: [^\n]*|"?[;,\t][^\n]*|"?)|={7,}"?[;,\t]*)$/m;
let lastId = 0;
const nextId = () => (lastId += 1);

/** The table of a CSV file; TableRefused where it can't be changed without losing something. */
export const openTable = (rules, bytes) => {
  const { text, mark, encoding } = decode(bytes);
  if (text.includes("\0")) throw new TableRefused(`Це не таблиця CSV: у файлі є нульові байти. ${ELSEWHERE}`);
  if (CONFLICT.test(text)) throw new TableRefused(`У файлі лишилися сліди незавершеного злиття (<<<<<<<, =======, >>>>>>>). ${ELSEWHERE}`);
  const sep = text.slice(0, endOfLine(text, 0)).trim().match(/^"?sep=(.)"?[;,\t ]*$/i);
  const below = sep ? text.slice(endOfLine(text, 0)) : text;
  const separator = separatorOf(rules, below, sep ? [sep[1]] : SEPARATORS);
  if (!separator) throw new TableRefused(`У файлі немає рядка з назвами стовпців. ${ELSEWHERE}`);
  const table = { encoding, mark, separator, header: null, columns: new Map(), dateIndex: -1, rows: [] };
  const rows = rowsOf(below, separator);
  if (sep) rows[0] = { ...rows[0], raw: text.slice(0, endOfLine(text, 0)) + rows[0].raw }; // «sep=;» stays with its line end
  let isFirst = false;
  for (const row of rows) {
    if (!table.header && row.cells && headerWidth(rules, row.cells)) {
      takeHeader(rules, table, row);
      isFirst = true;
      table.rows.push({ ...row, id: nextId(), kind: "header" });
      continue;
    }
    const kind = kindOf(rules, table, row, isFirst);
    if (kind === "header" && !isSameHeader(rules, table, row)) throw new TableRefused(`Нижче у файлі починається таблиця з іншими стовпцями. ${ELSEWHERE}`);
    if (kind !== "blank") isFirst = kind === "header";
    table.rows.push({ ...row, id: nextId(), kind });
  }
  return table;
};

const takeHeader = (rules, table, row) => {
  table.header = row.cells;
  table.columns = columnsIn(rules, row.cells.map((cell) => cell.trim()));
  table.end = row.end || table.rows.find(({ end }) => end)?.end || "\n";
  const names = [...table.columns.values()].filter((name) => name !== NUMBER);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) throw new TableRefused(`У таблиці два стовпці «${rules.columns[repeated]}». ${ELSEWHERE}`);
  table.dateIndex = [...table.columns].find(([, name]) => name === "date")[0];
};

const isSameHeader = (rules, table, row) => {
  const columns = columnsIn(rules, row.cells.map((cell) => cell.trim()));
  return [...columns].filter(([, name]) => name !== NUMBER).join() === [...table.columns].filter(([, name]) => name !== NUMBER).join();
};

/** A table of a file that doesn't exist yet. */
export const newTable = (rules, header) => openTable(rules, new TextEncoder().encode(`${UTF8_MARK}${header.join(";")}\n`));

/** The bytes of a table's file. */
export const bytesOf = (table) => encode(table, table.rows.map(({ raw, end }) => raw + end).join(""));

/** The line on which each row begins: { id: line }. */
export const linesOf = (table) => {
  const lines = new Map();
  let line = 1;
  for (const { id, raw, end } of table.rows) {
    lines.set(id, line);
    line += (raw.match(LINE_END)?.length || 0) + (end ? 1 : 0);
  }
  return lines;
};

// --- cells --------------------------------------------------------------------------------------------------------------

// Whether a spreadsheet could read a formula: such a cell is written with an apostrophe, which readers take off again.
const isFormula = (cell) => {
  if (/^[\p{L}\p{N}]/u.test(cell)) return false;
  const text = cell.replace(/^'+/, "");
  if (/^\p{Cc}/u.test(text)) return true;
  const first = text.match(/[^\s\p{Cc}\p{Cf}]/u);
  return Boolean(first) && /^[=+\-@]/.test(first[0].normalize("NFKC"));
};

/** What a cell says, as people read it. */
export const valueOf = (row, index) => {
  const cell = (row.cells?.[index] ?? "").trim();
  return cell.startsWith("'") && isFormula(cell) ? cell.slice(1) : cell;
};

// Readers take a cell's lines as one; written so, a row is a line for everybody.
const inOneLine = (value) => value.replace(/\s*[\r\n]+\s*/g, " ").trim();

const written = (value, separator, isQuoted) => {
  const cell = isFormula(value) ? `'${value}` : value;
  const needsQuotes = isQuoted || cell.includes(separator) || /["\r\n]/.test(cell);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
};

// A row with every cell in quotes stays such; the last row shows what the file's writer does.
const isAllQuoted = ({ raws }) => raws.some(Boolean) && raws.every((raw) => !raw || raw.startsWith('"'));
const rawsOf = (table, row) => scanRow(row.raw, 0, table.separator)?.raws || [];

/** The row with other values of some cells, { index: value }; the raw text of the other cells stays. */
export const withValues = (rules, table, row, values) => {
  const raws = rawsOf(table, row);
  const isQuoted = isAllQuoted({ raws });
  const cells = [...(row.cells || [])];
  let changed = false;
  for (const [index, value] of values) {
    const plain = inOneLine(value);
    if (plain === valueOf(row, index)) continue;
    while (raws.length <= index) {
      raws.push("");
      cells.push("");
    }
    raws[index] = written(plain, table.separator, isQuoted && plain !== "");
    cells[index] = isFormula(plain) ? `'${plain}` : plain;
    changed = true;
  }
  return changed ? withKind(rules, table, { ...row, raw: raws.join(table.separator), cells }) : row;
};

/** The row read anew from a text that an editor corrected by hand. */
export const withRaw = (rules, table, row, raw) => withKind(rules, table, { ...row, raw, cells: scanRow(raw, 0, table.separator)?.cells || null });

const withKind = (rules, table, row) => {
  const kind = kindOf(rules, table, row, false);
  return { ...row, kind: ["blank", "header", "numbering", "title"].includes(kind) ? "data" : kind };
};

/** A new row of these values, as the file writes its rows. */
export const newRow = (rules, table, values) => {
  const last = table.rows.findLast(({ kind }) => kind === "data");
  const isQuoted = Boolean(last) && isAllQuoted({ raws: rawsOf(table, last) });
  const width = table.header.length;
  const plain = Array.from({ length: width }, (_, index) => inOneLine(values.get(index) || ""));
  const raw = plain.map((value) => written(value, table.separator, isQuoted && value !== "")).join(table.separator);
  const cells = plain.map((value) => (isFormula(value) ? `'${value}` : value));
  return withKind(rules, table, { id: nextId(), raw, end: table.end, cells, isNew: true });
};

/** The table with rows below its last data row: above sums and blank rows at the end. */
export const withRowsAdded = (table, added) => {
  const last = table.rows.findLastIndex(({ kind }) => ["data", "broken", "header", "numbering"].includes(kind));
  return { ...table, rows: joined(table, [...table.rows.slice(0, last + 1), ...added, ...table.rows.slice(last + 1)]) };
};

// A file whose last line has no end stays such: the end moves to the row before.
const joined = (table, rows) => {
  const hadEnd = !table.rows.length || table.rows.at(-1).end !== "";
  return rows.map((row, index) => {
    const isLast = index === rows.length - 1;
    if (!isLast && row.end === "") return { ...row, end: table.end };
    if (isLast && !hadEnd && row.end !== "" && row.isNew) return { ...row, end: "" };
    return row;
  });
};

export const withRowChanged = (table, changed) => ({ ...table, rows: table.rows.map((row) => (row.id === changed.id ? changed : row)) });
export const withoutRow = (table, id) => ({ ...table, rows: table.rows.filter((row) => row.id !== id) });
export const withRows = (table, rows) => ({ ...table, rows: joined(table, rows) });
