// Our rules in the CMS: the formats of files, the names of new files.
import { keepBackups } from "./backups.js";
import { ItemFormat } from "./item_format.js";
import { ListFormat } from "./list_format.js";
import { offerSeveralPhotos } from "./photo_batch.js";
import { keepTexts } from "./text_mode.js";
import { nameOf } from "./transliteration.js";
import { unfinishedDates, watchDates } from "./unfinished_dates.js";

// What the CMS shows in a field, and we on our button, while a photo is being decoded.
const UNREADY = ".empty.processing, .add-photos:disabled";
const NOT_YET = "Світлина ще готується. Зачекайте, доки вона з’явиться, і збережіть ще раз.";

/** Register everything before the CMS begins; `configuration` is `/admin/config.json`, `tables` `/admin/tables.json`. */
export function registerForms(CMS, configuration, tables) {
  const forms = configuration.collections.flatMap((collection) => [collection, collection.index_file]).filter(Boolean);
  for (const { format, fields } of forms.filter(({ format, fields }) => format && fields)) {
    const item = new ItemFormat(tables.header, fields);
    register(CMS, format, "md", item);
  }
  register(CMS, "hromada-lists", "toml", new ListFormat(tables.alerts));
  // The CMS has no seam for these two rules: its prepared copy asks for them (theme/admin/sveltia).
  globalThis.hromadaSlug = (text) => nameOf(text, tables.slug);
  globalThis.hromadaSiblings = (name) => siblings(configuration.collections, name);
  offerSeveralPhotos();
  keepTexts();
  keepBackups();
  watchDates();
}

/** A format whose files are written only when the form shows all that would be in them: the CMS would save the item without the rest. */
function register(CMS, name, extension, format) {
  const toFile = (values) => {
    const reason = unready();
    if (reason) throw new Error("saving_failed", { cause: new Error(reason) }); // the CMS shows the words of the cause
    return format.toFile(values);
  };
  CMS.registerCustomFormat(name, extension, { fromFile: (text) => format.fromFile(text), toFile });
}

function unready() {
  if (document.querySelector(UNREADY)) return NOT_YET;
  const dates = unfinishedDates().map((name) => `«${name}»`);
  return dates.length ? `Дату введено не повністю: ${dates.join(", ")}. Допишіть її або очистьте поле і збережіть ще раз.` : "";
}

/** The collections whose files lie in the same folder: a new file's name must differ from those of all of them. */
function siblings(collections, name) {
  const folder = collections.find((collection) => collection.name === name)?.folder;
  return folder ? collections.filter((collection) => collection.folder === folder).map((collection) => collection.name) : [name];
}
