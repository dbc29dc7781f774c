"""One folder, one fault: each is refused with exit 2 and just these words, or only warned about."""

import json
import shutil

import pytest

from hromada.commands import dispatch as commands
from tests.conftest import ROOT

CASES = sorted(path for path in (ROOT / "tests/sites/broken").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_broken_site_is_refused_with_its_reason(site, case):
    expected = (case / "expected.txt").read_text("utf-8").strip()
    shutil.copytree(case / "content", site.content)  # out of this repository: an approval is compared with its history

    checked, said, _ = site.run(commands.check)
    built, out, err = site.html()

    assert (checked, built, out) == (2, 2, "")
    assert said.strip().split("\n")[:-1] == expected.split("\n")
    assert expected in err
    assert not site.output.exists()


def test_the_broken_sites_show_many_codes():
    codes = [(case / "expected.txt").read_text("utf-8").strip().rsplit("[", 1)[1] for case in CASES]

    assert len(set(codes)) >= 25


def test_problems_in_json_are_the_same(site):
    site.write("news/x.md", "titel: x\n\n")
    status, out, err = site.run(commands.check, format="json")
    found = json.loads(out)

    assert (status, err) == (2, "")
    assert [set(one) for one in found] == [{"path", "line", "level", "code", "message", "fix"}] * 3
    assert {one["code"] for one in found} == {"header-unknown-key", "title-missing", "date-missing"}


def test_refused_figures_print_the_problems_instead(site):
    site.write("news/x.md", "title: x\n\n")
    status, out, _ = site.run(commands.figures, format="json", period="2021-H2")

    assert (status, [one["code"] for one in json.loads(out)]) == (2, ["date-missing"])


def test_an_unclear_period_is_refused(site):
    site.write("news/x.md", "title: x\ndate: 2021-07-05\n\n")
    status, _, err = site.run(commands.figures, period="2021-H3")

    assert (status, "період «2021-H3» незрозумілий" in err) == (2, True)


def test_figures_need_no_report(site):
    site.write("news/x.md", "title: x\ndate: 2021-07-05\n\n")
    status, out, _ = site.run(commands.figures, format="json", period="2021-07")

    assert (status, json.loads(out)["figures"][0]["value"]) == (0, 1)


def test_a_missing_content_folder_is_said(site):
    status, _, err = site.html()

    assert (status, "теки «content» немає" in err) == (2, True)


def test_leftovers_of_programs_are_no_content(site):
    site.write("news/x.md", "title: x\ndate: 2021-07-05\n\n")
    for name in (
        "news/x.md~",
        "news/.~lock.x.md#",
        "news/.DS_Store",
        "news/Thumbs.db",
        "registers/social/.~lock.a.csv#",
    ):
        site.write(name, "x")

    assert site.run(commands.check)[0] == 0


def test_a_linked_folder_is_refused_and_not_skipped(site, tmp_path):
    site.write("news/x.md", "title: x\ndate: 2021-07-05\n\n")
    (tmp_path / "elsewhere").mkdir()
    (site.content / "news/2020").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    status, said, _ = site.run(commands.check)

    assert (status, "content/news/2020:1:" in said) == (2, True)


def test_a_message_of_a_unit_that_is_not_open_yet_is_refused(site):
    site.write("units/a/index.md", "title: А\ndate: 2022-02-01\n\n")
    site.write("units/a/x.md", "title: x\ndate: 2022-01-05\n\n")

    assert "ще не відкрита" in site.run(commands.check)[1]
    assert site.run(commands.check, today="2022-02-01")[0] == 0
