// What the editor of formatted text leaves of tables and lists that were pasted from office programs.
const ROW = /^\|.*\|\s*$/;
const HEAD = /^\|(?:\s*:?-+:?\s*\|)+\s*$/;
const BULLET = /^[·•▪●]\s+/; // Word's lists come as paragraphs with their signs

/** A table without a line under its head is no table in Markdown, and a paragraph that begins with a bullet is no item. */
export function mended(text) {
  const lines = [];
  let isCode = false;
  let columns = 0; // of the row before, if it may be a head
  for (const line of text.split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    if (isCode) {
      lines.push(line);
      continue;
    }
    const isFirst = ROW.test(line) && !ROW.test(lines.at(-1) ?? "");
    if (columns && ROW.test(line) && !HEAD.test(line)) lines.push(`|${" --- |".repeat(columns)}`);
    columns = isFirst && !HEAD.test(line) ? line.split(/(?<!\\)\|/).length - 2 : 0;
    lines.push(line.replace(BULLET, "- "));
  }
  return lines.join("\n");
}
