import csv
import io
import json

import pytest

from hromada.domain.dates import Clock
from hromada.domain.period import parse_period
from hromada.report.count.counting import count_activity
from hromada.report.view.formats import as_object, as_text, items_csv
from tests.unit.making import item, row, site, unit

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")


def table(activity):
    text = items_csv(activity.counts, lambda path: f"/sait{path}").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_object_has_the_keys_of_the_contract():
    activity = count_activity(site([unit("a"), item(section="units/a")], [row()]), H2, CLOCK)

    found = json.loads(json.dumps(as_object(activity)))

    assert list(found) == ["period", "status", "as-of", "figures", "reconciliation", "registers"]
    assert found["period"] == {
        "id": "2021-H2",
        "from": "2021-07-01",
        "to": "2021-12-31",
        "title": "II півріччя 2021 року",
    }
    assert (found["status"], found["as-of"]) == ("open", "2021-12-31")
    news = found["figures"][0]
    assert list(news) == ["id", "title", "value", "from", "to", "parts", "months"]
    pages = next(figure for figure in found["figures"] if figure["id"] == "unit-pages")
    assert "months" not in pages
    assert pages["parts"] == [{"id": "unit", "title": "Структурні підрозділи", "value": 1}]
    assert list(found["reconciliation"]) == [
        "found",
        "counted",
        "draft",
        "hidden",
        "scheduled",
        "translation",
        "outside",
    ]
    assert list(found["registers"][0]) == ["id", "rows", "counted", "apart", "scheduled", "outside"]


def test_items_csv_opens_in_ukrainian_excel():
    raw = items_csv(count_activity(site([item()]), H2, CLOCK).counts, str)

    assert raw.startswith(b"\xef\xbb\xbffigure;date;section;title;url;source;count\r\n")
    assert b"\r\n" in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_lines_of_a_figure_sum_to_its_value():
    rows = [row(line=2), row(account="okruh", line=3), row(register="requests", count=7)]
    activity = count_activity(site([item(slug="a"), item(slug="b")], rows), H2, CLOCK)

    lines = table(activity)

    for count in activity.counts:
        assert sum(int(line["count"]) for line in lines if line["figure"] == count.id) == count.value


def test_lines_are_ordered_by_figure_date_and_source():
    items = [item("2021-08-01", slug="b"), item("2021-07-01", slug="c"), item("2021-08-01", slug="a")]

    lines = [
        (line["figure"], line["date"], line["source"])
        for line in table(count_activity(site(items, [row()]), H2, CLOCK))
    ]

    assert lines == sorted(lines)
    assert [source for figure, _, source in lines if figure == "news"] == [
        "content/news/c.md:1", "content/news/a.md:1", "content/news/b.md:1",
    ]  # fmt: skip


def test_the_sites_own_addresses_get_its_base_path():
    lines = table(count_activity(site([item()], [row(url="https://facebook.com/1")]), H2, CLOCK))

    assert {line["url"] for line in lines} == {"/sait/news/x-2021-07-05/", "https://facebook.com/1"}


@pytest.mark.parametrize("title", ["=1+1", "+380", "-x", "@x"])
def test_a_formula_is_disarmed(title):
    assert table(count_activity(site([item(title=title)]), H2, CLOCK))[0]["title"] == f"'{title}"


def test_a_title_with_separators_and_quotes_comes_back():
    assert table(count_activity(site([item(title='a;"b"\nc')]), H2, CLOCK))[0]["title"] == 'a;"b"\nc'


def test_the_terminals_table_ends_with_the_reconciliation_and_what_is_scheduled():
    place = site([item(), item("2022-03-01", slug="z")])
    text = as_text(count_activity(place, H2, CLOCK), scheduled=place.scheduled(CLOCK))

    assert "        1  Публікації у розділі «Новини»  [news]" in text
    assert "Знайдено матеріалів: 2 = враховано 1 + чернеток 0 + прихованих 0 + запланованих 1" in text
    assert text.endswith("  01.03.2022  Назва  (content/news/z.md)")
