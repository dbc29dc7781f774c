"""`make bench-photos`: the sizes of many photos, made by our pipeline and by libvips in turns with all cores.

The photos are generated: gradients, soft shapes and noise at three scales, as JPEG of 12 megapixels and about 3 MB, each
third one upright. Both sides make the same two WebP files of each with the same quality and effort.

Judged is the time of the processors, which is throughput when all cores are busy; seconds on the clock are printed too,
but beside other programs libvips gets a larger share of the machine, since it has more threads.

Settings: SIZE=200 (photos), ROUNDS=3.
"""

from __future__ import annotations

import io
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from bench.measuring import BenchFailed, peak_of
from bench.table import print_all
from hromada.system.regular_files import RegularFile
from hromada.system.workers import parallel_map, worker_count

SIZE, ROUNDS, ITEM = 200, 3, 5
LEAST_THROUGHPUT = 0.9  # of libvips's
MOST_MEMORY = 1.0
MOST_MEGABYTES = 600  # of two workers
MOST_OF_ITEM = 1.3  # the time of a new item's five photos, of libvips's for the same; an edit comes on top
_EDIT = 0.9  # seconds of an edit at 15,000 items (docs/maintainers.md)
_WIDTHS = (480, 1200)
_WORK = ("facts", "files", "vips")


class Run(NamedTuple):
    """Seconds on the clock and of all processors."""

    wall: float
    cpu: float


def main(root: Path) -> int:
    """Measure and judge; 1 when a mark is missed, 2 when a setting is wrong."""
    try:
        size, rounds = (
            int(os.environ.get(name, "").strip() or usual) for name, usual in (("SIZE", SIZE), ("ROUNDS", ROUNDS))
        )
        if not (1 <= size <= 5_000 and 1 <= rounds <= 20):
            raise ValueError
    except ValueError:
        print("SIZE: можна від 1 до 5000 світлин; ROUNDS: від 1 до 20", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hromada-photos-") as name:
        folder = Path(name)
        photos = folder / "photos"
        photos.mkdir()
        print(f"Роблю {size} світлин…", flush=True)
        for _ in parallel_map(range(size), lambda number: _make(photos, number), worker_count(0), named=str, chunk=1):
            pass
        runs: dict[str, list[Run]] = {work: [] for work in _WORK}
        for _ in range(rounds):
            for work in _WORK:
                runs[work].append(_run(root, folder, work, size))
        five = {
            work: min((_run(root, folder, work, ITEM) for _ in range(3)), key=lambda run: run.wall) for work in _WORK
        }
        few = min(size, 24)
        memory = {work: peak_of(_command(folder, work, few), root, _environment(root)) for work in ("files", "vips")}
    lines, missed = _verdicts(size, runs, five, memory)
    print_all(lines)
    return int(missed)


def _verdicts(
    size: int, runs: dict[str, list[Run]], five: dict[str, Run], memory: dict[str, int | None]
) -> tuple[list[str], bool]:
    cpu = {work: statistics.median(run.cpu for run in runs[work]) for work in _WORK}
    wall = {work: statistics.median(run.wall for run in runs[work]) for work in _WORK}
    lines = [f"{size} світлин, медіани: мс процесора на світлину (секунд усього)"]
    names = {"facts": "перевірка файлів перед тим (наша)", "files": "розміри, наші", "vips": "розміри, libvips"}
    lines += [f"  {names[work]}: {1000 * cpu[work] / size:.0f} ({wall[work]:.1f})" for work in _WORK]
    throughput = cpu["vips"] / cpu["files"]
    item = five["facts"].wall + five["files"].wall
    allowed = MOST_OF_ITEM * five["vips"].wall + _EDIT
    marks = [
        (f"пропускна здатність {throughput:.2f} від libvips, треба {LEAST_THROUGHPUT}", throughput >= LEAST_THROUGHPUT),
        (
            f"п’ять світлин матеріалу {item:.2f} с, можна {allowed:.2f} ({MOST_OF_ITEM} від libvips і правка)",
            item <= allowed,
        ),
    ]
    ours, theirs = memory["files"], memory["vips"]
    if ours is not None and theirs is not None:
        marks.append((f"пам’ять {ours} МБ, у libvips {theirs} МБ", ours <= MOST_MEMORY * theirs))
        marks.append((f"пам’ять {ours} МБ, можна {MOST_MEGABYTES}", ours < MOST_MEGABYTES))
    lines += [f"{'так' if kept else 'НІ'}: {words}" for words, kept in marks]
    return lines, not all(kept for _, kept in marks)


def _command(folder: Path, work: str, size: int) -> list[str]:
    return [sys.executable, "-m", "bench.photos", work, str(folder), str(size)]


def _environment(root: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(root / "plugins"), str(root)])
    return os.environ | {"PYTHONPATH": paths, "VIPS_CONCURRENCY": "1"}


def _run(root: Path, folder: Path, work: str, size: int) -> Run:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        _command(folder, work, size), cwd=root, env=_environment(root), capture_output=True, text=True, check=False
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise BenchFailed(done.stderr)
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


# --- the work of one process group ---------------------------------------------------------------------------------


def _perform(work: str, folder: Path, size: int) -> None:
    photos = sorted((folder / "photos").iterdir())[:size]
    with tempfile.TemporaryDirectory(dir=folder) as name:
        task = {"facts": _facts, "files": _files, "vips": _vips}[work](Path(name))
        for _ in parallel_map(photos, task, worker_count(0), named=str, chunk=1):
            pass


def _facts(out: Path) -> Callable[[Path], None]:
    from hromada.render.picture_files import facts_of

    def task(photo: Path) -> None:
        facts_of(RegularFile.at(photo))

    return task


def _files(out: Path) -> Callable[[Path], None]:
    """Our pipeline from a known plan to files in the cache and in the output."""
    from hromada.pictures.copies import CopyPlan, plan_copies
    from hromada.render.picture_files import files_of

    def task(photo: Path) -> None:
        raw = photo.read_bytes()
        with Image.open(io.BytesIO(raw)) as image:
            size = image.size
        plan: CopyPlan = plan_copies(photo.name, photo.name, size, 1, _WIDTHS)
        for name, data in files_of(plan, raw).items():
            (out / name.rpartition("/")[2]).write_bytes(data)

    return task


def _vips(out: Path) -> Callable[[Path], None]:
    import pyvips

    def task(photo: Path) -> None:
        picture = pyvips.Image.thumbnail(str(photo), _WIDTHS[1], height=100_000).copy_memory()
        picture.webpsave(str(out / f"{photo.stem}-{_WIDTHS[1]}.webp"), Q=78, effort=4, keep="none")
        small = picture.thumbnail_image(_WIDTHS[0], height=100_000)
        small.webpsave(str(out / f"{photo.stem}-{_WIDTHS[0]}.webp"), Q=78, effort=4, keep="none")

    return task


# --- photos ---------------------------------------------------------------------------------------------------------


def _make(folder: Path, number: int) -> None:
    """A photo of 4000 × 3000 pixels, or upright."""
    dice = random.Random(number)
    size = (3000, 4000) if number % 3 == 2 else (4000, 3000)
    bands = []
    for _ in range(3):
        gradient = (
            Image.linear_gradient("L").rotate(dice.choice((0, 90, 180, 270))).resize(size, Image.Resampling.BILINEAR)
        )
        shapes = _noise(dice, (9, 7)).resize(size, Image.Resampling.BICUBIC)
        texture = _noise(dice, (260, 200)).resize(size, Image.Resampling.BICUBIC)
        band = Image.blend(Image.blend(gradient, shapes, 0.5), texture, 0.22)
        bands.append(Image.blend(band, _noise(dice, (1000, 750)).resize(size, Image.Resampling.NEAREST), 0.06))
    grain = _noise(dice, (size[0] // 2, size[1] // 2)).resize(size)
    photo = Image.blend(Image.merge("RGB", bands), Image.merge("RGB", [grain] * 3), 0.04)
    photo.save(folder / f"photo-{number:04}.jpg", quality=90, exif=_exif())


def _noise(dice: random.Random, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Bench"
    return exif


if __name__ == "__main__":
    _perform(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
