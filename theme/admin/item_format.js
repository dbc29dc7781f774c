// The format of Markdown files for the CMS: from a file's text to the values of its form, and back.
//
// The form's values remember the header as it was read (`_source`), and saving writes anew only the fields whose values
// have changed. So a file that nobody has changed comes back as it was, with its comments, names of fields and quotes; the CMS
// alone cuts blanks at both ends and makes all line ends LF.
import { findHeader, formatField, readFields, splitList, strayField } from "./front_matter.js";
import { mended } from "./pasted_text.js";
import { refusal } from "./refusals.js";

const SOURCE = "_source";
const MORE = "more"; // the form's group of fields that are seldom needed
const BODY = "body";
const WHOLE_FOLDER = "усі світлини цієї теки"; // said where a gallery names a folder, which has no description of its own
const PICTURE_FILE = /\.\w{2,5}$/;

export class ItemFormat {
  /** `table` is the part `header` of `/admin/tables.json`, `form` the fields of the CMS's configuration. */
  constructor(table, form, now = () => new Date()) {
    this.table = table;
    this.fields = new Map(table.fields.map((field) => [field.key, field]));
    this.keys = new Map(table.fields.flatMap((field) => field.names.map((name) => [name, field.key])));
    this.grouped = new Set(form.find(({ name }) => name === MORE)?.fields.map(({ name }) => name));
    this.shown = new Set([...form.map(({ name }) => name), ...this.grouped]);
    this.now = now;
  }

  /** The values of the form. A field that it lacks stands among the first: the form of events has more than that of news. */
  fromFile(text) {
    const lines = text.split("\n");
    const { header, body } = this.parted(lines);
    const values = { [MORE]: {} };
    for (const [key, value] of Object.entries(this.valuesOf(header))) (this.grouped.has(key) ? values[MORE] : values)[key] = value;
    const written = body.join("\n");
    const source = { header, gap: /^\s*/.exec(written)[0], body: written.trim() };
    return { ...values, [BODY]: written.trim(), [SOURCE]: JSON.stringify(source) };
  }

  /** The file's text; an error with Ukrainian words where the form's values can't be published together. */
  toFile(content) {
    const source = content[SOURCE] ? JSON.parse(content[SOURCE]) : null;
    const entered = (content[BODY] ?? "").trim();
    const body = source?.body === entered ? entered : mended(entered);
    const before = source ? this.valuesOf(source.header) : {};
    const after = { ...before, ...this.entered(content) };
    const header = source ? this.changed(source.header, before, after) : this.begun(after);
    const problem = refusal({ before, after, body, stray: this.strayKey(header, body), now: this.now(), table: this.fields });
    if (problem) throw new Error("saving_failed", { cause: new Error(problem) }); // the CMS shows the words of the cause
    const isSameText = source?.body === body;
    const gap = isSameText ? source.gap : "\n";
    return `${[...header, ""].join("\n")}${body ? gap + body : ""}`.trimEnd() + "\n";
  }

  parted(lines) {
    const bounds = findHeader(lines);
    const end = bounds.isFenced && bounds.isClosed ? bounds.end + 1 : bounds.end;
    return { header: lines.slice(0, end), body: lines.slice(end) };
  }

  /** What the form has of each field that it shows; an empty one may be missing. */
  entered(content) {
    const keys = [...this.fields.keys()].filter((key) => this.shown.has(key));
    return Object.fromEntries(keys.map((key) => [key, (this.grouped.has(key) ? content[MORE] : content)?.[key] ?? ""]));
  }

  /** The fields of a header's lines by their keys, each with its rows. */
  read(header) {
    const bounds = findHeader(header);
    const block = header.map((line, number) => [number, line]).slice(bounds.start, bounds.end);
    const { fields } = readFields(block, (name) => this.keys.has(name), bounds.isFenced);
    const found = new Map();
    for (const field of fields) {
      const key = this.keys.get(field.key.toLowerCase());
      if (key && !found.has(key)) found.set(key, field);
    }
    return { found, bounds };
  }

  /** The form's values of a header; what has a default in the form is empty where the file has nothing. */
  valuesOf(header) {
    const { found } = this.read(header);
    const values = { date: "", status: "published" };
    for (const [key, field] of found) {
      const type = this.fields.get(key).type;
      if (key === "image" || key === "image-alt") continue;
      if (key === "gallery") values.gallery = listOf(field).map(pictureOf);
      else if (type === "list") values[key] = listOf(field);
      else if (type === "lines") values[key] = linesOf(field);
      else values[key] = this.textValue(key, field.scalar.text);
    }
    const image = found.get("image")?.scalar.text;
    if (image) {
      const picture = pictureOf(image);
      values.image = { ...picture, alt: picture.alt || (found.get("image-alt")?.scalar.text ?? "") };
    }
    return values;
  }

  textValue(key, text) {
    const { type, words } = this.fields.get(key);
    if (words) return words[text.toLowerCase()] ?? text;
    if (type === "moment") return momentOf(text);
    return type === "day" ? momentOf(text).slice(0, text ? 10 : 0) || text : text;
  }

  /** The lines of a field with a new value, by the key that the file has; none for an empty one. */
  written(key, values, name = key) {
    const value = values[key];
    if (isEmpty(value)) return [];
    if (key === "image") {
      const { alt = "", caption = "", credit = "" } = value;
      if (caption || credit) return formatField(name, entryOf(value));
      return [...formatField(name, value.file), ...(alt ? formatField("image-alt", alt) : [])];
    }
    if (key === "gallery") return formatField(name, value.filter(({ file }) => file).map(entryOf));
    const { type } = this.fields.get(key);
    if (type === "moment") return formatField(name, key === "event-end" && endsAtMidnight(values) ? value : value.replace(/ 00:00$/, ""));
    return formatField(name, typeof value === "string" ? value.trim() : value);
  }

  begun(values) {
    const lines = [...this.fields.keys()].flatMap((key) => (key in values ? this.written(key, values) : []));
    return ["---", ...lines, "---"];
  }

  /** The header's lines with the changed fields written anew in their places; new ones stand at its end. */
  changed(header, before, after) {
    const { found, bounds } = this.read(header);
    const starts = new Map();
    const gone = new Set();
    const added = [];
    for (const key of this.fields.keys()) {
      if (key === "image-alt" || isSame(before[key], after[key])) continue;
      const old = found.get(key);
      const lines = this.written(key, after, old?.key);
      const twin = key === "image" ? found.get("image-alt") : undefined;
      for (const field of [old, twin]) field?.rows.forEach((row) => gone.add(row));
      if (old) starts.set(old.rows[0], lines);
      else added.push(...lines);
    }
    if (!starts.size && !added.length) return header;
    const fence = bounds.isFenced ? header : ["---", ...header.slice(bounds.start, bounds.end), "---"];
    const shift = bounds.isFenced ? 0 : 1 - bounds.start;
    const close = bounds.end + shift;
    return fence.flatMap((line, number) => {
      const row = number - shift;
      const own = gone.has(row) ? (starts.get(row) ?? []) : [line];
      return number === close ? [...added, ...own] : own;
    });
  }

  /** The key of the field that the text would be taken to begin with: one that the header lacks. */
  strayKey(header, body) {
    const found = strayField(body);
    const key = found && this.keys.get(found.key.toLowerCase());
    return key && this.table.notInText.includes(key) && !this.read(header).found.has(key) ? found.key : "";
  }
}

const listOf = (field) => (field.entries.length ? field.entries.map(({ text }) => text).filter(Boolean) : splitList(field.scalar.text));

function linesOf(field) {
  const lines = field.entries.length ? field.entries.map(({ text }) => text) : field.scalar.text.split("\n");
  return lines.map((line) => line.trim().split(/\s+/).join(" ")).filter(Boolean).join("\n");
}

function pictureOf(entry) {
  const found = /^\s*((?:\|(?:filename|static|attach)\|)?[^|]*)(?:\|([\s\S]*))?$/.exec(entry);
  const file = found[1].trim();
  const [alt = "", caption = "", ...credit] = (found[2] ?? "").split("|").map((part) => part.trim());
  const isFolder = !PICTURE_FILE.test(file) && !alt;
  return { file, alt: isFolder ? WHOLE_FOLDER : alt, caption, credit: credit.join(" | ") };
}

function entryOf({ file, alt = "", caption = "", credit = "" }) {
  const words = [alt === WHOLE_FOLDER ? "" : alt, caption].map((part) => part.replaceAll("|", "/")).concat(credit);
  while (words.length && !words.at(-1)) words.pop();
  return [file, ...words].join(" | ").split(/\s+/).filter(Boolean).join(" ");
}

/** A date as the form's field has it; one that the field can't show stays as it is written. */
export function momentOf(text) {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T\s]+(\d{1,2}):(\d\d)(?::\d\d)?)?$/.exec(text.trim());
  const dotted = /^(\d\d)\.(\d\d)\.(\d{4})(?:\s+(\d{1,2}):(\d\d)(?::\d\d)?)?$/.exec(text.trim());
  if (!iso && !dotted) return text;
  const [year, month, day] = iso ? iso.slice(1, 4) : [dotted[3], dotted[2], dotted[1]];
  const [hour = "0", minute = "00"] = (iso ?? dotted).slice(4);
  return `${year}-${month}-${day} ${hour.padStart(2, "0")}:${minute}`;
}

/** Whether an event that begins at an hour lasts over days: its end at 00:00 is then that moment, not the whole day after it. */
function endsAtMidnight({ "event-date": start, "event-end": end }) {
  return / (?!00:00)\d\d:\d\d$/.test(start ?? "") && start.slice(0, 10) < end.slice(0, 10);
}

function isEmpty(value) {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && !value.file;
}

/** Whether two values of the form say the same; what is empty is empty in any form. */
export function isSame(one, other) {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  return canonical(one) === canonical(other);
}

function canonical(value) {
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical));
  if (typeof value !== "object") return String(value).trim();
  return JSON.stringify(Object.entries(value).filter(([, part]) => !isEmpty(part)).map(([key, part]) => [key, canonical(part)]).sort());
}
