"""The benchmark's news: the same items for our site, for plain Pelican and for Hugo, the same bytes every time.

An item has about 250 Ukrainian words, a date of 2012-2021, one of 12 categories, two tags, a list, a link to an
earlier item and one to another site. Twenty unit pages stand beside them.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

TOOLS = ("hromada", "hugo", "pelican")
_SKELETONS = Path(__file__).resolve().parent / "skeletons"
_SEED = 20210101
_FIRST, LAST = datetime(2012, 1, 2, 8, 0), datetime(2021, 12, 30)
_UNITS = 20
_WORDS = """громада рада рішення виконавчий комітет сесія депутат бюджет проєкт школа лікарня дорога ремонт
мешканці село селище центр послуга адміністративний заява громадянин земля ділянка питання засідання голова
відділ освіта культура спорт молодь дитина садок бібліотека музей свято концерт захід подія допомога підтримка
програма розвиток інфраструктура вода опалення тариф будинок двір парк сквер озеленення благоустрій сміття
екологія безпека поліція рятувальник пожежа медицина вакцинація амбулаторія пенсіонер ветеран субсидія податок
підприємець бізнес інвестиція конкурс тендер закупівля договір звіт робота вакансія зайнятість транспорт автобус
маршрут розклад зупинка міст вулиця освітлення мережа інтернет цифровий портал електронний звернення документ
перелік оголошення запрошення зустріч обговорення слухання статут регламент порядок денний протокол постанова
важливий новий спільний місцевий обласний районний державний щорічний відкритий активний сучасний якісний
безкоштовний соціальний культурний історичний народний весняний осінній зимовий літній успішний почесний
відбувся розпочалася завершено провели отримали передали відкрили запрошує повідомляє інформує планує затвердила
розглянули ухвалили підписали організували взяли участь привітав подякував наголосив зазначив розповів нагадав
також разом сьогодні завтра вчора цього тижня протягом року під час біля для після перед згідно відповідно
щодо про від до на у в з із за та і але або що який яка які де коли тому крім понад близько кожен усі""".split()  # noqa: SIM905  # two hundred words are read as a text
_CATEGORIES = (
    "Оголошення", "Освіта", "Культура", "Медицина", "Бюджет", "Спорт", "Сесії ради", "Благоустрій", "Соцзахист",
    "Безпека", "Події", "ЦНАП",
)  # fmt: skip
_TAGS = (
    "бюджет участі", "сесія", "ремонт доріг", "дитсадок", "школа", "конкурс", "вакансії", "ЦНАП", "субсидії",
    "молодь", "спорт", "фестиваль", "екологія", "вода", "транспорт", "ветерани", "медицина", "безпека", "земля",
    "тендер", "звіт", "графік", "свято", "бібліотека", "музей", "проєкт", "грант", "освітлення", "сміття", "парк",
)  # fmt: skip
LINK = re.compile(r"LINK(\d+)LINK")


@dataclass(frozen=True, slots=True)
class News:
    """One item before it is written down for a tool; LINK00042LINK in the body is a link to item 42."""

    slug: str
    title: str
    when: datetime
    category: str
    tags: tuple[str, str]
    body: str


def write_corpus(tool: str, size: int, folder: Path) -> None:
    """Make the site of `tool` with so many items anew in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    if (_SKELETONS / tool).is_dir():
        shutil.copytree(_SKELETONS / tool, folder)
    for number in range(size):
        write(folder / place_of(number, size), text_of(tool, news(number, size), size))
    for number in range(1, _UNITS + 1):
        place, text = _unit(tool, number)
        write(folder / place, text)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def moment_of(number: int, size: int) -> datetime:
    """All over the ten years, to the minute."""
    seconds = int((LAST - _FIRST).total_seconds() * number / size)
    return _FIRST + timedelta(seconds=seconds // 60 * 60)


def slug_of(number: int) -> str:
    return f"n{number:05d}"


def place_of(number: int, size: int) -> str:
    """An item's file, named alike for every tool."""
    return f"content/news/{moment_of(number, size).year}/{slug_of(number)}.md"


def news(number: int, size: int) -> News:
    """The order of the calls is a part of the corpus: another one would be other items."""
    dice = random.Random(_SEED * 1000003 + number)
    when, slug = moment_of(number, size), slug_of(number)
    title = _sentence(dice, 5, 10).rstrip(".!?").replace(",", "")
    category = dice.choice(_CATEGORIES)
    first, second = dice.sample(_TAGS, 2)
    other = dice.randrange(max(0, number - 300), number) if number else min(1, size - 1)
    opening = _paragraph(dice, 45)
    words = _paragraph(dice, 40).split(" ")
    strong = dice.randrange(3, len(words) - 3)
    words[strong] = f"**{words[strong]}**"
    paragraphs = [
        opening,
        " ".join(words),
        f"{_paragraph(dice, 30)} Детальніше читайте [{_sentence(dice, 3, 5).rstrip('.!?')}](LINK{other:05d}LINK).",
        "## " + _sentence(dice, 3, 6).rstrip(".!?"),
        "\n".join("- " + _sentence(dice, 4, 9) for _ in range(5)),
        _paragraph(dice, 50),
        f"{_paragraph(dice, 20)} Джерело: [портал](https://example.org/{when:%Y}/{slug}).",
    ]
    return News(slug, title, when, category, (first, second), "\n\n".join(paragraphs))


def text_of(tool: str, item: News, size: int) -> str:
    """The item's file as `tool` reads it."""
    body = LINK.sub(lambda match: _LINKS[tool](int(match[1]), size), item.body) + "\n"
    first, second = item.tags
    if tool == "hugo":
        return (
            f'---\ntitle: "{item.title}"\ndate: {item.when:%Y-%m-%dT%H:%M:00+02:00}\ncategories: ["{item.category}"]\n'
            f'tags: ["{first}", "{second}"]\nslug: {item.slug}\n---\n\n{body}'
        )
    return (
        f"Title: {item.title}\nDate: {item.when:%Y-%m-%d %H:%M}\nCategory: {item.category}\n"
        f"Tags: {first}, {second}\nSlug: {item.slug}\n\n{body}"
    )


_LINKS: dict[str, Callable[[int, int], str]] = {
    "hromada": lambda number, size: f"../{moment_of(number, size).year}/{slug_of(number)}.md",
    "hugo": lambda number, size: f"/news/{moment_of(number, size).year}/{slug_of(number)}.html",
    "pelican": lambda number, size: f"{{filename}}/news/{moment_of(number, size).year}/{slug_of(number)}.md",
}


def _unit(tool: str, number: int) -> tuple[str, str]:
    dice = random.Random(_SEED + number)
    title, slug = f"Підрозділ {number:02d}", f"unit-{number:02d}"
    body = "\n\n".join(_paragraph(dice, 60) for _ in range(4)) + "\n"
    if tool == "hugo":
        return f"content/units/{slug}.md", f'---\ntitle: "{title}"\nslug: {slug}\n---\n\n{body}'
    if tool == "pelican":
        return f"content/pages/{slug}.md", f"Title: {title}\nSlug: {slug}\n\n{body}"
    return f"content/units/{slug}/index.md", f"Title: {title}\n\n{body}"


def _sentence(dice: random.Random, least: int = 8, most: int = 18) -> str:
    words = [dice.choice(_WORDS) for _ in range(dice.randint(least, most))]
    if dice.random() < 0.4:
        words[dice.randrange(1, len(words))] += ","
    if dice.random() < 0.25:
        place = dice.randrange(1, len(words))
        words[place] = str(dice.randint(2, 2500))
    words[0] = words[0].capitalize()
    return " ".join(words) + dice.choice(["."] * 8 + ["!", "?"])


def _paragraph(dice: random.Random, words: int) -> str:
    sentences: list[str] = []
    while sum(sentence.count(" ") + 1 for sentence in sentences) < words:
        sentences.append(_sentence(dice))
    return " ".join(sentences)
