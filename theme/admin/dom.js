// Elements for the pages of /admin/: texts only ever become text nodes, never markup.

/** An element with attributes (functions are listeners, true and false switch an attribute) and children. */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};

/** The element of the page that has the attribute `data-<name>`. */
export const part = (name) => document.querySelector(`[data-${name}]`);

/** «1 рядок», «2 рядки», «5 рядків». */
export const counted = (number, [one, few, many]) => `${number.toLocaleString("uk")}\u00a0${{ one, few }[new Intl.PluralRules("uk").select(number)] || many}`;

/** What a page keeps at its lower edge stands above this bar, however high it is: styles know its height. */
export const tellHeight = (bar) =>
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar-height", `${bar.offsetHeight}px`)).observe(bar);

const NUMBERED = { last: 0 };
/** An id that no other element of the page has. */
export const freshId = (stem) => `${stem}-${(NUMBERED.last += 1)}`;
