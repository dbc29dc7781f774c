"""What a person does in the CMS, step by step, in a real browser; every request of the page is noted."""

from pathlib import Path
from urllib.parse import urlsplit


class Cms:
    """The editor in a page of its own, as somebody opens it for the first time."""

    def __init__(self, browser, site, locale="en-US", **how) -> None:
        self.site, self.context = site, browser.new_context(locale=locale, **how)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.addresses: list[str] = []  # of every request, also those that a policy has stopped
        self.told: set[str] = set()  # the hosts that got a token
        self.said: list[str] = []  # errors and warnings of the console
        self.page.on("request", self._note)
        self.page.on(
            "console", lambda one: self.said.append(f"{one.type}: {one.text}") if one.type != "debug" else None
        )
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def _note(self, request) -> None:
        self.addresses.append(request.url)
        if "authorization" in request.headers:
            self.told.add(urlsplit(request.url).netloc)

    def close(self) -> None:
        self.context.close()

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked for anything."""
        return {urlsplit(address).netloc for address in self.addresses if address.startswith(("http:", "https:", "ws"))}

    def sign_in(self) -> None:
        self.page.goto(self.site.editor)
        self.page.get_by_role("button", name="Увійти за допомогою токена").click()
        self.page.locator("input").last.fill(self.site.host.token)
        self.page.get_by_role("button", name="Увійти", exact=True).last.click()
        self.page.get_by_role("button", name="Створити новий запис").wait_for()

    def new(self, collection: str) -> None:
        self.page.evaluate(f"location.hash = '#/collections/{collection}/new'")
        self.field("title").wait_for()

    def field(self, key: str):
        return self.page.locator(f"[data-key-path='{key}']").first

    def fill(self, key: str, text: str) -> None:
        self.field(key).locator("input, textarea").first.fill(text)

    def write(self, key: str, text: str) -> None:
        self.field(key).locator("[contenteditable=true]").fill(text)

    def begin_picture(self) -> None:
        """The lead picture is a group of file, description, caption and credit, which an item need not have."""
        self.field("image").get_by_role("checkbox").click()
        # The CMS draws those fields alone that are seen.
        self.field("image").evaluate("field => field.scrollIntoView({block: 'start'})")
        self.field("image.file").wait_for()

    def choose(self, key: str, *photos: Path) -> None:
        """Choose files for a field in its dialog, which shows what it has taken."""
        self.field(key).get_by_role("button", name="Огляд").click()
        dialog = self.page.locator("dialog[open], [role=dialog]").last
        with self.page.expect_file_chooser() as chooser:
            dialog.get_by_role("button", name="Завантажити").first.click()
        chooser.value.set_files([str(photo) for photo in photos])

    def insert(self, key: str) -> None:
        """Take what is chosen in the dialog into the field, and wait until its copy is made."""
        dialog = self.page.locator("dialog[open], [role=dialog]").last
        dialog.get_by_text("Не збережено").first.wait_for()
        dialog.get_by_role("button", name="Вставити", exact=True).click()
        self.field(key).locator(".preview img").first.wait_for()

    def save(self) -> None:
        """Save, and wait until the host has the commit."""
        before = self.site.host.repository.resolve("main")
        self.page.get_by_role("button", name="Зберегти").first.click()
        for _ in range(150):
            if self.site.host.repository.resolve("main") != before:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"nothing was saved: {self.page.inner_text('body')[-1000:]}")
