"""Links to the documents of the content, with their type and size."""

from __future__ import annotations

from hromada.content.snapshot import ContentSnapshot
from hromada.pages.view_models import AttachmentLink
from hromada.render.links import published_path


def attachment_link(snapshot: ContentSnapshot, path: str) -> AttachmentLink:
    """The link to a document by its path in the content."""
    name, size = path.rpartition("/")[2], snapshot.content.size_of(path)
    return AttachmentLink(name, published_path(path), _format_size(size), name.rpartition(".")[2].upper())


def _format_size(size: int) -> str:
    """«42 КБ», «1,5 МБ»."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}КБ"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}МБ"
