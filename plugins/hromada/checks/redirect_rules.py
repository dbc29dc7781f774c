"""Resolves redirects of an earlier site: each has an existing target and hides no page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hromada.checks.link_rules import LinkBroken, Target, Targets
from hromada.domain.alphabet import to_nfc
from hromada.domain.item import Item
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem
from hromada.domain.site_urls import (
    ARCHIVE,
    CATEGORIES,
    ENGLISH,
    FOLDERS,
    GONE,
    LATER,
    MESSAGES,
    NEWS,
    PHOTOS_PAGE,
    REPORTS,
    UNITS,
    Redirect,
    file_at,
)

# Pages that the site generates, in addition to those that a text may link to; some exist only with enough content.
_OWN = lazy_compile(
    rf"(?:{'|'.join(folder.rstrip('/') for folder in FOLDERS)})(?:/.*)?|/404\.html|/cname(?:/.*)?|/\.nojekyll(?:/.*)?|/|{ENGLISH}?"
    rf"|{NEWS}|{ARCHIVE}?|{PHOTOS_PAGE}?|{MESSAGES}?|(?:(?:{NEWS}|{PHOTOS_PAGE}|{MESSAGES})\d{{4}}/\d{{2}}/?|{CATEGORIES}[^/]+/?)(?:page(?:/\d+)?/?)?"
    rf"|{UNITS}[^/]+/page(?:/.*)?|{REPORTS}[^/]+/.+",
    re.IGNORECASE,
)


_LATER = frozenset(file_at(address) for address in LATER)


class RedirectPage(NamedTuple):
    """A redirecting page: its file, the target address and the title of the target page.

    Without a target it says that the page was removed.
    """

    file: str
    target: str
    title: str


def resolve_redirects(
    redirects: Iterable[Redirect], items: Iterable[Item], targets: Targets
) -> tuple[tuple[RedirectPage, ...], list[Problem]]:
    """The redirecting pages and the problems of redirects.

    A redirect to a draft or a scheduled item gives no page until its target is published; one from an address that the site
    took for itself later gives none.
    """
    redirects = tuple(redirects)
    if not redirects:  # most sites have none, and indexing the addresses of ten years takes time
        return (), []
    items = tuple(items)
    built = {file_at(address).casefold(): address for address in targets.addresses}
    owners = built | {file_at(item.address).casefold(): item.path for item in items if item.address}
    folders = set(_folders([*owners, *(redirect.file.casefold() for redirect in redirects)]))
    titles = {item.address: item.title for item in items if item.address in targets.addresses}
    pages: dict[str, RedirectPage] = {}
    problems: list[Problem] = []
    first: dict[str, Redirect] = {}
    for redirect in redirects:
        file, path, line = redirect.file.casefold(), redirect.place.path, redirect.place.line
        owner = first.setdefault(file, redirect)
        # A draft's address may say that the page was removed.
        taken = built if redirect.target == GONE else owners
        if owner is not redirect:
            message = f"адреса {redirect.address} уже є в рядку {owner.place.line}"
            problems.append(Problem(path, line, "redirect-repeated", message, "лишіть один рядок"))
        elif file in _LATER:
            continue  # a page had this slug before the site's own came: the row says where it is now
        elif file in taken or file in folders or _OWN.fullmatch(redirect.address):
            message = f"адресу {redirect.address} займає {taken.get(file, 'сам сайт')}"
            problems.append(Problem(path, line, "redirect-shadows", message, "приберіть рядок"))
    for file, redirect in first.items():
        if file in _LATER:
            continue  # the site's own page answers there
        if redirect.target == GONE:
            pages[file] = RedirectPage(redirect.file, "", "")
            continue
        try:
            target = _target(redirect, targets, first)
        except _Looped as looped:
            problems.append(Problem(redirect.place.path, redirect.place.line, "redirect-loop", str(looped), looped.fix))
        except LinkBroken as broken:
            problems.append(
                Problem(redirect.place.path, redirect.place.line, "redirect-target", str(broken), broken.fix)
            )
        else:
            if target:
                pages[file] = RedirectPage(redirect.file, target, titles.get(target, target))
    return tuple(pages.values()), problems


class _Looped(LinkBroken):
    """The target is an old address itself: a chain or a loop."""


def _target(redirect: Redirect, targets: Targets, by_file: Mapping[str, Redirect]) -> str:
    """The address of a redirect's target, empty while it is not built; raises LinkBroken."""
    written = to_nfc(redirect.target).removeprefix("content/")
    if written.startswith("/") and (other := by_file.get(file_at(written).casefold())):
        raise _Looped(
            f"«{redirect.target}» – теж колишня адреса (рядок {other.place.line})", "вкажіть кінцеву сторінку"
        )
    path = f"content/{written.lstrip('/')}"
    if path in targets.pages and not targets.pages[path]:
        return ""
    resolved = targets.resolve(written, redirect.place.path)
    if resolved.target is not Target.ADDRESS or resolved.anchor:
        raise LinkBroken(
            f"«{redirect.target}» – не сторінка цього сайту", "вкажіть шлях до файлу, наприклад content/news/2021/…md"
        )
    return resolved.where


def _folders(files: Iterable[str]) -> Iterator[str]:
    for file in files:
        while "/" in file:
            file = file.rpartition("/")[0]
            yield file
