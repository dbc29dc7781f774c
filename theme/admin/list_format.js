// The format of content/alerts.toml and content/tasks.toml for the CMS: tables of texts, in one list.
//
// A table that nobody has changed keeps its lines, with comments; so does whatever stands above the first one.
import { momentOf } from "./item_format.js";

const SOURCE = "_source";
const TABLE = /^\s*\[\[\s*([\w-]+)\s*\]\]\s*(?:#.*)?$/;
const PAIR = /^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(?:#.*)?$/;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g;
const SIGNS = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "\\": "\\", e: "\x1b" };
const WRITTEN = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
const REFUSED = "Цей файл записано так, що форма його не змінить: зробіть це в самому файлі.";

export class ListFormat {
  /** `alerts` is that part of `/admin/tables.json`: what the words of an alert's severity mean, and which one is meant without any. */
  constructor({ severities, severity }) {
    const severityOf = (word) => severities[word.toLocaleLowerCase("uk")] ?? word;
    this.meanings = { from: momentOf, until: endOf, severity: severityOf };
    this.unwritten = { alert: { severity } };
  }

  fromFile(text) {
    const { head, tables } = parsed(text);
    const values = {};
    for (const { name, pairs } of tables) (values[name] ??= []).push(this.shown(name, pairs));
    return { ...values, [SOURCE]: JSON.stringify({ head, tables }) };
  }

  toFile(content) {
    const { head = [], tables = [] } = content[SOURCE] ? JSON.parse(content[SOURCE]) : {};
    const kept = new Map(tables.map((table) => [JSON.stringify([table.name, this.shown(table.name, table.pairs)]), table.lines]));
    const parts = [];
    for (const [name, items] of Object.entries(content)) {
      if (!Array.isArray(items)) continue;
      for (const item of items) {
        const pairs = Object.fromEntries(Object.entries(item).filter(([, value]) => typeof value === "string" && value.trim()));
        parts.push(kept.get(JSON.stringify([name, sorted(pairs)])) ?? written(name, pairs));
      }
    }
    const texts = [head, ...parts].map((lines) => lines.join("\n").trim()).filter(Boolean);
    return `${texts.join("\n\n")}\n`;
  }

  /** A table's values as the form has them. */
  shown(name, pairs) {
    const all = { ...this.unwritten[name], ...pairs };
    return sorted(Object.fromEntries(Object.entries(all).map(([key, value]) => [key, this.meanings[key]?.(value) ?? value])));
  }
}

function written(name, pairs) {
  const lines = Object.entries(pairs).map(([key, value]) => `${key} = "${value.trim().replaceAll(/[\b\t\n\f\r"\\]/g, (sign) => WRITTEN[sign])}"`);
  return [`[[${name}]]`, ...lines];
}

/** The moment when an alert is over: a day alone means the moment after it. */
function endOf(text) {
  const moment = momentOf(text);
  if (text.includes(":") || !/^\d{4}-/.test(moment)) return moment;
  const next = new Date(Date.parse(`${moment.slice(0, 10)}T00:00Z`) + 24 * 60 * 60 * 1000);
  return `${next.toISOString().slice(0, 10)} 00:00`;
}

const sorted = (pairs) => Object.fromEntries(Object.entries(pairs).sort(([one], [other]) => (one < other ? -1 : 1)));

function parsed(text) {
  const head = [];
  const tables = [];
  for (const line of text.split("\n")) {
    const table = TABLE.exec(line);
    const pair = PAIR.exec(line);
    if (table) tables.push({ name: table[1], pairs: {}, lines: commentsAbove(tables.at(-1)?.lines ?? []) });
    else if (pair && tables.length && !Object.hasOwn(tables.at(-1).pairs, pair[1])) tables.at(-1).pairs[pair[1]] = pair[3] ?? unescaped(pair[2]);
    else if (line.trim() && !line.trim().startsWith("#")) throw new Error(REFUSED);
    (tables.at(-1)?.lines ?? head).push(line);
  }
  return { head, tables };
}

/** The comments at the end of a table, after a blank line if there is one, stand above the next: they are taken out of its lines. */
function commentsAbove(lines) {
  const end = lines.findLastIndex((line) => line.trim() && !line.trim().startsWith("#")) + 1;
  const blank = lines.slice(end).findIndex((line) => !line.trim());
  return lines.splice(end + Math.max(blank, 0));
}

function unescaped(text) {
  return text.replaceAll(ESCAPE, (whole, u, U, sign) => (sign ? (SIGNS[sign] ?? whole) : String.fromCodePoint(Number.parseInt(u ?? U, 16))));
}
