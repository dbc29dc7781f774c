// What a form's single fields can't say: values that can't be published together, or not now. The words are the check's.

const DAY = 24 * 60 * 60 * 1000;
const AHEAD = 366; // days: the check refuses a later date as a typing error
const KYIV = { timeZone: "Europe/Kyiv", year: "numeric", month: "2-digit", day: "2-digit" };

/** The words for the editor; empty where all is well. `stray` is a field that the text would begin with. */
export function refusal({ before, after, body, stray, now, table }) {
  const name = (key) => `«${table.get(key)?.label ?? key}»`;
  const changed = (...keys) => keys.some((key) => before[key] !== after[key]);
  const problems = [];
  const today = new Intl.DateTimeFormat("en-CA", KYIV).format(now);
  for (const key of ["date", "event-date", "event-end", "event-was"]) {
    if (changed(key) && daysBetween(today, after[key]) > AHEAD) {
      problems.push(`${name(key)}: до цього дня більше року. Перевірте рік.`);
    }
  }
  if (changed("event-date", "event-end") && endsEarly(after)) {
    problems.push(`Подія закінчується раніше, ніж починається: перевірте ${name("event-date")} і ${name("event-end")}.`);
  }
  problems.push(...moved(after, name), ...repeated(after, name), ...withdrawn(after, name));
  if (stray) problems.push(`Текст починається з «${stray}:» – так починається поле. Поставте попереду речення.`);
  problems.push(...ofText(body), ...ofComputer(after, body, name));
  return problems.join("\n");
}

function daysBetween(from, to) {
  const [start, end] = [from, to ?? ""].map((text) => Date.parse(`${text.slice(0, 10)}T00:00Z`));
  return (end - start) / DAY; // NaN is never greater
}

/** As the check: a bare day as the end, which the form has as its 00:00, is that whole day; dates in words are the check's alone. */
function endsEarly(after) {
  const [start, end] = ["event-date", "event-end"].map((key) => /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/.exec(after[key] ?? ""));
  if (!start || !end) return false;
  return end[1] < start[1] || (end[1] === start[1] && end[2] !== "00:00" && end[2] < start[2]);
}

function moved(after, name) {
  if (after["event-state"] === "moved" && !after["event-was"]) return [`Подію перенесено: впишіть ${name("event-was")}.`];
  if (after["event-was"] && after["event-state"] !== "moved") {
    return [`${name("event-was")} буває лише в перенесеної події: виберіть ${name("event-state")} «перенесено».`];
  }
  return [];
}

function repeated(after, name) {
  const found = /до (\d\d)\.(\d\d)\.(\d{4})/.exec(after["event-repeat"] ?? "");
  if (!found || !after["event-date"]) return [];
  const days = daysBetween(after["event-date"], `${found[3]}-${found[2]}-${found[1]}`);
  if (Number.isNaN(days)) return [`${name("event-repeat")}: такого дня немає.`];
  if (days < 0) return [`Подія повторюється до дня, який раніше за її дату: перевірте ${name("event-repeat")}.`];
  return days > AHEAD ? [`Подія повторюється довше за ${AHEAD} днів: перевірте ${name("event-repeat")}.`] : [];
}

function withdrawn(after, name) {
  if (Boolean(after.withdrawn) === Boolean(after["withdrawn-date"])) return [];
  return [`Щоб відкликати матеріал, впишіть і причину (${name("withdrawn")}), і день (${name("withdrawn-date")}).`];
}

const CODE = /^(?:```|~~~)[\s\S]*?^(?:```|~~~)|`[^`\n]*`/gm;
const OF_TEXT = [
  [/!\[\s*\]\(/, "У тексті є світлина без опису: напишіть, що на ній видно."],
  [/!\[[^\]]*\]\(\s*<?data:/i, "Світлину вставлено просто в текст: додайте її файлом."],
  [/!\[[^\]]*\]\(\s*<?(?:https?:)?\/\//i, "Світлина з чужого сайту: збережіть її собі й додайте файлом."],
  [/\]\(\s*<?(?:file|blob|javascript|vbscript):/i, "Посилання веде до файлу на вашому комп’ютері або до сценарію: приберіть його."],
  [/<(?:script|style|iframe|object|embed|form|input|link|meta|svg)\b/i, "У тексті є код сторінки (HTML), якого сайт не приймає: приберіть його."],
  [/<[^>\n]*\son\w+\s*=/i, "У тексті є код, який щось виконує: приберіть його."],
  [/^(?:<{7} |>{7} |={7}$)/m, "У тексті лишилися сліди злиття двох редакцій: приберіть їх."],
];

function ofText(body) {
  const prose = body.replaceAll(CODE, "");
  return [...OF_TEXT.filter(([pattern]) => pattern.test(prose)).map(([, words]) => words), ...unpaired(prose)];
}

const VOID = new Set(["area", "br", "col", "hr", "img", "wbr"]);

/** Tags of HTML that are opened and not closed, or the other way round: they would take the rest of the page with them. */
function unpaired(prose) {
  const open = new Map();
  for (const [, slash, name, end] of prose.matchAll(/<(\/?)([a-z][a-z0-9]*)\b(?![^\s>/])[^<>]*?(\/?)>/gi)) {
    const tag = name.toLowerCase();
    if (!VOID.has(tag) && !end) open.set(tag, (open.get(tag) ?? 0) + (slash ? -1 : 1));
  }
  return [...open].filter(([, count]) => count).map(([tag]) => `Тег <${tag}> не має пари: закрийте його або приберіть.`);
}

const OF_COMPUTER = /(?:^|[^\p{L}\p{N}])(?:[A-Za-z]:[\\/](?!\/)|file:\/|\\\\)/u;

/** Fields and a text that name a file which only its author has. */
function ofComputer(after, body, name) {
  const texts = Object.entries(after).filter(([, value]) => typeof value === "string");
  return [...texts.map(([key, value]) => [name(key), value]), ["«Текст»", body.replaceAll(CODE, "")]]
    .filter(([, value]) => OF_COMPUTER.test(value))
    .map(([where]) => `${where}: тут шлях до файлу на вашому комп’ютері. Приберіть його, а файл додайте.`);
}
