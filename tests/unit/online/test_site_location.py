"""Where a publication puts the site: the call, else publishconf.py, else what is online; never another place in silence."""

import pytest

from hromada.online.site_location import (
    Location,
    OnlineLocation,
    RequestedLocation,
    address_in,
    choose_location,
    own_domain,
)

A, B = "https://a.zrazok.ua", "https://b.zrazok.ua"
SAMPLE = Location("https://hromada.example")
HOSTED = "https://hromada.github.io/sait"


def choice(call=Location(), settings=SAMPLE, online=OnlineLocation(), forced=()):  # frozen
    found = choose_location(RequestedLocation(call, settings, forced), online)
    return found.location, [refusal.code for refusal in found.refusals]


def online(address="", cname="", former=None, by=""):
    return OnlineLocation(address, cname if former is None else former, cname, by)


@pytest.mark.parametrize(
    ("call", "settings", "seen", "location"),
    [
        (Location(A), Location(B), online(), Location(A)),
        (Location(), Location(B, "b.zrazok.ua"), online(), Location(B, "b.zrazok.ua")),
        (Location("", "a.zrazok.ua"), SAMPLE, online(), Location(A, "a.zrazok.ua")),
        (Location(), Location(HOSTED), online(), Location(HOSTED)),
        (Location(), SAMPLE, online(), Location()),
        (Location(), SAMPLE, online("https://hromada.example"), Location("https://hromada.example")),
        (Location(A), SAMPLE, online("https://hromada.example"), Location(A)),
        (Location(A), Location(A), online("https://hromada.example"), Location(A)),
        (Location(), SAMPLE, online("https://rada.example", "rada.example"), Location("https://rada.example", "rada.example")),
        (Location(), SAMPLE, online(A, "a.zrazok.ua"), Location(A, "a.zrazok.ua")),
        (Location(), SAMPLE, online(A), Location(A)),
        (Location(), SAMPLE, online("https://rada.example"), Location("https://rada.example")),
        (Location(A), SAMPLE, online(A), Location(A)),
        (Location(A, "a.zrazok.ua"), SAMPLE, online(A), Location(A, "a.zrazok.ua")),
        (Location(), SAMPLE, online(HOSTED), Location(HOSTED)),
        (Location(), SAMPLE, online(HOSTED, "a.zrazok.ua", former=""), Location(A, "a.zrazok.ua")),
        (Location(), SAMPLE, online("", "a.zrazok.ua"), Location(A, "a.zrazok.ua")),
        (Location(A), SAMPLE, online(A, "a.zrazok.ua", former=""), Location(A, "a.zrazok.ua")),
        (Location(f"{A.upper()}/"), SAMPLE, online(A, "a.zrazok.ua"), Location(A.upper(), "a.zrazok.ua")),
        (Location("https://www.a.zrazok.ua"), SAMPLE, online("https://www.a.zrazok.ua", "a.zrazok.ua"), Location("https://www.a.zrazok.ua", "a.zrazok.ua")),
        (Location("", "a.zrazok.ua"), SAMPLE, online("https://www.a.zrazok.ua", "a.zrazok.ua"), Location("https://www.a.zrazok.ua", "a.zrazok.ua")),
        (Location("https://громада.укр"), SAMPLE, online("https://xn--80aahf2bln.xn--j1amh", "xn--80aahf2bln.xn--j1amh"), None),
    ],
)  # fmt: skip
def test_the_place_is_the_calls_else_the_settings_else_what_is_online(call, settings, seen, location):
    found, codes = choice(call, settings, seen)

    assert codes == []
    assert location is None or found == location


@pytest.mark.parametrize(
    ("call", "settings", "seen"),
    [
        (Location(B), SAMPLE, online(A)),
        (Location(), Location(B), online(A)),
        (Location(HOSTED), SAMPLE, online(A, "a.zrazok.ua")),
        (Location(HOSTED), SAMPLE, online(HOSTED, "a.zrazok.ua", former="")),
        (Location(f"{A}/sait"), SAMPLE, online(A, "a.zrazok.ua")),
        (Location(), Location("https://www.a.zrazok.ua"), online(A, "a.zrazok.ua")),
        (Location("https://rada.example"), SAMPLE, online("https://inshe.example", "inshe.example")),
        (Location("https://rada.example"), SAMPLE, online("https://inshe.example")),
        (Location("", "b.zrazok.ua"), SAMPLE, online(A, "a.zrazok.ua")),
    ],
)
def test_another_place_is_refused_and_passed_by_a_word(call, settings, seen):
    wanted = call or settings

    assert choice(call, settings, seen)[1] == ["domain-changed"]
    found, codes = choice(call, settings, seen, forced=["domain-changed"])
    assert (found.address, codes) == (wanted.address or f"https://{wanted.domain}", [])


@pytest.mark.parametrize(("call", "seen"), [(f"{A}:8443", A), (f"{A}/sait", A), (HOSTED, f"{HOSTED}/sait")])
def test_another_address_on_the_same_host_has_a_code_of_its_own(call, seen):
    assert choice(Location(call), SAMPLE, online(seen))[1] == ["address-changed"]
    assert choice(Location(call), SAMPLE, online(seen), forced=["domain-changed"])[1] == ["address-changed"]
    assert choice(Location(call), SAMPLE, online(seen), forced=["address-changed"])[1] == []


@pytest.mark.parametrize("call", [Location(), Location(A), Location("", "a.zrazok.ua")])
def test_a_domain_that_somebody_has_removed_comes_back_by_a_word_alone(call):
    seen = online(A, "", former="a.zrazok.ua")

    assert choice(call, online=seen)[1] == ["domain-changed"]
    assert choice(call, online=seen, forced=["domain-changed"]) == (Location(A, "a.zrazok.ua"), [])


def test_a_domain_removed_and_put_back_is_no_change():
    assert choice(online=online(A, "a.zrazok.ua", former="a.zrazok.ua")) == (Location(A, "a.zrazok.ua"), [])


@pytest.mark.parametrize("seen", [online(), online("https://громада.укр", "громада.укр")])
def test_a_domain_in_cyrillic_letters_goes_into_cname_in_its_ascii_form(seen):
    for call in (Location("", "громада.укр"), Location("https://громада.укр", "громада.укр")):
        assert choice(call, online=seen) == (Location("https://громада.укр", "xn--80aahf2bln.xn--j1amh"), [])


@pytest.mark.parametrize(
    ("call", "seen", "is_told"),
    [
        (Location(A), online(), True), (Location(), online(A), True), (Location(A, "a.zrazok.ua"), online(), False),
        (Location(A), online(A, "a.zrazok.ua"), False), (Location(HOSTED), online(), False), (Location(), online(), False),
    ],
)  # fmt: skip
def test_a_name_of_the_sites_own_without_a_domain_is_told(call, seen, is_told):
    notes = choose_location(RequestedLocation(call, SAMPLE), seen).notes

    assert any("DOMAIN порожній" in note for note in notes) is is_told


def test_an_address_and_a_domain_of_two_sites_are_refused():
    refused = choose_location(RequestedLocation(Location(A, "b.zrazok.ua"), SAMPLE, ["domain-changed"]), online())

    assert [(refusal.code, refusal.message.partition(" –")[0]) for refusal in refused.refusals] == [
        ("two-domains", "У виклику (SITEURL, DOMAIN)")
    ]
    assert choice(Location("https://www.a.zrazok.ua", "a.zrazok.ua"))[1] == []


@pytest.mark.parametrize("cname", ["a.zrazok.ua b.zrazok.ua", "https://a.zrazok.ua/", "а"])
def test_a_cname_of_no_single_domain_needs_a_domain_of_the_caller(cname):
    seen = online(A, cname)

    assert choice(online=seen)[1] == choice(online=seen, forced=["domain-changed"])[1] == ["domain-changed"]
    assert choice(Location(A), online=seen)[1] == ["domain-changed"]
    assert choice(Location("", "a.zrazok.ua"), online=seen, forced=["domain-changed"])[0] == Location(A, "a.zrazok.ua")


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        (A, "a.zrazok.ua"), (f"{A}/", "a.zrazok.ua"), ("https://громада.укр", "громада.укр"), (f"{A}/sait", ""), (f"{A}:8443", ""),
        ("https://hromada.github.io", ""), ("https://HROMADA.GitLab.io", ""), ("https://a.codeberg.page/x", ""), ("", ""),
        ("https://github.io.zrazok.ua", "github.io.zrazok.ua"),
    ],
)  # fmt: skip
def test_a_name_of_the_sites_own_needs_a_cname(address, domain):
    assert own_domain(address) == domain


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (b'<link rel="canonical" href="https://a.zrazok.ua/sait/">', "https://a.zrazok.ua/sait"), (b"<html>", ""), (b"", ""),
        (b'<link rel="canonical" href="http://localhost:8000/">', ""), (b'<link rel="canonical" href="', ""), (b"\xff", ""),
    ],
)  # fmt: skip
def test_a_home_page_says_where_its_site_is(page, address):
    assert address_in(page) == address
