// The header of a Markdown file as lines, after Python's `domain.front_matter`, which says why it is so (decision 0023):
// the same fields are read from every header, and a field is written in the same form. A test compares both.

const FENCE = "---";
const KEY_LINE = /^(\p{L}[^:\n]{0,60}?)[ \t]*:(?:([ \t]+)([^\n]*)|[ \t]*)$/u;
const ITEM_LINE = /^([ \t]*)-(?:([ \t]+)([^\n]*)|[ \t]*)$/;
const INDICATOR = /^[|>](?:[+-]?[1-9]?|[1-9][+-])$/;
const FORBIDDEN = "\\x00-\\x08\\x0b-\\x1f\\x7f\\ufffe\\uffff";
const DISPUTED = "\\x80-\\x9f\\u2028\\u2029\\ufeff";
const HALVES = "(?:[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff])";
const SUBSTITUTED = new RegExp(`(?:[${FORBIDDEN}]|${HALVES})+`, "g");
const UNFIT = new RegExp(`[${FORBIDDEN}${DISPUTED}]|${HALVES}`);
const ESCAPED = new RegExp(`[\\\\"\n\t${DISPUTED}]`, "g");
const PLAIN = new RegExp(
  `^(?![-?:,\\[\\]{}#&*!|>'"%@\` ])(?:[^:#\\t\\n${FORBIDDEN}${DISPUTED}]|:(?![ \\t]|$)|(?<![ \\t])#)+(?<![ \\t])$`,
);
const TYPED = /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.(?:inf|nan)|[-+.0-9][0-9 _.,:+\-eox0-9a-ftz]*)$/i;
const DOUBLE = /^"((?:[^"\\]|\\[\s\S])*)"$/;
const SINGLE = /^'((?:[^']|'')*)'$/;
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]))/g;
const NAMED_ESCAPES = {
  '"': '"', "\\": "\\", "/": "/", " ": " ", t: "\t", "\t": "\t", n: "\n", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029",
};
const WRITTEN_ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" };

const trimBlanks = (text) => text.replace(/^[ \t]+|[ \t]+$/g, "");
const indentOf = (line) => line.length - line.replace(/^[ \t]+/, "").length;

/** Where the header stands: its first line, the line that closes it, whether it stands between `---` lines. */
export function findHeader(lines) {
  let start = lines.findIndex((line) => line.trim());
  if (start < 0) start = lines.length;
  const isFenced = start < lines.length && lines[start].trimEnd() === FENCE;
  if (isFenced) start += 1;
  for (let index = start; index < lines.length; index += 1) {
    const ends = isFenced ? [FENCE, "..."].includes(lines[index].trimEnd()) : !lines[index].trim();
    if (ends) return { start, end: index, isFenced, isClosed: true };
  }
  return { start, end: lines.length, isFenced, isClosed: false };
}

/** A value as it is written: what stands in the line of its key or item, and the lines that it goes on in. */
class Scalar {
  constructor(text, base = 0) {
    this.first = text.replace(/^ +| +$/g, "");
    this.base = base;
    this.more = [];
    this.isBlock = "|>".includes(text[0] ?? " ") && INDICATOR.test(text.trim());
    this.quote = "";
    if (text[0] === "'" || text[0] === '"') {
      [this.quote] = text;
      this.follow(text.slice(1));
    }
  }

  follow(line) {
    const bare = this.quote === '"' ? line.replaceAll(/\\[^\n]/g, "") : line;
    if ((bare.split(this.quote).length - 1) % 2) this.quote = "";
  }

  takes(line, isName) {
    return !line.trim() || (indentOf(line) > this.base && (this.isBlock || !hidesField(line, isName)));
  }

  add(line) {
    this.more.push(line);
    if (this.quote) this.follow(line);
  }

  get lines() {
    let count = this.more.length;
    while (count && !this.more[count - 1].trim()) count -= 1;
    return this.more.slice(0, count);
  }

  get text() {
    if (!this.more.length) return this.isBlock ? "" : unquoted(this.first);
    if (this.isBlock) return (blockText(this) ?? meantBlock(this)).trim();
    return unquoted(folded(this.first, this.lines));
  }
}

/** The fields of a header's numbered lines, and the numbers of lines that belong to none. */
export function readFields(block, isName, isFenced) {
  const fields = [];
  const strays = [];
  let current;
  for (const [number, line] of block) {
    const last = current && (current.entries.at(-1) ?? current.scalar);
    let started;
    if (last && (last.isBlock || last.quote) && last.takes(line, isName)) {
      last.add(line);
      current.rows.push(number);
    } else if (!line.trim()) {
      if (last && (last.first || last.more.length)) last.more.push("");
    } else if (isFenced && line.trimStart()[0] === "#") {
      // A comment belongs to no field.
    } else if ((started = startedField(number, line))) {
      current = started;
      fields.push(current);
    } else if (!current || !continued(current, number, line, isName)) {
      strays.push(number);
    }
  }
  return { fields, strays };
}

function startedField(number, line) {
  const found = " \t-".includes(line[0]) ? null : KEY_LINE.exec(line);
  if (!found) return undefined;
  return { key: found[1].split(/\s+/).filter(Boolean).join(" "), scalar: new Scalar(found[3] ?? ""), rows: [number], entries: [] };
}

function continued(current, number, line, isName) {
  const hasText = current.scalar.first || current.scalar.more.length;
  const isIndented = line[0] === " " || line[0] === "\t";
  const found = isIndented || !hasText ? ITEM_LINE.exec(line) : null;
  if (found) {
    if (hasText) return false;
    current.entries.push(new Scalar(found[3] ?? "", found[1].length));
  } else if (!isIndented || hidesField(line, isName)) {
    return false;
  } else {
    (current.entries.at(-1) ?? current.scalar).add(line);
  }
  current.rows.push(number);
  return true;
}

function hidesField(line, isName) {
  const found = startedField(0, line.trim());
  return Boolean(found && isName(found.key.toLowerCase()));
}

/** The key and the line of the field that a text begins with; a blank line has parted it from the header. */
export function strayField(body) {
  const first = body.split("\n").find((line) => line.trim());
  return first === undefined ? undefined : startedField(0, first);
}

/** The value without the quotes that surround the whole of it, its escapes read; otherwise as it is written. */
export function unquoted(written) {
  const text = written.trim();
  if (!text || !"\"'".includes(text[0])) return text;
  const single = SINGLE.exec(text);
  if (single) return single[1].replaceAll("''", "'");
  const double = DOUBLE.exec(text);
  return double ? double[1].replaceAll(ESCAPE, escapedSign) : text;
}

function escapedSign(whole, x, u, U, sign) {
  if (sign !== undefined) return NAMED_ESCAPES[sign] ?? whole;
  const point = Number.parseInt(x ?? u ?? U, 16);
  if (point > 0x10ffff) return whole;
  const written = String.fromCodePoint(point);
  return new RegExp(SUBSTITUTED.source).test(written) ? whole : written;
}

const REFERENCE =
  "&(?:amp|lt|gt|quot|apos|nbsp|shy|[lr]aquo|[lrb]dquo|[lr]squo|sbquo|[nm]dash|hellip|bull|middot|sect|deg|times|euro|copy|reg|trade" +
  "|#[0-9]{1,7}|#[Xx][0-9A-Fa-f]{1,6});";

/** A list on one line: `[a, b]`, or separated by semicolons, else by commas; «&laquo;» has no separator. */
export function splitList(written) {
  const text = written.trim();
  const parts =
    text.startsWith("[") && text.endsWith("]")
      ? splitOutsideQuotes(text.slice(1, -1))
      : text.replace(new RegExp(REFERENCE, "g"), "").includes(";")
        ? (text.match(new RegExp(`(?:${REFERENCE}|[^;])+`, "g")) ?? [])
        : text.split(",");
  return parts.map(unquoted).filter(Boolean);
}

function splitOutsideQuotes(text) {
  const parts = [];
  let start = 0;
  let quote = "";
  let isBlank = true;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "," && !quote) {
      parts.push(text.slice(start, at));
      start = at + 1;
      isBlank = true;
      continue;
    }
    if (quote) quote = sign === quote ? "" : quote;
    else if ("\"'".includes(sign) && isBlank) quote = sign;
    isBlank &&= /\s/.test(sign);
  }
  return [...parts, text.slice(start)];
}

function folded(first, more) {
  const parts = [first.replace(/[ \t]+$/, "")];
  let blanks = 0;
  for (const whole of more) {
    const line = trimBlanks(whole);
    if (!line) {
      blanks += 1;
      continue;
    }
    const before = parts.at(-1);
    if (first.startsWith('"') && /\\*$/.exec(before)[0].length % 2) {
      parts[parts.length - 1] = before.slice(0, -1);
      parts.push("\n".repeat(blanks));
    } else {
      parts.push("\n".repeat(blanks) || " ");
    }
    parts.push(line);
    blanks = 0;
  }
  return parts.join("");
}

function blockText(scalar) {
  const { lines } = scalar;
  const digit = /\d/.exec(scalar.first)?.[0];
  const shown = lines.find((line) => line.replaceAll(" ", "")) ?? "";
  const indent = digit ? scalar.base + Number(digit) : shown.length - shown.replace(/^ +/, "").length;
  if (indent <= scalar.base || lines.some((line) => line.slice(0, indent).replaceAll(" ", ""))) return undefined;
  let text = "";
  let breaks = 0;
  let before = "";
  for (const line of lines.map((one) => one.slice(indent))) {
    if (!line) {
      breaks += 1;
      continue;
    }
    const isFolded = scalar.first[0] === ">" && before && !" \t".includes(before[0]) && !" \t".includes(line[0]);
    text += isFolded ? "\n".repeat(breaks) || " " : "\n".repeat(breaks + (before ? 1 : 0));
    text += line;
    before = line;
    breaks = 0;
  }
  return text;
}

function meantBlock(scalar) {
  const lines = scalar.lines.map((line) => line.trim());
  return scalar.first[0] === "|" ? lines.join("\n") : lines.filter(Boolean).join(" ");
}

/** The value on one line, in quotes where a reader of YAML would take it for something else. */
export function formatScalar(raw) {
  const value = raw.replaceAll(SUBSTITUTED, " ");
  if (PLAIN.test(value) && value === value.trim() && !TYPED.test(value)) return value;
  if (/["\\]/.test(value) && !new RegExp(`[\n\t${DISPUTED}]`).test(value)) return `'${value.replaceAll("'", "''")}'`;
  return `"${value.replaceAll(ESCAPED, escape)}"`;
}

function escape(sign) {
  return WRITTEN_ESCAPES[sign] ?? `\\u${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The lines of a field: a text on one line, several lines as a block, a list as one item a line. */
export function formatField(key, value) {
  if (typeof value !== "string") return value.length ? [`${key}:`, ...value.map((item) => `  - ${formatScalar(item)}`)] : [`${key}: []`];
  return isBlockText(value)
    ? [`${key}: |-`, ...value.split("\n").map((line) => (line ? `  ${line}` : ""))]
    : [`${key}: ${formatScalar(value)}`];
}

function isBlockText(value) {
  const lines = value.split("\n");
  const isClean = value === value.trim() && !value.includes("\t") && !UNFIT.test(value);
  return lines.length > 1 && isClean && lines.every((line) => line === line.trimEnd());
}
