"""report.pdf: valid for an independent validator, tagged, small, the same bytes every time."""

import hashlib
import io
import os
import re
import subprocess
import sys
from itertools import pairwise

import page
import pikepdf
import pytest
import typst

from hromada.report.documents.pdf_report import compress_objects
from tests.conftest import ROOT
from tests.unit.report.documents.pdf_reading import DOSSIERS, elements, made, opened, pdf_of

pytestmark = pytest.mark.long

WITHOUT_LIMITS = page.SafetyLimits.unlimited()  # by default a table may have 1,024 rows


@pytest.mark.parametrize("name", DOSSIERS)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_an_independent_validator_accepts_it(name, profile):
    report = page.validate_pdf_bytes(made(name), profile=profile, limits=WITHOUT_LIMITS)

    assert report.is_compliant, [(one.rule_id, one.message) for one in report.failures]


def test_the_validator_would_notice():
    pdf = pikepdf.open(io.BytesIO(made("empty")))
    del pdf.Root.MarkInfo
    out = io.BytesIO()
    pdf.save(out)

    assert not page.validate_pdf_bytes(out.getvalue(), profile="ua1").is_compliant


@pytest.mark.parametrize("name", DOSSIERS)
def test_the_document_says_what_it_is(name):
    pdf = pdf_of(name)

    assert pdf.Root.Lang == "uk-UA"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    assert pdf.docinfo["/Title"] == DOSSIERS[name]().view.title
    assert pdf.docinfo["/Author"] == "Дергачівська міська рада"
    assert not pdf.check_pdf_syntax()


def test_its_date_is_the_day_of_approval_or_of_the_count():
    assert str(pdf_of("open").docinfo["/CreationDate"]).startswith("D:20211231120000")
    assert str(pdf_of("approved").docinfo["/CreationDate"]).startswith("D:20220203120000")


def test_tags_say_what_is_a_heading_a_table_a_list():
    found = list(elements(pdf_of("open")))
    kinds = [str(one.S) for one in found]
    headings = [int(kind[2]) for kind in kinds if re.fullmatch("/H[1-6]", kind)]

    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/L", "/LI", "/Link", "/BlockQuote"} <= set(kinds)
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    numbered = [one for one in found if one.S == "/L" and "Decimal" in str(one.A)]
    assert [sum(item.S == "/LI" for item in one.K) for one in numbered] == [2, 1, 11]  # of the text, of the rules


def test_every_table_with_a_head_scopes_it():
    for one in elements(pdf_of("changed")):
        if one.S == "/TH":
            assert "/Scope" in repr(one.A)


def test_bookmarks_lead_to_the_sections_and_the_lists():
    with pdf_of("changed").open_outline() as metadata:
        titles = [one.title for one in metadata.root]
        lists = [one.title for one in metadata.root[-1].children]

    assert titles == [
        "Газета", "Показники", "Порівняння з попередніми періодами", "За місяцями", "Сторінки підрозділів",
        "Соціальні мережі", "Як рахували", "Звірка", "Після затвердження", "Затвердження", "Додаток. Переліки матеріалів",
    ]  # fmt: skip
    assert lists[0] == "1. Публікації у розділі «Новини» – 631"
    assert len(lists) == 7


def test_only_the_fonts_of_the_theme_are_used_and_all_are_embedded():
    pdf = pdf_of("open")
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]

    assert {str(one.FontName).split("+")[1] for one in fonts} == {
        "HromadaSerif",
        "HromadaSerif-Bold",
        "HromadaSerif-Italic",
    }
    assert all("/FontFile2" in one for one in fonts)


def test_links_are_absolute_and_described():
    links = [link for one in pdf_of("open").pages for link in one.get("/Annots", [])]
    addresses = [str(link.A.URI) for link in links if "/URI" in link.get("/A", {})]

    assert all(link.Contents for link in links)
    assert all(address.startswith("https://") for address in addresses)
    assert "https://hromada.example/units/viddil-0/" in addresses
    assert "https://www.facebook.com/rada/posts/572" in addresses


def test_two_processes_make_the_same_bytes():
    code = (
        "import hashlib; from tests.unit.report.documents import pdf_making as making;"
        "print(hashlib.sha256(making.pdf(making.approved())).hexdigest())"
    )
    found = {hashlib.sha256(made("approved")).hexdigest()}
    for seed in "12":
        env = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}",
            "TZ": f"UTC-{seed}",
        }
        found.add(
            subprocess.run(
                [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
            ).stdout.strip()
        )

    assert len(found) == 1


def test_it_stays_small():
    assert len(made("open")) < 500_000  # some 1,300 entries


def test_packing_keeps_every_object_under_its_number():
    plain = typst.compile(
        b'#set document(title: [x])\n= A\n+ #link("https://x.example")[b]', pdf_standards="ua-1", timestamp=0
    )
    before, after = opened(plain), opened(compress_objects(plain))

    assert len(compress_objects(plain)) < len(plain)
    for one in before.objects:
        same = after.get_object(one.objgen)
        assert (same.unparse(), _data(same)) == (one.unparse(), _data(one))


def _data(one):
    return one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b""


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", made("empty")])
def test_what_is_not_in_the_plain_form_stays_as_it_is(pdf):
    assert compress_objects(pdf) == pdf
