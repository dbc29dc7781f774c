"""A file that is missing under the name written and there under another: the case of letters, a space, a type, an alphabet."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from hromada.domain.alphabet import to_nfc
from hromada.domain.file_names import is_too_long
from hromada.domain.problem import Problem, warning
from hromada.domain.transliteration import slug

_MISSING = re.compile(r"файлу (?P<wanted>.+) немає; перевірте назву", re.DOTALL)
_DIGITS = re.compile(r"\d+")
_OF_ONE_TYPE = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".tiff": ".tif"}
_MOST_COMPARED = 300  # names of a folder, and slips looked for in one check: comparing letters takes long
_LONGEST = 100
_ALIKE = 0.8


def missing_file_advice(path: str) -> str:
    """What to do where no such file is in the content; `with_near_names` says more when it knows all names."""
    return f"файлу {path} немає; перевірте назву"


def missing_path(problem: Problem) -> str:
    """The path in the content whose absence a problem is; empty for any other problem."""
    match = _MISSING.fullmatch(problem.fix)
    return match["wanted"] if match else ""


def suggest_near_names(problems: Iterable[Problem], paths: Collection[str]) -> Iterator[Problem]:
    """The problems, those of missing files with the name that was probably meant."""
    names: _PathIndex | None = None
    for problem in problems:
        missing = missing_path(problem)
        if not (missing and problem.path.startswith("content/")):
            yield problem
            continue
        names = names or _PathIndex(paths)
        nearest = names.nearest(missing)
        yield (
            replace(problem, fix=f"файлу {missing} немає; можливо, «{_written(nearest, problem)}»?")
            if nearest
            else problem
        )


def _written(path: str, problem: Problem) -> str:
    """A path as the editor would write it there: from the content's root, or from the file's own folder."""
    rooted = "«/" in problem.message
    written = (
        f"/{path.removeprefix('content/')}" if rooted else posixpath.relpath(path, posixpath.dirname(problem.path))
    )
    return written.replace(" ", "%20")


@dataclass(slots=True)
class _PathIndex:
    """All files of the content, by what their names have in common."""

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
        """The file that is meant, as far as one stands out; empty when none does."""
        shape = _shape(missing)
        if found := self._by_shape.get(shape):
            return found[0]
        folder, _, name = shape.rpartition("/")
        for others in (self._by_stem.get(posixpath.splitext(shape)[0], ()), self._by_name.get(name, ())):
            if len(others) == 1:  # one in another folder, or of another type
                return others[0]
        self._compared += 1
        near = self._by_folder.get(folder, [])
        if len(name) > _LONGEST or len(near) > _MOST_COMPARED or self._compared > _MOST_COMPARED:
            return ""
        # Names that differ in a number are of other files: days, photos of one camera.
        shapes = {other: path for path in near if _DIGITS.findall(other := _shape(path)) == _DIGITS.findall(shape)}
        alike = difflib.get_close_matches(shape, shapes, n=1, cutoff=_cutoff(shape, name))
        return shapes[alike[0]] if alike else ""


def _cutoff(shape: str, name: str) -> float:
    """How alike whole paths must be for their last names to be: the folder is the same in all of them."""
    return 1 - (1 - _ALIKE) * len(name) / len(shape)


def _shape(path: str) -> str:
    """What two spellings of a path have in common: small Latin letters, hyphens, one ending for each type."""
    *folders, name = path.split("/")
    stem, ending = posixpath.splitext(name)
    ending = ending.casefold()
    return "/".join((*map(_plain, folders), _plain(stem) + _OF_ONE_TYPE.get(ending, ending)))


@lru_cache(maxsize=4096)  # folders hold many files
def _plain(name: str) -> str:
    return slug(name.replace("%20", " ")) or name.casefold()


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
            for path_of_problem, other in ((owner, path), (path, owner)):
                message = "така сама назва є в іншого файлу, лише й чи ї записано двома знаками" if is_twin else ""
                yield Problem(
                    path_of_problem, 1, "name-case", message or f"назва відрізняється лише великими літерами: {other}", "перейменуйте один із файлів"
                )  # fmt: skip


def paths_fit_windows(paths: Collection[str]) -> Iterator[Problem]:
    """Git for Windows stops a checkout at the first path that is too long: that editor gets no file at all."""
    for path in paths:
        if is_too_long(path):
            yield warning(
                path, 1, "path-too-long", f"шлях до файлу задовгий для Windows: {len(path)} знаків",
                "скоротіть назву файлу або теки",
            )  # fmt: skip
