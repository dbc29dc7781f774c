"""A call's values: each that can't be used is refused by name, all at once."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hromada.commands import dispatch as commands
from hromada.console.options import Options, OptionsError
from hromada.domain.refusal import FORCEABLE


def read(environ, **changes):
    return Options.from_environment(Path("/проєкт"), environ, **changes)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("FORMAT", ["xml", "jsn"]), ("DRY_RUN", ["maybe", "2"]), ("ALL", ["усі"]), ("SCALE", ["0", "-1", "1.5", "²", "9" * 5000]),
        ("JOBS", ["abc", "0"]), ("PORT", ["0", "65536", "70000", "abc"]), ("TODAY", ["вчора", "2022-13-01"]),
        ("FORCE", ["усе", "domain", "uncommitted", "domain-changed,behind", ","]),
        ("SITEURL", ["rada.example", "http://rada.example", "https://", "https://a b.example", "https://x@rada.example",
                     "https://rada.example/?a", "https://rada.example/#a", "https://rada.example:99999", "https://[", "ftp://rada.example",
                     'https://rada.example/"', "https://rada"]),
        ("DOMAIN", ["https://rada.example", "rada.example/", "rada", "rada.example:80", "a b.example", "-a.example", "a..example",
                    "rada.example\nx.example", "a_b.example"]),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_by_name(name, values):
    for value in values:
        with pytest.raises(OptionsError, match=f"^{name}(=«|: )"):
            read({name: value})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("FORMAT", ["", " ", "JSON", "text"]), ("DRY_RUN", ["1", "так", "0", ""]), ("PORT", ["1", "65535", " "]), ("JOBS", ["2"]),
        ("SITEURL", ["https://rada.example", "HTTPS://rada.example:8443/sait/", "https://громада.укр", " https://a.example "]),
        ("DOMAIN", ["rada.example", "www.громада.укр", "xn--80ad.xn--j1amh"]),
    ],
)  # fmt: skip
def test_a_value_that_can_be_used_is_taken(name, values):
    assert [read({name: value}) for value in values]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("", set()), ("0", set()), (" domain-changed ", {"domain-changed"}), ("Address-Gone, withdrawn-returns", {"address-gone", "withdrawn-returns"}),
        ("1", set(FORCEABLE)),
    ],
)  # fmt: skip
def test_what_a_publication_passes_by_is_named_by_codes(written, codes):
    assert read({"FORCE": written}).force == codes


def test_every_fault_is_named_at_once():
    with pytest.raises(OptionsError) as refused:
        read({"TODAY": "x", "FORMAT": "x", "PORT": "x", "JOBS": "x", "ALL": "x", "DOMAIN": "x", "SITEURL": "x"})

    names = [line.partition("=")[0] for line in str(refused.value).split("\n")]
    assert names == ["TODAY", "SITEURL", "DOMAIN", "FORMAT", "JOBS", "ALL", "PORT"]


def test_a_command_has_its_own_formats():
    assert read({"FORMAT": "github"}).format == "github"
    with pytest.raises(OptionsError, match=r"^FORMAT=«github» незрозуміло, напишіть text або json$"):
        read({"FORMAT": "github"}, formats=("text", "json"))


def test_a_publication_has_an_answer_for_programs_in_its_preview_alone(capsys):
    assert commands.publish(read({"FORMAT": "json", "DRY_RUN": "0"})) == 2
    assert capsys.readouterr().err == (
        "FORMAT для make publish діє лише разом із DRY_RUN=1: make publish DRY_RUN=1 FORMAT=json\n"
    )


@pytest.mark.parametrize(("text", "hours"), [("Europe/Kyiv", 3), ("UTC", 0), ("+02:00", 2), ("EET", 3), (" PT ", -7)])
def test_zone_is_any_name_of_a_zone(text, hours):
    zone = read({"ZONE": text}).zone

    assert zone is not None
    assert zone.utcoffset(datetime(2021, 7, 5)) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["Київщина", "BST", "+25:00"])
def test_a_zone_that_is_none_is_refused_with_what_to_write(text):
    with pytest.raises(OptionsError, match=f"ZONE=«{re.escape(text)}» незрозуміло, напишіть, наприклад, Europe/Kyiv"):
        read({"ZONE": text})
