// Which texts the CMS shows as they will look, and which as they are written.
//
// Its editor of formatted text writes a text anew as soon as it shows it. Tables, footnotes, alignments and other signs of
// ours would change or vanish while nobody has touched them; such a text is shown as it is written.
const touched = new WeakSet(); // editors in which somebody has been since they began to show the text

export function keepTexts(root = document) {
  for (const event of ["pointerdown", "keydown", "beforeinput"]) root.addEventListener(event, notice, { capture: true });
  globalThis.hromadaSpoils = (before, after, editor) => Boolean(before) && !touched.has(editor) && before !== after;
}

/** The focus says nothing: the CMS moves it into the text by itself. */
function notice({ target }) {
  const shown = target.closest?.(".lexical-root");
  if (shown) touched.add(shown);
  const written = target.matches?.("textarea") && target.closest(".text-editor")?.querySelector(".lexical-root");
  if (written) touched.delete(written);
}
