"""What other programs leave in a text: styles of Word, short codes of other sites, paths of a computer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import NO_MARKUP, LintedText, first_of_each
from hromada.domain.markdown_spans import SpanKind
from hromada.domain.problem import Problem, shorten

_OFFICE = re.compile(
    r"</?(?:o|w|v|st1):[a-z]|class=[\"']?Mso|[\s\"';]mso-[a-z-]+[ ]?:|docs-internal-guid|<!(?:--)?\[if ",
    re.IGNORECASE,
)
# After a link's text there is an address, a label or the definition of one.
_BRACKETED = re.compile(
    r"\[(?<!\]\[)/?(?:gallery|caption|embed|audio|video|playlist|vc_\w+|et_pb_\w+|contact-form-7|youtube|su_\w+)(?![\w-])"
    r"[^\[\]\n]*\](?![(\[:])"
)
_SHORT_CODE = re.compile(
    r"\{\{[<%][^{}\n]*[>%]\}\}|\{%-?[ \t]*\w[^{}\n]*%\}|\{\{[\w.|\s'\"-]+\}\}|" + _BRACKETED.pattern
)
_LOCAL = re.compile(
    r"(?:\]\(|src\s*=\s*[\"']?|href\s*=\s*[\"']?)\s*<?((?:[A-Za-z]:[\\/]|file:|\\\\)[^\s)\"'>]*)", re.IGNORECASE
)
_LOCAL_SIGN = re.compile(r":/(?!/)")


def no_style_of_an_office_program(text: LintedText) -> Iterator[Problem]:
    """Styles of Word and Google Docs are thrown away, and their wrappings break paragraphs."""
    if "<" not in text.text:
        return
    if (found := _OFFICE.search(text.unquoted)) is not None:
        yield text.warn(
            found.start(), "office-paste", f"у тексті лишилося оформлення з Word або Google: «{found[0].strip()}»",
            "вставте текст без форматування (Ctrl+Shift+V) або запустіть make fix",
        )  # fmt: skip


def no_short_code_of_another_site(text: LintedText) -> Iterator[Problem]:
    """«[gallery ids=…]» is an order to another program: here it would be printed."""
    if not ("{{" in text.text or "{%" in text.text or _BRACKETED.search(text.text)):
        return
    for found in first_of_each(_SHORT_CODE.finditer(text.body_without(NO_MARKUP | {SpanKind.LABEL}))):
        yield text.warn(
            found.start(),
            "short-code",
            f"команда іншої системи: «{shorten(found[0], 40)}»",
            "приберіть її або вставте світлину чи посилання",
        )


def no_path_of_a_computer(text: LintedText) -> Iterator[Problem]:
    """«C:\\\\Users\\\\…» is a file that only its author has."""
    if not (any(sign in text.text for sign in (":\\", "\\\\", "file:", "File:")) or _LOCAL_SIGN.search(text.text)):
        return
    for found in first_of_each(_LOCAL.finditer(text.unquoted)):
        yield text.refuse(
            found.start(1), "local-path", f"посилання на файл вашого комп’ютера: «{found[1][:60]}»",
            "покладіть файл до content/images або content/files і вкажіть його назву",
        )  # fmt: skip
