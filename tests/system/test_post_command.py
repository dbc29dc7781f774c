"""`make post`: the texts for social networks, and the register's row for what was posted."""

import csv
import io
import json

import pytest

from hromada.commands import dispatch as commands

TOML = """[[account]]
id = "rada"
name = "Вигадівська міська рада"
also = ["ВМР", "vyhadiv.rada", "@vyhadiv"]
networks = ["facebook", "instagram", "telegram"]
group = "main"

[[account]]
id = "okruh"
name = "Вигадівський округ"
networks = ["facebook"]
group = "starosta"
"""
ITEM = "content/news/2022-01-14-toloka.md"
NEWS = "title: Толока в парку\ndate: 2022-01-14\ncategory: Довкілля\ntags: парк\n\nЗапрошуємо всіх охочих.\n"
POST = "https://www.facebook.com/vyhadiv.rada/posts/1001"
NOON = "2022-01-15T12:00"
HEAD = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор"
OWN = f"{HEAD}\n10.01.2022;ВМР;facebook;допис;Від руки;https://www.facebook.com/vyhadiv.rada/posts/77;\n"


@pytest.fixture
def council(site):
    site.write("registers/accounts.toml", TOML)
    site.write("news/2022-01-14-toloka.md", NEWS)
    return site


def post(council, **changes):
    return council.run(commands.post, **{"today": NOON, "item": ITEM} | changes)


def social(council):
    return {path.name: path.read_bytes() for path in sorted((council.content / "registers/social").glob("*"))}


@pytest.mark.parametrize(
    "item",
    [
        ITEM,
        "2022-01-14-toloka",
        "news/2022-01-14-toloka.md",
        "/news/toloka-2022-01-14/",
        "https://zrazkova.example/sait/news/toloka-2022-01-14/",
    ],
)
def test_an_item_is_named_by_its_file_or_its_address(council, item):
    status, out, _ = post(council, item=item, format="json")
    assert (status, json.loads(out)["item"]) == (0, ITEM)


def test_the_texts_are_those_of_three_networks(council):
    status, out, _ = post(council, format="json", siteurl="https://rada.example")
    said = json.loads(out)

    assert status == 0
    assert [one["network"] for one in said["posts"]] == ["facebook", "instagram", "telegram"]
    for one in said["posts"]:
        assert one["text"].startswith("Толока в парку\n\nЗапрошуємо всіх охочих.")
        assert "https://rada.example/news/toloka-2022-01-14/" in one["text"]
        assert one["text"].endswith("#Довкілля #Парк")
        assert one["length"] <= one["limit"]
    assert said["picture"] is None


def test_on_the_terminal_the_limit_and_the_next_step_are_said(council):
    status, out, _ = post(council)
    assert status == 0
    assert "Instagram: " in out
    assert f"make post ITEM={ITEM} POSTED=https://…" in out
    assert "Світлини немає" in out


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("status: draft\n", "чернетка"),
        ("status: hidden\n", "приховано"),
        ("withdrawn: Помилка\nwithdrawn-date: 2022-01-15\n", "відкликано"),
    ],
)
def test_what_is_not_on_the_site_has_no_text(council, header, words):
    council.write("news/2022-01-14-toloka.md", f"{header}{NEWS}")
    status, out, err = post(council)
    assert (status, out, words in err) == (2, "", True)


def test_what_is_still_to_come_has_no_text(council):
    status, _, err = post(council, today="2022-01-13")
    assert (status, "з’явиться 14" in err) == (2, True)


@pytest.mark.parametrize("item", ["", "nema", "content/pages/pro-nas.md", "/news/"])
def test_an_item_that_is_none_is_refused(council, item):
    assert post(council, item=item)[0] == 2


# --- POSTED -------------------------------------------------------------------------------------------------------


def test_the_first_row_makes_the_file_that_an_import_would_make(council):
    status, out, err = post(council, posted=POST)
    assert (status, err) == (0, "")
    assert "(+1 рядок)" in out
    assert social(council) == {
        "rada-facebook-2022-h1.csv": (
            f"\ufeff{HEAD}\n2022-01-15 12:00:00;Вигадівська міська рада;facebook;допис;Толока в парку;{POST};\n"
        ).encode()
    }
    assert council.run(commands.check, today=NOON)[0] == 0


@pytest.mark.parametrize(
    ("raw", "added"),
    [
        (OWN.encode(), f"15.01.2022;Вигадівська міська рада;facebook;допис;Толока в парку;{POST};\n".encode()),
        (("\ufeff" + OWN).replace("\n", "\r\n").encode(), f"15.01.2022;Вигадівська міська рада;facebook;допис;Толока в парку;{POST};\r\n".encode()),
        (OWN.replace(";", ",").encode("cp1251"), f"15.01.2022,Вигадівська міська рада,facebook,допис,Толока в парку,{POST},\n".encode("cp1251")),
        (OWN.replace(";", "\t").rstrip("\n").encode(), f"\n15.01.2022\tВигадівська міська рада\tfacebook\tдопис\tТолока в парку\t{POST}\t\n".encode()),
        ("Журнал дописів;;;\nМережа;Посилання;Дата;Назва;Сторінка\nfacebook;https://www.facebook.com/vyhadiv.rada/posts/77;2022-01-10 10:00;Від руки;ВМР\n".encode(),
         f"facebook;{POST};2022-01-15 12:00:00;Толока в парку;Вигадівська міська рада\n".encode()),
        (b"sep=;\n" + OWN.encode(), f"15.01.2022;Вигадівська міська рада;facebook;допис;Толока в парку;{POST};\n".encode()),
    ],
)  # fmt: skip
def test_a_file_that_people_keep_gets_the_row_in_its_own_form(council, raw, added):
    council.write("registers/social/2022.csv", raw)
    status, _, err = post(council, posted=POST)

    assert status == 0, err
    assert social(council) == {"2022.csv": raw + added}


def test_the_file_named_after_the_half_year_is_taken_though_it_is_empty(council):
    council.write("registers/social/2022-h1.csv", f"\ufeff{HEAD}\r\n".encode())
    assert post(council, posted=POST)[0] == 0
    assert list(social(council)) == ["2022-h1.csv"]


@pytest.mark.parametrize(
    ("today", "name"),
    [("2022-06-30T23:59", "rada-facebook-2022-h1.csv"), ("2022-07-01T00:00", "rada-facebook-2022-h2.csv")],
)
def test_the_half_year_is_that_of_the_moment_in_kyiv(council, today, name):
    council.write("registers/social/2021.csv", OWN.replace("2022", "2021"))
    assert post(council, posted=POST, today=today)[0] == 0
    assert name in social(council)


@pytest.mark.parametrize(
    "raw",
    [
        OWN.replace(";Посилання", "").replace(";https://www.facebook.com/vyhadiv.rada/posts/77", "").encode(),
        f"{HEAD}\n10.01.2022;ВМР;facebook;допис;Від руки;;1\n".encode("cp1251"),
    ],
)
def test_a_title_that_the_file_cannot_hold_goes_into_a_file_of_its_own(council, raw):
    council.write("registers/social/2022.csv", raw)
    council.write("news/2022-01-14-toloka.md", NEWS.replace("Толока в парку", "Толока 🌳 в парку"))
    before = social(council)["2022.csv"]
    assert post(council, posted=POST)[0] == 0
    assert social(council)["2022.csv"] == before
    (name,) = social(council).keys() - {"2022.csv"}
    rows = list(csv.reader(io.StringIO(social(council)[name].decode("utf-8-sig")), delimiter=";"))
    assert rows[-1][4] == "Толока 🌳 в парку"


@pytest.mark.parametrize("again", [POST, f"{POST}?fbclid=x", POST.replace("www.", "m."), POST.replace("https", "http")])
def test_the_same_publication_is_recorded_once(council, again):
    post(council, posted=POST)
    before = social(council)
    status, _, err = post(council, posted=again)

    assert (status, "[duplicate-publication]" in err, "rada-facebook-2022-h1.csv:2" in err) == (2, True, True)
    assert social(council) == before


@pytest.mark.parametrize(
    ("link", "account", "network"),
    [
        ("https://t.me/vyhadiv/12", "rada", "telegram"),
        ("https://t.me/s/vyhadiv/12", "rada", "telegram"),
        ("https://www.instagram.com/p/AbC_d-1/", "rada", "instagram"),
        ("https://www.facebook.com/VYHADIV.rada/videos/5", "rada", "facebook"),
    ],
)
def test_account_and_network_follow_from_the_link(council, link, account, network):
    status, _, err = post(council, posted=link)
    assert status == 0, err
    assert list(social(council)) == [f"{account}-{network}-2022-h1.csv"]


def test_a_page_is_known_from_the_rows_of_the_register(council):
    council.write(
        "registers/social/2022.csv",
        OWN + "11.01.2022;Вигадівський округ;facebook;допис;Перший;https://www.facebook.com/okruh22/posts/5;\n",
    )
    assert post(council, posted="https://www.facebook.com/okruh22/posts/6")[0] == 0
    assert "Вигадівський округ;facebook;допис;Толока" in social(council)["2022.csv"].decode()


def test_an_unknown_page_is_asked_for_and_account_says_it(council):
    link = "https://www.facebook.com/nevidoma/posts/6"
    status, _, err = post(council, posted=link)
    assert (status, "[import-account]" in err, "ACCOUNT=…: rada, okruh" in err) == (2, True, True)
    assert post(council, posted=link, account="okruh")[0] == 0
    assert list(social(council)) == ["okruh-facebook-2022-h1.csv"]


def test_another_accounts_page_is_not_recorded_as_ours(council):
    status, _, err = post(council, posted=POST, account="okruh")
    assert (status, "[import-account]" in err) == (2, True)
    assert social(council) == {}


@pytest.mark.parametrize(
    "link",
    ["x", "www.facebook.com/vyhadiv.rada/posts/1", "https://example.org/1", "https://www.facebook.com/vyhadiv.rada",
     "https://t.me/vyhadiv", "https://www.instagram.com/vyhadiv/", "https://", "https://[", "javascript:alert(1)"],
)  # fmt: skip
def test_a_link_that_is_no_publication_is_refused(council, link):
    status, _, err = post(council, posted=link)
    assert (status, "[import-format]" in err, social(council)) == (2, True, {})


def test_a_story_is_recorded_apart(council):
    assert post(council, posted="https://www.instagram.com/stories/vyhadiv/123/", account="rada")[0] == 0
    assert ";сторіз;" in social(council)["rada-instagram-2022-h1.csv"].decode()


def test_a_broken_register_is_named_and_left_alone(council):
    council.write("registers/social/2022.csv", "Дата;Назва\nx;y\n")
    before = social(council)
    status, _, err = post(council, posted=POST)
    assert (status, "content/registers/social/2022.csv:" in err, social(council)) == (2, True, before)
