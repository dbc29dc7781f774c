"""Links of a page's HTML with their whole addresses, for readers of feeds, which show it elsewhere."""

from __future__ import annotations

import re

from hromada.domain.lazy_regex import lazy_compile

_TAG = lazy_compile(r"""<[A-Za-z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_LINK = lazy_compile(r'(?<=\s)(href|src|poster|cite)="([^"]*)"')
_SOURCES = lazy_compile(r'(?<=\s)srcset="([^"]*)"')


def with_absolute_links(rendered: str, host: str, address: str) -> str:
    """The HTML with absolute addresses in its tags; `host` has its scheme, `address` is the page's own."""

    def absolute(link: str) -> str:
        if link.startswith("/") and not link.startswith("//"):
            return host + link
        return address + link if link.startswith("#") else link

    def links(tag: re.Match[str]) -> str:
        text = _LINK.sub(lambda match: f'{match[1]}="{absolute(match[2])}"', tag[0])
        return _SOURCES.sub(lambda match: f'srcset="{", ".join(map(absolute, match[1].split(", ")))}"', text)

    return _TAG.sub(links, rendered)
