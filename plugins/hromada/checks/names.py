"""The names of files."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hromada.domain.alphabet import to_nfc
from hromada.domain.file_names import is_too_long
from hromada.domain.problem import Problem, warning


def names_differ_in_more_than_case(paths: Collection[str]) -> Iterator[Problem]:
    """On Windows and macOS «Foto.jpg» and «foto.jpg» are one file: checking out would lose one of them.

    So are two names on macOS that look the same, one with «й» in one sign, the other in two.
    """
    if len({to_nfc(path).casefold() for path in paths}) == len(paths):
        return
    first: dict[str, str] = {}
    for path in paths:
        owner = first.setdefault(to_nfc(path).casefold(), path)
        if owner != path:
            is_twin = to_nfc(owner) == to_nfc(path)
            for one, other in ((owner, path), (path, owner)):
                words = "така сама назва є в іншого файлу, лише й чи ї записано двома знаками" if is_twin else ""
                yield Problem(
                    one, 1, "name-case", words or f"назва відрізняється лише великими літерами: {other}", "перейменуйте один із файлів"
                )  # fmt: skip


def paths_fit_windows(paths: Collection[str]) -> Iterator[Problem]:
    """Git for Windows stops a checkout at the first path that is too long: that editor gets no file at all."""
    for path in paths:
        if is_too_long(path):
            yield warning(
                path, 1, "path-too-long", f"шлях до файлу задовгий для Windows: {len(path)} знаків",
                "скоротіть назву файлу або теки",
            )  # fmt: skip
