// Where what editors have saved is on its way to the site. Pure: facts of the git host and of the site go in, words come out.
//
// Three things tell it: the commits of the branch, the newest commit of the published branch (whose message names the commit
// from which the site was built) and what the last run found (`site-status`, written by `make publish AUTOMATIC=1`). Runs are
// asked for only to tell «is being checked» from «nobody checks it».

import { findHeader, readFields, unquoted } from "./front_matter.js";

export const RESULTS = { branch: "site-status", file: "results.json" };
export const PAGES = "gh-pages";
const SOON = 3; // minutes in which a run usually begins
const LONG = 15; // minutes after which something is wrong
const SLOW_SITE = 20; // minutes in which hosts show what was published
const MINUTE = 60_000;

/** The states of an item, in the order of what an editor should see first; `isFinal` needs no further look. */
export const STATES = {
  refused: { name: "Відмовлено", tone: "bad", isFinal: true },
  failed: { name: "Збій", tone: "bad", isFinal: false },
  stuck: { name: "Стоїть", tone: "bad", isFinal: false },
  held: { name: "Чекає на рішення", tone: "wait", isFinal: true },
  blocked: { name: "Чекає", tone: "wait", isFinal: true },
  saved: { name: "Збережено", tone: "wait", isFinal: false },
  checking: { name: "Перевіряється", tone: "wait", isFinal: false },
  published: { name: "Майже на сайті", tone: "wait", isFinal: false },
  draft: { name: "Чернетка", tone: "calm", isFinal: true },
  scheduled: { name: "Заплановано", tone: "calm", isFinal: true },
  removed: { name: "Прибрано", tone: "good", isFinal: true },
  online: { name: "На сайті", tone: "good", isFinal: true },
};

// --- what a file says ---------------------------------------------------------------------------------------------------

/** The header of a file: the fields by their keys with the first line of each, for the table of fields of the site. */
export const headerOf = (text, fields) => {
  const keys = new Map(fields.flatMap(({ key, names }) => names.map((name) => [name.toLowerCase(), key])));
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const { start, end, isFenced } = findHeader(lines);
  const numbered = lines.slice(start, end).map((line, index) => [start + index + 1, line]);
  const found = readFields(numbered, (name) => keys.has(name), isFenced).fields;
  return Object.fromEntries(
    found.flatMap(({ key, scalar, rows }) => {
      const known = keys.get(key.toLowerCase());
      return known ? [[known, { value: unquoted(scalar.first), lines: rows }]] : [];
    }),
  );
};

/** The name of the field in whose lines a problem stands; empty for the text and for other files. */
export const fieldAt = (header, line, fields) => {
  const [key] = Object.entries(header).find(([, { lines }]) => lines.includes(line)) || [];
  return fields.find((field) => field.key === key)?.label || "";
};

const statusOf = (header, fields) => {
  const written = (header.status?.value || "").toLowerCase();
  const words = fields.find(({ key }) => key === "status")?.words || {};
  return words[written] || written || "published";
};

const TIME = String.raw`(?:(?:[Tt]|,?\s+)(?<hour>\d\d?):(?<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?(?:\s?(?<zone>[Zz]|[+-]\d\d(?::?\d\d)?))?)?`;
const DATES = [String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`, String.raw`^(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4})`].map((date) => new RegExp(date + TIME));

/** The moment of a header's date in Kyiv as «2022-08-05 14:30», which sorts; empty for a form that the page does not know. */
export const momentOf = (written = "") => {
  const found = DATES.map((date) => date.exec(written.trim())).find(Boolean);
  if (!found) return "";
  const { year, month, day, hour = "00", minute = "00", zone } = found.groups;
  const local = `${year}-${month}-${day} ${hour.padStart(2, "0")}:${minute}`;
  const [, sign, hours, minutes = "00"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? "") ?? [];
  const moment = Date.parse(`${local.replace(" ", "T")}${sign ? `${sign}${hours}:${minutes}` : "Z"}`);
  return zone && !Number.isNaN(moment) ? inKyiv(moment) : local;
};

const kyiv = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Kyiv", dateStyle: "short", timeStyle: "short" });
export const inKyiv = (moment) => kyiv.format(new Date(moment)); // «2022-08-05 14:30»

/** The site's address of a file by the fixed rules; empty where they need what only the build knows. */
export const addressOf = (path, header) => {
  const [, folder, file] = /^content\/(news|units\/[^/]+|pages|services|reports)\/(?:.*\/)?([^/]+)\.md$/.exec(path) || [];
  if (!folder || !/^[a-z0-9.-]+$/.test(file)) return "";
  const [, named, rest] = /^(?:(\d{4}-\d\d-\d\d)-)?(.+)$/.exec(file);
  const slug = header.slug?.value || rest;
  if (folder === "reports") return `/reports/${file}/`;
  if (folder === "pages" || folder === "services") return folder === "pages" ? `/${slug}/` : "";
  if (file === "index") return `/${folder}/`;
  const day = named || momentOf(header.date?.value).slice(0, 10);
  return day ? `/${folder}/${slug}-${day}/` : "";
};

/** The address of a file's form, below the page of the editor; empty where no form has it. */
export const formOf = (path, collections, header = {}) => {
  const withFile = collections.find(({ files }) => files?.some(({ file }) => file === path));
  if (withFile) return `#/collections/${withFile.name}/entries/${withFile.files.find(({ file }) => file === path).name}`;
  const all = collections.filter(({ folder }) => folder && path.startsWith(`${folder}/`) && path.endsWith(".md"));
  const own = all.find(({ name }) => (name === "events") === Boolean(header["event-date"]?.value)) || all[0];
  if (!own) return /^content\/registers\/.+\.csv$/i.test(path) ? "registers/" : "";
  const entry = path.slice(own.folder.length + 1, -3);
  return `#/collections/${own.name}/entries/${entry.split("/").map(encodeURIComponent).join("/")}`;
};

// --- where a commit is --------------------------------------------------------------------------------------------------

/** A commit and all before it, of those that are known. */
export const withAncestors = (sha, commits) => {
  const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
  const found = new Set();
  const open = parents.has(sha) ? [sha] : [];
  while (open.length) {
    const next = open.pop();
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(parents.get(next) || []).filter((parent) => parents.has(parent)));
  }
  return found;
};

const trailer = (message, name) => new RegExp(`^${name}: (\\S+)`, "m").exec(message || "")?.[1] || "";

/** What is online by the newest commit of the published branch: the source commit, and whether the site was put back. */
export const publication = (message) => ({ source: trailer(message, "Source-Commit"), isRolledBack: Boolean(trailer(message, "Rollback-To")) });

const isActive = ({ state }) => state === "waiting" || state === "running";
const minutesSince = (moment, now) => (now - new Date(moment)) / MINUTE;

/**
 * The state of every commit of the branch: { state, result, minutes }. `facts` are { commits, published, result, runs,
 * isShown, now }: `result` is the last run's or null, `runs` null where the token may not read them, `isShown` whether the
 * site's version is the published one (null: unknown).
 */
export const statesOfCommits = ({ commits, published, result, runs, isShown, now }) => {
  const online = withAncestors(published.source, commits);
  if (result?.outcome === "published" && !published.isRolledBack) withAncestors(result.commit, commits).forEach((sha) => online.add(sha));
  const seen = withAncestors(result?.commit, commits);
  const isRunning = runs?.some(isActive) ?? false;
  const lastFailed = runs?.find((run) => !isActive(run) && run.state !== "cancelled")?.state === "failure";
  const shownState = isShown === false ? "published" : "online";
  return new Map(
    commits.map(({ sha, moment }) => {
      const minutes = minutesSince(moment, now);
      const known = seen.has(sha) ? result : null;
      if (online.has(sha)) return [sha, { state: shownState, result: null, minutes }];
      if (isRunning) return [sha, { state: "checking", result: null, minutes }];
      if (known?.outcome === "refused") return [sha, { state: "refused", result, minutes }];
      if (known?.outcome === "failed" || (lastFailed && minutes > SOON)) return [sha, { state: "failed", result: known, minutes }];
      return [sha, { state: minutes > LONG ? "stuck" : "saved", result: null, minutes }];
    }),
  );
};

const errorsOf = (result) => (result?.problems || []).filter(({ level }) => level === "error");
const fileOf = ({ path }) => path.split("#")[0];

/**
 * The state of an item, which only its file can tell: another file's error blocks it, a draft is not shown.
 * `item` is { path, header, isDeleted }, `found` the state of its newest commit.
 */
export const stateOfItem = (item, { state, result, minutes }, { fields, now }) => {
  const problems = errorsOf(result).filter((problem) => fileOf(problem) === item.path);
  if (state === "refused") {
    if (problems.length) return { state, problems, minutes };
    if (errorsOf(result).length) return { state: "blocked", problems: errorsOf(result), minutes };
    return { state: "held", messages: result.messages, minutes };
  }
  if (state !== "online" && state !== "published") return { state, messages: result?.messages || [], minutes };
  if (item.isDeleted) return { state: state === "online" ? "removed" : state, minutes };
  const status = statusOf(item.header, fields);
  if (status === "draft") return { state: "draft", minutes };
  const moment = momentOf(item.header.date?.value);
  if (moment > inKyiv(now)) return { state: "scheduled", moment, minutes };
  return { state, minutes };
};

/** The state of a request of several people's work: { state, problems, messages, preview }. */
export const stateOfRequest = (request, results, runs, now) => {
  const result = results.find(({ branch }) => branch === request.branch);
  const own = (runs || []).filter(({ branch }) => branch === request.branch);
  const isCurrent = result?.commit === request.sha;
  const preview = result?.preview || "";
  if (own.some(isActive)) return { state: "checking", preview };
  const minutes = minutesSince(request.updated, now);
  if (isCurrent) return { state: result.outcome === "checked" ? "checked" : "refused", problems: errorsOf(result), messages: result.messages, preview };
  if (own[0]?.state === "failure") return { state: "failed", preview };
  return { state: minutes > LONG ? "stuck" : "saved", preview, minutes };
};

// --- words --------------------------------------------------------------------------------------------------------------

const MONTHS = ["січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"];
export const inWords = (moment) => {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+) (\S+)/.exec(moment);
  return `${Number(day)} ${MONTHS[month - 1]} ${year} року${time === "00:00" ? "" : ` о ${time}`}`;
};

const spoken = (minutes) => {
  if (minutes < 120) return `${Math.round(minutes)} хв`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} год` : `${Math.round(minutes / 1440)} дн.`;
};

/** What to say of a state, in one or two sentences: what is the matter, and what to do if anything. */
export const wordsOf = ({ state, moment, minutes = 0 }) =>
  ({
    saved: "Перевірка почнеться через хвилину. Сторінку можна закрити.",
    checking: "Зазвичай це кілька хвилин. Сторінку можна закрити.",
    refused: "Виправте це у формі й збережіть: далі все піде саме.",
    blocked: "Тут усе гаразд, але сайт не оновиться, доки не виправлять інший матеріал:",
    held: "Помилок у тексті немає, але далі має вирішити людина, яка доглядає сайт. Покажіть їй ці слова:",
    failed: "Перевірка зупинилася не через ваш текст. Наступна спроба – протягом години. Якщо й тоді так, покажіть цю сторінку тому, хто доглядає сайт.",
    stuck: `Збережено, але вже ${spoken(minutes)} ніхто не перевіряє. Нічого не втрачено. Скажіть тому, хто доглядає сайт: «перевірка не запускається».`,
    published: minutes > SLOW_SITE ? "Перевірено й надіслано, але сайт показує ще попереднє. Скажіть тому, хто доглядає сайт." : "Перевірено й надіслано. Сайт покаже це через кілька хвилин.",
    draft: "Збережено. На сайті цього не видно, доки стан – чернетка.",
    scheduled: moment ? `Перевірено. З’явиться на сайті ${inWords(moment)}.` : "Перевірено.",
    removed: "На сайті цього більше немає.",
    online: "Це вже бачать усі.",
    checked: "Перевірено, зауважень, що заважають, немає. Чекає, доки хтось прийме.",
  })[state];
