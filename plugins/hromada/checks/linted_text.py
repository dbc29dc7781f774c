"""The text of one file with its prose and markup, for rules that check one file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice

from hromada.domain.header_fields import NAMES, PROSE
from hromada.domain.item import Item
from hromada.domain.markdown_spans import CODE_BLOCKS, Span, SpanKind, blank, blank_out, find_spans
from hromada.domain.problem import Problem, warning
from hromada.domain.text_lookup import LineNumbers

_WORDS = PROSE | NAMES | {"address"}  # a header's other values are names of files, addresses, days
NO_MARKUP = frozenset({*CODE_BLOCKS, SpanKind.CODE, SpanKind.RAW, SpanKind.ESCAPE, SpanKind.COMMENT})
_CODE = frozenset({*CODE_BLOCKS, SpanKind.CODE})
MAX_REPORTED = 3  # problems of one kind in a file


class LintedText:
    """One Markdown file: its item, the whole text from its first line on, and where its body begins.

    Offsets are those of `text`; `prose` and `markup` are of the same length.
    """

    def __init__(self, item: Item, text: str) -> None:
        self.item, self.text = item, text

    @cached_property
    def start(self) -> int:
        """The offset of the body."""
        ends = (match.end() for match in re.finditer("\n", self.text))
        return next(islice(ends, self.item.body_line - 2, None), len(self.text)) if self.item.body_line > 1 else 0

    @cached_property
    def body(self) -> str:
        """The text below the header."""
        return self.text[self.start :]

    @cached_property
    def spans(self) -> list[Span]:
        """The non-prose spans of the body."""
        return [Span(span.start + self.start, span.end + self.start, span.kind) for span in find_spans(self.body)]

    @cached_property
    def prose(self) -> str:
        """The prose of header and body, with blanks for everything else."""
        return self.header_words + blank_out(self.text, self.spans)[self.start :]

    @cached_property
    def prose_in_bytes(self) -> tuple[bytes, bytes]:
        """The prose of header and body in UTF-8: ASCII characters are found many times quicker in bytes."""
        prose = self.prose
        return prose[: self.start].encode("utf-8", "surrogatepass"), prose[self.start :].encode(
            "utf-8", "surrogatepass"
        )

    @cached_property
    def markup(self) -> str:
        """The body without code, comments and escaped characters."""
        return self.body_without(NO_MARKUP)

    @cached_property
    def unquoted(self) -> str:
        """The body without code, with comments and HTML."""
        return self.body_without(_CODE)

    def body_without(self, parts: Collection[SpanKind]) -> str:
        """The body without these parts, after as many blanks as the header has characters."""
        return blank(self.text[: self.start]) + blank_out(self.text, self.spans, parts)[self.start :]

    @cached_property
    def header_words(self) -> str:
        """The header with blanks for values that are not prose; a value extends to the line of the next field."""
        lines = self.text[: self.start].split("\n")
        begins = sorted((line - 1, key) for key, line in self.item.lines.items())
        ends = [*(line for line, _ in begins[1:]), len(lines)]
        for (first, key), end in zip(begins, ends, strict=False):
            if key not in _WORDS:
                lines[first:end] = map(blank, lines[first:end])
        return "\n".join(lines)

    @cached_property
    def lines(self) -> LineNumbers:
        return LineNumbers(self.text)

    def refuse(self, offset: int, code: str, message: str, fix: str) -> Problem:
        return Problem(self.item.path, self.lines.at(offset), code, message, fix)

    def warn(self, offset: int, code: str, message: str, fix: str) -> Problem:
        return warning(self.item.path, self.lines.at(offset), code, message, fix)


def first_distinct(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The first match of each different text, three at most."""
    seen: set[str] = set()
    return islice((match for match in matches if match[0] not in seen and not seen.add(match[0])), MAX_REPORTED)  # type: ignore[func-returns-value]
