import pytest

from hromada.checks.names import paths_fit_windows
from hromada.checks.site_rules import addresses_are_no_devices, built_paths_fit_windows, names_share_no_part
from hromada.domain.account import Account, Accounts
from hromada.domain.figure import Figures, FigureSpec
from hromada.domain.item import Kind
from tests.unit.making import item, row, site


def found(items=(), rows=()):
    return [one.message for one in names_share_no_part(site(list(items), list(rows)), None)]


def news(*categories):
    return [item(slug=f"n{number}", category=name) for number, name in enumerate(categories)]


@pytest.mark.parametrize("names", [("Освіта", "освіта"), ("Освіта", "Події"), ("«Освіта»", "Освіта"), ("",)])
def test_one_name_in_other_letters_or_another_name_is_no_problem(names):
    assert found(news(*names)) == []


def test_two_names_that_would_be_one_part_are_named_once():
    assert found(news("C", "C++", "C++")) == ["рубрики «C++» і «C» у звіті рахуються разом"]


def test_a_name_without_letters_would_be_no_name():
    assert found(news("🎉")) == ["рубрика «🎉»: у назві немає жодної літери чи цифри"]


def test_newspapers_and_kinds_are_looked_at_too():
    rows = [row(register="newspaper", traits={"newspaper": "c", "newspaper-title": name}) for name in ("C", "C+")]

    assert found(rows=rows) == ["видання «C+» і «C» у звіті рахуються разом"]


@pytest.mark.parametrize(
    ("path", "is_too_long"),
    [
        ("content/files/" + "a" * 181 + ".pdf", False),  # 199
        ("content/files/" + "a" * 182 + ".pdf", True),
        ("content/files/" + "щ" * 181 + ".pdf", False),  # letters, not bytes
        ("content/files/" + "👩" * 92 + ".pdf", True),  # each is two of UTF-16
        ("content/units/" + "a" * 90 + "/" + "b" * 90 + "/x.md", True),
    ],
)
def test_a_path_that_windows_may_not_open_is_warned_of(path, is_too_long):
    assert [one.code for one in paths_fit_windows([path])] == ["path-too-long"] * is_too_long


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items": [item(kind=Kind.PAGE, section="pages", slug="aux")]}, "адресу «aux»"),
        ({"items": news("Con")}, "рубрику «Con»"),
        ({"rows": [row(register="newspaper", traits={"newspaper": "nul", "newspaper-title": "Нуль nul"})]}, None),
        ({"rows": [row(register="newspaper", traits={"newspaper": "nul", "newspaper-title": "NUL"})]}, "видання «NUL»"),
        ({"accounts": Accounts.of([Account("com1", "Рада")])}, "id сторінки «com1»"),
        ({"figures": Figures((FigureSpec("prn", "Усе"),))}, "id показника «prn»"),
        ({"items": news("Контакти", "Auxilium")}, None),
    ],
)
def test_a_folder_of_the_site_that_windows_takes_for_a_device_is_refused(changes, words):
    found = [one.message for one in addresses_are_no_devices(site(**changes), None)]

    assert found == ([f"{words} Windows вважає пристроєм"] if words else [])


@pytest.mark.parametrize(
    ("address", "said"),
    [(f"/news/{'shch' * 38}-2021-07-05/", 0), (f"/news/{'shch' * 44}-2021-07-05/", 1), (f"/units/viddil/{'a' * 170}-2021-07-05/", 1), ("/news/x-2021-07-05/", 0), ("", 0)],
)  # fmt: skip
def test_a_page_whose_built_path_is_too_long_is_warned_of(address, said):
    found = list(built_paths_fit_windows(site([item(address=address)]), None))

    assert [one.code for one in found] == ["path-too-long"] * said


def test_of_a_file_that_is_too_long_itself_it_is_said_once():
    one = item(address=f"/news/{'a' * 200}-2021-07-05/", path=f"content/news/{'a' * 200}.md")

    assert list(built_paths_fit_windows(site([one]), None)) == []
