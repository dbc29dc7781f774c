"""The thin adapter to Pelican: its seams are used, none of its rules about dates, names and statuses is.

Pelican reads exactly the files that our reader has placed, through our reader; lists, feeds and reports are drawn
from cards. Handlers are module-level functions, since blinker forgets closures, and raise only in run-level
signals, since Pelican swallows what the others raise.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, StrictUndefined
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.readers import BaseReader, Readers
from pelican.writers import Writer

from hromada.domain.item import Kind
from hromada.domain.problem import ContentRefused, Problem
from hromada.system.disk_errors import read_error
from hromada.build.output_writer import Output
from hromada.system.regular_files import RegularFile
from hromada.build.render_job import RenderJob
from hromada.pages.template_filters import FILTERS, addresses_in

_PROJECT = Path(__file__).parents[3]  # Pelican does not say where its settings file lies
_ARTICLES = (Kind.NEWS, Kind.MESSAGE)
# What Pelican would otherwise write beside our pages, in English, or look for where nothing is its own.
_OFF = dict.fromkeys(("AUTHOR_SAVE_AS", "AUTHORS_SAVE_AS", "CATEGORY_SAVE_AS", "CATEGORIES_SAVE_AS", "TAG_SAVE_AS", "TAGS_SAVE_AS", "ARCHIVES_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS"), "")  # fmt: skip
_FEEDS_OFF = dict.fromkeys(
    ("FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS", "CATEGORY_FEED_ATOM", "CATEGORY_FEED_RSS",
     "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM",
     "TRANSLATION_FEED_RSS")
)  # fmt: skip


def register_signals() -> None:
    """Take every seam that we use."""
    signals.initialized.connect(configure_pelican)
    signals.readers_init.connect(read_with_ours)
    signals.article_generator_finalized.connect(forget_taxonomy)
    signals.get_generators.connect(add_generator)
    signals.get_writer.connect(write_with_ours)
    signals.all_generators_finalized.connect(refuse_dropped_files)


class RenderContext:
    """Everything of ours that one run of Pelican carries in its settings: its share, and where that is written."""

    def __init__(self, job: RenderJob, folder: Path) -> None:
        self.job, self.output = job, Output(folder)
        self.by_file = {os.path.abspath(page.file): page for page in job.items}

    def paths(self, content: Path, *kinds: Kind) -> list[str]:
        """The items' files as Pelican's *_PATHS name them."""
        return [Path(page.file).relative_to(content).as_posix() for page in self.job.items if page.kind in kinds]


def configure_pelican(pelican: Pelican) -> None:
    """Point Pelican at the files that are to be built; when it was not us who called it, read and check them first."""
    settings = pelican.settings
    render_context: RenderContext = settings.get("HROMADA_RENDER_CONTEXT") or _full_context(settings)
    content = Path(settings["PATH"])
    settings.update(_OFF | _FEEDS_OFF)
    settings.update(
        HROMADA_RENDER_CONTEXT=render_context,
        SITEURL=render_context.job.site_context.base,
        ARTICLE_PATHS=render_context.paths(content, *_ARTICLES),
        PAGE_PATHS=render_context.paths(content, Kind.UNIT, Kind.PAGE, Kind.REPORT),
        ARTICLE_EXCLUDES=[], PAGE_EXCLUDES=[], STATIC_PATHS=[], THEME_STATIC_PATHS=[],
        DIRECT_TEMPLATES=[], PAGINATED_TEMPLATES={}, IGNORE_FILES=[],
        ARTICLE_TRANSLATION_ID=None, PAGE_TRANSLATION_ID=None,  # ours are joined by address; Pelican's search is quadratic
        WITH_FUTURE_DATES=True,  # what is not due is not among the paths
        DELETE_OUTPUT_DIRECTORY=False, CACHE_CONTENT=False, LOAD_CONTENT_CACHE=False, USE_FOLDER_AS_CATEGORY=False,
        FILENAME_METADATA="", PATH_METADATA="", EXTRA_PATH_METADATA={}, DEFAULT_METADATA={}, TYPOGRIFY=False,
        JINJA_ENVIRONMENT={
            "autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "extensions": [],
            "bytecode_cache": _compiled_templates(),
            "auto_reload": False,  # a run takes every template as it found it; asking the disk each time costs five looks a page
        },
        JINJA_FILTERS=settings["JINJA_FILTERS"] | FILTERS | addresses_in(render_context.job.site_context),
        JINJA_GLOBALS=settings["JINJA_GLOBALS"] | {"site": render_context.job.site_context.chrome},
    )  # fmt: skip


def _full_context(settings: dict[str, Any]) -> RenderContext:
    """The whole site, for plain Pelican: it has no cache, so the incremental build is compared with it."""
    from hromada.domain.settings import SiteSettings
    from hromada.console.options import clock_from
    from hromada.content.file_cache import FileCache
    from hromada.build.site_outputs import outputs_of
    from hromada.build.content_steps import snapshot_of
    from hromada.content.loading import ContentSources

    site = SiteSettings.parse(settings["HROMADA"])
    cache, theme = Path(settings["CACHE_PATH"]), Path(settings["THEME"])
    sources = ContentSources(_PROJECT, Path(settings["PATH"]), cache, theme, site, clock_from(os.environ))
    snapshot = snapshot_of(sources, FileCache(None, ""))
    snapshot.refuse_errors()
    outputs = outputs_of(snapshot, theme, cache, "", {})
    return RenderContext(outputs.job(outputs.keys), Path(settings["OUTPUT_PATH"]))


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Templates compiled before: compiling the forty of a build costs 0.15 s. They are known by their text.

    They are code, so they lie with the environment's own, never in the cache, which may come from another machine.
    """
    if sys.prefix == sys.base_prefix:
        return None
    folder = Path(sys.prefix) / "pycache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


class HromadaReader(BaseReader):
    """Hands over what our reader has already read: Pelican parses no header, no date, no name."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012  # the base class has a list

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        render_context: RenderContext = self.settings["HROMADA_RENDER_CONTEXT"]
        page = render_context.by_file[os.path.abspath(source_path)]
        return page.html, dict(page.metadata)


class SiteGenerator(Generator):
    """Draws every page that is not one item's own, and puts data files, pictures and documents beside them."""

    def generate_context(self) -> None:
        """Nothing to read: the edition is complete before Pelican's generators exist."""

    def generate_output(self, writer: OutputWriter) -> None:
        render_context: RenderContext = self.settings["HROMADA_RENDER_CONTEXT"]
        for plan in render_context.job.plans:
            writer.write_file(plan.name, self.env.get_template(plan.template), self.context, **plan.context)
        for name, data in render_context.job.files:
            render_context.output.write(name, _copied(data) if isinstance(data, RegularFile) else data)


def _copied(file: RegularFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise read_error(file.path, error) from error


class OutputWriter(Writer):
    """Pelican's writer with our hands: whole files, equal bytes left alone, LF on every system."""

    _size = -1  # of the context when it was last looked through
    _names: Sequence[str] = ()

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: Any = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        if not name:
            return
        render_context: RenderContext = self.settings["HROMADA_RENDER_CONTEXT"]
        subject = kwargs.get("article") or kwargs.get("page")
        hidden = subject is not None and subject.status == "hidden"
        local = {
            **self._settings_in(context),
            "noindex": hidden,
            "path": _site_path(name),
            **kwargs,
            "output_file": name,
        }
        if subject is not None and hasattr(subject, "listing"):
            local["listing"] = subject.listing
        path = render_context.output.write(name, template.render(local).encode())
        if signals.content_written.receivers:  # another plugin may write the file once more
            signals.content_written.send(str(path), context=local)
            render_context.output.note(name)

    def _settings_in(self, context: dict[str, Any]) -> dict[str, Any]:
        """Pelican's context without what its generators have read.

        They have read just one share: a template that lists `articles` would show other ones in each build, so here it finds
        none and is refused by name. Which names are settings is asked anew only when there are more of them: for each page
        it would take a twentieth of the drawing (measured).
        """
        if self._size != len(context):
            self._size, self._names = len(context), [name for name in context if name.isupper()]
        return {name: context[name] for name in self._names}


def _site_path(name: str) -> str:
    return "/" + name.removesuffix("index.html")


def read_with_ours(readers: Readers) -> None:
    """Markdown alone, through our reader."""
    readers.reader_classes = {"md": HromadaReader}


def add_generator(pelican: Pelican) -> type[SiteGenerator]:
    return SiteGenerator


def write_with_ours(pelican: Pelican) -> type[OutputWriter]:
    return OutputWriter


def forget_taxonomy(generator: ArticlesGenerator) -> None:
    """Pelican's own category, tag and author pages are searched for quadratically even when none is written."""
    for held in (generator.categories, generator.tags, generator.authors, generator.dates):
        held.clear()


def refuse_dropped_files(generators: list[Generator]) -> None:
    """Pelican logs a file that it cannot read and builds the site without it; we count what came back."""
    context = generators[0].context
    render_context: RenderContext = context["HROMADA_RENDER_CONTEXT"]
    root = context["PATH"]
    read = {
        os.path.abspath(os.path.join(root, path))
        for path, one in context["generated_content"].items()
        if one is not None
    }
    if missing := sorted(render_context.by_file.keys() - read):
        raise ContentRefused(
            Problem(path, 1, "unreadable", "Pelican не зміг прочитати файл", "повідомте розробників")
            for path in missing
        )
