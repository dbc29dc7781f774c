"""`make bench`: the demo archive by our whole command, in turns with plain Pelican; medians, ratios, peak memory."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench import counting
from bench.corpus import plain_twin
from hromada.demo.recipe import SOURCE_REPORT, archive
from hromada.domain.calendar import Clock
from hromada.domain.period import parse_period
from hromada.report.count import count_activity
from hromada.shell.call import Call
from hromada.shell.memory import Memory
from hromada.shell.sources import load

_ROUNDS = 3


@dataclass(slots=True)
class Measure:
    """One way of building, run several times."""

    name: str
    prepare: Callable[[], None]
    command: list[str]
    folder: Path
    environ: dict[str, str]
    seconds: list[float] = field(default_factory=list)
    memory: int = 0

    def run(self) -> None:
        self.prepare()
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=os.environ | self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        _, words = process.communicate()
        self.seconds.append(time.perf_counter() - start)
        if process.returncode:
            raise SystemExit(f"{self.name}: {words.decode('utf-8', 'replace')}")

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def main(root: Path) -> int:
    """Measure the demo archive at SCALE (default 1) and the count alone; print a table."""
    scale = Call.from_environment(root, os.environ).scale
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = folder / "content"
        for path, data in archive(SOURCE_REPORT.times(scale)):
            target = content / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        number = plain_twin(content, folder / "plain")
        print(f"Архів: {number} матеріалів, медіана з {_ROUNDS}\n", flush=True)
        measures = _measures(root, folder, content)
        for _ in range(_ROUNDS):
            for measure in measures:
                measure.run()
        _print(measures)
        _count(root, content)
    return counting.main(root)


def _measures(root: Path, folder: Path, content: Path) -> list[Measure]:
    ours = [sys.executable, "-X", "utf8", "-m", "invoke", "html"]
    environ = {"CONTENT": str(content), "OUTPUT": str(folder / "ours"), "TODAY": "2022-01-15"}
    item = next(iter(sorted(content.glob("news/2021/*.md"))))

    def clean() -> None:
        shutil.rmtree(folder / "ours", ignore_errors=True)

    def edit() -> None:
        item.write_text(item.read_text("utf-8") + "\nПравка.\n", "utf-8")

    def nothing() -> None:
        pass

    plain = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    return [
        Measure("Pelican без нас, повністю", nothing, plain, folder / "plain", {}),
        Measure("make html, повністю", clean, ours, root, environ),
        Measure("make html, одна правка", edit, ours, root, environ),
        Measure("make html, без змін", nothing, ours, root, environ),
    ]


def _print(measures: list[Measure]) -> None:
    base = measures[0].median
    for one in measures:
        print(f"{one.name:<28} {one.median:6.2f} с   {one.median / base:5.2f} від Pelican")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\nНайбільша пам’ять одного процесу: {peak} МБ")


def _count(root: Path, content: Path) -> None:
    """Reading and counting alone."""
    settings = Call.from_environment(root, {}).settings()
    start = time.perf_counter()
    site = load(content, settings, Memory(None, "")).site
    read = time.perf_counter() - start
    start = time.perf_counter()
    activity = count_activity(site, parse_period("2021-H2"), Clock.parse("2022-01-15"))
    counted = time.perf_counter() - start
    print(f"Прочитати: {read:.2f} с; порахувати {activity.found} матеріалів і {len(site.rows)} рядків: {counted:.3f} с")
