// Proposes titles while one types in the search field: the combobox of ARIA. Without this script the form just asks /search/.
(() => {
  const form = document.querySelector("[data-search-box]");
  if (!form) return;
  const field = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const MOST = 6;
  const WAIT = 150; // milliseconds after the last key
  let engine;
  let timer;
  let asked = 0;

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  set(field, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

  const load = () => {
    engine ||= import(form.dataset.engine).then(({ Engine }) => new Engine(form.dataset.index));
    engine.catch(() => {
      engine = null; // the next key tries again
    });
    return engine;
  };
  const options = () => [...list.children];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const choose = (option) => {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(null);
  };
  const open = (titles) => {
    list.replaceChildren(
      ...titles.map(({ title, address, kind }, number) => {
        const option = Object.assign(document.createElement("li"), { className: "search-box__option", id: `search-title-${number}`, textContent: title });
        set(option, { role: "option", "aria-selected": "false" });
        option.append(Object.assign(document.createElement("small"), { textContent: kind }));
        option.dataset.address = form.dataset.base + address.slice(1);
        return option;
      }),
    );
    list.hidden = !titles.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(null);
  };
  const propose = async () => {
    const mine = (asked += 1);
    try {
      const titles = await (await load()).suggest(field.value, MOST);
      if (mine === asked && document.activeElement === field) open(titles);
    } catch {
      // without a network there is nothing to propose; the form still works
    }
  };

  field.addEventListener("focus", () => load().then((one) => one.start()).catch(() => {}));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < 2) close();
    else timer = setTimeout(propose, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown") choose(all[at + 1] || null);
    else if (event.key === "ArrowUp") choose(at < 0 ? all.at(-1) : all[at - 1] || null);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen()) location.assign(chosen().dataset.address);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
})();
