"""`make fix` writes headers in the form for every YAML reader, and nobody who reads the site or its reports sees it."""

import json
import re
import shutil

import pytest

from hromada.commands import dispatch as commands
from tests.conftest import ROOT
from tests.system.clones import git
from tests.system.test_approval import SIGNED
from tests.system.test_golden import _PACKED, EXPECTED
from tests.yaml_readers import assert_all_readers_agree


@pytest.fixture
def golden(site):
    """The whole site, with its signed reports."""
    shutil.copytree(ROOT / "tests/sites/golden/content", site.content)
    return site


def with_bare_headers(site):
    """As editors write them: no fence, or a fence and nothing in quotes."""
    site.write(
        "news/2021/2021-08-05-a.md",
        'Заголовок: Рада: звіт\nДата: 2021-08-05\nТеги: школа; "сіль, хліб"\nДжерело: @rada\n\nТекст.\n',
    )
    site.write(
        "news/2021/2021-08-06-b.md",
        "---\ntitle: 2021\ndate: 2021-08-06 14:30\nsummary: >\n  Згорнутий\n  виклад: так\ntags: [no, 1_000]\n...\nТекст.\n",
    )
    site.write(
        "news/2021/2021-08-07-c.md",
        "\n---\ntitle: «Зевс» #1: 'Мрія'\ndate: 2021-08-07\nevent-date: 2021-09-01\nevent-place: площа #1 # центр\n---\n\nТекст.\n",
    )
    site.write("pages/d.md", "title: Сторінка №: 4\nsummary:\nphone: 0570000000\n\nТекст.\n")


def markdown(site):
    return {path.relative_to(site.content).as_posix(): path.read_text("utf-8") for path in site.content.rglob("*.md")}


def test_after_fix_every_header_is_found_alike_and_a_second_call_has_nothing_to_do(golden):
    with_bare_headers(golden)
    status, said, _ = golden.run(commands.fix)
    again = golden.run(commands.fix)[1]

    assert (status, "запис заголовка" in said, again) == (0, True, "Виправляти нічого.\n")
    for text in markdown(golden).values():
        assert_all_readers_agree(text)


def without_lines(name, data):
    """A report's file without the numbers of lines, which a fence moves."""
    return re.sub(rb"(content/[^\s;\"]+\.md)(:|#L)\d+", rb"\1", data)


def test_the_golden_site_is_the_same_when_its_headers_are_written_so(golden):
    golden.run(commands.fix)
    status, _, _ = golden.html()
    built = golden.files()
    agreed = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in EXPECTED.rglob("*") if path.is_file()
    }
    differing = [
        name
        for name in agreed
        if without_lines(name, built[name]) != without_lines(name, agreed[name]) and not name.endswith(_PACKED)
    ]

    assert (status, sorted(built), differing) == (0, sorted(agreed), [])


def test_reports_signed_before_stay_approved(golden):
    golden.run(commands.fix)
    said = golden.run(commands.check, everything=True)[1]
    golden.html()

    assert not re.findall(r"\[approv[a-z-]+\]", said)
    for report in ("2021-07", "2021-09"):
        assert json.loads(golden.files()[f"reports/{report}/report.json"])["status"] == "approved"


def test_a_report_over_headers_of_every_form_is_approved_before_and_after(site):
    with_bare_headers(site)
    site.write(
        "reports/2021-h2.md",
        "---\ntitle: Звіт: II півріччя\nperiod: 2021-H2\ncomplete: yes\n---\n\nРозміщено [[news зн.]].\n",
    )
    git(site.folder, "init", "-q")
    git(site.folder, "add", "content")
    git(site.folder, "commit", "-qm", "Зміст")
    assert site.run(commands.approve, period="2021-H2", **SIGNED)[0] == 0
    site.run(commands.fix, file="content/news")
    site.run(commands.fix, file="content/reports")
    said = site.run(commands.check, everything=True)[1]

    assert 'title: "Звіт: II півріччя"' in markdown(site)["reports/2021-h2.md"]
    assert not re.findall(r"\[approv[a-z-]+\]", said)
    status, _, _ = site.html()
    assert (status, json.loads(site.files()["reports/2021-h2/report.json"])["status"]) == (0, "approved")
