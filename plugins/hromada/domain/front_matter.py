"""The header of a Markdown file as lines: where it stands, how its fields are read, how a field is written.

The fields are a subset of YAML in which every scalar is text. What is written here is read as the same strings by this
module, by a YAML 1.1 parser (PyYAML's BaseLoader) and by a YAML 1.2 core parser: whatever one of them would take for a
number, a truth, a date or nothing, or would cut or refuse, stands in quotes (docs/decisions/0023).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.lazy_regex import lazy_compile

FENCE = "---"
_CLOSING = (FENCE, "...")
_KEY_LINE = lazy_compile(r"(?P<key>[^\W\d_][^:\n]{0,60}?)[ \t]*:(?:(?P<gap>[ \t]+)(?P<value>.*)|[ \t]*)$")
_ITEM_LINE = lazy_compile(r"(?P<indent>[ \t]*)-(?:(?P<gap>[ \t]+)(?P<value>.*)|[ \t]*)$")
_SLUG = lazy_compile(r"[\w-]+")
_INDICATOR = lazy_compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])")
# What no text of ours may hold (reading/text_decoding refuses it), so that an escape can't bring it in: controls, halves of a pair.
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff"
# Besides, YAML's versions disagree about further controls, line separators and the byte order mark.
_DISPUTED = "\x80-\x9f\u2028\u2029\ufeff"
_UNFIT = lazy_compile(f"[{_FORBIDDEN}{_DISPUTED}]")
_SUBSTITUTED = lazy_compile(f"[{_FORBIDDEN}]+")
_ESCAPED = lazy_compile(f'[\\\\"\n\t{_DISPUTED}]')
_TEXT = rf"(?:[^:#\t\n{_FORBIDDEN}{_DISPUTED}]|:(?![ \t]|\Z)|(?<![ \t])#)"
_PLAIN = lazy_compile(rf"(?![-?:,\[\]{{}}#&*!|>'\"%@` ]){_TEXT}++(?<![ \t])")
_PLAIN_TO_OTHERS = lazy_compile(rf"(?![,\[\]{{}}#&*!|>'\"%@` ])(?![-?:](?:[ \t]|\Z)){_TEXT}++(?<![ \t])")
_TYPED = lazy_compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.(?:inf|nan)|[-+.0-9][0-9 _.,:+\-eox0-9a-ftz]*", re.IGNORECASE
)
_DOUBLE = lazy_compile(r'"(?P<inner>(?:[^"\\]|\\.)*+)"', re.DOTALL)
_SINGLE = lazy_compile(r"'(?P<inner>(?:[^']|'')*+)'", re.DOTALL)
_ESCAPE = lazy_compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<sign>.))", re.DOTALL
)
_NAMED_ESCAPES = {
    '"': '"', "\\": "\\", "/": "/", " ": " ", "t": "\t", "\t": "\t", "n": "\n", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_WRITTEN_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_FLOW_ITEM = (
    rf" *+(?:\"[^\"\\\t\n{_FORBIDDEN}{_DISPUTED}]*+\"|'[^'\t\n{_FORBIDDEN}{_DISPUTED}]*+'"
    rf"|(?![-&*!|>%@`'\"#])(?:[^:?#,\[\]{{}}\t\n{_FORBIDDEN}{_DISPUTED}]|(?<! )#)++) *+"
)
_FLOW = lazy_compile(rf"\[ *+(?:{_FLOW_ITEM}(?:,{_FLOW_ITEM})*+(?:, *+)?+)?+\]")


class Form(IntEnum):
    """How a field stands: as we write it, otherwise but the same to all, or something else to other YAML readers."""

    CANONICAL = 0
    SAME = 1
    DIFFERENT = 2


class Bounds(NamedTuple):
    """Where a header stands among the lines of a text."""

    start: int  # of its first field
    end: int  # of the line that closes it; the number of lines where none does
    is_fenced: bool
    is_closed: bool


def find_header(lines: Sequence[str]) -> Bounds:
    """Between `---` lines, or without them from the first line that is not blank up to a blank one."""
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    is_fenced = start < len(lines) and lines[start].rstrip() == FENCE
    start += is_fenced
    for index in range(start, len(lines)):
        line = lines[index]
        if line.startswith(_CLOSING) and line.rstrip() in _CLOSING if is_fenced else not line.strip():
            return Bounds(start, index, is_fenced, is_closed=True)
    return Bounds(start, len(lines), is_fenced, is_closed=False)


class _Scalar(Struct):
    """A value as it is written: what stands in the key's or the item's line, and the lines that it goes on in."""

    first: str
    base: int = 0  # the column that its further lines must be behind
    more: list[str] = field(default_factory=list)
    is_parted: bool = False  # a comment stands between its lines
    _has_comment: bool = False
    quote: str = ""  # the one that is still open
    is_block: bool = False
    line: int = 0  # where it begins

    @classmethod
    def begun(cls, text: str, base: int = 0, line: int = 0) -> _Scalar:
        scalar = cls(text.strip(" "), base, line=line)
        if text[:1] in ("|", ">"):
            scalar.is_block = _INDICATOR.fullmatch(text.strip()) is not None
        elif text[:1] in ("'", '"'):
            scalar.quote = text[0]
            scalar._follow(text[1:])
        return scalar

    def _follow(self, line: str) -> None:
        """Forget the quote when the line closes it."""
        bare = re.sub(r"\\.", "", line) if self.quote == '"' else line
        if bare.count(self.quote) % 2:
            self.quote = ""

    def takes(self, line: str, is_name: Callable[[str], bool]) -> bool:
        """Whether the line is a part of a block, or of open quotes, whatever stands in it."""
        return not line.strip() or (_indent(line) > self.base and (self.is_block or not _hides_field(line, is_name)))

    def add(self, line: str) -> None:
        self.more.append(line)
        self.is_parted = self.is_parted or self._has_comment
        if self.quote:
            self._follow(line)

    def comment(self) -> None:
        """A comment stands below; it parts the value where this goes on."""
        self._has_comment = True

    @property
    def lines(self) -> list[str]:
        """The further lines without the blank ones at the end."""
        count = len(self.more)
        while count and not self.more[count - 1].strip():
            count -= 1
        return self.more[:count]

    @property
    def text(self) -> str:
        if not self.more:
            return "" if self.is_block else unquoted(self.first)
        if self.is_block:
            text = _block_text(self)
            return (_meant_block(self) if text is None else text).strip()
        return unquoted(_folded(self.first, self.lines))


class HeaderField(Struct):
    """A field as it is written: the line it begins in, its key, its lines by number, its value or its list's items."""

    line: int
    key: str
    scalar: _Scalar
    is_plain: bool  # one space between the key's words, spaces alone between the colon and the value
    rows: list[int]
    entries: list[_Scalar] = field(default_factory=list)
    is_level: bool = True  # all items have one indent, of spaces

    @property
    def text(self) -> str:
        return self.scalar.text

    @property
    def items(self) -> list[str] | None:
        return [entry.text for entry in self.entries] if self.entries else None

    @property
    def item_lines(self) -> list[int]:
        """The lines of the items."""
        return [entry.line for entry in self.entries]

    @property
    def last(self) -> _Scalar:
        return self.entries[-1] if self.entries else self.scalar

    @property
    def has_text(self) -> bool:
        return bool(self.scalar.first or self.scalar.more)


class Fault(NamedTuple):
    """A line that belongs to no field."""

    line: int
    text: str
    is_indented: bool


def read_fields(
    block: Iterable[tuple[int, str]], is_name: Callable[[str], bool], *, is_fenced: bool
) -> tuple[list[HeaderField], list[Fault]]:
    """The fields of a header's numbered lines; `is_name` tells a key in small letters that must not be swallowed."""
    fields: list[HeaderField] = []
    faults: list[Fault] = []
    current: HeaderField | None = None
    for number, line in block:
        last = current.last if current else None
        if current and last and (last.is_block or last.quote) and last.takes(line, is_name):
            last.add(line)
            current.rows.append(number)
        elif not line.strip():
            if last and (last.first or last.more):
                last.more.append("")
        elif is_fenced and line.lstrip()[0] == "#":
            if last:
                last.comment()
        elif started := _started(number, line):
            fields.append(current := started)
        elif current is None or not _continued(current, number, line, is_name):
            faults.append(Fault(number, line, line[0] in " \t" and not (current and _ITEM_LINE.match(line))))
    return fields, faults


def _started(number: int, line: str) -> HeaderField | None:
    found = None if line[0] in " \t-" else _KEY_LINE.match(line)
    if found is None:
        return None
    written, gap, value = found.groups()
    key = " ".join(written.split())
    return HeaderField(number, key, _Scalar.begun(value or ""), key == written and "\t" not in (gap or ""), [number])


def _continued(current: HeaderField, number: int, line: str, is_name: Callable[[str], bool]) -> bool:
    """Whether the line goes on with the field: an item of its list, or indented text."""
    is_indented = line[0] in " \t"
    found = _ITEM_LINE.match(line) if is_indented or not current.has_text else None
    if found:
        if current.has_text:
            return False
        indent = found["indent"]
        is_first_indent = not current.entries or len(indent) == current.entries[0].base
        current.is_level = current.is_level and is_first_indent and "\t" not in indent + (found["gap"] or "")
        current.entries.append(_Scalar.begun(found["value"] or "", len(indent), number))
    elif not is_indented or _hides_field(line, is_name):
        return False
    else:
        current.last.add(line)
    current.rows.append(number)
    return True


def _hides_field(line: str, is_name: Callable[[str], bool]) -> bool:
    """An indented «  date: 2021-07-05» must not be swallowed as the text of the field above."""
    found = _started(0, line.strip())
    return found is not None and is_name(found.key.casefold())


class StrayField(NamedTuple):
    """A field below the header: its line in the text, from 0, its key as it stands, the field's own name."""

    line: int
    key: str
    name: str


def stray_field(body: str, names: Mapping[str, str]) -> StrayField | None:
    """The field that the text begins with: a blank line has parted it from the header.

    `names` are the fields' own names by their keys in small letters. «Адреса: вул. Садова, 1» is no field.
    """
    start = len(body) - len(body.lstrip())
    first = body.rfind("\n", 0, start) + 1
    end = body.find("\n", start)
    found = (
        _started(body.count("\n", 0, first), body[first : end if end >= 0 else len(body)])
        if start < len(body)
        else None
    )
    name = names.get(found.key.casefold(), "") if found else ""
    is_words = found and name == "slug" and not _SLUG.fullmatch(found.text)
    return StrayField(found.line, found.key, name) if found and name and not is_words else None


def unquoted(text: str) -> str:
    """The value without the quotes that surround the whole of it, its escapes read; otherwise as it is written."""
    text = text.strip()
    if not text or text[0] not in "\"'":
        return text
    if found := _SINGLE.fullmatch(text):
        return found["inner"].replace("''", "'")
    if found := _DOUBLE.fullmatch(text):
        return _ESCAPE.sub(_sign, found["inner"]) if "\\" in text else found["inner"]
    return text


def _sign(found: re.Match[str]) -> str:
    """The sign that an escape stands for; the escape itself where it is none, or stands for what no text may hold."""
    if found["sign"]:
        return _NAMED_ESCAPES.get(found["sign"], found[0])
    number = int(found["x"] or found["u"] or found["U"], 16)
    sign = chr(number) if number <= 0x10FFFF else ""
    return found[0] if not sign or _SUBSTITUTED.match(sign) else sign


def is_quoted(text: str) -> bool:
    """Whether other readers of YAML take these quotes off too, and read all escapes."""
    if _UNFIT.search(text):
        return False
    if _SINGLE.fullmatch(text):
        return True
    found = _DOUBLE.fullmatch(text)
    return found is not None and all(_sign(match) != match[0] for match in _ESCAPE.finditer(found["inner"]))


# Character references of pasted text. Named here, since «Rock&Roll; музика» has two entries and the editor's script, which
# divides lists by the same rule (a test compares), has no table of all names.
_REFERENCE = lazy_compile(
    "&(?:amp|lt|gt|quot|apos|nbsp|shy|[lr]aquo|[lrb]dquo|[lr]squo|sbquo|[nm]dash|hellip|bull|middot|sect|deg|times|euro|copy|reg|trade"
    "|#[0-9]{1,7}|#[Xx][0-9A-Fa-f]{1,6});"
)
_BETWEEN_SEMICOLONS = lazy_compile(rf"(?:{_REFERENCE.pattern}|[^;])+")


def split_list(text: str) -> list[str]:
    """A list on one line: YAML's `[a, b]`, or separated by semicolons, else by commas.

    The semicolon at the end of a character reference («&laquo;») separates nothing.
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [item for item in map(unquoted, _split_outside_quotes(text[1:-1], ",")) if item]
    has_semicolon = ";" in _REFERENCE.sub("", text)
    parts = _BETWEEN_SEMICOLONS.findall(text) if has_semicolon else text.split(",")
    return [item for item in map(unquoted, parts) if item]


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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _folded(first: str, more: Iterable[str]) -> str:
    """Lines of a plain or quoted value as one: a line's end is a space, blank lines are line ends."""
    parts, blanks = [first.rstrip(" \t")], 0
    for line in more:
        line = line.strip(" \t")
        if not line:
            blanks += 1
            continue
        if first.startswith('"') and _ends_escaped(parts[-1]):
            parts[-1] = parts[-1][:-1]
            parts.append("\n" * blanks)
        else:
            parts.append("\n" * blanks or " ")
        parts.append(line)
        blanks = 0
    return "".join(parts)


def _ends_escaped(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _block_text(scalar: _Scalar) -> str | None:
    """The text of a block after `|` or `>` as YAML reads it, but for what ends it; None where YAML refuses it."""
    lines = scalar.lines
    digit = "".join(sign for sign in scalar.first if sign.isdigit())
    shown = next((line for line in lines if line.strip(" ")), "")
    indent = scalar.base + int(digit) if digit else len(shown) - len(shown.lstrip(" "))
    if indent <= scalar.base or any(line[:indent].strip(" ") for line in lines):
        return None
    parts, breaks, before = [""], 0, ""
    for line in (line[indent:] for line in lines):
        if not line:
            breaks += 1
            continue
        if scalar.first[0] == ">" and before and before[0] not in " \t" and line[0] not in " \t":
            parts.append("\n" * breaks or " ")
        else:
            parts.append("\n" * (breaks + bool(before)))
        parts.append(line)
        before, breaks = line, 0
    return "".join(parts)


def _meant_block(scalar: _Scalar) -> str:
    """A block that YAML refuses, as it was meant."""
    lines = [line.strip() for line in scalar.lines]
    return "\n".join(lines) if scalar.first[0] == "|" else " ".join(filter(None, lines))


def form_of(header_field: HeaderField, *, is_list: bool) -> Form:
    """How the field stands; `is_list` says that its value is a list."""
    if not header_field.is_plain:
        return Form.DIFFERENT
    if header_field.entries:
        forms = [_form(entry) for entry in header_field.entries]
        return max(Form.CANONICAL if header_field.is_level else Form.DIFFERENT, *forms)
    return (
        _form_of_flow(header_field.scalar)
        if is_list and header_field.scalar.first.startswith("[")
        else _form(header_field.scalar)
    )


def _form_of_flow(scalar: _Scalar) -> Form:
    whole = _folded(scalar.first, scalar.lines)
    if not _FLOW.fullmatch(whole) or _is_ragged(scalar):
        return Form.DIFFERENT
    is_typed = any(_TYPED.fullmatch(part.strip()) for part in _split_outside_quotes(whole[1:-1], ","))
    return Form.SAME if is_typed or scalar.more else Form.CANONICAL


def _is_ragged(scalar: _Scalar) -> bool:
    """Whether other readers see spaces of other kinds at its lines' ends, a comment between them or too small an indent."""
    more = scalar.lines
    return (scalar.is_parted and bool(more)) or any(
        line.strip(" ") != line.strip() or (line.strip() and _indent(line) <= scalar.base) for line in more
    )


def _form(scalar: _Scalar) -> Form:
    first, more = scalar.first, scalar.lines
    if first != first.strip():
        return Form.DIFFERENT
    if not more and _PLAIN.fullmatch(first):  # nearly all fields
        return Form.SAME if _TYPED.fullmatch(first) else Form.CANONICAL
    if not (first or more):
        return Form.SAME
    if scalar.is_block:
        return _form_of_block(scalar)
    if _is_ragged(scalar):
        return Form.DIFFERENT
    if is_quoted(_folded(first, more).lstrip(" ")):
        return Form.SAME if more or "\t" in first else Form.CANONICAL
    return _form_of_plain([first, *more]) if first else max(Form.SAME, _form_of_plain(more))


def _form_of_block(scalar: _Scalar) -> Form:
    text = _block_text(scalar)
    if text is None or scalar.is_parted or any(map(_UNFIT.search, scalar.lines)):
        return Form.DIFFERENT
    is_stripped = scalar.first.endswith("-") and text == text.strip()
    return Form.CANONICAL if is_stripped and "\t" not in text else Form.SAME


def _form_of_plain(lines: Sequence[str]) -> Form:
    parts = [line.strip(" ") for line in lines]
    if not all(_PLAIN_TO_OTHERS.fullmatch(part) for part in parts if part) or not parts[0]:
        return Form.DIFFERENT
    is_ours = all(map(_PLAIN.fullmatch, parts)) and not _TYPED.fullmatch(" ".join(parts))
    return Form.CANONICAL if is_ours else Form.SAME


def format_scalar(value: str) -> str:
    """The value on one line, in quotes where a reader of YAML would take it for something else."""
    value = _SUBSTITUTED.sub(" ", value)
    if _PLAIN.fullmatch(value) and value == value.strip() and not _TYPED.fullmatch(value):
        return value
    if ('"' in value or "\\" in value) and not re.search(f"[\n\t{_DISPUTED}]", value):
        return "'{}'".format(value.replace("'", "''"))
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(found: re.Match[str]) -> str:
    return _WRITTEN_ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def format_field(key: str, value: str | Sequence[str]) -> list[str]:
    """The lines of a field: a text on one line, several lines as a block, a list as one item a line."""
    if not isinstance(value, str):
        return [f"{key}:", *(f"  - {format_scalar(item)}" for item in value)] if value else [f"{key}: []"]
    return _format_block(key, value) if _is_block_text(value) else [f"{key}: {format_scalar(value)}"]


def _is_block_text(value: str) -> bool:
    """Whether a text of several lines is the same to all readers as it stands, but for an indent."""
    lines = value.split("\n")
    is_clean = value == value.strip() and "\t" not in value and not _UNFIT.search(value)
    return len(lines) > 1 and is_clean and all(line == line.rstrip() for line in lines)


def _format_block(key: str, value: str) -> list[str]:
    return [f"{key}: |-", *(f"  {line}" if line else "" for line in value.split("\n"))]


def loose_line(line: str) -> str:
    """A line of a header that belongs to no field, a comment or a blank one, as all readers take it."""
    return _UNFIT.sub(" ", line).strip() if line.lstrip().startswith("#") else line if line.strip() else ""


def canonical_lines(header_field: HeaderField, *, is_list: bool) -> list[str] | None:
    """The lines of a field that stands otherwise than we write it; None for one that stands so."""
    if form_of(header_field, is_list=is_list) is Form.CANONICAL:
        return None
    if not is_list:
        return format_field(header_field.key, header_field.text)
    return format_field(
        header_field.key,
        split_list(header_field.text) if header_field.items is None else [item for item in header_field.items if item],
    )


def format_comment(text: str) -> str:
    """A line that no reader takes for a field."""
    return f"# {re.sub(f'[{_FORBIDDEN}{_DISPUTED}]+', ' ', ' '.join(text.split()))}"


def format_header(lines: Iterable[str]) -> str:
    """The header of these lines with the blank line after it."""
    return "\n".join([FENCE, *lines, FENCE, "", ""])


def with_fields(
    lines: Sequence[str], fields: Iterable[HeaderField], written: Callable[[HeaderField], Sequence[str] | None]
) -> list[str]:
    """A header's lines with fields written anew; None leaves one as it stands. `fields` number the lines from 0."""
    starts: dict[int, Sequence[str]] = {}
    gone: set[int] = set()
    for header_field in fields:
        if (new := written(header_field)) is not None:
            starts[header_field.line] = new
            gone.update(header_field.rows)
    return [
        line
        for number, old in enumerate(lines)
        for line in (starts.get(number, ()) if number in gone else (old,))
    ]  # fmt: skip
