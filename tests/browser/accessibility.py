"""The accessibility tests by kind of page and state, and `make accessibility`, which writes their results for the statement."""

from __future__ import annotations

import functools
import json
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hromada.console.messages import EXIT_FAILED, EXIT_OK, print_error, print_lines
from hromada.console.options import Options
from hromada.domain.accessibility import STANDARD, AccessibilityFault, AccessibilityResults
from hromada.reading.accessibility_results import ACCESSIBILITY_RESULTS, accessibility_results_text
from hromada.system.atomic_files import atomic_write
from tests import needs
from tests.browser.axe import violations
from tests.browser.test_pages import PAGES, THIN_OUT, QuietHandler, Server, make_site
from tests.chromium import launch_chromium

CHECKER = needs.ACE.parent
NAMES = {
    "home": "Головна", "news": "Новини", "messages": "Повідомлення", "messages-of-a-month": "Повідомлення за місяць",
    "month-1": "Дальша сторінка переліку", "archive": "Архів новин", "month": "Новини за місяць", "category": "Рубрика",
    "item": "Новина зі світлинами", "translation": "Переклад", "hidden": "Прихована новина", "units": "Підрозділи",
    "unit": "Підрозділ", "empty-unit": "Підрозділ без повідомлень", "page": "Звичайна сторінка", "reports": "Звіти",
    "open-report": "Звіт", "approved-report": "Затверджений звіт", "changed-report": "Звіт, змінений після затвердження",
    "former-version": "Попередня редакція звіту", "figure": "Перелік показника", "long-figure": "Довгий перелік показника",
    "list-of-a-month": "Перелік за місяць", "list-of-a-part": "Перелік частини", "photos": "Фотоархів",
    "photos-of-a-month": "Фотоархів за місяць", "list-of-photos": "Перелік світлин", "law": "Обов’язкове оприлюднення",
    "handbook": "Довідник", "chapter": "Розділ довідника", "chapter-of-codes": "Довгий розділ довідника",
    "404": "Сторінку не знайдено", "map": "Карта сайту", "english": "Сторінка англійською", "statement": "Доступність сайту",
    "events": "Події", "events-of-a-month": "Події за місяць", "event": "Подія", "cancelled-event": "Скасована подія",
    "services": "Послуги", "service": "Послуга", "service-in-english": "Послуга англійською",
    "unit-with-services": "Підрозділ із послугами", "withdrawn": "Відкликана новина", "expired": "Новина, що втратила чинність",
    "text": "Текстова версія", "alert-sheets": "Оголошення для друку", "tags": "Теги", "tag": "Тег",
    "codes-of-a-subject": "Зауваження перевірки", "figure-by-months": "Показник за місяцями",
    "components": "Усі компоненти", "search": "Пошук",
}  # fmt: skip


class State(NamedTuple):
    """A state that a page is tested in: its words for the statement, the browser's options, what is opened, the chosen view."""

    words: str
    options: dict[str, Any]
    opened: str = ""  # a selector that is clicked
    view: dict[str, str] = {}  # noqa: RUF012  # read only
    fragment: str = ""


_DESK, _PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
STATES = {
    "light": State("світле оформлення", {"viewport": _DESK}),
    "dark": State("темне оформлення", {"viewport": _DESK, "color_scheme": "dark"}),
    "narrow": State("екран завширшки 320 пікселів", {"viewport": {"width": 320, "height": 800}}),
    "zoom-200": State("збільшення 200 %", {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}),
    "zoom-400": State("збільшення 400 %", {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4}),
    "forced-colours": State("режим високої контрастності", {"viewport": _DESK, "forced_colors": "active"}),
    "menu": State("відкрите меню на телефоні", {"viewport": _PHONE}, opened=".menu-button:visible"),
    "panel": State("відкрита панель «Вигляд сторінок»", {"viewport": _PHONE}, opened="[data-view-button]"),
    "view-white": State("великий текст, чорним на білому", {"viewport": _DESK}, view={"size": "large", "colors": "white"}),
    "view-black": State(
        "найбільший текст, білим на чорному, ширші відстані", {"viewport": _PHONE},
        view={"size": "huge", "colors": "black", "spacing": "wide"},
    ),
    "view-blue": State(
        "синім на блакитному, без зображень", {"viewport": _DESK, "color_scheme": "dark"},
        view={"colors": "blue", "pictures": "none"},
    ),
    "photo": State("велика світлина", {"viewport": _DESK}, fragment="#photo-view-1"),
}  # fmt: skip
WITH_PHOTOS = ("item", "components")  # the pages that the state «photo» exists of
# Between them these have every part of the theme; they are tested in every state, the others in those of EVERYWHERE.
FULLY_TESTED = ("components", "home", "item", "unit")
EVERYWHERE = ("light", "dark", "narrow", "view-black")
_REMEMBER = "view => { if (Object.keys(view).length) localStorage.setItem('view', JSON.stringify(view)); }"
# A focused element that is off the screen, below another one, or has no outline; empty when all is well.
HIDDEN_FOCUS = """
() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (one === document.body) return '';
  const name = one.outerHTML.slice(0, 120);
  if (style.outlineStyle === 'none' && one.id !== 'main') return `без рамки: ${name}`;
  const boxes = [...one.getClientRects()].filter(part => part.width && part.height);
  const isSeen = boxes.some(part => {
    const x = Math.min(Math.max(part.x + part.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(part.y + part.height / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one) || top.closest('label')?.control === one);
  });
  return isSeen ? '' : `затулено: ${name}`;
}
"""
TARGETS = """
() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.getClientRects().length).length
"""


def states_of(kind: str) -> Iterator[str]:
    """The states that a kind of page is tested in."""
    named = STATES if kind in FULLY_TESTED else EVERYWHERE
    return (name for name in named if name != "photo" or kind in WITH_PHOTOS)


def _words(name: str) -> str:
    """A state in the statement, with the pages where it is no state of all."""
    if name in EVERYWHERE:
        return f"{STATES[name].words} (усі сторінки)"
    kinds = [NAMES[kind] for kind in FULLY_TESTED if name in states_of(kind)]
    return f"{STATES[name].words} ({', '.join(kinds)})"


def prepare(page: Any, address: str, path: str, state: State) -> None:
    """Open a page in a state, without motion: while a page scrolls smoothly, what has the focus is still below the screen."""
    page.emulate_media(reduced_motion="reduce")
    page.context.add_init_script(f"({_REMEMBER})({json.dumps(state.view)})")
    page.goto(address + path + state.fragment)
    page.wait_for_load_state("networkidle")
    if state.opened:
        page.locator(state.opened).first.click()
        page.locator(":popover-open").wait_for()


def axe_faults(page: Any, state: State) -> list[tuple[str, str, list[str]]]:
    """What axe finds: the rule, its words, the first elements. Forced colours are the reader's own: their contrast is no fault."""
    page.evaluate(THIN_OUT)
    rules = {"color-contrast": {"enabled": "forced_colors" not in state.options}}
    return [
        (rule, words, [html[:160] for html in found[:3]]) for rule, words, found in violations(page, {"rules": rules})
    ]


def checker_faults(page: Any) -> list[tuple[str, str, list[str]]]:
    """What IBM's accessibility checker calls a violation; what it only suspects is for a person to judge."""
    page.evaluate(_checker_source() + "; window.ace = ace; undefined")
    found = page.evaluate(
        "async () => (await new ace.Checker().check(document, ['WCAG_2_2'])).results"
        ".filter(one => one.value[0] === 'VIOLATION' && one.value[1] === 'FAIL')"
        ".map(one => [one.ruleId, one.message, one.snippet.slice(0, 160)])"
    )
    return [(rule, words, [snippet]) for rule, words, snippet in found]


@functools.cache
def _checker_source() -> str:
    return (CHECKER / "ace.js").read_text("utf-8")


def keyboard_faults(page: Any, most: int = 150) -> list[str]:
    """Walk a page by the Tab key: every focus must be seen and not hidden; returns what is wrong."""
    faults = []
    for _ in range(min(page.evaluate(TARGETS) + 2, most)):
        page.keyboard.press("Tab")
        faults.append(page.evaluate(HIDDEN_FOCUS))
    return sorted({fault for fault in faults if fault})


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of a folder."""
    server = Server(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def write_results(options: Options) -> int:
    """`make accessibility`: test every kind of page in every state, write content/accessibility.toml. The exit status."""
    if not needs.CHROMIUM.exists():
        print_error(f"Немає Chromium: {needs.HINTS[needs.NO_CHROMIUM]}")
        return EXIT_FAILED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_site(folder)
        with served(folder / "output") as address:
            results = _results(options, address)
    text = accessibility_results_text(results)
    atomic_write(options.root / ACCESSIBILITY_RESULTS, text.encode())
    print_lines(f"Записано {ACCESSIBILITY_RESULTS}: перевірок {results.checks}, вад {len(results.faults)}.")
    for fault in results.faults:
        print_lines(f"  {fault.page}, {fault.state}: {fault.words} ({fault.rule})")
    return EXIT_OK


def _results(options: Options, address: str) -> AccessibilityResults:
    from playwright.sync_api import sync_playwright

    programs, checks, faults = {}, 0, []
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        programs["Chromium"] = browser.version
        for kind, path in PAGES.items():
            print_lines(f"{NAMES[kind]} …")
            sys.stdout.flush()
            for name in states_of(kind):
                context = browser.new_context(**STATES[name].options)
                page = context.new_page()
                prepare(page, address, path, STATES[name])
                found = checker_faults(page) if name == "light" and CHECKER.exists() else []
                if name == "light":
                    walked = keyboard_faults(page)
                    checks += 1 + CHECKER.exists()
                    found += [("2.4.7, 2.4.11", fault, []) for fault in walked]
                found += axe_faults(page, STATES[name])
                programs["axe-core"] = page.evaluate("axe.version")
                checks += 1
                faults += [AccessibilityFault(NAMES[kind], STATES[name].words, rule, words) for rule, words, _ in found]
                context.close()
        browser.close()
    if CHECKER.exists():
        programs["IBM Accessibility Checker"] = json.loads((CHECKER / "package.json").read_text("utf-8"))["version"]
    states = [_words(name) for name in STATES]
    return AccessibilityResults(
        options.clock.day,
        STANDARD,
        tuple(f"{name} {version}" for name, version in sorted(programs.items())),
        tuple(NAMES[kind] for kind in PAGES),
        (*states, "обхід клавіатурою (усі сторінки)"),
        checks,
        tuple(dict.fromkeys(faults)),
    )
