// The clients of GitHub and of Gitea and Forgejo, whose APIs share most of their paths.

import { Client, fromBase64, stateOf, toBase64 } from "./host_client.js";
import { HostError, pathOf, query } from "./host_requests.js";

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

export class Github extends GithubLike {
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
    return runs.map((run) => runOf(run, run.conclusion || run.status, run.html_url));
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

/** A run as all hosts' clients give it; the API's names of its state and address differ. */
const runOf = (run, status, url) => ({
  id: run.id,
  name: run.name,
  title: run.display_title,
  branch: run.head_branch,
  sha: run.head_sha,
  event: run.event,
  state: stateOf(status),
  url,
  started: run.run_started_at,
  changed: run.updated_at,
});

const graphqlRefusal = ({ type = "", message: detail = "" }) => {
  if (type === "STALE_DATA" || /but it did not|expected branch to point/i.test(detail)) return new HostError("conflict", { detail });
  if (type === "RATE_LIMITED") return new HostError("rate", { detail });
  if (type === "NOT_FOUND") return new HostError("missing", { detail });
  if (["FORBIDDEN", "INSUFFICIENT_SCOPES", "BRANCH_PROTECTION_RULE_VIOLATION"].includes(type) || /not accessible/i.test(detail)) return new HostError("rights", { detail });
  return new HostError("host", { detail });
};

export class Gitea extends GithubLike {
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
    return own.map((run) => runOf(run, run.status, run.url));
  }

  /** Gitea and Forgejo tell nothing of lines: the page links to the run. */
  async annotations() {
    return [];
  }
}
