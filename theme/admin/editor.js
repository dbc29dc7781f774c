// Starts Sveltia CMS with the configuration that the build has made of the table of fields.

import "./photo_guard.js";
import { gitHost } from "./git_host_data.js";

const starting = document.getElementById("starting");

// Sveltia takes the language of the browser; an office's browser may speak another one.
Object.defineProperty(navigator, "languages", { get: () => ["uk"] });
Object.defineProperty(navigator, "language", { get: () => "uk" });

async function start() {
  const answer = await fetch(`${gitHost.base}/admin/config.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  const config = await answer.json();
  const cms = await import(document.getElementById("cms").href);
  starting.remove();
  cms.init({ config: { ...config, load_config_file: false } });
}

start().catch((error) => {
  console.error(error);
  starting.textContent =
    "Редактор не відкрився. Перевірте з’єднання з інтернетом і оновіть сторінку; якщо не допоможе, повідомте того, хто доглядає за сайтом.";
});
