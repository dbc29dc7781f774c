// Finds documents in the index that the build has made (plugins/hromada/search): everything stays in the browser.
const DROPPED = /['’ʼ`´‘′\u0301\u00ad\u200b-\u200d\u2060\ufeff]/g;
const NUMBER = /[\p{L}\p{N}]+(?:[/.:\-‐‑–][\p{L}\p{N}]+)+/gu;
const UKRAINIAN = /^[а-яіїєґ]+$/;
const FOLDED = { і: "и", ї: "и", й: "и", ы: "и", ъ: "и", є: "е", э: "е", ё: "е", ь: "" };
const KEY_LENGTH = 6;
const USUAL = 1;
const TIMES = 7; // codes of a word that stands neither in the title nor in the lead
const LAYOUT = {
  q: "й", w: "ц", e: "у", r: "к", t: "е", y: "н", u: "г", i: "ш", o: "щ", p: "з", "[": "х", "]": "ї", a: "ф", s: "і", d: "в",
  f: "а", g: "п", h: "р", j: "о", k: "л", l: "д", ";": "ж", "'": "є", z: "я", x: "ч", c: "с", v: "м", b: "и", n: "т", m: "ь",
  ",": "б", ".": "ю", "`": "", "\\": "г",
};
const LATIN = [
  ["shch", "щ"], ["zgh", "зг"], ["zh", "ж"], ["kh", "х"], ["ts", "ц"], ["ch", "ч"], ["sh", "ш"], ["ya", "я"], ["ia", "я"],
  ["yu", "ю"], ["iu", "ю"], ["ye", "є"], ["ie", "є"], ["yi", "ї"], ["yo", "йо"], ["a", "а"], ["b", "б"], ["c", "ц"], ["d", "д"],
  ["e", "е"], ["f", "ф"], ["g", "г"], ["h", "г"], ["i", "і"], ["j", "й"], ["k", "к"], ["l", "л"], ["m", "м"], ["n", "н"],
  ["o", "о"], ["p", "п"], ["q", "к"], ["r", "р"], ["s", "с"], ["t", "т"], ["u", "у"], ["v", "в"], ["w", "в"], ["x", "кс"],
  ["y", "и"], ["z", "з"],
];

// Latin letters that look like Ukrainian ones, inside a Ukrainian word.
const ALIKE = { a: "а", b: "в", c: "с", e: "е", h: "н", i: "і", k: "к", m: "м", o: "о", p: "р", t: "т", x: "х", y: "у" };
const MIXED = /[a-zа-яіїє]+/g;

export const normalized = (text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(DROPPED, "")
    .replaceAll("ґ", "г")
    .replace(MIXED, (word) => (/[а-яіїє]/.test(word) && /[a-z]/.test(word) ? word.replace(/[a-z]/g, (letter) => ALIKE[letter] || letter) : word));
export const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];
const numbersOf = (text) => (text.match(NUMBER) || []).filter((one) => /\p{Nd}/u.test(one)).map((one) => one.replace(/[‐‑–]/g, "-"));
const folded = (word) => word.replace(/[іїйыъєэёь]/g, (letter) => FOLDED[letter]);
const filingKey = (word) => [...folded(word)].slice(0, KEY_LENGTH).join("");
export const inOtherLayout = (text) => [...text.toLowerCase()].map((sign) => LAYOUT[sign] ?? sign).join("");
export const inUkrainian = (word) => {
  let text = "";
  for (let at = 0; at < word.length; ) {
    const [latin, letter] = LATIN.find(([start]) => word.startsWith(start, at)) || [word[at], word[at]];
    text += letter;
    at += latin.length;
  }
  return text;
};

// Whether one letter is wrong, missing or too many, or two neighbours have changed places.
export const isOneSlip = (one, other) => {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const rest = (word, from) => word.slice(from);
  if (one.length > other.length) return rest(one, start + 1) === rest(other, start);
  if (one.length < other.length) return rest(one, start) === rest(other, start + 1);
  const isSwapped = one[start] === other[start + 1] && one[start + 1] === other[start];
  return rest(one, start + 1) === rest(other, start + 1) || (isSwapped && rest(one, start + 2) === rest(other, start + 2));
};

export class Engine {
  #files = new Map();
  #endings = new Map();
  #years = new Map();

  constructor(folder) {
    this.folder = folder;
  }

  #file(name, options) {
    if (!this.#files.has(name)) {
      const answer = fetch(this.folder + name, options).then((got) => {
        if (!got.ok) throw new Error(`${name}: ${got.status}`);
        return got.json();
      });
      answer.catch(() => this.#files.delete(name)); // the next search asks again
      this.#files.set(name, answer);
    }
    return this.#files.get(name);
  }

  // --- what every search needs ---------------------------------------------------------------------------------

  start() {
    this.started ||= this.#readRules()
      .then(() => this.#readTables())
      .catch((error) => {
        this.started = null;
        throw error;
      });
    return this.started;
  }

  // With the rules alone a query is understood, so its shards come together with the tables of documents.
  async #readRules() {
    if (this.rules) return;
    const rules = await this.#file("index.json", { cache: "no-cache" });
    this.kinds = rules.kinds.map(([title, sections, isOwn]) => ({ title, sections, isOwn: isOwn > 0 }));
    this.sections = rules.sections;
    this.bounds = rules.bounds.split(" ");
    this.stop = new Set(rules.stop.split(" "));
    this.stems = new Set(rules.stems.split(" "));
    this.order = new Map([...rules.signs].map((sign, index) => [sign, index]));
    this.segments = rules.segments;
    this.rules = rules;
  }

  async #readTables() {
    await Promise.all(this.segments.map((segment) => this.#readTable(segment)));
    let count = 0;
    for (const segment of this.segments) {
      segment.first = count;
      count += segment.ids.length;
    }
    this.count = count;
    const sum = this.segments.reduce((total, segment) => total + segment.lengths.reduce((all, one) => all + one, 0), 0);
    this.average = sum / (count || 1);
    this.newest = Math.max(0, ...this.segments.map((segment) => this.#day(segment, segment.ids.length - 1)));
  }

  async #readTable(segment) {
    const table = await this.#file(`${segment.name}/documents.json?v=${segment.version}`);
    segment.ids = this.#decode(table.ids).map(([id]) => id);
    segment.at = new Map(segment.ids.map((id, index) => [id, index]));
    segment.kinds = [...table.kinds].map((sign) => this.order.get(sign));
    segment.lengths = [...table.lengths].map((sign) => 8 * 1.2 ** this.order.get(sign));
    segment.titles = table.titles || [];
  }

  // Pairs of a document's number and the code of the word in it.
  #decode(text) {
    const pairs = [];
    let id = 0;
    let number = 0;
    for (let at = 0; at < text.length; at += 1) {
      const order = this.order.get(text[at]);
      if (order >= 64) pairs[pairs.length - 1][1] = order - 64;
      else if (order >= 32) number = number * 32 + order - 32;
      else {
        id += number * 32 + order;
        number = 0;
        pairs.push([id, USUAL]);
      }
    }
    return pairs;
  }

  // A document by its place in all segments together.
  #place(index) {
    const segment = this.segments.findLast((one) => one.first <= index);
    return [segment, index - segment.first];
  }

  #day(segment, place) {
    return place < 0 ? 0 : Math.floor(segment.ids[place] / segment.width);
  }

  date(index) {
    const day = this.#day(...this.#place(index));
    return day ? new Date((day + this.rules.epoch - 719163) * 864e5) : null; // 719163: 1 January 1970
  }

  year(index) {
    const day = this.#day(...this.#place(index));
    if (!this.#years.has(day)) this.#years.set(day, day ? this.date(index).getUTCFullYear() : 0);
    return this.#years.get(day);
  }

  kind(index) {
    const [segment, place] = this.#place(index);
    return this.kinds[segment.kinds[place]];
  }

  // --- words -----------------------------------------------------------------------------------------------------

  stem(word) {
    if (!UKRAINIAN.test(word)) return word;
    for (let size = 3; size > 0; size -= 1) {
      if (word.length - size >= 3 && this.stems.has(word.slice(-size))) return word.slice(0, -size);
    }
    return word;
  }

  partition(word) {
    const key = filingKey(word);
    let low = 0;
    let high = this.bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key < this.bounds[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  isMeant(word) {
    return !this.stop.has(word) && ((word.length > 1 && word.length <= 40) || /^\p{Nd}$/u.test(word));
  }

  // The words of a query that are looked for. A number with signs inside is one word.
  queryWords(text) {
    const plain = normalized(text);
    const numbers = numbersOf(plain);
    const words = [...numbers, ...wordsOf(plain.replace(NUMBER, (one) => (/\p{Nd}/u.test(one) ? " " : one)))];
    const meant = words.filter((word) => this.isMeant(word));
    return [...new Set(meant)];
  }

  async #shard(segment, number) {
    const shard = await this.#file(`${segment.name}/${number}.json?v=${segment.version}`);
    if (!shard.byBase) {
      shard.byBase = new Map();
      for (const [list, isHere] of [[shard.w, true], [shard.a, false]]) {
        for (const entry of list) {
          if (!shard.byBase.has(entry[0])) shard.byBase.set(entry[0], []);
          shard.byBase.get(entry[0]).push({ base: entry[0], endings: entry[1], forms: isHere ? entry.slice(2) : [], shard: isHere ? number : entry[2] });
        }
      }
    }
    return shard;
  }

  #shardNumber(segment, partition) {
    return Math.floor((partition * segment.shards) / this.rules.partitions);
  }

  // All shards of a segment where a word may be, with those where its stem and (for a beginning) its continuations are.
  async #shards(segment, word, isBeginning) {
    const first = this.#shardNumber(segment, this.partition(word));
    const numbers = new Set([first, this.#shardNumber(segment, this.partition(this.stem(word)))]);
    if (isBeginning) {
      const last = this.#shardNumber(segment, this.partition(`${word}\uffff`));
      for (let number = first; number <= Math.min(last, first + 3); number += 1) numbers.add(number);
    }
    const [common, ...shards] = await Promise.all([this.#file("endings.json"), ...[...numbers].map((number) => this.#shard(segment, number))]);
    this.common = common;
    return shards;
  }

  hasEnding(entry, ending) {
    const { endings } = entry;
    if (endings === -1) return false;
    if (!this.#endings.has(endings)) {
      this.#endings.set(endings, new Set((typeof endings === "number" ? this.common[endings] : endings).split(",")));
    }
    return this.#endings.get(endings).has(ending);
  }

  async #resolved(segment, entries) {
    const found = [];
    for (const entry of entries) {
      if (entry.forms.length) found.push(entry);
      else {
        const shard = await this.#shard(segment, entry.shard);
        found.push(...(shard.byBase.get(entry.base) || []).filter((one) => one.forms.length && String(one.endings) === String(entry.endings)));
      }
    }
    return found;
  }

  // The lexemes of a segment with this form: by the dictionary's endings, else by the stem.
  async #lexemes(segment, word) {
    const shards = await this.#shards(segment, word, false);
    const stem = this.stem(word);
    const found = new Set();
    for (const shard of shards) {
      for (let size = 0; size <= word.length; size += 1) {
        for (const entry of shard.byBase.get(word.slice(0, size)) || []) {
          if (this.hasEnding(entry, word.slice(size)) || (entry.endings === -1 && entry.base === stem)) found.add(entry);
        }
      }
    }
    return this.#resolved(segment, found);
  }

  // Lexemes whose forms meet a condition, of all shards where the word may be.
  async #scan(segment, word, isWanted, isBeginning = false) {
    const found = new Set();
    for (const shard of await this.#shards(segment, word, isBeginning)) {
      for (const entries of shard.byBase.values()) {
        for (const entry of entries) if (isWanted(entry)) found.add(entry);
      }
    }
    return this.#resolved(segment, found);
  }

  #formsOf(entry) {
    return entry.forms.filter((_, index) => index % 2 === 0).map((ending) => entry.base + ending);
  }

  #allForms(entry) {
    if (entry.endings === -1) return this.#formsOf(entry);
    this.hasEnding(entry, "");
    return [...this.#endings.get(entry.endings)].map((ending) => entry.base + ending);
  }

  // --- one word --------------------------------------------------------------------------------------------------

  // Ways to understand a word, from the exact to the guessed; the first that finds something holds.
  async term(word, isLast) {
    const find = (how) => Promise.all(this.segments.map(how));
    const key = folded(word);
    const ways = [
      ["form", () => find((segment) => this.#lexemes(segment, word))],
      ["form", () => find((segment) => this.#scan(segment, word, (entry) => this.#formsOf(entry).some((form) => this.stem(form) === this.stem(word))))],
      ["slip", () => find((segment) => this.#scan(segment, word, (entry) => key.startsWith(folded(entry.base)) && this.#allForms(entry).some((form) => folded(form) === key)))],
    ];
    if (isLast && word.length > 2) {
      const begins = (entry) => this.#formsOf(entry).some((form) => form.startsWith(word));
      ways.push(["beginning", () => find((segment) => this.#scan(segment, word, begins, true))]);
    }
    if (!UKRAINIAN.test(word)) ways.splice(1, 2);
    for (const [how, look] of ways) {
      const found = await look();
      if (found.some((entries) => entries.length)) return this.#counted(word, how, found);
    }
    return this.#counted(word, "none", []);
  }

  // The nearest words that texts have, for one with a wrong letter.
  async nearest(word) {
    if (word.length < 6) return [];
    const stem = this.stem(word);
    const lists = await Promise.all(this.segments.map((segment) => this.#file(`${segment.name}/words.json?v=${segment.version}`)));
    const near = new Set();
    for (const text of lists.flat()) {
      let last = "";
      for (const [, shared, rest] of text.matchAll(/(\d)(\D*)/g)) {
        last = last.slice(0, Number(shared)) + rest;
        if (Math.abs(last.length - word.length) > 4) continue;
        const own = this.stem(last);
        if (isOneSlip(last, word) || (stem.length > 3 && own.length > 3 && (own === stem || isOneSlip(own, stem)))) near.add(last);
      }
    }
    for (const segment of this.segments) {
      for (const entry of await this.#scan(segment, word, (one) => this.#formsOf(one).some((form) => isOneSlip(form, word)))) {
        for (const form of this.#formsOf(entry)) if (isOneSlip(form, word)) near.add(form);
      }
    }
    const direct = [...near].filter((form) => isOneSlip(form, word));
    return direct.length ? direct : [...near];
  }

  async #counted(word, how, found) {
    await this.start();
    const documents = new Map(); // place in all segments to [weight, stands in the title, stands there exactly so]
    const lexemes = [];
    found.forEach((entries, number) => {
      const segment = this.segments[number];
      for (const entry of entries) {
        lexemes.push(entry);
        for (let at = 0; at < entry.forms.length; at += 2) {
          const form = entry.base + entry.forms[at];
          if (how === "beginning" && !form.startsWith(word)) continue;
          const share = form === word ? 1 : 0.7;
          for (const [id, code] of this.#decode(entry.forms[at + 1])) {
            const place = segment.at.get(id);
            if (place === undefined) continue; // a shard of another version
            const index = segment.first + place;
            const inTitle = code >= 2 * TIMES;
            const inLead = Math.floor(code / TIMES) % 2 > 0;
            const weight = share * ((inTitle ? 9 : 0) + (inLead ? 3 : 0) + (code % TIMES));
            const before = documents.get(index);
            if (!before) documents.set(index, [weight, inTitle, form === word]);
            else {
              before[0] = Math.max(before[0], weight) + Math.min(before[0], weight) / 4;
              before[1] ||= inTitle;
              before[2] ||= form === word;
            }
          }
        }
      }
    });
    return { word, how, documents, lexemes };
  }

  // Whether a word of a text is a form of what was looked for.
  isForm(term, text) {
    const word = normalized(text);
    if (word === term.word) return true;
    if (term.how === "beginning") return word.startsWith(term.word);
    return term.lexemes.some((entry) =>
      entry.endings === -1 ? this.stem(word) === entry.base : word.startsWith(entry.base) && this.hasEnding(entry, word.slice(entry.base.length)),
    );
  }

  // --- a query ---------------------------------------------------------------------------------------------------

  async #terms(words, isOpen) {
    return Promise.all(words.map((word, number) => this.#number(word) || this.term(word, isOpen && number === words.length - 1)));
  }

  // A number that no text has as a whole is looked for in its parts.
  #number(word) {
    if (!/[/.:-]/.test(word)) return null;
    return this.term(word, false).then((term) => {
      if (term.documents.size) return term;
      return Promise.all(wordsOf(word).map((part) => this.term(part, false))).then((parts) => this.#all(word, parts));
    });
  }

  #all(word, parts) {
    const [rarest, ...others] = parts.toSorted((one, other) => one.documents.size - other.documents.size);
    const documents = new Map([...rarest.documents].filter(([index]) => others.every((part) => part.documents.has(index))));
    return { word, how: "form", documents, lexemes: parts.flatMap((part) => part.lexemes) };
  }

  async search(query, { isOpen = true } = {}) {
    this.start().catch(() => {}); // told where its tables are needed
    await this.#readRules();
    const phrases = [...query.matchAll(/["“”«„]([^"“”«»„]+)["“”»]/g)].map((match) => wordsOf(normalized(match[1]))).filter((words) => words.length);
    let words = this.queryWords(query);
    let shown = "";
    let terms = await this.#terms(words, isOpen && !phrases.length && !/\s$/.test(query));
    if (/[a-z]/i.test(query) && !/[а-яіїєґ]/i.test(query) && terms.some((term) => term.how !== "form")) {
      const other = await this.#other(query, terms);
      if (other) [words, terms, shown] = other;
    } else terms = await Promise.all(terms.map((term) => this.#withUkrainian(term)));
    if (!phrases.length) {
      terms = await Promise.all(terms.map((term) => this.#withSynonyms(term)));
      if (terms.some((term) => term.how !== "asked")) terms = terms.filter((term) => term.how !== "asked");
    }
    for (const [number, term] of terms.entries()) {
      if (term.documents.size) continue;
      const near = await this.nearest(term.word);
      if (!near.length) continue;
      const found = await Promise.all(near.slice(0, 8).map((word) => this.term(word, false)));
      found.sort((one, other) => other.documents.size - one.documents.size);
      terms[number] = { ...found[0], how: "typo", meant: term.word };
    }
    if (terms.some((term) => term.how === "typo")) shown = terms.map((term) => term.word).join(" ");
    await this.start();
    const known = terms.filter((term) => term.documents.size);
    const { scores, isPartial } = this.#ranked(known, terms.length);
    return { indexes: scores, terms: known, missing: terms.filter((term) => !term.documents.size).map((term) => term.word), isPartial, shown, phrases, words };
  }

  // A query in Latin letters: typed in another layout, or transliterated.
  async #other(query, terms) {
    const hits = (list) => list.filter((term) => term.documents.size).length + list.filter((term) => term.how === "form").length;
    let best = null;
    let most = hits(terms);
    const transliterated = query.toLowerCase().replace(/[a-z]+/g, inUkrainian);
    for (const text of [transliterated, inOtherLayout(query)]) {
      const words = this.queryWords(text);
      const found = words.length ? await this.#terms(words, false) : [];
      const count = found.length ? (hits(found) * terms.length) / found.length : 0;
      if (count > most) {
        most = count;
        const named = found.map((term) => (term.how === "slip" ? this.#usual(term) : term.word));
        best = [words, found, named.join(" ")];
      }
    }
    return best;
  }

  // «hromada» stands in addresses of mail, and means «громада».
  async #withUkrainian(term) {
    if (!/^[a-z]+$/.test(term.word)) return term;
    const other = await this.term(inUkrainian(term.word), false);
    if (!other.documents.size) return term;
    const documents = new Map([...other.documents, ...term.documents]);
    return { ...term, documents, lexemes: [...term.lexemes, ...other.lexemes] };
  }

  // A word with the documents of its synonyms, which weigh half as much as its own; of a word that is only asked for
  // («немає світла») with those alone.
  async #withSynonyms(term) {
    const groups = await this.#file("synonyms.json").catch(() => []); // without them it is found by itself
    const has = ({ forms = "", asked = "" }) => `${forms} ${asked}`.split(" ").includes(term.word);
    const known = groups.filter((group) => group.some(has)).flat();
    if (!known.length) return term;
    const own = known.some((member) => member.asked && has(member)) ? { ...term, how: "asked", documents: new Map(), lexemes: [] } : term;
    const found = await Promise.all(known.filter((member) => !member.asked && !has(member)).map((member) => this.#member(member)));
    const documents = new Map(own.documents);
    for (const synonym of found) {
      for (const [index, [weight, inTitle]] of synonym.documents) {
        if (!own.documents.has(index)) documents.set(index, [Math.max(weight / 2, documents.get(index)?.[0] || 0), inTitle, false]);
      }
    }
    return documents.size > own.documents.size ? { ...own, how: "form", documents, lexemes: [...own.lexemes, ...found.flatMap((one) => one.lexemes)] } : own;
  }

  #member({ forms, words }) {
    if (forms) return this.term(forms.split(" ", 1)[0], false);
    return Promise.all(words.split(" ").map((word) => this.term(word, false))).then((parts) => this.#all(words, parts));
  }

  // The form of a lexeme that was meant by a word with slips.
  #usual(term) {
    for (const entry of term.lexemes) {
      for (const form of this.#allForms(entry)) if (folded(form) === folded(term.word)) return form;
    }
    return term.word;
  }

  #ranked(terms, asked) {
    if (!terms.length) return { scores: [], isPartial: false };
    const matched = new Map();
    for (const term of terms) for (const index of term.documents.keys()) matched.set(index, (matched.get(index) || 0) + 1);
    const most = Math.max(...matched.values());
    const scores = new Map();
    for (const [index, count] of matched) if (count === most) scores.set(index, this.#score(index, terms));
    const sorted = [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one) || other - one);
    return { scores: sorted, isPartial: most < asked };
  }

  // BM25F: fields are weighed before the sum; then names of units and services, and new before old.
  #score(index, terms) {
    const [segment, place] = this.#place(index);
    const norm = 1.2 * (0.3 + (0.7 * segment.lengths[place]) / this.average);
    let score = 0;
    let named = 0;
    for (const { documents } of terms) {
      const found = documents.get(index);
      if (!found) continue;
      const rarity = Math.log(1 + (this.count - documents.size + 0.5) / (documents.size + 0.5));
      score += (rarity * found[0]) / (found[0] + norm) + (found[2] ? 0.02 : 0);
      named += found[1] ? 1 : 0;
    }
    const day = this.#day(segment, place);
    const isNamed = named === terms.length;
    const own = this.kinds[segment.kinds[place]].isOwn && isNamed ? 2.5 : 1;
    const age = day ? 0.9 + 0.3 * 2 ** ((day - this.newest) / 730) : 1.1;
    return score * own * age * (isNamed ? 1.3 : 1);
  }

  // What a result shows: [title, address, beginning, note], and of what ends the moment from which it is over.
  async cards(indexes) {
    return Promise.all(
      indexes.map(async (index) => {
        const [segment, place] = this.#place(index);
        const id = segment.ids[place];
        const chunk = Math.floor(id / 2 ** segment.shift);
        const cards = await this.#file(`${segment.name}/cards-${chunk}.json?v=${segment.version}`);
        return cards[id] || ["", "", "", ""];
      }),
    );
  }

  // Titles of pages and of what is new in which every typed word begins some word.
  async suggest(text, limit) {
    await this.start();
    const typed = wordsOf(normalized(text)).filter((word) => !this.stop.has(word));
    if (!typed.length || typed.join("").length < 2) return [];
    const found = [];
    for (const segment of this.segments) {
      segment.titleWords ||= segment.titles.map(([title]) => wordsOf(normalized(title)));
      segment.titles.forEach(([title, address], place) => {
        const words = segment.titleWords[place];
        const fits = (word) => words.some((one) => one.startsWith(word) || (word.length > 4 && one.startsWith(this.stem(word))));
        if (!typed.every(fits)) return;
        const kind = this.kinds[segment.kinds[place]];
        const rank = (kind.isOwn ? 2 : 0) + (words[0].startsWith(typed[0]) ? 1 : 0) + this.#day(segment, place) / 1e6;
        found.push({ title, address, kind: kind.title, rank });
      });
    }
    return found.sort((one, other) => other.rank - one.rank).slice(0, limit);
  }
}
