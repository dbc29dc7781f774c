// The look that a reader with weak eyesight has chosen: applied before the page is drawn, remembered without cookies.
// Without this script the button stays hidden and the pages look as usual.
(() => {
  const STORE = "view";
  const VALUES = { size: ["large", "huge"], colors: ["white", "black", "blue"], spacing: ["wide"], pictures: ["none"] };
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
  dress(view);

  // In place of a hidden picture stand the words that a screen reader would say.
  const describePictures = () => {
    for (const words of document.querySelectorAll(".picture-words")) words.remove();
    if (!view.pictures) return;
    for (const picture of document.querySelectorAll("img[alt]:not([alt=''])")) {
      picture.after(Object.assign(document.createElement("span"), { className: "picture-words", textContent: picture.alt }));
    }
  };

  const start = () => {
    const panel = document.getElementById("view-panel");
    if (!panel || !("popover" in panel)) return; // the link to the statement stays
    const inputs = [...panel.querySelectorAll("input")];
    const state = panel.querySelector("[role=status]");
    const show = () => {
      dress(view);
      describePictures();
      for (const input of inputs) input.checked = (view[input.name.slice(5)] || "") === input.value;
    };
    panel.addEventListener("change", () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => [input.name.slice(5), input.value]);
      view = known(Object.fromEntries(chosen));
      remember(view);
      state.textContent = "";
      show();
    });
    panel.querySelector("[data-view-reset]").addEventListener("click", () => {
      view = {};
      remember(view);
      show();
      state.textContent = state.dataset.done;
    });
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
    document.querySelector("[data-view-button]").hidden = false;
    document.querySelector("[data-view-link]")?.remove();
    show();
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
