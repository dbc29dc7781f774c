// The look that a reader with weak eyesight has chosen: applied before the page is drawn, remembered without cookies.
// Without this script the button stays hidden and the pages look as usual.
(() => {
  const STORE = "view";
  const VALUES = { size: ["large", "huge"], colors: ["white", "black", "blue"], spacing: ["wide"], pictures: ["none"] };
  const WORDS = { loading: "Завантажується…", failed: "Не завантажилося. Перевірте зв’язок і натисніть ще раз." };
  const ENGLISH_WORDS = { loading: "Loading…", failed: "This did not load. Check the connection and press again." };
  const root = document.documentElement;

  const stored = () => {
    try {
      return Object(JSON.parse(localStorage.getItem(STORE)));
    } catch {
      return {}; // storage is off or holds something else
    }
  };
  const remember = (view) => {
    try {
      if (Object.keys(view).length) localStorage.setItem(STORE, JSON.stringify(view));
      else localStorage.removeItem(STORE);
    } catch {
      // then it holds for this page only
    }
  };
  const known = (view) => Object.fromEntries(Object.entries(VALUES).flatMap(([name, values]) => (values.includes(view[name]) ? [[name, view[name]]] : [])));
  const dress = (view) => {
    for (const name of Object.keys(VALUES)) {
      if (view[name]) root.setAttribute(`data-view-${name}`, view[name]);
      else root.removeAttribute(`data-view-${name}`);
    }
  };
  let view = known(stored());
  let panel; // js/view-panel.js makes it once it is asked for
  dress(view);

  // In place of a hidden picture stand the words that a screen reader would say.
  const describePictures = () => {
    for (const words of document.querySelectorAll(".picture-words")) words.remove();
    if (!view.pictures) return;
    for (const picture of document.querySelectorAll("img[alt]:not([alt=''])")) {
      picture.after(Object.assign(document.createElement("span"), { className: "picture-words", textContent: picture.alt }));
    }
  };

  const show = () => {
    dress(view);
    describePictures();
    panel?.show(view);
  };
  const choose = (chosen) => {
    view = known(chosen);
    remember(view);
    show();
  };

  const start = () => {
    const button = document.querySelector("[data-view-button]");
    if (!button || !("popover" in button)) return; // the link to the statement stays
    const link = document.querySelector("[data-view-link]");
    const words = root.lang === "en" ? ENGLISH_WORDS : WORDS;
    const state = Object.assign(document.createElement("span"), { className: "view-button__state", role: "status" });
    let loading;
    let failed = 0;
    const load = async () => {
      const address = button.dataset.viewButton;
      try {
        const { viewPanel } = await import(failed ? `${address}?${failed}` : address); // browsers remember what they could not load
        panel = viewPanel(VALUES, link?.href, choose);
        button.closest("header").after(panel.element);
        button.removeAttribute("aria-expanded"); // from here on the browser says it, opens and closes
        button.popoverTargetElement = panel.element;
        panel.show(view);
        state.remove();
      } catch (fault) {
        failed += 1;
        loading = null; // the next press tries again
        throw fault;
      }
    };
    const prepare = () => {
      if (!panel && !state.isConnected) button.after(state); // what is said in it later is read out
      return (loading ||= load());
    };
    for (const kind of ["pointerover", "focus"]) button.addEventListener(kind, () => prepare().catch(() => {}));
    button.addEventListener("click", async () => {
      if (panel) return;
      const slow = setTimeout(() => (state.textContent = words.loading), 500);
      try {
        await prepare();
        if (!panel.element.matches(":popover-open")) panel.element.showPopover();
      } catch {
        state.textContent = words.failed;
      } finally {
        clearTimeout(slow);
      }
    });
    button.hidden = false;
    link?.remove();

    addEventListener("storage", (event) => {
      if (event.key !== STORE && event.key !== null) return; // null: all of it was cleared
      view = known(stored());
      show();
    });
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      view = known(stored()); // the page comes back as it was left
      show();
    });
    show();
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
