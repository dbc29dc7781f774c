"""What is typed into a form and not saved yet is never lost in silence: dates typed in part, and what the CMS keeps of a form."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from hromada.editor.form_fields import FORMS, FormChoices, form_fields
from tests import needs
from tests.editor.office import PATIENCE, at_work
from tests.editor.scripts import mapped, script_page

pytestmark = [pytest.mark.browser, pytest.mark.long, needs.chromium]
FIRST = "content/news/2021/2021-12-01-persha.md"
REFUSED, ADVICE = "Дату введено не повністю:", "Допишіть її або очистьте поле і збережіть ще раз."
ENTRY = "entries/2021/2021-12-01-persha"


@pytest.fixture
def office(browser, tmp_path):
    with at_work(browser, tmp_path) as one:
        one.log_in()
        yield one


def type_part(office, key, keys):
    """Type into a date's box the beginning of a date, as people do who are interrupted."""
    field = office.field(key).locator("input")
    for _ in range(5):  # a form that is still being drawn takes the cursor away
        field.fill("")
        field.press_sequentially(keys)
        if field.evaluate("(field) => field.validity.badInput"):
            return field
    raise AssertionError("typed somewhere else")


def dismiss(office):
    office.page.get_by_role("button", name="OK").click()


@pytest.mark.parametrize("keys", ["01", pytest.param("0102", marks=pytest.mark.soak)])
def test_a_date_typed_in_part_is_told_at_its_field_and_refused_with_its_name(office, keys):
    office.enter("news", ENTRY)
    office.expand("more")
    field = type_part(office, "more.expires", keys)
    office.field("title").locator("input").focus()

    expect(office.field("more.expires").get_by_role("alert")).to_contain_text("Дату введено не повністю")
    office.fill("title", "Інша назва")
    assert not office.save()
    told = office.page.get_by_role("alertdialog").filter(has_text="Помилка").inner_text().split("\n")
    assert told == ["Помилка", f"{REFUSED} «Діє до». {ADVICE}", "OK"]  # no «try again later» above the reason
    dismiss(office)
    office.field("more").locator("button[aria-controls][aria-expanded]:not([aria-haspopup])").first.click()
    expect(field).to_have_count(0)  # folded away, and not forgotten
    assert not office.save()
    dismiss(office)
    office.expand("more")
    office.field("more.expires").locator("input").fill("2027-01-31")
    assert office.save()
    assert 'expires: "2027-01-31"' in office.host.repository.files()[FIRST].decode()


def test_a_time_without_a_date_is_refused_and_can_be_taken_away(office):
    office.enter("events", "new")
    office.fill("title", "Свято")
    office.fill("body", "Текст.")
    office.fill("event-date", "2027-01-10T18:00")
    field = office.field("event-end").locator("input")
    field.focus()
    for _ in range(3):
        office.page.keyboard.press("ArrowRight")
    office.page.keyboard.type("1030")
    assert not office.save()
    assert f"{REFUSED} «Кінець події»." in office.words
    dismiss(office)
    office.field("event-end").get_by_role("button", name="Очистити поле").click()
    expect(office.field("event-end").get_by_role("alert")).to_have_count(0)
    assert not field.evaluate("field => field.validity.badInput")

    assert office.save()


@pytest.mark.soak
def test_an_alerts_date_in_part_is_refused_too(office):
    office.enter("home", "entries/alerts")
    office.button("Додати оголошення").click()
    office.fill("alert.0.text", "Води не буде")
    office.fill("alert.0.until", "2027-01-15T16:00")
    type_part(office, "alert.0.from", "15")

    assert not office.save()
    assert f"{REFUSED} «Початок»." in office.words


def begin(office, text):
    """Type into the form of the first news item and break off; the CMS keeps what was typed a moment later."""
    office.enter("news", ENTRY)
    office.field("title").locator("input").click()
    office.page.keyboard.press("End")
    office.page.keyboard.type(text)
    office.page.wait_for_timeout(1_500)
    office.page.reload()
    office.page.get_by_text("Колекції").first.wait_for()


def restore(office):
    for _ in range(5):  # right after a reload the CMS drops a place, with its question, that comes before its data
        office.open("collections/news")
        office.open(f"collections/news/{ENTRY}")
        with suppress(Error):
            return office.page.get_by_role("button", name="Відновити").click(timeout=PATIENCE / 5)
    raise AssertionError("nothing was offered")


def test_what_was_kept_of_a_form_comes_back_while_the_file_is_the_same(office):
    begin(office, ", моя")
    restore(office)

    expect(office.field("title").locator("input")).to_have_value("Перша новина, моя")
    assert office.save()
    assert "title: Перша новина, моя" in office.host.repository.files()[FIRST].decode()


def test_what_was_kept_of_a_form_never_replaces_a_colleagues_newer_text(office):
    begin(office, ", моя")
    theirs = office.host.repository.files()[FIRST].decode().replace("Текст першої", "Новіший текст першої")
    office.host.repository.commit("main", "Колега", changed={FIRST: theirs.encode()}, environment=office.host.author())
    office.page.reload()
    office.page.get_by_text("Колекції").first.wait_for()
    office.open(f"collections/news/{ENTRY}")
    dialog = office.page.get_by_role("dialog", name="Тут є ваш незбережений текст")
    dialog.wait_for()

    assert "цей текст змінили" in dialog.inner_text()
    kept = dialog.get_by_label("Ваш текст").input_value()
    assert "Заголовок: Перша новина, моя\n" in kept
    assert kept.endswith("\n\nТекст першої новини.")
    office.page.keyboard.press("Escape")
    expect(dialog).to_be_visible()  # it goes only when the person has decided what becomes of the text
    with office.page.expect_download() as download:
        dialog.get_by_role("button", name="Завантажити й закрити").click()
    assert download.value.path().read_text("utf-8") == kept
    expect(dialog).to_have_count(0)
    expect(office.field("title").locator("input")).to_have_value("Перша новина")
    expect(office.field("body").locator("[contenteditable]")).to_contain_text("Новіший текст першої новини.")

    office.fill("title", "Перша новина, ще раз")
    assert office.save()
    saved = office.host.repository.files()[FIRST].decode()
    assert saved == theirs.replace("Перша новина", "Перша новина, ще раз")
    office.enter("news", ENTRY)
    office.page.wait_for_timeout(500)
    assert not office.page.locator("dialog[open]").count()


KEPT = {
    "currentValues": {
        "_default": {
            "_source": "", "title": "Зустріч", "body": "Прийшли ![люди](blob:http://a/1).", "more.tags.0": "дороги", "gallery.0.file": "blob:http://a/1",
            "gallery.0.alt": "Люди", "gallery.0.__sc_item_id": "x", "image": None, "summary": " ",
        }
    },
    "files": {"blob:http://a/1": {"file": {"name": "zala.jpg"}}},
}  # fmt: skip


def test_a_kept_text_names_the_fields_and_the_photos(browser):
    fields = [*form_fields(FORMS["news"], FormChoices())]
    with script_page(browser) as page:
        (text,) = mapped(
            page, "backups.js", "module.textOf(value.kept, value.fields)", [{"kept": KEPT, "fields": fields}]
        )

    assert (
        text
        == "Заголовок: Зустріч\nТеги 1: дороги\nГалерея 1, Файл: zala.jpg\nГалерея 1, Опис для незрячих: Люди\n\nПрийшли ![люди](zala.jpg)."
    )


def test_a_text_of_another_form_is_shown_and_goes_when_the_person_says_so(browser):
    with script_page(browser) as page:
        page.evaluate(
            """async kept => {
              const { keepBackups } = await import("/backups.js");
              keepBackups();
              const draft = { originalValues: { _default: { _source: "" } }, fields: [{ name: "title", label: "Заголовок" }] };
              const backup = { ...kept, timestamp: new Date() };
              window.isShown = globalThis.hromadaOutdated(backup, draft, false, () => {});
              window.removed = 0;
              window.isOther = globalThis.hromadaOutdated(backup, draft, true, async () => { window.removed += 1; });
            }""",
            KEPT,
        )
        dialog = page.get_by_role("dialog", name="Тут є ваш незбережений текст")

        assert page.evaluate("[isShown, isOther, removed]") == [False, True, 0]
        assert "змінилася сама форма" in dialog.inner_text()
        dialog.get_by_role("button", name="Прибрати його").click()
        expect(dialog).to_have_count(0)
        assert page.evaluate("removed") == 1
