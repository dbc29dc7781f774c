from datetime import date

import pytest

from hromada.domain.settings import SettingsRefused, SiteSettings

GOOD = {
    "name": "Г",
    "address": "https://a.example/sait/",
    "publishers": [("2022-10-04", "МВА"), ("2020-12-01", "Рада")],
}


@pytest.mark.parametrize(
    ("day", "name"),
    [((2020, 1, 1), "Рада"), ((2022, 10, 3), "Рада"), ((2022, 10, 4), "МВА"), ((2026, 1, 1), "МВА")],
)
def test_the_publisher_changes_with_a_date(day, name):
    assert SiteSettings.parse(GOOD).publisher_on(date(*day)) == name


@pytest.mark.parametrize(("address", "base"), [("https://a.example/sait/", "/sait"), ("https://a.example", "")])
def test_the_base_path_follows_from_the_address(address, base):
    assert SiteSettings.parse(GOOD | {"address": address}).base == base


@pytest.mark.parametrize(
    "address",
    ["https://hromada.example", "https://www.hromada.example/sait", "http://localhost:8000", "http://127.0.0.1:8000",
     "https://example.com", "https://rada.example.org", "https://rada.test", "https://rada.invalid", "http://[::1]:8000"],
)  # fmt: skip
def test_a_reserved_name_is_a_sample_and_no_document_prints_it(address):
    settings = SiteSettings.parse(GOOD | {"address": address})

    assert (settings.has_sample_address, settings.known_address) == (True, settings.base)


@pytest.mark.parametrize("address", ["https://hromada.gov.ua", "https://example.gov.ua/sait", "https://myexample.com"])
def test_another_name_is_an_address(address):
    settings = SiteSettings.parse(GOOD | {"address": address})

    assert (settings.has_sample_address, settings.known_address) == (False, address)


def test_all_faults_are_said_together():
    with pytest.raises(SettingsRefused) as refused:
        SiteSettings.parse({"nmae": "x", "address": "a.example", "picture_widths": ["a"], "licence": "CC BY"})
    said = str(refused.value)

    assert "HROMADA.nmae: unknown key можливо, «name»?" in said
    assert all(
        word in said
        for word in ("name: is missing", "publishers: is missing", "address: ", "picture_widths: ", "licence: ")
    )


def test_without_a_word_there_is_no_handbook_and_no_git_host():
    settings = SiteSettings.parse(GOOD)

    assert (settings.handbook, settings.repository) == ("", "")


@pytest.mark.parametrize(("given", "kept"), [("https://git.example/h/s/src/", "https://git.example/h/s/src"), ("", "")])
def test_the_git_host_is_an_address_or_nothing(given, kept):
    assert SiteSettings.parse(GOOD | {"repository": given}).repository == kept
    with pytest.raises(SettingsRefused):
        SiteSettings.parse(GOOD | {"repository": "git.example"})
