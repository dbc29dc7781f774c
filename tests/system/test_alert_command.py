"""`make alert`: what it writes, what it refuses, and what a publication of one alert touches."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import os
from pathlib import Path

import pytest

from hromada.commands import dispatch as commands
from hromada.console.options import Options
from hromada.domain.dates import Clock
from tests.conftest import cache_in
from tests.own_process import run
from tests.system.clones import bare, config, git, project

NOON = "2022-01-15T12:00"
TEXT = "Слова про те, як знайти раду, коли вона працює і кому телефонувати. " * 3
ONE = {"text": "У Прудянці не буде води", "until": "18:00"}


@pytest.fixture
def town(site):
    site.write("news/2022-01-11-rada.md", "title: Сесія ради\ndate: 2022-01-11\n\nТекст новини.\n")
    return site


def said_by(site, **changes):
    return site.run(commands.alert, **{"today": NOON} | ONE | changes)


def written(site):
    return (site.content / "alerts.toml").read_bytes().decode()


def test_a_time_alone_is_written_with_its_day(town):
    status, out, err = said_by(town)

    assert (status, err) == (0, "")
    assert "До 15 січня 2022 року, 18:00" in out.replace("\N{NO-BREAK SPACE}", " ")
    assert written(town) == '[[alert]]\ntext = "У Прудянці не буде води"\nuntil = "15.01.2022 18:00"\n'


def test_all_settings_reach_the_file_and_the_page(town):
    status, _, _ = said_by(town, source="15.01.2022 10:00", severity="попередження", link="/news/")
    assert status == 0
    assert written(town).split("\n")[1:-1] == [
        'text = "У Прудянці не буде води"', 'severity = "попередження"', 'from = "15.01.2022 10:00"',
        'until = "15.01.2022 18:00"', 'link = "/news/"',
    ]  # fmt: skip
    assert town.html(today=NOON)[0] == 0
    assert "У Прудянці не буде води" in town.files()["index.html"].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Пояснення\n", "# Пояснення\n\n"),
        ('[[alert]]\ntext = "Було"   # тут\nuntil = "14.01.2022"', '[[alert]]\ntext = "Було"   # тут\nuntil = "14.01.2022"\n\n'),
        ('\ufeff[[alert]]\r\ntext = "Було"\r\nuntil = "14.01.2022"\r\n# далі\r\n', '\ufeff[[alert]]\r\ntext = "Було"\r\nuntil = "14.01.2022"\r\n# далі\r\n\r\n'),
        ("", ""),
    ],
)  # fmt: skip
def test_what_stands_in_the_file_stays(town, before, after):
    town.write("alerts.toml", before)
    assert said_by(town)[0] == 0
    end = "\r\n" if "\r\n" in before else "\n"
    added = ["[[alert]]", 'text = "У Прудянці не буде води"', 'until = "15.01.2022 18:00"', ""]
    assert written(town) == after + end.join(added)


def test_a_list_in_one_line_gets_the_alert_too(town):
    town.write("alerts.toml", 'alert = [{text = "Було", until = "14.01.2022"}]\n')
    assert said_by(town)[0] == 0
    assert [word in written(town) for word in ("Було", "Прудянці")] == [True, True]


def test_the_same_alert_is_written_once(town):
    said_by(town)
    before = written(town)
    status, out, _ = said_by(town)
    assert (status, "Таке оголошення вже є" in out, written(town)) == (0, True, before)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": ""}, "alert-incomplete"),
        ({"text": "  "}, "alert-incomplete"),
        ({"until": ""}, "alert-incomplete"),
        ({"text": "щ" * 201}, "alert-too-long"),
        ({"until": "14.01.2022"}, "alert-dates"),
        ({"until": "15.01.2022 12:00"}, "alert-dates"),
        ({"until": "завтра"}, "date-format"),
        ({"until": "24:30"}, "date-format"),
        ({"until": "31.02.2022"}, "date-format"),
        ({"source": "16.01.2022", "until": "15.01.2022 18:00"}, "alert-dates"),
        ({"source": "вчора"}, "date-format"),
        ({"severity": "тривога"}, "alert-severity"),
        ({"link": "/nema/"}, "alert-link"),
        ({"link": "http://rada.example/"}, "alert-link"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_is_written(town, changes, code):
    status, _, err = said_by(town, **changes)
    assert (status, f"[{code}]" in err, "Нічого не записано." in err) == (2, True, True)
    assert not (town.content / "alerts.toml").exists()


@pytest.mark.parametrize(
    "before",
    [
        '[[alert]]\ntext = "Було"\n',
        "[[alert]\n",
        "alert = 5\n",
        "[alert]\nx = 1\n",
        b"\xcf\xf0\xe8\xe2\xb3\xf2\n",
        b"a\0b",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_left_alone(town, before):
    town.write("alerts.toml", before)
    raw = (town.content / "alerts.toml").read_bytes()
    status, _, err = said_by(town)
    assert (status, "content/alerts.toml:" in err) == (2, True)
    assert (town.content / "alerts.toml").read_bytes() == raw


def test_a_link_in_the_place_of_the_file_is_refused(town, tmp_path):
    (tmp_path / "чуже.toml").write_text("", "utf-8")
    (town.content / "alerts.toml").symlink_to(tmp_path / "чуже.toml")
    status, _, _ = said_by(town)
    assert (status, (tmp_path / "чуже.toml").read_text("utf-8")) == (2, "")


def test_a_fault_elsewhere_in_the_content_does_not_hold_an_alert_up(town):
    town.write("news/2022-01-12-nedopysana.md", "title: Недописана\n")
    assert said_by(town)[0] == 0


def test_an_alert_of_another_day_or_content_is_not_published(town, monkeypatch):
    status, _, err = said_by(town, publish=True)
    assert (status, "CONTENT" in err) == (2, True)
    monkeypatch.setenv("TODAY", "2022-01-15")
    status, _, err = said_by(town, publish=True)
    assert (status, "TODAY" in err) == (2, True)


# --- PUBLISH ------------------------------------------------------------------------------------------------------


def command(name):
    options = Options.from_environment(Path.cwd(), os.environ).with_changes(clock=Clock.parse(NOON))
    return getattr(commands, name)(options)


def fill(content):
    files = {
        "pages/kontakty.md": f"title: Контакти\n\n{TEXT}\n",
        "units/vodokanal/index.md": f"title: Водоканал\nphone: (057) 635-11-22\n\n{TEXT}\n",
        "units/vodokanal/2022-01-10-remont.md": "title: Ремонт мережі\ndate: 2022-01-10\n\nТекст повідомлення.\n",
        "news/2022-01-11-rada.md": "title: Сесія ради\ndate: 2022-01-11\n\nТекст новини.\n",
        "services/voda.md": "title: Вода\nunit: vodokanal\n\n1. Прийдіть.\n",
        "news/2022-01-12-park.md": "title: Парк\ndate: 2022-01-12\nevent-date: 2022-01-20\n\nТекст про парк.\n",
    }
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture
def town_online(tmp_path, bare, config):
    """A project whose site is online, and what calls a command of it: status, output, errors."""
    folder, _ = project(tmp_path, bare, fill)
    config("[user]\n\tname = Редактор\n\temail = e@hromada.invalid\n")

    def call(name, **settings):
        told = {"CACHE": str(cache_in(tmp_path)), "JOBS": "1"}
        return run(command, name, cwd=folder, environment=os.environ | told | settings)

    status, _, err = call("publish")
    assert status == 0, err
    return folder, call


ALERT = {"TEXT": "Не буде води", "UNTIL": "18:00", "PUBLISH": "1"}
TOUCHED = {
    "index.html", "kontakty/index.html", "text/index.html", "text/oholoshennia/index.html", "alerts.json", "version.json",
}  # fmt: skip


def changed_online(bare, before):
    return set(git(bare, "diff", "--name-only", before, "gh-pages").split())


def test_an_alert_alone_goes_online_in_one_step(town_online, bare):
    folder, call = town_online
    before = git(bare, "rev-parse", "gh-pages")
    status, out, err = call("alert", **ALERT)

    assert status == 0, out + err
    assert changed_online(bare, before) == TOUCHED
    assert git(folder, "show", "--name-only", "--format=%s", "HEAD").split("\n") == [
        "Оголошення: Не буде води", "", "content/alerts.toml",
    ]  # fmt: skip
    assert git(bare, "rev-parse", "main") == git(folder, "rev-parse", "HEAD")


def test_other_uncommitted_work_stays_as_it_is_and_offline(town_online, bare):
    folder, call = town_online
    before = git(bare, "rev-parse", "gh-pages")
    (folder / "content/news/2022-01-13-chernetka.md").write_text("title: Недописане\ndate: 2022-01-13\n\nX.\n", "utf-8")
    (folder / "content/news/2022-01-11-rada.md").write_text("title: Інша назва\ndate: 2022-01-11\n\nY.\n", "utf-8")
    (folder / "content/news/2022-01-12-park.md").unlink()
    (folder / "content/news/2022-01-14-bez.md").write_text("title: Без дати\n\nZ.\n", "utf-8")
    (folder / "нотатки.txt").write_text("x", "utf-8")
    git(folder, "add", "content/news/2022-01-11-rada.md")
    work = git(folder, "status", "--porcelain", "-z")
    status, out, err = call("alert", **ALERT)

    assert status == 0, out + err
    assert changed_online(bare, before) == TOUCHED
    assert git(folder, "status", "--porcelain", "-z") == work
    assert git(folder, "show", "--name-only", "--format=", "HEAD") == "content/alerts.toml"
    before = git(bare, "rev-parse", "gh-pages")
    status, out, err = call("alert", **ALERT | {"TEXT": "Не буде світла"})  # the committed content is at hand by now
    assert (status, changed_online(bare, before)) == (0, TOUCHED), out + err


def test_uncommitted_work_on_the_program_holds_a_publication_up(town_online, bare):
    folder, call = town_online
    before = git(bare, "rev-parse", "gh-pages")
    (folder / "theme/templates/home.html").write_text("x", "utf-8")
    status, _, err = call("alert", **ALERT)
    assert (status, "theme/templates/home.html" in err, git(bare, "rev-parse", "gh-pages")) == (1, True, before)


def test_a_colleagues_newer_alert_is_taken_along(town_online, bare, tmp_path):
    _, call = town_online
    other = tmp_path / "колега"
    git(tmp_path, "clone", "-q", "--branch", "main", f"file://{bare}", str(other))
    (other / "content/alerts.toml").write_text('[[alert]]\ntext = "Колегине"\nuntil = "20.01.2022"\n', "utf-8")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "Оголошення колеги")
    git(other, "push", "-q", "origin", "HEAD:main")
    status, out, err = call("alert", **ALERT)

    assert status == 0, out + err
    online = git(bare, "show", "gh-pages:index.html")
    assert [text in online for text in ("Колегине", "Не буде води")] == [True, True]


def test_without_a_network_the_alert_is_kept_for_the_next_attempt(town_online, bare):
    folder, call = town_online
    hidden = bare.rename(bare.with_name("сховано.git"))
    status, _, err = call("alert", **ALERT)
    assert (status, "не опубліковано" in err) == (1, True)
    assert "Не буде води" in (folder / "content/alerts.toml").read_text("utf-8")
    hidden.rename(bare)
    status, out, err = call("alert", **ALERT)
    assert status == 0, out + err
    assert "Не буде води" in git(bare, "show", "gh-pages:alerts.json")
    assert (folder / "content/alerts.toml").read_text("utf-8").count("[[alert]]") == 1
