"""What alerts.toml gives, and what is refused with its line."""

from datetime import datetime

import pytest

from hromada.domain.alert import Severity, current_alerts
from hromada.reading.alert_table import read_alerts


def read(text):
    return read_alerts(text.encode())


def faults(text):
    return [f"{one.line}: {one.message} [{one.code}]" for one in read(text)[1]]


def alert(**fields):
    given = {"text": "Не буде води", "until": "15.01.2022 16:00"} | fields
    return "[[alert]]\n" + "".join(f'{key} = "{value}"\n' for key, value in given.items())


def test_an_alert_has_its_text_severity_moments_and_link():
    (one,), problems = read(alert(severity="warning", link="/messages/", **{"from": "15.01.2022 08:00"}))

    assert problems == []
    assert (one.text, one.severity, one.link) == ("Не буде води", Severity.WARNING, "/messages/")
    assert (one.since, one.until) == (datetime(2022, 1, 15, 8), datetime(2022, 1, 15, 16))


@pytest.mark.parametrize(
    ("key", "written", "moment"),
    [
        ("from", "15.01.2022", datetime(2022, 1, 15)),
        ("from", "15.01.2022 00:00", datetime(2022, 1, 15)),
        ("until", "15.01.2022", datetime(2022, 1, 16)),
        ("until", "15 січня 2022 року", datetime(2022, 1, 16)),
        ("until", "2022-01-15 23:59", datetime(2022, 1, 15, 23, 59)),
        ("until", "31.12.2021", datetime(2022, 1, 1)),
        ("until", "2022-01-15T16:00:00+00:00", datetime(2022, 1, 15, 18)),
        ("until", "15 січня 2022, 16:00", datetime(2022, 1, 15, 16)),
        ("until", "2022-01-15t16:00:00z", datetime(2022, 1, 15, 18)),
    ],
)
def test_a_day_alone_means_its_begin_or_its_end(key, written, moment):
    (one,), problems = read(alert(**{"until": "31.12.2022", key: written}))

    assert problems == []
    assert (one.since if key == "from" else one.until) == moment


@pytest.mark.parametrize(
    ("word", "severity"),
    [("надзвичайне", "emergency"), ("Попередження", "warning"), ("NOTICE", "notice"), ("оголошення", "notice")],
)
def test_a_severity_is_written_in_either_language(word, severity):
    assert read(alert(severity=word))[0][0].severity == severity


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[alert]]\ntext = "x"\n', "1: не сказано, доки діє оголошення [alert-incomplete]"),
        ('[[alert]]\nuntil = "15.01.2022"\n', "1: оголошення без тексту [alert-incomplete]"),
        (alert(text="щ" * 201), "2: оголошення має 201 знак [alert-too-long]"),
        (alert(severity="тривога"), "4: невідома важливість оголошення «тривога» [alert-severity]"),
        (alert(until="завтра"), "3: поле «until»: дата «завтра» незрозуміла [date-format]"),
        (alert(**{"from": "15.01.2022 16:00"}), "3: кінець оголошення не пізніший за початок [alert-dates]"),
        (alert(place="x"), "4: невідоме поле «place» [toml-unknown-key]"),
        ("[alert]\n", "1: «alert» записано не так [toml-shape]"),
        ('[[alert]]\ntext = "x"\nuntil = 2022-01-15\n', "3: поле «until» має бути текстом у лапках [toml-shape]"),
        ('[[alert]]\ntext = "x"\nuntil = 5\n', "3: поле «until» має бути текстом у лапках [toml-shape]"),
    ],
)
def test_a_faulty_alert_is_refused_with_its_line(text, fault):
    assert faults(text) == [fault]


def test_two_hundred_letters_fit():
    assert faults(alert(text="щ" * 200)) == []


def test_all_faults_are_told_at_once():
    assert len(faults(alert(text="") + alert(until="x") + alert(severity="x"))) == 3


def test_what_is_over_is_not_current_and_the_most_urgent_comes_first():
    text = "".join(
        alert(text=name, severity=severity, until=until, **({"from": since} if since else {}))
        for name, severity, since, until in (
            ("later", "warning", "15.01.2022 10:00", "16.01.2022"),
            ("over", "emergency", "", "15.01.2022 12:00"),
            ("notice", "notice", "", "16.01.2022"),
            ("now", "warning", "", "16.01.2022"),
            ("air", "emergency", "15.01.2022 11:00", "16.01.2022"),
        )
    )
    shown = current_alerts(read(text)[0], datetime(2022, 1, 15, 12))

    assert [one.text for one in shown] == ["air", "now", "later", "notice"]


def test_a_date_without_quotes_is_named_once():
    assert faults('[[alert]]\ntext = "Не буде води"\nuntil = 2022-01-15\n') == [
        "3: поле «until» має бути текстом у лапках [toml-shape]"
    ]


@pytest.mark.parametrize("escape", ["\\u0000", "\\u0001", "\\u007F", "\\u001b", "\\b", "\\U0000FFFE"])
def test_a_sign_that_no_page_may_hold_is_refused_also_as_an_escape(escape):
    (fault,) = faults(f'[[alert]]\nuntil = "15.01.2022"\ntext = "Не буде{escape} води"\n')

    assert fault.startswith("3: у рядку невидимий знак U+")
    assert fault.endswith("[encoding]")


@pytest.mark.parametrize("escape", ["\\t", "\\n", "\\u00e9", '\\"', "\\\\"])
def test_other_escapes_stay(escape):
    assert faults(f'[[alert]]\ntext = "Не буде{escape} води"\nuntil = "15.01.2022"\n') == []
