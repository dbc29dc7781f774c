"""Content paths: how problems, caches and links name a file of the content, e.g. `content/news/2021/2021-07-05-x.md`.

They are the same for every CONTENT folder: `content/`, then the file's name below that folder, separated by `/`, in NFC.
"""

from __future__ import annotations

_PREFIX = "content/"


def content_path(name: str) -> str:
    """The content path of a name below the content folder."""
    return f"{_PREFIX}{name}"


def name_in_content(path: str) -> str:
    """The name below the content folder of a content path; a name without the prefix stays."""
    return path.removeprefix(_PREFIX)


def is_content_path(path: str) -> bool:
    """Whether a path is one of the content, not of the project's handbook or theme."""
    return path.startswith(_PREFIX)
