"""Rules for paths: suggestions for missing files, names that differ only in case, paths too long for Windows."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct, field

from hromada.domain.alphabet import slug, to_nfc
from hromada.domain.file_names import is_too_long
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, warning

_MISSING = lazy_compile(r"файлу (?P<wanted>.+) немає; перевірте назву", re.DOTALL)
_DIGITS = lazy_compile(r"\d+")
_OF_ONE_TYPE = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".tiff": ".tif"}
_MOST_COMPARED = 300  # names of a folder, and missing files in one check: the comparison is slow
_LONGEST = 100
_ALIKE = 0.8


def missing_file_advice(path: str) -> str:
    """The advice for a missing file; `suggest_near_names` improves it when all paths are known."""
    return f"файлу {path} немає; перевірте назву"


def missing_path(problem: Problem) -> str:
    """The missing path of a missing-file problem; empty for any other problem."""
    match = _MISSING.fullmatch(problem.fix)
    return match["wanted"] if match else ""


def suggest_near_names(problems: Iterable[Problem], paths: Collection[str]) -> Iterator[Problem]:
    """The problems, those of missing files with a similar existing path."""
    names: _PathIndex | None = None
    for problem in problems:
        missing = missing_path(problem)
        if not (missing and problem.path.startswith("content/")):
            yield problem
            continue
        names = names or _PathIndex(paths)
        nearest = names.nearest(missing)
        yield (
            problem._replace(fix=f"файлу {missing} немає; можливо, «{_written(nearest, problem)}»?")
            if nearest
            else problem
        )


def _written(path: str, problem: Problem) -> str:
    """The path as the editor would write it: from the content's root, or relative to the file."""
    rooted = "«/" in problem.message
    written = (
        f"/{path.removeprefix('content/')}" if rooted else posixpath.relpath(path, posixpath.dirname(problem.path))
    )
    return written.replace(" ", "%20")


class _PathIndex(Struct):
    """All files of the content, indexed by normalised paths, names, stems and folders."""

    paths: Collection[str]
    _by_shape: dict[str, list[str]] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)
    _by_stem: dict[str, list[str]] = field(default_factory=dict)
    _by_folder: dict[str, list[str]] = field(default_factory=dict)
    _compared: int = 0

    def __post_init__(self) -> None:
        for path in sorted(self.paths):
            shape = _shape(path)
            folder, _, name = shape.rpartition("/")
            self._by_shape.setdefault(shape, []).append(path)
            self._by_name.setdefault(name, []).append(path)
            self._by_stem.setdefault(posixpath.splitext(shape)[0], []).append(path)
            self._by_folder.setdefault(folder, []).append(path)

    def nearest(self, missing: str) -> str:
        """The existing path most similar to a missing one; empty when none is clearly meant."""
        if "\\" in missing:  # as a shell writes spaces, and Windows paths
            missing = posixpath.normpath(missing.replace("\\ ", " ").replace("\\", "/"))
        shape = _shape(missing)
        if found := self._by_shape.get(shape):
            return next((path for path in found if _letters(path) == _letters(missing)), found[0])
        folder, _, name = shape.rpartition("/")
        for others in (self._by_stem.get(posixpath.splitext(shape)[0], ()), self._by_name.get(name, ())):
            if len(others) == 1:  # in another folder, or of another type
                return others[0]
        self._compared += 1
        near = self._by_folder.get(folder, [])
        if len(name) > _LONGEST or len(near) > _MOST_COMPARED or self._compared > _MOST_COMPARED:
            return ""
        # Names with other numbers are other files: dates, photos of one camera.
        shapes = {other: path for path in near if _DIGITS.findall(other := _shape(path)) == _DIGITS.findall(shape)}
        alike = difflib.get_close_matches(shape, shapes, n=1, cutoff=_cutoff(shape, name))
        return shapes[alike[0]] if alike else ""


def _letters(path: str) -> str:
    """The path in small letters with plain spaces: what people read in it."""
    return " ".join(path.casefold().split())


def _cutoff(shape: str, name: str) -> float:
    """The similarity of whole paths that corresponds to `_ALIKE` for their names, since the folders are equal."""
    return 1 - (1 - _ALIKE) * len(name) / len(shape)


def _shape(path: str) -> str:
    """The normalised path: slugs with one extension for each type."""
    *folders, name = path.split("/")
    stem, ending = posixpath.splitext(name)
    ending = ending.casefold()
    return "/".join((*map(_plain, folders), _plain(stem) + _OF_ONE_TYPE.get(ending, ending)))


@lru_cache(maxsize=4096)  # many files share folders
def _plain(name: str) -> str:
    return slug(name.replace("%20", " ")) or name.casefold()


def names_differ_in_more_than_case(paths: Collection[str]) -> Iterator[Problem]:
    """On Windows and macOS «Foto.jpg» and «foto.jpg» are one file: a checkout would lose one of them.

    So are, on macOS, a name with a composed «й» and one with a decomposed «й».
    """
    if len({to_nfc(path).casefold() for path in paths}) == len(paths):
        return
    first: dict[str, str] = {}
    for path in paths:
        owner = first.setdefault(to_nfc(path).casefold(), path)
        if owner != path:
            is_twin = to_nfc(owner) == to_nfc(path)
            for path_of_problem, other in ((owner, path), (path, owner)):
                message = "така сама назва є в іншого файлу, лише й чи ї записано двома знаками" if is_twin else ""
                yield Problem(
                    path_of_problem, 1, "name-case", message or f"назва відрізняється лише великими літерами: {other}", "перейменуйте один із файлів"
                )  # fmt: skip


def paths_fit_windows(paths: Collection[str]) -> Iterator[Problem]:
    """Git for Windows stops a checkout at the first path that is too long."""
    for path in paths:
        if is_too_long(path):
            yield warning(
                path, 1, "path-too-long", f"шлях до файлу задовгий для Windows: {len(path)} знаків",
                "скоротіть назву файлу або теки",
            )  # fmt: skip
