// Two editors' changes of one register: rows that each has added, changed or deleted are put together; where both have
// changed the same row, both versions stay and are named.
import { withRows } from "./register_table.js";

/**
 * The table of `theirs` with the changes that lead from `base` to `mine`: { table, added, conflicts }. `added` is the
 * number of their rows that were not in `base`; `conflicts` are groups of ids of rows: versions of one row, or their version
 * of one that we deleted. Null where the tables are not of one form.
 */
export const merged = (base, mine, theirs) => {
  if (!isOneForm(base, theirs)) return null;
  const mineById = new Map(mine.rows.map((row) => [row.id, row]));
  const inserted = insertions(base, mine);
  const pairs = [[-1, -1], ...matches(base.rows, theirs.rows), [base.rows.length, theirs.rows.length]];
  const rows = [];
  const conflicts = [];
  let added = 0;
  for (let at = 0; at < pairs.length - 1; at += 1) {
    const [anchor, place] = pairs[at];
    const [nextAnchor, nextPlace] = pairs[at + 1];
    if (anchor >= 0) {
      const own = mineById.get(base.rows[anchor].id);
      if (own) rows.push(own.raw === base.rows[anchor].raw ? { ...theirs.rows[place], id: own.id } : own);
    }
    const gap = theirs.rows.slice(place + 1, nextPlace);
    added += gap.filter(({ kind }) => kind === "data").length;
    rows.push(...gap);
    const theirTexts = new Set(gap.map(({ raw }) => raw));
    const versions = [];
    let isTouched = false;
    for (const old of base.rows.slice(anchor + 1, nextAnchor)) {
      const own = mineById.get(old.id);
      isTouched ||= !own || own.raw !== old.raw;
      if (own && own.raw !== old.raw && !theirTexts.has(own.raw)) versions.push({ ...own, isNew: true });
    }
    rows.push(...versions);
    if (versions.length || (isTouched && gap.length)) conflicts.push([...gap, ...versions].map(({ id }) => id));
    for (let index = anchor; index < nextAnchor; index += 1) {
      rows.push(...(inserted.get(index) || []).filter(({ raw }) => !theirTexts.has(raw)));
    }
  }
  return { table: withRows(theirs, rows), added, conflicts };
};

/** A table whose rows have the ids of equal rows of another one, so that both can be compared by ids. */
export const withIdsOf = (table, other) => {
  const byText = new Map();
  for (const row of other.rows) byText.set(row.raw, [...(byText.get(row.raw) || []), row.id]);
  const rows = table.rows.map((row) => {
    const ids = byText.get(row.raw) || [];
    const id = ids.includes(row.id) ? row.id : ids.shift();
    return id === undefined ? row : { ...row, id };
  });
  return { ...table, rows };
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
