// The API of the git host that holds the site's repository: GitHub, Gitea or Forgejo, GitLab. One client for the pages
// of /admin/: it reads files, commits several at once, and reads runs and pull requests. Knows nothing of the pages.
//
//   const client = openHost(hostOfPage(), storedToken(hostOfPage())); // of host_login.js
//   const { bytes, sha } = await client.readFile("content/registers/newspaper/2021-h2.csv");
//   await client.commit({ message: "…", files: [{ path, bytes, sha }] });
//
// A file's `sha` is the git id of its bytes. In a commit it is the version that the change was made from: null for a
// file that must not exist yet. Any other version on the host is a HostError of the kind «conflict», and nothing is written.
import { Gitea, Github } from "./github_host.js";
import { Gitlab } from "./gitlab_host.js";
import { Requests } from "./host_requests.js";

/** The client of a host for a token; every method may throw HostError. */
export const openHost = (host, token = "") => {
  const [Kind, scheme] = { github: [Github, "Bearer"], gitea: [Gitea, "token"], gitlab: [Gitlab, "Bearer"] }[host.backend];
  return new Kind(host, new Requests(host.api, token, scheme));
};
