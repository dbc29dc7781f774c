"""`make bench-publish`: our whole `make publish` beside Hugo with ghp-import and its push, to a bare repository on the disk.

Three cases, by both in turns: the first publication, one after one edit (committed before the clock starts), and one
with nothing new. Hugo's side checks nothing and pushes the site alone; ours checks, pushes the source, compares and
pushes the site. A mark is a ratio of two figures of the same run (`marks`). Processor seconds are those of all
processes that the command has waited for, the remote's among them.

Settings: SIZE=15000 (items), ROUNDS=1. Round 0 is not timed: the memory is looked at there.
"""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.changes import Changes
from bench.marks import Limit, Mark, of_hugo, of_loop
from bench.measuring import BenchFailed, peak_of, timed
from bench.news_corpus import write_corpus
from bench.project_copy import copy_project, forget, plain_environment, put_aside
from bench.rounds import CLEAN, SETTLED, Measurements
from bench.settings import LEAST, MOST, SettingRefused, number
from bench.table import print_all, shown, unavailable, verdicts
from bench.tools import HUGO, NAMES, OURS, PYTHON, Tool, calibration_loop, find_hugo

SIZE, ROUNDS = 15_000, 1
FIRST, EDITED, UNCHANGED = "first", "edited", "unchanged"
CASES = {FIRST: "перша публікація", EDITED: "після однієї правки", UNCHANGED: "без змін"}
MOST_MEGABYTES = 600
_ADDRESS = "https://hromada.example"
_IDENTITY = ("-c", "user.name=Bench", "-c", "user.email=bench@example.invalid")


def _mark(case: str, *, hugo: float, loop: float) -> Mark:
    """Seconds of our publication in a case."""
    limits = (of_hugo(hugo, case), of_loop(loop))
    return Mark(CASES[case], "с", lambda measurements: measurements.median(case, OURS), limits)


MARKS = (
    _mark(FIRST, hugo=1.8, loop=60.0),
    _mark(EDITED, hugo=0.15, loop=5.0),
    _mark(UNCHANGED, hugo=0.05, loop=1.7),
    Mark(
        "пам’ять публікації", "МБ", lambda measurements: measurements.peak(OURS),
        (Limit(1.0, f"від {MOST_MEGABYTES} МБ", lambda _: float(MOST_MEGABYTES)),), tolerance=0.0,
    ),
)  # fmt: skip


@dataclass(slots=True)
class Publisher:
    """A tool's clone with the remote that it publishes to."""

    tool: Tool
    remote: Path
    aside: Path
    processor: dict[str, list[float]] = field(default_factory=dict)  # seconds by case

    def start_anew(self) -> None:
        """A clone whose commit no remote has, nothing built and nothing remembered."""
        folder = self.tool.folder
        self.tool.clean()
        put_aside(folder / ".git", self.aside)
        put_aside(self.remote, self.aside)
        _git(self.aside, "init", "-q", "--bare", str(self.remote))
        _git(folder, "init", "-q", "-b", "main")
        _git(folder, "remote", "add", "origin", str(self.remote))
        self.commit("Початок")

    def commit(self, words: str) -> None:
        _git(self.tool.folder, "add", "-A")
        _git(self.tool.folder, *_IDENTITY, "commit", "-qm", words)

    @property
    def online(self) -> str:
        """The commit that the remote shows; empty if none."""
        return _git(self.remote, "for-each-ref", "--format=%(objectname)", "refs/heads/gh-pages")


def main(root: Path, environ: Mapping[str, str] = os.environ) -> int:
    """Measure and judge; 1 when a mark is missed, 2 when a setting is wrong."""
    try:
        size, rounds = (
            number(name, environ.get(name, "").strip() or str(default))
            for name, default in (("SIZE", SIZE), ("ROUNDS", ROUNDS))
        )
        if not LEAST <= size <= MOST:
            raise SettingRefused(f"SIZE: можна від {LEAST} до {MOST} матеріалів")
    except SettingRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    hugo = find_hugo()
    if hugo is None:
        print_all([unavailable(HUGO)])
    with tempfile.TemporaryDirectory(prefix="hromada-bench-") as name:
        folder = Path(name)
        publishers = [_ours(root, size, folder)]
        if hugo is not None:
            publishers.append(_hugo(hugo, size, folder))
        measurements = _measure(publishers, calibration_loop(root), size, rounds)
    lines, missed = verdicts(measurements, MARKS)
    print_all([*_table(measurements, publishers, rounds), *lines])
    return int(missed)


def _ours(root: Path, size: int, folder: Path) -> Publisher:
    """The project's copy as a clone; its content is the corpus."""
    project, aside = folder / "project", folder / "aside"
    write_corpus(OURS, size, project)  # first: it empties the folder
    copy_project(root, project)
    shutil.copy2(root / ".gitignore", project / ".gitignore")
    with (project / ".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write(".venv\n")  # here it may be a link
    environ = plain_environment() | {"SITEURL": _ADDRESS}
    changes = Changes(OURS, size, project, project / "theme" / "templates" / "base.html")
    output = project / ".cache" / "public"
    tool = Tool(
        OURS, ("make", "-s", "publish"), project, environ, output, lambda: forget(project, aside), changes
    )  # fmt: skip
    return _publisher(tool, folder)


def _hugo(binary: Path, size: int, folder: Path) -> Publisher:
    corpus, aside = folder / HUGO, folder / "aside"
    write_corpus(HUGO, size, corpus)
    (corpus / ".gitignore").write_text("/public/\n/resources/\n.hugo_build.lock\n", "utf-8")
    hugo, python = shlex.quote(str(binary)), shlex.quote(sys.executable)
    command = ("sh", "-c", f"{hugo} --quiet && {python} -m ghp_import --no-jekyll --push --message site public")

    def clean() -> None:
        for name in ("public", "resources", ".hugo_build.lock"):
            put_aside(corpus / name, aside)

    environ = plain_environment() | {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Bench"), ("EMAIL", "bench@example.invalid"))
    }
    changes = Changes(HUGO, size, corpus, corpus / "layouts" / "_default" / "baseof.html")
    return _publisher(Tool(HUGO, command, corpus, environ, corpus / "public", clean, changes), folder)


def _publisher(tool: Tool, folder: Path) -> Publisher:
    aside = folder / "aside"
    aside.mkdir(exist_ok=True)
    return Publisher(tool, folder / f"{tool.key}.git", aside)


def _measure(publishers: list[Publisher], loop: Tool, size: int, rounds: int) -> Measurements:
    measurements = Measurements(size)
    for round in range(rounds + 1):
        for case in CASES:
            for publisher in publishers:
                _once(measurements, publisher, case, round)
        if round:
            measurements.seconds[CLEAN, PYTHON].append(timed(loop.command, loop.folder, loop.environ))
    return measurements


def _once(measurements: Measurements, publisher: Publisher, case: str, round: int) -> None:
    """One change and one publication; round 0 is the untimed one."""
    tool = publisher.tool
    if case == FIRST:
        publisher.start_anew()
    if case == EDITED:
        expected = tool.changes.edit(round)
        publisher.commit(f"Правка {round}")
    before = publisher.online
    time.sleep(SETTLED)
    if round:
        start = _processor_seconds()
        measurements.seconds[case, tool.key].append(timed(tool.command, tool.folder, tool.environ))
        publisher.processor.setdefault(case, []).append(_processor_seconds() - start)
    elif most := peak_of(tool.command, tool.folder, tool.environ):
        measurements.megabytes[case, tool.key] = most
    if tool.key == OURS and (before == publisher.online) != (case == UNCHANGED):
        raise BenchFailed(f"{CASES[case]}: на сайті не те, що мало бути")
    if case == EDITED and expected.words is not None:
        _find_online(publisher, expected.words.strip())


def _find_online(publisher: Publisher, words: str) -> None:
    """A publication that has not shown the edit is not worth timing."""
    done = subprocess.run(
        ["git", "grep", "-q", "-F", "-e", words, "gh-pages"], cwd=publisher.remote, env=plain_environment(), check=False
    )
    if done.returncode:
        raise BenchFailed(f"{NAMES[publisher.tool.key]}: на опублікованому сайті немає «{words}»")


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=plain_environment(), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise BenchFailed(f"git {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


def _table(measurements: Measurements, publishers: list[Publisher], rounds: int) -> list[str]:
    lines = [f"Публікація, матеріалів: {measurements.size}, раундів: {rounds}. Секунд (процесора); найбільше МБ:"]
    for case, title in CASES.items():
        cells = []
        for publisher in publishers:
            key = publisher.tool.key
            seconds, processor = measurements.seconds[case, key], publisher.processor.get(case, [])
            middle = sorted(processor)[len(processor) // 2] if processor else None
            megabytes = measurements.megabytes.get((case, key))
            name = "make publish" if key == OURS else "Hugo, ghp-import, push"
            cells.append(
                f"{name} {shown(measurements.median(case, key) if seconds else None)} ({shown(middle)}); {megabytes} МБ"
            )
        lines.append(f"  {title}: {'; '.join(cells)}")
    if (loop := measurements.median(CLEAN, PYTHON)) is not None:
        lines.append(f"  калібрування: {shown(loop)} с")
    return lines
