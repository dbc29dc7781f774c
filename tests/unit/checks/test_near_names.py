import pytest

from hromada.checks.link_rules import LinkBroken, Targets
from hromada.checks.near_names import missing, wanted_by, with_near_names
from hromada.domain.problem import Problem

PATHS = (
    "content/images/foto.JPG", "content/images/park.jpg", "content/images/Площа Героїв.png", "content/images/IMG_0012.jpg", "content/news/2021/2021-07-05-zustrich.md",
    "content/files/Звіт 2021.pdf", "content/files/poriadok.pdf", "content/units/osvita/index.md", "content/images/літо/more.jpg", "content/files/a/x.pdf",
    "content/files/b/x.pdf",
)  # fmt: skip


def meant(reference, wanted, path="content/news/2021/x.md"):
    """What is said to be meant; empty for nothing."""
    problem = Problem(path, 4, "link-broken", f"посилання веде в нікуди: «{reference}»", missing(wanted))
    (found,) = with_near_names([problem], PATHS)
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
        Problem("docs/a.md", 1, "link-broken", "«/images/foto.jpg»", missing("content/images/foto.jpg")),
    ]

    assert list(with_near_names(others, PATHS)) == others


def test_the_missing_path_is_read_from_the_advice():
    assert (
        wanted_by(Problem("a", 1, "x", "", missing("content/a б.jpg"))),
        wanted_by(Problem("a", 1, "x", "", "x")),
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
