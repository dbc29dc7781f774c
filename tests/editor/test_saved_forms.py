"""Forms filled in in the real CMS: each is a file that the check takes and reads as meant, or is refused in Ukrainian words."""

import json

import pytest
from PIL import Image

from hromada.build.content_steps import checked_snapshot
from hromada.console.options import Options
from hromada.domain.problem import Level
from hromada.reading.items import kind_and_section_of, read_item
from tests import needs
from tests.conftest import ROOT, cache_in
from tests.editor.form_cases import CASES, EVERYDAY, Case
from tests.editor.office import CONTENT, Office, at_work
from tests.shared import quietly_built

pytestmark = [pytest.mark.browser, needs.chromium]
_PREFERENCES = 'localStorage.setItem("sveltia-cms.prefs", JSON.stringify({useDraftBackup: false, closeOnSave: true}))'


def _fill(office: Office, case: Case, photos) -> None:
    for key, value in case.values.items():
        group = key.split(".")[0]
        if group == "more":
            office.expand("more")
        if case.item and not office.field(key).count():
            office.click(office.field(case.item).get_by_role("button", name="Додати").last)
        if key == "body" and case.raw:
            office.click(office.field("body").get_by_role("button", name="Markdown"))
        if value is not None:
            office.fill(key, value)
    if case.pasted:
        office.paste("body", case.pasted, "Увага")
    if case.photos:
        office.add_photos(photos[: len(case.photos)])
        for number, words in enumerate(case.photos):
            office.fill(f"gallery.{number}.alt", words)
    if case.cover:
        office.click(office.field("image").get_by_role("checkbox"))
        office.page.locator('section[data-key-path="image.file"] .drop-target').wait_for()
        office.page.evaluate(
            """async bytes => {
              const file = new File([new Uint8Array(bytes)], "IMG 1.jpg", {type: "image/jpeg"});
              document.querySelector('section[data-key-path="image.file"] .drop-target').dispatchEvent(new CustomEvent("Select", {detail: {files: [file]}}));
            }""",
            list(photos[0].read_bytes()),
        )
        for key, words in case.cover.items():
            office.fill(f"image.{key}", words)


def phone_photos(folder):
    """Three phone photos with the place where they were taken."""
    paths = []
    for number in range(3):
        image = Image.linear_gradient("L").resize((640, 480)).convert("RGB").rotate(number * 30)
        exif = image.getexif()
        exif[0x8825] = {1: "N", 2: (50.0, 6.0, 0.0), 3: "E", 4: (36.0, 7.0, 0.0)}
        paths.append(folder / f"IMG_{number} Фото.jpg")
        image.save(paths[-1], exif=exif)
    return paths


def _run(office: Office, case: Case, photos) -> str:
    """What went wrong with a case; empty where it came out as it must."""
    try:
        office.enter(case.collection, f"entries/{case.opened}" if case.opened else "new")
        _fill(office, case, photos)
        saved, words = office.save(), office.words
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:600]}"
    finally:
        if case.refused:
            office.page.reload()
            office.page.get_by_text("Колекції").first.wait_for()
    if case.refused:
        return "" if not saved and case.refused in words else f"saved={saved}, words={words!r}"
    return "" if saved else f"not saved: {words!r}"


def _wrong(office: Office, cases, folder) -> list[str]:
    """Every case that came out otherwise, and what the check and the build say of all saved files."""
    photos = phone_photos(folder)
    office.page.add_init_script(_PREFERENCES)
    office.log_in()
    wrong, meant = [], []
    for case in cases:
        before = office.host.repository.files()
        if fault := _run(office, case, photos):
            wrong.append(f"{case.name}: {fault}")
            office.page.reload()
            office.page.get_by_text("Колекції").first.wait_for()
        elif not case.refused:
            after = office.host.repository.files()
            meant += [
                (case, path, data) for path, data in after.items() if before.get(path) != data and path.endswith(".md")
            ]
    return [*wrong, *_misread(meant), *_problems(office, folder)]


def _misread(meant) -> list[str]:
    """Fields that our reader finds otherwise than they were entered."""
    wrong = []
    for case, path, data in meant:
        assert kind_and_section_of(path), path
        read = read_item(path, data)
        wrong += [f"{case.name}: {problem}" for problem in read.problems]
        title = case.values.get("title")
        if title and read.item.title != " ".join(str(title).split()):
            wrong.append(f"{case.name}: title {read.item.title!r}")
        if (day := case.values.get("date")) and str(read.item.when)[:16] != day.replace("T", " "):
            wrong.append(f"{case.name}: date {read.item.when}")
        if tags := case.values.get("more.tags"):
            wrong += [] if list(read.item.tags) == tags else [f"{case.name}: tags {read.item.tags}"]
        alts = [picture.alt for picture in read.item.gallery]
        wrong += [] if alts == list(case.photos) else [f"{case.name}: alts {alts}"]
    return wrong


def _problems(office: Office, folder) -> list[str]:
    """Errors of the check of all that lies in the repository now, which is built, too, if there are none."""
    site = folder / "saved"
    for path, data in office.host.repository.files().items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    options = Options.from_environment(ROOT, {"JOBS": "1", "TODAY": "2026-12-01"}).with_changes(
        content=site / "content", output=site / "output", settings_file="tests/sites/golden/conf.py", cache_name=str(cache_in(site))
    )  # fmt: skip
    errors = [str(problem) for problem in checked_snapshot(options).problems if problem.level is Level.ERROR]
    if not errors:
        quietly_built(options)
    return errors


def test_some_forms_of_every_kind_are_saved_or_refused(browser, tmp_path):
    cases = [case for case in CASES if case.name in EVERYDAY]
    with at_work(browser, tmp_path) as office:
        assert not _wrong(office, cases, tmp_path)
        files = office.host.repository.files()

    assert len(cases) == len(EVERYDAY)
    assert files["content/news/2021/2021-12-03-tretia.md"].decode() == CONTENT[
        "content/news/2021/2021-12-03-tretia.md"
    ].replace("Рада: третя", "Рада: третя, зміни")
    assert files["content/tasks.toml"].decode().startswith(CONTENT["content/tasks.toml"].strip())


@pytest.mark.soak
@pytest.mark.parametrize("zone", ["America/New_York"])
def test_all_forms_are_saved_or_refused(browser, tmp_path, zone):
    assert len(CASES) >= 60
    with at_work(browser, tmp_path, zone=zone) as office:
        wrong = _wrong(office, CASES, tmp_path)

    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
