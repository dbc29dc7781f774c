"""Files for programs: what is wrong with them, and what they refer to."""

import pytest

from hromada.verification.facts import FileFault
from hromada.verification.machine_files import (
    read_calendar,
    read_data_package,
    read_feed,
    read_linked_data,
    read_sitemap,
    reader_of,
)

EVENT = "BEGIN:VEVENT\nUID:1@rada.example\nDTSTAMP:20220115T080000Z\nDTSTART;TZID=Europe/Kyiv:20220116T100000\nURL:https://rada.example/x/\nEND:VEVENT\n"
ZONE = "BEGIN:VTIMEZONE\nTZID:Europe/Kyiv\nBEGIN:STANDARD\nDTSTART:19971026T040000\nEND:STANDARD\nEND:VTIMEZONE\n"
CALENDAR = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{ZONE}{EVENT}END:VCALENDAR\n"


def said(found):
    return [fault.message for fault in found if isinstance(fault, FileFault)]


def calendar(text):
    return list(read_calendar(text.replace("\n", "\r\n").encode()))


def test_a_calendar_is_read():
    assert calendar(CALENDAR) == ["https://rada.example/x/"]
    assert calendar(CALENDAR.replace("UID:1", "UID:1\n 2")) == ["https://rada.example/x/"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("UID:1@rada.example\n", "", "подія без UID"),
        ("DTSTAMP:20220115T080000Z\n", "", "подія без DTSTAMP"),
        ("20220115T080000Z", "15.01.2022", "DTSTAMP події: «15.01.2022»"),
        ("END:VEVENT\n", "", "зайвий END:VCALENDAR у календарі"),
        ("END:VCALENDAR\n", "", "у календарі не закрито VCALENDAR"),
        ("PRODID:x\n", "", "у календаря немає PRODID"),
        ("PRODID:x", f"PRODID:{'ї' * 35}", "рядок календаря довший за 75 байтів"),
        (ZONE, "", "у календарі не описано часового поясу Europe/Kyiv"),
        (
            "URL:",
            "DTEND;TZID=Europe/Kyiv:20220116T100000\nURL:",
            "подія календаря закінчується не пізніше, ніж починається",
        ),
        ("URL:", "RRULE:FREQ=DAILY\nURL:", "подія календаря повторюється без кінця"),
        (EVENT, EVENT * 2, "дві події календаря мають один UID"),
    ],
)
def test_a_faulty_calendar(old, new, message):
    assert said(calendar(CALENDAR.replace(old, new))) == [message]


def test_a_calendar_with_line_ends_of_unix():
    assert "рядки календаря мають кінчатися CRLF" in said(read_calendar(CALENDAR.encode()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "у JSON-LD немає @context https://schema.org"),
        ('{"@context": "https://schema.org"}', "у JSON-LD немає @type"),
        ('{"@context": "https://schema.org", "@type": "Event", "name": "x", "location": "y"}', "у JSON-LD типу Event немає startDate або eventSchedule"),
        ('{"@context": "https://schema.org", "@graph": [{"@type": "Thing"}, {"@type": "WebSite", "name": "x"}]}', "у JSON-LD типу WebSite немає url"),
        ('{"a": NaN}', "це не JSON"),
        ("[" * 100_000, "JSON вкладено надто глибоко"),
    ],
)  # fmt: skip
def test_faulty_linked_data(text, message):
    assert said(read_linked_data(text)) == [message]


def test_the_addresses_of_linked_data_are_references():
    text = '{"@context": "https://schema.org", "@type": "Thing", "image": ["https://a.example/x"], "name": "/y"}'

    assert set(read_linked_data(text)) == {"https://schema.org", "https://a.example/x"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"name": "x", "resources": []}', "у пакета даних немає ресурсів (resources)"),
        ('{"name": "Звіт", "resources": [{"name": "a", "path": "a.csv"}]}', "у пакета даних немає назви (name)"),
        ('{"name": "x", "resources": [{"name": "a"}]}', "ресурс пакета даних без шляху (path)"),
        ('{"name": "x", "resources": [{"name": "a", "path": "a"}, {"name": "a", "path": "b"}]}', "у ресурсів пакета даних мають бути різні назви (name)"),
    ],
)  # fmt: skip
def test_a_faulty_data_package(text, message):
    assert said(read_data_package(text)) == [message]


def test_a_feed_of_another_format_and_a_map_of_maps_are_refused():
    assert said(read_feed("<rss/>")) == ["це не стрічка Atom"]
    assert said(read_sitemap("<sitemapindex/>", "")) == ["це не карта сайту (urlset)"]


def test_an_address_twice_in_the_map():
    url = "<url><loc>https://rada.example/</loc></url>"
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{url * 2}</urlset>'

    assert said(read_sitemap(text, "https://rada.example")) == ["адреса в карті сайту двічі"]


def test_the_references_of_a_stylesheet():
    text = '@import "a.css";/* url(x) */@font-face{src:url("../f.woff2")}p{background:url(data:image/png;base64,x),url( b.svg )}'

    assert list(reader_of("theme/x.css")(text)) == ["a.css", "../f.woff2", "b.svg"]


def test_only_files_of_known_types_are_read():
    assert reader_of("a.js") is None
    assert said(reader_of("a.svg")("<svg>")) == ["це не XML"]
