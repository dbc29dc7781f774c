"""Rules for headers: plain text, names without contacts, addresses that work for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from hromada.checks.linted_text import MAX_REPORTED, LintedText, first_distinct
from hromada.checks.privacy_rules import mask_digits
from hromada.domain.header_fields import PROSE
from hromada.domain.item import Item, Status
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.pasted_text import ENTITY, sign_of_entity
from hromada.domain.person_name import Contact, find_contacts
from hromada.domain.private_address import find_local_paths, find_private_addresses
from hromada.domain.problem import Level, Problem, shorten, warning

_MARKUP = lazy_compile(
    rf"(?P<entity>{ENTITY.pattern})|(?P<mended>\\[!-/:-@\[\]^_`{{|}}~]|\*\*[^*\n]{{1,200}}\*\*|__[^_\n]{{1,200}}__)"
    r"|&(?:lt|gt);(?!!)|!?\[[^\[\]\n]{1,200}\]\([^()\n]{1,300}\)|</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,200})?/?>|`[^`\n]{1,100}`|~~[^~\n]{1,200}~~"
    r"|(?<![\w*])\*[^\s*][^*\n]{0,200}\*(?![\w*])|(?<![\w_])_[^\s_][^_\n]{0,200}_(?![\w_])|\[\^[^\[\]\s]{1,20}\]|(?<=:[ ])#{1,6}[ ](?=\S)"
)
# «"Він сказав: \"так\""»: in double quotes YAML writes these signs so.
_QUOTED_SIGNS = ('\\"', "\\/")
_IN_QUOTES = lazy_compile(r"[ \t]*(?:[^:\"\n]{1,40}:|-)[ \t]*\"")
_COMMENT = lazy_compile(r"^[ \t]*#[^\n]*", re.MULTILINE)
_SIGNS = ("&", "*", "_", "](", "<", "`", "~~", "\\", "[^", ": #")


def header_is_plain_text(text: LintedText) -> Iterator[Problem]:
    """«&laquo;», «**слово**», «<b>»: lists, feeds and cards would show the markup."""
    words = text.header_words
    header = _COMMENT.sub(lambda match: " " * len(match[0]), text.text[: text.start])
    if not any(marker in header for marker in _SIGNS):
        return
    marks = (match for match in _MARKUP.finditer(words) if not _is_of_yaml(match))
    others = (match for match in ENTITY.finditer(header) if match[0].endswith(";") and words[match.start()] != "&")
    for match in first_distinct((*marks, *others)):
        yield text.warn(
            match.start(), "header-markup", f"у полі заголовка розмітка: «{shorten(match[0], 40)}»", _mend(text, match)
        )


def _is_of_yaml(match: re.Match[str]) -> bool:
    if match[0] not in _QUOTED_SIGNS:
        return False
    begin = match.string.rfind("\n", 0, match.start()) + 1
    return _IN_QUOTES.match(match.string, begin, match.start()) is not None


def _mend(text: LintedText, match: re.Match[str]) -> str:
    """What to do; `make fix` mends the values that are prose, of entities those of one sign."""
    line = text.lines.at(match.start())
    key = max(((begin, key) for key, begin in text.item.lines.items() if begin <= line), default=(0, ""))[1]
    groups = match.groupdict()
    is_entity = not groups or groups["entity"] is not None
    is_mended = sign_of_entity(match[0]) if is_entity else groups["mended"]
    if key in PROSE and is_mended:
        return "запустіть make fix або наберіть самі знаки"
    return "наберіть самі знаки" if is_entity else "приберіть її: тут лише слова"


_FIELDS = ("author", "head")


def names_have_no_contacts(text: LintedText) -> Iterator[Problem]:
    """Authors, heads of units and photographers are named without telephones and mailboxes."""
    contacts = ((line, contact) for line, line_text in _names(text) for contact in find_contacts(line_text))
    for line, contact in islice(contacts, MAX_REPORTED):
        yield warning(
            text.item.path, line, "author-contact", f"біля імені телефон або пошта: «{_mask_contact(contact)}»",
            "лишіть саме ім’я; контактам місце на сторінці підрозділу",
        )  # fmt: skip


def _names(text: LintedText) -> Iterator[tuple[int, str]]:
    """The header's lines that may name people, with the text after the key; of pictures only the credits."""
    yield from ((ref.line, ref.credit) for ref in (text.item.image, *text.item.gallery) if ref and ref.credit)
    if not any(key in text.item.lines for key in _FIELDS):
        return
    lines = text.text[: text.start].split("\n")
    begins = sorted((line, key) for key, line in text.item.lines.items())
    ends = [*(line for line, _ in begins[1:]), len(lines) + 1]
    for (first, key), end in zip(begins, ends, strict=True):
        for line in range(first, end) if key in _FIELDS else ():
            line_text = lines[line - 1]
            yield line, line_text.partition(":")[2] if line == first else line_text


def _mask_contact(contact: Contact) -> str:
    return f"{contact.name[:1]}•••{contact.host}" if contact.name else mask_digits(contact.text)


CODE = "link-private"
_ADDRESS_SIGNS = ("//", ":/", ":\\", "\\\\", "localhost", "blob:", "facebook.com/", "instagram.com/")
_NUMBER = lazy_compile(r"\d\.\d{1,3}\.\d{1,3}[:/]")


def header_leads_everybody(text: LintedText) -> Iterator[Problem]:
    """No private addresses and local paths in any field, such as `source: http://localhost:8000/…`."""
    header = text.text[: text.start]
    if not any(marker in header for marker in _ADDRESS_SIGNS) and not _NUMBER.search(header):
        return
    header = _COMMENT.sub(lambda match: " " * len(match[0]), header)
    for offset, _, fault in find_private_addresses(header):
        yield text.refuse(offset, CODE, *fault)
    for offset, path in find_local_paths(header):
        yield text.refuse(
            offset, "local-path", f"посилання на файл вашого комп’ютера: «{path[:60]}»",
            "покладіть файл до content/images або content/files і вкажіть його назву",
        )  # fmt: skip


def downgrade_for_draft(item: Item, problems: Iterable[Problem]) -> list[Problem]:
    """The problems; for a draft, which is not published, as warnings, so that its author doesn't forget them."""
    is_draft = item.status is Status.DRAFT
    return [problem._replace(level=Level.WARNING) if is_draft else problem for problem in problems]
