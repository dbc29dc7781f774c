"""Random sites with unpublished items (unpublished.py): always the same few here, as many as one likes in `make soak`."""

import io
import json
import re

import pytest
from PIL import Image

from hromada.pages.report_files import Documents
from tests.system import unpublished
from tests.verifying import GOLDEN, output_faults


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("основа")
    unpublished.foundation(folder)
    return folder


@pytest.mark.parametrize(("seed", "real"), [(1, True), (2, False), (3, False), (4, False), (5, False)])
def test_no_byte_of_a_random_site_tells_of_what_is_not_published(base, tmp_path, monkeypatch, seed, real):
    monkeypatch.setattr(Documents, "_made", Documents._made)  # put back what the trial puts there

    unpublished.trial(base, tmp_path, seed, real=real)


ITEM = "title: Таємне\ndate: {day}\nstatus: {status}\ncategory: ПОДІЇ\nimage: /images/taiemne.png\n\n[Акт](/files/akt.pdf) [Додаток](dodatok.pdf)\n"


def write(golden, day, status):
    golden.write("news/2021/taiemne.md", ITEM.format(day=day, status=status))
    golden.write("pages/taiemna.md", f"title: Таємна сторінка\ndate: {day}\nstatus: {status}\n\nСлова.\n")
    golden.write("units/taiemnyi/index.md", f"title: Таємний відділ\ndate: {day}\nstatus: {status}\n\nСлова.\n")


@pytest.fixture
def with_files(golden, monkeypatch):
    monkeypatch.setattr(Documents, "_made", unpublished.cheap_documents)
    image = io.BytesIO()
    Image.new("RGB", (30, 20), (1, 99, 3)).save(image, "PNG")
    golden.write("images/taiemne.png", image.getvalue())
    golden.write("files/akt.pdf", "акт")
    golden.write("news/2021/dodatok.pdf", "додаток")
    return golden


def buckets_aside(files):
    """The files without what says how many items are in which bucket."""
    texts = {
        name: raw
        for name, raw in files.items()
        if not name.endswith(("datapackage.json", "report.docx", "report.pdf", "report.xlsx"))
    }
    for name, raw in texts.items():
        if name.endswith("report.json"):
            texts[name] = {key: value for key, value in json.loads(raw).items() if key != "reconciliation"}
        elif name.startswith("reports/"):
            texts[name] = re.sub(rb'<p class="report__reconciliation">.*?</p>', b"", raw)
    return texts


@pytest.mark.parametrize(("day", "status"), [("2021-08-08", "draft"), ("2022-02-09", "published")])
def test_what_is_unpublished_changes_no_byte_but_the_buckets(with_files, day, status):
    assert with_files.html()[0] == 0
    before = with_files.files()
    write(with_files, day, status)
    _, said, _ = with_files.html()
    after = with_files.files()

    assert before.pop("files/akt.pdf")  # nothing named it, so it was there for links from outside
    assert "Не опубліковано, бо потрібні лише неопублікованим матеріалам:\n  content/files/akt.pdf\n" in said
    assert (buckets_aside(after) == buckets_aside(before), after == before) == (True, False)


def test_what_was_published_and_is_a_draft_again_is_gone_with_its_files(with_files):
    write(with_files, "2021-08-08", "draft")
    assert with_files.html()[0] == 0
    before = with_files.files()
    write(with_files, "2021-08-08", "published")
    with_files.html()
    assert "files/akt.pdf" in with_files.files()
    write(with_files, "2021-08-08", "hidden")
    with_files.html()
    hidden = with_files.files()
    write(with_files, "2021-08-08", "draft")
    with_files.html()

    assert {"files/akt.pdf", "news/2021/dodatok.pdf", "news/taiemne-2021-08-08/index.html"} <= hidden.keys()
    assert with_files.files() == before
    assert output_faults(with_files.output, GOLDEN) == []
