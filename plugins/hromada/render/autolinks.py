"""Turns the web addresses, mailboxes and telephones of a text into links, where they stand bare."""

from __future__ import annotations

import re

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.phone_number import PhonePiece, may_hold_phone, phones_in_text

# A tag, a comment, or the text between them.
_ELEMENT_OR_TEXT = lazy_compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+|<", re.DOTALL
)
_LINK_TAG = lazy_compile(r'<(?:a href|img alt|img src)="[^"<>]*"')  # few texts have addresses outside of these
_LINKLESS = frozenset({"a", "code", "pre", "kbd", "samp", "script", "style", "textarea", "button"})
_BARE = lazy_compile(
    r"(?:(?<![\w@./:=-])|(?<=[а-яґєіїА-ЯҐЄІЇ]:))(?:(?P<page>(?:https?://|www\.)[^\s<>\"'«»“”„\ue000-\uf8ff]+)"
    r"|(?P<mail>[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})(?![\w@]))",
    re.IGNORECASE,
)
_HOST = lazy_compile(r"(?:https?://|www\.)[\w-]+(?:[.:][\w-]+)*", re.IGNORECASE)
_TAIL = lazy_compile(r"(?:[?!.,:;*_~…'\]}]|&[a-zA-Z]{2,8};)\Z")
_MOST_TRIMMED = 50


def with_autolinks(converted: str) -> str:
    """HTML with links for the addresses, mailboxes and telephones that stand outside of links, code and tags."""
    has_phones, has_addresses = may_hold_phone(converted), _may_hold_bare(converted)
    if has_phones or has_addresses:
        rest = _LINK_TAG.sub("<", converted)
        has_phones, has_addresses = has_phones and may_hold_phone(rest), has_addresses and _may_hold_bare(rest)
    if not (has_phones or has_addresses):
        return converted
    inside = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal inside
        if tag := match["tag"]:
            if tag.casefold() in _LINKLESS:
                inside = max(0, inside + (-1 if match["end"] else 1))
            return match[0]
        text = match[0]
        if inside or text[0] == "<":
            return text
        return _linked(text, has_phones=has_phones)

    return _ELEMENT_OR_TEXT.sub(replaced, converted)


def _linked(text: str, *, has_phones: bool) -> str:
    """A text between tags; telephones are looked for between the addresses, whose digits are none."""
    parts, end = list[str](), 0
    for match in _BARE.finditer(text):
        parts += [_with_phones(text[end : match.start()]) if has_phones else text[end : match.start()], _link(match)]
        end = match.end()
    rest = text[end:]
    return "".join([*parts, _with_phones(rest) if has_phones else rest])


def _with_phones(text: str) -> str:
    pieces = phones_in_text(text) if may_hold_phone(text) else (PhonePiece(text),)
    return "".join(f'<a href="{piece.link}">{piece.text}</a>' if piece.link else piece.text for piece in pieces)


def _may_hold_bare(converted: str) -> bool:
    return "://" in converted or "www." in converted or "WWW." in converted or "@" in converted


def _link(match: re.Match[str]) -> str:
    if mail := match["mail"]:
        address = mail.rstrip(".-")
        return f'<a href="mailto:{address}">{address}</a>{mail[len(address) :]}'
    page = _without_punctuation(match["page"].partition(")[")[0])
    host = _HOST.match(page)
    if host is None or ("://" not in host[0] and host[0].count(".") == 1):  # «www.rada» may be half a name
        return match[0]
    scheme = "" if "://" in page[:8] else "https://"
    return f'<a href="{scheme}{page}">{page}</a>{match["page"][len(page) :]}'


def _without_punctuation(page: str) -> str:
    """The address without the sentence's punctuation and without a closing bracket that it does not open."""
    for _ in range(_MOST_TRIMMED):
        if page.endswith(")") and page.count(")") > page.count("("):
            page = page[:-1]
        elif tail := _TAIL.search(page[-10:]):
            page = page[: len(page) - len(tail[0])]
        else:
            break
    return page
