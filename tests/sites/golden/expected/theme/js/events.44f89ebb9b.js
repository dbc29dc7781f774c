// Events by the reader's clock: what is over leaves the lists of what is to come, its own page says so, today is marked.
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

  const markToday = () => {
    const today = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Kyiv" }).format(new Date()); // 2022-01-15
    for (const cell of all("[data-day]")) {
      if (cell.dataset.day === today) cell.setAttribute("aria-current", "date");
      else cell.removeAttribute("aria-current");
    }
  };

  let timer;
  const judge = () => {
    const now = Date.now();
    for (const event of all("[data-event]")) if (until(event) <= now) event.remove();
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
