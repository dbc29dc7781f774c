"""The script that names new files gives the names that `make new` gives."""

import random
import unicodedata
from datetime import date

import pytest

from hromada.domain.alphabet import slug
from hromada.scaffolding.new_file import DraftKind, DraftRefused, draft_path
from tests import needs
from tests.editor.scripts import mapped, script_page

pytestmark = [pytest.mark.browser, needs.chromium]
_WORDS = [
    "Рада",
    "зустріч",
    "із",
    "мешканцями",
    "Згурівка",
    "розгляд",
    "щастя",
    "Юрій",
    "Їжак",
    "в’їзд",
    "об'єкт",
    "Знамʼянка",
    "Ґалаґан",
    "Європа",
    "моє",
    "Київ",
    "подвірʼя",
    "Солоний",
    "Яр",
    "Ёлка",
    "объезд",
    "Łódź",
    "straße",
    "Ærø",
    "Ελλάδα",
    "C++",
    "2-га",
    "№12",
    "№№3",
    "1,5",
    "10,000",
    "&amp;",
    "&#39;",
    "&quot;",
    "🎉",
    "👩\u200d👩\u200d👧",
    "–",
    "—",
    "…",
    "€",
    "₴",
    "½",
    "²",
    "™",
    "«лапки»",
    "„лапки“",
    '"q"',
    "'q'",
    "`x´",
    "#теґ",
    "@",
    "[а]",
    "(б)",
    "-",
    "--",
    "/",
    "\\",
    "|",
    ":",
    ";",
    "!",
    "?",
    "%",
    "*",
    "_",
    "\xad",
    "\u200b",
    "́",
    "\xa0",
    "ЗГОРІВ",
    "зг",
    "ЗгЗг",
    "ь",
    "Ь",
    "йй",
    "яя",
    "ßẞ",
    "İı",
    "ﬁ",
]
_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯёыэъ'’ʼ`´‘ -–—.,:;!?«»\"№0123456789abcXYZéñüłßøçšžčřÀŽ🎉€&#%"


def _titles():
    chance = random.Random(20261130)
    yield from _WORDS
    for _ in range(2_500):
        yield " ".join(chance.choices(_WORDS, k=chance.randint(1, 12)))
        yield "".join(chance.choices(_ALPHABET, k=chance.randint(1, 90)))
    for _ in range(500):
        yield unicodedata.normalize("NFD", " ".join(chance.choices(_WORDS, k=5)))


def test_slugs_and_names_of_many_titles_are_those_of_python(browser):
    titles = list(_titles())
    with script_page(browser) as page:
        slugs = mapped(page, "transliteration.js", "module.slug(value, window.tables.slug)", titles)
        names = mapped(page, "transliteration.js", "module.nameOf(value, window.tables.slug)", titles)

    wrong = [(title, got, slug(title)) for title, got in zip(titles, slugs, strict=True) if got != slug(title)]
    assert not wrong, wrong[:10]
    day = date(2021, 7, 5)
    paths = [f"content/news/2021/{day}-{name}.md" for name in names]
    differing = [
        (title, path)
        for title, path in zip(titles, paths, strict=True)
        if path != draft_path(DraftKind.NEWS, title, day)
    ]
    assert not differing, differing[:10]


def test_a_name_that_windows_keeps_for_itself_gets_a_number(browser):
    with script_page(browser) as page:
        (name,) = mapped(page, "transliteration.js", "module.nameOf(value, window.tables.slug)", ["Con"])

    assert name == "con-1"
    with pytest.raises(DraftRefused):
        draft_path(DraftKind.PAGE, "Con", date(2021, 7, 5))
