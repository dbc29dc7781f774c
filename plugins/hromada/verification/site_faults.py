"""What the facts of all files say about the site: references that lead nowhere, and the faults of each file, as messages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from hromada.domain.numerals import NOUNS, Case
from hromada.verification.facts import BROKEN_REFERENCE, FileFault
from hromada.verification.site_address import SiteAddress


class SiteFault(NamedTuple):
    """A fault with the files that have it."""

    fault: FileFault
    files: tuple[str, ...]

    def message(self, sources: Mapping[str, str]) -> str:
        """«news/x/index.html (content/news/x.md): …»; of many files the first and a count."""
        name, *others = self.files
        made_of = f" ({sources[name]})" if name in sources else ""
        more = f"; так само ще в {NOUNS['файл'].counted(len(others), Case.LOCATIVE)}" if others else ""
        return f"{name}{made_of}: {self.fault}{more}"


def missing_targets(
    targets: Iterable[str], files: Collection[str], anchors_of: Callable[[str], Collection[str]]
) -> set[str]:
    """The targets without a file, or without the anchor in it."""

    def is_there(file: str, anchor: str) -> bool:
        return file in files and (not anchor or anchor in anchors_of(file))

    return {target for target in targets if not is_there(*target.partition("#")[::2])}


def reference_fault(target: str, files: Collection[str], site: SiteAddress) -> FileFault:
    """What to say about a missing target."""
    file, _, anchor = target.partition("#")
    if file not in files:
        return FileFault(BROKEN_REFERENCE, f"посилання в нікуди: {site.shown(target)}")
    return FileFault(BROKEN_REFERENCE, f"посилання на якір «{anchor}», якого немає на сторінці {site.shown(file)}")


def grouped(faults: Iterable[tuple[str, FileFault]]) -> list[SiteFault]:
    """Equal faults of several files as one, sorted by file."""
    files: dict[FileFault, list[str]] = {}
    for name, fault in faults:
        files.setdefault(fault, []).append(name)
    groups = [SiteFault(fault, tuple(sorted(set(names)))) for fault, names in files.items()]
    return sorted(groups, key=lambda group: (group.files[0], group.fault))
