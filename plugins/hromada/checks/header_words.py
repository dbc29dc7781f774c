"""A header's words are plain text: entities, tags and Markdown would be shown as they stand, in lists, feeds and cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText, first_of_each
from hromada.domain.problem import Problem, shorten

_MARKUP = re.compile(
    r"(?P<plain>&(?!(?:lt|gt);)(?:[a-zA-Z][a-zA-Z0-9]{1,7}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});|&(?:laquo|raquo|nbsp|quot|shy|deg|sect|copy|reg)(?![\w=;])"
    r"|\\[!-/:-@\[\]^_`{|}~]|\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__)"
    r"|&(?:lt|gt);(?!!)|!?\[[^\[\]\n]{1,200}\]\([^()\n]{1,300}\)|</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,200})?/?>|`[^`\n]{1,100}`|~~[^~\n]{1,200}~~"
    r"|(?<![\w*])\*[^\s*][^*\n]{0,200}\*(?![\w*])|(?<![\w_])_[^\s_][^_\n]{0,200}_(?![\w_])|\[\^[^\[\]\s]{1,20}\]|(?<=:[ ])#{1,6}[ ](?=\S)"
)
_SIGNS = ("&", "*", "_", "](", "<", "`", "~~", "\\", "[^", ": #")


def header_is_plain_text(text: LintedText) -> Iterator[Problem]:
    """«&laquo;», «**слово**», «<b>»: readers would see the marks."""
    words = text.header_words
    if not any(sign in words for sign in _SIGNS):
        return
    for found in first_of_each(_MARKUP.finditer(words)):
        fix = "запустіть make fix або наберіть самі знаки" if found["plain"] else "приберіть її: тут лише слова"
        yield text.warn(found.start(), "header-markup", f"у полі заголовка розмітка: «{shorten(found[0], 40)}»", fix)
