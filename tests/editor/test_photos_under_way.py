"""While a photo is being decoded: a batch waits for it, and nothing is saved without it. The page plays the CMS."""

import pytest

from tests import needs
from tests.editor.scripts import script_page

pytestmark = [pytest.mark.browser, needs.chromium]
# As the CMS: its button adds an item whose field takes a file at once and shows it when it is decoded.
_CMS = """async decoding => {
  const formats = {};
  window.save = () => {
    try { return formats["hromada-news"]({ title: "Свято", date: "2021-07-05 00:00", body: "Текст." }); } catch (error) { return `${error.message}: ${error.cause.message}`; }
  };
  const collection = { name: "news", format: "hromada-news", fields: [{ name: "title" }, { name: "date" }, { name: "body" }] };
  const { registerForms } = await import("/forms.js");
  registerForms({ registerCustomFormat: (name, _, { toFile }) => { formats[name] = toFile; } }, { collections: [collection] }, window.tables);
  document.body.innerHTML = '<section data-key-path="gallery"><button><span class="icon">add</span></button></section>';
  const gallery = document.querySelector("section");
  let count = 0;
  gallery.querySelector("button").addEventListener("click", () => {
    const item = document.createElement("section");
    item.dataset.keyPath = `gallery.${count++}.file`;
    item.innerHTML = '<div class="drop-target"><div class="empty"></div></div>';
    item.firstChild.addEventListener("Select", ({ detail }) => {
      item.querySelector(".empty").classList.add("processing");
      setTimeout(() => { item.firstChild.textContent = detail.files[0].name; }, decoding);
    });
    gallery.prepend(item);
  });
}"""
_REFUSED = "saving_failed: Світлина ще готується. Зачекайте, доки вона з’явиться, і збережіть ще раз."


def test_a_batch_waits_for_slow_photos_and_nothing_is_saved_before_the_last(browser):
    with script_page(browser) as page:
        page.clock.install()
        page.evaluate(_CMS, 20_000)
        assert page.evaluate("save()").startswith("---\ntitle: Свято\n")
        button = page.locator(".add-photos")
        button.wait_for()
        files = [{"name": f"{name}.heic", "mimeType": "image/heic", "buffer": b"x"} for name in "ab"]
        page.locator("input[type=file]").set_input_files(files)
        page.locator(".processing").wait_for(state="attached")
        assert page.evaluate("save()") == _REFUSED

        page.clock.run_for(20_500)
        page.locator(".processing").wait_for(state="attached")
        assert page.evaluate("save()") == _REFUSED
        page.clock.run_for(20_500)
        page.get_by_text("Додано. Опишіть кожне фото.").wait_for()
        assert page.locator(".drop-target").all_inner_texts() == ["b.heic", "a.heic"]
        assert page.evaluate("save()").startswith("---\ntitle: Свято\n")


def test_a_photo_that_never_comes_ends_the_batch_after_a_minute(browser):
    with script_page(browser) as page:
        page.clock.install()
        page.evaluate(_CMS, 600_000)
        page.locator(".add-photos").wait_for()
        page.locator("input[type=file]").set_input_files([{"name": "a.heic", "mimeType": "image/heic", "buffer": b"x"}])
        page.locator(".processing").wait_for(state="attached")

        page.clock.run_for(61_000)
        page.get_by_text("Не всі фото вдалося додати. Додайте решту по одному.").wait_for()
        assert page.evaluate("save()") == _REFUSED
