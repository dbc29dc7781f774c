// Several photos at once: the CMS's list takes one file for each item, and a news item has many.
//
// The button adds an item for each chosen file and gives it the file as if it had been dropped there; the CMS does the rest.
const GALLERY = 'section[data-key-path="gallery"]';
const ADDED = "data-add-photos";
const PATIENCE = 5_000; // milliseconds, for the CMS to show the new item
const DECODING = 60_000; // for it to have drawn the photo anew: HEIC of a phone takes a slow computer long

export function offerSeveralPhotos(root = document.body) {
  new MutationObserver(() => {
    for (const gallery of root.querySelectorAll(`${GALLERY}:not([${ADDED}])`)) offer(gallery);
  }).observe(root, { childList: true, subtree: true });
}

function offer(gallery) {
  if (!addButton(gallery)) return; // not shown yet, or not to be changed
  gallery.setAttribute(ADDED, "");
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*,.heic,.heif", multiple: true, hidden: true });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "add-photos", textContent: "Додати кілька фото" });
  const status = Object.assign(document.createElement("span"), { className: "add-photos-status" });
  status.setAttribute("role", "status");
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    button.disabled = true;
    status.textContent = "Додаю…";
    try {
      await addAll(gallery, files);
      status.textContent = files.length ? "Додано. Опишіть кожне фото." : "";
    } catch {
      status.textContent = "Не всі фото вдалося додати. Додайте решту по одному.";
    } finally {
      button.disabled = false;
    }
  });
  gallery.append(button, input, status);
}

async function addAll(gallery, files) {
  const first = countOf(gallery);
  for (const [index, file] of files.entries()) {
    addButton(gallery).click();
    const target = await shown(() => gallery.querySelector(`section[data-key-path="gallery.${first + index}.file"] .drop-target`));
    target.dispatchEvent(new CustomEvent("Select", { detail: { files: [file] } }));
    await shown(() => !target.querySelector(".empty") || !target.isConnected, DECODING); // the CMS has taken the file
  }
  gallery.querySelector(`section[data-key-path="gallery.${first}.alt"] input`)?.focus();
}

const countOf = (gallery) => gallery.querySelectorAll('section[data-key-path^="gallery."][data-key-path$=".file"]').length;

/** The last one: with items there is a second button below them. */
const addButton = (gallery) => [...gallery.querySelectorAll("button")].filter((one) => one.querySelector(".icon")?.textContent.trim() === "add").at(-1);

async function shown(look, patience = PATIENCE) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const found = look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 30));
  }
  throw new Error("not shown");
}
