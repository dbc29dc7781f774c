// The client of GitLab.

import { Client, fromBase64, stateOf, toBase64 } from "./host_client.js";
import { query } from "./host_requests.js";

const DEVELOPER = 30; // GitLab's level from which one may push

const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;
const PROBLEM = /^.*?(content\/[^\s:]+):(\d+): (.*\[[a-z][a-z-]*\])\s*$/;

/** The problems that `make check` printed into a log: `content/…:12: message [code]`. */
const problemsOfLog = (log) =>
  log.replace(COLOURS, "").split(/\r?\n|\r/).flatMap((line) => {
    const [, path, number, message] = line.match(PROBLEM) || [];
    return path ? [{ path, line: Number(number), level: message.startsWith("попередження") ? "warning" : "error", message }] : [];
  });

export class Gitlab extends Client {
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
