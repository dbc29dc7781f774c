"""The list of events in the CMS has what the reader takes for an event, in whatever words its date is written, and nothing else."""

import pytest

from hromada.reading.items import read_item
from tests import needs
from tests.editor.office import at_work

pytestmark = [pytest.mark.browser, pytest.mark.long, needs.chromium]
# By title the line of the header; a title says whether the reader takes it for an event.
HEADERS = {
    "Подія ISO": "event-date: 2021-12-10",
    "Подія з годиною": 'event-date: "2021-12-10 18:30"',
    "Подія з крапками": "event-date: 10.12.2021 18:30",
    "Подія зі зсувом": "event-date: 2021-12-10T18:30:00+02:00",
    "Подія словами": "event-date: 10 грудня 2021 року, 18:30",
    "Подія з днем тижня": "event-date: п’ятниця, 10 грудня 2021 р.",
    "Подія українською": "Дата події: 10.12.2021",
    "Новина з порожньою датою": "event-date:",
    "Новина з порожніми лапками": 'event-date: ""',
    "Новина без дати": "category: Події",
}
FILES = {
    f"content/news/2021/2021-12-0{1 + number % 9}-zapys-{number}.md": f"---\ntitle: {title}\ndate: 2021-12-0{1 + number % 9}\n{line}\n---\n\nТекст.\n"
    for number, (title, line) in enumerate(HEADERS.items())
}


def titles(office, collection):
    office.open(f"collections/{collection}")
    office.page.locator("h2").filter(has_text={"news": "Новини", "events": "Події"}[collection]).wait_for()
    office.page.wait_for_timeout(300)
    return {title for title in HEADERS if office.page.get_by_role("row").filter(has_text=title).count()}


def test_events_and_news_are_told_apart_as_by_the_reader(browser, tmp_path):
    read = [read_item(path, text.encode()) for path, text in FILES.items()]
    events = {one.item.title for one in read if one.item.event_start}
    assert (events, [one.problems for one in read if one.problems]) == (
        {title for title in HEADERS if title.startswith("Подія")}, [],
    )  # fmt: skip

    with at_work(browser, tmp_path, more=FILES) as office:
        office.log_in()
        assert titles(office, "events") == events
        assert titles(office, "news") == HEADERS.keys() - events
