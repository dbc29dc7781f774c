// The last look at every picture before it leaves for the git host: one with metadata is not sent at all.
//
// Photos of a community near the front line may not say where they were taken. Sveltia CMS re-encodes each photo, which leaves
// nothing of its metadata; a photo that it can't decode it refuses. This guard holds whatever way a picture has come: it is put
// around `fetch`, finds the files in the requests of all three hosts, and passes only pictures that consist of nothing but their
// pixels. It answers like the host would, so the CMS shows the words.

const PICTURE = /\.(jpe?g|jfif|png|webp|gif|avif|heic|heics|heif|heifs|hif|tiff?|bmp)$/i;

// What a JPEG needs to be drawn: everything but COM and the application segments, of which JFIF's, the colour profile's and
// Adobe's only say how to read the colours.
const isPlainSegment = (marker, bytes, at) => {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  return [
    [0xe0, "JFIF\0"],
    [0xe2, "ICC_PROFILE\0"],
    [0xee, "Adobe"],
  ].some(([known, name]) => marker === known && text(bytes, at, name.length) === name);
};
const PLAIN_CHUNKS = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split(" "),
);
const PLAIN_PARTS = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);

function text(bytes, at, length) {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function isPlainJpeg(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (marker === 0xd9) return at + 2 === bytes.length;
    const length = view.getUint16(at + 2);
    if (length < 2 || !isPlainSegment(marker, bytes, at + 4)) return false;
    // JFIF may hold a small copy of the picture as it was before.
    if (marker === 0xe0 && length > 16) return false;
    at += 2 + length;
    if (marker !== 0xda) continue;
    // The pixels of a scan end at the next marker that is no part of them.
    while (at + 1 < bytes.length && !(bytes[at] === 0xff && bytes[at + 1] !== 0 && (bytes[at + 1] & 0xf8) !== 0xd0)) at += 1;
  }
  return at + 2 === bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd9;
}

function isPlainPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const name = text(bytes, at + 4, 4);
    if (!PLAIN_CHUNKS.has(name)) return false;
    at += 12 + view.getUint32(at);
    if (name === "IEND") return at === bytes.length;
  }
  return false;
}

function isPlainWebp(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = 8 + view.getUint32(4, true);
  if (end !== bytes.length) return false;
  let at = 12;
  while (at + 8 <= end) {
    if (!PLAIN_PARTS.has(text(bytes, at, 4))) return false;
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size % 2);
  }
  return at === end;
}

/** Whether the bytes are a picture of a kind that the site takes, and nothing but its pixels and colours. */
export function isPlainPicture(bytes) {
  if (bytes.length < 16) return false;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return isPlainJpeg(bytes);
  if (text(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return isPlainPng(bytes);
  return text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP" && isPlainWebp(bytes);
}

/** Whether the bytes begin as a picture of any kind, whatever the file's name. */
export function beginsAsPicture(bytes) {
  return (
    (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) ||
    text(bytes, 0, 4) === "\x89PNG" ||
    text(bytes, 0, 3) === "GIF" ||
    ["II*\0", "MM\0*"].includes(text(bytes, 0, 4)) ||
    (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP") ||
    (text(bytes, 4, 4) === "ftyp" && /^(avi[fs]|hei[cmxs]|hev[cmxs]|mif1|msf1)/.test(text(bytes, 8, 4)))
  );
}

function decoded(base64) {
  return Uint8Array.from(atob(base64.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
}

/** The files of a request's body, wherever they stand in it: pairs of path and base64. */
function* filesIn(value, path = "") {
  if (Array.isArray(value)) for (const one of value) yield* filesIn(one, path);
  else if (value && typeof value === "object") {
    const own = [value.path, value.file_path, path].find((one) => typeof one === "string") ?? "";
    const content = value.content ?? value.contents;
    if (typeof content === "string" && (value.encoding ?? "base64") === "base64") yield [own, content];
    for (const one of Object.values(value)) if (one && typeof one === "object") yield* filesIn(one, own);
  }
}

/** The paths of pictures in a request that may not be sent; `address` has the path where the host takes one file. */
export function refusedPictures(address, body) {
  const path = decodeURIComponent(/\/contents\/([^?]+)/.exec(address)?.[1] ?? "");
  const refused = [];
  for (const [name, base64] of filesIn(body, path)) {
    let bytes;
    try {
      bytes = decoded(base64);
    } catch {
      continue; // no base64: the text of a commit's message, say
    }
    if ((PICTURE.test(name) || beginsAsPicture(bytes)) && bytes.length && !isPlainPicture(bytes)) refused.push(name);
  }
  return refused;
}

function words(paths) {
  const names = paths.map((path) => `«${path.split("/").pop()}»`).join(", ");
  return `Не надіслано: у світлині ${names} лишилися дані про місце чи камеру, або її не вдалося прочитати. Збережіть її як JPEG або зробіть знімок екрана й додайте його.`;
}

const send = window.fetch.bind(window);

window.fetch = async (resource, options = {}) => {
  const address = resource instanceof Request ? resource.url : String(resource);
  const method = (options.method ?? resource.method ?? "GET").toUpperCase();
  if (method === "GET" || method === "HEAD") return send(resource, options);
  const body = options.body ?? (resource instanceof Request ? await resource.clone().text() : "");
  if (typeof body !== "string") {
    // No request of the editor has a body of another kind; one that had could not be looked into.
    return body ? refusal("Не надіслано: вміст запиту не вдалося перевірити.") : send(resource, options);
  }
  let parsed;
  try {
    parsed = JSON.parse(body);
  } catch {
    return send(resource, options);
  }
  const refused = refusedPictures(address, parsed);
  return refused.length ? refusal(words(refused)) : send(resource, options);
};

function refusal(message) {
  return new Response(JSON.stringify({ message, errors: [{ message }] }), {
    status: 422,
    headers: { "Content-Type": "application/json" },
  });
}
