// Our rules in the CMS: the formats of files, the names of new files.
import { ItemFormat } from "./item_format.js";
import { ListFormat } from "./list_format.js";
import { offerSeveralPhotos } from "./photo_batch.js";
import { keepTexts } from "./text_mode.js";
import { nameOf } from "./transliteration.js";

// What the CMS shows in a field, and we on our button, while a photo is being decoded.
const UNREADY = ".empty.processing, .add-photos:disabled";
const NOT_YET = "Світлина ще готується. Зачекайте, доки вона з’явиться, і збережіть ще раз.";

/** Register everything before the CMS begins; `configuration` is `/admin/config.json`, `tables` `/admin/tables.json`. */
export function registerForms(CMS, configuration, tables) {
  const forms = configuration.collections.flatMap((collection) => [collection, collection.index_file]).filter(Boolean);
  for (const { format, fields } of forms.filter(({ format, fields }) => format && fields)) {
    const item = new ItemFormat(tables.header, fields);
    const toFile = (values) => {
      // The CMS would save the item without that photo.
      if (document.querySelector(UNREADY)) throw new Error("saving_failed", { cause: new Error(NOT_YET) });
      return item.toFile(values);
    };
    CMS.registerCustomFormat(format, "md", { fromFile: (text) => item.fromFile(text), toFile });
  }
  const list = new ListFormat();
  CMS.registerCustomFormat("hromada-lists", "toml", { fromFile: (text) => list.fromFile(text), toFile: (values) => list.toFile(values) });
  // The CMS has no seam for these two rules: its prepared copy asks for them (theme/admin/sveltia).
  globalThis.hromadaSlug = (text) => nameOf(text, tables.slug);
  globalThis.hromadaSiblings = (name) => siblings(configuration.collections, name);
  offerSeveralPhotos();
  keepTexts();
}

/** The collections whose files lie in the same folder: a new file's name must differ from those of all of them. */
function siblings(collections, name) {
  const folder = collections.find((collection) => collection.name === name)?.folder;
  return folder ? collections.filter((collection) => collection.folder === folder).map((collection) => collection.name) : [name];
}
