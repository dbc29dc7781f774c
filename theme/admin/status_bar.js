// A slim bar below the CMS: after a save it says where the item is until it is online or somebody has to do something.

import { element, tellHeight } from "./dom.js";
import { openHost } from "./git_host.js";
import { hostOfPage, storedToken } from "./host_login.js";
import { HostError } from "./host_requests.js";
import { readTables, SiteReader } from "./site_reader.js";
import { STATES, addressOf, fieldAt, formOf, wordsOf } from "./site_status.js";

const PAUSE = 15_000;
const IDLE_PAUSE = 60_000; // after a fault, when nothing was saved here
const UNTIL_LOGIN = 5_000;
const AFTER_SAVE = 1_500; // until the host lists the new commit
const NEED_SOMEBODY = ["refused", "failed", "stuck", "held", "blocked"];
const RECENT = 3 * 24 * 60; // minutes: what stands longer is for the page of the status

const host = hostOfPage();
const admin = `${host.base}/admin/`;

class StatusBar {
  #words = element("p", { class: "status-bar__words", role: "status", "aria-live": "polite" });
  #links = element("span", { class: "status-bar__links" });
  #bar = element("aside", { class: "status-bar", "aria-label": "Стан збереженого", hidden: true }, this.#words, this.#links,
    element("button", { class: "status-bar__close", type: "button", click: () => this.#close() }, "Сховати"));
  #timer;
  #reader;
  #token = "";
  #followed = ""; // the path of what was saved here last

  constructor() {
    // The CMS takes the room above the bar.
    document.body.classList.add("with-status-bar");
    document.body.append(element("div", { id: "nc-root", class: "with-status-bar__cms" }), this.#bar);
    tellHeight(this.#bar);
  }

  /** Look now; `path` is what was just saved. */
  look(path = "") {
    this.#followed = path || this.#followed;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), path ? AFTER_SAVE : 0);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#followed = "";
    this.#bar.hidden = true;
  }

  async #look() {
    const token = storedToken(host);
    if (!token) {
      this.#timer = setTimeout(() => this.#look(), UNTIL_LOGIN);
      return;
    }
    try {
      if (token !== this.#token) this.#reader = new SiteReader(openHost(host, token), host.base, await readTables(host.base));
      this.#token = token;
      const { items, requests } = await this.#reader.read();
      this.#show(items, requests);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      // The CMS tells of a lost connection or token itself, but not of the site's own tables.
      if (!this.#reader) this.#tell(error.message);
      // A host takes a wrong token that is shown again and again for an attack.
      if (this.#followed || error.kind !== "token") this.#timer = setTimeout(() => this.#look(), this.#followed ? PAUSE : IDLE_PAUSE);
    }
  }

  #tell(fault) {
    if (this.#words.textContent !== fault) this.#words.textContent = fault;
    this.#bar.dataset.tone = "wait";
    this.#links.replaceChildren();
    this.#bar.hidden = false;
  }

  /** The newest request: with drafts as requests that is where a save went. */
  #showRequest(requests) {
    const [request] = [...requests].sort((one, other) => (one.updated < other.updated ? 1 : -1));
    const said = `«${request.title}» чекає як запит на зміни. ${wordsOf(request)}`;
    if (this.#words.textContent !== said) this.#words.textContent = said;
    this.#bar.dataset.tone = request.state === "refused" ? "bad" : "wait";
    this.#links.replaceChildren(
      ...(request.preview ? [element("a", { href: request.preview, target: "_blank", rel: "noopener noreferrer" }, "Перегляд цих змін")] : []),
      element("a", { href: `${admin}status/` }, "Стан сайту"),
    );
    this.#bar.hidden = false;
    if (request.state === "saved" || request.state === "checking") this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  /** What was saved last here, else what still is under way or needs somebody. */
  #show(items, requests) {
    const recent = items.filter(({ minutes }) => minutes < RECENT);
    const open = recent.filter(({ state }) => !STATES[state].isFinal);
    const own = items.find(({ path }) => path === this.#followed);
    if (this.#followed && !own && requests.length) return this.#showRequest(requests);
    const item = own || recent.find(({ state }) => NEED_SOMEBODY.includes(state)) || open[0];
    this.#bar.hidden = !item;
    if (!item) return;
    const [problem] = item.problems || [];
    const isOwn = problem && problem.path.split("#")[0] === item.path;
    const field = isOwn ? fieldAt(item.header, problem.line, this.#reader.fields) : "";
    const words = isOwn ? `${field ? `поле «${field}»: ` : ""}${problem.message}${problem.fix ? `, ${problem.fix}` : ""}.` : wordsOf(item);
    const said = `«${item.title}»: ${STATES[item.state].name.toLowerCase()}. ${words}`;
    if (this.#words.textContent !== said) this.#words.textContent = said;
    this.#bar.dataset.tone = STATES[item.state].tone;
    const address = item.state === "online" && !item.isDeleted ? addressOf(item.path, item.header) : "";
    const form = isOwn ? formOf(item.path, this.#reader.collections, item.header) : "";
    this.#links.replaceChildren(
      ...(address ? [element("a", { href: host.base + address, target: "_blank", rel: "noopener" }, "Подивитися на сайті")] : []),
      ...(form.startsWith("#") ? [element("a", { href: form }, "Виправити")] : []),
      element("a", { href: `${admin}status/` }, "Стан сайту"),
    );
    if (!STATES[item.state].isFinal) this.#timer = setTimeout(() => this.#look(), PAUSE);
  }
}

/** Put the bar below the CMS, before that starts. On one's own computer the page has a bar of its own. */
export function startStatusBar(cms) {
  if (document.getElementById("nc-root")) return;
  const bar = new StatusBar();
  cms.registerEventListener({
    name: "postSave",
    handler: ({ entry } = {}) => bar.look(entry?.get?.("path") || entry?.path || ""),
  });
  bar.look();
}
