import pytest

from hromada.domain.numerals import NOUNS, Case
from hromada.reading.toml_config import read_accounts, read_categories, read_figures, read_law

PATH = "content/reports/figures.toml"


def figures(text, registers=("newspaper", "social")):
    return read_figures(PATH, text.encode(), registers)


def codes(problems):
    return [(one.line, one.code) for one in problems]


def test_the_standard_figures_exist_without_being_declared():
    found, problems = read_figures(PATH, None, ("monitoring", "social"))

    assert [spec.id for spec in found.specs] == [
        "news", "unit-pages", "unit-messages", "social", "social-main", "social-other", "reposts", "newspaper", "photos",
        "monitoring",
    ]  # fmt: skip
    assert problems == []


def test_a_declaration_gives_words_to_a_standard_figure():
    found, problems = figures(
        '[[figure]]\nid = "social-main"\ntitle = "На сторінці ради"\nsource = "register:social"\n'
        'where = { group = ["main"] }\nnoun = "допис"\n'
    )

    assert problems == []
    spec = found.get("social-main")
    assert (spec.title, spec.noun, spec.where) == ("На сторінці ради", "допис", {"group": ("main",)})


def test_a_sum_names_its_addends():
    found, problems = figures('[[figure]]\nid = "social"\ntotal-of = ["social-main", "social-other"]\n')

    assert (found.get("social").total_of, problems) == (("social-main", "social-other"), [])


@pytest.mark.parametrize(
    ("addends", "fault", "kept"),
    [
        ('["news", "unit-pages"]', "сторінки не додаються до публікацій, приберіть «unit-pages»", ("news",)),
        ('["unit-pages"]', "сторінки не додаються до публікацій, приберіть «unit-pages»", ()),
        ('["sotsmerezhi", "news"]', "доданок «sotsmerezhi» сам є сумою, додайте його доданки", ("news",)),
        ('["new", "newspaper"]', "немає доданка «new», можливо, «news»?", ("newspaper",)),
        ('["news", "news"]', "доданок «news» записано двічі, лишіть один", ("news",)),
    ],
)
def test_a_refused_addend_never_reaches_the_count(addends, fault, kept):
    sums = '[[figure]]\nid = "sotsmerezhi"\ntotal-of = ["social-main", "social-other"]\n'
    found, problems = figures(f'{sums}[[figure]]\nid = "x"\ntotal-of = {addends}\n')

    assert [str(one) for one in problems] == [f"{PATH}:5: показник «x»: {fault} [figure-total]"]
    assert found.get("x").total_of == kept


def test_a_noun_table_overrides_case_by_case():
    found, problems = figures('[noun."публікація"]\n"наз" = ["а", "б", "в", "г"]\n')

    assert problems == []
    noun = found.nouns["публікація"]
    assert (noun.form(1), noun.form(5, Case.ACCUSATIVE)) == ("а", "публікацій")


@pytest.mark.parametrize(
    ("name", "few", "said"),
    [
        ("інформаційне повідомлення", "наз", "інформаційні повідомлення"),
        ("інформаційне повідомлення", "род.", "інформаційних повідомлення"),
        ("окрема сторінка", "наз.", "окремі сторінки"),
        ("окрема сторінка", "род", "окремих сторінки"),
    ],
)
def test_the_wording_of_two_three_four_is_chosen_in_one_word(name, few, said):
    found, problems = figures(f'[noun."{name}"]\nfew = "{few}"\n')
    noun = found.nouns[name]

    assert problems == []
    assert {noun.form(number, case) for number in (2, 34) for case in (Case.NOMINATIVE, Case.ACCUSATIVE)} == {said}
    assert noun.form(3, Case.GENITIVE) == NOUNS[name].form(3, Case.GENITIVE)


def test_the_chosen_wording_is_that_of_the_tables_own_forms():
    rows = '"наз" = ["наукова стаття", "наукові статті", "наукових статей", "наукової статті"]\n'
    found, problems = figures(f'[noun."наукова стаття"]\nfew = "род"\n{rows}')

    assert problems == []
    assert found.nouns["наукова стаття"].counted(3) == "3\u00a0наукових статті"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('[[figure]]\nid = "x"\nsource = "news"\ntitel = "y"\n', 4, "toml-unknown-key"),
        ('[[figure]]\nid = "x"\n', 2, "figure-source"),
        ('[[figure]]\nid = "x"\nsource = "register:nema"\n', 2, "figure-source"),
        ('[[figure]]\nid = "x"\nsource = "news"\nwhere = { unit-x = ["a"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "x"\nsource = "news"\nwhere = { group = ["main"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "x"\nsource = "register:social"\nwhere = { group = ["mian"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "x"\nsource = "unit-pages"\nwhere = { kind = ["partners"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "x"\nsource = "register:social"\nwhere = { kind = ["стрім"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "x"\nsource = "register:social"\nwhere = { kind = ["фото", "репост"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "x"\ntotal-of = ["news", "unit-pages"]\n', 2, "figure-total"),
        ('[[figure]]\nid = "x"\ntotal-of = ["new"]\n', 2, "figure-total"),
        ('[[figure]]\nid = "x"\ntotal-of = ["x"]\n', 2, "figure-total"),
        ('[[figure]]\nid = "versions"\nsource = "news"\n', 2, "figure-id"),
        ('[[figure]]\nid = "period"\nsource = "news"\n', 2, "figure-id"),
        ('[[figure]]\nid = "x"\nsource = "news"\nnoun = "диво"\n', 2, "noun-unknown"),
        ('[[figure]]\nid = "news"\nsource = "register:social"\n', 2, "figure-source"),
        ('[[figure]]\nid = "photos"\nsource = "register:social"\n', 2, "figure-source"),
        ('[[figure]]\nid = "photos"\ntotal-of = ["news", "social"]\n', 2, "figure-source"),
        ('[[figure]]\nid = "x"\nsource = "photos"\nwhere = { kind = ["фото"] }\n', 2, "figure-where"),
        ('[[figure]]\nid = "news"\n\n[[figure]]\nid = "news"\n', 5, "figure-repeated"),
        ('[[figure]]\nid = "x"\nsource = "news"\n[[figure]]\nid = "y"\nsource = "new"\n', 5, "figure-source"),
        ('[[figure]]\nid = "s"\ntotal-of = ["news", "x"]\n[[figure]]\nid = "x"\ntotal-of = ["new"]\n', 5, "figure-total"),
        ('[[figure]]\nid = "news"\n[figure.where]\ncategori = "x"\n[[figure]]\nid = "x"\nsourse = "x"\n', 7, "toml-unknown-key"),
        ('[noun."диво"]\n"наз" = ["диво"]\n', 1, "noun-forms"),
        ('[noun."диво"]\n"наз" = ["диво", "дива", " ", "дива"]\n', 1, "noun-forms"),
        ('[noun."диво"]\n"кличний" = ["а", "б", "в", "г"]\n', 1, "noun-case"),
        ('[noun."окрема сторінка"]\nfew = "ор"\n', 1, "noun-few"),
        ('[noun."окрема сторінка"]\nfew = 2\n', 1, "noun-few"),
        ('[noun."окрема сторінка"]\nfew = "обидва"\n', 1, "noun-few"),
        ('[noun."сторінка"]\nfew = "род"\n', 1, "noun-few"),
        ('[noun."диво"]\nfew = "род"\n', 1, "noun-few"),
        ("[[figure\n", 1, "toml-syntax"),
        ("figure = 3\n", 1, "toml-shape"),
    ],
)  # fmt: skip
def test_a_fault_of_the_table_is_refused_with_its_line(text, line, code):
    assert (line, code) in codes(figures(text)[1])


def test_accounts_are_read_with_their_other_names():
    accounts, problems = read_accounts(
        "a.toml",
        '[[account]]\nid = "rada"\nname = "Рада"\nalso = ["ДМР"]\nnetworks = ["ФБ"]\ngroup = "main"\n'.encode(),
    )

    assert (accounts.find("дмр").networks, problems) == (("facebook",), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[account]]\nid = "a"\nname = "А"\n[[account]]\nid = "b"\nname = "«а»"\n', "account-repeated"),
        ('[[account]]\nid = "a"\nname = "А"\n[[account]]\nid = "a"\nname = "Б"\n', "account-repeated"),
        ('[[account]]\nid = "a"\nname = "А"\ngroup = "голова"\n', "account-group"),
        ('[[account]]\nname = "А"\n', "account-id"),
        ('[[account]]\nid = "a"\n', "account-name"),
    ],
)
def test_an_unclear_account_is_refused(text, code):
    assert code in [one.code for one in read_accounts("a.toml", text.encode())[1]]


@pytest.mark.parametrize(
    ("second", "line", "code"),
    [
        ('id = "b"\nname = "Б"\ngroup = "голова"', 9, "account-group"),
        ('id = "Б"\nname = "Б"\ngroup = "main"', 7, "account-id"),
        ('id = "b"\nname = "а"\ngroup = "main"', 8, "account-repeated"),
        ('id = "b"\n# group\nname = "Б"\ngroup = 5', 10, "toml-shape"),
        ('id = "b"\nname = "Б"\nnetworks = ["facebok"]', 9, "network-unknown"),
        ('id = "b"\nname = "Б"\nnetwork = "facebook"', 9, "toml-unknown-key"),
        ('name = "Б"', 7, "account-id"),
    ],
)
def test_a_fault_of_the_second_account_has_its_own_line(second, line, code):
    first = '[[account]]\nid = "a"\nname = "а"\ngroup = "main"\nnetworks = ["facebok"]\n'
    problems = read_accounts("a.toml", f"{first}[[account]]\n{second}\n".encode())[1]

    assert (line, code) in codes(problems)


def test_accounts_in_one_list_have_the_line_of_their_words():
    text = 'account = [\n  {id = "a", name = "А"},\n  {id = "b", name = "Б", group = "голова"},\n]\n'

    assert codes(read_accounts("a.toml", text.encode())[1]) == [(3, "account-group")]


@pytest.mark.parametrize(
    "text", ['categories = ["Події", "Освіта"]', '[[category]]\ntitle = "Події"\n[[category]]\ntitle = "Освіта"']
)
def test_categories_are_listed_in_either_form(text):
    assert read_categories("c.toml", text.encode()) == (("Події", "Освіта"), [])


@pytest.mark.parametrize(
    ("source", "written", "held"),
    [
        ("news", 'category = ["Події", "osvita"]', {"category": ("podii", "osvita")}),
        ("register:newspaper", 'newspaper = ["Вісті Дергачівщини"]', {"newspaper": ("visti-derhachivshchyny",)}),
        ("register:requests", 'kind = ["Телефон"]', {"kind": ("telefon",)}),
        ("register:social", 'network = "ФБ"', {"network": ("facebook",)}),
        ("register:social", 'kind = ["Репост"]', {"kind": ("репост",)}),
        ("unit-pages", 'kind = ["організація"]', {"kind": ("partner",)}),
    ],
)
def test_a_selections_words_become_what_entries_carry(source, written, held):
    text = f'[[figure]]\nid = "x"\nsource = "{source}"\nwhere = {{ {written} }}\n'
    found, problems = figures(text, ("newspaper", "requests", "social"))

    assert problems == []
    assert (found.get("x").where, found.get("x").excluded) == (held, held == {"kind": ("репост",)})


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (read_accounts, '[[account]]\nid = "rada"\nname = "Рада"\nurl = "http://localhost:8000/"\nnetworks = ["facebook"]\n', 4),
        (read_accounts, '[[account]]\nid = "rada"\nname = "Рада"\nalso = ["https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F"]\nnetworks = ["facebook"]\n', 4),
        (read_categories, 'categories = ["Події http://192.168.0.1/a"]\n', 1),
        (read_law, '# http://localhost/\nacts = ["/a/", "https://www.google.com/url?q=https://a.example/"]\n', 2),
        (read_law, 'acts = "/a/"\n[not-ours]\nfinances = "див. http://rada.local/b"\n', 3),
    ],
)  # fmt: skip
def test_an_address_that_is_only_ours_is_refused_in_every_toml_file(read, text, line):
    assert (line, "link-private") in codes(read("content/x.toml", text.encode())[1])


def test_an_own_figure_called_photos_is_told_what_to_rename():
    found, (problem,) = figures('[[figure]]\nid = "photos"\ntitle = "Знімки"\nsource = "register:social"\n')

    assert problem.message == "показник «photos» сайт рахує сам: це світлини новин і повідомлень"
    assert (
        problem.fix
        == 'перейменуйте свій показник, наприклад id = "photos-own", і замініть у звітах [[photos]] на [[photos-own]]'
    )
    assert found.get("photos").source == "photos"


def test_words_and_further_figures_of_photos():
    found, problems = figures(
        '[[figure]]\nid = "photos"\ntitle = "Фото"\nnoun = "фотографія"\nsource = "photos"\n'
        '[[figure]]\nid = "photos-podii"\ntitle = "Фото подій"\nsource = "photos"\nwhere = { category = ["Події"] }\n'
    )

    assert problems == []
    assert (found.get("photos").title, found.noun(found.get("photos")).name) == ("Фото", "фотографія")
    assert found.get("photos-podii").where == {"category": ("podii",)}
