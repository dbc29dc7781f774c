"""Withdrawn items on the published branch: which pages only have a notice, and which would have their texts again.

Notices are known by an attribute of their pages, so what is online says it itself, whatever commit it was built from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hromada.domain.refusal import Refusal
from hromada.online.site_changes import address_of
from hromada.system.git import Git, GitFailed
from hromada.system.regular_files import RegularFile

MARK = "data-withdrawn="  # of withdrawn.html
_LISTED = 10
_NOTHING_FOUND = 1  # the exit status of git grep
_FEW = 200  # pages that are searched by name: all 16,000 take git up to two seconds, and a command's length has a limit


def withdrawn_pages(git: Git, commit: str, among: Collection[str] | None = None) -> frozenset[str]:
    """The pages of a published commit that only have a notice, of all pages or of those that are named."""
    if not commit or (among is not None and not among):
        return frozenset()
    paths = ["*.html"] if among is None or len(among) > _FEW else [f":(literal){name}" for name in sorted(among)]
    found = git.attempt("grep", "-l", "-z", "-F", "-e", MARK, commit, "--", *paths)
    if found.returncode not in (0, _NOTHING_FOUND):
        raise GitFailed("grep", found.stderr.decode("utf-8", "replace").strip())
    names = found.stdout.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name.partition(":")[2] for name in names if name)


def returning_texts(git: Git, tip: str, folder: str, now: Mapping[str, str], online: Mapping[str, str]) -> list[str]:
    """The pages in a built folder that have their texts again, and at `tip` have a notice."""
    changed = {name for name, digest in now.items() if name.endswith(".html") and digest != online.get(name)}
    notices = changed & withdrawn_pages(git, tip, changed)
    return sorted(name for name in notices if MARK.encode() not in RegularFile(folder, name).read())


def withdrawn_refusals(pages: Collection[str], forced: Collection[str]) -> list[Refusal]:
    """The refusal to publish texts again that had been withdrawn."""
    if not pages or "withdrawn-returns" in forced:
        return []
    names = sorted(pages)
    more = [f"… і ще {len(names) - _LISTED}"] if len(names) > _LISTED else []
    shown = [*map(address_of, names[:_LISTED]), *more]
    what, advice = (
        "Повернулися б тексти, які на сайті відкликано:",
        "Якщо поле «withdrawn» прибрано не навмисно, поверніть його. Якщо текст справді можна показувати знову:"
        " make publish FORCE=withdrawn-returns.",
    )
    message = "\n".join([what, *(f"  {line}" for line in shown), advice])
    plain = "\n".join([what, *shown, "Якщо їх відкликано досі, не публікуйте, а поверніть відкликання."])
    return [Refusal("withdrawn-returns", message, plain)]
