"""What a unit's own page shows beside its text: its services, the documents of its messages, its share in the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item
from hromada.listing.event_views import EventCard
from hromada.listing.service_index import ServiceCard
from hromada.pages.view_models import AttachmentLink

if TYPE_CHECKING:
    from hromada.pages.report_cards import UnitShare

_SHOWN_DOCUMENTS = 10  # the newest; the others stand on the pages of their messages


class UnitDocument(NamedTuple):
    """A document of a unit's message, with the message that it belongs to."""

    file: AttachmentLink
    title: str
    path: str


class UnitActivity(NamedTuple):
    """What the unit's own page shows of other files; no list of units shows it."""

    services: tuple[ServiceCard, ...]
    events: tuple[EventCard, ...]  # the next ones that its messages announce
    documents: tuple[UnitDocument, ...]
    share: UnitShare | None  # in the latest report that has begun


def documents_of(
    messages: Iterable[Item], snapshot: ContentSnapshot, attachment: Callable[[str], AttachmentLink]
) -> tuple[UnitDocument, ...]:
    """The documents of a unit's messages, which come newest first; each once."""
    return tuple(islice(_documents(messages, snapshot, attachment), _SHOWN_DOCUMENTS))


def _documents(
    messages: Iterable[Item], snapshot: ContentSnapshot, attachment: Callable[[str], AttachmentLink]
) -> Iterator[UnitDocument]:
    seen: set[str] = set()
    for message in messages:
        for path in snapshot.linked(message).attachments:
            if path not in seen:
                seen.add(path)
                yield UnitDocument(attachment(path), message.title, message.address)
