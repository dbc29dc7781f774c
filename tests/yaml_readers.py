"""A Markdown file's header as three readers find it: ours, PyYAML's BaseLoader (YAML 1.1) and a core parser of YAML 1.2."""

from __future__ import annotations

from typing import Any

import yaml
from ruamel.yaml import YAML

from hromada.domain.front_matter import find_header
from hromada.domain.header_fields import KEYS, LISTS
from hromada.reading.header import parse_document
from hromada.reading.items import read_item

NAMES = KEYS


def block(text: str) -> str:
    """The lines between the fences of a file that has some at its very beginning."""
    lines = text.split("\n")
    bounds = find_header(lines)
    assert (bounds.start, bounds.is_fenced, bounds.is_closed) == (1, True, True), lines[:2]
    assert (lines[0], lines[bounds.end]) == ("---", "---")
    return "\n".join(lines[1 : bounds.end]) + "\n"


def ours(text: str) -> dict[str, Any]:
    document = parse_document("x.md", text, None)
    return {key: one.text if one.items is None else one.items for key, one in document.fields.items()}


def named(fields: Any) -> dict[str, Any]:
    words = {key: " ".join(str(key).casefold().split()) for key in fields or {}}
    return {NAMES.get(words[key], words[key]): value for key, value in (fields or {}).items()}


def base(text: str) -> dict[str, Any]:
    return named(yaml.load(block(text), yaml.BaseLoader))


def core(text: str) -> dict[str, Any]:
    return named(YAML(typ="safe", pure=True).load(block(text)))


def typed(text: str) -> dict[str, Any]:
    """What YAML 1.1 takes the values for."""
    return named(yaml.safe_load(block(text)))


def as_lists(fields: dict[str, Any], text: str) -> dict[str, Any]:
    """A flow list of ours as its items."""
    document = parse_document("x.md", text, None)
    return {
        key: document.list(key) if key in LISTS and isinstance(value, str) and value.startswith("[") else value
        for key, value in fields.items()
    }


def assert_all_readers_agree(text: str) -> None:
    """The same strings by the same keys, and strings alone."""
    expected = as_lists(ours(text), text)
    assert base(text) == expected
    assert core(text) == expected
    assert typed(text) == expected


def problems(path: str, text: str) -> list[str]:
    return [problem.code for problem in read_item(path, text.encode()).problems]
