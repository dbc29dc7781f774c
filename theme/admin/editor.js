// Starts Sveltia CMS with the configuration that the build has made of the table of fields.

import "./photo_guard.js";
import { registerForms } from "./forms.js";
import { hostOfPage } from "./host_login.js";
import { followPlace } from "./place_heading.js";
import { startStatusBar } from "./status_bar.js";

const host = hostOfPage();
const starting = document.getElementById("starting");

// Sveltia takes the language of the browser; an office's browser may speak another one.
Object.defineProperty(navigator, "languages", { get: () => ["uk"] });
Object.defineProperty(navigator, "language", { get: () => "uk" });

async function ofTheSite(name) {
  const answer = await fetch(`${host.base}/admin/${name}`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

async function start() {
  const [config, tables] = await Promise.all(["config.json", "tables.json"].map(ofTheSite));
  const cms = await import(document.getElementById("cms").href);
  starting.remove();
  followPlace(document.getElementById("place"), config.app_title);
  registerForms(cms, config, tables);
  startStatusBar(cms);
  cms.init({ config: { ...config, load_config_file: false } });
}

function tellFailure(error) {
  console.error(error);
  starting.textContent =
    "Редактор не відкрився. Перевірте з’єднання з інтернетом і оновіть сторінку; якщо не допоможе, повідомте того, хто доглядає за сайтом.";
}

/** The tabs of a browser share what the CMS knows of the repository: a second one would overwrite what the first has saved. */
async function startInOneTab() {
  const isFree = await navigator.locks.request("hromada-editor", { ifAvailable: true }, (lock) => lock !== null);
  if (!isFree) starting.textContent = "Редактор уже відкрито в іншій вкладці. Пишіть у ній або закрийте її: тоді він відкриється тут.";
  navigator.locks.request("hromada-editor", async () => {
    await start().catch(tellFailure);
    await new Promise(() => {}); // until the tab is closed
  });
}

startInOneTab().catch(tellFailure);
