"""security.txt as RFC 9116 wants it, and humans.txt without a person."""

from datetime import date

import pytest

from hromada.domain.settings import SettingsRefused, SiteSettings
from hromada.pages.well_known_files import humans_text, security_text, well_known_group

RAW = {
    "name": "Громада", "address": "https://x.example/site", "publishers": [("2020-01-01", "Рада")], "keeper": "Відділ",
    "security_contact": "mailto:site@x.example", "security_expires": "2026-06-30",
}  # fmt: skip


def names_on(day, **changes):
    group = well_known_group(SiteSettings.parse(RAW | changes), day)
    return [name for plan in group.make(*group.inputs) for name in plan.names]


def test_security_txt_has_the_fields_of_the_standard_and_ends_with_the_day_in_kyiv():
    settings = SiteSettings.parse(RAW)

    assert security_text(settings, settings.security_expires) == (
        "Contact: mailto:site@x.example\n"
        "Expires: 2026-06-30T21:00:00Z\n"
        "Preferred-Languages: uk, en\n"
        "Canonical: https://x.example/site/.well-known/security.txt\n"
    )


def test_in_winter_the_day_ends_an_hour_later_by_utc():
    assert "Expires: 2026-12-31T22:00:00Z" in security_text(SiteSettings.parse(RAW), date(2026, 12, 31))


@pytest.mark.parametrize(("day", "is_there"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_an_expired_security_txt_is_left_out(day, is_there):
    assert (".well-known/security.txt" in names_on(day)) is is_there


def test_without_a_contact_there_is_no_security_txt():
    assert names_on(date(2026, 1, 1), security_contact="") == ["humans.txt"]


def test_humans_txt_names_the_department_and_the_publisher():
    assert "Сайт веде: Відділ, Рада\n" in humans_text(SiteSettings.parse(RAW), date(2026, 1, 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"security_contact": "site@x.example"}, {"security_contact": "http://x.example"}, {"security_expires": "30.06.2026"},
        {"security_expires": ""}, {"security_contact": "mailto:a@b.example\nExpires: 2099"}, {"state_line": ("x",)},
        {"state_line": ("x", "javascript:alert(1)")}, {"state_line": "x"}, {"components": 1},
    ],
)  # fmt: skip
def test_settings_that_mean_nothing_are_refused(changes):
    with pytest.raises(SettingsRefused):
        SiteSettings.parse(RAW | changes)


@pytest.mark.parametrize("line", [("", ""), ("", "https://x.example"), None])
def test_an_empty_line_is_left_out(line):
    assert SiteSettings.parse(RAW | {"state_line": line}).state_line is None
