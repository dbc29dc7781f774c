"""The fixes in the order in which they are applied (FIXES): canonical headers, redirectors; the diff and summary of changes."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from hromada.autofix.encodings import repair_mojibake
from hromada.autofix.markdown_file import Keys, Page, outside_code, with_known_key, with_plain_colon
from hromada.autofix.paste_cleanup import (
    plain_value,
    remove_indents,
    remove_stray_spaces,
    remove_word_debris,
    repair_bold,
    repair_links,
    replace_bullets,
    separate_rules,
)
from hromada.autofix.typography import replace_apostrophes, replace_quotes
from hromada.domain.alphabet import to_nfc
from hromada.domain.calendar import DateRefused, to_iso
from hromada.domain.front_matter import (
    FENCE,
    HeaderField,
    canonical_lines,
    loose_line,
    read_fields,
    stray_field,
    with_fields,
)
from hromada.domain.header_fields import DATES, LISTS, MULTILINE, PROSE, TOKENS
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import NOUNS
from hromada.domain.pasted_text import remove_stray_chars
from hromada.domain.private_address import find_address_fault
from hromada.domain.web_address import resolve_redirects

_WINDOW = lazy_compile(r"window-[a-z0-9-]+")


def with_canonical_header(page: Page, keys: Keys) -> Page:
    """The page between fences, each value written as we write it; a header with a line that nobody understands stays."""
    fields, faults = read_fields(enumerate(page.header), lambda word: word in keys, is_fenced=page.is_fenced)
    names = [_name(field, keys) for field in fields]
    is_doubtful = faults or not fields or len(set(names)) < len(names)
    if is_doubtful or not (page.is_fenced or _is_whole(page, names, keys)):
        return page
    rows = {row for field in fields for row in field.rows}
    lines = [line if number in rows else loose_line(line) for number, line in enumerate(page.header)]
    header = tuple(with_fields(lines, fields, lambda field: _rewritten(field, _name(field, keys))))
    if page.is_fenced:
        return replace(page, before=(FENCE,), header=header, closing=(FENCE,))
    # The blank line that closed the header stands below the fence now.
    body = "" if page.body is None else f"\n{page.body}"
    return replace(page, before=(FENCE,), header=header, closing=(FENCE,), body=body)


def _is_whole(page: Page, names: list[str], keys: Keys) -> bool:
    """Whether this is a header without a fence and all of it: words with a colon are none, nor is one half of a header."""
    stray = stray_field(page.body or "", keys)
    is_split = stray is not None and stray.name not in names
    return "title" in names and "" not in names and not is_split


def _name(field: HeaderField, keys: Keys) -> str:
    word = field.key.casefold()
    return keys.get(word, word if _WINDOW.fullmatch(word) else "")


def _rewritten(field: HeaderField, name: str) -> list[str] | None:
    """The field as we write it; as it stands where nobody knows it, and where a list stands that may be none."""
    is_list = name in LISTS or (name in MULTILINE and bool(field.entries))
    return canonical_lines(field, is_list=is_list) if name and (is_list or not field.entries) else None


_ADDRESS = lazy_compile(r"https?://[^\s<>()\[\]\"'«»|\\]+(?<![.,;:!?*_~])", re.IGNORECASE)
_SEPARATORS = ";,\t"


def resolve_redirectors(text: str) -> str:
    """Replace each redirector address by its target; one followed by a bracket stays, it may be cut in half."""
    return _ADDRESS.sub(_resolve, text) if "://" in text else text


def _resolve(match: re.Match[str]) -> str:
    address = match[0]
    if "?" not in address and "/s/" not in address and "/amp/" not in address and "/c/" not in address:
        return address
    if match.string[match.end() : match.end() + 1] in ("(", "["):
        return address
    final = resolve_redirects(address.replace("&amp;", "&"))
    return final if final and not find_address_fault(final) else address


def resolve_redirectors_in_cells(table: str) -> str:
    """The same in the cells of a CSV table: quotes, separators and all other cells stay as they are."""
    if "://" not in table:
        return table
    separator = _separator(table)
    return _cell_pattern(separator).sub(lambda cell: _fix_cell(cell, separator), table)


def _separator(table: str) -> str:
    """The separator of the first line that has one."""
    for line in table.split("\n", 20)[:20]:
        counts = {separator: line.count(separator) for separator in _SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda separator: counts[separator])
    return ";"


@lru_cache(maxsize=3)
def _cell_pattern(separator: str) -> re.Pattern[str]:
    """Pattern of a cell: in quotes, up to the last of them, or bare, up to the separator."""
    return re.compile(
        rf'(?:\A|(?<=[{separator}\n]))(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<bare>[^{separator}"\n]*))(?=[{separator}\n]|\Z)'
    )


def _fix_cell(cell: re.Match[str], separator: str) -> str:
    if "://" not in cell[0]:
        return cell[0]
    fixed = resolve_redirectors(cell[0])
    if cell["quoted"] is not None or cell[0] == fixed:
        return fixed
    # A bare cell can't hold the separator: percent-encoded it means the same in an address.
    return fixed.replace(separator, f"%{ord(separator):02X}")


_DATE_TIME = r"(?:(?:T|,?\s+|,?\s+об?\s+)(?P<time>\d{1,2}:\d{2}(?::\d{2})?))?"
_YEAR_WORD = r"(?:\s*(?:р\.|р|року))?"
# Forms that editors write and the reader refuses: 5.7.2021, 05.07.2021 р., 2021-7-5, 2021.07.05, 05.07.2021 о 14:30.
_LOOSE_DATES = tuple(
    lazy_compile(rf"\s*{form}{_DATE_TIME}\s*", re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_YEAR_WORD}",
    )
)


def iso_date(value: str) -> str:
    """«05.07.2021 9:30» → «2021-07-05 09:30»; anything else or ambiguous stays: 05/07/2021, 12.03.21."""
    try:
        return to_iso(_readable_form(value))
    except DateRefused:
        return value


def _readable_form(value: str) -> str:
    """One of the loose forms rewritten so that the reader takes it."""
    match = next((match for form in _LOOSE_DATES if (match := form.fullmatch(value.replace("\u00a0", " ")))), None)
    if match is None:
        return value
    day = f"{match['year']}-{match['month']:>02}-{match['day']:>02}"
    return f"{day} {match['time']}" if match["time"] else day


_ROUNDS = 4  # one fix may expose a fault for another; three rounds were enough for every text tried
_MANY_LINES = 5000


def _encoded_once(page: Page, keys: Keys) -> Page:
    def key(name: str) -> str:
        better = repair_mojibake(name)
        return better if better.casefold() in keys else name

    return page.with_lines(lambda line: line._replace(key=key(line.key))).with_prose(keys, repair_mojibake)


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
    return page.with_body(lambda body: outside_code(body, remove_word_debris))


def _final_addresses(page: Page, keys: Keys) -> Page:
    fields = frozenset(keys.values())
    return page.with_body(lambda body: outside_code(body, resolve_redirectors)).with_values(
        keys, fields, resolve_redirectors
    )


def _without_indents(page: Page, keys: Keys) -> Page:
    return page.with_body(remove_indents)


def _list_marks(page: Page, keys: Keys) -> Page:
    return page.with_body(replace_bullets)


def _markup(page: Page, keys: Keys) -> Page:
    return page.with_body(lambda body: outside_code(body, lambda text: repair_bold(repair_links(text)))).with_body(
        separate_rules
    )


def _plain_values(page: Page, keys: Keys) -> Page:
    return page.with_values(keys, PROSE, plain_value)


def _plain_spaces(page: Page, keys: Keys) -> Page:
    return page.with_prose(keys, remove_stray_spaces)


def _apostrophes(page: Page, keys: Keys) -> Page:
    return page.with_prose(keys, replace_apostrophes)


def _quotes(page: Page, keys: Keys) -> Page:
    return page.with_prose(keys, replace_quotes)


class Fix(NamedTuple):
    """One kind of fault: its id, its title for the editor, and the function that fixes a page."""

    id: str
    title: str
    apply: Callable[[Page, Keys], Page]


# Faults of bytes are fixed while they are decoded (encodings.py); in tables, only addresses are fixed besides.
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
    """The fixed text, and how many lines each fix changed, by its id."""

    text: str
    lines: Mapping[str, int]


def apply_fixes(text: str, keys: Keys) -> FixedText:
    """Apply all fixes until nothing changes, at most _ROUNDS times."""
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
    """A register's text with redirector addresses in its cells resolved; nothing else is changed."""
    better = resolve_redirectors_in_cells(table)
    return FixedText(better, {"addresses": _changed(table, better)} if better != table else {})


def _changed(old: str, new: str) -> int:
    """How many lines differ. Few fixes change the number of lines; a diff of many equal lines takes minutes."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) == len(after):
        return sum(old_line != new_line for old_line, new_line in zip(before, after, strict=True))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > _MANY_LINES)
    return sum(max(a2 - a1, b2 - b1) for kind, a1, a2, b1, b2 in matcher.get_opcodes() if kind != "equal")


FIX_TITLES: Mapping[str, str] = {**BYTES, **{fix.id: fix.title for fix in FIXES}}


def unified_diff(path: str, old: str, new: str) -> list[str]:
    """The lines of a unified diff; none when only the bytes change."""
    return list(difflib.unified_diff(old.split("\n"), new.split("\n"), f"a/{path}", f"b/{path}", lineterm=""))


def summarise_fixes(lines: Mapping[str, int]) -> str:
    """«кодування, апострофи – 2 рядки, лапки – 1 рядок», in the order of the fixes."""
    return ", ".join(
        title + (f" – {NOUNS['рядок'].counted(lines[id])}" if lines[id] else "")
        for id, title in FIX_TITLES.items()
        if id in lines
    )
