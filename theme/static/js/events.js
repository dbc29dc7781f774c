// Events by the reader's clock: what is over leaves the lists of what is to come, its own page says so, today is marked.
// The home page marks what is on the coming weekend, and adds what it keeps for it beside the nearest events.
// Without this script the next build does the same.
(() => {
  const LONGEST_WAIT = 2 ** 31 - 1; // of a timer, in milliseconds
  const until = (element) => Date.parse(element.dataset.until);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const empty = (list) => {
    for (const group of all("[data-events-group]", list)) {
      if (!group.querySelector("[data-event]")) group.remove();
    }
    const notice = list.querySelector("[data-events-empty]");
    if (notice) notice.hidden = Boolean(list.querySelector("[data-event]"));
  };

  const kyivDay = (moment) => new Intl.DateTimeFormat("sv", { timeZone: "Europe/Kyiv" }).format(moment); // 2022-01-15

  const markToday = () => {
    const today = kyivDay(Date.now());
    for (const cell of all("[data-day]")) {
      if (cell.dataset.day === today) cell.setAttribute("aria-current", "date");
      else cell.removeAttribute("aria-current");
    }
  };

  const weekend = () => {
    const today = new Date(kyivDay(Date.now())); // midnight UTC of the Kyiv day
    const day = (number) => new Date(today.getTime() + (number - (today.getUTCDay() || 7)) * 86_400_000).toISOString().slice(0, 10);
    return [day(6), day(7)];
  };

  const markWeekend = (part) => {
    const list = part.querySelector(".event-list");
    if (!list) return;
    const [saturday, sunday] = weekend();
    const isThen = (event) => event.dataset.from.slice(0, 10) <= sunday && kyivDay(until(event) - 1) >= saturday;
    const begin = (event) => Date.parse(event.dataset.from);
    const kept = part.querySelector("[data-weekend-events]")?.content;
    // A page that was built long ago and has no other event left shows all that it keeps.
    const isEmpty = !list.querySelector("[data-event]");
    for (const event of kept ? all("[data-event]", kept) : []) {
      if (until(event) <= Date.now() || !(isEmpty || isThen(event))) continue;
      list.insertBefore(event, all("[data-event]", list).find((other) => begin(other) > begin(event)) || null);
    }
    for (const event of all("[data-event]", list)) {
      const note = event.querySelector(".event-list__note--weekend");
      if (isThen(event) && !note && !event.matches(".event-list__item--cancelled")) {
        const words = { className: "event-list__note event-list__note--weekend", textContent: "Цими вихідними" };
        event.querySelector(".event-list__body").prepend(Object.assign(document.createElement("p"), words));
      } else if (!isThen(event)) note?.remove();
    }
  };

  let timer;
  const judge = () => {
    const now = Date.now();
    for (const event of all("[data-event]")) if (until(event) <= now) event.remove();
    for (const part of all("[data-weekend]")) markWeekend(part);
    for (const list of all("[data-events]")) empty(list);
    for (const date of all("[data-event-date]")) date.classList.toggle("event-box__date--over", until(date) <= now);
    for (const box of all("[data-event-box]")) {
      const over = box.querySelector("[data-event-over]");
      if (over) over.hidden = until(box) > now;
    }
    markToday();
    const next = Math.min(...all("[data-until]").map(until).filter((moment) => moment > now));
    clearTimeout(timer);
    if (next < Infinity) timer = setTimeout(judge, Math.min(next - now, LONGEST_WAIT));
  };

  judge();
  document.addEventListener("visibilitychange", judge); // timers stand still in a sleeping phone
})();
