// Dates as the site's reader takes them (domain.dates): its patterns and words come from /admin/registers.json.

/** A text that is no date; code and message are those of `make check`. */
export class DateRefused extends Error {
  constructor(message, { code = "date-format", fix = "" } = {}) {
    super(message);
    Object.assign(this, { code, fix });
  }
}

const compiled = new WeakMap();
const formsOf = ({ dates }) => {
  if (!compiled.has(dates)) {
    compiled.set(dates, Object.fromEntries(Object.entries(dates.forms).map(([name, { source, flags }]) => [name, new RegExp(source, flags)])));
  }
  return compiled.get(dates);
};

const plainWord = ({ dates }, word) => [...word.normalize("NFC").toLowerCase()].filter((char) => !dates.leftOut.includes(char)).join("");
const numberOf = (words, rules, word) => {
  const plain = plainWord(rules, word);
  return Object.hasOwn(words, plain) ? words[plain] : undefined;
};

/** The local moment that a text names: { day: "2021-07-05", time: "14:30:00" }; DateRefused for anything else. */
export const parseMoment = (rules, written) => {
  const text = written.trim();
  const forms = formsOf(rules);
  let match = text.match(forms.iso) || text.match(forms.dotted);
  if (match) return local(rules, text, match.groups);
  match = text.match(forms.zoned);
  if (match) return zoned(rules, text, match.groups);
  match = text.match(forms.named);
  if (match) return inWords(rules, text, match.groups);
  refuseLookalikes(rules, text);
  match = `${text} ${rules.dates.latestYear}`.match(forms.named);
  if (match && numberOf(rules.dates.months, rules, match.groups.month)) {
    throw new DateRefused(`у даті «${text}» немає року`, { fix: "допишіть його: 5 серпня 2021" });
  }
  throw new DateRefused(`дата «${text}» незрозуміла`, { fix: rules.dates.advice });
};

export const isDate = (rules, text) => {
  try {
    parseMoment(rules, text);
    return true;
  } catch (error) {
    if (error instanceof DateRefused) return false;
    throw error;
  }
};

const two = (number) => String(number).padStart(2, "0");

const local = (rules, text, groups, month = Number(groups.month)) => {
  const year = Number(groups.year);
  if (year < rules.dates.earliestYear || year > rules.dates.latestYear) throw new DateRefused(`рік у даті «${text}» неможливий`, { fix: rules.dates.advice });
  const [hour, minute, second] = [groups.hour || groups.full_hour, groups.minute, groups.second].map((part) => Number(part || 0));
  const day = Number(groups.day);
  const made = new Date(Date.UTC(year, month - 1, day));
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw new DateRefused(`дати «${text}» не існує`, { fix: rules.dates.advice });
  }
  return { day: `${groups.year}-${two(month)}-${two(day)}`, time: [hour, minute, second].map(two).join(":") };
};

const kyiv = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Kyiv", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

/** The local Kyiv time of a moment. */
export const kyivTime = (moment) => {
  const part = Object.fromEntries(kyiv.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: `${part.year.padStart(4, "0")}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}:${part.second}` };
};

const zoned = (rules, text, groups) => {
  const { day, time } = local(rules, text, groups);
  const [, sign, hours, minutes = "00"] = groups.zone.match(/^([+-])(\d{2}):?(\d{2})?$/) || [null, "+", "00", "00"];
  if (Number(hours) > 23 || Number(minutes) > 59) throw new DateRefused(`дати «${text}» не існує`, { fix: rules.dates.advice });
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const moment = kyivTime(new Date(Date.parse(`${day}T${time}Z`) - offset));
  const year = Number(moment.day.slice(0, 4));
  if (year < rules.dates.earliestYear || year > rules.dates.latestYear) throw new DateRefused(`рік у даті «${text}» неможливий`, { fix: rules.dates.advice });
  return moment;
};

const inWords = (rules, text, groups) => {
  const { months, weekdays, weekdayNames, russian } = rules.dates;
  const month = numberOf(months, rules, groups.month);
  const word = groups.weekday || groups.weekday_in || groups.weekday_after || "";
  const weekday = word ? numberOf(weekdays, rules, word) : undefined;
  if (month === undefined || (word && weekday === undefined)) {
    refuseLookalikes(rules, text);
    const wrong = month === undefined ? groups.month : word;
    const right = numberOf(russian, rules, wrong);
    if (right) throw new DateRefused(`у даті «${text}» слово «${wrong}» не українське`, { fix: `напишіть «${right}»` });
    throw new DateRefused(`у даті «${text}» незрозуміле слово «${wrong}»`, { fix: rules.dates.advice });
  }
  const moment = local(rules, text, groups, month);
  const real = (new Date(`${moment.day}T00:00:00Z`).getUTCDay() + 6) % 7;
  if (word && real !== weekday) {
    throw new DateRefused(`у даті «${text}» не той день тижня: ${dotted(moment.day)} – ${weekdayNames[real]}`, {
      code: "date-weekday", fix: "виправте день тижня або число",
    });
  }
  return moment;
};

const refuseLookalikes = (rules, text) => {
  const { lookalikes, months } = rules.dates;
  const right = [...text].map((char) => lookalikes[char] ?? char).join("");
  const match = right !== text && right.match(formsOf(rules).named);
  if (match && numberOf(months, rules, match.groups.month)) {
    const latin = [...new Set([...text].filter((char) => Object.hasOwn(lookalikes, char)))].map((char) => `«${char}»`).join(", ");
    throw new DateRefused(`у даті «${text}» є латинські літери: ${latin}`, { fix: `напишіть українськими: ${right}` });
  }
};

/** «05.07.2021» for 2021-07-05. */
export const dotted = (day) => day.split("-").reverse().join(".");

/**
 * A date as people and spreadsheets shorten it («5.7.2021», «13/7/2021 0:00»), in the reader's form; others unchanged.
 * With slashes the month may come first: only what can be read in one way is taken.
 */
export const spelledOut = (text) => {
  const match = text.trim().match(/^(\d{1,2})([./])(\d{1,2})\2(\d{4})(?: (\d{1,2}:\d{2})(?::\d{2})?)?$/);
  if (!match) return text;
  const [, first, mark, second, year, time] = match;
  const isMonthFirst = mark === "/" && Number(second) > 12 && Number(first) <= 12;
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  if (Number(month) > 12 || (mark === "/" && Number(day) <= 12 && day !== month)) return text;
  const hour = time && !/^0?0:00$/.test(time) ? ` ${time.padStart(5, "0")}` : "";
  return `${two(day)}.${two(month)}.${year}${hour}`;
};
