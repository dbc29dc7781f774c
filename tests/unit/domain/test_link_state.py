"""What an answer means, how long it is believed, and which addresses may be asked at all."""

from datetime import date, datetime, timedelta

import pytest

from hromada.domain.link_state import (
    CODES,
    CheckedLink,
    LinkState,
    Outcome,
    archive_address,
    is_kept,
    is_offline,
    is_public_address,
    is_social,
    request_address,
    state_of_status,
)

NOON = datetime(2026, 11, 29, 12)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:0a00:0001::1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:0:a00:1::", "2001:db8::1", "localhost", "", "1", "0x7f.1", "2130706433", "127.1",
    ],
)  # fmt: skip
def test_an_internal_address_is_never_asked(address):
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.14.129", "2001:7fd::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_asked(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    ("link", "sent"),
    [
        ("https://громада.укр/новини/а б?в=г#кінець", "https://xn--80aahf2bln.xn--j1amh/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D0%B0%20%D0%B1?%D0%B2=%D0%B3"),
        ("http://a.ua", "http://a.ua/"),
        ("http://a.ua?x=1", "http://a.ua/?x=1"),
        ("https://a.ua:8443/%D0%B0?x=%26", "https://a.ua:8443/%D0%B0?x=%26"),
        ("http://[2001:7fd::1]/x", "http://[2001:7fd::1]/x"),
        ("http://user:password@a.ua/", ""),
        ("http://a.ua:99999/", ""),
        ("http://[broken/", ""),
        ("ftp://a.ua/", ""),
        ("file:///etc/passwd", ""),
        ("https:///x", ""),
        ("//a.ua/x", ""),
    ],
)  # fmt: skip
def test_an_address_is_sent_as_servers_want_it(link, sent):
    assert request_address(link) == sent


def test_no_line_break_gets_into_a_request():
    assert not set("\r\n \t") & set(request_address("http://a.ua/x\r\nHost: b.ua?y\r\nz z"))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (200, "working"), (204, "working"), (404, "not-found"), (410, "not-found"), (400, "error-answer"), (500, "error-answer"), (304, "error-answer"),
        (401, "refused"), (403, "refused"), (451, "refused"), (999, "refused"), (429, "busy"), (503, "busy"), (100, "error-answer"),
    ],
)  # fmt: skip
def test_a_status_has_one_meaning(status, code):
    assert state_of_status(status).code == code


@pytest.mark.parametrize(
    ("code", "age", "current"),
    [
        ("working", timedelta(days=29, hours=23), True),
        ("working", timedelta(days=30), False),
        ("moved", timedelta(days=29), True),
        ("not-found", timedelta(hours=23), True),
        ("not-found", timedelta(days=1), False),
        ("robots", timedelta(days=1), False),
        ("working", timedelta(seconds=-1), False),
    ],
)
def test_what_works_is_believed_for_thirty_days_and_all_else_for_one(code, age, current):
    assert CheckedLink(LinkState(code), NOON - age).is_current(NOON) is current


def test_what_was_not_asked_is_not_kept():
    assert [code for code in CODES if not is_kept(LinkState(code))] == ["bad-address", "social-network", "no-time"]


def test_several_sites_of_which_none_is_reached_mean_that_there_is_no_connection():
    dead = [LinkState("no-host"), LinkState("no-answer"), LinkState("social-network")]

    assert is_offline(dead)
    assert not is_offline([*dead, LinkState("not-found")])
    assert not is_offline(dead[1:])
    assert not is_offline([])


@pytest.mark.parametrize(
    ("link", "social"),
    [
        ("https://www.facebook.com/rada/posts/1", True),
        ("https://t.me/rada/5", True),
        ("https://m.youtube.com/watch?v=1", True),
        ("https://www.kmu.gov.ua/", False),
        ("https://facebook.com.example/", False),
    ],
)
def test_social_networks_are_known(link, social):
    assert is_social(link) is social


def test_every_state_has_words_and_the_status_stands_behind_them():
    assert all(words for _, words in CODES.values())
    assert LinkState("not-found", "404").message == "такої сторінки немає (404)"
    assert LinkState("moved", "https://b.ua/").message == "сторінку перенесено назавжди"
    assert {outcome for outcome, _ in CODES.values()} == set(Outcome)


def test_a_copy_is_looked_for_near_the_day_of_the_item():
    assert archive_address("http://a.ua/x", date(2021, 7, 5)) == "https://web.archive.org/web/20210705/http://a.ua/x"
    assert archive_address("http://a.ua/x", None) == "https://web.archive.org/web/2/http://a.ua/x"
