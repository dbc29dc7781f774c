"""A card's photos come into an item: the whole command, with real files and a real repository."""

import io
import os
import subprocess
import sys

import pytest
from PIL import Image
from pillow_heif import from_pillow

from hromada.commands import dispatch as commands
from hromada.importers import gallery_file
from hromada.metadata.picture_metadata import metadata_of
from hromada.render.archive_copies import LARGEST
from tests.conftest import ROOT, cache_in
from tests.system.clones import config, git
from tests.unit.metadata.samples import exif, picture, placed

__all__ = ["config"]  # a fixture, used by its name

ITEM = "news/2021/2021-07-05-zustrich.md"
TEXT = '---\ntitle: Зустріч\ndate: "2021-07-05"\n---\n\nТекст.\n'
FOLDER = "news/2021/2021-07-05-zustrich"


def photo(colour, time="", format="JPEG", **how):
    made = exif()
    if time:
        made.get_ifd(0x8769)[0x9003] = time
    return picture(format, Image.new("RGB", (64, 48), colour), exif=made, **how)


def heic(colour):
    output = io.BytesIO()
    from_pillow(Image.new("RGB", (64, 48), colour)).save(output)
    return output.getvalue()


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "картка" / "DCIM"
    folder.mkdir(parents=True)

    def put(**files):
        for name, data in files.items():
            path = folder.parent / name.replace("__", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)

    put.folder = folder.parent
    return put


@pytest.fixture
def item(site):
    site.write(ITEM, TEXT)
    return site


def take(site, card, **changes):
    return site.run(commands.photos, item=str(site.content / ITEM), source=str(card.folder), **changes)


def names(site):
    folder = site.content / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def lines(site):
    return [line.strip() for line in (site.content / ITEM).read_text("utf-8").split("\n") if "|" in line]


def test_the_photos_of_a_card_become_a_gallery_with_descriptions_to_be_filled_in(item, card):
    card(
        Бобрівка__JPG=photo("red", "2021:07:05 12:00:00"),
        b__heic=heic("green"),
        c__png=photo("blue", "2021:07:05 09:00:00", "PNG"),
        d__webp=photo("white", format="WEBP"),
        **{
            "DCIM/e__avif": photo("black", format="AVIF"),
            "DCIM/f__TIFF": photo("yellow", "2021:07:05 10:00:00", "TIFF"),
        },
        film__mov=b"x",
        list__txt=b"x",
    )
    before = {path: path.read_bytes() for path in card.folder.rglob("*") if path.is_file()}
    status, said, wrong = take(item, card)

    assert (status, wrong) == (0, ""), wrong
    assert "Світлин узято: 6, до теки content/news/2021/2021-07-05-zustrich/." in said
    assert "Не світлини, лишено: film.mov, list.txt." in said
    assert "МБ більше" in said
    assert [name[:12] for name in names(item)] == [f"zustrich-0{number}-" for number in range(1, 7)]
    assert lines(item) == [f"- 2021-07-05-zustrich/{name} |" for name in names(item)]
    first = Image.open(item.content / FOLDER / names(item)[0]).convert("RGB").getpixel((5, 5))
    assert first[2] > 200 > first[0]  # the blue one was taken first; those without a time come last
    for name in names(item):
        data = (item.content / FOLDER / name).read_bytes()
        assert (metadata_of(data), data[:2], len(data) < LARGEST) == (metadata_of(b""), b"\xff\xd8", True)
    assert {path: path.read_bytes() for path in card.folder.rglob("*") if path.is_file()} == before
    assert "Бобрівка" not in (item.content / ITEM).read_text("utf-8")


def test_the_check_then_asks_for_the_descriptions_alone(item, card):
    card(a__jpg=photo("red"))
    take(item, card)
    _, said, _ = item.run(commands.check)

    assert all("[alt-missing]" in line for line in said.splitlines() if "]" in line), said


def test_a_card_that_is_given_twice_brings_nothing_twice(item, card):
    card(a__jpg=photo("red"), b__jpg=photo("blue"))
    take(item, card)
    before = names(item), (item.content / ITEM).read_text("utf-8")
    status, said, _ = take(item, card)

    assert (status, said) == (0, "Брати нічого: усі ці світлини матеріал уже має.\n")
    assert (names(item), (item.content / ITEM).read_text("utf-8")) == before
    card(c__jpg=photo("green"))
    _, said, _ = take(item, card)
    assert "Світлин узято: 1" in said
    assert "Уже були раніше: 2." in said
    assert [name[:12] for name in names(item)] == ["zustrich-01-", "zustrich-02-", "zustrich-03-"]


def test_a_photo_that_lies_twice_on_the_card_is_taken_once(item, card):
    card(a__jpg=photo("red"), b__jpg=photo("red"))
    status, said, _ = take(item, card)

    assert (status, len(names(item)), "Однакових на картці, взято одну: 1." in said) == (0, 1, True)


def test_a_damaged_photo_is_named_and_the_others_are_taken(item, card):
    card(a__jpg=photo("red"), b__jpg=photo("blue")[:-300], c__jpg=b"<html>")
    status, _said, wrong = take(item, card)

    assert (status, len(names(item))) == (2, 1)
    assert wrong.splitlines() == [
        f"{name}:1: файл не читається як світлина, цю світлину не взято [original-refused]"
        for name in ("b.jpg", "c.jpg")
    ]
    card(b__jpg=photo("blue"))
    (card.folder / "c.jpg").unlink()
    assert take(item, card)[0] == 0
    assert len(names(item)) == len(lines(item)) == 2


def test_a_dry_run_lists_and_writes_nothing(item, card):
    card(a__jpg=photo("red"), b__jpg=photo("blue"))
    status, said, _ = take(item, card, dry_run=True)

    assert (status, names(item), (item.content / ITEM).read_text("utf-8")) == (0, [], TEXT)
    assert said.startswith("a.jpg → content/news/2021/2021-07-05-zustrich/zustrich-01-")
    assert "Нічого не записано: DRY_RUN=1." in said


def test_windows_line_ends_and_what_stands_in_the_header_stay(item, card):
    text = "title: Зустріч\ndate: 2021-07-05\nimage: a.jpg\nimage-alt: Алея\ngallery:\n  - a.jpg | Алея\n\nТекст.\n"
    item.write(ITEM, f"---\n{text}".replace("\n\n", "\n---\n\n").replace("\n", "\r\n"))
    card(b__jpg=photo("blue"))
    take(item, card)
    raw = (item.content / ITEM).read_bytes()

    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert b"image: a.jpg\r\nimage-alt: " in raw
    assert b"gallery:\r\n  - a.jpg | \xd0\x90" in raw
    assert raw.decode().count(" |") == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": "", "source": ""}, "не вказано ITEM і FROM"),
        ({"source": ""}, "не вказано FROM"),
        ({"item": ""}, "не вказано ITEM"),
        ({"item": "content/news/2021/2021-07-05-zustrih.md"}, "можливо, «content/news/2021/2021-07-05-zustrich.md»"),
        ({"item": "content/reports/x.md"}, "галереї тут не буває"),
        ({"source": "/nema"}, "такої теки немає"),
        ({"blur": "a.jpg:1,2"}, "BLUR=«a.jpg:1,2» незрозуміло"),
        ({"blur": "b.jpg:1,2,3,4; x.jpg:1,2,3,4"}, "BLUR=«x.jpg»: такої світлини у FROM немає"),
    ],
)
def test_a_call_that_is_not_clear_is_refused_and_nothing_is_taken(item, card, changes, words):
    item.write("reports/x.md", "title: x\nperiod: 2021-H2\n\n")
    card(a__jpg=photo("red"))
    status, said, wrong = take(item, card, **changes) if not changes.keys() & {"item", "source"} else item.run(
        commands.photos, **({"item": ITEM, "source": str(card.folder)} | changes)
    )  # fmt: skip

    assert (status, said, names(item)) == (2, "", [])
    assert words in wrong


@pytest.mark.parametrize("text", ["---\ntitle: x\n", "", "---\ngallery: a.jpg\nГалерея: b.jpg\n---\n"])
def test_an_item_whose_header_is_broken_gets_nothing(item, card, text):
    item.write(ITEM, text)
    card(a__jpg=photo("red"))
    status, _, wrong = take(item, card)

    assert (status, names(item), (item.content / ITEM).read_text("utf-8")) == (2, [], text)
    assert wrong.startswith(f"content/{ITEM}: ")


def test_originals_in_the_content_are_not_taken_there(item, card):
    item.write("images/a.jpg", photo("red"))
    status, _, wrong = item.run(commands.photos, item=ITEM, source=str(item.content / "images"))

    assert (status, "оригінали лежать у змісті" in wrong) == (2, True)


def test_links_and_leftovers_of_a_card_are_passed_over(item, card, tmp_path):
    (tmp_path / "outside.jpg").write_bytes(photo("red"))
    card(a__jpg=photo("blue"), **{"._a__jpg": b"x"})
    (card.folder / "b.jpg").symlink_to(tmp_path / "outside.jpg")
    status, said, _ = take(item, card)

    assert (status, len(names(item)), "лишено" in said) == (0, 1, False)


def test_a_single_file_may_be_given_and_an_item_by_its_name(item, card):
    card(a__jpg=photo("red"), b__jpg=photo("blue"))
    status, _, _ = item.run(commands.photos, item="2021-07-05-zustrich", source=str(card.folder / "a.jpg"))

    assert (status, len(names(item))) == (0, 1)


def test_a_full_disk_takes_nothing(item, card, monkeypatch):
    def atomic_write(file, data, mode=0o644):
        if "content" in str(getattr(file, "root", "")) and len(names(item)) == 1:
            raise OSError(28, "No space left on device", str(file.path))
        return real(file, data, mode)

    real = gallery_file.atomic_write
    monkeypatch.setattr(gallery_file, "atomic_write", atomic_write)
    card(a__jpg=photo("red"), b__jpg=photo("blue"))
    status, _, wrong = take(item, card)

    assert (status, names(item), (item.content / ITEM).read_text("utf-8")) == (2, [], TEXT), wrong
    assert not (item.content / FOLDER).exists()


_KILLED = """
import os, sys
from pathlib import Path
from hromada.importers import gallery_file, photos
from hromada.console.options import Options
left = [int(sys.argv[1])]
def dying(real):
    def write(*arguments):
        left[0] -= 1
        if not left[0]:
            os._exit(9)
        return real(*arguments)
    return write
photos.atomic_write = gallery_file.atomic_write = dying(photos.atomic_write)
gallery_file.atomic_replace = dying(gallery_file.atomic_replace)
options = Options.from_environment(Path.cwd(), os.environ).with_changes(settings_file="tests/sites/golden/conf.py")
raise SystemExit(photos.photos(options))
"""


@pytest.mark.parametrize("step", range(1, 9))
def test_a_run_that_is_killed_at_any_step_leaves_nothing_half_after_the_next(item, card, step):
    card(a__jpg=photo("red"), b__jpg=photo("blue"))
    environ = {
        "PYTHONPATH": "plugins", "CONTENT": str(item.content), "CACHE": str(cache_in(item.folder)), "JOBS": "1",
        "ITEM": str(item.content / ITEM), "FROM": str(card.folder),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _KILLED, str(step)], cwd=ROOT, env=os.environ | environ, check=False,
        capture_output=True,
    )  # fmt: skip

    assert done.returncode == (9 if step <= 6 else 0), done.stderr
    if step <= 6:
        assert (item.content / ITEM).read_text("utf-8") == TEXT  # the header comes last
    (card.folder / "a.jpg").unlink()
    card(c__jpg=photo("green"))
    assert take(item, card)[0] == 0
    assert len(names(item)) == len(lines(item)) == (2 if step <= 6 else 3)
    assert sorted(line.split("/")[1].split(" ")[0] for line in lines(item)) == names(item)


@pytest.mark.parametrize(
    "text", [None, b"---\ntitle: T\ngallery: {a: b\n", b"\xff"], ids=["gone", "unclear", "not UTF-8"]
)
def test_a_killed_run_of_an_item_that_changed_since_does_not_stop_others(item, card, text):
    card(a__jpg=photo("red"))
    left = f"{FOLDER}/zustrich-01-0a1b2c3d.jpg"
    item.write(left, photo("blue"))
    item.write("news/2021/2021-07-06-park.md", TEXT.replace("Зустріч", "Парк"))
    journal = cache_in(item.folder) / "photos" / "journal.json"
    journal.parent.mkdir(parents=True)
    journal.write_bytes(
        gallery_file._JOURNAL_ENTRY.encode(gallery_file._Journal(f"content/{ITEM}", (f"content/{left}",)))
    )
    if text is None:
        (item.content / ITEM).unlink()
    else:
        item.write(ITEM, text)

    status, _, wrong = item.run(commands.photos, item="2021-07-06-park", source=str(card.folder))
    assert (status, wrong) == (0, "")
    assert names(item) == ["zustrich-01-0a1b2c3d.jpg"]  # a text of another name may show it


def red(path):
    """How much red there is in the middle of a picture."""
    image = Image.open(path).convert("RGB")
    colour = image.getpixel((image.width // 2, image.height // 2))
    return colour[0] - colour[2]


def spotted(**how):
    """Blue, with a red spot in the middle."""
    image = Image.new("RGB", (200, 160), "blue")
    image.paste((255, 0, 0), (80, 60, 120, 100))
    return picture("JPEG", image, **how)


SPOT = "38,35,24,30"


def test_faces_of_a_card_are_hidden_before_they_come_into_the_content(item, card):
    card(**{"IMG 1__JPG": spotted()})
    status, _, _ = take(item, card, blur=f"img 1.jpg:{SPOT}")

    assert (status, red(item.content / FOLDER / names(item)[0]) < 0) == (0, True)


@pytest.mark.parametrize("named", ["a.jpg", "b.jpg", "c.jpg"])
def test_a_face_is_hidden_whichever_of_equal_originals_is_named(item, card, named):
    card(a__jpg=spotted(), b__jpg=spotted(), c__jpg=spotted())
    take(item, card, blur=f"{named}:{SPOT}")

    (name,) = names(item)
    assert red(item.content / FOLDER / name) < 0


@pytest.mark.parametrize("named", ["a.jpg", "b.jpg"])
def test_a_face_is_hidden_later_whichever_of_equal_originals_is_named(item, card, named):
    card(a__jpg=spotted(), b__jpg=spotted())
    take(item, card)
    take(item, card, blur=f"{named}:{SPOT}")

    (name,) = names(item)
    assert red(item.content / FOLDER / name) < 0


def test_a_face_that_was_hidden_later_does_not_come_back_with_the_card(item, card):
    card(a__jpg=spotted())
    take(item, card)
    (name,) = names(item)
    assert red(item.content / FOLDER / name) > 0
    status, said, _ = item.run(commands.photos, blur=f"{name}:{SPOT}")

    assert (status, f"content/{FOLDER}/{name}: розмито ділянок: 1" in said) == (0, True)
    assert red(item.content / FOLDER / name) < 0
    take(item, card)
    assert names(item) == [name]
    assert red(item.content / FOLDER / name) < 0
    before = (item.content / FOLDER / name).read_bytes()
    assert "тут уже розмито" in take(item, card, blur=f"a.jpg:{SPOT}")[1]
    assert (item.content / FOLDER / name).read_bytes() == before


def test_a_photo_of_the_content_is_hidden_in_by_its_path_and_its_name(site):
    for folder in ("images", "news"):
        site.write(f"{folder}/a.jpg", spotted())
    site.write("images/Алея 1.png", picture("PNG", Image.new("RGB", (200, 160), "red")))
    status, _, wrong = site.run(commands.photos, blur=f"a.jpg:{SPOT}")
    assert (status, "таких файлів кілька, напишіть шлях: content/images/a.jpg, content/news/a.jpg" in wrong) == (
        2,
        True,
    )

    status, _, wrong = site.run(commands.photos, blur=f"content/news/a.jpg:{SPOT}; Алея 1.png:1,1,5,5 нема.jpg:1,2,3,4")
    assert (status, "BLUR=«нема.jpg»: такої світлини у змісті немає" in wrong) == (2, True)
    assert red(site.content / "news/a.jpg") > 0

    status, said, _ = site.run(commands.photos, blur=f"content/news/a.jpg:{SPOT}", dry_run=True)
    assert (status, "можна розмити" in said, red(site.content / "news/a.jpg") > 0) == (0, True, True)

    assert site.run(commands.photos, blur=f"content/news/a.jpg:{SPOT}")[0] == 0
    assert (red(site.content / "news/a.jpg") < 0, red(site.content / "images/a.jpg") > 0) == (True, True)


def test_what_can_not_be_hidden_in_is_named_and_the_rest_is_hidden(site):
    site.write("images/a.jpg", spotted())
    site.write("images/b.jpg", b"<html>")
    status, _, wrong = site.run(commands.photos, blur=f"a.jpg:{SPOT} b.jpg:{SPOT}")

    assert (status, red(site.content / "images/a.jpg") < 0) == (2, True)
    assert wrong == "content/images/b.jpg: файл не читається як світлина\n"


@pytest.fixture
def repository(site, tmp_path, config):
    git(tmp_path, "init", "-q", "--bare", "сховище.git")
    git(site.folder, "init", "-q")
    git(site.folder, "remote", "add", "origin", str(tmp_path / "сховище.git"))
    (site.folder / ".gitignore").write_text("*\n!content\n!content/**\n")
    (site.folder / "tests/sites/golden").mkdir(parents=True)
    (site.folder / "tests/sites/golden/conf.py").write_text((ROOT / "tests/sites/golden/conf.py").read_text("utf-8"))
    site.write("news/x.md", TEXT)
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-qm", "Початок")
    git(site.folder, "push", "-q", "-u", "origin", "HEAD")
    site.write("images/a.jpg", spotted())
    return site


def hide(site):
    return site.run(commands.photos, blur=f"a.jpg:{SPOT}", root=site.folder)[1]


def test_a_file_that_no_commit_has_only_needs_to_be_added(repository):
    assert hide(repository).splitlines()[1:] == ["Додайте змінені файли до коміту: git add -A"]


def test_a_face_in_a_commit_that_is_not_online_is_taken_out_by_the_given_commands(repository):
    git(repository.folder, "add", "-A")
    git(repository.folder, "commit", "-qm", "Фото")
    said = hide(repository)
    base = git(repository.folder, "rev-parse", "HEAD~1")

    assert "Нерозмите є в комітах, яких ще немає в мережі: content/images/a.jpg." in said
    assert [line.strip() for line in said.splitlines() if line.startswith("  ")] == [
        f"git reset --soft {base[:12]}", "git add -A", 'git commit -m "що зроблено"'
    ]  # fmt: skip


def test_a_face_that_is_online_is_said_to_be_with_the_command_of_the_maintainer(repository):
    git(repository.folder, "add", "-A")
    git(repository.folder, "commit", "-qm", "Фото")
    git(repository.folder, "push", "-q")
    blob = git(repository.folder, "rev-parse", "HEAD:content/images/a.jpg")
    said = hide(repository)

    assert "Увага: нерозмите вже в мережі: content/images/a.jpg." in said
    assert f"{blob} > ../blobs.txt; git filter-repo --prune-empty never --strip-blobs-with-ids" in said


def test_a_heic_beside_the_content_is_told_the_command_that_takes_it(site):
    site.write("news/x.md", TEXT)
    site.write("news/a.heic", heic("red"))
    site.write("news/b.jpg", heic("blue"))
    site.write("news/y.md", TEXT.replace("Текст.", "![Алея](b.jpg)"))
    _, said, _ = site.run(commands.check)
    lines = [line for line in said.splitlines() if "HEIC" in line]

    assert len(lines) == 2
    assert all("make photos" in line for line in lines), lines


def test_a_card_with_places_leaves_none(item, card):
    card(a__jpg=placed(), b__jpg=placed("PNG"), c__jpg=placed("AVIF"))
    take(item, card)

    assert not any(any(metadata_of((item.content / FOLDER / name).read_bytes())) for name in names(item))
    assert len(names(item)) == 3
