"""One page of each kind in Debian's Chromium: axe, keyboard, narrow screens, high contrast, no foreign requests."""

import functools
import http.server
import subprocess
import threading

import html5lib
import pytest

from hromada.commands import dispatch as commands
from hromada.console.options import Options
from hromada.demo.recipe import Volumes, archive
from tests import needs
from tests.browser.axe import violations
from tests.conftest import ROOT, cache_in
from tests.shared import quietly_built
from tests.system.clones import git

pytestmark = [pytest.mark.browser, needs.chromium]
PAGES = {
    "home": "/",
    "news": "/news/",
    "messages": "/messages/",
    "messages-of-a-month": "/messages/2021/12/",
    "month-1": "/news/2021/05/page/1/",
    "archive": "/news/archive/",
    "month": "/news/2021/08/",
    "category": "/news/category/osvita/",
    "item": "/news/zrazok-zi-svitlynamy-2021-08-24/",
    "translation": "/en/news/zrazok-z-perekladom-2021-05-05/",
    "hidden": "/news/zrazok-prykhovanoho-2021-09-02/",
    "units": "/units/",
    "unit": "/units/bezrukivskyi-okruh/",
    "empty-unit": "/units/zrazok-20/",
    "unit-with-services": "/units/vykonavchyi-komitet/",
    "services": "/services/",
    "service": "/services/reiestratsiia-mistsia-prozhyvannia/",
    "service-in-english": "/en/services/reiestratsiia-mistsia-prozhyvannia/",
    "page": "/pro-hromadu/",
    "reports": "/reports/",
    "open-report": "/reports/2021-q4/",
    "approved-report": "/reports/2021-q3/",
    "changed-report": "/reports/2021-h2/",
    "former-version": "/reports/2021-h2/versions/1/",
    "figure": "/reports/2021-h2/unit-messages/",
    "long-figure": "/reports/2021-h2/news/",
    "list-of-a-month": "/reports/2021-h2/news/months/2021-08/",
    "list-of-a-part": "/reports/2021-h2/social-main/parts/rada/",
    "photos": "/photos/",
    "photos-of-a-month": "/photos/2021/08/",
    "figure-by-months": "/reports/2021-h2/social/",
    "withdrawn": "/news/zrazok-vidklykanoho-2021-08-20/",
    "expired": "/news/zrazok-mynuloho-2021-12-20/",
    "tags": "/tags/",
    "tag": "/tags/zrazok/",
    "list-of-photos": "/reports/2021-h2/photos/",
    "events": "/events/",
    "events-of-a-month": "/events/2022-01/",
    "event": "/news/zrazok-trenuvan-2022-01-06/",
    "cancelled-event": "/news/zrazok-kontsertu-2022-01-07/",
    "law": "/opryliudnennia/",
    "handbook": "/dovidnyk-redaktora/",
    "chapter": "/dovidnyk-redaktora/novyna/",
    "chapter-of-codes": "/dovidnyk-redaktora/zauvazhennia/",
    "codes-of-a-subject": "/dovidnyk-redaktora/zauvazhennia/daty-y-podii/",
    "text": "/text/",
    "alert-sheets": "/text/oholoshennia/",
    "search": "/search/",
    "404": "/404.html",
    "map": "/karta-saitu/",
    "english": "/en/",
    "statement": "/dostupnist/",
    "components": "/komponenty/",
}
WITHDRAWN = """title: Зразок відкликаного
date: 2021-08-20
withdrawn: зразок причини
withdrawn-date: 2021-09-01

Текст, якого вже немає.
"""
EXPIRED = """title: Зразок минулого
date: 2021-12-20
expires: 2021-12-31
tags: зразок, вода
related:
  - 2021-08-24-zrazok-zi-svitlynamy.md
  - /units/bezrukivskyi-okruh/

Телефон диспетчера: (05763) 0-00-15.
"""
EXPIRING = """title: Зразок того, що минає
date: 2022-01-14
expires: 2022-01-20
tags: зразок

Текст новини.
"""
PHOTO = """title: Зразок зі світлинами
date: 2021-08-24
image: foto.jpg
image-alt: Синя пляма
gallery: foto.jpg | Перша пляма; ../../images/druha.png | Друга пляма

## Підзаголовок

Текст із [документом](/files/plan.csv) і світлиною ![Синя пляма](foto.jpg)

<iframe src="https://www.youtube.com/embed/AbC_12345-x" title="Зразок відео"></iframe>

| Що | Скільки |
|---|--:|
| Книжок | 5 |
"""
LAW = """structure = ["/units/", "pages/pro-hromadu.md"]
finances = "https://budzhet.example/hromada"
acts = "pages/nema.md"
reports = "/reports/"
request-reports = "pages/zapyty.md"
[partly]
structure = "положень про підрозділи"
[not-ours]
meeting-videos = "рада не збирається"
"""


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256  # the default of 5 drops a browser's parallel requests
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A browser closes connections as it likes."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def built(shared):
    """A small demo archive with one item that has photos, built for the root of a host."""
    return shared.folder("pages", make_site) / "output"


def make_site(folder):
    """Build the sample pages in a folder: `content/` and `output/`."""
    from PIL import Image

    content = folder / "content"
    for name, data in archive(Volumes(60, 20, 12, 90, 15, 6)):
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for number in range(1, 46):  # a list of two pages
        text = f"title: Травнева новина {number}\ndate: 2021-05-{number // 2 + 1:02d}\n\nТекст новини {number}.\n"
        (content / f"news/2021/travneva-{number}.md").write_text(text, "utf-8")
    (content / "news/2021/2021-08-24-zrazok-zi-svitlynamy.md").write_text(PHOTO, "utf-8")
    (content / "news/2021/2021-08-20-zrazok-vidklykanoho.md").write_text(WITHDRAWN, "utf-8")
    (content / "news/2021/2021-12-20-zrazok-mynuloho.md").write_text(EXPIRED, "utf-8")
    (content / "news/2021/2022-01-14-zrazok-stroku.md").write_text(EXPIRING, "utf-8")
    (content / "law.toml").write_text(LAW, "utf-8")
    (content / "pages/zapyty.md").write_text(f"title: Запити\nmodified: 2020-01-31\n\n{'Слова. ' * 20}\n", "utf-8")
    (content / "images").mkdir()
    (content / "files").mkdir()
    (content / "files/plan.csv").write_text("a;b\n", "utf-8")
    Image.new("RGB", (1600, 1000), "#204080").save(content / "news/2021/foto.jpg")
    Image.new("RGB", (700, 500), "#208040").save(content / "images/druha.png")
    places = {"CONTENT": str(content), "OUTPUT": str(folder / "output"), "CACHE": str(cache_in(folder))}
    options = Options.from_environment(ROOT, {"TODAY": "2022-01-15"} | places).with_changes(components=True)
    _approve(folder, options)
    quietly_built(options)


def _approve(folder, options):
    """A quarter that is approved, and a half-year that was approved, amended and has changed since."""
    signed = options.with_changes(by="начальник відділу, Ім’я ПРІЗВИЩЕ", on="2022-01-15", number="12/01-05")
    git(folder, "init", "-q")
    _commit(folder)
    assert commands.approve(signed.with_changes(period="2021-H2")) == 0
    items = sorted((options.content / "units").glob("*/2021-1*.md"))
    items[0].unlink()
    _commit(folder)
    amended = signed.with_changes(period="2021-H2", number="12/01-06", note="уточнення: вилучено повтор")
    assert commands.amend(amended) == 0
    _commit(folder)
    assert commands.approve(signed.with_changes(period="2021-Q3", number="12/01-07")) == 0
    items[1].unlink()


def _commit(folder):
    git(folder, "add", "-A", "content")
    git(folder, "commit", "-qm", "Зміни")


@pytest.fixture(scope="session")
def address(built):
    server = Server(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(browser, address):
    """A page in a fresh context; a request to another host or an error in the console fails the test."""
    contexts, strange = [], []

    def open_(path, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.on("request", lambda request: strange.append(request.url) if address not in request.url else None)
        page = context.new_page()
        page.on("console", lambda message: strange.append(message.text) if message.type == "error" else None)
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert strange == []


# Of siblings that are built alike (items of a list, rows, sections of the handbook) axe finds in the last what it finds
# in the first ones: the longest page takes a tenth of the time without them.
THIN_OUT = """
() => {
  const shape = one => one.tagName + '.' + one.className + '(' + [...one.children].map(shape).join() + ')';
  for (const parent of document.querySelectorAll('main, main *')) {
    const seen = new Map();
    for (const one of [...parent.children]) {
      const kind = shape(one), times = (seen.get(kind) || 0) + 1;
      seen.set(kind, times);
      if (times > 4 && !/^H[1-6]$/.test(one.tagName)) one.remove();
    }
  }
}
"""


# Further pages of a template, made of the same parts as the page that is tried always: `make soak` tries them.
FURTHER = frozenset(
    [
        "month-1",
        "category",
        "messages-of-a-month",
        "list-of-a-month",
        "list-of-a-part",
        "list-of-photos",
        "photos-of-a-month",
        "long-figure",
        "former-version",
        "hidden",
        "empty-unit",
        "service-in-english",
        "cancelled-event",
        "expired",
        "chapter-of-codes",
        "open-report",
        "month",
    ]
)
KINDS = [pytest.param(kind, marks=pytest.mark.soak) if kind in FURTHER else kind for kind in PAGES]


def test_the_further_pages_are_known():
    assert PAGES.keys() >= FURTHER


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(open_page, kind):
    """In light colours by all rules, then the same elements in dark ones by those of colours."""
    page = open_page(PAGES[kind], color_scheme="light", viewport={"width": 1280, "height": 900})
    page.evaluate(THIN_OUT)
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found += violations(page, {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}})

    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways(open_page, kind):
    page = open_page(PAGES[kind], viewport={"width": 1280, "height": 800})
    wide = []
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide += [width] if page.evaluate("document.documentElement.scrollWidth") > width else []

    assert wide == []


def test_the_keyboard_reaches_every_link_and_shows_where_it_is(open_page):
    page = open_page(PAGES["changed-report"], viewport={"width": 360, "height": 800})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Перейти до змісту"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    links = page.evaluate(  # what a closed table holds is reached when it is opened
        "[...document.querySelectorAll('main a, main summary, main [tabindex=\"0\"]')]"
        ".filter(one => one.checkVisibility()).length"
    )
    reached = set()
    for _ in range(links):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.outerHTML.slice(0, 200) + e.offsetTop, s.outlineStyle]; })()"
        )
        reached.add(seen[0])
        assert seen[1] != "none"

    assert len(reached) >= links * 0.95


@pytest.mark.parametrize("kind", ["home", "changed-report", "unit", "404"])
def test_menu_links_are_large_enough_for_a_thumb(open_page, kind):
    page = open_page(PAGES[kind], viewport={"width": 360, "height": 800})
    page.get_by_role("button", name="Меню").click()
    sizes = page.evaluate("[...document.querySelectorAll('.menu__link')].map(e => e.getBoundingClientRect().height)")

    assert sizes
    assert min(sizes) >= 44


def test_high_contrast_keeps_the_bars(open_page):
    page = open_page(PAGES["changed-report"], forced_colors="active")

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.locator(".bar-chart__bar").count() > 0


def test_high_contrast_underlines_the_current_entry_of_the_menu_alone(open_page):
    page = open_page(PAGES["services"], forced_colors="active", viewport={"width": 1280, "height": 800})
    current, *others = page.evaluate(
        """() => [...document.querySelectorAll('.menu__link')]
        .sort((one, other) => other.hasAttribute('aria-current') - one.hasAttribute('aria-current'))
        .map(e => [e.hasAttribute('aria-current'), getComputedStyle(e).borderBottomColor])"""
    )
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert current[0]
    assert current[1] != paper
    assert {tuple(one) for one in others} == {(False, paper)}


@pytest.mark.parametrize(
    ("kind", "part"), [("unit", ".contacts"), ("service", ".service-place"), ("home", ".report-line")]
)
@pytest.mark.parametrize("state", ["contrast", "paper"])
def test_what_a_background_sets_apart_has_a_border_without_it(open_page, kind, part, state):
    page = open_page(PAGES[kind], forced_colors="active" if state == "contrast" else "none")
    page.emulate_media(media="print" if state == "paper" else "screen")

    assert page.locator(part).evaluate("e => getComputedStyle(e).borderLeftStyle") == "solid"


def test_high_contrast_shows_which_day_is_today(open_page, address):
    page = open_page("/404.html", forced_colors="active", viewport={"width": 1280, "height": 800})
    page.clock.install(time="2022-01-20T10:00:00+02:00")
    page.goto(address + PAGES["events"])
    widths = page.evaluate("[...document.querySelectorAll('.month-grid__cell')].filter(e => e.firstElementChild).map("
                           "e => [e.hasAttribute('aria-current'), parseInt(getComputedStyle(e.firstElementChild).borderLeftWidth)])")  # fmt: skip

    assert sorted({tuple(one) for one in widths}) == [(False, 1), (True, 3)]


CLICKED = (".menu", ".search-box", ".breadcrumbs", ".share", ".section-head__link", ".map-link", ".alert__close", ".actions",
           "[data-open-state]", ".event-box__link", "#y2022")  # fmt: skip


@pytest.mark.parametrize("kind", ["home", "item", "unit-with-services", "service", "events", "event"])
def test_paper_has_nothing_that_is_there_to_be_clicked_and_says_nothing_of_this_minute(open_page, kind):
    page = open_page(PAGES[kind], viewport={"width": 1280, "height": 800})
    page.wait_for_load_state("networkidle")
    on_screen = [part for part in CLICKED if page.locator(f"{part} >> visible=true").count()]
    page.emulate_media(media="print")

    assert len(on_screen) >= 3
    assert [part for part in on_screen if page.locator(f"{part} >> visible=true").count()] == []


def test_on_a_phone_sharing_comes_after_the_photos(open_page):
    page = open_page(PAGES["item"], viewport={"width": 360, "height": 740})
    tops = [page.locator(part).bounding_box()["y"] for part in (".article__wide", ".article__gallery", ".share")]

    assert tops == sorted(tops)


def test_zoomed_text_stays_inside(open_page):
    page = open_page(PAGES["changed-report"], viewport={"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("width", [320, 360, 640])
def test_the_rows_of_registers_fit_a_phone_and_each_number_has_its_words(open_page, width):
    page = open_page(PAGES["changed-report"], viewport={"width": width, "height": 800})
    table = page.locator(".report-tables__registers")
    words = table.locator("td").evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")

    assert table.evaluate("e => e.parentElement.scrollWidth <= e.parentElement.clientWidth")
    assert sorted(set(words)) == ['"Враховано"', '"Заплановано"', '"Окремо"', '"Поза періодом"', '"Рядків"']


@pytest.mark.parametrize("width", [320, 360, 640])
def test_the_comparison_fits_a_phone_and_names_the_period_of_every_number(open_page, width):
    page = open_page(PAGES["changed-report"], viewport={"width": width, "height": 800})
    table = page.locator(".comparison")
    labels = table.locator("[data-of]").evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")

    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert labels
    assert all("півріччя" in label for label in labels)


def test_a_phone_reads_the_report_in_a_few_screens(open_page):
    """Long lists are closed until they are asked for; every number keeps its link."""
    page = open_page(PAGES["changed-report"], viewport={"width": 360, "height": 740})
    number = page.locator(".count-table__number a").first

    assert page.evaluate("document.documentElement.scrollHeight") < 14 * 740
    assert not number.is_visible()
    for button in page.locator(".fold__words").all():
        button.click()
    assert number.is_visible()
    page.evaluate(THIN_OUT)
    assert violations(page) == []


@pytest.mark.parametrize(
    ("media", "width"), [("screen", 736), ("screen", 1280), ("print", 660)]
)  # the last: a sheet of A4
def test_what_a_phone_keeps_closed_stands_open_where_there_is_room(open_page, media, width):
    page = open_page(PAGES["changed-report"], viewport={"width": width, "height": 900})
    page.emulate_media(media=media)

    bodies = page.locator(".fold__body:not(:has(.file-list))").all()  # files are there to be clicked: not on paper
    assert len(bodies) >= 6
    assert page.locator(".fold__words >> visible=true").count() == 0
    assert all(body.is_visible() for body in bodies)
    assert page.locator(".count-table__number >> visible=true").count() > 20


def test_tables_of_a_report_have_one_width(open_page):
    page = open_page(PAGES["changed-report"], viewport={"width": 1280, "height": 900})
    widths = page.locator("main table >> visible=true").evaluate_all("all => all.map(e => e.offsetWidth)")

    assert len(widths) >= 5
    assert set(widths) == {46 * 16}


def test_a_figure_in_a_text_breaks_over_lines(open_page):
    page = open_page(PAGES["changed-report"], viewport={"width": 1280, "height": 800})
    link = page.locator(".figure-link").first

    assert link.evaluate("e => getComputedStyle(e).whiteSpace") == "normal"


def test_a_charts_values_are_read_out(open_page):
    page = open_page(PAGES["changed-report"])

    assert "липень –" in page.locator("svg.bar-chart desc").first.text_content()


def test_a_page_weighs_little(built):
    sizes = {path.relative_to(built).as_posix(): path.stat().st_size for path in built.rglob("*") if path.is_file()}
    css = {name.split("/")[-1].partition(".")[0]: size for name, size in sizes.items() if name.endswith(".css")}

    assert css["site"] < 60_000  # 11 KB by gzip: what every page loads
    assert css["special"] < 29_000
    assert sizes["index.html"] < 32_500
    assert sizes["news/travneva-1-2021-05-01/index.html"] < 10_000  # its text is one line: the frame of every item
    assert sizes["news/zrazok-zi-svitlynamy-2021-08-24/index.html"] < 15_000
    assert sizes["units/bezrukivskyi-okruh/index.html"] < 15_500
    assert sum(size for name, size in sizes.items() if name.endswith(".woff2")) < 45_000


def test_every_page_is_wellformed_html(built):
    parser = html5lib.HTMLParser(strict=True)
    for page in sorted(built.rglob("*.html")):
        parser.parse(page.read_bytes())


@needs.java
@needs.validator
def test_the_validator_finds_nothing(built):
    options = ["--skip-non-html", "--also-check-css", "--errors-only", "--stdout", "--format", "gnu"]
    # What Java's second compiler wins in so short a run is less than it costs; the validator needs a large stack.
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]
    command = [*java, "-jar", needs.VALIDATOR, *options, built]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.stdout.replace(str(built), ""), done.returncode) == ("", 0)


def test_no_metadata_of_a_photo_is_published(site):
    from PIL import Image

    image = Image.new("RGB", (300, 200), "red")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRETCAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    site.content.joinpath("news").mkdir(parents=True)
    image.save(site.content / "news/x.jpg", exif=exif, comment=b"SECRETPLACE")
    site.write("news/x.md", "title: x\ndate: 2021-07-05\n\n![опис](x.jpg) і [фото](x.jpg)\n")
    assert site.html()[0] == 0
    copies = (path for path in site.output.rglob("*") if path.suffix in (".webp", ".jpg"))
    published = sorted(copies, key=lambda path: path.suffix)

    assert [path.suffix for path in published] == [".jpg", ".jpg", ".webp"]  # the site's card, that of the section
    for path in published:
        assert b"SECRET" not in path.read_bytes()
        with Image.open(path) as copy:
            assert (dict(copy.getexif()), copy.info.get("icc_profile"), copy.info.get("comment")) == ({}, None, None)
            assert copy.size == (200, 300) or path.suffix == ".jpg"
