// The page of the search: reads the query from its address, shows what is found, and keeps the address in step.
const form = document.querySelector("[data-search-box]");
const main = document.getElementById("main");
const part = (name) => main.querySelector(`[data-search-${name}]`);
const [state, hint, filters, list, more, shape] = ["state", "hint", "filters", "results", "more", "shape"].map(part);
const field = form.querySelector("input");
const links = [...filters.querySelectorAll("[data-filter]")];
const heading = document.title;
const STEP = 20;
const WORDS_AROUND = 28; // of a snippet
const CHECKED = 200; // pages that are read for a phrase
const counted = (number, [one, few, many]) => `${number.toLocaleString("uk")} ${{ one, few }[new Intl.PluralRules("uk").select(number)] || many}`;
const FOUND = ["матеріал", "матеріали", "матеріалів"];
const dayInWords = new Intl.DateTimeFormat("uk", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const engine = import(form.dataset.engine).then((made) => ({ made, one: new made.Engine(form.dataset.index) }));
let current = 0; // the search that may still change the page
let shown; // { found, indexes, count }

const queryOf = (address) => {
  const asked = new URL(address).searchParams;
  return { text: (asked.get("q") || "").slice(0, 200).trim(), section: new Set(asked.getAll("section")), year: new Set(asked.getAll("year")) };
};
const addressOf = ({ text, section, year }) => {
  const asked = new URLSearchParams();
  if (text) asked.set("q", text);
  for (const one of section) asked.append("section", one);
  for (const one of year) asked.append("year", one);
  return `${form.getAttribute("action")}?${asked}`;
};
const say = (text) => {
  state.textContent = text;
};
const tell = (...parts) => {
  hint.replaceChildren(...parts);
  hint.hidden = !parts.length;
};
const linkTo = (query, text) => Object.assign(document.createElement("a"), { href: addressOf(query), textContent: text });

// --- words of a text -------------------------------------------------------------------------------------------------

// Appends a text with the words that were looked for in <mark>.
const marked = (element, text, isFound) => {
  let end = 0;
  element.replaceChildren();
  for (const match of text.matchAll(/[\p{L}\p{N}'’ʼ`\u0301]+/gu)) {
    if (!isFound(match[0])) continue;
    element.append(text.slice(end, match.index), Object.assign(document.createElement("mark"), { textContent: match[0] }));
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
};
// The part of a text with most of the words that were looked for; empty without any.
const snippet = (text, termsOf) => {
  const words = text.split(/\s+/);
  const hits = words.map((word) => (word.match(/[\p{L}\p{N}'’ʼ`\u0301]+/gu) || []).flatMap(termsOf));
  let best = -1;
  let most = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (!hits[at].length) continue;
    const near = hits.slice(at, at + WORDS_AROUND - 8).flat();
    const worth = 10 * new Set(near).size + Math.min(near.length, 5);
    if (worth > most) [most, best] = [worth, at];
  }
  if (best < 0) return "";
  const from = Math.max(0, best - 6);
  const to = Math.min(words.length, from + WORDS_AROUND);
  return `${from ? "… " : ""}${words.slice(from, to).join(" ")}${to < words.length ? " …" : ""}`;
};
// The texts of a page of the site: its prose, what else can be found on it, and all of it with its facts.
const textsOf = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok || !/html/.test(answer.headers.get("content-type") || "")) return {};
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("main");
  if (!body) return {};
  for (const one of body.querySelectorAll("nav, script, template, [hidden], h1, .validity, .article__foot, .photo-viewer")) one.remove();
  for (const one of body.querySelectorAll("p, li, h1, h2, h3, h4, td, th, dt, dd, br, figcaption")) one.append(" ");
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const whole = words(body.textContent);
  const prose = words([...body.querySelectorAll(".prose")].map((one) => one.textContent).join(" "));
  for (const one of body.querySelectorAll("dl, aside, .event-box")) one.remove();
  return { prose, rest: words(body.textContent), whole };
};

// --- results ---------------------------------------------------------------------------------------------------------

const inBase = (address) => form.dataset.base + address.slice(1);
const lookCloser =
  "IntersectionObserver" in window &&
  new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      lookCloser.unobserve(target);
      target.dispatchEvent(new Event("seen"));
    }
  });

const built = (index, [title, address, beginning, note, validUntil], { found, one }) => {
  const item = shape.content.firstElementChild.cloneNode(true);
  const find = (name) => item.querySelector(`.search-results__${name}`);
  const isFound = (word) => found.terms.some((term) => one.isForm(term, word));
  const termsOf = (word) => found.terms.filter((term) => one.isForm(term, word)).map((term) => term.word);
  const kind = one.kind(index);
  const date = kind.sections.includes("reports") ? null : one.date(index);
  find("kind").textContent = kind.title;
  if (date) Object.assign(find("day"), { dateTime: date.toISOString().slice(0, 10), textContent: dayInWords.format(date).replace(/ р\.$/, " року") });
  const link = find("title").firstElementChild;
  link.href = inBase(address);
  marked(link, title, isFound);
  marked(find("text"), beginning, isFound);
  find("note").textContent = note;
  item.querySelector(".validity-mark").hidden = !(Date.parse(validUntil) <= Date.now());
  const isShown = new Set(wordsIn(`${title} ${beginning}`).flatMap(termsOf)).size === found.terms.length;
  const isInText = wordsIn(beginning).some(isFound);
  if (lookCloser && address.endsWith("/") && !(isShown && isInText)) {
    item.addEventListener("seen", async () => {
      const { prose, rest } = await textsOf(link.href).catch(() => ({}));
      const near = snippet(prose || "", termsOf) || snippet(rest || "", termsOf);
      if (near) marked(find("text"), near, isFound);
    }, { once: true });
    lookCloser.observe(item);
  }
  return item;
};
const wordsIn = (text) => text.match(/[\p{L}\p{N}'’ʼ`\u0301]+/gu) || [];

const showMore = async (mine, to) => {
  const { indexes } = shown;
  const next = indexes.slice(shown.count, to);
  const cards = await shown.one.cards(next);
  if (mine !== current) return null;
  const items = next.map((index, number) => built(index, cards[number], shown));
  list.append(...items);
  shown.count += items.length;
  const left = indexes.length - shown.count;
  more.hidden = !left;
  more.textContent = `Показати ще ${Math.min(STEP, left)}`;
  history.replaceState({ count: shown.count }, "");
  return items[0];
};

const showFilters = (query, { found, one, isOfYear, isOfSection }) => {
  const counts = new Map();
  const add = (name) => counts.set(name, (counts.get(name) || 0) + 1);
  for (const index of found.indexes) {
    if (isOfYear(index)) for (const name of one.kind(index).sections) add(name);
    if (isOfSection(index)) add(String(one.year(index)));
  }
  for (const link of links) {
    const { filter, value } = link.dataset;
    const isOn = query[filter].has(value);
    const values = new Set(query[filter]);
    if (!values.delete(value)) values.add(value);
    link.href = addressOf({ ...query, [filter]: values });
    link.parentElement.hidden = !counts.get(value) && !isOn;
    link.lastElementChild.textContent = (counts.get(value) || 0).toLocaleString("uk");
    if (isOn) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  filters.hidden = !found.indexes.length;
};

// Keeps the documents in which the words of each phrase stand side by side.
const withPhrases = async (indexes, found, one, made) => {
  const kept = [];
  const reach = indexes.slice(0, CHECKED);
  for (let at = 0; at < reach.length; at += 6) {
    const some = reach.slice(at, at + 6);
    const cards = await one.cards(some);
    const texts = await Promise.all(
      cards.map(async ([title, address, beginning]) => {
        const known = `${title} | ${beginning}`;
        if (found.phrases.every((words) => stands(known, words, made))) return known;
        const { whole } = address.endsWith("/") ? await textsOf(inBase(address)).catch(() => ({})) : {};
        return `${known} | ${whole || ""}`;
      }),
    );
    kept.push(...some.filter((_, number) => found.phrases.every((words) => stands(texts[number], words, made))));
  }
  return kept;
};
const stands = (text, words, made) => ` ${made.wordsOf(made.normalized(text)).join(" ")} `.includes(` ${words.join(" ")} `);

const nothing = async (query, found, one) => {
  const parts = [];
  if (query.section.size || query.year.size) parts.push(linkTo({ ...query, section: [], year: [] }, "Шукати в усіх розділах і за всі роки"), ". ");
  const near = await Promise.all(found.missing.slice(0, 3).map((word) => one.nearest(word)));
  const words = [...new Set(near.flat())].slice(0, 5);
  if (words.length) parts.push("Можливо, ви шукали: ", ...words.flatMap((word, number) => [number ? ", " : "", linkTo({ text: word, section: [], year: [] }, word)]), ". ");
  parts.push("Спробуйте менше слів або іншу назву того самого.");
  tell(...parts);
};

const remark = (query, found) => {
  if (found.shown) return [`Показано результати для «${found.shown}». `, ...(found.isPartial ? ["Разом усіх слів немає ніде, тому показано найближче."] : [])];
  if (found.isPartial && found.missing.length) return [`${found.missing.length > 1 ? "Слів" : "Слова"} «${found.missing.join("», «")}» на сайті немає; показано те, де є решта.`];
  return found.isPartial ? ["Разом усіх цих слів немає ніде; показано те, де є більшість із них."] : [];
};

const search = async (query, count = STEP) => {
  const mine = (current += 1);
  field.value = query.text;
  document.title = query.text ? `«${query.text}» – ${heading}` : heading;
  if (!query.text) {
    list.replaceChildren();
    Object.assign(main.dataset, { search: "idle", total: "0" });
    [filters.hidden, more.hidden] = [true, true];
    say("");
    tell();
    return;
  }
  main.dataset.search = "busy";
  say("Шукаю…");
  try {
    const { made, one } = await engine;
    const found = await one.search(query.text);
    if (mine !== current) return;
    if (found.phrases.length) found.indexes = await withPhrases(found.indexes, found, one, made);
    if (mine !== current) return;
    const isOfSection = (index) => !query.section.size || one.kind(index).sections.some((name) => query.section.has(name));
    const isOfYear = (index) => !query.year.size || query.year.has(String(one.year(index)));
    const indexes = found.indexes.filter((index) => isOfSection(index) && isOfYear(index));
    shown = { found, one, indexes, count: 0, isOfSection, isOfYear };
    list.replaceChildren();
    showFilters(query, shown);
    await showMore(mine, count);
    if (mine !== current) return;
    if (indexes.length) tell(...remark(query, found));
    else await nothing(query, found, one);
    say(indexes.length ? `Знайдено ${counted(indexes.length, FOUND)}` : `За запитом «${query.text}» нічого не знайдено`);
    Object.assign(main.dataset, { total: String(indexes.length), search: "done" });
  } catch {
    if (mine !== current) return;
    list.replaceChildren();
    [filters.hidden, more.hidden] = [true, true];
    say("Не вдалося завантажити пошук");
    tell("Перевірте з’єднання з інтернетом і ", linkTo(query, "спробуйте ще раз"), ".");
    Object.assign(main.dataset, { total: "0", search: "error" });
  }
};

// --- the page --------------------------------------------------------------------------------------------------------

const go = (address) => {
  history.pushState({}, "", address);
  search(queryOf(location.href));
};
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const before = queryOf(location.href);
  go(addressOf({ ...before, text: field.value.trim() }));
});
main.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isOurs = link && (link.closest("[data-search-filters]") || link.closest("[data-search-hint]"));
  if (!isOurs || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.href);
});
more.addEventListener("click", async () => {
  const first = await showMore(current, shown.count + STEP).catch(() => null);
  first?.querySelector("a").focus();
});
addEventListener("popstate", (event) => search(queryOf(location.href), event.state?.count));
search(queryOf(location.href), history.state?.count);
