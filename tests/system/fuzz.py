"""Damaged content: whatever the files hold, the check and the build end in time, in bounded memory, without a traceback.

Each input is the golden site with some of its files damaged; a child process checks and builds it.

    PYTHONPATH=plugins:. python -m tests.system.fuzz SECONDS [SEED [INPUTS]]

Inputs that fail are kept in `build/fuzz/<seed>`, each with what was said.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path

from hromada.commands import dispatch as commands
from hromada.console.options import Options
from tests.browser import payloads
from tests.conftest import ROOT

GOLDEN = ROOT / "tests/sites/golden"
KEPT = ROOT / "build/fuzz"
# What one input may take: of the processor's time, and of waiting where it doesn't even work (the golden site takes 2 s
# and 200 MB). A busy machine makes the second longer, never the first.
SECONDS, WAITING, MEMORY = 120, 900, 3 << 30
COMMON = [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\n\n", "\u2028".encode(), "\u202e".encode(), b"\x0b", "\ue000".encode() + b"0" + "\ue001".encode(), b"\xd0", "№".encode()]  # fmt: skip
PIECES = {
    ".md": [b"---\n", b"title: ", "Дата: ".encode(), b"date: 31.02.2021\n", b"status: draft\n", b"gallery: a|b; c\n", b"- ", b"1. ", b"> ", b"    ",
            b"[", b"]", b"](", b"![", b"[^1]", b"\n[^1]: ", b"**", b"_", b"`", b"```\n", b"~~~\n", b"<", b"<!--", b"-->", b"<a ", b"<![CDATA[", b"<?", b"</p>",
            b"<div>", b"<iframe src=", b"|", b"|-|-|\n", b"[TOC]\n", b"*[a]: ", b"\n: ", b"\n===\n", b"# ", b"{#a}", b"{: a=b}", b"&#0;", b"&", b"\\", b"[[news]]",
            b"[[", "[[news зн. розміщено]]".encode(), b"{static}", b"period: 2021-H2\n", b"window-news: 2021\n", b"lang: en\n", b"slug: ../..\n", b"http://[", b"javascript:"],
    ".csv": [b";", b",", b"\t", b'"', b'""', b"\n", "Дата".encode(), b"=cmd", b"url", b"01.07.2021", "допис".encode(), b"https://facebook.com/1?x=[", b"0001-01-01"],
    ".toml": [b"[", b"]", b"[[account]]\n", b"[[figure]]\n", b"=", b'"', b"'''", b"{", b"}", b"id = 1\n", b"[noun]\n", b"# ", b"1979-05-27", b"inf", b'total-of = ["news"]\n', b'where = {}\n'],
}  # fmt: skip
BINARY = (".png", ".jpg", ".webp", ".pdf", ".docx", ".zip", ".xlsx", ".xls", ".ods")  # cut, flipped, filled with noise
PAYLOADS = [one.encode("utf-8", "replace") for one in payloads.every()]
KEYS = ["title", "date", "category", "tags", "summary", "slug", "status", "lang", "image", "gallery", "expires", "event-date", "source", "kind", "phone", "closed", "period"]  # fmt: skip


def damage(content: Path, dice: random.Random) -> None:
    """Up to four files changed in up to six ways each, half of the time one in one; sometimes one more, oddly named.

    Now and then a file or a folder is a link or a pipe instead.
    """
    files = sorted(path for path in content.rglob("*") if path.suffix in PIECES)
    if dice.random() < 0.3:
        _damage_binary(content, dice)
    gently = dice.random() < 0.5
    for path in dice.sample(files, 1 if gently else dice.randint(1, 4)):
        raw = path.read_bytes()
        for _ in range(1 if gently else dice.randint(1, 6)):
            raw = dice.choice(WAYS)(raw, path.suffix, dice, files)
        path.write_bytes(raw)
    if not gently and dice.random() < 0.3:
        path = dice.choice(files)
        name = dice.choice(["x" * 200, "2021-02-31-x", ".en", "index", "x.en", "тест й", "a\udcff", "-", " "])
        path.with_name(f"{name}{path.suffix}").write_bytes(path.read_bytes())
    if dice.random() < 0.05:
        path = dice.choice(sorted(content.rglob("*")))
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        target = dice.choice(["/dev/zero", "/proc/self/environ", "..", "nowhere", path.name, None])
        path.symlink_to(target) if target else os.mkfifo(path)


def _damage_binary(content: Path, dice: random.Random) -> None:
    """One picture, document or workbook with bytes flipped, cut out, doubled or filled with noise."""
    path = dice.choice(sorted(path for path in content.rglob("*") if path.suffix in BINARY))
    raw = path.read_bytes()
    for _ in range(dice.choice([1, 1, 3, 30])):
        raw = dice.choice([_flip, _flip, _cut, _noise, _splice])(raw, path.suffix, dice, [path])
    path.write_bytes(raw)


def add_samples(content: Path) -> None:
    """A news item with pictures and documents of the types that the golden site hasn't."""
    import docx
    from PIL import Image

    folder = content / "news"
    exif = Image.Exif()
    exif[0x0112] = 6
    for type in ("jpg", "webp"):
        Image.linear_gradient("L").convert("RGB").resize((60, 40)).save(folder / f"zrazok.{type}", exif=exif)
    docx.Document().save(str(folder / "zrazok.docx"))
    (folder / "zrazok.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n3 0 obj<</Author(a)>>endobj\ntrailer<</Root 1 0 R/Info 3 0 R>>\n")  # fmt: skip
    with zipfile.ZipFile(folder / "zrazok.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    (folder / "2021-07-06-zrazky.md").write_text(
        "title: Зразки\ndate: 2021-07-06\n\n![Опис](zrazok.jpg)\n\n![Опис](zrazok.webp)\n\n[а](zrazok.docx), [б](zrazok.pdf), [в](zrazok.zip)\n", "utf-8"
    )  # fmt: skip


def _piece(suffix: str, dice: random.Random) -> bytes:
    return dice.choice(dice.choice([PIECES[suffix], PIECES[suffix], COMMON, PAYLOADS]))


def _insert(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + _piece(suffix, dice) + raw[at:]


def _repeat(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    at, times = dice.randint(0, len(raw)), dice.choice([2, 30, 300, 3000, 30_000, 200_000])
    piece = b"".join(_piece(suffix, dice) for _ in range(dice.randint(1, 3)))
    return raw[:at] + piece * min(times, 2_000_000 // max(1, len(piece))) + raw[at:]


def _cut(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + raw[at + dice.choice([1, 2, 10, 100, len(raw)]) :]


def _flip(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    if not raw:
        return raw
    at = dice.randrange(len(raw))
    return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]


def _noise(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + dice.randbytes(dice.choice([1, 4, 50])) + raw[at:]


def _splice(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    other = dice.choice(files).read_bytes()
    at, start = dice.randint(0, len(raw)), dice.randint(0, len(other))
    return raw[:at] + other[start : start + dice.choice([10, 200, 5000])] + raw[at:]


def _field(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    """Another value, often a long or odd one, in a header's field or a table's cell."""
    value = dice.choice(
        [
            _piece(suffix, dice),
            b"x" * dice.choice([100, 300, 5000, 60_000]),
            "щ".encode() * dice.choice([90, 20_000]),
            b"9" * 400,
            b"",
        ]
    )
    value = b" ".join(value.split())
    lines = raw.split(b"\n")
    at = dice.randrange(min(len(lines), 12))
    mark = b";" if suffix == ".csv" else b"="
    if suffix == ".md":
        lines.insert(min(1, at), dice.choice(KEYS).encode() + b": " + value)
    else:
        cells = lines[at].split(mark)
        cells[dice.randrange(len(cells))] = value
        lines[at] = mark.join(cells)
    return b"\n".join(lines)


def _lines(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    lines = raw.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def _encode(raw: bytes, suffix: str, dice: random.Random, files: list[Path]) -> bytes:
    text = raw.decode("utf-8", "replace")
    return text.encode(dice.choice(["cp1251", "utf-16", "utf-8-sig", "utf-32", "koi8-u"]), "replace")


WAYS = (_insert, _insert, _insert, _repeat, _cut, _flip, _noise, _splice, _field, _field, _field, _lines, _encode)


def call_of(folder: Path) -> Options:
    return Options.from_environment(ROOT, {"TODAY": "2022-01-15", "JOBS": "1"}).with_changes(
        content=folder / "content", output=folder / "output", settings_file="tests/sites/golden/conf.py",
        cache_name=str(folder / "cache"),
    )  # fmt: skip


def attempt(folder: Path) -> int:
    """Check and build in this process; 0 or 2, anything else is a fault. What is said goes to `said.txt`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            checked = commands.check(call_of(folder))
            built = commands.html(call_of(folder))
        status = built if checked == built and built in (0, 2) else 3
    except BaseException:
        said.write(traceback.format_exc())
        status = 4
    if "Traceback" in said.getvalue():
        status = 4
    (folder / "said.txt").write_text(f"{said.getvalue()[-20_000:]}\nstatus {status}\n", "utf-8", "replace")
    return status


def in_child(folder: Path) -> tuple[str, float, int]:
    """How it ended, in how many seconds of the processor, with how many megabytes at most."""
    child = os.fork()
    if not child:
        os._exit(attempt(folder))
    waiting = threading.Timer(WAITING, os.kill, (child, signal.SIGKILL))
    waiting.start()
    _, status, used = os.wait4(child, 0)
    waiting.cancel()
    waiting.join()  # no thread lives when the next one is forked
    code = os.waitstatus_to_exitcode(status)
    names = {
        0: "built",
        2: "refused",
        3: "check and build differ",
        4: "traceback",
        -signal.SIGXCPU: "hang",
        -signal.SIGKILL: "hang",
    }
    return names.get(code, f"died of {-code}"), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main(seconds: float, seed: int, inputs: float = math.inf) -> int:
    """As many inputs as fit into the time, but no more than that; the first is the seed's, the next one the next seed's."""
    ends: Counter[str] = Counter()
    slowest, largest = (0.0, 0), (0, 0)
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        shared = Path(place) / "shared"
        while time.monotonic() < until and sum(ends.values()) < inputs:
            folder = Path(place) / str(seed)
            shutil.copytree(GOLDEN / "content", folder / "content")
            for name in ("documents", "pictures", "templates"):  # known by their bytes; they take long to make
                (shared / name).mkdir(parents=True, exist_ok=True)
                (folder / "cache").mkdir(exist_ok=True)
                (folder / "cache" / name).symlink_to(shared / name)
            add_samples(folder / "content")
            damage(folder / "content", random.Random(seed))
            end, took, megabytes = in_child(folder)
            ends[end] += 1
            slowest, largest = max(slowest, (took, seed)), max(largest, (megabytes, seed))
            if end not in ("built", "refused"):
                print(f"seed {seed}: {end}", flush=True)
                shutil.rmtree(KEPT / str(seed), ignore_errors=True)
                shutil.copytree(folder, KEPT / str(seed), ignore=shutil.ignore_patterns("cache", "output"))
            shutil.rmtree(folder)
            seed += 1
    print(f"{sum(ends.values())} inputs: {dict(ends)}; slowest {slowest[0]:.1f} s (seed {slowest[1]}), "
          f"largest {largest[0]} MB (seed {largest[1]})")  # fmt: skip
    return int(bool(ends.keys() - {"built", "refused"}))


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*given) if len(given) > 1 else main(given[0], int(time.time())))
