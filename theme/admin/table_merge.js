// Two editors' changes of one register: rows that each has added, changed or deleted are put together; where both have
// changed the same row or added an equal one, both stay and are named: nothing is dropped that a person didn't drop.
import { withRows } from "./register_table.js";

/**
 * The table of `theirs` with the changes that lead from `base` to `mine`: { table, base, added, conflicts }. The new `base`
 * is `theirs` with the ids of the rows that we have had; `added` is the number of their rows that were not in `base`;
 * `conflicts` are what a person decides, { kind, ids }:
 * both – two versions of one row; several – versions among which new rows of theirs may be; gone – changed by us, deleted by
 * them; deleted – the reverse; beside – the same, or a new row of theirs; same – equal rows that both have added;
 * total – a sum that both have changed to one number. Null where the tables are not of one form.
 */
export const merged = (base, mine, theirs) => {
  if (!isOneForm(base, theirs)) return null;
  const mineById = new Map(mine.rows.map((row) => [row.id, row]));
  const inserted = insertions(base, mine);
  const pairs = [[-1, -1], ...matches(base.rows, theirs.rows), [base.rows.length, theirs.rows.length]];
  const rows = [];
  const conflicts = [];
  const ids = new Map(); // of our rows, by the places that they have in theirs
  let added = 0;
  for (let at = 0; at < pairs.length - 1; at += 1) {
    const [anchor, place] = pairs[at];
    const [nextAnchor, nextPlace] = pairs[at + 1];
    if (anchor >= 0) {
      ids.set(place, base.rows[anchor].id);
      const own = mineById.get(base.rows[anchor].id);
      if (own) rows.push(own.raw === base.rows[anchor].raw ? { ...theirs.rows[place], id: own.id } : own);
    }
    const gap = theirs.rows.slice(place + 1, nextPlace);
    added += gap.filter(({ kind }) => kind === "data").length;
    rows.push(...gap);
    let open = gap.filter(({ kind }) => CHANGEABLE.has(kind)); // rows of theirs that are not yet known to be one with ours
    const versions = [];
    let deleted = 0;
    for (const old of base.rows.slice(anchor + 1, nextAnchor)) {
      const own = mineById.get(old.id);
      if (!own) deleted += 1;
      if (!own || own.raw === old.raw) continue;
      const same = open.find(({ raw }) => raw === own.raw); // the same correction by both
      if (!same) versions.push({ ...own, isNew: true });
      else if (same.kind === "total") conflicts.push({ kind: "total", ids: [same.id] });
      open = open.filter((row) => row !== same);
    }
    const news = Array.from({ length: nextAnchor - anchor }, (_, step) => inserted.get(anchor + step) || []).flat();
    const isAddedByBoth = ({ raw }) => news.some((row) => row.raw === raw);
    const equal = open.filter(isAddedByBoth);
    conflicts.push(...conflictsOf(open.filter((row) => !isAddedByBoth(row)), versions, deleted));
    for (const text of new Set(equal.map(({ raw }) => raw))) {
      conflicts.push({ kind: "same", ids: [...equal, ...news].filter(({ raw }) => raw === text).map(({ id }) => id) });
    }
    rows.push(...versions, ...news);
  }
  const known = theirs.rows.map((row, place) => (ids.has(place) ? { ...row, id: ids.get(place) } : row));
  return { table: withRows(theirs, rows), base: { ...theirs, rows: known }, added, conflicts };
};

const CHANGEABLE = new Set(["data", "total", "broken"]);

// What is to be decided where we have changed rows (`versions`) or deleted some, and they have rows that we don't know.
const conflictsOf = (gap, versions, deleted) => {
  const each = (kind, list) => list.map(({ id }) => ({ kind, ids: [id] }));
  if (!versions.length) return deleted ? each(gap.length > deleted ? "beside" : "deleted", gap) : [];
  if (!gap.length) return each("gone", versions);
  const kind = gap.length === 1 && versions.length === 1 && !deleted ? "both" : "several";
  return [{ kind, ids: [...gap, ...versions].map(({ id }) => id) }];
};

const isOneForm = (one, other) =>
  one.separator === other.separator && one.encoding === other.encoding && one.header.join("\n") === other.header.join("\n");

// My new rows by the index of the row of `base` above them.
const insertions = (base, mine) => {
  const indexes = new Map(base.rows.map(({ id }, index) => [id, index]));
  const found = new Map();
  let above = -1;
  for (const row of mine.rows) {
    if (indexes.has(row.id)) above = indexes.get(row.id);
    else found.set(above, [...(found.get(above) || []), row]);
  }
  return found;
};

// Pairs of indexes of rows that both have, in order: rows that occur once in each, and equal rows beside such pairs.
const matches = (base, theirs) => {
  const once = (rows) => {
    const seen = new Map();
    rows.forEach(({ raw }, index) => seen.set(raw, seen.has(raw) ? -1 : index));
    return seen;
  };
  const [inBase, inTheirs] = [once(base), once(theirs)];
  const unique = [...inBase].flatMap(([raw, index]) => (index >= 0 && inTheirs.get(raw) >= 0 ? [[index, inTheirs.get(raw)]] : []));
  const anchors = [[-1, -1], ...longestIncreasing(unique.sort(([one], [other]) => one - other)), [base.length, theirs.length]];
  const pairs = [];
  for (let at = 0; at < anchors.length - 1; at += 1) {
    let [one, other] = [anchors[at][0] + 1, anchors[at][1] + 1];
    let [lastOne, lastOther] = anchors[at + 1];
    const tail = [];
    while (one < lastOne && other < lastOther && base[one].raw === theirs[other].raw) pairs.push([one++, other++]);
    while (one < lastOne && other < lastOther && base[lastOne - 1].raw === theirs[lastOther - 1].raw) tail.unshift([--lastOne, --lastOther]);
    pairs.push(...tail);
    if (anchors[at + 1][0] < base.length) pairs.push(anchors[at + 1]);
  }
  return pairs;
};

// The longest run of pairs that rises in both indexes (patience sorting).
const longestIncreasing = (pairs) => {
  const tops = []; // indexes of pairs
  const before = [];
  pairs.forEach(([, value], index) => {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tops[middle]][1] < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low ? tops[low - 1] : -1;
    tops[low] = index;
  });
  const found = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index]) found.unshift(pairs[index]);
  return found;
};
