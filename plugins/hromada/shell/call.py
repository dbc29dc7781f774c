"""One call of a command: what the environment asked for, as values."""

from __future__ import annotations

import os
import runpy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hromada.domain.calendar import KYIV, Clock, DateRefused
from hromada.domain.period import PERIOD_ADVICE, PeriodRefused
from hromada.domain.settings import SiteSettings
from hromada.shell.workers import usable

FORMATS = ("text", "json", "github")
_YES, _NO = ("1", "yes", "true", "так"), ("0", "no", "false", "ні")
_TEXTS = ("BY", "ON", "NUMBER", "REASON", "NOTE", "KIND", "TITLE", "UNIT", "FILE", "ACCOUNT")  # taken as they are


class CallRefused(ValueError):
    """A value of the call is wrong; the message is Ukrainian, exit status 2."""


@dataclass(frozen=True, slots=True)
class Call:
    """Where the content and the output are, what day it is, in which form to answer."""

    root: Path
    content: Path
    output: Path
    clock: Clock
    format: str = "text"
    period: str = ""
    scale: int = 1
    jobs: int = 1  # processes at once
    reread: bool = False  # trust no file's stamp: a CI's folder may be anyone's
    port: int = 8000
    conf: str = "pelicanconf.py"
    cache_name: str = ".cache"
    by: str = ""  # of an approval: who, when, under which number, why
    on: str = ""
    number: str = ""
    reason: str = ""
    note: str = ""
    everything: bool = False  # show every warning
    file: str = ""  # what a command takes: of the content, or of an import
    dry_run: bool = False  # say what would be done, do nothing
    staged: bool = False  # what is staged in git, not what lies in the folder
    account: str = ""  # whose an import of social networks is
    kind: str = ""  # of a new file: what it is, how it is called, on whose page it stands
    title: str = ""
    unit: str = ""

    @classmethod
    def from_environment(cls, root: Path, environ: Mapping[str, str]) -> Call:
        """Read the settings of a call; relative folders start at the caller's folder."""
        try:
            clock = clock_from(environ)
        except DateRefused as refused:
            raise CallRefused(str(refused)) from None
        format = environ.get("FORMAT", "").strip().casefold() or "text"
        if format not in FORMATS:
            raise CallRefused(f"FORMAT=«{format}» незрозуміло, напишіть text, json або github")
        return cls(
            root=root,
            content=_folder(root, environ.get("CONTENT", ""), "content"),
            output=_folder(root, environ.get("OUTPUT", ""), "output"),
            clock=clock,
            format=format,
            period=environ.get("PERIOD", "").strip(),
            scale=_number(environ, "SCALE", 1),
            jobs=usable(_number(environ, "JOBS", 0)),
            cache_name=os.fspath(_folder(Path(), environ.get("CACHE", ""), ".cache")),
            reread=bool(environ.get("CI", "").strip()),
            everything=_yes(environ, "ALL"),
            port=_number(environ, "PORT", 8000),
            dry_run=_yes(environ, "DRY_RUN"),
            staged=_yes(environ, "STAGED"),
            **{name.lower(): environ.get(name, "").strip() for name in _TEXTS},
        )

    @property
    def cache(self) -> Path:
        return self.root / self.cache_name

    @property
    def theme(self) -> Path:
        return self.root / "theme"

    def settings(self) -> SiteSettings:
        """HROMADA of the settings file; reading it needs no Pelican."""
        return SiteSettings.parse(runpy.run_path(str(self.root / self.conf))["HROMADA"])

    def with_changes(self, **changes: object) -> Call:
        return replace(self, **changes)  # type: ignore[arg-type]  # names and types are the caller's


def clock_from(environ: Mapping[str, str]) -> Clock:
    """TODAY, or now in Kyiv; DateRefused when TODAY is unclear."""
    today = environ.get("TODAY", "").strip()
    return Clock.parse(today) if today else Clock(datetime.now(KYIV).replace(tzinfo=None))


def period_fault(written: str, refused: PeriodRefused) -> str:
    """What is wrong with PERIOD, and what to write."""
    return f"PERIOD: {refused}, {PERIOD_ADVICE}" if written else f"не вказано PERIOD, {PERIOD_ADVICE}"


def _folder(root: Path, value: str, default: str) -> Path:
    return Path(os.path.abspath(os.path.expanduser(value))) if value.strip() else root / default


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise CallRefused(f"{name}=«{text}» незрозуміло, напишіть ціле число від 1")
    return int(text)


def _yes(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip().casefold()
    if text not in ("", *_YES, *_NO):
        raise CallRefused(f"{name}=«{text}» незрозуміло, напишіть 1 або 0")
    return text in _YES
