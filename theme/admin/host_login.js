// Which git host a page of /admin/ works with, and the token of the person at it.

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
