// Asks the git host and the site where everything is: what site_status.js judges. Files and commits never change under their
// ids, so each is asked for once.

import { HostError } from "./host_requests.js";
import { RESULTS, PAGES, headerOf, publication, stateOfItem, stateOfRequest, statesOfCommits } from "./site_status.js";

const COMMITS = 30; // of the branch that are looked at
const ITEMS = 12; // that are shown
const ITEM = /^content\/.+\.(?:md|toml|csv|xlsx|xls|ods)$/i;
const decode = (bytes) => new TextDecoder().decode(bytes);

/** What `work` gives, or `otherwise` for the refusals of these kinds: a missing branch, a token that may read less. */
const allowing = async (kinds, work, otherwise) => {
  try {
    return await work();
  } catch (error) {
    if (!kinds.includes(error.kind)) throw error;
    return otherwise;
  }
};

const once = (known, key, make) => {
  if (!known.has(key)) {
    const made = make();
    known.set(key, made);
    made.catch(() => known.delete(key));
  }
  return known.get(key);
};

export class SiteReader {
  #files = new Map();
  #changes = new Map();

  /** `client` of the git host, `base` the path of the site, `fields` and `collections` of its forms. */
  constructor(client, base, { fields, collections }) {
    Object.assign(this, { client, base, fields, collections });
  }

  /** { items, requests, isRolledBack, canSeeRuns, moment } as of now. */
  async read(now = new Date()) {
    const [commits, results, pages, runs, requests, shown] = await Promise.all([
      this.client.commits({ limit: COMMITS }),
      this.#results(),
      allowing(["missing"], () => this.client.commits({ branch: PAGES, limit: 1 }), []),
      allowing(["missing", "rights", "host"], () => this.client.runs({ limit: 30 }), null),
      allowing(["missing", "rights"], () => this.client.pullRequests(), []),
      this.#shownVersion(),
    ]);
    const { branch } = this.client.host;
    const published = publication(pages[0]?.message);
    const facts = {
      commits,
      published,
      result: results.find((result) => result.branch === branch) || null,
      runs: runs && runs.filter((run) => run.branch === branch),
      isShown: await this.#isShown(pages[0], results, branch, shown),
      now,
    };
    const items = await this.#items(commits, statesOfCommits(facts), now);
    const own = requests.filter(({ isFork }) => !isFork);
    return {
      items,
      requests: own.map((request) => ({ ...request, ...stateOfRequest(request, results, runs, now) })),
      isRolledBack: published.isRolledBack,
      canSeeRuns: runs !== null,
      moment: now,
    };
  }

  async #results() {
    const file = await allowing(["missing"], () => this.client.readFile(RESULTS.file, RESULTS.branch), null);
    try {
      return file ? JSON.parse(decode(file.bytes)).results : [];
    } catch {
      return []; // somebody has written into it
    }
  }

  /** The version that the site shows to this browser; empty where it tells none. */
  async #shownVersion() {
    try {
      const answer = await fetch(`${this.base}/version.json`, { cache: "no-store" });
      return answer.ok ? (await answer.json()).version || "" : "";
    } catch {
      return "";
    }
  }

  /** Whether the site shows what was published last; null where that can't be told. */
  async #isShown(page, results, branch, shown) {
    const elsewhere = results.find((result) => result.branch === branch)?.version || "";
    if (!shown || (!page && !elsewhere)) return null;
    if (elsewhere) return shown === elsewhere;
    const file = await once(this.#files, `${page.sha}:version.json`, () => this.client.readFile("version.json", page.sha));
    return file ? JSON.parse(decode(file.bytes)).version === shown : null;
  }

  /** The items that the commits changed, each once with its newest commit. */
  async #items(commits, states, now) {
    const items = new Map();
    for (const commit of commits) {
      if (items.size >= ITEMS) break;
      if (commit.parents.length > 1) continue; // what a merge brings, its parents have
      const changes = await once(this.#changes, commit.sha, () => this.client.changedFiles(commit.sha));
      const found = changes.filter(({ path }) => ITEM.test(path) && !items.has(path));
      for (const { path, isDeleted } of found.slice(0, ITEMS - items.size)) items.set(path, { path, isDeleted, commit });
    }
    return Promise.all([...items.values()].map((item) => this.#told(item, states, now)));
  }

  async #told(item, states, now) {
    const isText = item.path.endsWith(".md") && !item.isDeleted;
    const file = isText ? await once(this.#files, `${item.commit.sha}:${item.path}`, () => this.client.readFile(item.path, item.commit.sha)) : null;
    const header = file ? headerOf(decode(file.bytes), this.fields) : {};
    const whole = { ...item, header, title: header.title?.value || item.path.split("/").pop() };
    return { ...whole, ...stateOfItem(whole, states.get(item.commit.sha), { fields: this.fields, now }) };
  }
}

/** The tables of the site that the pages need: fields of headers and collections of forms; a HostError where they don't come. */
export const readTables = async (base) => {
  const ofTheSite = async (name) => {
    try {
      const answer = await fetch(`${base}/admin/${name}`, { cache: "no-cache" });
      if (answer.ok) return await answer.json();
    } catch {
      // told below
    }
    throw new HostError("network", { detail: name });
  };
  const [tables, config] = await Promise.all([ofTheSite("tables.json"), ofTheSite("config.json")]);
  return { fields: tables.header.fields, collections: config.collections.filter(({ name }) => name) };
};
