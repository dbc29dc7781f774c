// A register's file that is open for changes: the table as it was read and as it is now, what was done since and can be
// undone, and what the rules find in it. It knows no page and no git host.
import { counted } from "./dom.js";
import { findingsOf, repeatedIn } from "./register_rules.js";
import { bytesOf, linesOf, withoutRow } from "./register_table.js";
import { ROWS } from "./row_form.js";

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
const SHOWN_KINDS = new Set(["data", "total", "broken"]);

const plain = (text) => text.toLocaleLowerCase("uk").replace(/[’ʼ'`]/g, "");
const isSame = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);

export class OpenRegister {
  conflicts = []; // { kind, ids } that a person has to decide
  isSaved = false; // nothing was changed since the last save
  isSaving = false;
  #history = []; // what «undo» goes back to
  #others = []; // the register's other files, { path, table }
  #sent = []; // tables that the host may have taken, though its answer was lost
  #repeated = new Map();
  #lines = new Map();
  #compared = {}; // the tables that were compared last, and the result
  #findings = new WeakMap(); // by row, of which the most are never changed

  /** `sha` is the file's version at the host; null for a new file. `now` is the moment in Kyiv. */
  constructor({ rules, now, register, path, sha, table }) {
    Object.assign(this, { rules, now, register, path, sha, base: table, table });
    this.#find();
  }

  get canUndo() {
    return this.#history.length > 0;
  }

  /** The rows beneath the header that people know as such. */
  get rows() {
    return this.table.rows.filter(({ kind }) => SHOWN_KINDS.has(kind));
  }

  get hasTotal() {
    return this.table.rows.some(({ kind }) => kind === "total");
  }

  get bytes() {
    return bytesOf(this.table);
  }

  lineOf(id) {
    return this.#lines.get(id);
  }

  /** What has been done since the file was opened or saved: { added, changed, deleted }, each a set of ids. */
  get changes() {
    const { base, table } = this;
    if (this.#compared.base !== base || this.#compared.table !== table) this.#compared = { base, table, result: difference(base, table) };
    return this.#compared.result;
  }

  get hasChanges() {
    return this.table.rows.length !== this.base.rows.length || Object.values(this.changes).some(({ size }) => size);
  }

  /** «додано 1 рядок, прибрано 2 рядки». */
  get summary() {
    return Object.entries(this.changes).filter(([, { size }]) => size).map(([what, { size }]) => `${CHANGED[what][0]} ${counted(size, CHANGED[what][1])}`).join(", ");
  }

  /** Takes a changed table; `told` says what was done, also when it is undone. */
  change(table, told) {
    this.#history.push({ table: this.table, conflicts: this.conflicts, told });
    Object.assign(this, { table, isSaved: false });
    this.#find();
  }

  remove(id) {
    const table = withoutRow(this.table, id);
    const conflicts = this.#withoutConflictOf(id);
    this.change(table, `прибрано рядок ${this.lineOf(id)}`);
    this.conflicts = conflicts;
  }

  /** What was undone, in words; undefined if there is nothing. */
  undo() {
    const last = this.#history.pop();
    if (!last) return undefined;
    Object.assign(this, { table: last.table, conflicts: last.conflicts });
    this.#find();
    return last.told;
  }

  keepConflicts() {
    this.conflicts = [];
  }

  /** The register's other files, in which publications may be listed already. */
  compareWith(others) {
    this.#others = others;
    this.#find();
  }

  #find() {
    const all = [...this.#others, { path: this.path, table: this.table }].sort((one, other) => (one.path < other.path ? -1 : 1));
    this.#repeated = repeatedIn(this.rules, this.register, all);
    this.#lines = linesOf(this.table);
  }

  findingsOf(row) {
    const found = this.#findings.get(row) ?? findingsOf(this.rules, this.table, this.register, { ...row, isChanged: row.isNew || row.isChanged }, this.now, this.lineOf(row.id));
    if (row.kind === "broken") return found; // another quote elsewhere mends it
    this.#findings.set(row, found);
    return [...found, ...(this.#repeated.get(row.id) || []), ...this.#conflictOf(row)];
  }

  #conflictOf(row) {
    const conflict = this.conflicts.find(({ ids }) => ids.includes(row.id));
    if (!conflict) return [];
    const [message, fix] = CONFLICTS[conflict.kind];
    return [{ column: null, code: "", message, fix, level: "error" }];
  }

  // A conflict is over when a row of it was removed and only ours or only the colleague's are left.
  #withoutConflictOf(id) {
    const own = new Set(this.table.rows.filter(({ isNew }) => isNew).map((row) => row.id));
    return this.conflicts.flatMap(({ kind, ids }) => {
      const left = ids.filter((other) => other !== id);
      return left.length === ids.length || new Set(left.map((other) => own.has(other))).size > 1 ? [{ kind, ids: left }] : [];
    });
  }

  /** The rows that have all these words, newest first. */
  chosenRows(query, onlyFindings) {
    const words = plain(query).split(/\s+/).filter(Boolean);
    return this.rows.filter((row) => {
      if (onlyFindings && !this.findingsOf(row).length) return false;
      const text = words.length ? plain(row.raw) : "";
      return words.every((word) => text.includes(word));
    }).reverse();
  }

  /** Rows of ours that the check would refuse: the site would not be built with them. */
  get wrongRows() {
    const { added, changed } = this.changes;
    return this.rows.filter((row) => (added.has(row.id) || changed.has(row.id)) && this.findingsOf(row).some(({ level }) => level === "error"));
  }

  /** The host may have taken this table: it was sent, and no answer came. */
  noteSent(table) {
    this.#sent.push(table);
  }

  /** The table of ours that has these bytes, if the host has taken one whose answer was lost. */
  sentAs(bytes) {
    return this.#sent.find((table) => isSame(bytesOf(table), bytes));
  }

  /** The host has this table as version `sha`; what was changed meanwhile stays a change. */
  take(table, sha) {
    const done = new Map(table.rows.map((row) => [row, row.isNew || row.isChanged ? { ...row, isNew: false, isChanged: false } : row]));
    const kept = (own) => ({ ...own, rows: own.rows.map((row) => done.get(row) ?? row) });
    const isSaved = this.table === table;
    this.#replace({ sha, base: kept(table), table: kept(this.table), conflicts: [], isSaved });
  }

  /** The rows of a colleague are put together with ours by table_merge.js. */
  join(sha, { base, table, conflicts }) {
    this.#replace({ sha, base, table, conflicts });
    this.isSaved = !conflicts.length && !this.hasChanges;
  }

  #replace(values) {
    Object.assign(this, values);
    this.#history = [];
    this.#sent = [];
    this.#find();
  }
}

const difference = (base, table) => {
  const before = new Map(base.rows.map((row) => [row.id, row]));
  const after = new Map(table.rows.map((row) => [row.id, row]));
  return {
    added: new Set([...after.keys()].filter((id) => !before.has(id))),
    changed: new Set([...after].filter(([id, row]) => before.has(id) && before.get(id).raw !== row.raw).map(([id]) => id)),
    deleted: new Set([...before.keys()].filter((id) => !after.has(id))),
  };
};
