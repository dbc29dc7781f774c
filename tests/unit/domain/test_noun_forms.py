"""Every noun against school declensions written here by stem and ending, and against CLDR's own rules."""

import re
from fractions import Fraction

import pytest

from hromada.domain.numerals import NOUNS, Case, Noun, format_decimal, format_multiple, plural_category

NUMBERS = [*range(31), *range(100, 126), 573, 631, 1011, 1_234_567]
# o one, f few, m many: 0–30, 100–125, then 573, 631, 1 011, 1 234 567, counted on fingers.
LITERAL = "mofffmmmmmmmmmmmmmmmmofffmmmmmmmofffmmmmmmmmmmmmmmmmofffmfomm"
CLDR = {  # unicode.org, plurals.xml, `uk`
    "o": "v = 0 and i % 10 = 1 and i % 100 != 11",
    "f": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    "m": "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
}

# Endings: singular наз род дав зн ор місц; plural the same. A minus cuts a letter off the stem, two stems split by /.
DECLENSIONS = {
    "станція": ("я ї ї ю єю ї", "ї й ям ї ями ях"),
    "завдання": ("я я ю я ям і", "я -ь ям я ями ях"),
    "книжка": ("ка ки ці ку кою ці", "ки ок кам ки ками ках"),
    "нога": ("га ги зі гу гою зі", "ги г гам ги гами гах"),
    "хата": ("а и і у ою і", "и ∅ ам и ами ах"),
    "ліс": ("∅ у у ∅ ом і", "и ів ам и ами ах"),
    "берег": ("∅ у у ∅ ом у", "и ів ам и ами ах"),
    "стіл": ("∅ а у ∅ ом і", "и ів ам и ами ах"),
    "знак": ("∅ а у ∅ ом у", "и ів ам и ами ах"),
    "рік": ("∅ ку ку ∅ ком ці", "ки ків кам ки ками ках"),
    "кінь": ("ь я ю ь ем і", "і ів ям і ями ях"),
    "стаття": ("тя ті ті тю тею ті", "ті ей тям ті тями тях"),
}
STEMS = {
    "знак": ("знак", "знак"),
    "публікація": ("станція", "публікаці"),
    "пресконференція": ("станція", "пресконференці"),
    "організація": ("станція", "організаці"),
    "подія": ("станція", "поді"),
    "повідомлення": ("завдання", "повідомленн"),
    "оголошення": ("завдання", "оголошенн"),
    "звернення": ("завдання", "зверненн"),
    "засідання": ("завдання", "засіданн"),
    "питання": ("завдання", "питанн"),
    "розпорядження": ("завдання", "розпорядженн"),
    "попередження": ("завдання", "попередженн"),
    "сторінка": ("книжка", "сторін"),
    "довідка": ("книжка", "довід"),
    "помилка": ("книжка", "помил"),
    "новина": ("хата", "новин"),
    "послуга": ("нога", "послу"),
    "літера": ("хата", "літер"),
    "вада": ("хата", "вад"),
    "перевірка": ("книжка", "перевір"),
    "світлина": ("хата", "світлин"),
    "фотографія": ("станція", "фотографі"),
    "зміна": ("хата", "змін"),
    "адреса": ("хата", "адрес"),
    "допис": ("ліс", "допис"),
    "репост": ("ліс", "репост"),
    "матеріал": ("ліс", "матеріал"),
    "анонс": ("ліс", "анонс"),
    "пресреліз": ("ліс", "пресреліз"),
    "відеоматеріал": ("ліс", "відеоматеріал"),
    "відеозапис": ("ліс", "відеозапис"),
    "захід": ("ліс", "захід/заход"),
    "запит": ("ліс", "запит"),
    "проєкт": ("ліс", "проєкт"),
    "звіт": ("ліс", "звіт"),
    "огляд": ("ліс", "огляд"),
    "запис": ("ліс", "запис"),
    "підрозділ": ("ліс", "підрозділ"),
    "файл": ("ліс", "файл"),
    "раз": ("ліс", "раз"),
    "рік": ("рік", "рік/ро"),
    "брифінг": ("берег", "брифінг"),
    "документ": ("стіл", "документ"),
    "відеоролик": ("знак", "відеоролик"),
    "показник": ("знак", "показник"),
    "рядок": ("знак", "рядок/рядк"),
    "день": ("кінь", "ден/дн"),
    "тиждень": ("кінь", "тижден/тижн"),
    "місяць": ("кінь", "місяц"),
    "стаття": ("стаття", "стат"),
}
ADJECTIVES = {  # singular by the gender of the noun's declension, then plural
    "завдання": "е ого ому е им ому",
    "книжка": "а ої ій у ою ій",
    "ліс": "ий ого ому ий им ому",
}
PLURAL_ADJECTIVE = "і их им і ими их"
ATTRIBUTES = {
    "інформаційне повідомлення": ("інформаційн", "повідомлення", "род"),
    "окрема сторінка": ("окрем", "сторінка", "наз"),
    "щоденний звіт": ("щоденн", "звіт", "наз"),
    "двотижневий звіт": ("двотижнев", "звіт", "наз"),
}
COMPLEMENTS = {"проєкт рішення": ("проєкт", "рішення", "рішень")}
FEMININE = {
    "адреса", "публікація", "пресконференція", "організація", "подія", "сторінка", "окрема сторінка", "довідка", "помилка", "новина", "зміна",
    "стаття", "послуга", "світлина", "фотографія", "літера", "вада", "перевірка",
}  # fmt: skip


def joined(stem, ending):
    bare, cut = (stem[:-1], ending[1:]) if ending.startswith("-") else (stem, ending)
    return bare + cut.replace("∅", "")


def bare_noun(name):
    """Six singular and six plural forms of one word; the other stem stands wherever the nominative singular does not."""
    declension, stems = STEMS[name]
    first, _, other = stems.partition("/")
    singular, plural = (endings.split() for endings in DECLENSIONS[declension])
    short = singular[0]  # the accusative of things is the nominative, with its stem
    ones = [joined(first if ending == short else other or first, ending) for ending in singular]
    return ones, [joined(other or first, ending) for ending in plural]


def whole_noun(name):
    if name in COMPLEMENTS:
        head, of_one, of_many = COMPLEMENTS[name]
        ones, more = bare_noun(head)
        return [f"{form} {of_one}" for form in ones], [f"{form} {of_many}" for form in more]
    if name not in ATTRIBUTES:
        return bare_noun(name)
    stem, head, _ = ATTRIBUTES[name]
    ones, more = bare_noun(head)
    singular = ADJECTIVES[STEMS[head][0]].split()
    return (
        [f"{stem}{ending} {form}" for ending, form in zip(singular, ones, strict=True)],
        [f"{stem}{ending} {form}" for ending, form in zip(PLURAL_ADJECTIVE.split(), more, strict=True)],
    )


def few_after(name, attribute):
    """The wording after 2, 3, 4 in the nominative and the accusative."""
    _, more = whole_noun(name)
    if attribute == "наз" or name not in ATTRIBUTES:
        return more[0]
    stem, head, _ = ATTRIBUTES[name]
    return f"{stem}их {bare_noun(head)[1][0]}"


def expected(name, case, letter, attribute=""):
    ones, more = whole_noun(name)
    index = ["наз", "род", "дав", "зн", "ор", "місц"].index(case)
    if case not in ("наз", "зн"):
        return ones[index] if letter == "o" else more[index]
    wording = attribute or (ATTRIBUTES[name][2] if name in ATTRIBUTES else "")
    return {"o": ones[index], "f": few_after(name, wording), "m": more[1]}[letter]


def by_the_rules(number):
    """The one category whose CLDR rule holds."""

    def holds(relation):
        left, sign, ranges = re.fullmatch(r"(v|i(?: % \d+)?) (!?=) ([\d.]+)", relation).groups()
        low, _, high = ranges.partition("..")
        value = 0 if left == "v" else eval(left, {"i": number})
        return (int(low) <= value <= int(high or low)) == (sign == "=")

    found = [
        letter
        for letter, rule in CLDR.items()
        if any(all(map(holds, part.split(" and "))) for part in rule.split(" or "))
    ]
    assert len(found) == 1
    return found[0]


def test_the_categories_written_by_hand_are_those_of_the_rules_and_of_the_code():
    assert len(LITERAL) == len(NUMBERS)
    assert "".join(by_the_rules(number) for number in NUMBERS) == LITERAL
    assert "".join("ofm"[plural_category(number)] for number in NUMBERS) == LITERAL
    assert all("ofm"[plural_category(number)] == by_the_rules(number) for number in range(3000))


def test_every_noun_of_the_table_is_checked():
    assert {*STEMS, *ATTRIBUTES, *COMPLEMENTS} - {"проєкт"} == set(NOUNS)
    assert {noun.name for noun in NOUNS.values()} == set(NOUNS)


@pytest.mark.parametrize("case", ["наз", "род", "дав", "зн", "ор", "місц"])
@pytest.mark.parametrize("name", NOUNS)
def test_number_and_noun_agree_in_every_case(name, case):
    said = [NOUNS[name].counted(number, Case(case)) for number in NUMBERS]
    digits = [f"{number:,}".replace(",", "\u00a0") for number in NUMBERS]

    assert said == [
        f"{number}\u00a0{expected(name, case, letter)}" for number, letter in zip(digits, LITERAL, strict=True)
    ]


@pytest.mark.parametrize("name", ATTRIBUTES)
@pytest.mark.parametrize("attribute", ["наз", "род"])
def test_after_two_three_four_an_attribute_has_two_right_forms(name, attribute):
    chosen = NOUNS[name].with_few(Case(attribute))
    said = {case: [chosen.form(number, case) for number in (1, 2, 5, 34)] for case in Case}

    assert said == {
        case: [expected(name, case, letter, attribute) for letter in "ofmf"] for case in Case
    }  # only наз and зн have the choice
    assert chosen.with_few(Case(ATTRIBUTES[name][2])) == NOUNS[name]


@pytest.mark.parametrize("name", NOUNS)
def test_nothing_done_is_said_in_the_nouns_gender(name):
    no = "жодної" if name in FEMININE else "жодного"

    assert NOUNS[name].none_done("подано") == f"не подано {no} {whole_noun(name)[0][1]}"


@pytest.mark.parametrize("name", NOUNS)
def test_the_table_has_no_gaps_no_latin_letters_and_no_old_orthography(name):
    noun = NOUNS[name]
    forms = [form for four in noun.forms.values() for form in four]

    assert list(noun.forms) == list(Case)
    assert all(re.fullmatch(r"[а-щьюяєіїґ]+(?: [а-щьюяєіїґ]+)?", form) for form in forms)
    assert not any(re.search(r"проект|прес-|відео-|сайт\b.*-|інтернет-", form) for form in forms)
    fraction = "раза" if name == "раз" else whole_noun(name)[0][1]
    assert {four[3] for four in noun.forms.values()} == {fraction}


@pytest.mark.parametrize(
    ("many", "few", "count", "chosen"),
    [
        ("нових міських програм", "нові міські програми", 2, "нових міських програми"),
        ("безкраїх ланів", "безкраї лани", 1, "безкраїх лани"),
        ("осінніх оголошень", "осінні оголошення", 1, "осінніх оголошення"),
        ("порядків денних", "порядки денні", 0, "порядки денні"),
        ("чергових", "чергові", 0, "чергові"),
    ],
)
def test_attributes_are_known_by_their_genitive_plural(many, few, count, chosen):
    noun = Noun("x", {Case.NOMINATIVE: ("а", few, many, "б")})

    assert (noun.attributes, noun.with_few(Case.GENITIVE).form(2)) == (count, chosen)
    assert noun.with_few(Case.GENITIVE).with_few(Case.NOMINATIVE) == noun


def test_a_noun_without_forms_has_no_attribute():
    assert (Noun("диво").attributes, Noun("диво").with_few(Case.GENITIVE)) == (0, Noun("диво"))


@pytest.mark.parametrize(
    ("number", "places", "words"),
    [
        (Fraction(12345, 10), 1, "1 234,5"), (Fraction(1, 3), 1, "0,3"), (Fraction(2, 3), 2, "0,67"), (Fraction(5, 100), 1, "0,1"),
        (Fraction(25, 100), 1, "0,3"), (Fraction(5), 1, "5,0"), (10, 2, "10,00"), (Fraction(999, 1000), 1, "1,0"), (Fraction(99995, 100), 1, "1 000,0"),
        (Fraction(-5, 2), 1, "−2,5"), (Fraction(-25, 100), 1, "−0,3"), (Fraction(-1, 100), 1, "0,0"), (Fraction(5, 2), 0, "3"), (0, 1, "0,0"),
    ],
)  # fmt: skip
def test_a_decimal_has_a_comma_and_grouped_digits(number, places, words):
    assert format_decimal(number, places).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (Fraction(2), "у 2 рази"), (3, "у 3 рази"), (Fraction(4), "у 4 рази"), (5, "у 5 разів"), (11, "у 11 разів"), (12, "у 12 разів"), (21, "у 21 раз"),
        (22, "у 22 рази"), (111, "у 111 разів"), (1011, "у 1 011 разів"), (Fraction(3, 2), "у 1,5 раза"), (Fraction(21, 10), "у 2,1 раза"),
        (Fraction(201, 100), "у 2 рази"), (Fraction(205, 100), "у 2,1 раза"), (Fraction(1999, 1000), "у 2 рази"), (Fraction(51, 10), "у 5,1 раза"),
        (Fraction(12345, 10), "у 1 234,5 раза"), (1, "у 1 раз"),
    ],
)  # fmt: skip
def test_a_multiple_is_said_in_words(ratio, words):
    assert format_multiple(ratio).replace("\u00a0", " ") == words
