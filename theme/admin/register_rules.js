// What is wrong with rows of a register, as far as one file tells it: dates, accounts, networks, kinds, counts, links,
// repeated publications. Codes and messages are those of `make check` (reading.register_rows, reading.registers), which
// alone knows the whole site; a test compares both on a table of cases. Nothing is found here that it doesn't find.
import { DateRefused, kyivTime, parseMoment } from "./register_dates.js";
import { lackingCharacters, linesOf, oneLine, swallowedLine, valueOf } from "./register_table.js";

const DAY = 86_400_000;
const WARN_AHEAD = 62; // days
const REFUSE_AHEAD = 366;
const APOSTROPHES_AND_QUOTES = /[«»„“”"'’ʼ`´‘]/g;

/** A name without differences of case, quotes and spaces. */
export const normalized = (name) => oneLine(name.normalize("NFC").toLowerCase().replace(APOSTROPHES_AND_QUOTES, "").replace(/[–—]/g, "-"));

const indexes = new WeakMap();
const accountsByName = ({ accounts }) => {
  if (!indexes.has(accounts)) {
    indexes.set(accounts, new Map(accounts.flatMap((account) => account.names.map((name) => [normalized(name), account]))));
  }
  return indexes.get(accounts);
};

/** The account that a name means; undefined for an unknown one. */
export const accountNamed = (rules, name) => accountsByName(rules).get(normalized(name));

/** The id of the network that a word names; an unknown word in lower case. */
export const networkNamed = (rules, word) => {
  const plain = word.trim().toLowerCase();
  return Object.hasOwn(rules.networkWords, plain) ? rules.networkWords[plain] : plain;
};

/** The kind of a social row; empty for an unknown word. */
export const kindNamed = (rules, word) => {
  const plain = word.trim().toLowerCase();
  if (!plain) return rules.kinds[0];
  return Object.hasOwn(rules.kindWords, plain) ? rules.kindWords[plain] : "";
};

const SCHEME = /^([a-z][a-z0-9+.-]*):(?!\d)/i;
const schemeOf = (link) => (link.match(SCHEME)?.[1] || "").toLowerCase();
const opensProgram = (link) => !["", "http", "https"].includes(schemeOf(link));

const addressOf = (link) => {
  try {
    return opensProgram(link) ? null : new URL(/^(https?:)?\/\//i.test(link) ? link.replace(/^\/\//, "https://") : `https://${link}`);
  } catch {
    return null;
  }
};
const knownHost = (rules, host) => [host, host.split(".").slice(-2).join(".")].find((name) => Object.hasOwn(rules.networkHosts, name));

/** The network that a link leads to; empty for an unknown one. */
export const networkOfLink = (rules, link) => {
  const address = link ? addressOf(link) : null;
  const host = address && knownHost(rules, address.hostname);
  return host ? rules.networkHosts[host] : "";
};

const isStory = (rules, link) => {
  const address = link.includes("stories") ? addressOf(link) : null;
  return Boolean(address) && ["facebook.com", "instagram.com"].includes(knownHost(rules, address.hostname)) && address.pathname.startsWith("/stories/");
};

const TRACKING = /^(utm_.*|fbclid|gclid|igshid|igsh|mibextid|ref|si)$/;

// One form for links that differ in nothing but scheme, `www.`, tracking and the last slash. The check knows more forms.
const plainLink = (link) => {
  const address = addressOf(link);
  if (!address) return link;
  const kept = [...address.searchParams].filter(([name]) => !TRACKING.test(name)).sort(([one], [other]) => (one < other ? -1 : 1));
  const query = kept.map(([name, value]) => `${name}=${value}`).join("&");
  return `${address.hostname.replace(/^(www|m|mobile|web)\./, "")}${address.pathname.replace(/\/+$/, "")}${query ? `?${query}` : ""}`;
};

const shortened = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

// --- one row ------------------------------------------------------------------------------------------------------------

const EXPONENT = /^\d(?:[.,]\d+)?[EeЕе]\+?\d+$/;
const WHOLE = /^(\d{1,9})[.,]0{1,2}$/;

/** The texts of a row's known columns, { name: text }, as the reader takes them. */
export const readRow = (table, row) => {
  const found = {};
  for (const [index, name] of table.columns) {
    let text = oneLine(valueOf(row, index));
    if (["-", "–", "—"].includes(text) && !["date", "title", "count"].includes(name)) text = "";
    if (name === "count") text = text.replace(WHOLE, "$1");
    if (text) found[name] = text;
  }
  return found;
};

class Findings {
  constructor(table) {
    this.list = [];
    this.index = Object.fromEntries([...table.columns].map(([index, name]) => [name, index]));
  }

  add(name, code, message, fix = "", level = "error") {
    this.list.push({ column: this.index[name] ?? null, code, message, fix, level });
  }
}

/**
 * What is wrong with a row by itself: [{ column, code, message, fix, level }]. `column` is an index, or
 * null for the row; `now` is the Kyiv time, `line` that of the row.
 */
export const findingsOf = (rules, table, register, row, now = kyivTime(new Date()), line = 1) => {
  const findings = new Findings(table);
  if (row.kind === "broken") {
    const swallowed = (row.cells || []).map((cell) => swallowedLine(rules, cell, table.separator)).find(Boolean);
    if (swallowed) findings.add("", "register-quotes", `незакриті лапки поглинають рядок ${line + swallowed}`, "закрийте лапки в кінці клітинки");
    else findings.add("", "register-quotes", "лапки в рядку не закрито або закрито посеред клітинки", 'візьміть клітинку в лапки "…", а лапки всередині подвойте: ""Зевс""');
    return findings.list;
  }
  if (row.kind === "total") lackingIn(findings, table, row);
  if (row.kind !== "data") return findings.list;
  const last = table.header.findLastIndex((cell) => cell.trim());
  if (row.cells.findLastIndex((cell) => cell.trim()) > last) {
    findings.add("", "register-long-row", `у рядку більше клітинок, ніж стовпців (${last + 1})`, "візьміть клітинку з розділовим знаком у лапки");
    return findings.list;
  }
  const cells = readRow(table, row);
  faultsOfCells(rules, findings, cells);
  if (findings.list.length) return findings.list;
  const moment = momentOf(rules, findings, cells.date || "");
  if ([...table.columns.values()].includes("count")) countOf(findings, cells.count || "");
  if (register === "social") social(rules, findings, cells);
  const scheme = cells.url ? schemeOf(cells.url) : "";
  if (scheme && scheme !== "http" && scheme !== "https") findings.add("url", "link-scheme", `посилання «${scheme}:» не веде на сторінку`, "впишіть адресу з https://");
  if (moment && !findings.list.some(({ level }) => level === "error")) distanceOf(findings, moment, now);
  lackingIn(findings, table, row);
  return findings.list;
};

// Characters that would be written as «?».
const lackingIn = (findings, table, row) => {
  const lacking = row.isChanged ? lackingCharacters(table, row.raw) : [];
  if (lacking.length) findings.add("", "encoding", `файл збережено в кодуванні Windows-1251, у якому немає знаків: ${lacking.join(" ")}`, "замініть їх або збережіть файл в UTF-8");
};

const faultsOfCells = (rules, findings, cells) => {
  for (const [name, text] of Object.entries(cells)) {
    if (rules.errorValues.includes(text)) findings.add(name, "register-cell", `у клітинці «${rules.columns[name]}» помилка ${text}`, "виправте формулу або впишіть значення");
    else if (name === "id" && EXPONENT.test(text)) {
      findings.add(name, "register-cell", `у клітинці «${rules.columns[name]}» задовге число ${text}, кінець якого програма таблиць губить`, "задайте стовпцю текстовий формат і впишіть значення знову");
    }
  }
};

const momentOf = (rules, findings, text) => {
  if (!text) {
    findings.add("date", "date-missing", "у рядку немає дати", "впишіть дату або приберіть рядок");
    return null;
  }
  try {
    return parseMoment(rules, text);
  } catch (error) {
    if (!(error instanceof DateRefused)) throw error;
    findings.add("date", error.code, error.message, error.fix);
    return null;
  }
};

// A date far ahead is looked for in rows that can be read, as by the check.
const distanceOf = (findings, { day, time }, now) => {
  const ahead = (Date.parse(`${day}T${time}Z`) - Date.parse(`${now.day}T${now.time}Z`)) / DAY;
  const shown = day.split("-").reverse().join(".");
  if (ahead > REFUSE_AHEAD) findings.add("date", "date-far-ahead", `дата ${shown} більш ніж на рік попереду`, "перевірте рік");
  else if (ahead > WARN_AHEAD) findings.add("date", "date-ahead", `дата ${shown} більш ніж на два місяці попереду`, "перевірте її", "warning");
};

const countOf = (findings, text) => {
  if (/^\d{1,9}$/.test(text)) return;
  const message = text ? `кількість «${shortened(text, 40)}» не є цілим числом` : "кількість не вказано";
  findings.add("count", "count-format", message, "впишіть ціле число: 0, 1, 2 …");
};

const networkIn = (rules, cells, account) => {
  const only = account?.networks.length === 1 ? account.networks[0] : "";
  return networkNamed(rules, cells.network || "") || networkOfLink(rules, cells.url || "") || only;
};

const social = (rules, findings, cells) => {
  const kind = kindNamed(rules, cells.kind || "");
  if (!kind) findings.add("kind", "kind-unknown", `невідомий вид «${cells.kind}»`, `напишіть одне з: ${rules.kinds.join(", ")}`);
  const account = accountNamed(rules, cells.account || "");
  if (!account) {
    const [message, what] = cells.account ? [`сторінки «${cells.account}» немає в accounts.toml`, "додайте її до"] : ["не вказано сторінку", "впишіть її назву з"];
    findings.add("account", "account-unknown", message, `${what} content/registers/accounts.toml`);
    return;
  }
  if (!rules.notCounted.includes(kind) && isStory(rules, cells.url || "")) {
    findings.add("kind", "story-counted", "посилання веде на сторіз, а рядок рахується як публікація", "напишіть у стовпці «Вид» «сторіз»", "warning");
  }
  const network = networkIn(rules, cells, account);
  if (account.networks.includes(network)) return;
  if (!network) {
    if (!opensProgram(cells.url || "")) findings.add("network", "network-missing", "незрозуміло, у якій мережі розміщено", "впишіть мережу: facebook, instagram …");
  } else if (!Object.hasOwn(rules.networks, network)) {
    findings.add("network", "network-unknown", `невідома мережа «${cells.network || ""}»`, "впишіть facebook, instagram, telegram, youtube …");
  } else {
    findings.add("network", "network-not-listed", `сторінка «${account.name}» не має мережі ${network}`, "виправте сторінку чи мережу в рядку або допишіть мережу до networks = […] в accounts.toml", "warning");
  }
};

// --- repeated publications ----------------------------------------------------------------------------------------------

const keysOf = (rules, register, cells) => {
  const account = register === "social" ? accountNamed(rules, cells.account || "") : undefined;
  const network = register === "social" ? networkIn(rules, cells, account) : "";
  const owner = account?.id || "";
  const named = [];
  if (cells.id) named.push(`id ${network} ${owner} ${cells.id}`);
  if (cells.url) named.push(`link ${network} ${owner} ${plainLink(cells.url)}`);
  const kind = register === "social" ? kindNamed(rules, cells.kind || "") : cells.kind || "";
  const { day } = parseMoment(rules, cells.date);
  return { named, same: ["same", network, owner, kind.toLowerCase(), day, normalized(cells.title || cells.issue || cells.kind || "")].join(" ") };
};

const keyCache = new WeakMap(); // a row never changes: a changed one is another row
const cachedKeys = (rules, register, table, row, now) => {
  if (!keyCache.has(row)) {
    const isReadable = row.kind === "data" && !findingsOf(rules, table, register, row, now).some(({ level }) => level === "error");
    keyCache.set(row, isReadable ? keysOf(rules, register, readRow(table, row)) : null);
  }
  return keyCache.get(row);
};

/**
 * Repeated publications of a register's files, [{ path, table }] in the order of their paths: { id of the row: findings }.
 * A publication is known by its id or link, else by all its values.
 */
export const repeatedIn = (rules, register, files) => {
  const now = kyivTime(new Date());
  const found = new Map();
  const places = new Map();
  for (const { path, table } of files) {
    const lines = linesOf(table);
    for (const row of table.rows) {
      const keys = cachedKeys(rules, register, table, row, now);
      if (!keys) continue;
      const place = `${path}:${lines.get(row.id)}`;
      const names = keys.named.length ? keys.named : [keys.same];
      const earlier = names.map((name) => places.get(name)).find(Boolean);
      if (earlier && keys.named.length) {
        found.set(row.id, [{ column: null, code: "duplicate-publication", message: `ця публікація вже є: ${earlier}`, fix: "приберіть один із двох рядків", level: "error" }]);
      } else if (earlier) {
        found.set(row.id, [{ column: null, code: "duplicate-suspected", message: `такий самий рядок уже є: ${earlier}`, fix: "якщо це дві публікації, додайте посилання", level: "warning" }]);
      }
      for (const name of names) if (!places.has(name)) places.set(name, place);
    }
  }
  return found;
};
