"""What a published document must not do: be run by a reader's browser; and what it had better not do."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.domain.document_metadata import ActiveContent
from hromada.domain.file_types import suffix_of
from hromada.domain.problem import Problem, warning
from hromada.domain.sniffing import SniffedType


def check_active_content(path: str, active: ActiveContent) -> Iterator[Problem]:
    """Where a host says no type, or a wrong one, a browser goes by the bytes."""
    if active.sniffed is SniffedType.PDF:
        yield Problem(path, 1, "active-file", f"файл «{suffix_of(path)}» насправді PDF", "назвіть його «.pdf»")
    elif active.sniffed:
        yield Problem(
            path, 1, "active-file", f"файл «{suffix_of(path)}» насправді {active.sniffed}, його виконав би браузер читача",
            "збережіть як PDF, DOCX чи CSV або покладіть у .zip",
        )  # fmt: skip
    if active.differs:
        yield warning(
            path, 1, "file-type", f"вміст файлу не схожий на «{suffix_of(path)}»",
            "перевірте, чи він відкривається, збережіть наново або виправте розширення",
        )  # fmt: skip
    if active.actions:
        yield warning(
            path, 1, "attachment-active", f"документ не лише читають, у ньому є {', '.join(active.actions)}",
            "збережіть без цього: через «Друк → Зберегти як PDF» або без макросів",
        )  # fmt: skip
