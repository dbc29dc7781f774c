// The page /admin/status/: where everything is that was saved, in plain words. It reads with the editor's own token and
// changes nothing.

import { element, part } from "./dom.js";
import { hostOfPage } from "./host_login.js";
import { HostError } from "./host_requests.js";
import { signIn, signOut } from "./sign_in.js";
import { readTables, SiteReader } from "./site_reader.js";
import { STATES, addressOf, fieldAt, formOf, wordsOf } from "./site_status.js";

const OWN_COMPUTER = "local/site"; // the repository that `make serve` plays: no runs, nothing to wait for
const PAUSE = 15_000; // while something is under way
const IDLE_PAUSE = 60_000;

const host = hostOfPage();
const clock = new Intl.DateTimeFormat("uk", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });
const admin = `${host.base}/admin/`;
let client;
let reader; // made when the site's tables have come
let said = "";

const timeOf = (moment) => element("time", { datetime: new Date(moment).toISOString() }, clock.format(new Date(moment)));

const tag = (state) => element("span", { class: `status-tag status-tag--${STATES[state].tone}` }, STATES[state].name);

let titles = new Map(); // of the items that are shown, by their paths

const problemLine = (problem, item) => {
  const path = problem.path.split("#")[0];
  const isOwn = item.path === path;
  const field = isOwn ? fieldAt(item.header, problem.line, reader.fields) : "";
  const form = formOf(path, reader.collections, isOwn ? item.header : {});
  const words = `${problem.message}${problem.fix ? `, ${problem.fix}` : ""}`;
  return element("li", {},
    field ? element("b", {}, `Поле «${field}»: `) : isOwn ? null : element("b", {}, titles.has(path) ? `«${titles.get(path)}»: ` : `${path}: `),
    words, ". ",
    form ? element("a", { href: admin + form }, isOwn ? "Виправити у формі" : "Відкрити форму") : null);
};

const problemList = ({ problems, messages }, item) => [
  problems?.length ? element("ul", { class: "status-problems" }, problems.map((problem) => problemLine(problem, item))) : null,
  messages?.length ? element("pre", { class: "status-messages", tabindex: "0" }, messages.join("\n")) : null,
];

const itemEntry = (item) => {
  const form = item.isDeleted ? "" : formOf(item.path, reader.collections, item.header);
  const address = item.state === "online" && !item.isDeleted ? addressOf(item.path, item.header) : "";
  return element("li", { class: `status-item status-item--${STATES[item.state].tone}` },
    element("div", { class: "status-item__head" }, element("h3", {}, item.title), tag(item.state)),
    element("p", { class: "status-item__words" }, wordsOf(item)),
    problemList(item, item),
    element("p", { class: "status-item__facts" },
      timeOf(item.commit.moment), `, ${item.commit.author}`,
      address ? [" · ", element("a", { href: host.base + address, "aria-label": `Подивитися на сайті: ${item.title}` }, "Подивитися на сайті")] : null,
      form ? [" · ", element("a", { href: admin + form, "aria-label": `Форма: ${item.title}` }, "Форма")] : null));
};

const REVIEW = { draft: "чернетка", pending_review: "на розгляді", pending_publish: "готово до публікації", pending_deletion: "прохання видалити" };
const reviewOf = ({ labels, isDraft }) => {
  const [stage] = labels.flatMap((label) => Object.keys(REVIEW).filter((name) => label.endsWith(`/${name}`)));
  return REVIEW[stage] || (isDraft ? REVIEW.draft : "");
};

const requestEntry = (request) => {
  const state = request.state === "checked" ? "saved" : request.state;
  const review = reviewOf(request);
  const tone = request.state === "checked" ? "calm" : STATES[state].tone;
  return element("li", { class: `status-item status-item--${tone}` },
    element("div", { class: "status-item__head" }, element("h3", {}, request.title),
      request.state === "checked" ? element("span", { class: "status-tag status-tag--calm" }, "Перевірено") : tag(state)),
    review ? element("p", { class: "status-item__words" }, `Стан: ${review}.`) : null,
    element("p", { class: "status-item__words" }, wordsOf(request)),
    problemList(request, { path: "", header: {} }),
    element("p", { class: "status-item__facts" }, timeOf(request.updated),
      request.preview ? [" · ", element("a", { href: request.preview, rel: "noreferrer" }, "Перегляд цих змін")] : null,
      " · ", element("a", { href: request.url, rel: "noreferrer" }, "Запит у сховищі")));
};

/** One sentence for all, which a screen reader says when it changes. */
const summaryOf = ({ items }) => {
  const count = (...states) => items.filter(({ state }) => states.includes(state)).length;
  if (!items.length) return "За останній час нічого не зберігали.";
  if (count("refused")) return "Сайт не оновлюється: виправте зауваження нижче.";
  if (count("held", "blocked")) return "Сайт не оновлюється: потрібне рішення.";
  if (count("failed", "stuck")) return "Сайт не оновлюється, і не через ваш текст.";
  if (count("saved", "checking", "published")) return "Останні зміни в дорозі до сайту.";
  return "Усе збережене вже на своєму місці.";
};

const show = (site) => {
  titles = new Map(site.items.map(({ path, title }) => [path, title]));
  part("items").replaceChildren(...site.items.map(itemEntry));
  part("requests").replaceChildren(...site.requests.map(requestEntry));
  part("requests-block").hidden = !site.requests.length;
  part("rolled-back").hidden = !site.isRolledBack;
  part("runs-hidden").hidden = site.canSeeRuns;
  part("seen").replaceChildren("Станом на ", timeOf(site.moment), ".");
  part("content").hidden = false;
  const summary = summaryOf(site);
  part("summary").textContent = summary;
  if (summary !== said) part("status").textContent = said = summary; // heard by those who don't see it
  return [...site.items, ...site.requests].some(({ state }) => STATES[state] && !STATES[state].isFinal) ? PAUSE : IDLE_PAUSE;
};

const fail = (error) => {
  if (!(error instanceof HostError)) throw error;
  part("fault").textContent = error.message;
  part("fault").hidden = false;
};

let timer;
const look = async () => {
  clearTimeout(timer);
  let pause = IDLE_PAUSE;
  part("again").disabled = true;
  try {
    reader ??= new SiteReader(client, host.base, await readTables(host.base));
    const site = await reader.read();
    part("fault").hidden = true;
    pause = show(site);
  } catch (error) {
    if (error.kind === "token") {
      signOut();
      return begin(error.message);
    }
    fail(error);
  } finally {
    part("again").disabled = false;
  }
  timer = setTimeout(look, pause);
};

const begin = async (reason = "") => {
  client = await signIn(host, part("sign-in"), reason);
  reader = undefined;
  await look();
};

const isOwnComputer = host.repository === OWN_COMPUTER;
part("own-computer").hidden = !isOwnComputer;
part("again").addEventListener("click", look);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && client) look();
});
if (!isOwnComputer) begin();
