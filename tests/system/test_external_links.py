"""`make links` from the content to its report: places, copies in an archive, what is remembered, what STRICT means."""

import json
from datetime import datetime

import pytest
from msgspec.structs import replace

import hromada.commands.links as command
from hromada.commands import dispatch as commands
from hromada.domain.dates import Clock
from hromada.storage.link_results import CACHE_FILE, read_link_results
from hromada.system.link_prober import LinkProber
from tests.web_hosts import WebHosts

NEWS = """title: Зустріч
date: 2021-07-05
source: http://closed.example.org/джерело

Перше: [стаття](http://a.example.org/404), [друге](http://a.example.org/ok) і ще раз [стаття](http://a.example.org/404).

Просто адреса http://b.example.org/moved?x=1&y=2 у тексті, [сторінка](https://www.facebook.com/rada/posts/1),
[внутрішня](http://inside.example.org/кабінет) і [наша](https://zrazkova.example/sait/news/).
"""
DRAFT = "title: Чернетка\ndate: 2021-07-06\nstatus: draft\n\n[таємне](http://secret.example.org/404)\n"


@pytest.fixture
def web():
    with WebHosts() as hosts:
        yield hosts


@pytest.fixture
def probed(web, monkeypatch):
    """Links are asked for at the local server, without pauses; the archive is there, too."""

    def prober(client, *, seconds):
        return LinkProber(web.client(), seconds=seconds, pause=0)

    monkeypatch.setattr(command, "LinkProber", prober)
    monkeypatch.setattr(command.report_links, "__defaults__", ("http://archive.test/available",))
    return web


@pytest.fixture
def links(golden, probed, capsys):
    golden.write("news/2021/2021-07-05-posylannia.md", NEWS)
    golden.write("news/2021/2021-07-06-chernetka.md", DRAFT)

    def run(**changes):
        capsys.readouterr()
        status = commands.links(golden.options(**changes))
        return status, capsys.readouterr().out

    return run


def lines_of(text, name="posylannia"):
    return [line.partition(f"{name}.md:")[2] for line in text.splitlines() if f"{name}.md:" in line]


def test_each_link_that_does_not_open_is_named_by_file_and_line(links):
    status, said = links()

    assert status == 0
    assert lines_of(said) == [
        "3: http://closed.example.org/джерело → з сайтом немає з’єднання, пошукайте копію:"
        " https://web.archive.org/web/20210705/http://closed.example.org/джерело [no-connection]",
        "5: http://a.example.org/404 → такої сторінки немає (404), пошукайте копію:"
        " https://web.archive.org/web/20210705/http://a.example.org/404 [not-found]",
        "7: http://b.example.org/moved?x=1&y=2 → сторінку перенесено назавжди, напишіть нову адресу: http://b.example.org/ok [moved]",
        "8: http://inside.example.org/кабінет → адреса веде до внутрішньої мережі або цього комп’ютера,"
        " виправте або приберіть посилання [private-address]",
    ]
    assert "Посилань на інші сайти: " in said
    assert "покаже make links ALL=1" in said


def test_unpublished_links_are_not_asked_for(links, web):
    links()

    assert "secret.example.org" not in web.asked
    assert "a.example.org" in web.asked


def test_the_archive_names_its_copy_or_that_there_is_none(links, web):
    web.replies["/available"] = json.dumps(
        {
            "archived_snapshots": {
                "closest": {"available": True, "url": "http://web.archive.org/web/20210706/http://a.example.org/404"}
            }
        }
    ).encode()
    _, said = links()

    assert "копія: https://web.archive.org/web/20210706/http://a.example.org/404 [not-found]" in said
    assert ("GET", "/available?url=http%3A%2F%2Fa.example.org%2F404&timestamp=20210705") in web.asked["archive.test"]


@pytest.mark.parametrize(
    ("reply", "advice"),
    [
        (b'{"archived_snapshots": {}}', "копії в архіві немає: знайдіть нову адресу"),
        (b"[]", "пошукайте копію: https://web.archive.org/web/20210705/"),
        (b"{", "пошукайте копію: https://web.archive.org/web/20210705/"),
        (
            b'{"archived_snapshots": {"closest": {"url": "https://archive.org.evil.example/x"}}}',
            "пошукайте копію: https://web.archive.org/web/20210705/",
        ),
    ],
)
def test_what_is_no_copy_is_not_shown(links, web, reply, advice):
    web.replies["/available"] = reply
    _, said = links()

    assert f"http://a.example.org/404 → такої сторінки немає (404), {advice}" in said
    assert "evil" not in said


def test_all_shows_what_cannot_be_checked(links):
    _, said = links(everything=True)

    assert "7: https://www.facebook.com/rada/posts/1 → соцмережа не відповідає програмам [social-network]" in lines_of(
        said
    )


def test_json_has_every_link_that_does_not_simply_open(links):
    status, said = links(format="json")
    document = json.loads(said)
    own = [one for one in document["links"] if one["path"].endswith("posylannia.md")]

    assert status == 0
    assert [(one["line"], one["code"], one["outcome"]) for one in own] == [
        (3, "no-connection", "dead"), (5, "not-found", "dead"), (7, "moved", "moved"), (7, "social-network", "unknown"),
        (8, "private-address", "dead"),
    ]  # fmt: skip
    assert document["count"]["dead"] >= 3
    assert set(document["count"]) == {"working", "moved", "dead", "unknown"}


def test_strict_makes_dead_links_a_refusal(links):
    assert links(strict=True)[0] == 2


def test_what_opened_is_not_asked_again_and_what_did_not_is_the_next_day(links, web):
    links(clock=Clock(datetime(2022, 1, 15, 9)))
    web.asked.clear()
    links(clock=Clock(datetime(2022, 1, 15, 21)))
    same_day = {host: list(asked) for host, asked in web.asked.items()}
    links(clock=Clock(datetime(2022, 1, 16, 9)))

    assert same_day.keys() <= {"archive.test"}
    assert ("HEAD", "/404") in web.asked["a.example.org"]
    assert ("HEAD", "/ok") not in web.asked["a.example.org"]


def test_a_damaged_cache_only_costs_the_requests(links, web, golden):
    now = datetime(2022, 1, 15, 9)
    links(clock=Clock(now))
    cache = golden.options().cache
    (cache / CACHE_FILE).write_bytes(
        b'[["http://a.example.org/404","working","","","2022-01-15T08:00:00"],["x","no such code","","","y"]]'
    )

    assert read_link_results(cache, now) == {}
    assert "http://a.example.org/404 → такої сторінки немає" in links(clock=Clock(now))[1]


def test_without_a_connection_nothing_is_remembered(links, web, golden, monkeypatch, capsys):
    offline = web.client(resolve=lambda *_: (_ for _ in ()).throw(OSError()))
    monkeypatch.setattr(command, "LinkProber", lambda client, seconds: LinkProber(offline, seconds=seconds, pause=0))

    assert commands.links(golden.options()) == 1
    assert "немає зв’язку з інтернетом" in capsys.readouterr().err
    assert read_link_results(golden.options().cache, golden.options().clock.moment) == {}


def test_content_with_errors_is_not_asked_about(links, golden, web):
    golden.write("news/2021/2021-07-07-x.md", "title: Без дати\n\nтекст\n")

    assert links()[0] == 2
    assert web.asked == {}


@pytest.mark.parametrize(
    ("address", "agent"),
    [
        ("https://rada.gov.ua/site", "hromada-links/1 (+https://rada.gov.ua/site/)"),
        ("https://rada.example", "hromada-links/1"),
    ],
)
def test_other_sites_are_told_whose_program_asks(golden, address, agent):
    assert command.user_agent(replace(golden.options().settings(), address=address)) == agent
