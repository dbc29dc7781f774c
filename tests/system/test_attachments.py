"""Documents that are published: what they carry along is said, and opened once."""

import io
import shutil

import openpyxl
import pytest
from openpyxl.drawing.image import Image as Drawing

from hromada.build.content_steps import checked_snapshot
from hromada.build.site_outputs import outputs_of
from hromada.commands import dispatch as commands
from hromada.content import loading, metadata_removal
from hromada.system.regular_files import RegularFile
from tests.conftest import ROOT
from tests.unit.metadata.samples import FILMS
from tests.unit.metadata.samples import tiff as placed_tiff
from tests.unit.reading.test_active_content_scan import PDFS
from tests.unit.reading.test_attachment_metadata import PEOPLE, archive, pdf, photo, saved, word


def book_with(picture):
    """A register's table with a photo in it."""
    book = openpyxl.Workbook()
    book.active.append(["Дата", "Сторінка", "Назва"])
    book.active.add_image(Drawing(io.BytesIO(picture)))
    return saved(book)


ITEM = "title: Рішення ради\ndate: 2021-07-05\n\n[Рішення](/files/rishennia.docx).\n"
FILE = "files/rishennia.docx"


def test_a_document_with_the_place_of_a_photo_is_not_published(site):
    site.write("news/2021/rishennia.md", ITEM)
    site.write(FILE, word(picture=photo()))

    status, out, _ = site.run(commands.check)

    assert status == 2
    assert "content/files/rishennia.docx:1: світлина чи відео в документі каже, де його знято" in out
    assert "[attachment-place]" in out


TEXT = "title: Рішення ради\ndate: 2021-07-05\n\nТекст.\n"


HIDDEN = [
    ("news/2021/rishennia.docx", word(picture=photo()), "attachment-place"),
    ("news/2021/park.jpg", photo(), "picture-place"),
    ("images/park.png", photo("PNG"), "picture-place"),
    ("files/park.webp", photo("WEBP"), "picture-place"),
    ("pages/park.tiff", placed_tiff(), "picture-place"),
    ("reports/park.avif", photo("AVIF"), "picture-place"),
    ("registers/social/z.xlsx", book_with(photo()), "attachment-place"),
    ("files/park.zip", archive(**{"a.jpg": photo()}), "attachment-place"),
    ("files/park.mp4", FILMS["Android"][1], "attachment-place"),
]


@pytest.mark.parametrize(("name", "raw", "code"), HIDDEN, ids=[one[0] for one in HIDDEN])
def test_a_file_that_no_page_uses_is_looked_into_all_the_same(site, name, raw, code):
    site.write("news/2021/rishennia.md", TEXT)
    site.write(name, raw)
    status, _, said = site.html()

    assert (status, f"content/{name}:1: " in said, f"[{code}]" in said) == (2, True, True), said


def test_what_a_document_does_is_said_once_it_is_published(site, monkeypatch):
    monkeypatch.setattr("hromada.content.file_cache.MTIME_GRANULARITY_NS", 0)
    item = "title: Рішення ради\ndate: 2021-07-05\n{}\n[Рішення](/files/rishennia.pdf).\n"
    site.write("files/rishennia.pdf", PDFS["open-action"][0])
    said = []
    for status in ("status: draft\n", ""):
        site.write("news/2021/rishennia.md", item.format(status))
        said.append("[attachment-active]" in site.run(commands.check)[1])

    assert said == [False, True]


@pytest.mark.parametrize("status", ["draft", "hidden", "published"])
def test_a_picture_of_an_item_that_is_not_built_is_looked_into(site, status):
    site.write("news/2021/park.md", f"title: Парк\ndate: 2022-02-05\nstatus: {status}\n\n![Парк восени](park.jpg)\n")
    site.write("news/2021/park.jpg", photo())

    assert "content/news/2021/park.jpg:1: світлина каже, де її знято" in site.html()[2]


def test_a_picture_that_no_page_uses_is_not_decoded(site, monkeypatch):
    monkeypatch.setattr("PIL.Image.open", lambda *_: pytest.fail("a picture was decoded"))
    site.write("news/2021/rishennia.md", TEXT)
    site.write("images/park.jpg", photo(latitude=()))
    site.write("images/broken.jpg", photo(latitude=())[:200])

    assert site.run(commands.check)[0] == 0


def test_a_picture_that_is_used_later_is_looked_into_again(site, monkeypatch):
    monkeypatch.setattr("hromada.content.file_cache.MTIME_GRANULARITY_NS", 0)
    site.write("news/2021/rishennia.md", TEXT)
    site.write("images/park.jpg", photo(latitude=()))
    assert site.html()[0] == 0
    site.write("news/2021/rishennia.md", TEXT + "\n![Парк восени](/images/park.jpg)\n")
    assert site.html()[0] == 0

    assert [name for name in site.files() if name.startswith("images/")]


def test_in_files_a_document_is_published_without_a_link_and_looked_into(site):
    site.write("news/2021/rishennia.md", TEXT)
    site.write(FILE, word())
    assert site.html()[0] == 0
    assert FILE in site.files()

    site.write(FILE, word(picture=photo()))
    assert "[attachment-place]" in site.html()[2]


@pytest.mark.parametrize(
    "text", [TEXT, f"{TEXT}\n![Парк восени](/files/park.jpg)\n", f"{TEXT}\n[Парк](/files/park.jpg)\n"]
)
def test_a_photo_in_files_is_not_published_as_it_is(site, text):
    site.write("news/2021/rishennia.md", text)
    site.write("files/park.jpg", photo(latitude=()))
    assert site.html()[0] == 0

    assert [
        name
        for name, data in site.files().items()
        if (name.endswith(".jpg") and "-card" not in name) or b"Exif" in data
    ] == []


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("what", ["folder", "nothing"])
def test_a_link_of_the_disk_that_leads_to_no_file_is_refused(site, linked, what):
    site.write("news/2021/rishennia.md", ITEM if linked else TEXT)
    (site.content / "files").mkdir()
    (site.content / FILE).symlink_to(site.folder if what == "folder" else site.folder / "nothing")
    status, _, said = site.html()

    assert status == 2
    assert f"content/{FILE}:1: це посилання, а не сам файл чи тека" in said


@pytest.mark.parametrize("linked", [True, False])
def test_a_document_that_may_not_be_read_is_refused(site, monkeypatch, linked):
    def refuse(path, file):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(metadata_removal, "metadata_in_file", refuse)
    site.write("news/2021/rishennia.md", ITEM if linked else TEXT)
    site.write(FILE, word())
    status, _, said = site.html()

    assert status == 2
    assert f"content/{FILE}:1: файл не вдалося прочитати (немає прав), перевірте права та диск [unreadable]" in said


def test_a_document_saved_again_within_the_same_moment_is_published_anew(site):
    site.write("news/2021/rishennia.md", TEXT)
    site.write("files/plan.csv", "1")
    site.html()
    same = loading.load_content  # a disk whose clock is too coarse to tell the two savings apart

    def stamped(*given, **named):
        content = same(*given, **named)
        path = "content/files/plan.csv"
        content.scanned[path] = content.scanned[path]._replace(stamp=was)
        return content

    was = _stamp_of(site)
    site.write("files/plan.csv", "2")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_content", stamped)
        site.html()

    assert site.files()["files/plan.csv"] == b"2"


def _stamp_of(site):
    state = (site.content / "files/plan.csv").stat()
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def test_a_document_is_opened_once_and_again_when_it_has_changed(site, monkeypatch):
    opened = []
    real = metadata_removal.read_attachment_metadata
    monkeypatch.setattr(
        metadata_removal, "read_attachment_metadata", lambda *given: opened.append(given[0]) or real(*given)
    )
    monkeypatch.setattr("hromada.content.file_cache.MTIME_GRANULARITY_NS", 0)
    site.write("news/2021/rishennia.md", ITEM)
    site.write(FILE, word(PEOPLE))

    first, again = site.run(commands.check)[1], site.run(commands.check)[1]
    site.write(FILE, word())
    clean = site.run(commands.check)[1]

    assert "у властивостях документа названо: Олена Зразкова, Петро Зразковий" in first
    assert again == first
    assert "attachment-metadata" not in clean
    assert opened == [f"content/{FILE}"] * 2


def test_what_is_copied_is_handed_to_workers_by_its_path(site):
    site.write("news/2021/rishennia.md", ITEM)
    site.write(FILE, word())
    options = site.options()
    snapshot = checked_snapshot(options)
    outputs = outputs_of(snapshot, options.theme, options.cache, "", {})

    assert outputs.job([FILE]).files == ((FILE, RegularFile(str(site.content), FILE)),)


def test_how_many_photos_and_documents_are_looked_into_is_told(site):
    site.write("news/2021/rishennia.md", f"{ITEM}\n![Парк восени](/images/park.jpg)\n")
    site.write(FILE, word())
    site.write("images/park.jpg", photo(latitude=()))
    site.write("images/unused.jpg", photo(latitude=()))
    on_progress = []
    checked_snapshot(site.options(), on_progress=lambda *given: on_progress.append(given))

    assert on_progress == [
        ("Читаю", 1, 1),
        ("Дивлюся світлини", 1, 1),
        ("Дивлюся інші файли", 1, 2),
        ("Дивлюся інші файли", 2, 2),
    ]


OF_A_REPORT = [
    "report.pdf",
    "items.csv",
    "news/items.csv",
    "news/dodatok.pdf",
    "versions/1/report.pdf",
    "versions/2/news/items.csv",
]


@pytest.mark.parametrize("report", ["2021-07", "2021-h2"])  # approved, open
@pytest.mark.parametrize("name", OF_A_REPORT)
def test_a_document_in_the_place_of_a_reports_own_is_refused(site, report, name):
    shutil.copytree(ROOT / "tests/sites/golden/content", site.content)
    site.write(f"reports/{report}/{name}", pdf() if name.endswith("pdf") else b"a;b\r\n")
    site.write("pages/lyst.md", f"title: Лист\n\n[Звіт](../reports/{report}/{name}).\n")
    status, _, err = site.html()

    assert status == 2
    assert f"content/reports/{report}/{name}:1: " in err
    assert "[duplicate-address]" in err


def test_a_document_beside_a_reports_own_is_published(site):
    shutil.copytree(ROOT / "tests/sites/golden/content", site.content)
    site.write("reports/2021-07/dodatok.pdf", pdf())
    site.write("pages/lyst.md", "title: Лист\n\n[Додаток](../reports/2021-07/dodatok.pdf).\n")

    assert site.html()[0] == 0
    assert "reports/2021-07/dodatok.pdf" in site.files()


@pytest.mark.parametrize(
    "place", ["files/a.mov", "news/2021/a.mov", "units/okruh/a.MOV", "images/a.mov", "reports/a.mov"]
)
def test_a_stray_film_of_a_phone_says_where_it_was_taken_until_it_is_cleaned(golden, place):
    golden.write(place, FILMS["Apple"][1])
    codes = [line.rpartition("[")[2] for line in golden.run(commands.check)[1].splitlines() if place in line]
    assert sorted(codes) == ["attachment-place]", "stray-file]"]

    golden.run(commands.fix)
    codes = [line.rpartition("[")[2] for line in golden.run(commands.check)[1].splitlines() if place in line]
    assert codes == ["stray-file]"]


@pytest.mark.parametrize("name", ["report.pdf/x.pdf", "report.docx/2021/x.pdf", "items.csv/x.pdf", "index.html/x.pdf"])
def test_a_folder_called_as_a_file_of_a_report_is_refused_before_it_is_in_its_way(golden, name):
    golden.write("reports/2021-09.md", "title: Звіт\nperiod: 2021-09\n\nТекст.\n")
    golden.write(f"reports/2021-09/{name}", b"%PDF-1.7\n")
    golden.write("pages/lyst.md", f"title: Лист\n\n[Додаток](/reports/2021-09/{name}).\n")
    status, _, err = golden.html()

    assert status == 2
    assert f"content/reports/2021-09/{name}:1: на адресі його теки «/reports/2021-09/{name.partition('/')[0]}»" in err
