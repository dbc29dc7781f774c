"""Bare addresses in a text become links, as GitHub's dialect has it: `https://…`, `www.…`, `name@host`."""

from __future__ import annotations

import re

# Tags, and what stands between them; comments and the values of attributes are inside of tags.
_PIECE = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+|<", re.DOTALL
)
_LINK_TAG = re.compile(r'<(?:a href|img alt|img src)="[^"<>]*"')  # nearly all texts have no other addresses
_LINKLESS = frozenset({"a", "code", "pre", "kbd", "samp", "script", "style", "textarea", "button"})
_BARE = re.compile(
    r"(?:(?<![\w@./:=-])|(?<=[а-яґєіїА-ЯҐЄІЇ]:))(?:(?P<page>(?:https?://|www\.)[^\s<>\"'«»“”„\ue000-\uf8ff]+)"
    r"|(?P<mail>[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})(?![\w@]))",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://|www\.)[\w-]+(?:[.:][\w-]+)*", re.IGNORECASE)
_TAIL = re.compile(r"(?:[?!.,:;*_~…'\]}]|&[a-zA-Z]{2,8};)\Z")
_MOST_TRIMMED = 50


def with_autolinks(converted: str) -> str:
    """HTML in which addresses that no link, code or tag holds are links."""
    if not _may_hold_bare(converted) or not _may_hold_bare(_LINK_TAG.sub("<", converted)):
        return converted
    inside = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal inside
        if tag := found["tag"]:
            if tag.casefold() in _LINKLESS:
                inside = max(0, inside + (-1 if found["end"] else 1))
            return found[0]
        return found[0] if inside or found[0][0] == "<" else _BARE.sub(_link, found[0])

    return _PIECE.sub(replaced, converted)


def _may_hold_bare(converted: str) -> bool:
    return "://" in converted or "www." in converted or "WWW." in converted or "@" in converted


def _link(found: re.Match[str]) -> str:
    if mail := found["mail"]:
        address = mail.rstrip(".-")
        return f'<a href="mailto:{address}">{address}</a>{mail[len(address) :]}'
    page = _trimmed(found["page"].partition(")[")[0])
    host = _HOST.match(page)
    if host is None or ("://" not in host[0] and host[0].count(".") == 1):  # «www.rada» may be half a name
        return found[0]
    scheme = "" if "://" in page[:8] else "https://"
    return f'<a href="{scheme}{page}">{page}</a>{found["page"][len(page) :]}'


def _trimmed(page: str) -> str:
    """Without the punctuation of the sentence, and a bracket that the address does not open."""
    for _ in range(_MOST_TRIMMED):
        if page.endswith(")") and page.count(")") > page.count("("):
            page = page[:-1]
        elif found := _TAIL.search(page[-10:]):
            page = page[: len(page) - len(found[0])]
        else:
            break
    return page
