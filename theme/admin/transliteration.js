// Names of files from titles, by the rule of Python's `domain.alphabet.slug` and of `make new`; the tables come from there
// (`/admin/tables.json`), and a test compares both on many titles.

/** The latin letters of Ukrainian ones; other letters stay as they are. */
export function transliterate(text, tables) {
  const dropped = new Set(tables.apostrophes);
  const letters = [...[...text.normalize("NFC")].filter((sign) => !dropped.has(sign)).join("").toLowerCase()];
  let latin = "";
  for (let at = 0; at < letters.length; at += 1) {
    const pair = letters[at] + (letters[at + 1] ?? "");
    if (Object.hasOwn(tables.pairs, pair)) {
      latin += tables.pairs[pair];
      at += 1;
    } else {
      const table = at > 0 && /\p{L}/u.test(letters[at - 1]) ? tables.inside : tables.initial;
      latin += table[letters[at]] ?? letters[at];
    }
  }
  return latin;
}

/** Lower-case latin letters, digits and hyphens; may be empty. */
export function slug(text, tables) {
  const plain = transliterate(text.replaceAll("№", " "), tables).normalize("NFKD");
  const latin = [...plain].map((sign) => (sign < "\x80" ? sign : (tables.others[sign] ?? ""))).join("");
  return decoded(latin, tables)
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("'", "")
    .replaceAll(/(?<=\d),(?=\d)/g, "")
    .replaceAll(/[^-a-z0-9]+/g, "-")
    .replaceAll(/-{2,}/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function decoded(text, tables) {
  return text
    .replaceAll(/&(\w+);/g, (whole, name) => (Object.hasOwn(tables.entities, name) ? tables.entities[name] : whole))
    .replaceAll(/&#(\d+);|&#x([\da-fA-F]+);/g, (whole, number, hexadecimal) => {
      const point = number ? Number.parseInt(number, 10) : Number.parseInt(hexadecimal, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
}

/** The first words of a slug that fit; a single longer word is cut. */
export function shortened(name, room) {
  if (name.length <= room) return name;
  const start = name.slice(0, room + 1);
  const end = start.lastIndexOf("-");
  return end > 0 ? start.slice(0, end) : name.slice(0, room);
}

/** The part of a new file's name that its title gives; `room` is what the day and the extension leave. */
export function nameOf(title, tables, room = tables.longest - "2021-07-05-.md".length) {
  const name = shortened(slug(title, tables), room);
  return tables.devices.includes(name) ? `${name}-1` : name; // Windows keeps these names for itself
}
