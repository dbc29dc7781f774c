import pytest

from hromada.checks.link_rules import LinkBroken, Targets
from hromada.checks.path_rules import missing_file_advice, missing_path, paths_fit_windows, suggest_near_names
from hromada.checks.site_rules import addresses_are_no_devices, built_paths_fit_windows, names_share_no_part
from hromada.domain.account import Account, Accounts
from hromada.domain.figure import Figures, FigureSpec
from hromada.domain.item import Kind
from hromada.domain.problem import Problem
from tests.unit.making import item, row, site

PATHS = (
    "content/images/foto.JPG", "content/images/park.jpg", "content/images/Площа Героїв.png", "content/images/IMG_0012.jpg", "content/news/2021/2021-07-05-zustrich.md",
    "content/files/Звіт 2021.pdf", "content/files/poriadok.pdf", "content/units/osvita/index.md", "content/images/літо/more.jpg", "content/files/a/x.pdf",
    "content/files/b/x.pdf", "content/images/зима & 1.jpg", "content/images/зима 1.jpg",
)  # fmt: skip


def meant(reference, wanted, path="content/news/2021/x.md"):
    """What is said to be meant; empty for nothing."""
    problem = Problem(path, 4, "link-broken", f"посилання веде в нікуди: «{reference}»", missing_file_advice(wanted))
    (found,) = suggest_near_names([problem], PATHS)
    return found.fix.partition("можливо, «")[2].removesuffix("»?")


@pytest.mark.parametrize(
    ("reference", "wanted", "name"),
    [
        ("/images/foto.jpg", "content/images/foto.jpg", "/images/foto.JPG"),
        ("/images/park.jpeg", "content/images/park.jpeg", "/images/park.jpg"),
        ("/images/park.JPG", "content/images/park.JPG", "/images/park.jpg"),
        ("/Images/Park.jpg", "content/Images/Park.jpg", "/images/park.jpg"),
        ("/images/park.png", "content/images/park.png", "/images/park.jpg"),
        ("/images/Площа-Героїв.png", "content/images/Площа-Героїв.png", "/images/Площа%20Героїв.png"),
        ("/images/ploshcha-heroiv.PNG", "content/images/ploshcha-heroiv.PNG", "/images/Площа%20Героїв.png"),
        ("../../images/площа_героїв.png", "content/images/площа_героїв.png", "../../images/Площа%20Героїв.png"),
        ("/files/zvit-2021.pdf", "content/files/zvit-2021.pdf", "/files/Звіт%202021.pdf"),
        ("/files/Звіт%25202021.pdf", "content/files/Звіт%202021.pdf", "/files/Звіт%202021.pdf"),
        ("foto.JPG", "content/news/2021/foto.JPG", "../../images/foto.JPG"),
        ("/images/lito/more.jpg", "content/images/lito/more.jpg", "/images/літо/more.jpg"),
        ("2021-07-05-zustrich.MD", "content/news/2021/2021-07-05-zustrich.MD", "2021-07-05-zustrich.md"),
        ("/files/poryadok.pdf", "content/files/poryadok.pdf", "/files/poriadok.pdf"),
        ("/images/Зима 1.JPG", "content/images/Зима 1.JPG", "/images/зима%201.jpg"),
        ("/images/зима\\ 1.jpg", "content/images/зима\\ 1.jpg", "/images/зима%201.jpg"),
        ("/images/зима\u00a01.jpg", "content/images/зима\u00a01.jpg", "/images/зима%201.jpg"),
        ("..\\..\\images\\park.jpg", "content/news/2021/..\\..\\images\\park.jpg", "../../images/park.jpg"),
        ("/news/2021/2021-07-05-zustrich", "content/news/2021/2021-07-05-zustrich", "/news/2021/2021-07-05-zustrich.md"),
    ],
)  # fmt: skip
def test_the_name_that_was_meant_is_found(reference, wanted, name):
    assert meant(reference, wanted) == name


@pytest.mark.parametrize(
    "wanted",
    ["content/images/IMG_0013.jpg", "content/news/2021/2021-07-06-zustrich.md", "content/images/vulytsia.jpg", "content/files/x.pdf", "content/x", "x", ""],
)  # fmt: skip
def test_what_may_be_another_file_or_several_is_not_guessed(wanted):
    assert meant(f"/{wanted}", wanted) == ""


def test_any_other_problem_stays():
    others = [
        Problem("content/a.md", 1, "x", "a", "b"),
        Problem("docs/a.md", 1, "link-broken", "«/images/foto.jpg»", missing_file_advice("content/images/foto.jpg")),
    ]

    assert list(suggest_near_names(others, PATHS)) == others


def test_the_missing_path_is_read_from_the_advice():
    assert (
        missing_path(Problem("a", 1, "x", "", missing_file_advice("content/a б.jpg"))),
        missing_path(Problem("a", 1, "x", "", "x")),
    ) == ("content/a б.jpg", "")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("www.rada.example/a", "https://www.rada.example/a"),
        ("rada.gov.ua", "https://rada.gov.ua"),
        ("forms.gle/abc", "https://forms.gle/abc"),
        ("t.me/rada", "https://t.me/rada"),
        ("facebook.com?id=1", "https://facebook.com?id=1"),
        ("рада.укр/новини", "https://рада.укр/новини"),
        ("rada@rada.example", "mailto:rada@rada.example"),
        ("+380 57 633-00-00", "tel:+380576330000"),
        ("(057) 633-00-00", "tel:0576330000"),
    ],
)
def test_a_site_a_mailbox_or_a_telephone_is_no_file(written, right):
    with pytest.raises(LinkBroken) as broken:
        Targets({}, (), frozenset()).resolve(written, "content/news/a.md")

    assert broken.value.fix.endswith(f": {right}")


@pytest.mark.parametrize(
    "written",
    [
        "plan.pdf",
        "2021-07-05-a.md",
        "foto.com.jpg",
        "2021.07.05",
        "/files/rada.gov.ua",
        "рішення.docx",
        "1234567.pdf",
        "a.me.md",
    ],
)
def test_a_file_is_no_site(written):
    with pytest.raises(LinkBroken) as broken:
        Targets({}, (), frozenset()).resolve(written, "content/news/a.md")

    assert "перевірте назву" in broken.value.fix


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
