"""The mends, in the order in which they are tried; the list MENDS is the table of contents."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hromada.autofix.broken_marks import plain_value, with_bold, with_links, with_rules
from hromada.autofix.canonical_header import with_canonical_header
from hromada.autofix.date_forms import iso_date
from hromada.autofix.lookalike_letters import with_apostrophes, with_known_key
from hromada.autofix.markdown_file import Keys, Page
from hromada.autofix.mojibake import without_mojibake
from hromada.autofix.pasted_layout import with_list_marks, without_indents
from hromada.autofix.protected_spans import outside_code
from hromada.autofix.quotes import with_ukrainian_quotes
from hromada.autofix.redirector_links import with_final_addresses, with_final_cells
from hromada.autofix.spaces import with_plain_colon, without_stray_spaces
from hromada.autofix.word_debris import without_word_debris
from hromada.domain.alphabet import to_nfc
from hromada.domain.header_fields import DATES, PROSE, TOKENS
from hromada.domain.invisible_chars import remove_stray_chars

_ROUNDS = 4  # one mend may make another's work visible; three rounds have been enough for every text tried
_MANY_LINES = 5000


def _encoded_once(page: Page, keys: Keys) -> Page:
    def key(name: str) -> str:
        better = without_mojibake(name)
        return better if better.casefold() in keys else name

    return page.with_lines(lambda line: line._replace(key=key(line.key))).with_prose(keys, without_mojibake)


def _without_invisible(page: Page, keys: Keys) -> Page:
    def key(name: str) -> str:
        clean = remove_stray_chars(name)
        return clean if clean.casefold() in keys else name

    clean = page.with_lines(lambda line: line._replace(key=key(line.key))).with_prose(keys, remove_stray_chars)
    return clean.with_values(keys, DATES | TOKENS, remove_stray_chars)


def _composed(page: Page, keys: Keys) -> Page:
    return page.with_lines(lambda line: line._replace(key=to_nfc(line.key))).with_prose(keys, to_nfc)


def _known_keys(page: Page, keys: Keys) -> Page:
    plain = page.with_lines(lambda line: with_plain_colon(line) if line.name(keys) else line)
    return plain.with_lines(lambda line: with_known_key(line, keys))


def _iso_dates(page: Page, keys: Keys) -> Page:
    return page.with_values(keys, DATES, iso_date)


def _without_word_debris(page: Page, keys: Keys) -> Page:
    return page.with_body(lambda body: outside_code(body, without_word_debris))


def _final_addresses(page: Page, keys: Keys) -> Page:
    fields = frozenset(keys.values())
    return page.with_body(lambda body: outside_code(body, with_final_addresses)).with_values(
        keys, fields, with_final_addresses
    )


def _without_indents(page: Page, keys: Keys) -> Page:
    return page.with_body(without_indents)


def _list_marks(page: Page, keys: Keys) -> Page:
    return page.with_body(with_list_marks)


def _markup(page: Page, keys: Keys) -> Page:
    return page.with_body(lambda body: outside_code(body, lambda text: with_bold(with_links(text)))).with_body(
        with_rules
    )


def _plain_values(page: Page, keys: Keys) -> Page:
    return page.with_values(keys, PROSE, plain_value)


def _plain_spaces(page: Page, keys: Keys) -> Page:
    return page.with_prose(keys, without_stray_spaces)


def _apostrophes(page: Page, keys: Keys) -> Page:
    return page.with_prose(keys, with_apostrophes)


def _quotes(page: Page, keys: Keys) -> Page:
    return page.with_prose(keys, with_ukrainian_quotes)


class Fix(NamedTuple):
    """One kind of fault: its id, what an editor calls it, how a page is brought in order."""

    id: str
    words: str
    apply: Callable[[Page, Keys], Page]


# What is wrong with the bytes is mended while they are read (encodings.py); of tables only addresses are mended beside.
BYTES: Mapping[str, str] = {"encoding": "кодування", "mark": "позначка кодування", "line-ends": "кінці рядків"}
FIXES = (
    Fix("mojibake", "подвійне кодування", _encoded_once),
    Fix("invisible", "невидимі знаки", _without_invisible),
    Fix("composed", "літери з двох знаків", _composed),
    Fix("keys", "назви полів", _known_keys),
    Fix("header", "запис заголовка", with_canonical_header),
    Fix("dates", "дати", _iso_dates),
    Fix("word", "сліди Word", _without_word_debris),
    Fix("addresses", "обгорнуті посилання", _final_addresses),
    Fix("indents", "відступи абзаців", _without_indents),
    Fix("lists", "знаки списків", _list_marks),
    Fix("markup", "розмітка", _markup),
    Fix("values", "розмітка в полях", _plain_values),
    Fix("spaces", "нерозривні пробіли", _plain_spaces),
    Fix("apostrophes", "апострофи", _apostrophes),
    Fix("quotes", "лапки", _quotes),
)


class FixedText(NamedTuple):
    """The text in order, and how many lines each mend has changed."""

    text: str
    lines: Mapping[str, int]


def apply_fixes(text: str, keys: Keys) -> FixedText:
    """Everything that has one right form in that form."""
    lines: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        before = text
        for fix in FIXES:
            better = str(fix.apply(Page.of(text), keys))
            if better != text:
                lines[fix.id] += _changed(text, better)
                text = better
        if text == before:
            break
    return FixedText(text, lines)


def apply_table_fixes(table: str) -> FixedText:
    """A register's text with the addresses of its cells in order; nothing else of it is touched."""
    better = with_final_cells(table)
    return FixedText(better, {"addresses": _changed(table, better)} if better != table else {})


def _changed(old: str, new: str) -> int:
    """How many lines differ; few mends take lines away, and comparing many equal lines takes minutes."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) == len(after):
        return sum(one != other for one, other in zip(before, after, strict=True))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > _MANY_LINES)
    return sum(max(a2 - a1, b2 - b1) for kind, a1, a2, b1, b2 in matcher.get_opcodes() if kind != "equal")
