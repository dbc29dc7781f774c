"""The header of a Markdown file, in both syntaxes; every scalar is text as written, never a YAML type."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from hromada.domain.alphabet import skeleton
from hromada.domain.problem import Problem, did_you_mean
from hromada.domain.shortening import shortened

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "title": ("заголовок", "назва"),
    "date": ("дата",),
    "modified": ("змінено",),
    "slug": ("адреса",),
    "category": ("рубрика", "розділ"),
    "tags": ("теги",),
    "summary": ("анотація",),
    "image": ("зображення",),
    "image-alt": ("опис зображення",),
    "gallery": ("галерея",),
    "status": ("стан", "статус"),
    "lang": ("мова",),
    "event-date": ("дата події",),
    "event-end": ("кінець події",),
    "event-place": ("місце",),
    "expires": ("діє до",),
    "author": ("автор",),
    "source": ("джерело",),
}
# What other systems and people call the same: told, not taken, since a second spelling would have to be remembered.
_ELSEWHERE = {
    "категорія": "рубрика", "категория": "рубрика", "рубрики": "рубрика", "тема": "рубрика", "фото": "зображення", "світлина": "зображення",
    "картинка": "зображення", "обкладинка": "зображення", "cover": "image", "photo": "image", "picture": "image",
    "опис фото": "опис зображення", "опис світлини": "опис зображення", "alt": "image-alt", "опис": "анотація", "короткий опис": "анотація",
    "лід": "анотація", "description": "summary", "excerpt": "summary", "тег": "теги", "ключові слова": "теги", "keywords": "tags",
    "дата публікації": "дата", "опубліковано": "дата", "час": "дата", "published": "date", "оновлено": "змінено", "updated": "modified",
    "фотографії": "галерея", "світлини": "галерея", "photos": "gallery", "посилання": "джерело", "url": "slug", "permalink": "slug",
    # Hugo, Jekyll, Eleventy, Astro, Docusaurus, Ghost
    "tag": "tags", "categories": "category", "authors": "author", "writer": "author", "byline": "author", "lastmod": "modified", "last-modified-at": "modified",
    "last-modified": "modified", "date-modified": "modified", "updated-at": "modified", "modified-date": "modified", "publishdate": "date", "pubdate": "date",
    "published-at": "date", "date-published": "date", "created": "date", "created-at": "date", "expirydate": "expires", "unpublishdate": "expires",
    "expiry": "expires", "thumbnail": "image", "thumb": "image", "featured-image": "image", "featuredimage": "image", "feature-image": "image", "banner": "image",
    "hero": "image", "hero-image": "image", "header-image": "image", "cover-image": "image", "og-image": "image", "teaser": "image", "images": "gallery", "gallery-images": "gallery",
    "image-caption": "image-alt", "alt-text": "image-alt", "thumbnail-alt": "image-alt", "abstract": "summary", "subtitle": "summary", "lead": "summary",
    "lede": "summary", "intro": "summary", "language": "lang", "locale": "lang", "headline": "title", "name": "title", "slug-url": "slug", "basename": "slug",
    "source-url": "source", "original-url": "source", "canonical": "source", "canonical-url": "source", "link": "source", "location": "event-place", "venue": "event-place",
    "start": "event-date", "start-date": "event-date", "startdate": "event-date", "end": "event-end", "end-date": "event-end", "enddate": "event-end",
    "автори": "автор", "редактор": "автор", "editor": "автор", "editors": "автор", "видавець": "автор",
}  # fmt: skip
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
UNIT_KEYS = ("kind", "closed", "confirmed", "phone", "email", "address", "hours", "head")
REPORT_KEYS = ("period", "complete")
_CANONICAL = {word: key for key, words in SYNONYMS.items() for word in (key, *words)}
_KEY_LINE = re.compile(r"(?P<key>[^\W\d_][^:\n]{0,60}?)[ \t]*:(?:[ \t]+(?P<value>.*)|[ \t]*)$")
_LIST_LINE = re.compile(r"[ \t]*-(?:[ \t]+(?P<value>.*)|[ \t]*)$")
_MOST_LINES = 5_000  # a gallery has one for each photo
_WINDOW = re.compile(r"window-[a-z0-9-]+")


@dataclass(slots=True)
class Field:
    """One header field: its line, its text, and its list items where it is written as a list.

    `more` are the lines that its text goes on in, and `joint` what parts them, until the header is read.
    """

    line: int
    text: str
    items: list[str] | None = None
    more: list[str] = field(default_factory=list)
    joint: str = " "

    @property
    def whole(self) -> str:
        return self.joint.join(filter(None, (self.text, *self.more)))


@dataclass(slots=True)
class Document:
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

    def list(self, key: str) -> list[str]:
        """A list field in any of its forms: YAML block or `[a, b]`, or separated by semicolons or commas."""
        found = self.fields.get(key)
        if found is None:
            return []
        if found.items is not None:
            return [item for item in found.items if item]
        text = found.text.strip()
        if text.startswith("[") and text.endswith("]"):
            return [item for item in map(_unquoted, _split_outside_quotes(text[1:-1], ",")) if item]
        separator = ";" if ";" in text else ","
        return [item for item in (_unquoted(part) for part in text.split(separator)) if item]


def parse_document(path: str, text: str, allowed: tuple[str, ...] | None) -> Document:
    """The header's fields by their canonical keys and the body; `allowed` are the keys that this kind of file has.

    None allows any key: a file of another site has keys of its own.
    """
    lines = text.split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    document = Document()
    is_closed = start < len(lines) and lines[start].rstrip() == "---"
    if is_closed:
        _read_yaml(path, lines, start + 1, document, allowed)
    else:
        _read_plain(path, lines, start, document, allowed)
    if allowed is not None:
        document.problems.extend(_split(path, document, _SPLIT_OFF.intersection(allowed) if is_closed else allowed))
    return document


# Below a header that was closed other words with a colon are words: «Адреса: вул. Садова, 1», «Джерело: …».
_SPLIT_OFF = frozenset({"title", "date", "status"})
_ADDRESS = re.compile(r"[\w-]+")


def _split(path: str, document: Document, allowed: Collection[str]) -> Iterator[Problem]:
    """A field that the text begins with: a blank line has parted it from the header, and it would be printed.

    «Дата: …» begins many a text; it is a field only where the header has none yet. «Адреса: вул. Садова, 1» is none.
    """
    for number, line in enumerate(document.body.split("\n"), document.body_line):
        if line.strip():
            found = _KEY_LINE.match(line)
            name = _CANONICAL.get(" ".join(found["key"].casefold().split()), "") if found else ""
            is_words = name == "slug" and not _ADDRESS.fullmatch(line.partition(":")[2].strip(" \t\xa0"))
            if found and name in allowed and name not in document.fields and not is_words:
                yield Problem(
                    path, number, "header-split", f"поле «{found['key'].strip()}» потрапило до тексту: над ним порожній рядок",
                    "приберіть порожній рядок",
                )  # fmt: skip
            return


def _read_yaml(path: str, lines: list[str], start: int, document: Document, allowed: tuple[str, ...] | None) -> None:
    end = next((i for i in range(start, len(lines)) if lines[i].rstrip() in ("---", "...")), None)
    if end is None:
        document.problems.append(
            Problem(path, start, "header-unclosed", "заголовок не закрито", "поставте рядок «---» після полів")
        )
        end = len(lines)
    block = [(number + 1, lines[number]) for number in range(start, end)]
    _read_fields(path, [(n, line) for n, line in block if not line.lstrip().startswith("#")], document, allowed)
    document.body, document.body_line = "\n".join(lines[end + 1 :]), end + 2


def _read_plain(path: str, lines: list[str], start: int, document: Document, allowed: tuple[str, ...] | None) -> None:
    end = next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
    _read_fields(path, [(number + 1, lines[number]) for number in range(start, end)], document, allowed)
    document.body, document.body_line = "\n".join(lines[end + 1 :]), end + 2


def _read_fields(path: str, block: list[tuple[int, str]], document: Document, allowed: tuple[str, ...] | None) -> None:
    """Fields with their continuation lines: list items, and indented text joined by a space."""
    current: Field | None = None
    folded = ""
    if len(block) > _MOST_LINES:
        first = block[_MOST_LINES][0]
        message = f"заголовок задовгий: понад {_MOST_LINES} рядків"
        document.problems.append(Problem(path, first, "header-too-long", message, "закрийте його рядком «---»"))
        block = block[:_MOST_LINES]
    for number, line in block:
        if not line.strip():
            continue
        indented = line[0] in " \t"
        if (
            current is not None
            and (found := _LIST_LINE.match(line))
            and (indented or not (current.text or current.more))
        ):
            if current.text or current.more:
                document.problems.append(_bad_line(path, number, line))
                continue
            current.items = current.items or []
            current.items.append(_unquoted(found["value"] or ""))
        elif indented and current is not None and not _hides_key(line, folded, allowed):
            current.more.append(line.strip())
        elif indented:
            document.problems.append(_indented(path, number, line))
        elif found := _KEY_LINE.match(line):
            value = (found["value"] or "").strip()
            folded = {"|": "\n", ">": " "}.get(value[:1], "") if re.fullmatch(r"[|>][+-]?", value) else ""
            current = Field(number, "" if folded else value, joint=folded or " ")
            document.problems.extend(_place(path, found["key"], current, document, allowed))
        else:
            document.problems.append(_bad_line(path, number, line))
    for one in document.fields.values():
        one.text = _unquoted(one.whole)


def _place(path: str, key: str, one: Field, document: Document, allowed: tuple[str, ...] | None) -> Iterator[Problem]:
    """Put the field under its canonical key, or say why it can't be."""
    word = " ".join(key.casefold().split())
    name = _CANONICAL.get(word, word)
    if allowed is not None and name not in allowed and not ("period" in allowed and _WINDOW.fullmatch(name)):
        words = [*allowed, *(w for k in allowed for w in SYNONYMS.get(k, ()))]
        if alike := [known for known in words if skeleton(known) == skeleton(word)]:
            yield Problem(
                path, one.line, "header-lookalike", f"у назві поля «{key.strip()}» змішано латинські й кириличні літери",
                f"наберіть «{alike[0]}» або запустіть make fix",
            )  # fmt: skip
            return
        advice = _meant(word, one.text, words) or "приберіть його або назвіть за довідником полів"
        yield Problem(path, one.line, "header-unknown-key", f"невідоме поле «{key.strip()}»", advice)
    elif name in document.fields:
        first = document.fields[name].line
        yield Problem(
            path, one.line, "header-repeated-key", f"поле «{key.strip()}» уже є в рядку {first}", "лишіть одне"
        )
    else:
        document.fields[name] = one


def _meant(word: str, value: str, words: list[str]) -> str:
    """What of our header says what a key of another program does; empty when nothing is near."""
    plain = word.replace("_", "-").replace(" ", "-") if word.isascii() else word
    truth = _TRUTHS.get(_unquoted(value).casefold())
    if plain in _HIDING and truth is not None:
        when, status = _HIDING[plain]
        key = "status" if status.isascii() else "стан"
        return (
            f"напишіть «{key}: {status}»"
            if truth is when
            else "приберіть його: без поля «status» матеріал опубліковано"
        )
    if (meant := _ELSEWHERE.get(word) or _ELSEWHERE.get(plain, "")) in words:
        return f"напишіть «{meant}»"
    if plain in _MOVED:
        return "приберіть його, а колишні адреси впишіть до content/redirects.csv"
    if plain in _NEEDLESS:
        return "приберіть його: вигляд і місце сторінки сайт визначає за текою"
    return did_you_mean(word, words)


def _hides_key(line: str, folded: str, allowed: tuple[str, ...] | None) -> bool:
    """An indented «  date: 2021-07-05» must not be swallowed as the text of the field above."""
    found = _KEY_LINE.match(line.strip())
    return (
        not folded
        and found is not None
        and _CANONICAL.get(found["key"].casefold(), "") in (SYNONYMS if allowed is None else allowed)
    )


def _indented(path: str, number: int, line: str) -> Problem:
    return Problem(
        path,
        number,
        "header-indented",
        f"рядок заголовка з відступом: «{line.strip()}»",
        "приберіть пробіли на початку",
    )


def _bad_line(path: str, number: int, line: str) -> Problem:
    return Problem(
        path, number, "header-line", f"рядок заголовка незрозумілий: «{shortened(line.strip(), 60)}»",
        "напишіть «поле: значення», а перед текстом лишіть порожній рядок",
    )  # fmt: skip


def _unquoted(text: str) -> str:
    """Surrounding quotes are taken off when they belong to the whole value."""
    text = text.strip()
    if len(text) < 2 or text[0] not in "\"'" or text[-1] != text[0]:
        return text
    inner = text[1:-1]
    if text[0] == "'":
        return text if "'" in inner.replace("''", "") else inner.replace("''", "'")
    if '"' in re.sub(r"\\.", "", inner) or (inner.endswith("\\") and not inner.endswith("\\\\")):
        return text
    return re.sub(r'\\(["\\])', r"\1", inner)


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    parts, start, quote, is_blank = [], 0, "", True  # of the part that begins at `start`
    for at, sign in enumerate(text):
        if sign == separator and not quote:
            parts.append(text[start:at])
            start, is_blank = at + 1, True
            continue
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and is_blank:  # an apostrophe inside a word opens nothing
            quote = sign
        is_blank = is_blank and sign.isspace()
    return [*parts, text[start:]]
