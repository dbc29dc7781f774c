"""An office at work: a small community's content in a bare repository, its built site, and a person in Chromium at the forms.

Every click, key chord, typed text and chosen file is one action of the person; waiting and looking are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Browser, Error, Locator, Page

from tests.browser.waiting import wait_until
from tests.editor.bare_repository import BareRepository
from tests.editor.conftest import build_site, served
from tests.editor.git_host_server import GitHostServer

PATIENCE = 60_000  # milliseconds: a busy machine is no fault of the form
UNIT = "viddil-zhkh"
CONTENT = {
    "content/news/2021/2021-12-01-persha.md": '---\ntitle: Перша новина\ndate: "2021-12-01"\ncategory: Події\n---\n\nТекст першої новини.\n',
    "content/news/2021/2021-12-02-druha.md": '---\ntitle: Друга новина\ndate: "2021-12-02 10:00"\ncategory: Освіта\n---\n\nТекст другої новини.\n',
    "content/news/2021/2021-12-03-tretia.md": '---\nЗаголовок: "Рада: третя"\nДата: 03.12.2021\nРубрика: Події\n---\n\nТекст третьої новини.\n',
    "content/news/2021/2021-12-04-chetverta.md": '---\ntitle: Четверта\ndate: "2021-12-04"\ncategory: Освіта\n---\n\nТекст четвертої новини.\n',
    f"content/units/{UNIT}/index.md": "---\ntitle: Відділ ЖКГ\nphone: 05763 1-23-45\n---\n\nВідділ дбає про будинки.\n",
    f"content/units/{UNIT}/2021-12-05-voda.md": '---\ntitle: Води не буде\ndate: "2021-12-05"\n---\n\nРемонт мережі.\n',
    "content/units/osvita/index.md": "---\ntitle: Відділ освіти\n---\n\nВідділ дбає про школи.\n",
    "content/pages/kontakty.md": "---\ntitle: Контакти\n---\n\nПлоща, 1.\n",
    "content/services/dovidka.md": f"---\ntitle: Довідка\nunit: {UNIT}\n---\n\n1. Прийдіть.\n2. Отримайте.\n",
    "content/reports/figures.toml": "",
    "content/reports/2021-h2.md": "---\ntitle: Звіт за друге півріччя\nperiod: 2021-H2\n---\n\nРозміщено [[news зн.]].\n",
    "content/tasks.toml": '# Завдання мешканців.\n\n[[task]]\ntitle = "Зв’язатися"\nlink = "/kontakty/"\n',
}  # fmt: skip


class Office:
    """The editor's page in a browser, and what arrives in the repository."""

    def __init__(self, page: Page, host: GitHostServer, address: str) -> None:
        self.page, self.host, self.address = page, host, address
        self.actions = 0

    # What a person does.

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click(timeout=PATIENCE)

    def type(self, text: str, target: Locator | None = None) -> None:
        """Typed text; without a target where the cursor is."""
        self.actions += 1
        if target is None:
            self.page.keyboard.insert_text(text)
        else:
            target.fill(text, timeout=PATIENCE)

    def press(self, chord: str) -> None:
        self.actions += 1
        self.page.keyboard.press(chord)

    def choose(self, button: Locator, files: Sequence[Path]) -> None:
        """A click that opens the dialog for files, and the files chosen there."""
        with self.page.expect_file_chooser(timeout=PATIENCE) as chooser:
            self.click(button)
        self.actions += 1
        chooser.value.set_files([str(path) for path in files])

    # Where it is done.

    def field(self, key: str) -> Locator:
        return self.page.locator(f'section[data-key-path="{key}"]')

    def button(self, name: str, inside: Locator | Page | None = None) -> Locator:
        """A button by its words, between which the CMS puts marks of direction."""
        words = "[\\s\u2068\u2069]*".join(map(re.escape, name.split()))
        return (inside or self.page).get_by_role("button", name=re.compile(f"^[^«]*{words}"))

    def log_in(self) -> None:
        self.page.goto(f"{self.address}/admin/")
        self.click(self.button("Увійти за допомогою токена"))
        self.type(self.host.token, self.page.get_by_role("textbox").first)
        self.press("Enter")
        self.page.get_by_text("Колекції").first.wait_for(timeout=PATIENCE)

    def open(self, place: str) -> None:
        """Go to a place of the CMS by its address: no action, since only tests that count none do so."""
        self.page.evaluate("place => { location.hash = `#/${place}`; }", place)

    def enter(self, collection: str, place: str) -> None:
        """Open a form from the list of its collection, to which the CMS goes back when it has saved."""
        form = self.page.locator("section[data-key-path]").first
        for _ in range(5):  # right after a reload the CMS drops a place that comes before its data
            self.open(f"collections/{collection}")
            self.page.wait_for_timeout(100)  # its router takes one place after the other
            self.open(f"collections/{collection}/{place}")
            with suppress(Error):
                return form.wait_for(timeout=PATIENCE / 5)
        raise AssertionError(f"{collection}/{place} did not open")

    def fill(self, key: str, value: object) -> None:
        """Enter a value into a field as its kind asks for it."""
        field = self.field(key)
        match field.get_attribute("data-field-type", timeout=PATIENCE):
            case "select":
                self._select(field, str(value))
            case "markdown":
                self._write(field, str(value))
            case "list" if isinstance(value, list):
                for number, item in enumerate(value):
                    if number:
                        self.click(field.locator("button").last)
                    self.type(item, field.locator("input").nth(number))
            case "text":
                self.type(str(value), field.locator("textarea"))
            case _:
                self.type(str(value), field.locator("input").first)

    def _select(self, field: Locator, label: str) -> None:
        radio = field.get_by_role("radio", name=label, exact=True)
        if radio.count():
            self.click(radio)
            return
        self.click(field.get_by_role("combobox"))
        self.click(self.page.get_by_role("option", name=label, exact=True))

    def _write(self, field: Locator, text: str) -> None:
        shown, written = field.locator("[contenteditable]"), field.locator("textarea")
        if written.is_visible():
            self.type(text, written)
            return
        self.click(shown)
        self.type(text)

    def paste(self, key: str, html: str, text: str) -> None:
        """Paste from an office program: HTML and its plain text."""
        self.click(self.field(key).locator("[contenteditable]"))
        self.actions += 1
        self.page.evaluate(
            """([html, text]) => {
              const data = new DataTransfer();
              data.setData("text/html", html);
              data.setData("text/plain", text);
              document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            }""",
            [html, text],
        )

    def add_photos(self, files: Sequence[Path]) -> None:
        self.choose(self.button("Додати кілька фото"), files)
        self.page.get_by_text("Опишіть кожне фото").wait_for(timeout=PATIENCE)

    def expand(self, key: str) -> None:
        toggle = self.field(key).locator("button[aria-controls][aria-expanded]:not([aria-haspopup])").first
        if toggle.get_attribute("aria-expanded") == "false":
            self.click(toggle)

    def save(self) -> bool:
        """Press «Зберегти»; whether the form has gone, which it does when the repository has everything."""
        before = self.host.repository.resolve("main")
        self.click(self.button("Зберегти"))
        wait_until(
            self.page,
            """() => !document.querySelector('section[data-key-path]') || document.querySelector('[aria-invalid=true]')
              || [...document.querySelectorAll('dialog, [role=alertdialog]')].some(one => one.open && one.textContent.trim())""",
            timeout=PATIENCE / 1_000,
        )
        return self.host.repository.resolve("main") != before

    @property
    def words(self) -> str:
        """What the form says about its fields, and dialogs that are open."""
        texts = self.page.locator(
            "dialog[open], [role=alertdialog], .validation, [role=alert], .error"
        ).all_inner_texts()
        return " ".join(texts)


@contextmanager
def at_work(
    browser: Browser, folder: Path, *, zone: str = "Europe/Kyiv", backend: str = "gitea",
    more: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Office]:  # fmt: skip
    """An office whose person has opened nothing yet; `more` are further files."""
    files = {name: text.encode() for name, text in (CONTENT | more).items()}
    host = GitHostServer(BareRepository.holding(folder / "sait.git", files))
    with served(build_site(folder / "site", host, backend)) as address:
        context = browser.new_context(timezone_id=zone, viewport={"width": 1280, "height": 3500})
        page = context.new_page()
        page.set_default_timeout(PATIENCE)  # the tall window shows every field: the CMS draws those alone that are seen
        try:
            yield Office(page, host, address)
        finally:
            context.close()
            host.close()
