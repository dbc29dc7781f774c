// Requests to the API of a git host, and why they fail. The token is private: no page can print it by accident.

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
  rate: (until) => `Сховище приймає лише певну кількість запитів на годину, і їх вичерпано. ${until ? `Спробуйте після ${clock.format(until)}` : "Спробуйте через кілька хвилин"}: написане лишається на цій сторінці.`,
  missing: () => "У сховищі немає такого файлу або гілки, чи ваш токен їх не бачить. Перевірте, чи дозволено токену доступ саме до цього сховища.",
  moved: () => "Сховище перейменовано або перенесено. Попросіть того, хто доглядає сайт, виправити адресу сховища в налаштуваннях (repository).",
  conflict: () => "Поки ви працювали, хтось зберіг іншу версію цього файлу. Нічого не записано: ваші зміни лишаються на цій сторінці.",
  host: (until, detail) => `Сховище відповіло помилкою. Спробуйте через кілька хвилин.${quoted(detail)}`,
  insecure: () => "Адреса сховища в налаштуваннях не захищена (потрібна https://), тому токен туди не надіслано.",
};
const quoted = (detail) => (detail ? ` Відповідь сховища: «${detail}».` : "");

const isSecure = (api) => {
  const { protocol, hostname } = new URL(api);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
};
export const pathOf = (path) => path.split("/").map(encodeURIComponent).join("/");
export const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));

export class Requests {
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
