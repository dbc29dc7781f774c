"""The options of a command, read from environment variables; OUTPUT and CACHE may be no folder of the project or the content."""

from __future__ import annotations

import os
import runpy
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hromada.console.messages import print_error, print_json
from hromada.domain.alphabet import to_nfc
from hromada.domain.calendar import KYIV, Clock, DateRefused
from hromada.domain.file_names import content_path
from hromada.domain.period import PERIOD_ADVICE, Period, PeriodRefused, parse_period
from hromada.domain.problem import Problem
from hromada.domain.refusal import FORCEABLE
from hromada.domain.settings import SettingsRefused, SiteSettings
from hromada.domain.time_zones import ZONE_ADVICE, zone_of_clock
from hromada.domain.web_address import is_domain, is_site_address
from hromada.storage.cache_cleanup import foreign_file
from hromada.system.workers import worker_count

# The project's folders beside those that begin with a dot (.git, .venv, .cache …); a test compares them with git.
PROJECT_FOLDERS = (
    "bench",
    "content",
    "demo/content",
    "deploy",
    "docs",
    "hooks",
    "plugins",
    "requirements",
    "tests",
    "theme",
)
_ADVICE = "Вкажіть для сайту окрему теку, наприклад OUTPUT=output"


def misplaced_output(root: Path, content: Path, output: Path) -> str:
    """Why a site can't be built there, in Ukrainian; empty if it can."""
    folder, project = _Folder(output), _Folder(root)
    if folder.overlaps(_Folder(content)):
        return f"OUTPUT: тека «{output}» і тека змісту «{content}» лежать одна в одній. {_ADVICE}"
    if project.is_in(folder):
        return f"OUTPUT: у теці «{output}» лежить сам проєкт. {_ADVICE}"
    overlapping = [name for name in PROJECT_FOLDERS if folder.overlaps(_Folder(root / name))]
    overlapping += [part for part in folder.parts_below(project) if part.startswith(".")]
    return f"OUTPUT: тека «{output}» зайнята проєктом ({overlapping[0]}). {_ADVICE}" if overlapping else ""


def published_folder(output: Path) -> str:
    """Why a preview can't be built there, in Ukrainian: a publication (`TO=`) shows the folder. Empty if it can."""
    real = Path(os.path.realpath(output))
    for folder in (real, *real.parents):
        if (folder / "publications.txt").is_file() and (folder / "releases").is_dir():
            return f"OUTPUT: у теці «{folder}» лежить опублікований сайт. {_ADVICE}"
    return ""


def misplaced_cache(content: Path, output: Path, cache: Path) -> str:
    """Why the cache can't be there, in Ukrainian; empty if it can."""
    folder = _Folder(cache)
    for name, outer in (("CONTENT", content), ("OUTPUT", output)):
        if folder.is_in(_Folder(outer)):
            return f"CACHE: тека «{cache}» лежить у теці {name}. Вкажіть іншу, наприклад CACHE=.cache"
    if foreign := foreign_file(cache):
        return f"CACHE: у теці «{cache}» вже є інше: {foreign}. Вкажіть нову теку, наприклад CACHE=.cache"
    return ""


class _Folder:
    """A folder with its links resolved, also one that doesn't exist yet; compared by inodes, too: names differ in case and form."""

    def __init__(self, folder: Path) -> None:
        self._real = Path(os.path.realpath(folder))
        self._with_parents = [self._real, *self._real.parents]
        self._ids = [_identity(parent) for parent in self._with_parents]

    def _depth(self, other: _Folder) -> int | None:
        """How many levels below the other folder it is; None if it is elsewhere."""
        if other._real in self._with_parents:
            return self._with_parents.index(other._real)
        own = other._ids[0]
        return self._ids.index(own) if own and own in self._ids else None

    def is_in(self, other: _Folder) -> bool:
        """Whether it is the other folder or lies below it."""
        return self._depth(other) is not None

    def overlaps(self, other: _Folder) -> bool:
        return self.is_in(other) or other.is_in(self)

    def parts_below(self, other: _Folder) -> tuple[str, ...]:
        """Its path from the other folder on; empty if it is elsewhere."""
        depth = self._depth(other)
        return self._real.parts[-depth:] if depth else ()


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


_LOCAL_CONF = "pelicanconf.py"  # of the builds that look at pictures where they were built
FORMATS = ("text", "json", "github")
_TRUE, _FALSE = ("1", "yes", "true", "так"), ("0", "no", "false", "ні")
_TEXTS = (  # not validated here
    "BY", "ON", "NUMBER", "REASON", "NOTE", "KIND", "TITLE", "UNIT", "FILE", "ACCOUNT", "BASE", "TIP", "ITEM", "BLUR", "TO",
    "TEXT", "UNTIL", "SEVERITY", "LINK", "POSTED", "REQUEST",
)  # fmt: skip


class OptionsError(ValueError):
    """A variable has an invalid value; the message is Ukrainian, the exit status 2."""


class Options(Struct, frozen=True):
    """The folders, the clock, the format of the answer, and the options of single commands."""

    root: Path
    content: Path
    output: Path
    clock: Clock
    format: str = "text"
    period: str = ""
    scale: int = 1
    jobs: int = 1  # processes at once
    ignore_mtimes: bool = False  # trust no file's stamp: a folder of a CI is untrusted
    port: int = 8000
    settings_file: str = "pelicanconf.py"
    cache_name: str = ".cache"
    siteurl: str = ""  # where the site is published (SITEURL, DOMAIN)
    domain: str = ""
    address: str = ""  # the address to build for; empty: that of the settings file
    force: frozenset[str] = frozenset()  # codes of a publication's refusals to ignore
    to: str = ""  # the publication to return to
    keep: int = 50  # publications that stay in a trimmed history
    automatic: bool = False  # a publication that no person has started
    resume: bool = False  # publish automatically again after a rollback
    limit: int = 120  # seconds to wait for the site to show a publication
    by: str = ""  # of an approval: signer, day, number of the document, reason
    on: str = ""
    number: str = ""
    reason: str = ""
    note: str = ""
    unconfirmed: bool = False  # sign unconfirmed pages, too
    everything: bool = False  # print every warning
    strict: bool = False  # dead links are a refusal
    minutes: int = 20  # after which no more links are asked for
    file: str = ""  # a content path to fix, or the file to import
    dry_run: bool = False  # print what would be done, change nothing
    delete: bool = False  # remove what a cleanup shows
    staged: bool = False  # fix the files staged in git, not those in the folder
    base: str = ""  # of commits to look into: the commit they begin after, and the last of them
    tip: str = ""
    item: str = ""  # the content's file that gets photos
    source: str = ""  # FROM: the folder that they come from; of an alert: when it begins
    blur: str = ""  # areas of photos to hide
    account: str = ""  # the account of a social network's import
    zone: tzinfo | None = None  # of an import's times without a zone
    text: str = (
        ""  # of an alert: its sentence, its end, its importance, where more is said; whether it is published at once
    )
    until: str = ""
    severity: str = ""
    link: str = ""
    publish: bool = False
    posted: str = ""  # the link of a publication in a social network
    kind: str = ""  # of a new file: its kind, title, and unit
    title: str = ""
    unit: str = ""
    components: bool = False  # build the page of all components: of the sample archive
    local_editor: str = ""  # of `make serve`: the repository that its server plays
    request: str = ""  # the branch of a request to be shown
    previews: str = ""  # the address below which requests are shown
    preview: bool = False  # build a preview: every page says so, and there is no /admin/

    @classmethod
    def from_environment(cls, root: Path, environ: Mapping[str, str], formats: tuple[str, ...] = FORMATS) -> Options:
        """Read the variables; relative folders are resolved from the current one. OptionsError lists every fault."""
        reader = _VariableReader(environ)
        clock = reader.clock()
        siteurl, domain = reader.site_address()
        content, output = (_folder(root, environ.get(name.upper(), ""), name) for name in ("content", "output"))
        cache = _folder(Path(), environ.get("CACHE", ""), ".cache")
        if cache.is_absolute() and (fault := misplaced_cache(content, output, cache)):
            reader.faults.append(fault)
        options = cls(
            root=root,
            content=content,
            output=output,
            clock=clock,
            format=reader.one_of("FORMAT", formats),
            period=environ.get("PERIOD", "").strip(),
            scale=reader.number("SCALE", 1),
            jobs=worker_count(reader.number("JOBS", 0)),
            cache_name=os.fspath(cache),
            siteurl=siteurl,
            domain=domain,
            ignore_mtimes=bool(environ.get("CI", "").strip()),
            everything=reader.yes("ALL"),
            strict=reader.yes("STRICT"),
            minutes=reader.number("MINUTES", 20),
            port=reader.number("PORT", 8000, most=65_535),
            keep=reader.number("KEEP", 50),
            dry_run=reader.yes("DRY_RUN"),
            delete=reader.yes("DELETE"),
            staged=reader.yes("STAGED"),
            unconfirmed=reader.yes("UNCONFIRMED"),
            automatic=reader.yes("AUTOMATIC"),
            resume=reader.yes("RESUME"),
            publish=reader.yes("PUBLISH"),
            limit=reader.number("LIMIT", 120, most=3_600),
            force=reader.codes("FORCE", FORCEABLE),
            zone=reader.zone(),
            source=environ.get("FROM", "").strip(),
            components=False,
            preview=False,
            previews=environ.get("PREVIEWS", "").strip().rstrip("/"),
            **{name.lower(): environ.get(name, "").strip() for name in _TEXTS},
        )
        if reader.faults:
            raise OptionsError("\n".join(reader.faults))
        return options

    @property
    def cache(self) -> Path:
        return self.root / self.cache_name

    @property
    def theme(self) -> Path:
        return self.root / "theme"

    @property
    def is_publication(self) -> bool:
        """Whether the site is made to be published, with the settings of publishconf.py."""
        return Path(self.settings_file).name != _LOCAL_CONF

    def settings(self) -> SiteSettings:
        """HROMADA of the settings file, with `address`, `components` and `local_editor` if they are set; needs no Pelican."""
        settings = SiteSettings.parse(runpy.run_path(str(self.root / self.settings_file))["HROMADA"])
        if settings.picture_store and not self.is_publication:
            raise SettingsRefused(f"{_LOCAL_CONF}: HROMADA.picture_store: it belongs in publishconf.py")
        settings = replace(settings, components=True) if self.components else settings
        settings = replace(settings, local_editor=self.local_editor) if self.local_editor else settings
        settings = settings.as_preview() if self.preview else settings
        return replace(settings, address=self.address) if self.address else settings

    def content_path_of(self, name: str) -> str:
        """The content path of a file that a person names: absolute, or from the content folder, its parent or the project."""
        file = Path(os.path.expanduser(name))
        for base in (self.content.parent, self.root, self.content):
            below = os.path.relpath(base / file, self.content).replace(os.sep, "/")
            if os.path.lexists(base / file) and not below.startswith(".."):
                return "content" if below == "." else to_nfc(content_path(below))
        return to_nfc(name.replace("\\", "/"))

    def with_changes(self, **changes: object) -> Options:
        return replace(self, **changes)


def clock_from(environ: Mapping[str, str]) -> Clock:
    """TODAY, or now in Kyiv; DateRefused when TODAY is unclear."""
    today = environ.get("TODAY", "").strip()
    return Clock.parse(today) if today else Clock(datetime.now(KYIV).replace(tzinfo=None))


def period_fault(written: str, refused: PeriodRefused) -> str:
    """The message for an invalid PERIOD."""
    return f"PERIOD: {refused}, {PERIOD_ADVICE}" if written else f"не вказано PERIOD, {PERIOD_ADVICE}"


def _folder(root: Path, value: str, default: str) -> Path:
    return Path(os.path.abspath(os.path.expanduser(value))) if value.strip() else root / default


class _VariableReader:
    """Reads variables and collects their faults."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def clock(self) -> Clock:
        try:
            return clock_from(self._environ)
        except DateRefused as refused:
            message = str(refused)
            self.faults.append(message if message.startswith("TODAY") else f"TODAY: {message}")
            return clock_from({})

    def site_address(self) -> tuple[str, str]:
        address, domain = (self._environ.get(name, "").strip() for name in ("SITEURL", "DOMAIN"))
        if address and not is_site_address(address):
            self.faults.append(
                f"SITEURL=«{address}» незрозуміло, напишіть адресу сайту з https:// на початку: https://rada.example"
            )
        if domain and not is_domain(domain):
            self.faults.append(f"DOMAIN=«{domain}» незрозуміло, напишіть саму назву, без https:// і «/»: rada.example")
        return address.rstrip("/"), domain

    def codes(self, name: str, valid_codes: tuple[str, ...]) -> frozenset[str]:
        """A list of codes separated by commas; all of them for «1»."""
        text = self._environ.get(name, "").strip().casefold()
        if text in ("", *_FALSE):
            return frozenset()
        codes = frozenset(valid_codes) if text in _TRUE else frozenset(word.strip() for word in text.split(","))
        if unknown := sorted(codes - set(valid_codes)):
            self.faults.append(
                f"{name}=«{unknown[0]}» незрозуміло, напишіть 1 або через кому: {', '.join(valid_codes)}"
            )
        return codes

    def zone(self) -> tzinfo | None:
        text = self._environ.get("ZONE", "").strip()
        zone = zone_of_clock(text) if text else None
        if text and zone is None:
            self.faults.append(f"ZONE=«{text}» незрозуміло, {ZONE_ADVICE}")
        return zone

    def one_of(self, name: str, values: tuple[str, ...]) -> str:
        """One of the values; the first if the variable is empty."""
        text = self._environ.get(name, "").strip().casefold() or values[0]
        if text not in values:
            *others, last = values
            self.faults.append(f"{name}=«{text}» незрозуміло, напишіть {', '.join(others)} або {last}")
        return text

    def number(self, name: str, default: int, *, most: int = 99_999) -> int:
        text = self._environ.get(name, "").strip()
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= most):
            self.faults.append(f"{name}=«{text}» незрозуміло, напишіть ціле число від 1 до {most}")
            return default
        return int(text)

    def yes(self, name: str) -> bool:
        text = self._environ.get(name, "").strip().casefold()
        if text not in ("", *_TRUE, *_FALSE):
            self.faults.append(f"{name}=«{text}» незрозуміло, напишіть 1 або 0")
        return text in _TRUE


def period_of(options: Options) -> Period | None:
    """PERIOD; None if it is invalid, which is printed."""
    try:
        return parse_period(options.period)
    except PeriodRefused as refused:
        if options.format == "json":
            print_json([Problem("PERIOD", 1, "period-format", str(refused), PERIOD_ADVICE).as_json()])
        print_error(period_fault(options.period, refused))
        return None
