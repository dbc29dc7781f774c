// Alerts: begin and end by the reader's clock, can be closed, stand on every page. Without this script the home page and
// the contacts show those that hold at the last build, with their dates.
(() => {
  const place = document.querySelector("[data-alerts]");
  const STORE = "closed-alerts";
  const TITLES = { emergency: "Надзвичайне", warning: "Попередження", notice: "Оголошення" };
  const LONGEST_WAIT = 2 ** 31 - 1; // of a timer, in milliseconds

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(STORE)) || [];
    } catch {
      return []; // storage is off or holds something else
    }
  };
  const closed = new Set(read()); // digests of alerts
  const remember = () => {
    try {
      localStorage.setItem(STORE, JSON.stringify([...closed].slice(-50)));
    } catch {
      // then they are closed on this page only
    }
  };
  const digestOf = async (alert) => {
    const bytes = new TextEncoder().encode(`${alert.text}\n${alert.until}`);
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const make = (tag, name, text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });
  // The moment is Kyiv time with its offset; one at midnight is the end of the day before.
  const endInWords = (until) => {
    const isMidnight = until.includes("T00:00");
    const day = new Date(Date.parse(until) - (isMidnight ? 1 : 0));
    const words = new Intl.DateTimeFormat("uk", { timeZone: "Europe/Kyiv", dateStyle: "long" }).format(day).replace(/ р\.$/, " року");
    return isMidnight ? `До кінця ${words}` : `До ${words}, ${until.slice(11, 16)}`;
  };

  const built = (alert, digest) => {
    const section = make("div", `alert alert--${alert.severity}`);
    Object.assign(section.dataset, { alert: digest, until: alert.until }, alert.from && { from: alert.from });
    section.hidden = true;
    const text = make("p", "alert__text");
    // The link comes first: on a phone a notice has two lines, and what they cut off stands behind the link.
    const link = Object.assign(make("a", "alert__link"), { href: alert.link || place.dataset.all });
    link.append(make("strong", "", TITLES[alert.severity]));
    text.append(link, `. ${alert.text}${/[.!?…]$/.test(alert.text) ? "" : "."} `, make("span", "alert__dates", endInWords(alert.until)));
    const inner = make("div", "alert__inner wrap");
    inner.append(text);
    section.append(inner);
    return section;
  };

  const addButton = (section) => {
    const button = Object.assign(make("button", "alert__close", "Закрити"), { type: "button" });
    button.addEventListener("click", () => {
      closed.add(section.dataset.alert);
      remember();
      judge();
      document.getElementById("main").focus({ preventScroll: true });
    });
    section.querySelector(".alert__inner").append(button);
  };

  // Where alerts stand in the page itself, those in force that were closed can be opened again.
  const again = Object.assign(make("button", "alerts__again"), { type: "button", hidden: true });
  again.addEventListener("click", () => {
    for (const section of place.querySelectorAll("[data-alert]")) closed.delete(section.dataset.alert);
    remember();
    judge();
    place.querySelector(".alert:not([hidden]) .alert__close").focus();
  });

  let timer;
  const judge = () => {
    const now = Date.now();
    let next = Infinity;
    let shut = 0; // in force, and closed
    for (const section of place.querySelectorAll("[data-alert]")) {
      const from = Date.parse(section.dataset.from) || 0;
      const until = Date.parse(section.dataset.until);
      if (until <= now) {
        section.remove();
        continue;
      }
      const isClosed = closed.has(section.dataset.alert);
      section.hidden = from > now || isClosed;
      if (from <= now) section.querySelector(".alert__dates").textContent = endInWords(section.dataset.until);
      shut += from <= now && isClosed ? 1 : 0;
      next = Math.min(next, from > now ? from : until);
    }
    again.hidden = !shut;
    again.textContent = `Показати закриті оголошення: ${shut}`;
    clearTimeout(timer);
    if (next < Infinity) timer = setTimeout(judge, Math.min(next - now, LONGEST_WAIT));
  };

  const start = () => {
    for (const section of place.querySelectorAll("[data-alert]")) addButton(section);
    judge();
    document.addEventListener("visibilitychange", judge); // timers stand still in a sleeping phone
  };

  const load = async () => {
    const answer = await fetch(place.dataset.alerts);
    const alerts = answer.ok ? await answer.json() : [];
    place.classList.add("alerts--late"); // at the lower edge: above the page it would push down what people read already
    // What is inserted later is read out: an emergency at once, the others when the reader pauses.
    place.setAttribute("aria-live", alerts.some((alert) => alert.severity === "emergency") ? "assertive" : "polite");
    for (const alert of alerts) {
      const digest = crypto.subtle ? await digestOf(alert) : alert.text;
      place.append(built(alert, digest));
    }
    start();
    // The page ends above them, and what the keyboard reaches is scrolled above them.
    if (alerts.length) new ResizeObserver(() => document.documentElement.style.setProperty("--alerts", `${place.offsetHeight}px`)).observe(place);
  };

  if (place.querySelector("[data-alert]")) {
    place.append(again);
    start();
  } else load().catch(() => {}); // without a network there is nothing to add
})();
