// The way in for the pages of /admin/: the login of the CMS where there is one, else a token typed for this tab.
import { element } from "./dom.js";
import { openHost } from "./git_host.js";
import { forgetToken, keepToken, storedToken } from "./host_login.js";

// Where a host lets people make a token, and which permission it needs.
const TOKEN_PAGES = {
  github: { path: "/settings/personal-access-tokens/new", permission: "доступ лише до сховища сайту, дозвіл Contents: Read and write" },
  gitea: { path: "/user/settings/applications", permission: "дозвіл repository: Read and Write" },
  gitlab: { path: "/-/user_settings/personal_access_tokens", permission: "дозвіл api" },
};

/**
 * A client of the host with a token that the host has just accepted. Asks in `section`, which is hidden else; `reason`
 * is shown there, as after a token that has expired.
 */
export const signIn = async (host, section, reason = "") => {
  const token = storedToken(host);
  if (token && !reason) {
    section.hidden = true;
    return openHost(host, token);
  }
  return askForToken(host, section, reason);
};

const askForToken = (host, section, reason) =>
  new Promise((resolve) => {
    const { path, permission } = TOKEN_PAGES[host.backend];
    const fault = element("p", { class: "sign-in__fault", role: "alert" }, reason);
    const field = element("input", { type: "password", id: "sign-in-token", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "sign-in-hint" });
    const submit = async (event) => {
      event.preventDefault();
      fault.textContent = "";
      const token = field.value.trim();
      if (!token) {
        fault.textContent = "Вставте токен.";
        field.focus();
        return;
      }
      try {
        const client = openHost(host, token);
        await client.user();
        keepToken(host, token);
        section.hidden = true;
        section.replaceChildren();
        resolve(client);
      } catch (error) {
        fault.textContent = error.message;
        field.focus();
      }
    };
    section.replaceChildren(
      element("h2", {}, "Увійдіть"),
      element("p", {}, "Потрібен ваш особистий токен – ключ до сховища сайту. Якщо ви щойно входили в ", element("a", { href: `${host.base}/admin/` }, "редактор матеріалів"), ", він уже відомий: оновіть сторінку."),
      element("form", { class: "sign-in", submit, novalidate: true },
        element("label", { for: field.id }, "Токен"), field,
        element("p", { id: "sign-in-hint", class: "hint" }, "Токен буде відомий лише цій вкладці, поки вона відкрита. Створити його: ",
          element("a", { href: new URL(path, host.web).href, rel: "noreferrer" }, "сторінка токенів"), ` (${permission}).`),
        fault, element("button", { class: "button" }, "Увійти")),
    );
    section.hidden = false;
    field.focus();
  });

/** Forget the token of this tab, as when the host no longer accepts it. */
export const signOut = () => forgetToken();
