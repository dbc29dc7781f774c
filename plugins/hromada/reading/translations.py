"""Joins translations with their Ukrainian originals: the file beside, or the same slug in the same section."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from hromada.domain.item import UKRAINIAN, Item, Kind, Status
from hromada.domain.problem import Problem

_SECRECY = (Status.PUBLISHED, Status.HIDDEN, Status.DRAFT)


def join_translations(items: Iterable[Item]) -> tuple[list[Item], list[Problem]]:
    """The items, each translation with its original's slug and address under its language, and problems of orphans.

    The address contains the original's, so a translation is no more public: a draft's is a draft, a hidden item's hidden.
    """
    every = list(items)
    if all(item.lang == UKRAINIAN for item in every):
        return every, []
    originals = [item for item in every if not item.is_translation]
    by_path = {item.path: item for item in originals}
    by_slug: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in originals:
        by_slug[item.section, item.slug].append(item)
    joined, problems = [], []
    for item in every:
        if not item.is_translation:
            joined.append(item)
            continue
        beside = by_path.get(re.sub(r"\.[a-z]{2}\.md$", ".md", item.path))
        original = beside or _same_slug(item, by_slug[item.section, item.slug])
        if original is None:
            problems.append(_orphan(item))
        else:
            address = f"/{item.lang}{original.address}" if original.address else ""
            if not address and item.status is not Status.DRAFT:
                problems.append(_too_early(item, original))
            status = max(item.status, original.status, key=_SECRECY.index)
            item = item._replace(slug=original.slug, address=address, status=status, original_when=original.when)
        joined.append(item)
    return joined, problems


def _same_slug(item: Item, candidates: list[Item]) -> Item | None:
    """The original with the same slug; where several on different days share it, the day decides."""
    same_day = [candidate for candidate in candidates if _address_day(candidate) == _address_day(item)]
    if same_day:
        return same_day[0]
    return candidates[0] if len(candidates) == 1 else None


def _address_day(item: Item) -> date | None:
    return item.filename_date or item.day


def _too_early(item: Item, original: Item) -> Problem:
    """The problem of a translation whose original, an undated draft, has no address yet."""
    return Problem(
        item.path, item.lines.get("lang", 1), "translation-without-original",
        f"переклад чернетки без дати: {original.path}", "додайте до оригіналу дату або зробіть чернеткою і переклад",
    )  # fmt: skip


def _orphan(item: Item) -> Problem:
    where = "pages/" if item.kind is Kind.PAGE else f"{item.section}/"
    return Problem(
        item.path, item.lines.get("lang", 1), "translation-without-original",
        f"переклад без українського оригіналу: у {where} немає матеріалу з адресою «{item.slug}»",
        "додайте оригінал або виправте поле «slug»",
    )  # fmt: skip
