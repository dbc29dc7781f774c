"""Places of a page that belong to its layout: an editor's own place of that name would take its links and scripts."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.domain.item import Kind

_EVERYWHERE = frozenset({"main"})
_ITEM = _EVERYWHERE | {"files", "counted"}
# By the kind of page, as its templates have them; a test reads the templates.
RESERVED: Mapping[Kind, frozenset[str]] = {
    Kind.NEWS: _ITEM,
    Kind.MESSAGE: _ITEM,
    Kind.PAGE: _EVERYWHERE,
    Kind.UNIT: _EVERYWHERE | {"messages", "contacts"},
    Kind.REPORT: _EVERYWHERE | {
        "numbers", "comparison", "months", "unit-table", "weeks", "accounts", "rules", "check", "changes", "versions",
    },
}  # fmt: skip
RESERVED_STARTS: Mapping[Kind, tuple[str, ...]] = {Kind.REPORT: ("chart-", "weeks-map")}  # charts number their parts


def is_reserved(kind: Kind, anchor: str) -> bool:
    """Whether the layout of this kind of page has a place of this name."""
    return anchor in RESERVED[kind] or anchor.startswith(RESERVED_STARTS.get(kind, ()))
