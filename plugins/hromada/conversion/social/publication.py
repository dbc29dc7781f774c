"""A publication read from an export with its title, the records that are none, and the result or refusal of a reading."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.account import PostKind
from hromada.domain.calendar import Clock
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem
from hromada.domain.table_text import is_error

MAX_TITLE = 120  # characters: one line in Excel at an ordinary width
MIN_TITLE = 15  # «УВАГА!» alone says nothing: the next sentence is added
_SENTENCE_END = lazy_compile(r"(?<=[.!?…])[\"»”)]*\s+")
_ABBREVIATION = lazy_compile(r"(?:^|[\s(«\"])\w{1,3}\.$")  # «вул.», «с.», «м.», «ст.», an initial
_WORDLESS = {
    PostKind.POST: "Допис без тексту",
    PostKind.PHOTO: "Світлина без підпису",
    PostKind.VIDEO: "Відео без підпису",
    PostKind.REEL: "Рілс без підпису",
    PostKind.LIVE: "Ефір без підпису",
    PostKind.REPOST: "Репост без тексту",
    PostKind.STORY: "Сторіз без підпису",
}


def post_title(text: str, kind: PostKind) -> str:
    """One line of at most LONGEST characters; words for the kind where the post has no letters."""
    lines = [clean for line in re.split(r"[\n\r\u2028\u2029]+", text) if (clean := _plain(line))]
    parts: list[str] = []
    size, is_worded = -1, False
    for sentence in (sentence for line in lines for sentence in _sentences(line)):
        parts.append(sentence)
        size, is_worded = size + 1 + len(sentence), is_worded or _has_words(sentence)
        if size >= MIN_TITLE and is_worded:
            break
    title = " ".join(parts)
    if is_error(title):  # a register's reader would take these words for a spreadsheet's fault
        return f"«{title}»"
    return _shorten(title) if _has_words(title) else _WORDLESS[kind]


def is_wordless(title: str) -> bool:
    """Whether the title only says the kind of a publication without words: two exports may call the kind differently."""
    return title in _WORDLESS.values()


def _plain(line: str) -> str:
    """Without control and invisible characters (a zero-width joiner inside an emoji stays), with single spaces."""
    visible = "".join(
        character
        for character in line
        if character in "\t\u200d" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(visible.split())


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


_MAX_ABBREVIATION = 40  # letters: no abbreviation is longer


def _sentences(line: str) -> list[str]:
    """The line's sentences; a dot after an abbreviation or before a small letter ends none."""
    sentences: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(line):
        before, after = line[max(start, end.start() - _MAX_ABBREVIATION) : end.start()], line[end.end() : end.end() + 1]
        if before.endswith(".") and (_ABBREVIATION.search(before) or after.islower()):
            continue
        sentences.append(line[start : end.end()].strip())
        start = end.end()
    return [*sentences, line[start:]] if line[start:] else sentences


def _shorten(text: str) -> str:
    if len(text) <= MAX_TITLE:
        return text
    shortened = text[: MAX_TITLE - 1].rsplit(" ", 1)[0]  # the ellipsis takes the last place
    return shortened.rstrip(" ,;:–—-") + "…"


# By what a file's keys, else its name, contain; the first that fits.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"group_(?:posts?_)?comments|comment", "коментарі"),
    (r"reaction|like", "вподобання"),
    (r"group", "дії в групах"),
    (r"message|inbox|chat", "листування"),
    (r"event", "події"),
    (r"album", "альбоми"),
    (r"friend|follow|subscri|contact", "друзі й підписки"),
    (r"poll|vote", "опитування"),
    (r"search|visited|viewed|interest|recommend", "історія переглядів і пошуку"),
    (r"ads|advert|payment|order", "реклама й платежі"),
    (r"login|session|security|device|address|account|admin", "дані облікового запису"),
    (r"photo|video|picture|media|sticker", "переліки світлин і відео"),
    (r"place|location|check_?in", "місця"),
    (r"stor(?:y|ies)", "сторіз"),
    (r"profile|personal", "відомості профілю"),
)
GROUP_POSTS = "дописи в групах"
PROFILE_PICTURES = "оновлення світлини профілю чи обкладинки без слів"
_PICTURE_NAME = r"(?:profile|cover) (?:picture|photo|video|image)"
# Facebook's own sentence, in the account's language: «Рада updated their cover photo.», «Рада оновила світлину профілю».
_PICTURE_UPDATED = lazy_compile(
    rf"\b(?:updated|changed|added) (?:(?:his|her|their|its|the|a|new|\w+[’']s) )*{_PICTURE_NAME}"
    r"|\b(?:онов|змін|дода)\w+ (?:(?:свою|своє|нову|нове) )?(?:(?:світлину|фото|фотографію|зображення|відео) (?:профілю|обкладинки)|обкладинку|аватар)",
    re.IGNORECASE,
)
_PICTURE_TYPE = lazy_compile(
    rf"{_PICTURE_NAME}s?|(?:світлина|фото|зображення) (?:профілю|обкладинки)|обкладинка|аватар", re.IGNORECASE
)


def is_profile_update(sentence: str, type: str = "") -> bool:
    """Whether Meta's sentence or type says that the picture of the profile or its cover was changed."""
    return bool(_PICTURE_UPDATED.search(sentence) or _PICTURE_TYPE.fullmatch(type.strip()))


def is_only_sentence(text: str) -> bool:
    """Whether the text is only Meta's sentence about such a change: one line that ends with it."""
    match = _PICTURE_UPDATED.search(text)
    return bool(match and "\n" not in text.strip() and len(text.strip()) - match.end() <= 1)


def count_other_records(name: str, value: object) -> dict[str, int]:
    """Kinds of records with their numbers in a JSON file that has no publications."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".json")
    if isinstance(value, Mapping):
        counts: dict[str, int] = {}
        for key, records in value.items():
            if number := count_records(records):
                kind = kind_of_record(str(key)) or kind_of_record(stem) or f"«{key}»"
                counts[kind] = counts.get(kind, 0) + number
        return counts or {"порожні файли": 1}
    number = count_records(value)
    return {kind_of_record(stem) or f"«{stem}»": number} if number else {"порожні файли": 1}


def kind_of_record(name: str) -> str:
    """What a key or a file's name calls its records; empty for one that we don't know."""
    plain = name.casefold()
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), "")


def count_records(value: object) -> int:
    """How many records there are: a list's elements, those of the lists within an object, else one."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, Mapping):
        inner = [len(records) for records in value.values() if isinstance(records, list)]
        return sum(inner) if inner else int(bool(value))
    return int(value not in (None, ""))


class SourceFile(NamedTuple):
    """A file of an export: its name as the editor knows it, and its bytes."""

    name: str
    raw: bytes


class ExportedPost(Struct, frozen=True):
    """One publication of an export, whatever its format; `when` is local Kyiv time.

    `pages` are the names by which the export calls the account, `id` what the network calls the publication (empty
    where the export does not say), `channel` a Telegram chat's id, `numbers` its messages. `content` tells two
    publications of one second apart; `where` is the record's place in its file. `local` is the moment as the file shows it, where the
    file names no zone and one was assumed.
    """

    network: str
    when: datetime
    kind: PostKind
    text: str
    path: str
    where: str
    pages: tuple[str, ...] = ()
    url: str = ""
    id: str = ""
    channel: str = ""
    numbers: tuple[int, ...] = ()
    content: str = ""
    local: datetime | None = None


class ExportResult(Struct):
    """What an export gives: publications, `failed` records that can't be read, `skipped` ones by reason.

    Every record of the export is in exactly one of the three, so that nothing is lost silently. `owners` are the names
    of the account by network where the export has them in a file of their own. `left` are records that are no
    publications (comments, reactions …), by kind.
    """

    publications: list[ExportedPost] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    owners: dict[str, tuple[str, ...]] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)

    def add(self, other: ExportResult) -> None:
        """Take in what another file of the same export gave."""
        self.publications += other.publications
        self.failed += other.failed
        self.skipped += other.skipped
        self.left += other.left
        self.notes += [note for note in other.notes if note not in self.notes]
        for network, names in other.owners.items():
            self.owners[network] = tuple(dict.fromkeys((*self.owners.get(network, ()), *names)))
        self.formats += [name for name in other.formats if name not in self.formats]

    def exclude_future(self, clock: Clock) -> None:
        """Skip publications later than the clock: they are scheduled and may still be changed or withdrawn."""
        due = [publication for publication in self.publications if publication.when <= clock.moment]
        if later := len(self.publications) - len(due):
            self.skipped["заплановані, ще не вийшли"] += later
        self.publications = due

    def refuse(self, path: str, line: int, message: str, fix: str = "") -> None:
        """A record that can't be read; the others are."""
        self.failed.append(Problem(path, line, "import-record", message, fix))

    @property
    def records(self) -> int:
        return len(self.publications) + len(self.failed) + self.skipped.total()


class ImportRefused(Exception):
    """Nothing of the export is imported: what is wrong, and what to do."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def refusal(path: str, line: int, code: str, message: str, fix: str = "") -> ImportRefused:
    """One reason that refuses the whole export."""
    return ImportRefused([Problem(path, line, code, message, fix)])
