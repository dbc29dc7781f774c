"""One `make html` as a process of a benchmark; `without-search` leaves the search out, so the difference is what it costs."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Build as the settings in the environment say; return the build's exit status."""
    sys.path[:0] = [str(_ROOT / "plugins"), str(_ROOT)]
    sys.pycache_prefix = str(Path(sys.prefix) / "pycache")
    import tasks

    if arguments == ["without-search"]:
        from hromada.pages.search_pages import SearchPages

        SearchPages.page_groups = SearchPages.index_groups = lambda _pages: {}  # type: ignore[method-assign, assignment]
        SearchPages.is_far_behind = lambda _pages: False  # type: ignore[method-assign, assignment]
    return tasks.main(["html"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
