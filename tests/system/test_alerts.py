"""Alerts and tasks from their files to the pages: where they stand, what is drawn anew, what stays unknown."""

import json
import re

import pytest

from hromada.commands import dispatch as commands

WATER = """[[alert]]
text = "Не буде води"
severity = "warning"
from = "15.01.2022 08:00"
until = "15.01.2022 16:00"
link = "/messages/"
"""
TEXT = "Слова про те, як знайти раду, коли вона працює і кому телефонувати. " * 3


@pytest.fixture
def town(site):
    """A site with contacts, a unit with a message, and a news item."""
    site.write("pages/kontakty.md", f"title: Контакти\n\n{TEXT}\n")
    site.write("pages/zviazok.md", f"title: Зв’язок\n\n{TEXT}\n")
    site.write("units/vodokanal/index.md", f"title: Водоканал\nphone: (057) 635-11-22\n\n{TEXT}\n")
    site.write(
        "units/vodokanal/2022-01-10-remont.md", "title: Ремонт мережі\ndate: 2022-01-10\n\nТекст повідомлення.\n"
    )
    site.write("news/2022-01-11-rada.md", "title: Сесія ради\ndate: 2022-01-11\n\nТекст новини.\n")
    return site


def built(site, **changes):
    status, _, err = site.html(**changes)
    assert status == 0, err
    return site.files()


def alerts_in(files, name):
    return re.findall(r"<div class=\"alert [^>]*>", files[name].decode())


def test_home_and_contacts_carry_every_alert_that_is_not_over(town):
    town.write("alerts.toml", WATER)
    files = built(town, today="2022-01-15T07:59")

    for name in ("index.html", "kontakty/index.html"):
        (tag,) = alerts_in(files, name)
        assert 'data-from="2022-01-15T08:00:00+02:00" data-until="2022-01-15T16:00:00+02:00" hidden' in tag
    assert alerts_in(files, "news/index.html") == []
    assert json.loads(files["alerts.json"]) == [
        {
            "text": "Не буде води", "severity": "warning", "from": "2022-01-15T08:00:00+02:00",
            "until": "2022-01-15T16:00:00+02:00", "link": "/sait/messages/",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "hidden", "count"),
    [
        ("2022-01-15T07:59", True, 1),
        ("2022-01-15T08:00", False, 1),
        ("2022-01-15T15:59", False, 1),
        ("2022-01-15T16:00", False, 0),
    ],
)
def test_a_build_knows_when_an_alert_begins_and_ends(town, today, hidden, count):
    town.write("alerts.toml", WATER)
    tags = alerts_in(built(town, today=today), "index.html")

    assert (len(tags), any(" hidden>" in tag for tag in tags)) == (count, hidden)


def test_time_alone_takes_an_alert_off(town):
    town.write("alerts.toml", WATER)
    built(town, today="2022-01-15T15:59")
    assert alerts_in(built(town, today="2022-01-15T16:00"), "index.html") == []


def test_the_page_that_law_toml_names_carries_the_alerts(town):
    town.write("alerts.toml", WATER)
    town.write("law.toml", 'contacts = "pages/zviazok.md"\n')
    files = built(town, today="2022-01-15T12:00")

    assert len(alerts_in(files, "zviazok/index.html")) == 1
    assert alerts_in(files, "kontakty/index.html") == []


def test_an_alert_alone_draws_its_own_pages_anew_and_nothing_else(town):
    before = built(town, today="2022-01-15T12:00")
    town.write("alerts.toml", WATER)
    after = built(town, today="2022-01-15T12:00")

    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed == {
        "index.html", "kontakty/index.html", "text/index.html", "text/oholoshennia/index.html", "alerts.json",
    }  # fmt: skip


def test_a_site_without_the_file_has_an_empty_list(town):
    assert json.loads(built(town)["alerts.json"]) == []


def test_a_text_that_is_public_before_it_holds_is_said(town):
    town.write("alerts.toml", WATER)
    status, said, _ = town.run(commands.check, today="2022-01-15T07:59")
    assert (status, "[alert-early]" in said) == (0, True)
    assert "[alert-early]" not in town.run(commands.check, today="2022-01-15T08:00")[1]


@pytest.mark.parametrize("link", ["/nema/", "http://rada.example/", "kontakty", "files/x.pdf"])
def test_an_alert_and_a_task_that_lead_nowhere_are_refused(town, link):
    town.write("alerts.toml", WATER.replace("/messages/", link))
    town.write("tasks.toml", f'[[task]]\ntitle = "x"\nlink = "{link}"\n')
    status, said, _ = town.run(commands.check, today="2022-01-15T12:00")

    assert (status, "[alert-link]" in said, "[task-link]" in said) == (2, True, True)


OLD, EXPIRED = "/news/stare-2022-01-05/", "яка втратила чинність після 10.01.2022"


@pytest.mark.parametrize(
    ("lines", "link", "words"),
    [
        ("expires: 2022-01-10", OLD, EXPIRED),
        ("expires: 2022-01-10", f"https://zrazkova.example/sait{OLD}#a", EXPIRED),
        ("expires: 2022-01-10", OLD.rstrip("/"), EXPIRED),
        ("withdrawn: помилка\nwithdrawn-date: 2022-01-12", OLD, "яку відкликано 12.01.2022"),
        ("expires: 2022-01-15", OLD, ""),
        ("withdrawn: помилка\nwithdrawn-date: 2022-01-16", OLD, ""),
    ],
)
def test_a_task_and_an_alert_that_lead_to_what_is_over_are_said(town, lines, link, words):
    town.write("news/2022/2022-01-05-stare.md", f"title: Старе\ndate: 2022-01-05\n{lines}\n\nСлова.\n")
    town.write("tasks.toml", f'[[task]]\ntitle = "Прийом"\nlink = "{link}"\n')
    town.write("alerts.toml", f'[[alert]]\ntext = "Вода"\nuntil = "2022-02-01"\nlink = "{link}"\n')
    status, said, _ = town.run(commands.check, today="2022-01-15")

    assert status == 0
    assert said.count("[link-ended]") == (2 if words else 0)
    assert said.count(f"веде на сторінку, {words},") == (2 if words else 0)


def test_tasks_stand_first_on_the_home_page_under_the_base_path(town):
    town.write(
        "tasks.toml",
        '[[task]]\ntitle = "Звернутися"\nlink = "/kontakty/#adresa"\n\n[[task]]\ntitle = "Дія"\nlink = "https://diia.example/"\n',
    )
    home = built(town)["index.html"].decode()

    assert home.index("Звернутися</a>") < home.index('id="news"')
    assert 'href="/sait/kontakty/#adresa">Звернутися' in home
    assert 'href="https://diia.example/">Дія' in home


def test_messages_of_all_units_have_lists_and_a_feed_and_stay_no_news(town):
    files = built(town)

    for name in ("index.html", "messages/index.html", "messages/2022/01/index.html", "messages/feed.atom"):
        assert "Ремонт мережі" in files[name].decode(), name
    assert "Ремонт мережі" not in files["news/index.html"].decode()
    assert "https://zrazkova.example/sait/messages/2022/01/" in files["sitemap.xml"].decode()


def test_a_message_says_whom_to_ask_and_follows_the_units_new_telephone(town):
    name = "units/vodokanal/remont-2022-01-10/index.html"
    assert 'href="tel:+380576351122"' in built(town)[name].decode()
    town.write("units/vodokanal/index.md", f"title: Водоканал\nphone: (057) 635-33-44\n\n{TEXT}\n")
    assert 'href="tel:+380576353344"' in built(town)[name].decode()


@pytest.mark.parametrize("slug", ["messages", "photos", "news"])
def test_a_page_cannot_take_an_address_of_the_site(town, slug):
    town.write(f"pages/{slug}.md", "title: x\n\nТекст.\n")
    status, said, _ = town.run(commands.check)
    assert (status, "[reserved-address]" in said) == (2, True)
