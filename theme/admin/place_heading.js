// The heading of the page: the place in the CMS, which says it in the title of the window, and on narrow screens nowhere else.

const FORM = /^#\/collections\/[^/]+\/(new|entries\/)/;
const ISOLATES = /[\u2066-\u2069]/g; // marks of direction that the CMS puts around names

/** `heading` follows the title, without the site's name behind it; its own words stand where the title has no more than that. */
export function followPlace(heading, siteName) {
  const usual = heading.textContent;
  const behind = ` – ${siteName}`;
  const show = () => {
    const title = document.title.replace(ISOLATES, "");
    const place = title.endsWith(behind) ? title.slice(0, -behind.length) : usual;
    if (heading.textContent !== place) heading.textContent = place;
    heading.toggleAttribute("data-form", FORM.test(location.hash));
  };
  new MutationObserver(show).observe(document.head, { childList: true, subtree: true, characterData: true });
  addEventListener("hashchange", show);
  show();
}
