// The page for addresses that don't exist: proposes what has the words of the address.
(async () => {
  const form = document.querySelector("[data-search-box]");
  const place = document.querySelector("[data-not-found]");
  const [text] = [decodeURIComponent(location.pathname).slice(form.dataset.base.length - 1)];
  const words = text.replace(/\.html?$/, "").replace(/\d{4}-\d\d-\d\d/g, " ").split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2 && !/^\d+$/.test(word));
  if (!words.length) return;
  const { Engine } = await import(form.dataset.engine);
  const engine = new Engine(form.dataset.index);
  const found = await engine.search(words.slice(-8).join(" "), { isOpen: false });
  const cards = await engine.cards(found.indexes.slice(0, 5));
  for (const [title, address] of cards) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: form.dataset.base + address.slice(1), textContent: title }));
    place.querySelector("ul").append(item);
  }
  form.querySelector("input").value = found.shown || words.join(" ");
  place.hidden = !cards.length;
})().catch(() => {}); // without the index the lists are there
