"""Events from headers to pages and calendars: what is listed, where, until when, and what is drawn anew."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from hromada.commands import dispatch as commands

TEXT = "Текст оголошення для мешканців громади."
EVENT = "news/2022/2022-01-10-biblioteka.md"
PAGE = "news/biblioteka-2022-01-10"


def item(title, *lines, day="2022-01-10"):
    return "\n".join((f"title: {title}", f"date: {day}", *lines, "", f"{TEXT} {title}.", ""))


@pytest.fixture
def town(site):
    """A site with an event of an hour, a weekly one of a unit, one without a time, one that is over."""
    site.write("units/klub/index.md", f"title: Клуб\n\n{TEXT}\n")
    site.write(
        EVENT,
        item(
            "Відкриті двері",
            "event-date: 22.01.2022 11:00",
            "event-end: 22.01.2022 15:00",
            "event-place: Читальна зала",
        ),
    )
    site.write(
        "units/klub/2022-01-09-khor.md",
        item("Заняття хору", "event-date: 12.01.2022 18:00", "event-end: 12.01.2022 19:30",
             "event-repeat: щотижня до 09.02.2022, крім 26.01.2022", day="2022-01-09"),
    )  # fmt: skip
    site.write(
        "news/2022/2022-01-05-vystavka.md",
        item("Виставка", "event-date: 10.01.2022", "event-end: 03.02.2022", day="2022-01-05"),
    )
    site.write("news/2021/2021-12-06-yarmarok.md", item("Ярмарок", "event-date: 25.12.2021", day="2021-12-06"))
    return site


def built(site, **changes):
    status, _, err = site.html(**changes)
    assert status == 0, err
    return site.files()


def text_of(files, name):
    return re.sub(r"\s+", " ", files[name].decode().replace("\N{NO-BREAK SPACE}", " "))


def parts(files, path="events/index.html"):
    """What is to come and what is over on the first page."""
    page = text_of(files, path)
    coming, _, past = page.partition('id="past"')
    return coming, past


def calendar(files, name="events/calendar.ics"):
    return icalendar.Calendar.from_ical(files[name])


def by_title(files, name="events/calendar.ics"):
    return {str(event["SUMMARY"]): event for event in calendar(files, name).walk("VEVENT")}


def test_what_is_to_come_stands_by_day_and_what_was_by_month(town):
    coming, past = parts(built(town, today="2022-01-15T12:00"))
    order = [coming.find(words) for words in (
        "Тривають", ">Виставка<", "Середа, 19 січня 2022 року", ">Заняття хору<", "Субота, 22 січня 2022 року", ">Відкриті двері<",
        "Середа, 2 лютого 2022 року", "Середа, 9 лютого 2022 року",
    )]  # fmt: skip

    assert min(order) > 0
    assert order == sorted(order)
    assert "26 січня 2022 року</time></h3>" not in coming
    assert ">Ярмарок<" not in coming
    assert (
        past.find("Січень 2022 року")
        < past.find(">Заняття хору<")
        < past.find("Грудень 2021 року")
        < past.find(">Ярмарок<")
    )


@pytest.mark.parametrize(
    ("today", "is_to_come"),
    [("2022-01-22T10:59", True), ("2022-01-22T14:59", True), ("2022-01-22T15:00", False), ("2022-01-22", False)],
)
def test_an_event_is_over_at_the_minute_of_its_end(town, today, is_to_come):
    files = built(town, today=today)
    coming, past = parts(files)

    assert (">Відкриті двері<" in coming, ">Відкриті двері<" in past) == (is_to_come, not is_to_come)
    home = text_of(files, "index.html").partition('id="events"')[2].partition('id="units"')[0]
    assert (">Відкриті двері<" in home) is is_to_come


def test_time_alone_takes_an_event_off(town):
    built(town, today="2022-01-22T14:59")
    coming, _ = parts(built(town, today="2022-01-22T15:00"))

    assert ">Відкриті двері<" not in coming


def test_the_home_page_names_each_coming_event_once_with_the_moments_for_the_script(town):
    home = text_of(built(town, today="2022-01-15T12:00"), "index.html")
    events = home.partition('id="events"')[2].partition('id="units"')[0]

    assert re.findall(r'data-from="([^"]+)" data-until="([^"]+)"', events) == [
        ("2022-01-10", "2022-02-04T00:00:00+02:00"),
        ("2022-01-19T18:00:00+02:00", "2022-01-19T19:30:00+02:00"),
        ("2022-01-22T11:00:00+02:00", "2022-01-22T15:00:00+02:00"),
    ]


def test_a_units_page_names_the_coming_events_of_its_messages(town):
    files = built(town)
    assert "Заняття хору" in text_of(files, "units/klub/index.html").partition('id="messages"')[0]
    assert "Відкриті двері" not in text_of(files, "units/klub/index.html")
    assert 'id="events"' not in text_of(built(town, today="2022-02-10"), "units/klub/index.html")


def test_without_events_the_pages_say_so(site):
    site.write("news/2022/2022-01-10-rada.md", item("Сесія ради"))
    files = built(site)

    assert "data-events-empty>" in text_of(files, "events/index.html")
    assert "data-events-empty>" in text_of(files, "index.html")
    assert [one.name for one in calendar(files).subcomponents] == ["VTIMEZONE"]
    assert not [name for name in files if re.match(r"events/\d", name)]


def test_a_month_has_a_grid_that_leads_to_its_list(town):
    files = built(town)
    page = text_of(files, "events/2022-01/index.html")
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'<td class="month-grid__cell" data-day="([^"]+)"><a [^>]*href="#([^"]+)"', page)

    assert {name for name in files if re.match(r"events/\d{4}-\d\d/", name)} == {
        f"events/{month}/index.html" for month in ("2021-12", "2022-01", "2022-02")
    }
    assert [day for day, _ in links] == [f"2022-01-{day:02}" for day in range(10, 32)]
    assert dict(links)["2022-01-12"] == "d2022-01-12"
    assert dict(links)["2022-01-13"] == dict(links)["2022-01-14"] == "d2022-01-13"  # the exhibition still goes on
    assert '<h2 class="day-group__title" id="d2022-01-13">' in page
    assert {anchor for _, anchor in links} <= ids
    assert 'href="/sait/events/2021-12/"' in page
    assert 'href="/sait/events/2022-02/"' in page
    assert 'id="continued"' in text_of(files, "events/2022-02/index.html")
    assert "3 події" in page


def test_a_month_is_the_same_whenever_it_is_built(town):
    early = built(town, today="2022-01-15")
    months = {name: data for name, data in early.items() if re.match(r"events/\d", name)}
    late = built(town, today="2022-02-20")

    assert {name: late[name] for name in months} == months


@pytest.mark.parametrize(
    ("name", "lines", "day"),
    [
        ("prykhovana", ("status: hidden",), "2022-01-10"),
        ("chernetka", ("status: draft",), "2022-01-10"),
        ("zaplanovana", (), "2022-01-16"),
        ("prykhovana", ("Стан: приховано",), "2022-01-10"),
    ],
)
def test_what_is_not_listed_is_in_no_list_and_in_no_calendar(town, name, lines, day):
    town.write(f"news/2022/{day}-{name}.md", item("Таємна подія", *lines, "event-date: 30.01.2022 10:00", day=day))
    files = built(town)

    assert not [
        file
        for file in files
        if b"\xd0\xa2\xd0\xb0\xd1\x94\xd0\xbc\xd0\xbd\xd0\xb0" in files[file] and not file.startswith("news/prykhovana")
    ]
    assert "Таємна подія" not in by_title(files)
    assert (f"news/{name}-{day}/event.ics" in files) is (name == "prykhovana")


def test_each_event_has_its_file_and_its_box(town):
    files = built(town)
    page = text_of(files, f"{PAGE}/index.html")

    assert {name for name in files if name.endswith("event.ics")} == {
        f"{folder}/event.ics"
        for folder in (PAGE, "units/klub/khor-2022-01-09", "news/vystavka-2022-01-05", "news/yarmarok-2021-12-06")
    }
    assert "Субота, 22 січня 2022 року, 11:00–15:00" in page
    assert "Читальна зала" in page
    assert f'href="/sait/{PAGE}/event.ics" type="text/calendar">Додати до календаря<' in page


def test_cancelled_and_moved_events_are_plainly_seen(town):
    town.write(
        "news/2022/2022-01-07-kontsert.md",
        item("Концерт", "event-date: 23.01.2022 17:00", "event-state: скасовано", day="2022-01-07"),
    )
    town.write(
        "news/2022/2022-01-08-zbory.md",
        item("Збори", "event-date: 20.01.2022", "event-state: moved", "event-was: 14.01.2022 17:30", day="2022-01-08"),
    )
    files = built(town)
    coming, _ = parts(files)

    assert re.search(r"Скасовано</p>\s*<h4[^>]*><a[^>]*>Концерт<", coming)
    assert re.search(r"Перенесено з 14 січня 2022 року, 17:30</p>\s*<h4[^>]*><a[^>]*>Збори<", coming)
    assert "Подію скасовано" in text_of(files, "news/kontsert-2022-01-07/index.html")
    assert "Перенесено з 14 січня 2022 року, 17:30" in text_of(files, "news/zbory-2022-01-08/index.html")
    found = by_title(files)
    assert found["Скасовано: Концерт"]["STATUS"] == "CANCELLED"
    assert found["Збори"]["STATUS"] == "CONFIRMED"
    assert found["Збори"]["DTSTART"].dt == date(2022, 1, 20)
    assert str(found["Збори"]["UID"]) == "news/zbory-2022-01-08@hromada"


def test_a_moved_or_changed_event_keeps_its_uid_and_counts_up(town):
    before = by_title(built(town), f"{PAGE}/event.ics")["Відкриті двері"]
    town.write(
        EVENT,
        item(
            "Відкриті двері",
            "modified: 2022-01-13",
            "event-date: 23.01.2022 11:00",
            "event-state: перенесено",
            "event-was: 22.01.2022 11:00",
        ),
    )
    after = by_title(built(town), f"{PAGE}/event.ics")["Відкриті двері"]

    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert before["DTSTAMP"].dt == datetime(2022, 1, 9, 22, tzinfo=UTC)
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == datetime(2022, 1, 12, 22, tzinfo=UTC)


def test_each_revision_counts_up_also_twice_on_one_day(town):
    """Subscribers take what has a greater number: a bare day, its hours, a cancellation, the next day."""
    revisions = [
        (),
        ("modified: 2022-01-13",),
        ("modified: 2022-01-13 09:30",),
        ("modified: 2022-01-13 09:31", "event-state: скасовано"),
        ("modified: 13.01.2022 09:32",),
        ("modified: 2022-01-14",),
    ]
    found = []
    for lines in revisions:
        town.write(EVENT, item("Відкриті двері", "event-date: 22.01.2022 11:00", *lines))
        (event,) = by_title(built(town), f"{PAGE}/event.ics").values()
        found.append((event["SEQUENCE"], event["LAST-MODIFIED"].dt))

    assert found == sorted(set(found)), found
    assert found[2][1] == datetime(2022, 1, 13, 7, 30, tzinfo=UTC)


def test_the_calendar_says_what_the_pages_say(town):
    files = built(town)
    found = by_title(files)
    choir, exhibition, doors = found["Заняття хору"], found["Виставка"], found["Відкриті двері"]

    assert choir["DTSTART"].dt.isoformat() == "2022-01-12T18:00:00+02:00"
    assert choir["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20220209T160000Z"
    assert [one.dt.isoformat() for one in choir["EXDATE"].dts] == ["2022-01-26T18:00:00+02:00"]
    assert (exhibition["DTSTART"].dt, exhibition["DTEND"].dt) == (date(2022, 1, 10), date(2022, 2, 4))
    assert doors["DTEND"].dt - doors["DTSTART"].dt == timedelta(hours=4)
    assert str(doors["URL"]) == f"https://zrazkova.example/sait/{PAGE}/"
    assert str(doors["LOCATION"]) == "Читальна зала"
    assert all(len(line) <= 75 for line in files["events/calendar.ics"].split(b"\r\n"))


@pytest.mark.parametrize(
    ("last", "is_in"),
    [("2021-01-01", True), ("2020-12-31", False)],
)
def test_the_calendar_goes_back_to_the_month_of_a_year_ago(town, last, is_in):
    town.write(f"news/2020/{last}-davno.md", item("Давня подія", f"event-date: {last}", day=last))
    files = built(town, today="2022-01-31")

    assert ("Давня подія" in by_title(files)) is is_in
    assert f"news/davno-{last}/event.ics" in files


def test_a_translation_has_the_uid_of_its_original(town):
    town.write(EVENT.replace(".md", ".en.md"), item("Open doors", "event-date: 22.01.2022 11:00"))
    files = built(town)

    assert by_title(files, f"en/{PAGE}/event.ics")["Open doors"]["UID"] == by_title(files)["Відкриті двері"]["UID"]
    assert "Open doors" not in by_title(files)


def test_the_same_content_gives_the_same_bytes_whatever_was_built_before(town, tmp_path):
    built(town, today="2022-01-22T14:59")
    again = built(town, today="2022-01-22T15:00")
    town.output = tmp_path / "fresh"
    fresh = built(town, today="2022-01-22T15:00", cache_name=str(tmp_path / "cache"))

    assert fresh == again


@pytest.mark.parametrize(
    ("change", "also"),
    [
        (("11:00", "12:00"), {"events/2022-01/index.html"}),
        (("Читальна зала", "Друга зала"), {"events/2022-01/index.html"}),
    ],
)
def test_an_edit_of_an_event_draws_what_shows_it(town, change, also):
    before = built(town, today="2022-01-15T12:00")
    old = (town.content / EVENT).read_text("utf-8")
    town.write(EVENT, old.replace(*change))
    after = built(town, today="2022-01-15T12:00")
    lists = {"index.html", "news/index.html", "news/2022/01/index.html", "events/index.html", "events/calendar.ics"}

    # The search has the words of its place.
    changed = {name for name in after if after[name] != before.get(name) and not name.startswith("search/")}
    assert changed == {f"{PAGE}/index.html", f"{PAGE}/event.ics"} | lists | also


def test_the_publication_by_schedule_knows_when_an_event_ends(town):
    from hromada.build.content_steps import checked_snapshot

    snapshot = checked_snapshot(town.options(today="2022-01-22T12:00"))
    assert snapshot.site.valid_between(snapshot.clock)[1] == datetime(2022, 1, 22, 15)


def test_texts_may_link_to_events_and_their_files(town):
    town.write(
        "pages/afisha.md",
        f"title: Афіша\n\n[Події](/events/), [січень](/events/2022-01/), [календар](/events/calendar.ics), [файл](/{PAGE}/event.ics).\n",
    )
    assert town.html()[0] == 0


def test_the_address_of_events_is_taken(town):
    town.write("pages/events.md", "title: Події\n\nСлова.\n")
    status, out, err = town.run(commands.check)

    assert status == 2
    assert "reserved-address" in out + err
