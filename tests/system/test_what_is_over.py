"""What is over: expired and withdrawn items from their headers to the pages, what stays of them, what is drawn anew."""

import csv
import io
import json
import re

import pytest
from PIL import Image

from hromada.commands import dispatch as commands

# Words that stand nowhere but in the item: every one is looked for in every file.
SECRET_WORDS = (
    "вивільненокрапка", "анотаціяслово", "тегслово", "описслово", "підписслово", "авторслово", "джерелослово",
    "місцеслово", "attachmentslovo", "vilnyislovo", "videoslovo",
)  # fmt: skip
WITHDRAWN = """title: Перелік осіб на виплату
date: 2021-07-05
category: Оголошення
summary: Коротко: анотаціяслово.
tags: тегслово
image: druha.jpg | Описслово | Підписслово
gallery:
  - tretia.jpg | Описслово друге
event-date: 2021-08-01
event-place: місцеслово
author: авторслово
source: джерелослово
expires: 2021-12-31
withdrawn: оприлюднено зайві персональні дані
withdrawn-date: 2021-09-01

Текст, у якому вивільненокрапка стоїть серед восьми інших слів, яких більше ніде немає.

![Описслово третє](persha.jpg)

[attachmentslovo](attachmentslovo.pdf) і [документ](/files/vilnyislovo.pdf)
"""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"


def photo(site, name, turn):
    path = site.content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize((1300, 900)).rotate(turn).convert("RGB").save(path)


@pytest.fixture
def town(site):
    """A site with a unit, its message, three news items and a report that counts them."""
    text = "Слова про роботу ради, її відділи й комісії, години прийому та телефони. " * 3
    site.write("pages/kontakty.md", f"title: Контакти\n\n{text}\n")
    site.write("units/vodokanal/index.md", f"title: Водоканал\nphone: (057) 635-11-22\n\n{text}\n")
    site.write(
        "units/vodokanal/2021-07-10-remont.md", "title: Ремонт мережі\ndate: 2021-07-10\n\nТекст повідомлення.\n"
    )
    for day in (1, 2, 3):
        site.write(f"news/2021-07-0{day}-novyna.md", f"title: Новина {day}\ndate: 2021-07-0{day}\n\nТекст {day}.\n")
    site.write("reports/2021-h2.md", "title: Звіт\nperiod: 2021-H2\n\nРозміщено [[news зн.]].\n")
    return site


@pytest.fixture
def withdrawn(town):
    """The same with an item that is withdrawn on 1 September, its translation, pictures and documents."""
    for turn, name in enumerate(("persha", "druha", "tretia"), 1):
        photo(town, f"news/{name}.jpg", turn * 40)
    town.write("news/attachmentslovo.pdf", PDF)
    town.write("files/vilnyislovo.pdf", PDF + b"%2\n")
    town.write("news/2021-07-05-perelik.md", WITHDRAWN)
    town.write(
        "news/2021-07-05-perelik.en.md", "title: List of persons\ndate: 2021-07-05\n\nVideoslovo text of the list.\n"
    )
    return town


def built(site, **changes):
    status, _, err = site.html(**changes)
    assert status == 0, err
    return site.files()


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


PAGE, TRANSLATION = "news/perelik-2021-07-05/index.html", "en/news/perelik-2021-07-05/index.html"


def holding(files, words):
    """The files that hold any of the words, in whatever case."""
    wanted = [word.encode() for word in words] + [word.capitalize().encode() for word in words]
    return {name for name, data in files.items() if any(word in data for word in wanted)}


def test_before_its_day_a_withdrawn_item_is_as_usual(withdrawn):
    files = built(withdrawn, today="2021-08-31T23:59")

    assert PAGE in holding(files, ["вивільненокрапка"])
    assert {"news/attachmentslovo.pdf", "files/vilnyislovo.pdf", "news/feed.atom"} <= files.keys()
    assert "Перелік осіб" in files["news/index.html"].decode()
    assert b"withdrawal" not in files[PAGE]
    assert b"data-withdrawn" not in files[TRANSLATION]


def test_from_its_day_on_nothing_of_a_withdrawn_item_is_left_but_the_notice(withdrawn):
    before = built(withdrawn, today="2021-08-31T23:59")
    files = built(withdrawn, today="2021-09-01T00:00")
    fresh = withdrawn.options(
        today="2021-09-01T00:00", output=withdrawn.folder / "fresh", cache_name=str(withdrawn.folder / "fresh-cache")
    )
    assert commands.html(fresh) == 0

    assert holding(files, SECRET_WORDS) == set()
    assert holding(dict.fromkeys(files, b"") | {name: name.encode() for name in files}, SECRET_WORDS) == set()
    assert not any(name.startswith("images/") and name.endswith(".webp") for name in files)
    assert any(name.startswith("images/") and name.endswith(".webp") for name in before)
    notice = files[PAGE].decode().replace("\xa0", " ")
    assert "Перелік осіб на виплату" in notice
    assert "оприлюднено зайві персональні дані" in notice
    assert "1 вересня 2021 року" in notice
    assert "5 липня 2021 року" in notice
    assert '<meta name="robots" content="noindex">' in notice
    assert "List of persons" in files[TRANSLATION].decode()
    assert {
        path.relative_to(fresh.output).as_posix(): path.read_bytes()
        for path in fresh.output.rglob("*")
        if path.is_file()
    } == files


def test_a_withdrawn_item_is_in_no_list_feed_or_map_and_stays_counted(withdrawn):
    before = built(withdrawn, today="2022-01-15")
    named = {name for name, data in before.items() if b"perelik-2021-07-05" in data}
    listing = {name for name in named if not name.startswith("reports/")}

    assert listing == {PAGE, TRANSLATION}  # each names itself and nothing else names it
    report = json.loads(before["reports/2021-h2/report.json"])
    figures = {figure["id"]: figure["value"] for figure in report["figures"]}
    assert (figures["news"], figures["photos"]) == (4, 3)
    assert (
        sum(report["reconciliation"][bucket] for bucket in ("counted", "translation"))
        == report["reconciliation"]["found"]
    )
    rows = list(csv.DictReader(io.StringIO(before["reports/2021-h2/items.csv"].decode("utf-8-sig")), delimiter=";"))
    own = [row for row in rows if row["figure"] == "news" and "perelik" in row["url"]]
    assert [(row["title"], row["date"]) for row in own] == [("Перелік осіб на виплату", "2021-07-05")]


def test_a_withdrawal_redraws_once_and_nothing_after_it(withdrawn):
    built(withdrawn, today="2021-08-31")
    first = built(withdrawn, today="2021-09-01")
    again = built(withdrawn, today="2021-09-20")

    assert changed(first, again) <= {name for name in first if name.startswith("reports/2021-h2")} | {
        "index.html",
        "reports/index.html",
    }


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("withdrawn: помилка", "withdrawn-date-missing"),
        ("Відкликано: помилка", "withdrawn-date-missing"),
        ("withdrawn-date: 2021-09-01", "withdrawn-reason-missing"),
        ("Дата відкликання: 2021-09-01", "withdrawn-reason-missing"),
        ("withdrawn: помилка\nwithdrawn-date: колись", "date-format"),
    ],
)
def test_a_withdrawal_without_its_day_or_reason_is_refused(town, lines, code):
    town.write("news/x.md", f"title: Назва\ndate: 2021-07-05\n{lines}\n\nТекст.\n")
    status, _, err = town.html()

    assert status == 2
    assert "content/news/x.md:3: " in err or "content/news/x.md:4: " in err
    assert f"[{code}]" in err


@pytest.mark.parametrize(
    "keys",
    ["Відкликано: причина\nДата відкликання: 01.09.2021", "WITHDRAWN: причина\nWithdrawn-Date: 2021-09-01 14:00"],
)
def test_both_languages_of_the_keys_withdraw(town, keys):
    town.write("news/x.md", f"title: Назва\ndate: 2021-07-05\n{keys}\n\nтаємнеслово\n")
    files = built(town, today="2021-09-01T00:00")

    assert holding(files, ["таємнеслово"]) == set()
    assert b"data-withdrawn" in files["news/x-2021-07-05/index.html"]


def test_pages_messages_and_units_can_be_withdrawn(town):
    withdrawal = "withdrawn: застаріло\nwithdrawn-date: 2021-09-01\n"
    town.write("pages/kontakty.md", f"title: Контакти\n{withdrawal}\nтаємнеслово\n")
    town.write("units/vodokanal/index.md", f"title: Водоканал\nphone: (057) 635-11-22\n{withdrawal}\nтаємнеслово\n")
    files = built(town, today="2022-01-15")

    assert holding(files, ["таємнеслово", "635-11-22"]) == set()
    assert b"data-withdrawn" in files["units/vodokanal/index.html"]
    assert "Водоканал" not in files["units/index.html"].decode()
    report = json.loads(files["reports/2021-h2/report.json"])
    assert {figure["id"]: figure["value"] for figure in report["figures"]}["unit-pages"] == 1


def test_a_link_into_a_withdrawn_text_leads_to_its_notice(withdrawn):
    withdrawn.write("news/2021-07-06-x.md", "title: Інша\ndate: 2021-07-06\n\n[Там](2021-07-05-perelik.md#rozdil)\n")
    withdrawn.write("news/2021-07-05-perelik.md", WITHDRAWN.replace("![", "## Розділ {#rozdil}\n\n!["))
    assert (
        'perelik-2021-07-05/#rozdil"' in built(withdrawn, today="2021-08-31")["news/x-2021-07-06/index.html"].decode()
    )
    files = built(withdrawn, today="2021-09-01")

    assert 'perelik-2021-07-05/"' in files["news/x-2021-07-06/index.html"].decode()


# --- expired ----------------------------------------------------------------------------------------------------------

EXPIRING = "news/2021-07-04-vidkliuchennia.md"
EXPIRED_PAGE = "news/vidkliuchennia-2021-07-04/index.html"


@pytest.mark.parametrize("day", ["2021-07-05", "05.07.2021 12:00", "5 липня 2021 року"])
@pytest.mark.parametrize(
    ("today", "is_over"), [("2021-07-05T23:59", False), ("2021-07-06T00:00", True), ("2022-01-15", True)]
)
def test_an_item_expires_with_the_end_of_its_kyiv_day(town, day, today, is_over):
    town.write(EXPIRING, f"title: Відключення води\ndate: 2021-07-04\nexpires: {day}\n\nТекст.\n")
    files = built(town, today=today)
    page, home = files[EXPIRED_PAGE].decode().replace("\xa0", " "), files["index.html"].decode()

    assert ("Втратило чинність" in page) == is_over
    assert ("Відключення води" in home) != is_over
    assert "5 липня 2021 року" in page
    for name in ("news/index.html", "news/2021/07/index.html", "news/feed.atom", "sitemap.xml"):
        assert "vidkliuchennia" in files[name].decode()
    report = json.loads(files["reports/2021-h2/report.json"])
    assert {figure["id"]: figure["value"] for figure in report["figures"]}["news"] == 4


def test_an_expiring_item_gives_its_place_on_the_home_page_to_the_next_one(town):
    for day in range(10, 15):
        town.write(
            f"news/2021-07-{day}-x.md", f"title: Пізніша {day}\ndate: 2021-07-{day}\nexpires: 2021-07-20\n\nТекст.\n"
        )
    assert "Новина 3" not in built(town, today="2021-07-20")["index.html"].decode()
    home = built(town, today="2021-07-21")["index.html"].decode()

    assert "Новина 3" in home
    assert "Пізніша" not in home


def test_what_expires_redraws_its_page_and_the_home_page_only_once(town):
    town.write(EXPIRING, "title: Відключення води\ndate: 2021-07-04\nexpires: 2021-07-11\n\nТекст.\n")
    (town.content / "reports/2021-h2.md").unlink()
    first = built(town, today="2021-07-11T23:59")
    second = built(town, today="2021-07-12T00:00")
    third = built(town, today="2021-07-30")

    assert changed(first, second) == {EXPIRED_PAGE, "index.html", "text/index.html"}
    assert changed(second, third) == set()


def test_a_message_that_is_over_leaves_the_home_page_but_not_its_unit(town):
    town.write(
        "units/vodokanal/2021-07-10-remont.md",
        "title: Ремонт мережі\ndate: 2021-07-10\nexpires: 2021-07-11\n\nТекст.\n",
    )
    files = built(town, today="2021-07-12")

    assert "Ремонт мережі" not in files["index.html"].decode()
    assert "Ремонт мережі" in files["units/vodokanal/index.html"].decode()
    assert "Ремонт мережі" in files["messages/index.html"].decode()


def test_a_unit_that_is_over_leaves_the_home_page_but_not_the_list_of_units(town):
    text = (town.content / "units/vodokanal/index.md").read_text("utf-8")
    town.write("units/vodokanal/index.md", text.replace("\n\n", "\nexpires: 2021-07-20\n\n", 1))
    files = built(town, today="2021-07-21")

    assert 'units/vodokanal/"' not in files["index.html"].decode().partition('id="units"')[2]
    assert "Водоканал" in files["units/index.html"].decode()
    assert "Втратило чинність" in files["units/vodokanal/index.html"].decode()


def test_a_translation_ends_with_its_original(town):
    town.write("news/x.md", "title: Оголошення\ndate: 2021-07-05\nexpires: 2021-07-10\n\nТекст.\n")
    town.write("news/x.en.md", "title: Notice\ndate: 2021-07-05\n\nText.\n")

    assert "Втратило чинність" in built(town, today="2021-07-11")["en/news/x-2021-07-05/index.html"].decode()


# --- review -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "is_due"), [("2021-11-30T23:59", False), ("2021-12-01T00:00", True), ("2022-01-15", True)]
)
@pytest.mark.parametrize("place", ["pages/kontakty.md", "units/vodokanal/index.md"])
def test_a_page_is_to_be_reviewed_from_its_day_on(town, place, today, is_due):
    text = (town.content / place).read_text("utf-8").replace("\n\n", "\nПереглянути до: 01.12.2021\n\n", 1)
    town.write(place, text)
    status, out, _ = town.run(commands.check, today=today)

    assert status == 0
    assert ("[review-due]" in out) == is_due


# --- related ----------------------------------------------------------------------------------------------------------


def test_an_item_shows_what_its_author_names_and_depends_on_its_card_alone(town):
    town.write(
        "news/2021-07-09-x.md",
        "title: Підсумок\ndate: 2021-07-09\nrelated:\n  - 2021-07-01-novyna.md\n  - /units/vodokanal/\n  - ../pages/kontakty.md\n\nТекст.\n",
    )
    before = built(town)
    page = before["news/x-2021-07-09/index.html"].decode()
    assert re.findall(r'related-list__link" href="([^"]+)"', page) == [
        "/sait/news/novyna-2021-07-01/",
        "/sait/units/vodokanal/",
        "/sait/kontakty/",
    ]

    town.write("news/2021-07-01-novyna.md", "title: Новина 1\ndate: 2021-07-01\n\nІнший текст, та сама назва.\n")
    text_edited = built(town)
    assert "news/x-2021-07-09/index.html" not in changed(before, text_edited)

    town.write("news/2021-07-01-novyna.md", "title: Перейменована\ndate: 2021-07-01\n\nІнший текст, та сама назва.\n")
    assert "Перейменована" in built(town)["news/x-2021-07-09/index.html"].decode()


@pytest.mark.parametrize("named", ["content/news/2021-07-01-novyna.md", "news/2021-07-01-novyna.md"])
def test_a_related_path_may_begin_at_the_content_folder_as_in_messages(town, named):
    town.write("units/vodokanal/2021-07-09-x.md", f"title: Підсумок\ndate: 2021-07-09\nrelated: {named}\n\nТекст.\n")
    page = built(town)["units/vodokanal/x-2021-07-09/index.html"].decode()
    assert 'related-list__link" href="/sait/news/novyna-2021-07-01/"' in page

    (town.content / "news/2021-07-01-novyna.md").unlink()
    assert "[related-broken]" in town.html()[2]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("2021-07-01-novina.md", "можливо, «2021-07-01-novyna.md»?"),
        ("../news/novyna.md", "посилання веде в нікуди"),
        ("https://rada.example/", "не матеріал цього сайту"),
        ("/news/", "не матеріал сайту"),
        ("persha.jpg", "не матеріал сайту"),
        ("chernetka.md", "неопублікованого матеріалу"),
    ],
)
def test_what_is_named_as_related_must_exist(town, named, said):
    photo(town, "news/persha.jpg", 40)
    town.write("news/chernetka.md", "title: Чернетка\nstatus: draft\n\nТекст.\n")
    town.write(
        "news/2021-07-09-x.md",
        f"title: Підсумок\ndate: 2021-07-09\nrelated:\n  - 2021-07-01-novyna.md\n  - {named}\n\nТекст.\n",
    )
    status, _, err = town.html()

    assert status == 2
    assert "content/news/2021-07-09-x.md:5: поле «related»:" in err
    assert said in err
    assert "[related-broken]" in err


def test_a_withdrawn_item_is_no_longer_named_as_related(withdrawn):
    withdrawn.write(
        "news/2021-07-09-x.md",
        "title: Підсумок\ndate: 2021-07-09\nДивіться також: 2021-07-05-perelik.md; 2021-07-01-novyna.md\n\nТекст.\n",
    )
    assert "perelik" in built(withdrawn, today="2021-08-31")["news/x-2021-07-09/index.html"].decode()
    page = built(withdrawn, today="2021-09-01")["news/x-2021-07-09/index.html"].decode()

    assert "perelik" not in page
    assert "novyna-2021-07-01" in page


# --- tags -------------------------------------------------------------------------------------------------------------


def test_tags_lead_to_lists_of_their_items(town):
    town.write("news/a.md", "title: Перша\ndate: 2021-07-05\ntags: Мости, дороги\n\nТекст.\n")
    town.write("units/vodokanal/b.md", "title: Друга\ndate: 2021-07-06\ntags: [мости, '!', Con]\n\nТекст.\n")
    town.write("news/c.md", "title: Третя\ndate: 2021-07-07\nstatus: hidden\ntags: мости, таємниця\n\nТекст.\n")
    files = built(town)

    assert re.findall(r'data-title><a href="([^"]+)"', files["tags/mosty/index.html"].decode()) == [
        "/sait/units/vodokanal/b-2021-07-06/", "/sait/news/a-2021-07-05/",
    ]  # fmt: skip
    assert 'href="/sait/tags/mosty/">Мости' in files["tags/index.html"].decode()
    assert "dorohy" not in files["tags/index.html"].decode()
    assert b"noindex" in files["tags/dorohy/index.html"]
    assert {name for name in files if name.startswith("tags/")} == {
        "tags/index.html", "tags/mosty/index.html", "tags/dorohy/index.html",
    }  # fmt: skip
    assert "таємниця" in files["news/c-2021-07-07/index.html"].decode()
    assert "/tags/" not in files["news/c-2021-07-07/index.html"].decode()
    assert "tags/mosty/" in files["sitemap.xml"].decode()
    assert "tags/dorohy/" not in files["sitemap.xml"].decode()


def test_a_new_tag_redraws_its_list_and_no_other_item(town):
    town.write("news/a.md", "title: Перша\ndate: 2021-07-05\ntags: мости\n\nТекст.\n")
    town.write("news/b.md", "title: Друга\ndate: 2021-07-06\n\nТекст.\n")
    before = built(town)
    town.write("news/b.md", "title: Друга\ndate: 2021-07-06\ntags: мости\n\nТекст.\n")
    after = built(town)

    assert {"tags/mosty/index.html", "tags/index.html", "news/b-2021-07-06/index.html"} <= changed(before, after)
    assert "news/a-2021-07-05/index.html" not in changed(before, after)


def test_a_page_cannot_take_the_address_of_the_tags(town):
    town.write("pages/tags.md", "title: Теги\n\nТекст.\n")

    assert "[reserved-address]" in town.html()[2]
