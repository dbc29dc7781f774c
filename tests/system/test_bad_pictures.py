"""Bad pictures in whole builds: enormous ones within limits, odd names, disguised files; and what a second build does."""

import os
import re
import subprocess
import sys

import pytest

from hromada.commands import dispatch as commands
from hromada.render import content_pictures
from tests.conftest import ROOT
from tests.system.bad_pictures import BASELINE, HEAVY, frames, photo, png, saved

MOST_MEGABYTES, MOST_TIMES = 1_000, 20  # of the time of a photo of 12 megapixels
HEAD = "title: Толока\ndate: 2021-07-05\n"


def measured(path):
    """Seconds, megabytes and the refusal of a picture in a process of its own."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.system.bad_pictures", str(path)]
    paths = os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seconds, megabytes, refusal = done.stdout.rstrip("\n").split("\t")
    return float(seconds), int(megabytes), refusal


@pytest.fixture(scope="module")
def baseline(tmp_path_factory):
    path = tmp_path_factory.mktemp("photo") / "x"
    path.write_bytes(HEAVY[BASELINE][0]())
    return min(measured(path)[0] for _ in range(3))


# What is decoded in full takes a second or two each.
LARGEST = [pytest.param(name, marks=pytest.mark.soak) for name in HEAVY if name.startswith("largest-")]


@pytest.mark.long
@pytest.mark.parametrize(
    "name", [*(name for name in HEAVY if not name.startswith("largest-")), "largest-png", *LARGEST]
)
def test_an_enormous_picture_stays_within_a_gigabyte_and_twenty_times_a_photo_s_time(name, baseline, tmp_path):
    make, reason = HEAVY[name]
    (tmp_path / "x").write_bytes(make())
    seconds, megabytes, refusal = measured(tmp_path / "x")

    assert refusal.startswith(reason) if reason else not refusal
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_TIMES * baseline


NAMES = [
    "світлина.jpg", "два слова.jpg", "Ґанок (1).jpg", "100%.jpg", "a#b.jpg", "a&b;c.jpg", "a'b.jpg", "’a’ «b».jpg", "a+b=c.jpg", "a,b.jpg",
    "ПІДПИС.JPG", "й-nfc.jpg", "й-nfd.jpg", "%D1%84.jpg", "-dash.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_photo_is_shown_whatever_it_is_called_and_its_name_stays_unknown(site, name):
    """In the text and as the cover; «#» and «%» before two digits are written as in an address."""
    site.write(f"news/{name}", saved("JPEG", (60, 40)))
    header = re.sub(r"#|%(?=[0-9A-F]{2})", lambda match: f"%{ord(match[0]):X}", name)
    quoted = re.sub(r"[ ()]|%(?![0-9A-F]{2})", lambda match: f"%{ord(match[0]):X}", header)
    site.write(
        "news/x.md", f"{HEAD}image: {header}\nimage-alt: Люди саджають дерева\n\n![Люди саджають дерева]({quoted})\n"
    )
    status, _, said = site.html()

    assert status == 0, said
    pictures = [path for path in site.files() if path.startswith("images/") and "card" not in path]
    assert len(pictures) == 1
    assert all(
        name.encode() not in data for path, data in site.files().items() if path.endswith(".html") and "/x-" in path
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [("a?b.jpg", "file-name"), ('a"b.jpg', "file-name"), ("con.jpg", "file-name"), ("nul.png", "file-name"), ("a:b.jpg", "file-name"),
     ("a.jpg ", None), ("x.svg", "stray-file"), ("x.html", "stray-file"), ("x.psd", "stray-file")],
)  # fmt: skip
def test_a_name_that_some_system_can_t_hold_is_refused(site, name, code):
    site.write(f"news/{name}", saved("JPEG", (60, 40)))
    site.write("news/x.md", f"{HEAD}\nТекст.\n")
    status, said, _ = site.run(commands.check)

    assert status == 2
    assert code is None or f"[{code}]" in said


REFUSED = {
    "x.jpg": (b"<!doctype html><script>alert(1)</script>", "picture-unreadable"),
    "y.jpg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "picture-unreadable"),
    "z.png": (png(20_000, 10_000), "picture-unreadable"),
    "a.jpg": (saved("PNG", (60, 40)), "picture-type"),
    "b.webp": (saved("GIF", (60, 40), "P"), "picture-type"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize(
    "shown", ["image: {}\nimage-alt: Люди в парку\n\nТекст.\n", "gallery: [{}]\n\nТекст.\n", "\n![Люди в парку]({})\n"]
)
def test_what_is_no_picture_is_refused_with_file_line_and_reason(site, name, shown):
    raw, code = REFUSED[name]
    site.write(f"news/{name}", raw)
    site.write("news/x.md", HEAD + shown.format(name))
    status, said, _ = site.run(commands.check)

    assert status == 2
    line = next(line for line in said.splitlines() if f"[{code}]" in line)
    assert line.startswith("content/news/x.md:")
    assert name in line


def test_an_animation_is_published_still_with_a_warning(site):
    site.write("news/x.gif", frames("GIF", 3))
    site.write("news/x.md", f"{HEAD}\n![Прапор на вітрі](x.gif)\n")
    status, _, said = site.html()

    assert status == 0
    assert (
        "content/news/x.md:4: попередження: у файлі x.gif кілька кадрів або сторінок, на сайті буде лише перший" in said
    )
    assert "[picture-frames]" in said


def test_a_second_build_decodes_nothing(site, monkeypatch):
    """Neither when nothing has changed, nor after an edit, nor when the output is gone: copies come from the cache."""
    monkeypatch.setattr(
        "hromada.content.file_cache.MTIME_GRANULARITY_NS", 0
    )  # the files are as old as those of yesterday
    decoded = []
    for name in ("files_of", "facts_of"):
        make = getattr(content_pictures, name)
        monkeypatch.setattr(
            content_pictures, name, lambda *call, make=make, name=name: decoded.append(name) or make(*call)
        )
    for number in range(3):
        site.write(f"news/{number}.jpg", photo((900, 600)))
    site.write(
        "news/x.md", f"{HEAD}image: 0.jpg\nimage-alt: Люди в парку\ngallery: [1.jpg]\n\n![Липи в парку](2.jpg)\n"
    )
    cache = site.folder / "cache-of-its-own"
    assert site.html(cache_name=str(cache))[0] == 0
    first = site.files()
    assert decoded.count("files_of") == 3
    decoded.clear()

    assert site.html(cache_name=str(cache))[0] == 0
    site.write("news/x.md", (site.content / "news/x.md").read_text("utf-8") + "\nЩе слово.\n")
    assert site.html(cache_name=str(cache))[0] == 0
    for path in sorted(site.output.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert site.html(cache_name=str(cache))[0] == 0
    assert decoded == []
    assert {name: data for name, data in site.files().items() if name.startswith("images/")} == {
        name: data for name, data in first.items() if name.startswith("images/")
    }
