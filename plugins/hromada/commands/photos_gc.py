"""`make photos-gc`: shows, and with DELETE=1 removes, the pictures of the store that the last ten publications don't need."""

from __future__ import annotations

import os

from hromada.commands.site_address import PUBLIC_CONF
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.publish.repository import PublicationRefused


def photos_gc(options: Options) -> int:
    """Show, and with DELETE=1 remove, the pictures of the store that the last ten publications don't need."""
    store = options.with_changes(settings_file=PUBLIC_CONF).settings().picture_store
    if store is None:
        print_error("Сховища світлин немає: у publishconf.py не вказано picture_store. Світлини лежать у теці сайту.")
        return EXIT_REFUSED
    from hromada.publish.object_store import ObjectStore, StoreLimits
    from hromada.publish.picture_cleanup import clean_up

    try:
        print_lines(*clean_up(options.root, ObjectStore(store, os.environ, StoreLimits()), delete=options.delete))
    except PublicationRefused as refused:
        print_error(str(refused))
        return refused.exit_status
    return EXIT_OK
