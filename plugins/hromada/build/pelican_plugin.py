"""The adapter to Pelican, which uses its signals and writers, but not its rules about dates, names and statuses.

Pelican reads exactly the files of a render job through our reader; lists, feeds and reports are rendered from cards.
Handlers are module-level functions, since blinker keeps weak references, and raise only in run-level signals, since
Pelican swallows the exceptions of the others.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, StrictUndefined
from jinja2.ext import Extension
from pelican import Pelican, signals
from pelican.cache import FileStampDataCacher
from pelican.generators import ArticlesGenerator, Generator
from pelican.log import init as init_logging
from pelican.readers import BaseReader, Readers
from pelican.settings import read_settings
from pelican.writers import Writer

from hromada.build.output_writer import Output
from hromada.build.render_job import BuildPaths, RenderJob, RenderResult
from hromada.domain.item import Kind
from hromada.domain.problem import ContentRefused, Problem
from hromada.pages.template_filters import FILTERS, filters_of

_PROJECT = Path(__file__).parents[3]  # Pelican does not say where its settings file lies
_ARTICLES = (Kind.NEWS, Kind.MESSAGE)
# Outputs of Pelican's own that we don't want.
_OFF = dict.fromkeys(("AUTHOR_SAVE_AS", "AUTHORS_SAVE_AS", "CATEGORY_SAVE_AS", "CATEGORIES_SAVE_AS", "TAG_SAVE_AS", "TAGS_SAVE_AS", "ARCHIVES_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS"), "")  # fmt: skip
_FEEDS_OFF = dict.fromkeys(
    ("FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS", "CATEGORY_FEED_ATOM", "CATEGORY_FEED_RSS",
     "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM",
     "TRANSLATION_FEED_RSS")
)  # fmt: skip


def register_signals() -> None:
    """Connect all our handlers."""
    signals.initialized.connect(configure_pelican)
    signals.readers_init.connect(read_with_ours)
    signals.generator_init.connect(simplify_generator)
    signals.article_generator_finalized.connect(forget_taxonomy)
    signals.get_generators.connect(add_generator)
    signals.get_writer.connect(write_with_ours)
    signals.all_generators_finalized.connect(refuse_dropped_files)


class RenderContext:
    """What one run of Pelican gets from us through its settings: its render job and the output."""

    def __init__(self, job: RenderJob, folder: Path) -> None:
        self.job, self.output = job, Output(folder)
        self.by_file = {os.path.abspath(page.file): page for page in job.items}

    def paths(self, content: Path, *kinds: Kind) -> list[str]:
        """The items' files as Pelican's *_PATHS name them."""
        return [Path(page.file).relative_to(content).as_posix() for page in self.job.items if page.kind in kinds]


def configure_pelican(pelican: Pelican) -> None:
    """Set Pelican's settings for a render job; if Pelican was started by itself, read and check the content first."""
    settings = pelican.settings
    render_context: RenderContext = settings.get("HROMADA_RENDER_CONTEXT") or _full_context(settings)
    content = Path(settings["PATH"])
    settings.update(_OFF | _FEEDS_OFF)
    settings.update(
        HROMADA_RENDER_CONTEXT=render_context,
        SITEURL=render_context.job.site_context.base,
        ARTICLE_PATHS=render_context.paths(content, *_ARTICLES),
        PAGE_PATHS=render_context.paths(content, Kind.UNIT, Kind.PAGE, Kind.REPORT, Kind.SERVICE),
        ARTICLE_EXCLUDES=[], PAGE_EXCLUDES=[], STATIC_PATHS=[], THEME_STATIC_PATHS=[],
        DIRECT_TEMPLATES=[], PAGINATED_TEMPLATES={}, IGNORE_FILES=[],
        ARTICLE_TRANSLATION_ID=None, PAGE_TRANSLATION_ID=None,  # ours are joined by address; Pelican's search is quadratic
        WITH_FUTURE_DATES=True,  # what is not due is not among the paths
        DELETE_OUTPUT_DIRECTORY=False, CACHE_CONTENT=False, LOAD_CONTENT_CACHE=False, USE_FOLDER_AS_CATEGORY=False,
        FILENAME_METADATA="", PATH_METADATA="", EXTRA_PATH_METADATA={}, DEFAULT_METADATA={}, TYPOGRIFY=False,
        DEFAULT_DATE_FORMAT="", DATE_FORMATS={},  # dates are written by our filters
        JINJA_ENVIRONMENT={
            "autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True,
            "extensions": [Unindented],
            "bytecode_cache": _compiled_templates(),
            "auto_reload": False,  # checking the templates' times for each page costs five system calls
        },
        JINJA_FILTERS=settings["JINJA_FILTERS"] | FILTERS | filters_of(render_context.job.site_context),
        JINJA_GLOBALS=settings["JINJA_GLOBALS"] | {"site": render_context.job.site_context.chrome},
    )  # fmt: skip


def _full_context(settings: dict[str, Any]) -> RenderContext:
    """The whole site without a cache, for plain Pelican; tests compare the incremental build with it."""
    from hromada.build.content_steps import snapshot_of
    from hromada.build.site_outputs import outputs_of
    from hromada.console.options import clock_from
    from hromada.content.file_cache import FileCache
    from hromada.content.loading import ContentSources
    from hromada.domain.settings import SiteSettings

    site = SiteSettings.parse(settings["HROMADA"])
    cache, theme = Path(settings["CACHE_PATH"]), Path(settings["THEME"])
    sources = ContentSources(_PROJECT, Path(settings["PATH"]), cache, theme, site, clock_from(os.environ))
    snapshot = snapshot_of(sources, FileCache(None, ""))
    snapshot.refuse_errors()
    outputs = outputs_of(snapshot, theme, cache, "", {})
    return RenderContext(outputs.job(outputs.keys), Path(settings["OUTPUT_PATH"]))


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """The cache of compiled templates: compiling the forty of a build costs 0.15 s. Jinja checks it by their text.

    They are code, so they are in the virtual environment, not in the build cache, which may come from another machine.
    """
    if sys.prefix == sys.base_prefix:
        return None
    folder = Path(sys.prefix) / "pycache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder), "unindented_%s.cache")


class Unindented(Extension):
    """Takes the indentation of templates away when they are compiled: 2 % of an item's page, 4 % of a report (measured)."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "\n".join(line.lstrip(" \t") for line in source.split("\n"))


class HromadaReader(BaseReader):
    """Returns the content and metadata of a job: Pelican parses no header, date or name itself."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012  # the base class has a list

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        render_context: RenderContext = self.settings["HROMADA_RENDER_CONTEXT"]
        page = render_context.by_file[os.path.abspath(source_path)]
        return page.html, dict(page.metadata)


class SiteGenerator(Generator):
    """Renders every page that is not one item's own, and writes data files, pictures and documents."""

    def generate_context(self) -> None:
        """Nothing: the snapshot is complete before Pelican's generators exist."""

    def generate_output(self, writer: OutputWriter) -> None:
        render_context: RenderContext = self.settings["HROMADA_RENDER_CONTEXT"]
        for plan in render_context.job.plans:
            writer.write_file(plan.name, self.env.get_template(plan.template), self.context, **plan.context)
        render_context.output.write_all(render_context.job.files)


class OutputWriter(Writer):
    """Pelican's writer with ours: atomic, equal files left alone, LF on every system."""

    _size = -1  # of the context when `_names` was made
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
            "edit_link": getattr(subject, "edit_link", ""),
            "path": _site_path(name),
            **kwargs,
            "output_file": name,
        }
        if subject is not None and hasattr(subject, "listing"):
            local["listing"] = subject.listing
        path = render_context.output.write(name, template.render(local).encode())
        if signals.content_written.receivers:  # another plugin may write the file once more
            signals.content_written.send(path, context=local)
            render_context.output.record(name)

    def _settings_in(self, context: dict[str, Any]) -> dict[str, Any]:
        """Pelican's context without the articles and pages that its generators have read.

        They have read one job only: a template that lists `articles` would differ in each build, so here it fails on the
        undefined name. The names of settings are collected again only when the context has grown: doing so for each page
        takes a twentieth of the rendering (measured).
        """
        if self._size != len(context):
            self._size, self._names = len(context), [name for name in context if name.isupper()]
        return {name: context[name] for name in self._names}


def _site_path(name: str) -> str:
    return "/" + name.removesuffix("index.html")


def read_with_ours(readers: Readers) -> None:
    """Read Markdown only, with our reader."""
    readers.reader_classes = {"md": HromadaReader}
    _ask_no_stamps(readers)


def _ask_no_stamps(cacher: FileStampDataCacher) -> None:
    """Keep Pelican from asking four times for each file's time, for a cache that is off.

    A twentieth of the rendering (measured).
    """
    cacher._get_file_stamp = _no_stamp  # type: ignore[method-assign]


def _no_stamp(_file: str) -> str:
    return ""


def add_generator(pelican: Pelican) -> type[SiteGenerator]:
    return SiteGenerator


def write_with_ours(pelican: Pelican) -> type[OutputWriter]:
    return OutputWriter


def simplify_generator(generator: Generator) -> None:
    """Give templates a plain dictionary of globals, which never change here, and ask for no file's time.

    Each `import` of a page compares their names with the page's; in Jinja's own ChainMap that takes a twelfth of the
    rendering (measured).
    """
    if isinstance(generator, FileStampDataCacher):
        _ask_no_stamps(generator)
    environment = generator.env
    environment.make_globals = lambda own: {**environment.globals, **(own or {})}  # type: ignore[method-assign, assignment]


def forget_taxonomy(generator: ArticlesGenerator) -> None:
    """Clear Pelican's categories, tags, authors and dates, which it searches in quadratic time even without such pages."""
    for collection in (generator.categories, generator.tags, generator.authors, generator.dates):
        collection.clear()


def refuse_dropped_files(generators: list[Generator]) -> None:
    """Fail if a file of the job is missing: Pelican only logs a file that it can't read."""
    context = generators[0].context
    render_context: RenderContext = context["HROMADA_RENDER_CONTEXT"]
    root = context["PATH"]
    rendered = {
        os.path.abspath(os.path.join(root, path))
        for path, content in context["generated_content"].items()
        if content is not None
    }
    if missing := sorted(render_context.by_file.keys() - rendered):
        raise ContentRefused(
            Problem(path, 1, "unreadable", "Pelican не зміг прочитати файл", "повідомте розробників")
            for path in missing
        )


def render(paths: BuildPaths, job: RenderJob) -> RenderResult:
    """Render a job with one run of Pelican."""
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
