import pytest

from hromada.domain.dates import Clock
from hromada.domain.item import Kind
from hromada.domain.period import parse_period
from hromada.report.count.counting import count_activity
from hromada.report.text.placeholders import PlaceholderRefused, check_text, render_number, render_placeholders
from tests.unit.making import item, row, site, unit

CLOCK = Clock.parse("2022-01-15")


def activity_of(news=0):
    items = [unit("a")] + [item(slug=str(number)) for number in range(news)]
    place = site(items, [row("2021-01-05", register="newspaper")])
    windows = {"newspaper": parse_period("2020-07-01..2021-12-31")}
    return count_activity(place, parse_period("2021-H2"), CLOCK, windows), place.figures


def words(inside, news=0):
    return render_number(inside, *activity_of(news)).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("news", "21"),
        ("news наз.", "21 публікація"),
        ("news зн.", "21 публікацію"),
        ("news знах.", "21 публікацію"),
        ("news род.", "21 публікації"),
        ("news зн. розміщено", "розміщено 21 публікацію"),
        ("unit-pages род.", "1 сторінки"),
        ("unit-messages зн. розміщено", "не розміщено жодного інформаційного повідомлення"),
        ("newspaper зн. передано", "передано 1 інформаційне повідомлення"),
        ("period", "II півріччя 2021 року"),
        ("period місц.", "II півріччі 2021 року"),
        ("newspaper.period", "період з 01.07.2020 по 31.12.2021"),
        ("newspaper.period род.", "періоду з 01.07.2020 по 31.12.2021"),
        ("news.period", "II півріччя 2021 року"),
    ],
)
def test_a_placeholder_says_its_words(inside, said):
    assert words(inside, news=21) == said


@pytest.mark.parametrize(
    ("news", "said"),
    [
        (0, "не розміщено жодної публікації"), (1, "розміщено 1 публікацію"), (2, "розміщено 2 публікації"),
        (5, "розміщено 5 публікацій"), (11, "розміщено 11 публікацій"), (21, "розміщено 21 публікацію"),
    ],
)  # fmt: skip
def test_verb_number_and_noun_agree(news, said):
    assert words("news зн. розміщено", news) == said


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("newz", "placeholder-unknown"), ("", "placeholder-unknown"), ("news клич.", "placeholder-case"),
        ("newz.period", "placeholder-unknown"), ("period зн. розміщено", "placeholder-case"),
    ],
)  # fmt: skip
def test_an_unclear_placeholder_is_refused(inside, code):
    with pytest.raises(PlaceholderRefused) as refused:
        words(inside)

    assert refused.value.code == code


def report(body):
    return item(None, kind=Kind.REPORT, section="reports", path="content/reports/x.md", body=body, body_line=5)


def test_every_fault_of_a_text_has_its_line():
    activity, figures = activity_of()

    problems = list(check_text(report("[[news]]\n\n[[newz]] і [[news клич.]]"), activity, figures))

    assert [(one.line, one.code) for one in problems] == [(7, "placeholder-unknown"), (7, "placeholder-case")]
    assert "можливо, «news»?" in problems[0].fix


@pytest.mark.parametrize(
    "typed",
    [
        "631 публікацію",
        "**46** інформаційних повідомлень",
        "1 011 сторінок",
        "20 окремих сторінок",
        "3 сторінки",
        "34 інформаційних повідомлення",
        "34 інформаційні повідомлення",
        "3 новини",
        "5 матеріалів",
        "300 нових дописів",
        "3 нові публікації",
        "7 репостів",
        "2 запити",
        "до 3-х статей",
        "2 тис. публікацій",
        "три новини",
        "п’ять матеріалів",
        "сімома зверненнями",
        "двадцять одну публікацію",
        "сто сорок п'ять дописів",
        "одне повідомлення",
        "15\nновин",
        "1 новину",
        "в 3 матеріалах",
        "21&nbsp;огляд",
        "5 **оголошень**",
        "у 2 публікаціях",
    ],
)
def test_a_typed_number_is_a_warning(typed):
    activity, figures = activity_of()

    (problem,) = check_text(report(f"Розміщено {typed}."), activity, figures)

    assert (problem.code, problem.level) == ("typed-number", "warning")


@pytest.mark.parametrize(
    "text",
    [
        "[[news]] публікація",
        "у 2021 році",
        "пункт 3. Публікації",
        "з 01.07.2021",
        "У 2021 році публікації виходили щодня",
        "за II півріччя 2021 року публікації",
        "15.01.2022 новини про підсумки",
        "за 2021 [[news]] публікацій",
        "відповідно до частини 2 статті 15 Закону",
        "рішення № 5 звернення не стосувалося",
        "на 3 сторінці газети",
        "о 18 годині оголошення вже висіло",
        "о 14:30 новини вже були",
        "в одній публікації йшлося",
        "сьома публікація",
        "третя новина",
        "100\n\nНовини",
        "2021\n\n1. Новини",
        "Проведено 3 засідання й 12 заходів",
        "Постанова 12/01-05 матеріали",
    ],
)
def test_other_numbers_are_no_figures(text):
    activity, figures = activity_of()

    assert list(check_text(report(text), activity, figures)) == []


def test_marks_keep_the_numbers_out_of_markdowns_way():
    activity, figures = activity_of(3)

    text, said = render_placeholders("**[[news]]** за [[period]]", activity, figures)

    assert [spoken.text for spoken in said.values()] == ["3", "II півріччя 2021 року"]
    assert "[[" not in text
    assert all(mark in text for mark in said)


def test_a_placeholder_may_go_over_two_lines():
    activity, figures = activity_of(21)

    text, said = render_placeholders("За звітом [[news зн.\nрозміщено]].", activity, figures)

    assert [spoken.text.replace("\u00a0", " ") for spoken in said.values()] == ["розміщено 21 публікацію"]
    assert "[[" not in text


def test_a_placeholder_that_is_not_closed_is_refused_with_its_line():
    activity, figures = activity_of()

    problems = list(check_text(report("Перше [[news\nзн.]]\n[[news зн. і далі"), activity, figures))

    assert [(one.line, one.code) for one in problems] == [(7, "placeholder-unclosed")]


@pytest.mark.parametrize("between", ["", "## Назва", "---", "- пункт", "2. пункт"])
def test_a_placeholder_does_not_go_from_one_block_to_the_next(between):
    activity, figures = activity_of(1)
    problems = list(check_text(report(f"Перше [[news\n{between}\nзн.]] далі."), activity, figures))

    assert [one.code for one in problems] == ["placeholder-unclosed"]
