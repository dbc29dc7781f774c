"""One run of Pelican over one share."""

from __future__ import annotations

import contextlib
import io
import logging

from pelican import Pelican
from pelican.log import init as init_logging
from pelican.settings import read_settings

from hromada.build.pelican_plugin import Desk
from hromada.build.render_job import Drawn, Places, Share


def draw(places: Places, share: Share) -> Drawn:
    """Let Pelican draw just this share."""
    init_logging(level=logging.ERROR, fatal="errors", name="pelican")
    desk = Desk(share, places.output)
    settings = read_settings(
        str(places.root / places.conf),
        override={
            "PATH": str(places.content),
            "OUTPUT_PATH": str(places.output),
            "THEME": str(places.theme),
            "CACHE_PATH": str(places.cache),
            "PLUGIN_PATHS": [str(places.root / "plugins")],
            "HROMADA_DESK": desk,
        },
    )
    with contextlib.redirect_stdout(io.StringIO()):  # its English summary counts what it was given, not what we count
        Pelican(settings).run()
    return Drawn(desk.output.stamps, desk.output.changed)
