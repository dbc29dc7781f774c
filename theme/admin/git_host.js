// The API of the git host that holds the site's repository: GitHub, Gitea or Forgejo, GitLab. One client for the pages
// of /admin/: it reads files, commits several at once, and reads runs and pull requests. Knows nothing of the pages.
//
//   const client = openHost(hostOfPage(), storedToken(hostOfPage()));
//   const { bytes, sha } = await client.readFile("content/registers/newspaper/2021-h2.csv");
//   await client.commit({ message: "…", files: [{ path, bytes, sha }] });
//
// A file's `sha` is the git id of its bytes. In a commit it is the version that the change was made from: null for a
// file that must not exist yet. Any other version on the host is a HostError of the kind «conflict», and nothing is written.

/** Why a request failed; `kind` is one of the keys of MESSAGES, the message is for editors. */
export class HostError extends Error {
  constructor(kind, { detail = "", status = 0, paths = [], until = null } = {}) {
    super(MESSAGES[kind](until, detail));
    this.name = "HostError";
    Object.assign(this, { kind, detail, status, paths, until });
  }
}

const clock = new Intl.DateTimeFormat("uk", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Kyiv" });
const MESSAGES = {
  network: () => "Немає зв’язку зі сховищем сайту. Перевірте інтернет і спробуйте ще раз: написане лишається на цій сторінці.",
  token: () => "Сховище не впізнало ваш токен: його відкликано, строк минув або його скопійовано не повністю. Створіть новий і ввійдіть ще раз.",
  rights: (until, detail) => `Вашому токену бракує дозволу. Створіть токен із дозволом читати й записувати вміст сховища (Contents) або попросіть власника сховища додати вас до редакторів.${quoted(detail)}`,
  rate: (until) => `Сховище приймає лише певну кількість запитів на годину, і їх вичерпано. ${until ? `Спробуйте після ${clock.format(until)}` : "Спробуйте за кілька хвилин"}: написане лишається на цій сторінці.`,
  missing: () => "У сховищі немає такого файлу або гілки, чи ваш токен їх не бачить. Перевірте, чи дозволено токену доступ саме до цього сховища.",
  moved: () => "Сховище перейменовано або перенесено. Попросіть того, хто доглядає сайт, виправити адресу сховища в налаштуваннях (repository).",
  conflict: () => "Поки ви працювали, хтось зберіг іншу версію цього файлу. Нічого не записано: ваші зміни лишаються на цій сторінці.",
  host: (until, detail) => `Сховище відповіло помилкою. Спробуйте за кілька хвилин.${quoted(detail)}`,
  insecure: () => "Адреса сховища в налаштуваннях не захищена (потрібна https://), тому токен туди не надіслано.",
};
const quoted = (detail) => (detail ? ` Відповідь сховища: «${detail}».` : "");

// --- who asks -----------------------------------------------------------------------------------------------------------

const CMS_LOGIN = "sveltia-cms.user"; // where the CMS keeps its login
const OWN_LOGIN = "hromada-admin.token"; // for this tab alone, and gone with it

/** The host as the page names it: { backend, api, web, repository, branch, base }. */
export const hostOfPage = (page = document) => JSON.parse(page.getElementById("git-host").textContent);

/** The editor's token: of the CMS's login to the same kind of host, else the one typed in this tab; empty without. */
export const storedToken = ({ backend, api }) => {
  try {
    const own = JSON.parse(sessionStorage.getItem(OWN_LOGIN) || "{}");
    if (own.api === api && own.token) return own.token;
    const login = JSON.parse(localStorage.getItem(CMS_LOGIN) || "{}");
    return login.backendName === backend && typeof login.token === "string" ? login.token : "";
  } catch {
    return ""; // storage is blocked or holds something else
  }
};

export const keepToken = ({ api }, token) => sessionStorage.setItem(OWN_LOGIN, JSON.stringify({ api, token }));
export const forgetToken = () => sessionStorage.removeItem(OWN_LOGIN);

// --- bytes --------------------------------------------------------------------------------------------------------------

const toBase64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
const fromBase64 = (text) => Uint8Array.from(atob(text.replace(/\s/g, "")), (char) => char.charCodeAt(0));

/** The id that git gives to a file with these bytes. */
export const blobSha = async (bytes) => {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", whole));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// --- requests -----------------------------------------------------------------------------------------------------------

const isSecure = (api) => {
  const { protocol, hostname } = new URL(api);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
};
const pathOf = (path) => path.split("/").map(encodeURIComponent).join("/");
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));

class Requests {
  #api;
  #token; // private, so that no page can print it by accident
  #scheme;

  constructor(api, token, scheme) {
    if (!isSecure(api)) throw new HostError("insecure");
    this.#api = api.replace(/\/$/, "");
    this.#token = token;
    this.#scheme = scheme;
  }

  // GitHub Enterprise has GraphQL beside the folder of its REST API.
  #rootOf(path) {
    return path === "graphql" ? this.#api.replace(/\/v3$/, "") : this.#api;
  }

  /** The answer to a request below the API's root; HostError for any refusal. */
  async ask(path, { method = "GET", body, as = "json" } = {}) {
    let response;
    try {
      response = await fetch(`${this.#rootOf(path)}/${path}`, {
        method,
        headers: {
          Accept: "application/json",
          ...(this.#token ? { Authorization: `${this.#scheme} ${this.#token}` } : {}),
          ...(body ? { "Content-Type": "application/json" } : {}),
        },
        body: body && JSON.stringify(body),
        redirect: "manual", // a token is not sent on to where a redirect leads
        credentials: "omit",
        cache: "no-cache",
        referrerPolicy: "no-referrer",
      });
    } catch {
      throw new HostError("network");
    }
    if (response.type === "opaqueredirect") throw new HostError("moved");
    if (!response.ok) throw await refusalOf(response);
    if (as === "response") return response;
    try {
      return as === "text" ? await response.text() : await response.json();
    } catch {
      throw new HostError("network"); // the answer broke off
    }
  }

  /** All pages of a list. */
  async askAll(path, values = {}, { size, count }) {
    const items = [];
    for (let page = 1; ; page += 1) {
      const part = await this.ask(`${path}?${query({ ...values, page, [size]: count })}`);
      items.push(...part);
      if (part.length < count) return items;
    }
  }
}

const textOf = (answer) => [answer?.message, answer?.error, answer?.error_description].find((text) => typeof text === "string") || "";

const refusalOf = async (response) => {
  const { status, headers } = response;
  const detail = textOf(await response.json().catch(() => null)).slice(0, 300);
  const wait = Number(headers.get("retry-after"));
  const reset = Number(headers.get("x-ratelimit-reset") || headers.get("ratelimit-reset"));
  const isLimited = status === 429 || (status === 403 && (headers.get("x-ratelimit-remaining") === "0" || wait > 0 || /rate limit/i.test(detail)));
  if (isLimited) {
    const until = wait ? new Date(Date.now() + wait * 1000) : reset ? new Date(reset * 1000) : null;
    return new HostError("rate", { status, detail, until });
  }
  if (status === 401) return new HostError("token", { status, detail });
  if (status === 403) return new HostError("rights", { status, detail });
  if (status === 404) return new HostError("missing", { status, detail });
  if (status === 409) return new HostError("conflict", { status, detail });
  return new HostError("host", { status, detail });
};

// Answers by which a host may refuse a commit because a file or the branch has changed: 400 GitLab, 404 a file that is
// gone, 409, 422 Gitea. Whether that is the reason, the files' versions tell.
const MAY_BE_CONFLICT = new Set([400, 404, 409, 422]);
const ATTEMPTS = 3; // at a commit, while others commit other files

// --- the hosts ----------------------------------------------------------------------------------------------------------

class Client {
  constructor(host, requests) {
    this.host = host;
    this.requests = requests;
  }

  /** A file's bytes and sha; null where there is none. */
  async readFile(path, ref = this.host.branch) {
    try {
      return await this.file(path, ref);
    } catch (error) {
      if (error.kind !== "missing") throw error;
      await this.branchHead(); // tells a missing file from a missing branch or right
      return null;
    }
  }

  /** All files below a folder, in the order of their paths; none where there is no such folder. */
  async listFiles(path, ref = this.host.branch) {
    const found = await this.listFolder(path, ref);
    const below = await Promise.all(found.filter(({ isFolder }) => isFolder).map((folder) => this.listFiles(folder.path, ref)));
    return [...found.filter(({ isFolder }) => !isFolder), ...below.flat()].sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  /** Write (bytes) or delete (bytes: null) files in one commit; returns { commit, shas } with the new sha of each path. */
  async commit({ message, files, branch = this.host.branch }) {
    for (let attempt = 1; ; attempt += 1) {
      const head = await this.branchHead(branch);
      const versions = await this.refuseOther(files, head);
      try {
        const commit = await this.write({ message, files, branch, head, versions });
        const shas = await Promise.all(files.map(async ({ path, bytes }) => [path, bytes && (await blobSha(bytes))]));
        return { commit, shas: Object.fromEntries(shas) };
      } catch (error) {
        const isMoved = error.kind === "conflict" || MAY_BE_CONFLICT.has(error.status);
        if (!isMoved) throw error;
        await this.refuseOther(files, branch);
        const isOnlyHead = (await this.branchHead(branch)) !== head;
        if (!isOnlyHead || attempt === ATTEMPTS) throw error.kind === "conflict" || isOnlyHead ? new HostError("conflict", error) : error;
      }
    }
  }

  /** Refuses when a file's version at `ref` is not the expected one; returns the versions. */
  async refuseOther(files, ref) {
    const versions = await Promise.all(files.map(({ path }) => this.readFile(path, ref)));
    const paths = files.filter(({ sha }, index) => (versions[index]?.sha ?? null) !== (sha ?? null)).map(({ path }) => path);
    if (paths.length) throw new HostError("conflict", { paths });
    return versions;
  }
}

// GitHub and Gitea share the paths of most of their REST API.
class GithubLike extends Client {
  get root() {
    return `repos/${this.host.repository}`;
  }

  async user() {
    const { login, name, full_name: fullName } = await this.requests.ask("user");
    return { login, name: name || fullName || login };
  }

  async canWrite() {
    return Boolean((await this.requests.ask(this.root)).permissions?.push);
  }

  async file(path, ref) {
    const answer = await this.requests.ask(`${this.root}/contents/${pathOf(path)}?${query({ ref })}`);
    if (Array.isArray(answer)) throw new HostError("missing");
    // Larger files come without their content.
    const isWhole = answer.encoding === "base64" && (answer.content || answer.size === 0);
    const { content } = isWhole ? answer : await this.requests.ask(`${this.root}/git/blobs/${answer.sha}`);
    return { bytes: fromBase64(content || ""), sha: answer.sha };
  }

  async listFolder(path, ref = this.host.branch) {
    let answer;
    try {
      answer = await this.requests.ask(`${this.root}/contents/${pathOf(path)}?${query({ ref })}`);
    } catch (error) {
      if (error.kind !== "missing") throw error;
      await this.branchHead();
      return [];
    }
    const files = Array.isArray(answer) ? answer : [];
    return files.map(({ name, path: whole, sha, size, type }) => ({ name, path: whole, sha, size, isFolder: type === "dir" }));
  }

  /** Open pull requests of the editorial workflow and others. */
  async pullRequests({ state = "open", limit = 50 } = {}) {
    const answer = await this.requests.ask(`${this.root}/pulls?${query({ state, [this.pageSize]: limit })}`);
    return answer.map((pull) => ({
      number: pull.number,
      title: pull.title,
      url: pull.html_url,
      branch: pull.head.ref,
      sha: pull.head.sha,
      isDraft: Boolean(pull.draft),
      isMerged: Boolean(pull.merged_at),
      isFork: pull.head.repo?.full_name !== this.host.repository,
      labels: (pull.labels || []).map(({ name }) => name),
      updated: pull.updated_at,
    }));
  }

  /** The newest commits of a branch with their parents. */
  async commits({ branch = this.host.branch, limit = 30 } = {}) {
    const answer = await this.requests.ask(`${this.root}/commits?${query({ sha: branch, [this.pageSize]: limit, ...this.briefCommits })}`);
    return answer.map(({ sha, parents, commit }) => ({
      sha,
      parents: (parents || []).map((parent) => parent.sha),
      message: commit.message,
      author: commit.author.name,
      moment: commit.committer.date,
    }));
  }

  /** The paths that a commit changed; a renamed file is a deleted and a new one. */
  async changedFiles(sha) {
    const { files } = await this.requests.ask(`${this.root}/${this.commitPath}/${sha}`);
    return (files || []).flatMap(({ filename: path, status, previous_filename: before }) => [
      ...(before ? [{ path: before, isDeleted: true }] : []),
      { path, isDeleted: status === "removed" },
    ]);
  }

  async compare(base, head) {
    return this.requests.ask(`${this.root}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`);
  }

  async statuses(sha) {
    const { statuses } = await this.requests.ask(`${this.root}/commits/${sha}/status`);
    return (statuses || []).map((status) => ({
      name: status.context,
      state: stateOf(status.state || status.status),
      text: status.description || "",
      url: status.target_url || "",
    }));
  }
}

// What hosts call the states of runs, in one word each.
const STATES = {
  queued: "waiting", waiting: "waiting", pending: "waiting", requested: "waiting", created: "waiting", preparing: "waiting",
  waiting_for_resource: "waiting", scheduled: "waiting", blocked: "waiting", manual: "waiting", action_required: "waiting",
  in_progress: "running", running: "running",
  success: "success", skipped: "success", neutral: "success", warning: "success",
  failure: "failure", failed: "failure", error: "failure", timed_out: "failure", startup_failure: "failure",
  cancelled: "cancelled", canceled: "cancelled", stale: "cancelled",
};
const stateOf = (word) => STATES[word] || "waiting";

class Github extends GithubLike {
  pageSize = "per_page";
  commitPath = "commits";
  briefCommits = {};

  async branchHead(branch = this.host.branch) {
    return (await this.requests.ask(`${this.root}/branches/${pathOf(branch)}`)).commit.sha;
  }

  async write({ message, files, branch, head }) {
    const [headline, ...body] = message.split("\n");
    const input = {
      branch: { repositoryNameWithOwner: this.host.repository, branchName: branch },
      expectedHeadOid: head,
      message: { headline, body: body.join("\n").trim() },
      fileChanges: {
        additions: files.filter(({ bytes }) => bytes).map(({ path, bytes }) => ({ path, contents: toBase64(bytes) })),
        deletions: files.filter(({ bytes }) => !bytes).map(({ path }) => ({ path })),
      },
    };
    const mutation = "mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
    const { data, errors } = await this.requests.ask("graphql", { method: "POST", body: { query: mutation, variables: { input } } });
    if (errors?.length) throw graphqlRefusal(errors[0]);
    return data.createCommitOnBranch.commit.oid;
  }

  async runs({ branch, limit = 20 } = {}) {
    const { workflow_runs: runs } = await this.requests.ask(`${this.root}/actions/runs?${query({ branch, per_page: limit })}`);
    return runs.map((run) => ({
      id: run.id,
      name: run.name,
      title: run.display_title,
      branch: run.head_branch,
      sha: run.head_sha,
      event: run.event,
      state: stateOf(run.conclusion || run.status),
      url: run.html_url,
      started: run.run_started_at,
      changed: run.updated_at,
    }));
  }

  /** What the jobs of a run say of lines of files: [{ path, line, level, message }]. */
  async annotations(run) {
    const { jobs } = await this.requests.ask(`${this.root}/actions/runs/${run.id}/jobs?per_page=100`);
    const found = await Promise.all(jobs.map(({ id }) => this.requests.ask(`${this.root}/check-runs/${id}/annotations?per_page=100`)));
    return found.flat().map((note) => ({
      path: note.path,
      line: note.start_line,
      level: note.annotation_level === "failure" ? "error" : note.annotation_level,
      message: note.message,
    }));
  }
}

const graphqlRefusal = ({ type = "", message: detail = "" }) => {
  if (type === "STALE_DATA" || /but it did not|expected branch to point/i.test(detail)) return new HostError("conflict", { detail });
  if (type === "RATE_LIMITED") return new HostError("rate", { detail });
  if (type === "NOT_FOUND") return new HostError("missing", { detail });
  if (["FORBIDDEN", "INSUFFICIENT_SCOPES", "BRANCH_PROTECTION_RULE_VIOLATION"].includes(type) || /not accessible/i.test(detail)) return new HostError("rights", { detail });
  return new HostError("host", { detail });
};

class Gitea extends GithubLike {
  pageSize = "limit";
  commitPath = "git/commits";
  briefCommits = { stat: false, verification: false, files: false };

  async branchHead(branch = this.host.branch) {
    return (await this.requests.ask(`${this.root}/branches/${pathOf(branch)}`)).commit.id;
  }

  async write({ message, files, branch }) {
    const changes = files.map(({ path, bytes, sha }) => ({
      operation: !bytes ? "delete" : sha ? "update" : "create",
      path,
      ...(bytes ? { content: toBase64(bytes) } : {}),
      ...(sha ? { sha } : {}),
    }));
    return (await this.requests.ask(`${this.root}/contents`, { method: "POST", body: { branch, message, files: changes } })).commit.sha;
  }

  async runs({ branch, limit = 20 } = {}) {
    const { workflow_runs: runs } = await this.requests.ask(`${this.root}/actions/tasks?${query({ limit })}`);
    const own = (runs || []).filter((run) => !branch || run.head_branch === branch);
    return own.map((run) => ({
      id: run.id,
      name: run.name,
      title: run.display_title,
      branch: run.head_branch,
      sha: run.head_sha,
      event: run.event,
      state: stateOf(run.status),
      url: run.url,
      started: run.run_started_at,
      changed: run.updated_at,
    }));
  }

  /** Gitea and Forgejo tell nothing of lines: the page links to the run. */
  async annotations() {
    return [];
  }
}

class Gitlab extends Client {
  get root() {
    return `projects/${encodeURIComponent(this.host.repository)}`;
  }

  async user() {
    const { username: login, name } = await this.requests.ask("user");
    return { login, name: name || login };
  }

  async canWrite() {
    const { project_access: own, group_access: ofGroup } = (await this.requests.ask(this.root)).permissions || {};
    return Math.max(own?.access_level || 0, ofGroup?.access_level || 0) >= DEVELOPER;
  }

  async branchHead(branch = this.host.branch) {
    return (await this.requests.ask(`${this.root}/repository/branches/${encodeURIComponent(branch)}`)).commit.id;
  }

  async file(path, ref) {
    const answer = await this.requests.ask(`${this.root}/repository/files/${encodeURIComponent(path)}?${query({ ref })}`);
    return { bytes: fromBase64(answer.content), sha: answer.blob_id, lastCommit: answer.last_commit_id };
  }

  async listFolder(path, ref = this.host.branch) {
    try {
      const found = await this.requests.askAll(`${this.root}/repository/tree`, { path, ref }, { size: "per_page", count: 100 });
      return found.map(({ name, path: whole, id, type }) => ({ name, path: whole, sha: id, isFolder: type === "tree" }));
    } catch (error) {
      if (error.kind !== "missing") throw error;
      await this.branchHead();
      return [];
    }
  }

  async write({ message, files, branch, versions }) {
    const actions = files.map(({ path, bytes, sha }, index) => ({
      action: !bytes ? "delete" : sha ? "update" : "create",
      file_path: path,
      ...(bytes ? { content: toBase64(bytes), encoding: "base64" } : {}),
      ...(sha ? { last_commit_id: versions[index].lastCommit } : {}),
    }));
    return (await this.requests.ask(`${this.root}/repository/commits`, { method: "POST", body: { branch, commit_message: message, actions } })).id;
  }

  async runs({ branch, limit = 20 } = {}) {
    const runs = await this.requests.ask(`${this.root}/pipelines?${query({ ref: branch, per_page: limit })}`);
    return runs.map((run) => ({
      id: run.id,
      name: run.name || "pipeline",
      title: "",
      branch: run.ref,
      sha: run.sha,
      event: run.source,
      state: stateOf(run.status),
      url: run.web_url,
      started: run.created_at,
      changed: run.updated_at,
    }));
  }

  /** GitLab has no annotations: the check's lines are found in the logs of the jobs that failed. */
  async annotations(run) {
    const jobs = await this.requests.ask(`${this.root}/pipelines/${run.id}/jobs?per_page=100&scope[]=failed`);
    const logs = await Promise.all(jobs.map(({ id }) => this.requests.ask(`${this.root}/jobs/${id}/trace`, { as: "text" })));
    return logs.flatMap(problemsOfLog);
  }

  async pullRequests({ state = "open", limit = 50 } = {}) {
    const named = { open: "opened", closed: "closed", all: "all" }[state];
    const answer = await this.requests.ask(`${this.root}/merge_requests?${query({ state: named, per_page: limit })}`);
    return answer.map((request) => ({
      number: request.iid,
      title: request.title,
      url: request.web_url,
      branch: request.source_branch,
      sha: request.sha,
      isDraft: Boolean(request.draft),
      isMerged: Boolean(request.merged_at),
      isFork: request.source_project_id !== request.target_project_id,
      labels: request.labels || [],
      updated: request.updated_at,
    }));
  }

  async commits({ branch = this.host.branch, limit = 30 } = {}) {
    const answer = await this.requests.ask(`${this.root}/repository/commits?${query({ ref_name: branch, per_page: limit })}`);
    return answer.map((commit) => ({
      sha: commit.id,
      parents: commit.parent_ids || [],
      message: commit.message,
      author: commit.author_name,
      moment: commit.committed_date,
    }));
  }

  async changedFiles(sha) {
    const answer = await this.requests.ask(`${this.root}/repository/commits/${sha}/diff?per_page=100`);
    return answer.flatMap((diff) => [
      ...(diff.renamed_file ? [{ path: diff.old_path, isDeleted: true }] : []),
      { path: diff.new_path, isDeleted: Boolean(diff.deleted_file) },
    ]);
  }

  async compare(base, head) {
    return this.requests.ask(`${this.root}/repository/compare?${query({ from: base, to: head })}`);
  }

  async statuses(sha) {
    const found = await this.requests.ask(`${this.root}/repository/commits/${sha}/statuses?per_page=100`);
    return found.map(({ name, status, description, target_url: url }) => ({ name, state: stateOf(status), text: description || "", url: url || "" }));
  }
}

const DEVELOPER = 30; // GitLab's level from which one may push

const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;
const PROBLEM = /^.*?(content\/[^\s:]+):(\d+): (.*\[[a-z][a-z-]*\])\s*$/;

/** The problems that `make check` printed into a log: `content/…:12: message [code]`. */
export const problemsOfLog = (log) =>
  log.replace(COLOURS, "").split(/\r?\n|\r/).flatMap((line) => {
    const [, path, number, message] = line.match(PROBLEM) || [];
    return path ? [{ path, line: Number(number), level: message.startsWith("попередження") ? "warning" : "error", message }] : [];
  });

/** The client of a host for a token; every method may throw HostError. */
export const openHost = (host, token = "") => {
  const [Kind, scheme] = { github: [Github, "Bearer"], gitea: [Gitea, "token"], gitlab: [Gitlab, "Bearer"] }[host.backend];
  return new Kind(host, new Requests(host.api, token, scheme));
};
