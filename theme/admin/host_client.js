// What the clients of all git hosts have in common: files by their versions, commits of several files, the states of runs.

import { HostError } from "./host_requests.js";

export const toBase64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
export const fromBase64 = (text) => Uint8Array.from(atob(text.replace(/\s/g, "")), (char) => char.charCodeAt(0));

/** The id that git gives to a file with these bytes. */
const blobSha = async (bytes) => {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", whole));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// What hosts call the states of runs, in one word each.
const STATES = {
  queued: "waiting", waiting: "waiting", pending: "waiting", requested: "waiting", created: "waiting", preparing: "waiting",
  waiting_for_resource: "waiting", scheduled: "waiting", blocked: "waiting", manual: "waiting", action_required: "waiting",
  in_progress: "running", running: "running",
  success: "success", skipped: "success", neutral: "success", warning: "success",
  failure: "failure", failed: "failure", error: "failure", timed_out: "failure", startup_failure: "failure",
  cancelled: "cancelled", canceled: "cancelled", stale: "cancelled",
};
export const stateOf = (word) => STATES[word] || "waiting";

// Answers by which a host may refuse a commit because a file or the branch has changed: 400 GitLab, 404 a file that is
// gone, 409, 422 Gitea. Whether that is the reason, the files' versions tell.
const MAY_BE_CONFLICT = new Set([400, 404, 409, 422]);
const ATTEMPTS = 3; // at a commit, while others commit other files

export class Client {
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
