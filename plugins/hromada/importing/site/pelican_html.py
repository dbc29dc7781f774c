"""An article of Pelican that is an HTML file: its title, the `meta` elements that are its header, its body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

_LISTS = ("tags", "keywords", "authors", "gallery")


def header_and_body(text: str) -> tuple[dict[str, str | Sequence[str]], str]:
    """The fields by their names in small letters, and the HTML of the body; of a file without one all that is no head."""
    soup = BeautifulSoup(text, "html.parser")
    fields: dict[str, str | Sequence[str]] = {}
    if isinstance(title := soup.title, Tag):
        fields["title"] = " ".join(title.get_text().split())
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or "").strip().casefold()
        value = " ".join(str(meta.get("content") or meta.get("contents") or "").split())
        if name and value and name not in ("viewport", "generator", "robots", "charset"):
            name = "summary" if name == "description" else name
            fields[name] = _list(value) if name in _LISTS else value
    body = soup.body
    if isinstance(body, Tag):
        return fields, body.decode_contents()
    for head in soup.find_all(["head", "title", "meta"]):
        head.extract()
    return fields, soup.decode_contents()


def _list(value: str) -> list[str]:
    return [part for one in re.split(";" if ";" in value else ",", value) if (part := one.strip())]
