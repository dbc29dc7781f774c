"""The header of a Markdown file, in both syntaxes, and its fields as values: every scalar is text as written (domain/front_matter)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import Struct, field

from hromada.domain.alphabet import skeleton
from hromada.domain.alphabet import slug as official_slug
from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.front_matter import (
    Bounds,
    Fault,
    Form,
    HeaderField,
    find_header,
    form_of,
    read_fields,
    split_list,
    stray_field,
)
from hromada.domain.header_fields import (
    BY_KEY,
    COMMON,
    ELSEWHERE,
    FIELDS,
    KEYS,
    LISTS,
    MULTILINE,
    UNIT_KINDS,
    YES_NO,
    FieldSpec,
    FieldType,
    names_of,
)
from hromada.domain.item import Kind, ReportDetails, UnitDetails
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.period import PERIOD_ADVICE, Period, PeriodRefused, parse_period
from hromada.domain.problem import Problem, did_you_mean, shorten, warning
from hromada.domain.service import ServiceDetails
from hromada.domain.web_address import scheme_of, web_address

# What says there whether a page is shown: the value with which it is not, and our status for that.
_HIDING: Mapping[str, tuple[bool, str]] = {
    "draft": (True, "draft"), "чернетка": (True, "чернетка"), "published": (False, "draft"), "publish": (False, "draft"), "public": (False, "hidden"), "hidden": (True, "hidden"),
    "private": (True, "hidden"), "unlisted": (True, "hidden"), "приховано": (True, "приховано"), "опубліковано": (False, "чернетка"), "listed": (False, "hidden"),
}  # fmt: skip
_TRUTHS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "так": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
    "ні": False,
}
# How a page looks and where it stands is decided here by its folder.
_NEEDLESS = frozenset({
    "layout", "template", "type", "kind", "weight", "order", "nav-order", "sidebar-position", "sidebar-label", "menu", "parent", "series", "toc", "comments", "sticky",
    "pin", "pinned", "featured", "math", "mermaid", "id", "uuid", "guid", "cascade", "outputs", "format", "post-type", "postid", "nav", "eleventynavigation",
    "eleventyexcludefromcollections", "show-date", "showtoc", "tableofcontents", "math-jax", "markup", "collection", "section", "theme", "style", "class", "css", "js", "robots", "sitemap",
    "visibility", "wordpress-id", "вид", "шаблон",
})  # fmt: skip
_MOVED = frozenset({"aliases", "alias", "redirect-from", "redirects", "old-url"})
_MOST_LINES = 5_000  # a gallery has one for each photo
_BAD_COLON = lazy_compile(r"[^\W\d_][\w -]{0,40}(?:\xa0[ \xa0]*:|:\xa0)")
_WINDOW = lazy_compile(r"window-[a-z0-9-]+")


class Field(Struct):
    """One header field: its line, its text, and its list items where it is written as a list."""

    line: int
    text: str
    items: list[str] | None = None
    item_lines: list[int] = field(default_factory=list)


class Document(Struct):
    """A Markdown file taken apart; problems of the header's syntax stand in `problems`."""

    fields: dict[str, Field] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: list[Problem] = field(default_factory=list)

    def text(self, key: str) -> str:
        found = self.fields.get(key)
        return found.text if found else ""

    def line(self, key: str) -> int:
        found = self.fields.get(key)
        return found.line if found else 1

    def lines_of_text(self, key: str) -> str:
        """A text of several lines: a block, a list of lines, or one line."""
        found = self.fields.get(key)
        if found is None:
            return ""
        lines = found.text.split("\n") if found.items is None else found.items
        return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)

    def list(self, key: str) -> list[str]:
        """A list field in any of its forms: YAML block or `[a, b]`, or separated by semicolons or commas."""
        found = self.fields.get(key)
        if found is None:
            return []
        return split_list(found.text) if found.items is None else [item for item in found.items if item]

    def lines(self, key: str) -> Iterator[tuple[int, str]]:
        """The items of a list field, each with its line."""
        found = self.fields.get(key)
        if found is None or found.items is None:
            return ((self.line(key), item) for item in self.list(key))
        return ((line, item) for line, item in zip(found.item_lines, found.items, strict=True) if item)


def parse_document(path: str, text: str, allowed: tuple[str, ...] | None) -> Document:
    """The header's fields by their canonical keys and the body; `allowed` are the keys that this kind of file has.

    None allows any key: a file of another site has keys of its own.
    """
    lines = text.split("\n")
    bounds = find_header(lines)
    document = Document(body="\n".join(lines[bounds.end + 1 :]), body_line=bounds.end + 2)
    if bounds.is_fenced and not bounds.is_closed:
        document.problems.append(
            Problem(path, bounds.start, "header-unclosed", "заголовок не закрито", "поставте рядок «---» після полів")
        )
    _read_fields(path, lines, bounds, document, allowed)
    if allowed is not None:
        _refuse_split(path, document, _SPLIT_OFF.intersection(allowed) if bounds.is_fenced else allowed)
    return document


# Below a header that was closed other words with a colon are words: «Адреса: вул. Садова, 1», «Джерело: …».
_SPLIT_OFF = frozenset({"title", "date", "status"})


def _refuse_split(path: str, document: Document, allowed: Collection[str]) -> None:
    """A field that the text begins with: a blank line has parted it from the header, and it would be printed.

    «Дата: …» begins many a text; it is a field only where the header has none yet.
    """
    found = stray_field(document.body, KEYS)
    if found and found.name in allowed and found.name not in document.fields:
        message = f"поле «{found.key}» потрапило до тексту: над ним порожній рядок"
        line = document.body_line + found.line
        document.problems.append(Problem(path, line, "header-split", message, "приберіть порожній рядок"))


def _read_fields(
    path: str, lines: list[str], bounds: Bounds, document: Document, allowed: tuple[str, ...] | None
) -> None:
    """Fields with their continuation lines: list items, and indented text joined by a space."""
    block = list(enumerate(lines[bounds.start : bounds.end], bounds.start + 1))
    if len(block) > _MOST_LINES:
        message = f"заголовок задовгий: понад {_MOST_LINES} рядків"
        advice = "закрийте його рядком «---»"
        document.problems.append(Problem(path, block[_MOST_LINES][0], "header-too-long", message, advice))
        block = block[:_MOST_LINES]
    names = COMMON if allowed is None else allowed
    fields, faults = read_fields(block, lambda word: KEYS.get(word, "") in names, is_fenced=bounds.is_fenced)
    problems = [_fault(path, fault) for fault in faults]
    for header_field in fields:
        if refusals := list(_add_field(path, header_field, document, allowed)):
            problems.extend(refusals)
        elif allowed is not None:
            problems.extend(_form_problems(path, header_field, is_fenced=bounds.is_fenced))
    document.problems.extend(sorted(problems, key=lambda problem: problem.line))


def _form_problems(path: str, header_field: HeaderField, *, is_fenced: bool) -> Iterator[Problem]:
    """A list where one value stands, which would be lost; between `---` a value that other programs read otherwise."""
    is_list = KEYS.get(header_field.key.casefold()) in LISTS | MULTILINE
    if header_field.entries and not is_list:
        message = f"поле «{header_field.key}» має одне значення, а записано перелік"
        yield Problem(path, header_field.line, "header-list", message, "напишіть значення в рядку поля")
    elif is_fenced and form_of(header_field, is_list=is_list) is Form.DIFFERENT:
        message = f"значення поля «{header_field.key}» інші програми прочитають інакше"
        yield warning(path, header_field.line, "header-yaml", message, "візьміть його в лапки або запустіть make fix")


def _add_field(
    path: str, header_field: HeaderField, document: Document, allowed: tuple[str, ...] | None
) -> Iterator[Problem]:
    """Put the field under its canonical key, or say why it can't be."""
    key = header_field.key
    word = key.casefold()
    name = KEYS.get(word, word)
    if allowed is not None and name not in allowed and not ("period" in allowed and _WINDOW.fullmatch(name)):
        words = [name for allowed_key in allowed for name in names_of(allowed_key)]
        if alike := [known for known in words if skeleton(known) == skeleton(word)]:
            yield Problem(
                path, header_field.line, "header-lookalike", f"у назві поля «{key}» змішано латинські й кириличні літери",
                f"наберіть «{alike[0]}» або запустіть make fix",
            )  # fmt: skip
            return
        advice = _meant(word, header_field.text, words) or "приберіть його або назвіть за довідником полів"
        yield Problem(path, header_field.line, "header-unknown-key", f"невідоме поле «{key}»", advice)
    elif name in document.fields:
        first = document.fields[name].line
        yield Problem(
            path, header_field.line, "header-repeated-key", f"поле «{key}» уже є в рядку {first}", "лишіть одне"
        )
    else:
        document.fields[name] = Field(header_field.line, header_field.text, header_field.items, header_field.item_lines)


def _meant(word: str, value: str, words: list[str]) -> str:
    """What of our header says what a key of another program does; empty when nothing is near."""
    plain = word.replace("_", "-").replace(" ", "-") if word.isascii() else word
    truth = _TRUTHS.get(value.casefold())
    if plain in _HIDING and truth is not None:
        when, status = _HIDING[plain]
        key = "status" if status.isascii() else "стан"
        return (
            f"напишіть «{key}: {status}»"
            if truth is when
            else "приберіть його: без поля «status» матеріал опубліковано"
        )
    if (meant := ELSEWHERE.get(word) or ELSEWHERE.get(plain, "")) in words:
        return f"напишіть «{meant}»"
    if plain in _MOVED:
        return "приберіть його, а колишні адреси впишіть до content/redirects.csv"
    if plain in _NEEDLESS:
        return "приберіть його: вигляд і місце сторінки сайт визначає за текою"
    return did_you_mean(word, words)


def _fault(path: str, fault: Fault) -> Problem:
    text = fault.text.strip()
    if fault.is_indented:
        message = f"рядок заголовка з відступом: «{text}»"
        return Problem(path, fault.line, "header-indented", message, "приберіть пробіли на початку")
    if _BAD_COLON.match(text):  # the line looks as it should
        message = f"біля двокрапки не звичайний пробіл, а нерозривний: «{shorten(text, 60)}»"
        return Problem(path, fault.line, "header-line", message, "наберіть там звичайний пробіл")
    return Problem(
        path, fault.line, "header-line", f"рядок заголовка незрозумілий: «{shorten(text, 60)}»",
        "напишіть «поле: значення», а перед текстом лишіть порожній рядок",
    )  # fmt: skip


T = TypeVar("T")
# The fields of items of any kind, of units and of services, by the attributes that hold them.
_OF_ITEMS = frozenset(spec for spec in FIELDS if spec.attribute and Kind.NEWS in spec.kinds)
_OF_UNITS = [spec for spec in FIELDS if spec.attribute and Kind.UNIT in spec.kinds and spec not in _OF_ITEMS]
_OF_SERVICES = [spec for spec in FIELDS if spec.attribute and Kind.SERVICE in spec.kinds and spec not in _OF_ITEMS]
_UNIT_FOLDER = lazy_compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class HeaderReader(Struct):
    """One file on its way to an item, with what was found wrong on it."""

    path: str
    document: Document
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, key: str, code: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(self.path, self.document.line(key), code, message, fix))

    def moment(self, key: str) -> datetime | None:
        """A date field; what is no date is refused."""
        text = self.document.text(key)
        if not text:
            return None
        try:
            return parse_moment(text)
        except DateRefused as refused:
            self.refuse(key, refused.code, str(refused), refused.fix)
            return None

    def day(self, key: str) -> date | None:
        moment = self.moment(key)
        return moment.date() if moment else None

    def url(self, key: str, schemes: Collection[str] = ("http", "https")) -> str:
        """An address of another site; what leads nowhere is refused."""
        text = self.document.text(key)
        if text and (scheme_of(text) not in schemes or not web_address(text)):
            self.refuse(key, "link-scheme", f"поле «{key}» не веде на сторінку: «{shorten(text, 60)}»",
                        "впишіть адресу з https://")  # fmt: skip
            return ""
        return text

    def values(self) -> dict[str, Any]:
        """The fields that items keep as they are read, by the items' attributes; those without one in `extra`."""
        values: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for key in self.document.fields:
            spec = BY_KEY.get(key)
            if spec is None:  # a report's own window
                continue
            if spec.attribute == "extra":
                extra[key] = self._value(spec)
            elif spec in _OF_ITEMS:
                values[spec.attribute] = self._value(spec)
        present = {key: text for key, text in extra.items() if text}
        return values | {"extra": present} if present else values

    def own_values(self, specs: Iterable[FieldSpec]) -> dict[str, Any]:
        """The fields that a unit or a service keeps, by the attributes of its details."""
        return {spec.attribute: self._value(spec) for spec in specs}

    def _value(self, spec: FieldSpec) -> Any:
        match spec.type:
            case FieldType.MOMENT:
                return self.moment(spec.key)
            case FieldType.DAY:
                return self.day(spec.key)
            case FieldType.LIST:
                return tuple(dict.fromkeys(self.document.list(spec.key)))
            case FieldType.URL:
                return self.url(spec.key)
            case FieldType.HTTPS:
                return self.url(spec.key, ("https",))
            case FieldType.LINES:
                return self.document.lines_of_text(spec.key)
            case _:
                text = self.document.text(spec.key)
                return " ".join(text.split()) if "\n" in text else text

    def word(self, key: str, known: Mapping[str, T], default: T, code: str) -> T:
        """A field that takes one of a few words, in any case."""
        text = self.document.text(key)
        if not text:
            return default
        if (found := known.get(text.casefold())) is not None:
            return found
        words = ", ".join(f"«{word}»" for word in known)
        advice = did_you_mean(text, known) or f"напишіть одне з: {words}"
        self.refuse(key, code, f"поле «{key}»: незрозуміле значення «{text}»", advice)
        return default


def read_unit_details(reader: HeaderReader, section: str, when: datetime | None) -> UnitDetails:
    """A unit page's own fields; faults are added to the reader's problems. `when` is the page's date: the unit's first day."""
    document = reader.document
    unit = section.removeprefix("units/")
    if not _UNIT_FOLDER.fullmatch(unit):
        reader.refuse(
            "",
            "unit-folder",
            f"тека «{unit}» не годиться для адреси",
            f"назвіть її «{official_slug(unit) or 'viddil'}»",
        )
    if document.text("slug"):
        reader.refuse("slug", "unit-slug", "адреса сторінки підрозділу – це назва його теки",
                       "приберіть поле; поштову адресу пишіть у полі «address»")  # fmt: skip
    details = UnitDetails(
        id=unit,
        kind=reader.word("kind", UNIT_KINDS, "unit", "unit-kind"),
        opened=when.date() if when else None,
        closed=reader.day("closed"),
        confirmed=reader.word("confirmed", YES_NO, True, "yes-or-no"),
        **reader.own_values(_OF_UNITS),
    )
    if details.opened and details.closed and details.closed < details.opened:
        reader.refuse("closed", "closed-before-opened", "сторінку закрито раніше, ніж відкрито", "виправте дати")
    return details


def read_service_details(reader: HeaderReader) -> ServiceDetails:
    """A service's own fields; faults are added to the reader's problems."""
    if not reader.document.text("unit"):
        reader.refuse("unit", "service-without-unit", "не сказано, який підрозділ надає послугу",
                       "додайте рядок «Підрозділ: …» з назвою теки в content/units")  # fmt: skip
    return ServiceDetails(
        confirmed=reader.word("confirmed", YES_NO, True, "yes-or-no"), **reader.own_values(_OF_SERVICES)
    )


def read_report_details(reader: HeaderReader, name: str) -> ReportDetails:
    """A report's own fields and text; faults are added to the reader's problems. `name` is the file's, without `.md`."""
    document = reader.document
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        reader.refuse(
            "", "report-name", f"назва файлу «{name}» не годиться для адреси", "назвіть його, наприклад, 2021-h2.md"
        )
    windows: dict[str, Period] = {}
    reasons = set()
    for key in [key for key in document.fields if key.startswith("window-")]:
        figure = key.removeprefix("window-")
        if figure.endswith("-reason"):
            reasons.add(figure.removesuffix("-reason"))
        elif window := _period(reader, key):
            windows[figure] = window
    if not document.text("period"):
        reader.refuse(
            "period",
            "period-missing",
            "немає періоду звіту",
            PERIOD_ADVICE.replace("напишіть", "додайте поле «period:»"),
        )
    period = _period(reader, "period") or parse_period("2000")
    complete = reader.word("complete", YES_NO, True, "yes-or-no")
    lines = {key.removeprefix("window-"): header_field.line for key, header_field in document.fields.items()}
    return ReportDetails(name, period, document.body, complete, windows, tuple(sorted(reasons)), lines)


def _period(reader: HeaderReader, key: str) -> Period | None:
    text = reader.document.text(key)
    if not text:
        return None
    try:
        return parse_period(text)
    except PeriodRefused as refused:
        reader.refuse(key, "period-format", str(refused), PERIOD_ADVICE)
        return None
