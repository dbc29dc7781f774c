import pytest

from hromada.scaffolding.new_file import KINDS, Choice, DraftKind, DraftRefused, format_choices, parse_choice

UNITS = (Choice("viddil-zhkh", "Відділ ЖКГ"), Choice("sok-zevs", "КП «СОК „Зевс“»"))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("news", "news"),
        ("НОВИНА", "news"),
        (" повідомлення ", "message"),
        ("подія", "event"),
        ("сторінка", "page"),
        ("Звіт", "report"),
        ("послуга", "service"),
    ],
)
def test_a_kind_is_named_in_both_languages(word, kind):
    assert parse_choice("KIND", word, KINDS).id == kind


def test_every_kind_can_be_chosen():
    assert [choice.id for choice in KINDS] == list(DraftKind)


def test_a_unit_is_named_by_its_folder_or_title():
    assert parse_choice("UNIT", "viddil-zhkh", UNITS) == parse_choice("UNIT", "відділ жкг", UNITS) == UNITS[0]
    assert parse_choice("UNIT", 'КП "СОК "Зевс""', UNITS) == UNITS[1]


def test_a_number_counts_where_the_list_was_shown():
    assert format_choices(UNITS) == ["  1. Відділ ЖКГ (viddil-zhkh)", "  2. КП «СОК „Зевс“» (sok-zevs)"]
    assert parse_choice("", "2", UNITS) == UNITS[1]
    for setting, reply in (("UNIT", "2"), ("", "3"), ("", "0"), ("", "")):
        with pytest.raises(DraftRefused):
            parse_choice(setting, reply, UNITS)


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("новини", "KIND=«новини» незрозуміло, можливо, «новина»?"),
        ("massage", "KIND=«massage» незрозуміло, можливо, «message»?"),
        ("???", "KIND=«???» незрозуміло, можна: news, message, event, page, report, service"),
    ],
)
def test_an_unknown_word_is_refused_with_the_near_one_or_all(word, advice):
    with pytest.raises(DraftRefused) as refused:
        parse_choice("KIND", word, KINDS)

    assert str(refused.value) == advice
