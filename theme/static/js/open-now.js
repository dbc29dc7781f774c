// Says beside the opening hours whether an office is open now, by Kyiv's clock. The hours come as spans of minutes of a week
// that begins on Monday; without this script they stand as they are written.
(() => {
  const DAY = 24 * 60, WEEK = 7 * DAY, LONGEST_BREAK = 3 * 60;
  const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const ON_DAY = ["в понеділок", "у вівторок", "в середу", "в четвер", "в п’ятницю", "в суботу", "в неділю"];

  const clock = (zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  let kyiv;
  try {
    kyiv = clock("Europe/Kyiv");
  } catch {
    kyiv = clock("Europe/Kiev"); // what older browsers call it
  }
  // The minute of the week that Kyiv's clocks show: a change of the clocks moves them, and the doors open by them.
  const minuteAt = (moment) => {
    const part = Object.fromEntries(kyiv.formatToParts(moment).map(({ type, value }) => [type, value]));
    return DAYS.indexOf(part.weekday) * DAY + Number(part.hour) * 60 + Number(part.minute);
  };
  const parse = (text) => text.split(" ").map((span) => span.split("-").map(Number));

  // Whether it is open in a minute of the week, and the minute, perhaps of the next week, in which that changes.
  const stateAt = (spans, minute) => {
    const span = spans.find(([start, end]) => start <= minute && minute < end);
    if (span) {
      const goesOn = span[1] === WEEK && spans[0][0] === 0;
      const until = goesOn ? WEEK + spans[0][1] : span[1];
      return { open: true, until: until - span[0] > WEEK || (goesOn && span === spans[0]) ? null : until };
    }
    const next = spans.find(([start]) => start > minute);
    const from = next ? next[0] : spans.length ? WEEK + spans[0][0] : null;
    const left = Math.max(...spans.filter(([, end]) => end <= minute).map(([, end]) => end), -Infinity);
    const isToday = from !== null && Math.floor(from / DAY) === Math.floor(minute / DAY) && Math.floor(left / DAY) === Math.floor(minute / DAY);
    return { open: false, from, pause: isToday && from - left <= LONGEST_BREAK };
  };

  const time = (minute) => `${Math.floor((minute % DAY) / 60)}:${String(minute % 60).padStart(2, "0")}`;
  const at = (minute) => `${Math.floor((minute % DAY) / 60) === 11 ? "об" : "о"} ${time(minute)}`;
  const onDay = (now, minute) => {
    const days = Math.floor(minute / DAY) - Math.floor(now / DAY);
    return days === 0 ? "" : days === 1 ? "завтра " : `${ON_DAY[Math.floor(minute / DAY) % 7]} `;
  };
  const words = (spans, minute) => {
    const state = stateAt(spans, minute);
    if (state.open) {
      if (state.until === null) return "Відчинено цілодобово";
      const midnight = Math.floor(minute / DAY) * DAY + DAY;
      if (state.until === midnight) return "Відчинено до 24:00";
      return state.until < midnight ? `Відчинено до ${time(state.until)}` : `Відчинено, зачиниться ${onDay(minute, state.until)}${at(state.until)}`;
    }
    if (state.from === null) return "Зачинено";
    return `Зачинено${state.pause ? " на перерву" : ""}, відчиниться ${onDay(minute, state.from)}${at(state.from)}`;
  };

  const places = [...document.querySelectorAll("[data-open-hours]")].map((place) => [parse(place.dataset.openHours), place.querySelector("[data-open-state]")]);
  let timer;
  const judge = () => {
    const now = Date.now();
    const minute = minuteAt(now);
    for (const [spans, line] of places) {
      line.textContent = words(spans, minute);
      line.classList.toggle("opening-hours__state--open", stateAt(spans, minute).open);
      line.hidden = false;
    }
    clearTimeout(timer);
    timer = setTimeout(judge, 60_000 - (now % 60_000));
  };
  judge();
  document.addEventListener("visibilitychange", judge); // timers stand still in a sleeping phone
})();
