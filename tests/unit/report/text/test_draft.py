import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hromada.demo.sample_texts import REPORT
from hromada.domain.dates import Clock
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.item import Kind, Status
from hromada.domain.period import parse_period
from hromada.reading.items import read_item
from hromada.report.count.counting import count_activity, count_from
from hromada.report.count.entry_index import EntryIndex
from hromada.report.text.draft import clear_prose, rename_period, start_report
from hromada.report.text.placeholders import check_text, placeholders, render_placeholders
from tests.conftest import ROOT
from tests.unit.making import item, row, site, unit

OLD, NEW = parse_period("2021-H2"), parse_period("2022-H1")
BODY = """\
Відділ розповідає про **діяльність** [ради](/about/) і громади у всіх виданнях.

## За що відповідали

За [[period]] відділ виконав таку роботу:

1. Створено символіку; затверджено.

2. Упорядковано звіт.

    Його надруковано.

    - Додаток один
    - Додаток два

3. Ведемо сторінки.

    На вебсайті [[news зн.
    розміщено]].

4. Пишемо до газети.
"""
HEADERS = {
    "yaml": """\
---
title: Звіт відділу за II півріччя 2021 року
date: 2022-01-10
modified: 2022-01-11
slug: zvit
period: 2021-H2
status: published
complete: no
tags:
  - звіт
  - рада
window-newspaper: 2020-07-01..2021-12-31
window-newspaper-reason: так подано
  у звіті
author: Відділ
---
""",
    "plain": """\
Заголовок: Звіт відділу за II півріччя 2021 року
Дата: 10.01.2022
Змінено: 11.01.2022
Адреса: zvit
period: ІІ півріччя 2021
Стан: опубліковано
complete: no
Теги:
  - звіт
  - рада
window-newspaper: 2020-07-01..2021-12-31
window-newspaper-reason: так подано
  у звіті
Автор: Відділ
""",
}


def read(text, name="2022-h1"):
    report, _, problems = read_item(f"content/reports/{name}.md", text.encode())
    return report, problems


@pytest.mark.parametrize("syntax", HEADERS)
def test_the_header_keeps_what_the_new_period_shares(syntax):
    text = start_report(NEW, (OLD, f"{HEADERS[syntax]}\n{BODY}"))
    report, problems = read(text)

    assert problems == []
    assert (report.title, report.status, report.tags) == (
        "Звіт відділу за I півріччя 2022 року", Status.DRAFT, ("звіт", "рада"),
    )  # fmt: skip
    assert (report.report.period, report.report.complete, report.report.windows) == (NEW, False, {})
    assert (report.when, report.modified, report.report.reasons, report.author) == (None, None, (), "Відділ")
    assert text.startswith("---\n")
    assert "zvit" not in text


@pytest.mark.parametrize("syntax", HEADERS)
def test_figures_and_headings_stay_and_the_story_is_asked_for(syntax):
    report, _ = read(start_report(NEW, (OLD, f"{HEADERS[syntax]}\n{BODY}")))

    assert (
        report.report.text.strip()
        == """\
[допишіть: Відділ розповідає про діяльність ради і…]

## За що відповідали

За [[period]] відділ виконав таку роботу:

1. [допишіть: Створено символіку; затверджено…]

2. [допишіть: Упорядковано звіт. Його надруковано. Додаток один…]

3. Ведемо сторінки.

    На вебсайті [[news зн.
    розміщено]].

4. [допишіть: Пишемо до газети…]"""
    )


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("1. Раз\n2. Два [[news]]\n3. Три", "1. [допишіть: Раз…]\n2. Два [[news]]\n3. [допишіть: Три…]"),
        ("- Раз\nдалі\n* [[news]]", "- [допишіть: Раз далі…]\n* [[news]]"),
        ("Було так:\n- не список", "[допишіть: Було так: не список…]"),
        ("Назва\n=====\n\nТекст", "Назва\n=====\n\n[допишіть: Текст…]"),
        ("# Назва\nТекст\n## Друга", "# Назва\n[допишіть: Текст…]\n## Друга"),
        ("> Сказано\n> це", "> [допишіть: Сказано це…]"),
        ("  - з відступом", "  - [допишіть: з відступом…]"),
        ("1) у дужках\n\n    друге", "1) [допишіть: у дужках друге…]"),
        ("1. пункт\n\nабзац", "1. [допишіть: пункт…]\n\n[допишіть: абзац…]"),
        ("1. пункт\n\n\tдалі [[news]]\n\nабзац", "1. пункт\n\n\tдалі [[news]]\n\n[допишіть: абзац…]"),
        ("* * *", "* * *"),
        ("<!-- нагадування\n\nредактору -->\n\nТекст", "<!-- нагадування\n\nредактору -->\n\n[допишіть: Текст…]"),
        ("```\nкод\n\nще\n```\n\nТекст", "[допишіть: код ще…]\n\n[допишіть: Текст…]"),
        ("![Свято](photo.jpg)", "[допишіть: Свято…]"),
        ("![](photo.jpg)", "[допишіть…]"),
        ("[1]: https://example.org", "[1]: https://example.org"),
        ("Стаття [тут][1] і [[ далі _так_ &nbsp; <b>ось</b> воно", "[допишіть: Стаття тут і далі так ось…]"),
        ("| Що | Скільки |\n|---|---|\n| Новини | [[news]] |", "| Що | Скільки |\n|---|---|\n| Новини | [[news]] |"),
        ("Раз, два, три, чотири, п’ять, шість, сім", "[допишіть: Раз, два, три, чотири, п’ять, шість…]"),
        ("[Допишіть: давнє…]", "[Допишіть: давнє…]"),
        ("", ""),
        ("\n\nТекст\n\n\n", "\n\n[допишіть: Текст…]\n\n\n"),
    ],
)  # fmt: skip
def test_a_block_is_kept_or_asked_for(body, left):
    assert clear_prose(body) == left


lines = st.sampled_from(["", "Текст [[news]]", "Текст", "1. Раз", "2. [[period]]", "    далі", "    [[news]]", "- так", "## Назва", "---", "```",
                         "<!--", "-->", "> слова", "[[news", "зн.]]", "|a|b|", "===", "[x](y)", "*", "![](p.jpg)"])  # fmt: skip


@given(st.lists(lines, max_size=20).map("\n".join))
@example("[[news\n## Назва\nзн.]]")
@example("[[news\n---\nзн.]]")
@example("- так\n[[news\n- так\nзн.]]")
def test_no_figure_is_lost_and_nothing_is_emptied_twice(body):
    left = clear_prose(body)

    assert [inside for _, _, inside in placeholders(left)] == [inside for _, _, inside in placeholders(body)]
    assert clear_prose(left) == left


@given(st.lists(lines, max_size=20).map("\n".join), st.sampled_from(sorted(HEADERS)))
def test_any_body_gives_a_readable_report(body, syntax):
    report, problems = read(start_report(NEW, (OLD, f"{HEADERS[syntax]}\n{body}")))

    assert problems == []
    assert (report.report.period, report.status) == (NEW, Status.DRAFT)


@pytest.mark.parametrize(
    ("old", "new", "title", "said"),
    [
        ("2021-H2", "2022-H1", "Звіт за ІІ півріччя 2021 року", "Звіт за I півріччя 2022 року"),
        ("2021-H2", "2022-H1", "Зроблене у II півріччі 2021 року", "Зроблене у I півріччі 2022 року"),
        ("2021-H2", "2022-H1", "Підсумки другого півріччя 2021-го", "Підсумки I півріччя 2022 року"),
        ("2021-H2", "2022-H1", "ЗВІТ ЗА II ПІВРІЧЧЯ 2021 РОКУ", "ЗВІТ ЗА I ПІВРІЧЧЯ 2022 РОКУ"),
        ("2021-H2", "2022-H1", "Звіт (2 півріччя 2021 р.)", "Звіт (I півріччя 2022 року)"),
        ("2021-H2", "2022-H1", "«II\n  півріччя 2021 року»: звіт", "«I півріччя 2022 року»: звіт"),
        ("2021-H2", "2022-H1", "Звіт 2021-H2", "Звіт 2022-H1"),
        ("2021-H2", "2022-H1", "Звіт за I півріччя 2021 року", "Звіт за I півріччя 2021 року"),
        ("2021-H2", "2022-H1", "Програма на 2021–2025 роки", "Програма на 2021–2025 роки"),
        ("2021-Q4", "2022-Q1", "Звіт за 4 кв. 2021", "Звіт за I квартал 2022 року"),
        ("2021-12", "2022-02", "Звіт за грудень 2021 року", "Звіт за лютий 2022 року"),
        ("2021-02", "2021-03", "Що зроблено в лютому 2021 року", "Що зроблено в березні 2021 року"),
        ("2021-11", "2022-02", "Підсумки листопада 2021", "Підсумки лютого 2022 року"),
        ("2021-07", "2021-08", "Липень 2021 року: звіт", "Серпень 2021 року: звіт"),
        ("2021", "2022", "Звіт за 2021 рік", "Звіт за 2022 рік"),
        ("2021", "2022", "Звіт 2021 року", "Звіт 2022 року"),
        ("2021", "2022", "Звіт про роботу у 2021 році", "Звіт про роботу у 2022 році"),
        ("2021", "2022", "Звіт за 12 місяців 2021 року.", "Звіт за 12 місяців 2022 року."),
        ("2021-9M", "2022-9M", "Звіт за дев’ять місяців 2021 року", "Звіт за дев’ять місяців 2022 року"),
        ("2021-W31", "2021-W32", "Тиждень з 02.08.2021 по 08.08.2021", "Тиждень з 09.08.2021 по 15.08.2021"),
        ("2021-07-01..2021-07-10", "2021-07-11..2021-07-20", "За період з 01.07.2021 по 10.07.2021", "За період з 11.07.2021 по 20.07.2021"),
        ("2021-07-01..2021-07-10", "2021-07-11..2021-07-20", "Звіт з 1 липня 2021 року по 10 липня 2021 року", "Звіт з 11.07.2021 по 20.07.2021"),
        ("2021-07-01..2021-07-10", "2021-07-11..2021-07-20", "Звіт, 01.07.2021–10.07.2021", "Звіт, 11.07.2021–20.07.2021"),
        ("2021-01-01..2021-03-31", "2021-04-01..2021-06-30", "за січень–березень 2021 року", "за II квартал 2021 року"),
    ],
)  # fmt: skip
def test_the_periods_name_is_changed_in_its_own_form(old, new, title, said):
    assert rename_period(title, parse_period(old), parse_period(new)) == said


def test_a_first_report_has_a_pattern_without_problems():
    text = start_report(NEW, None)
    report, problems = read(text)
    place = site([unit("a"), item("2022-02-01")], [row("2022-02-01"), row("2022-02-01", register="newspaper")])
    activity = count_activity(place, NEW, Clock.parse("2022-07-15"))

    assert problems == []
    assert (report.title, report.report.period, report.status) == (
        "Звіт про роботу відділу інформаційної роботи за I півріччя 2022 року", NEW, Status.DRAFT,
    )  # fmt: skip
    assert list(check_text(report, activity, place.figures)) == []


@pytest.mark.parametrize("text", [f"\ufeff{HEADERS['yaml']}\n{BODY}", f" \n\n{HEADERS['plain']}\n{BODY}", HEADERS["plain"], HEADERS["yaml"],
                                  f"{HEADERS['yaml']}\n{BODY}".replace("\n", "\r\n")])  # fmt: skip
def test_a_file_is_read_as_offices_save_it(text):
    report, problems = read(start_report(NEW, (OLD, text)))

    assert (problems, report.report.period) == ([], NEW)


@pytest.mark.parametrize(("status", "found"), [(Status.PUBLISHED, [6]), (Status.HIDDEN, [6]), (Status.DRAFT, [])])
def test_what_is_not_written_yet_is_a_warning_once_the_report_is_no_draft(status, found):
    place = site([unit("a")])
    report = item(
        None, kind=Kind.REPORT, section="reports", status=status, body="Робота.\n- [Допишіть: що…]\n", body_line=5
    )

    problems = list(check_text(report, count_activity(place, NEW, Clock.parse("2022-07-15")), place.figures))

    assert [(one.line, one.code, one.level) for one in problems] == [(n, "narrative-missing", "warning") for n in found]
    assert all("«[Допишіть: що…]»" in one.message for one in problems)


@pytest.mark.parametrize("opening", ["```", "<!--", "1. Пункт", "Абзац"])
def test_a_block_of_a_hundred_thousand_lines_is_looked_through_once(opening):
    line = "    рядок\n" if opening.startswith("1") else "рядок\n"
    body = f"{opening}\n{line * 100_000}"

    assert len(start_report(NEW, (OLD, f"{HEADERS['yaml']}\n{body}"))) < len(body) + 1000


def filled(text, number):
    """A text with so many entries of every kind, as it is read."""
    items = [item(slug=f"n{n}") for n in range(number)]
    items += [unit(f"u{n}") for n in range(number)]
    items += [item(slug=f"m{n}", section=f"units/u{n}") for n in range(number)]
    rows = [row(account=account, line=n) for account in ("rada", "okruh") for n in range(number)]
    rows += [row(kind="репост", line=n) for n in range(number)]
    others = ("coverage", "monitoring", "newspaper", "requests")
    rows += [row(register=name, line=n) for name in others for n in range(number)]
    registers = (*others, "social")
    place = site(items, rows, registers=registers, figures=Figures(standard_figures(registers)))
    shown = {one.path: ("content/images/a.jpg",) for one in items if one.kind is Kind.NEWS}
    entry_index = EntryIndex.of(place, Clock.parse("2022-01-15"), shown)
    words, said = render_placeholders(text, count_from(entry_index, parse_period("2021-H2")), place.figures)
    for mark, spoken in said.items():
        words = words.replace(mark, spoken.text)
    return " ".join(words.split())


FIRST = start_report(OLD, None)
TEXTS = {"first": FIRST, "starter": (ROOT / "content/reports/2021-h2.md").read_text("utf-8"), "demo": REPORT}


@pytest.mark.parametrize("name", TEXTS)
def test_at_zero_a_shipped_sentence_says_that_nothing_was_done(name):
    said = filled(TEXTS[name].split("\n---\n")[1], 0).replace("робота 0 сторінок", "")

    assert not re.findall(r"\b0\b", said)
    assert said.count("не розміщено жодної публікації") == 4
    assert "не передано жодного інформаційного повідомлення" in said
    assert "не опубліковано жодної світлини" in said


@pytest.mark.parametrize(
    ("number", "news", "messages"),
    [
        (1, "розміщено 1 публікацію", "розміщено 1 інформаційне повідомлення"),
        (2, "розміщено 2 публікації", "розміщено 2 інформаційних повідомлення"),
        (5, "розміщено 5 публікацій", "розміщено 5 інформаційних повідомлень"),
        (21, "розміщено 21 публікацію", "розміщено 21 інформаційне повідомлення"),
    ],
)
def test_a_shipped_sentence_agrees_with_its_number(number, news, messages):
    said = filled(FIRST, number)

    assert news in said
    assert messages in said
