// Makes theme/admin/sveltia/ of the CMS's npm package, whose version and digest package-lock.json pins. Maintainers run it after
// they have changed the version; editors and builds need no Node.
//
//   cd tests/editor/cms && npm ci --omit=peer && node prepare.mjs [folder]
//
// The package's own build for bundlers has every font, icon and decoder as a local file. What is changed is listed in CHANGES:
// each text must be found exactly as often as it says, so that a new version with another text fails here, not in a browser.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const cms = join(here, "node_modules/@sveltia/cms");
const output = resolve(process.argv[2] ?? join(here, "../../../theme/admin/sveltia"));

// [file below npm/, text, what stands there instead, how often it is found]
const CHANGES = [
  // Statuses of public hosts are asked of other hosts: «unknown» shows nothing.
  ["index.js", "await ZR(Rye)", "{status:{}}", 1],
  ["index.js", "await ZR(Vbe)", "{result:{status_overall:{}}}", 1],
  ["index.js", "https://www.githubstatus.com/api/v2/status.json", "", 1],
  ["index.js", "https://status-api.hostedstatus.com/1.0/status/5b36dc6502d06804c08349f7", "", 1],
  // Fallbacks for what is not bundled: nothing is loaded from networks of packages and fonts.
  ["index.js", "https://unpkg.com/", "./missing/", 4],
  ["index.js", "https://cdn.jsdelivr.net/fontsource/fonts/", "./missing/", 3],
  // Styles are adopted as sheets, not written into the page: so its policy allows no inline style.
  [
    "index.js",
    "var n=e.getRootNode(),r=n.host?n:n.head??n.ownerDocument.head;if(!r.querySelector(`#`+t.hash)){let e=La(`style`);e.id=t.hash,e.textContent=t.code,r.appendChild(e)}",
    "var n=e.getRootNode(),r=n.host||n.head?n:n.ownerDocument;r.adoptedStyles??=new Set;if(!r.adoptedStyles.has(t.hash)){let e=new((r.defaultView??r.ownerDocument.defaultView).CSSStyleSheet);e.replaceSync(t.code),r.adoptedStyles.add(t.hash),r.adoptedStyleSheets.push(e)}",
    1,
  ],
  ["index.js", '<svelte-css-wrapper style="display: contents">', "<svelte-css-wrapper>", 8], // editor.css says it
  // A photo that can't be decoded is refused, not sent as it is with all its metadata.
  ["index.js", "if(i===`heic`)throw Error(`Failed to decode HEIC image`,{cause:t});return e}", "throw Error(`Failed to decode image`,{cause:t})}", 1],
  // A save waits for photos that are being decoded, as it waits for what is being typed, and then until their fields have them.
  [
    "index.js",
    "h3=async({draft:e,resource:t,libraryConfig:n})=>{",
    "h3=e=>{let t=ownAdd(e);GPe(t.then(()=>new Promise(e=>setTimeout(e,200))));return t},ownAdd=async({draft:e,resource:t,libraryConfig:n})=>{",
    1,
  ],
  ["index.js", "let a=t;i.update(()=>{ey([", "let a=t;me();i.update(()=>{ey([", 1],
  // The widget of a service that we don't use.
  ["index.js", "https://identity.netlify.com/v1/netlify-identity-widget.js", "./missing/identity.js", 1],
  // Names of files are made by our rule, and differ from those of all collections of the folder (theme/admin/forms.js).
  [
    "index.js",
    "vP=(e,{fallback:t=!0,locale:n=void 0,maxLength:r=void 0}={})=>{let{",
    "vP=(e,{fallback:t=!0,locale:n=void 0,maxLength:r=void 0}={})=>{let own=globalThis.hromadaSlug?.(e);if(own)return own;let{",
    1,
  ],
  ["index.js", "Dhe=(e,t)=>KI(e).map(", "Dhe=(e,t)=>(globalThis.hromadaSiblings?.(e)??[e]).flatMap(e=>KI(e)).map(", 1],
  // A text that the editor of formatted text would change by showing it is shown as it is written (theme/admin/text_mode.js).
  [
    "index.js",
    "let{value:i,selection:a}=e.detail;r!==i&&(c.useRichText=!1,",
    "let{value:i,selection:a}=e.detail;if(r!==i&&globalThis.hromadaSpoils?.(r,i,e.currentTarget)){c.useRichText=!1;return}r!==i&&(c.useRichText=!1,",
    1,
  ],
  // A moment of a field with a zone and a format stays what was entered. The library takes hours that the clock change skips for
  // other days, and hours are entered and written without a zone anyway.
  ["index.js", "(f&&(n=n.tz(f,!0)),u&&", "(u&&f&&(n=n.tz(f,!0)),u&&", 1],
  [
    "index.js",
    "c=CI(e,t)??n;if(!e)return``;",
    "c=CI(e,t)??n;if(!e)return``;if(o&&!s&&/^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$/.test(e))return e.replace(` `,`T`);",
    1,
  ],
  // What was kept of a form that was never saved goes back into the form only if the text and the form are still those that it was
  // begun from; else its text is shown beside (theme/admin/backups.js).
  ["index.js", "return n?n.cmsConfigVersion===PW.current?n:(await f4(e,t),null):null}", "return n??null}", 1],
  [
    "index.js",
    "r=await p4(t,n);if(!r)return;let{timestamp:i}=r,",
    "r=await p4(t,n);if(!r||globalThis.hromadaOutdated?.(r,e,r.cmsConfigVersion!==PW.current,()=>f4(t,n)))return;let{timestamp:i}=r,",
    1,
  ],
  // A refused save has a reason: no «try again later» above it.
  ["index.js", "[()=>Y(`saving_entry.error.description`)]", "[()=>R(g)?``:Y(`saving_entry.error.description`)]", 1],
];

// Languages of the interface: Ukrainian, and English, which is the fallback inside index.js. What the CMS says in English alone is in
// uk.json.
const LANGUAGES = /^\.\.\/locales\/[A-Za-z-]+\.json$/;
// What our forms never ask for: colours of 240 programming languages, maps, the optimizer of SVG, which the content can't hold.
const LEFT_OUT = /^(@shikijs\/(langs|themes)\/.+|leaflet\/.+|terra-draw|terra-draw-leaflet-adapter|svgo\/browser)$/;

const replaced = new Map(CHANGES.map((change) => [change, 0]));
const leftOut = new Set();

const changes = {
  name: "changes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LEFT_OUT }, ({ path }) => {
      leftOut.add(path);
      return { path: path.startsWith("@shikijs/") ? "no-colours" : path, namespace: "left-out" };
    });
    onResolve({ filter: LANGUAGES }, () => ({ path: join(cms, "locales/uk.json") }));
    onLoad({ filter: /\/locales\/uk\.json$/ }, async ({ path }) => {
      const [words, english, own] = await Promise.all([path, join(cms, "locales/en-US.json"), join(here, "uk.json")].map(readJson));
      return { contents: JSON.stringify(withOwnWords(words, english, own)), loader: "json" };
    });
    onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({
      contents: path === "no-colours"
        ? "export default [];" // a block of code is shown without them
        : `throw new Error(${JSON.stringify(`${path} is not part of this editor`)});`,
    }));
    onLoad({ filter: /\/@sveltia\/cms\/npm\/.+\.js$/ }, async ({ path }) => {
      let text = await readFile(path, "utf8");
      const name = relative(join(cms, "npm"), path).replaceAll("\\", "/");
      for (const change of CHANGES.filter(([file]) => file === name)) {
        const parts = text.split(change[1]);
        replaced.set(change, parts.length - 1);
        text = parts.join(change[2]);
      }
      // All scripts lie in one folder, with the assets below it.
      return { contents: text.replaceAll("`../assets/", "`assets/"), loader: "js" };
    });
  },
};

const readJson = async (path) => JSON.parse(await readFile(path, "utf8"));

/** The CMS's words and ours, which must be of a name that it has in English and not in Ukrainian. */
function withOwnWords(words, english, own, prefix = "") {
  for (const [name, text] of Object.entries(own)) {
    if (english?.[name] === undefined) refuse(`uk.json: ${prefix}${name}: the CMS says nothing of this name`);
    if (typeof text === "object") words[name] = withOwnWords(words[name] ?? {}, english[name], text, `${prefix}${name}.`);
    else if (words[name] !== undefined) refuse(`uk.json: ${prefix}${name}: the CMS has Ukrainian words of its own now`);
    else words[name] = text;
  }
  return words;
}

async function filesBelow(folder, prefix = "") {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const names = await Promise.all(
    entries.map((entry) => {
      const name = prefix ? `${prefix}/${entry.name}` : entry.name;
      return entry.isDirectory() ? filesBelow(folder, name) : [name];
    }),
  );
  return names.flat().sort();
}

function refuse(message) {
  console.error(`prepare.mjs: ${message}`);
  process.exit(1);
}

await rm(output, { recursive: true, force: true });
await mkdir(join(output, "assets"), { recursive: true });
const result = await build({
  absWorkingDir: here,
  stdin: {
    contents: 'export * from "@sveltia/cms"; export { default } from "@sveltia/cms";',
    resolveDir: here,
    sourcefile: "sveltia-cms.js",
  },
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  legalComments: "none", // they stand in LICENSES.txt
  charset: "utf8",
  target: "es2022",
  outdir: output,
  entryNames: "sveltia-cms",
  chunkNames: "[name]-[hash]",
  metafile: true,
  logLevel: "warning",
  plugins: [changes],
});

for (const [[file, text, , wanted], count] of replaced) {
  if (count !== wanted) refuse(`${file}: «${text}» was found ${count} times, not ${wanted}`);
}
if (leftOut.size !== 248) refuse(`${leftOut.size} modules were left out, not 248: their names have changed`);

for (const name of await readdir(join(cms, "npm/assets"))) {
  if (/\.(woff2|wasm|js)$/.test(name)) await cp(join(cms, "npm/assets", name), join(output, "assets", name));
}
const worker = (await readdir(join(output, "assets"))).find((name) => name.startsWith("heic-worker"));
const workerText = await readFile(join(output, "assets", worker), "utf8");
await writeFile(join(output, "assets", worker), workerText.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n"));

// Licences of the CMS, of the packages in the bundle and of the fonts.
const packages = new Set(["@sveltia/cms"]);
for (const path of Object.keys(result.metafile.inputs)) {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (match) packages.add(match[1]);
}
const licences = [];
for (const name of [...packages].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((one) => /^licen[sc]e/i.test(one));
  const text = file ? await readFile(join(folder, file), "utf8") : "";
  licences.push(`${name} ${version}: ${license}\n\n${text.trim()}\n`);
}
for (const name of (await readdir(join(cms, "npm/assets"))).filter((one) => one.endsWith(".LICENSE.txt")).sort()) {
  licences.push(`${basename(name, ".LICENSE.txt")} (font)\n\n${(await readFile(join(cms, "npm/assets", name), "utf8")).trim()}\n`);
}
// What the package itself bundles says whose it is in comments of this form, which minifying takes out of the scripts.
const notices = new Set();
for (const folder of ["npm", "npm/chunks"]) {
  for (const name of (await readdir(join(cms, folder))).filter((one) => one.endsWith(".js")).sort()) {
    const text = await readFile(join(cms, folder, name), "utf8");
    for (const [notice] of text.matchAll(/\/\*[!*](?:(?!\*\/)[^])*(?:@license|copyright)(?:(?!\*\/)[^])*\*\//gi)) notices.add(notice);
  }
}
licences.push(`Parts of the CMS, by their own notices\n\n${[...notices].join("\n\n")}\n`);
// The two decoders are programs of others, of which the package has only the compiled form.
licences.push(`Decoder of HEIC (assets/heic*): @discourse/heic 1.0.0, Apache-2.0, made of libheif and libde265, LGPL-3.0-or-later
https://github.com/strukturag/libheif  https://github.com/strukturag/libde265
Encoder of WebP (webp_enc*): @jsquash/webp 1.5.0, Apache-2.0, made of libwebp, BSD-3-Clause
https://github.com/jamsinclair/jSquash  https://chromium.googlesource.com/webm/libwebp
`);
await writeFile(join(output, "LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));

const digests = {};
for (const name of await filesBelow(output)) {
  digests[name] = createHash("sha256").update(await readFile(join(output, name))).digest("hex");
}
await writeFile(join(output, "manifest.json"), `${JSON.stringify(digests, null, 1)}\n`);
console.log(`${Object.keys(digests).length} files in ${output}`);
