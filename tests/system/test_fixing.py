"""`make fix`: what has one right form is brought to it, shown, and nothing else is touched."""

import os
import stat
import subprocess
import sys

import pytest

from hromada.commands import dispatch as commands
from hromada.metadata.picture_metadata import has_coordinates
from tests.conftest import ROOT
from tests.unit.reading.test_attachment_metadata import PEOPLE, archive, photo, word

FAULTY = 'Заголовок: КП "Зевс"\nДата: 05.07.2021\n\nСвято на п\'ять днів.\n'
RIGHT = '---\nЗаголовок: КП «Зевс»\nДата: "2021-07-05"\n---\n\nСвято на п’ять днів.\n'


def tree(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_change_is_shown_and_summed_up(site):
    site.write("news/x.md", FAULTY)
    status, out, err = site.run(commands.fix)

    assert (status, err) == (0, "")
    assert (site.content / "news/x.md").read_text("utf-8") == RIGHT
    assert out.split("\n") == [
        "--- a/content/news/x.md", "+++ b/content/news/x.md", "@@ -1,5 +1,7 @@",
        '-Заголовок: КП "Зевс"', "-Дата: 05.07.2021", "+---", "+Заголовок: КП «Зевс»", '+Дата: "2021-07-05"', "+---",
        " ", "-Свято на п'ять днів.", "+Свято на п’ять днів.", " ",
        "content/news/x.md: запис заголовка – 3\u00a0рядки, дати – 1\u00a0рядок, апострофи – 1\u00a0рядок, лапки – 1\u00a0рядок",
        "Виправлено 1\u00a0файл. Перегляньте зміни (git diff; вийти з перегляду – q) і запустіть make check.", "",
    ]  # fmt: skip


def test_a_second_time_there_is_nothing_to_do(site):
    site.write("news/x.md", FAULTY.encode("cp1251"))
    site.write("registers/social/a.csv", 'Дата;Сторінка;Назва\r\n05.07.2021;ДМР;"п\'ять"\r\n'.encode("cp1251"))
    site.run(commands.fix)
    before = tree(site.content)

    assert site.run(commands.fix)[:2] == (0, "Виправляти нічого.\n")
    assert tree(site.content) == before


def test_a_photo_loses_the_place_where_it_was_taken(site):
    site.write("images/a.jpg", photo())
    site.write("images/b.jpg", photo(latitude=()))
    before = (site.content / "images/b.jpg").read_bytes()
    status, out, err = site.run(commands.fix)

    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "content/images/a.jpg: знято дані про місце"
    assert not has_coordinates((site.content / "images/a.jpg").read_bytes())
    assert (site.content / "images/b.jpg").read_bytes() == before
    assert site.run(commands.fix)[1] == "Виправляти нічого.\n"


PROTECTED = archive(**{"_xmlsignatures/s.xml": "<s/>", "docProps/core.xml": "<c><creator>Олена Зразкова</creator></c>"})
PLACED = archive(**{"_xmlsignatures/s.xml": "<s/>", "word/media/a.jpg": photo()})


def test_documents_lose_names_and_a_signed_one_stays(site):
    site.write("files/a.docx", word(PEOPLE, picture=photo()))
    site.write("files/b.docx", PROTECTED)
    status, out, err = site.run(commands.fix)

    assert status == 0
    assert (
        out.splitlines()[0]
        == "content/files/a.docx: знято дані про місце; імена: Олена Зразкова, Петро Зразковий; дані про зйомку"
    )
    assert "content/files/b.docx:1: попередження: дані, які файл несе з собою, не прибрано: документ підписано" in err
    assert (site.content / "files/b.docx").read_bytes() == PROTECTED
    assert site.run(commands.fix)[1] == "Виправляти нічого.\n"


def test_a_signed_document_with_a_place_is_an_error_that_only_a_person_can_end(site):
    site.write("files/a.docx", PLACED)
    status, _, err = site.run(commands.fix)

    assert (status, "[attachment-place]" in err, (site.content / "files/a.docx").read_bytes()) == (2, True, PLACED)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_photo_in_a_dry_run_is_only_named(site, dry_run):
    site.write("images/a.png", photo("PNG"))
    site.run(commands.fix, dry_run=dry_run)

    assert has_coordinates((site.content / "images/a.png").read_bytes()) == dry_run


def test_what_was_looked_into_before_is_not_opened_again(site, monkeypatch):
    monkeypatch.setattr("hromada.content.file_cache.MTIME_GRANULARITY_NS", 0)
    site.write("images/a.jpg", photo(latitude=()))
    site.run(commands.check)
    monkeypatch.setattr("hromada.content.metadata_removal.metadata_in_file", lambda *_: pytest.fail("it was opened"))

    assert site.run(commands.fix)[1] == "Виправляти нічого.\n"


@pytest.mark.parametrize("changes", [{"dry_run": True}, {"file": "content/images"}, {}])
def test_what_is_staged_is_taken_of_this_content_as_a_whole(site, changes):
    site.write("images/a.jpg", photo())
    own = {"content": ROOT / "content"} if changes else {}
    status, _, err = site.run(commands.fix, staged=True, **own, **changes)

    assert (status, err) == (2, "STAGED=1 бере все, що додано до коміту, і змінює його: без CONTENT, FILE і DRY_RUN\n")


def test_the_golden_sites_figures_and_addresses_stay(golden):
    figures = golden.run(commands.figures, period="2021-H2", format="json")[1]
    golden.html()
    pages = {path for path in golden.files() if path.endswith(".html")}
    status, out, _ = golden.run(commands.fix)
    golden.html()

    assert (status, "Виправлено" in out) == (0, True)
    assert golden.run(commands.figures, period="2021-H2", format="json")[1] == figures
    assert {path for path in golden.files() if path.endswith(".html")} == pages
    assert golden.run(commands.check)[0] == 0


def test_a_dry_run_only_shows(site):
    site.write("news/x.md", FAULTY)
    status, out, _ = site.run(commands.fix, dry_run=True)

    assert (status, '+Дата: "2021-07-05"' in out, "Нічого не записано: DRY_RUN=1." in out) == (0, True, True)
    assert (site.content / "news/x.md").read_text("utf-8") == FAULTY


@pytest.mark.parametrize("file", ["content/news/x.md", "news/x.md", "content/news", "content/news/"])
def test_one_file_or_folder_may_be_named(site, file):
    for name in ("news/x.md", "pages/x.md"):
        site.write(name, FAULTY)
    site.run(commands.fix, file=file)

    assert (site.content / "news/x.md").read_text("utf-8") == RIGHT
    assert (site.content / "pages/x.md").read_text("utf-8") == FAULTY


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("content/news/y.md", "можливо, «content/news/x.md»?"),
        ("content/reports/approved/2021-H2.json", "затверджених звітів команда не змінює"),
        ("content/files/a.txt", "немає такого тексту (.md), журналу (.csv), світлини чи документа"),
        ("../../etc/passwd", "немає такого тексту"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_refused(site, file, words):
    site.write("news/x.md", FAULTY)
    site.write("files/a.txt", "п'ять")
    site.write("reports/approved/2021-H2.json", "{}")
    before = tree(site.content)
    status, _, err = site.run(commands.fix, file=file)

    assert (status, words in err, tree(site.content)) == (2, True, before)


def test_what_cannot_be_decoded_for_certain_is_named_and_left(site):
    site.write("news/a.md", FAULTY.encode("koi8-u"))
    site.write("news/b.md", FAULTY)
    status, out, err = site.run(commands.fix)

    assert (status, "Виправлено 1\u00a0файл" in out) == (2, True)
    assert err.startswith(
        "content/news/a.md:1: кодування файлу не визначити напевно, збережіть файл у кодуванні UTF-8 [encoding]"
    )
    assert (site.content / "news/a.md").read_bytes() == FAULTY.encode("koi8-u")


def test_approvals_and_other_files_are_never_touched(site):
    kept = {
        "reports/approved/2021-H2.json": '"п\'ять"\r\n',
        "files/a.csv": "п'ять\r\n",
        "x.md": FAULTY,
        "news/x.MD": FAULTY,
    }
    for name, text in kept.items():
        site.write(name, text)
    site.write("reports/figures.toml", "# п'ять\r\n")
    before = tree(site.content)

    assert site.run(commands.fix)[:2] == (0, "Виправляти нічого.\n")
    assert tree(site.content) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_stay_and_links_are_left(site):
    site.write("news/x.md", FAULTY)
    (site.content / "news/x.md").chmod(0o640)
    (site.folder / "y.md").write_text(FAULTY, "utf-8")
    (site.content / "news/y.md").symlink_to(site.folder / "y.md")
    status, _, err = site.run(commands.fix)

    assert stat.S_IMODE((site.content / "news/x.md").stat().st_mode) == 0o640
    assert (status, "content/news/y.md:1: це посилання, а не сам файл чи тека" in err) == (2, True)
    assert (site.folder / "y.md").read_text("utf-8") == FAULTY


def test_a_file_may_be_named_from_where_one_stands(site):
    site.write("news/x.md", FAULTY)
    command = [sys.executable, str(ROOT / "tasks.py"), "fix", "FILE=x.md", f"CONTENT={site.content}", "DRY_RUN=так"]
    done = subprocess.run(command, cwd=site.content / "news", capture_output=True, check=False)

    assert (done.returncode, "Можна виправити 1\u00a0файл." in done.stdout.decode()) == (0, True)


def test_an_unclear_dry_run_is_refused():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), "fix", "DRY_RUN=може"], capture_output=True, check=False
    )

    assert (done.returncode, "DRY_RUN=«може» незрозуміло, напишіть 1 або 0" in done.stderr.decode()) == (2, True)


def test_a_file_that_the_check_refuses_for_its_size_is_not_opened(site):
    text = "Заголовок: А\nДата: 05.07.2021\n\n" + "п'ять\n" * 120_000
    site.write("news/a.md", text)

    assert site.run(commands.fix)[::2] == (
        2, "content/news/a.md:1: файл завеликий, можна до 1 МБ; поділіть його [file-too-large]\nЦі файли лишилися як були.\n",
    )  # fmt: skip
    assert (site.content / "news/a.md").read_text("utf-8") == text
