"""The next half-year's report is begun from the last one."""

import re

from hromada.commands import dispatch as commands


def test_a_report_starts_from_the_previous_one_of_its_kind(golden):
    before = (golden.content / "reports/2021-h2.md").read_text("utf-8")
    status, out, _ = golden.run(commands.new_report, period="2022-H1")
    text = (golden.content / "reports/2022-h1.md").read_text("utf-8")

    assert (status, "за зразком content/reports/2021-h2.md" in out) == (0, True)
    assert "period: 2022-H1" in text
    assert "status: draft" in text
    assert before.count("[[") >= text.count("[[") > 0
    assert golden.run(commands.check)[0] == 0


def test_a_report_of_a_new_kind_starts_from_the_general_pattern(golden):
    assert "за загальним зразком" in golden.run(commands.new_report, period="III квартал 2021 року")[1]
    assert (golden.content / "reports/2021-q3.md").exists()


def test_the_closing_words_say_how_to_see_the_draft(golden):
    out = golden.run(commands.new_report, period="2022-H1")[1]
    address = re.search(r"make serve: http://127.0.0.1:8000/sait(/reports/\S+/)$", out, re.MULTILINE)[1]
    path = golden.content / "reports/2022-h1.md"
    page = golden.output / address.strip("/") / "index.html"
    golden.html()
    before = page.exists()
    path.write_text(path.read_text("utf-8").replace("status: draft\n", ""), "utf-8")
    golden.html()

    assert (before, page.exists()) == (False, True)


def test_nothing_is_ever_overwritten(golden):
    status, _, err = golden.run(commands.new_report, period="ІІ півріччя 2021")

    assert (status, "уже є: content/reports/2021-h2.md" in err) == (2, True)
    golden.write("reports/2022-h1.md", "title: Інше\nperiod: 2020-H1\n\n")
    assert "Файл content/reports/2022-h1.md уже є" in golden.run(commands.new_report, period="2022-H1")[2]


def test_an_unclear_period_is_refused(golden):
    assert golden.run(commands.new_report, period="колись")[0] == 2
    assert golden.run(commands.new_report, period="")[0] == 2
