"""One run of Pelican for one render job."""

from __future__ import annotations

import contextlib
import io
import logging

from pelican import Pelican
from pelican.log import init as init_logging
from pelican.settings import read_settings

from hromada.build.pelican_plugin import RenderContext
from hromada.build.render_job import RenderResult, BuildPaths, RenderJob


def render(paths: BuildPaths, job: RenderJob) -> RenderResult:
    """Render a job with Pelican."""
    init_logging(level=logging.ERROR, fatal="errors", name="pelican")
    render_context = RenderContext(job, paths.output)
    settings = read_settings(
        str(paths.root / paths.settings_file),
        override={
            "PATH": str(paths.content),
            "OUTPUT_PATH": str(paths.output),
            "THEME": str(paths.theme),
            "CACHE_PATH": str(paths.cache),
            "PLUGIN_PATHS": [str(paths.root / "plugins")],
            "HROMADA_RENDER_CONTEXT": render_context,
        },
    )
    with contextlib.redirect_stdout(io.StringIO()):  # its English summary counts only the job's files
        Pelican(settings).run()
    return RenderResult(render_context.output.stamps, render_context.output.changed)
