"""The text version and the sheets of alerts: what they hold, and what draws them anew."""

import re

import pytest

TEXT = "Слова про те, як знайти раду, коли вона працює і кому телефонувати. " * 3
ALERTS = """[[alert]]
text = "Не буде води"
severity = "warning"
from = "15.01.2022 08:00"
until = "15.01.2022 16:00"
link = "/messages/"

[[alert]]
text = "Планують вимкнути світло"
from = "16.01.2022 08:00"
until = "16.01.2022 16:00"
"""


@pytest.fixture
def town(site):
    site.write("pages/kontakty.md", f"title: Контакти\n\n- Телефон: (05763) 3-01-15\n- Адреса: Дергачі\n\n{TEXT}\n")
    site.write("units/vodokanal/index.md", f"title: Водоканал\n\n{TEXT}\n")
    for number in range(1, 13):
        site.write(
            f"news/2022-01-{number:02}-n{number}.md", f"title: Новина {number}\ndate: 2022-01-{number:02}\n\nТекст.\n"
        )
    site.write("news/2022-01-13-taina.md", "title: Таємниця\ndate: 2022-01-13\nstatus: hidden\n\nТекст.\n")
    site.write("alerts.toml", ALERTS)
    return site


def built(site, today="2022-01-15T12:00"):
    status, _, err = site.html(today=today)
    assert status == 0, err
    return {name: page.decode() for name, page in site.files().items() if name.endswith(".html")}


def test_the_text_version_has_alerts_contacts_and_ten_news(town):
    page = built(town)["text/index.html"]

    assert "Не буде води" in page
    assert 'href="tel:+380576330115"' in page
    assert re.findall(r">(Новина \d+)</a>", page) == [f"Новина {number}" for number in range(12, 2, -1)]
    assert "Таємниця" not in page
    assert "<script" not in page
    assert "<img" not in page
    assert len(page.encode()) < 10_000


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2022-01-15T07:59", 0),
        ("2022-01-15T08:00", 1),
        ("2022-01-15T15:59", 1),
        ("2022-01-15T16:00", 0),
        ("2022-01-16T08:00", 1),
    ],
)
def test_without_script_only_an_alert_that_holds_is_shown(town, today, shown):
    assert len(re.findall(r"<li><strong>", built(town, today)["text/index.html"])) == shown


def test_sheets_are_printed_before_an_alert_begins(town):
    page = built(town)["text/oholoshennia/index.html"]
    assert page.count('<article class="alert-sheet ') == 2
    assert "https://zrazkova.example/sait/messages/" in page
    assert "Зразкова адміністрація" in page


def test_without_alerts_both_pages_say_so(town):
    (town.content / "alerts.toml").unlink()
    files = built(town)
    assert "Зараз оголошень немає." in files["text/index.html"]
    assert "Зараз оголошень немає." in files["text/oholoshennia/index.html"]
    assert "Оголошення для друку" not in files["text/index.html"]


def test_a_site_without_contacts_and_news_has_a_text_version_too(site):
    site.write("pages/pro-nas.md", f"title: Про нас\n\n{TEXT}\n")
    page = built(site)["text/index.html"]
    assert "Новин ще немає." in page
    assert "уся сторінка" not in page


def test_long_titles_and_contacts_keep_the_page_small(town):
    for number in range(1, 13):
        town.write(
            f"news/2022-01-{number:02}-n{number}.md",
            f"title: {'Дуже довга назва ' * 15}{number}\ndate: 2022-01-{number:02}\n\nТекст.\n",
        )
    town.write("pages/kontakty.md", "title: Контакти\n\n" + "- Кабінет такий-то, телефон (05763) 3-01-15\n" * 300)
    assert len(built(town)["text/index.html"].encode()) < 10_000


def test_every_page_leads_to_the_text_version(town):
    for name, page in built(town).items():
        if "__moved" not in name and 'http-equiv="refresh"' not in page and name != "text/index.html":
            assert 'href="/sait/text/"' in page, name


def test_a_unit_with_the_contacts_is_quoted_with_its_header(town):
    town.write("law.toml", 'contacts = "units/vodokanal/index.md"\n')
    town.write(
        "units/vodokanal/index.md", f"title: Водоканал\nphone: (057) 635-11-22\nemail: a@rada.example\n\n{TEXT}\n"
    )
    assert 'href="tel:+380576351122"' in built(town)["text/index.html"]


def test_an_older_news_item_leaves_the_text_version_alone(town):
    before = built(town)["text/index.html"]
    town.write("news/2022-01-01-n1.md", "title: Інша назва\ndate: 2022-01-01\n\nТекст.\n")
    assert built(town)["text/index.html"] == before


def test_the_address_is_the_sites_own(town):
    town.write("pages/text.md", f"title: Текст\n\n{TEXT}\n")
    assert town.html()[0] == 2
