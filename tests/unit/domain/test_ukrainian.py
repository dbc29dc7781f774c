import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.alphabet import normalize_name, normalize_names, slug, sort_key
from hromada.domain.numerals import NOUNS, Case, Noun, grouped, plural_category


@pytest.mark.parametrize(
    ("numbers", "index"),
    [
        ([1, 21, 31, 101, 121, 381, 631, 1001], 0),
        ([2, 3, 4, 22, 34, 102, 192, 573, 1234], 1),
        ([0, 5, 9, 10, 11, 12, 13, 14, 19, 20, 25, 46, 100, 111, 112, 1011], 2),
    ],
)
def test_the_plural_category_is_that_of_cldr(numbers, index):
    assert {plural_category(number) for number in numbers} == {index}


@pytest.mark.parametrize(
    ("number", "noun", "case", "words"),
    [
        (631, "публікація", Case.ACCUSATIVE, "631 публікацію"),
        (573, "публікація", Case.ACCUSATIVE, "573 публікації"),
        (46, "інформаційне повідомлення", Case.ACCUSATIVE, "46 інформаційних повідомлень"),
        (34, "інформаційне повідомлення", Case.ACCUSATIVE, "34 інформаційних повідомлення"),
        (20, "окрема сторінка", Case.GENITIVE, "20 окремих сторінок"),
        (1, "окрема сторінка", Case.GENITIVE, "1 окремої сторінки"),
        (0, "публікація", Case.NOMINATIVE, "0 публікацій"),
        (1011, "звернення", Case.NOMINATIVE, "1 011 звернень"),
    ],
)
def test_number_and_noun_agree(number, noun, case, words):
    assert NOUNS[noun].counted(number, case).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("публікація", "не розміщено жодної публікації"),
        ("інформаційне повідомлення", "не розміщено жодного інформаційного повідомлення"),
        ("повідомлення", "не розміщено жодного повідомлення"),
        ("окрема сторінка", "не розміщено жодної окремої сторінки"),
        ("допис", "не розміщено жодного допису"),
        ("репост", "не розміщено жодного репосту"),
    ],
)
def test_nothing_done_is_said_in_words(noun, words):
    assert NOUNS[noun].none_done("розміщено") == words


def test_a_noun_without_the_case_says_so():
    with pytest.raises(LookupError, match=r"«диво» не має форм відмінка «род\.»"):
        Noun("диво").form(2, Case.GENITIVE)


@pytest.mark.parametrize("text", ["зн.", "знах.", "ЗН", "зн"])
def test_the_accusative_has_two_abbreviations(text):
    assert Case.parse(text) is Case.ACCUSATIVE


def test_long_numbers_are_grouped_by_no_break_spaces():
    assert [grouped(n) for n in (0, 999, 1011, 1234567)] == ["0", "999", "1\u00a0011", "1\u00a0234\u00a0567"]


# Resolution 55 of 2010 and its own examples; the words of the community.
@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Зеленський", "zelenskyi"), ("Згурівка", "zghurivka"), ("згорів", "zghoriv"), ("щастя", "shchastia"),
        ("Юрій", "yurii"), ("Їжакевич", "yizhakevych"), ("в’їзд", "vizd"), ("Дергачі", "derhachi"),
        ("Безруки", "bezruky"), ("Русько-Лозівський округ", "rusko-lozivskyi-okruh"), ("Солоний Яр", "solonyi-yar"),
        ("Європа", "yevropa"), ("сесії №12", "sesii-12"), ("гарячої води", "hariachoi-vody"), ("громада", "hromada"),
        ("розгляд", "rozghliad"), ("Знам'янка", "znamianka"), ("Знамʼянка", "znamianka"), ("об’єкт", "obiekt"),
        ("Ємці", "yemtsi"), ("Ґалаґан", "galagan"), ("Гоща", "hoshcha"), ("Ямпіль", "yampil"), ("Йосипівка", "yosypivka"),
        ("Стрий", "stryi"), ("Костянтин", "kostiantyn"), ("0123", "0123"), ("Рада: звіт!", "rada-zvit"),
        ("n00001", "n00001"), ("«»", ""), ("й", "y"), ("й́", "y"),
    ],
)  # fmt: skip
def test_addresses_follow_the_official_table(text, address):
    assert slug(text) == address


@given(st.text(max_size=60))
def test_an_address_is_always_safe_and_stable(text):
    address = slug(text)

    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(address) == address


def test_ukrainian_alphabetical_order():
    words = [
        "яр",
        "Ґрунт",
        "гай",
        "Єдність",
        "еко",
        "Їжак",
        "ірис",
        "ива",
        "йод",
        "Знамення",
        "Знам’янка",
        "щит",
        "шум",
    ]

    assert sorted(words, key=sort_key) == [
        "гай", "Ґрунт", "еко", "Єдність", "Знамення", "Знам’янка", "ива", "ірис", "Їжак", "йод", "шум", "щит", "яр",
    ]  # fmt: skip


def test_the_apostrophe_does_not_order_words():
    assert sorted(["об’єкт", "обід", "обєднати"], key=sort_key) == ["обєднати", "об’єкт", "обід"]


@pytest.mark.parametrize("name", ['КП «СОК "Зевс"»', "кп  сок зевс", "КП СОК «ЗЕВС»", "КП “СОК „Зевс“"])
def test_names_are_compared_without_case_quotes_and_spaces(name):
    assert normalize_name(name) == "кп сок зевс"


@given(st.lists(st.text("Аб «»’'й\u0306 \n\t–ß") | st.text()))
def test_names_have_the_same_form_together_and_each_by_itself(names):
    assert normalize_names(names) == [normalize_name(name) for name in names]
