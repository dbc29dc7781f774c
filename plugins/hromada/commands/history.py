"""`make history`, `make rollback`, `make history-trim`: what was published when; earlier ones online again, or forgotten."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from hromada.commands.hosts import bring_mirrors, mirror_hosts
from hromada.commands.publish import confirm_at_terminal, picture_publisher
from hromada.commands.site_address import PUBLIC_CONF
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_json, print_lines
from hromada.console.options import Options
from hromada.publish.history import history as read_history
from hromada.publish.history_trim import trim
from hromada.publish.repository import STAYS, PublicationRefused
from hromada.publish.rollback import RollbackRequest
from hromada.publish.rollback import rollback as roll_back
from hromada.system.git import Git

if TYPE_CHECKING:
    from hromada.publish.picture_publishing import PicturePublisher

_FEWEST = 2  # publications that a trimmed history keeps


def history(options: Options) -> int:
    """Print the publications, newest first."""
    try:
        known = read_history(options.root)
    except PublicationRefused as refused:
        print_error(str(refused))
        return refused.exit_status
    if options.format == "json":
        print_json([publication.as_object(is_online=not index) for index, publication in enumerate(known)])
    elif known:
        print_lines(*(publication.as_line(is_online=not index) for index, publication in enumerate(known)))
        print_lines("Повернути одну з них: make rollback TO=<номер>")
    else:
        print_lines("Сайту ще не публікували.")
    return EXIT_OK


def rollback(options: Options) -> int:
    """Put the publication that TO names online again."""
    if not options.to:
        print_error("Вкажіть, що повернути: make rollback TO=<номер або версія>. Їх покаже make history.")
        return EXIT_REFUSED
    mirrors = mirror_hosts(options)
    publisher = picture_publisher(options.with_changes(settings_file=PUBLIC_CONF))
    try:
        request = RollbackRequest(
            options.to,
            print_lines=print_lines,
            confirm=confirm_at_terminal(sys.stdin),
            forced=options.force,
            has_store=publisher is not None,
            pictures=_kept_pictures(publisher),
        )
        roll_back(options.root, request)
    except PublicationRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED if refused.code == "unknown-publication" else refused.exit_status
    return bring_mirrors(options, mirrors)


def history_trim(options: Options) -> int:
    """Forget all but the last KEEP publications, once a person at the terminal or DELETE=1 has said so."""
    if options.keep < _FEWEST:
        print_error(
            f"KEEP=«{options.keep}»: лишити треба щонайменше {_FEWEST} публікації, інакше нічого буде повертати."
        )
        return EXIT_REFUSED
    confirm = confirm_at_terminal(sys.stdin)
    try:
        trim(
            options.root,
            options.keep,
            print_lines=print_lines,
            confirm=lambda refusal: options.delete or confirm(refusal),
        )
    except PublicationRefused as refused:
        print_error(str(refused))
        return refused.exit_status
    return EXIT_OK


def _kept_pictures(
    publisher: PicturePublisher | None,
) -> Callable[[Git, Collection[str]], AbstractContextManager[None]]:
    """Keeps the pictures of an earlier publication in the store; refuses one whose store is not known any more."""

    def kept(git: Git, names: Collection[str]) -> AbstractContextManager[None]:
        if publisher:
            return publisher.kept(git, names)
        if names:
            raise PublicationRefused(
                f"Світлини тієї публікації лежать у сховищі, якого немає в {PUBLIC_CONF} (picture_store): невідомо, чи вони ще"
                f" там. {STAYS}",
                "store-failed",
            )
        return contextlib.nullcontext()

    return kept
