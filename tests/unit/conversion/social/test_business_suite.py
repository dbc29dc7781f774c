"""CSV of Meta Business Suite and of Page Insights, each held against the source as the test itself reads it."""

import csv
import io
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.social.publication import ImportRefused, SourceFile
from hromada.conversion.social.recognition import read_export
from tests.unit.conversion.social.samples import (
    INSTAGRAM_HEAD,
    KYIV,
    MOMENTS,
    PACIFIC,
    SUITE_HEAD,
    SUITE_HEAD_UK,
    csv_bytes,
    instagram_csv,
    kinds_read,
    months_read,
    reading_of,
    suite_rows,
)

ASSUMED = (
    "file: часового поясу файл не каже, час прочитано як тихоокеанський, у якому його пише Meta."
    " Якщо він інший, повторіть із ZONE=…, наприклад ZONE=Europe/Kyiv"
)
ROW = dict(zip(SUITE_HEAD, suite_rows()[1], strict=True))


def source_months(raw, encoding="utf-8-sig"):
    """Posts by Kyiv month, from the file's own words: Pacific time, the month first."""
    rows = csv.DictReader(io.StringIO(raw.decode(encoding)))
    moments = (datetime.strptime(row["Publish time"], "%m/%d/%Y %H:%M").replace(tzinfo=PACIFIC) for row in rows)
    return Counter(f"{one.astimezone(KYIV):%Y-%m}" for one in moments)


def one_row(**changes):
    return reading_of(csv_bytes(SUITE_HEAD, [[(ROW | changes)[name] for name in SUITE_HEAD]]))


def test_a_file_gives_every_post_in_its_kyiv_month():
    raw = csv_bytes(SUITE_HEAD, suite_rows())
    reading = reading_of(raw)

    assert months_read(reading.publications) == source_months(raw)
    assert (len(reading.publications), reading.failed, reading.skipped.total()) == (120, [], 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("head", [SUITE_HEAD, SUITE_HEAD_UK], ids=["english", "ukrainian"])
def test_encodings_separators_and_languages_of_the_header_give_the_same(head, mark, encoding):
    assert (
        reading_of(csv_bytes(head, suite_rows(), encoding, mark)).publications
        == reading_of(csv_bytes(SUITE_HEAD, suite_rows())).publications
    )


def test_kinds_follow_from_the_type_and_a_share_is_a_repost_whatever_its_type():
    rows = suite_rows()
    shared = sum(row[10] for row in rows)
    source = Counter(row[11] for row in rows if not row[10])
    kinds = kinds_read(reading_of(csv_bytes(SUITE_HEAD, rows)).publications)

    assert (kinds["репост"], kinds["фото"], kinds["рілс"]) == (shared, source["Photos"], source["Reels"])
    assert (kinds["сторіз"], kinds["ефір"], kinds["відео"]) == (source["Story"], source["Live video"], source["Videos"])
    assert kinds["допис"] == source["Text"] + source["Links"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("IG carousel", "фото"), ("IG reel", "рілс"), ("IG story", "сторіз"), ("Status", "допис"), ("SharedVideo", "репост"),
        ("Світлини", "фото"), ("Відео Reels в Instagram", "рілс"), ("Історія", "сторіз"), ("Прямий ефір", "ефір"), ("Посилання", "допис"),
    ],
)  # fmt: skip
def test_types_are_known_in_both_languages(word, kind):
    reading = one_row(**{"Post type": word, "Publish time": "12/31/2021 10:00"})

    assert (reading.publications[0].kind.value, reading.notes) == (kind, [ASSUMED])


def test_an_unknown_type_is_a_post_and_is_told():
    reading = one_row(**{"Post type": "Hologram"})

    assert reading.publications[0].kind.value == "допис"
    assert "file: тип «Hologram» невідомий, записано як допис: 1" in reading.notes


def test_an_instagram_file_has_the_username_and_its_own_network():
    reading = reading_of(instagram_csv())

    assert {one.network for one in reading.publications} == {"instagram"}
    assert {one.pages for one in reading.publications} == {("Вигадів", "vyhadiv.rada")}
    assert months_read(reading.publications) == source_months(instagram_csv())


def test_several_pages_of_one_file_stay_apart():
    rows = [*suite_rows(), *suite_rows(page="Вигадівський клуб", start=5000)]
    pages = Counter(one.pages[0] for one in reading_of(csv_bytes(SUITE_HEAD, rows)).publications)

    assert pages == {"Вигадівська міська рада": 120, "Вигадівський клуб": 120}


def test_page_insights_with_a_row_of_explanations_below_the_header():
    head = (
        "Post ID",
        "Permalink",
        "Post Message",
        "Type",
        "Countries",
        "Languages",
        "Posted",
        "Lifetime Post Total Reach",
    )
    rows = [
        (
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Lifetime: The total number of people your Page post was served to. (Unique Users)",
        ),
        ("77_501", "https://www.facebook.com/77/posts/501", "Толока", "Photo", "", "", "7/5/21 2:30 PM", "9"),
        (
            "77_502",
            "https://www.facebook.com/77/posts/502",
            "Свято",
            "SharedVideo",
            "",
            "",
            "12/31/2021 02:00:00 PM",
            "9",
        ),
    ]
    reading = reading_of(csv_bytes(head, rows))

    assert [f"{one.when:%Y-%m-%d %H:%M}" for one in reading.publications] == ["2021-07-06 00:30", "2022-01-01 00:00"]
    assert reading.skipped == {"рядки пояснень під назвами стовпців": 1}


@pytest.mark.parametrize(
    ("head", "cell", "kyiv"),
    [
        ("Publish time", "07/05/2021 13:59", "2021-07-05 23:59"),
        ("Publish time", "07/05/2021 14:00", "2021-07-06 00:00"),
        ("Publish time", "12/05/2021 14:00", "2021-12-06 00:00"),
        ("Publish time", "11/03/2021 14:00", "2021-11-03 23:00"),  # Kyiv has changed its clocks, California not yet
        ("Publish time", "2021-07-05T14:00:00+0000", "2021-07-05 17:00"),
        ("Publish time", "2021-07-05 14:00:00Z", "2021-07-05 17:00"),
        ("Publish time", "05.07.2021 14:00", "2021-07-06 00:00"),
        ("Publish time (UTC)", "07/05/2021 14:00", "2021-07-05 17:00"),
        ("Publish time (Київ)", "07/05/2021 14:00", "2021-07-05 14:00"),
        ("Publish time (GMT+02:00)", "07/05/2021 14:00", "2021-07-05 15:00"),
        ("Publish time (Pacific Time (PT))", "07/05/2021 14:00", "2021-07-06 00:00"),
    ],
)
def test_times_are_pacific_unless_the_file_says_otherwise(head, cell, kyiv):
    names = [head if name == "Publish time" else name for name in SUITE_HEAD]
    row = [cell if name == "Publish time" else ROW[name] for name in SUITE_HEAD]

    assert f"{reading_of(csv_bytes(names, [row])).publications[0].when:%Y-%m-%d %H:%M}" == kyiv


def test_a_file_that_writes_the_day_first_is_told_by_its_other_days():
    rows = [
        [value if name != "Publish time" else day for name, value in ROW.items()]
        for day in ("25/07/2021 10:00", "05/07/2021 10:00")
    ]
    reading = reading_of(csv_bytes(SUITE_HEAD, rows))

    assert [one.when.month for one in reading.publications] == [7, 7]
    assert reading.notes == [ASSUMED]


def test_days_of_both_orders_refuse_the_file():
    rows = [
        [value if name != "Publish time" else day for name, value in ROW.items()]
        for day in ("25/07/2021 10:00", "07/25/2021 10:00")
    ]

    with pytest.raises(ImportRefused, match="file:1: у файлі дати записано по-різному"):
        reading_of(csv_bytes(SUITE_HEAD, rows))


@pytest.mark.parametrize(
    ("time", "message"),
    [
        ("", "file:2: немає часу публікації [import-record]"),
        ("завтра", "file:2: дата «завтра» незрозуміла [import-record]"),
        ("02/30/2021 10:00", "file:2: дати «02/30/2021 10:00» не існує [import-record]"),
        ("07/05/2021 10:00 XYZ", "file:2: часовий пояс у даті «07/05/2021 10:00 XYZ» невідомий [import-record]"),
        ("07/05/1921 10:00", "file:2: дата «07/05/1921 10:00» неможлива для допису в мережі [import-record]"),
    ],
)
def test_a_row_without_a_moment_is_told_and_the_others_are_read(time, message):
    reading = one_row(**{"Publish time": time})

    assert ([str(one) for one in reading.failed], reading.publications) == ([message], [])


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Scheduled", "заплановані"),
        ("Draft", "чернетки"),
        ("Видалено", "видалені"),
        ("Unpublished", "зняті з публікації"),
    ],
)
def test_what_is_not_published_goes_aside(status, reason):
    reading = reading_of(csv_bytes((*SUITE_HEAD, "Status"), [(*ROW.values(), status)]))

    assert (reading.skipped, reading.publications) == ({reason: 1}, [])


def test_ids_that_excel_rounded_are_not_trusted():
    reading = one_row(**{"Post ID": "1.22158E+17"})

    assert reading.publications[0].id == ""
    assert any("заокруглив Excel" in note for note in reading.notes)


def suite_with(times, name="file", zone=None, **changes):
    rows = [
        [
            (
                ROW
                | {
                    "Post ID": str(number),
                    "Permalink": f"https://www.facebook.com/77/posts/{number}",
                    "Publish time": time,
                }
                | changes
            )[one]
            for one in SUITE_HEAD
        ]
        for number, time in enumerate(times, 50_000)
    ]
    return read_export([SourceFile(name, csv_bytes(SUITE_HEAD, rows))], name, alone=True, zone=zone)


# What Excel with Ukrainian settings makes of dates whose month comes first: the days up to the twelfth change places.
SWAPPED = [f"12/{day:02}/2021 10:00" for day in range(13, 32)] + [f"{day:02}.12.2021 10:00" for day in range(1, 13)]


@pytest.mark.parametrize(
    ("times", "name", "message"),
    [
        (SWAPPED, "file", "частину дат змінила програма таблиць: у файлі є і «12/31/2021 10:00», і «12.12.2021 10:00»"),
        (["12/31/2021 10:00", "2021-07-05 10:00"], "file", "частину дат змінила програма таблиць"),
        (["31/12/2021 10:00", "05.07.2021 10:00"], "file", "частину дат змінила програма таблиць"),
        (["12/31/2021 10:00", "07-05-2021 10:00"], "file", "частину дат змінила програма таблиць"),
        (["12/31/2021 10:00", "07.05.21 10:00"], "file", "частину дат змінила програма таблиць"),
        (["12/31/2021 10:00", "44322.5"], "file", "частину дат змінила програма таблиць"),
        (["31.12.2021 10:00", "2021-07-05 10:00"], "file", "частину дат змінила програма таблиць"),
        (["07.05.2021 10:00", "12.31.2021 10:00"], "file", "у датах із крапками місяць стоїть перед днем"),
        ([f"07.{day:02}.2021 10:00" for day in range(1, 10)], "file", "день і місяць у датах, схоже, поміняла місцями"),
        ([f"{day:02}/07/2021 10:00" for day in range(1, 10)], "file", "день і місяць у датах, схоже, поміняла місцями"),
        (["07.05.2021 10:00"], "Jul-01-2021_Jul-31-2021_7.csv", "день і місяць у датах, схоже, поміняла місцями"),
        (["07.05.2021 10:00"], "zvit 2021-07-01 2021-07-31.csv", "день і місяць у датах, схоже, поміняла місцями"),
    ],
)  # fmt: skip
def test_days_that_a_spreadsheet_has_swapped_refuse_the_file_by_the_evidence_of_all_rows(times, name, message):
    with pytest.raises(ImportRefused, match=re.escape(message)):
        suite_with(times, name)


@pytest.mark.parametrize(
    ("times", "name", "month"),
    [
        (["05.07.2021 10:00", "31.07.2021 10:00"], "file", 7),
        ([f"{day:02}.07.2021 10:00" for day in range(1, 10)], "file", 7),
        ([f"07/{day:02}/2021 10:00" for day in range(1, 10)], "file", 7),
        (["05.07.2021 10:00"], "Jul-01-2021_Jul-31-2021_7.csv", 7),
        (["7/5/21 2:30 AM", "07/31/2021 02:00:00 AM"], "file", 7),
    ],
)
def test_days_of_one_order_are_read_by_it(times, name, month):
    assert {one.when.month for one in suite_with(times, name).publications} == {month}


@pytest.mark.parametrize(("zone", "hour"), [(KYIV, 14), (UTC, 17), (PACIFIC, 0)])
def test_zone_says_what_the_file_does_not(zone, hour):
    reading = suite_with(["07/31/2021 14:00"], zone=zone)

    assert ([one.when.hour for one in reading.publications], reading.notes) == ([hour], [])


def test_a_file_s_name_may_say_the_zone_and_that_is_told():
    reading = suite_with(["07/31/2021 14:00"], "дописи_UTC.csv")

    assert (reading.publications[0].when.hour, reading.notes) == (
        17,
        ["дописи_UTC.csv: часовий пояс узято з назви файлу: UTC"],
    )


def test_a_header_s_zone_and_another_one_of_the_call_are_refused():
    head = [name.replace("Publish time", "Publish time (PT)") for name in SUITE_HEAD]

    with pytest.raises(ImportRefused, match="назва стовпця каже один часовий пояс, а ZONE – інший"):
        read_export([SourceFile("file", csv_bytes(head, suite_rows()))], "file", alone=True, zone=KYIV)


@pytest.mark.parametrize(
    "error", ["#ИМЯ?", "#NAME?", "#N/A", "#REF!", "#ІМ’Я?", "#ІМ'Я?", "#Н/Д", "#ССЫЛКА!", "#VALUE!", "Err:508"]
)
@pytest.mark.parametrize("column", ["Description", "Post ID", "Permalink", "Publish time", "Page name", "Post type"])
def test_a_cell_that_holds_a_spreadsheet_s_error_is_named_and_its_row_left_out(column, error):
    reading = one_row(**{column: error})

    assert [str(one) for one in reading.failed] == [
        f"file:2: у клітинці «{column}» помилка {error}, завантажте файл ще раз, не змінюючи його в Excel [import-record]"
    ]
    assert reading.publications == []


@pytest.mark.parametrize(
    "link", ["https://t.me/rada/5", "https://youtu.be/abc", "https://www.tiktok.com/@rada/video/7"]
)
def test_a_row_that_leads_to_a_network_that_is_not_meta_s_is_named_and_left_out(link):
    reading = one_row(Permalink=link)

    assert ["а файл – вивантаження Meta" in one.message for one in reading.failed] == [True]
    assert reading.publications == []


WHOLE = csv_bytes(SUITE_HEAD, suite_rows())


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (WHOLE[: WHOLE.rindex(b"Lifetime")], r"file:\d+: файл CSV обірвано на останньому рядку, завантажте його з мережі ще раз \[import-broken\]"),
        (WHOLE[: WHOLE.rindex("Деталі".encode())], r"file:\d+: файл CSV обірвано або пошкоджено: лапки не закрито, .* \[import-broken\]"),
        (csv_bytes(("Publish time (завтра)", "Post ID"), [("07/05/2021 10:00", 1)]), r"file:1: часовий пояс «завтра» у назві стовпця невідомий"),
        (csv_bytes(INSTAGRAM_HEAD[2:6], [(1, 2, 3, 4)]), r"file:1: файл не впізнано, потрібен CSV із Meta Business Suite"),
    ],
    ids=["last row", "quote", "zone", "columns"],
)  # fmt: skip
def test_a_broken_file_is_refused_whole(raw, message):
    with pytest.raises(ImportRefused, match=message):
        reading_of(raw)


@given(st.data(), st.sampled_from(["utf-8-sig", "utf-8", "utf-16", "utf-16-le"]))
def test_a_file_cut_anywhere_is_refused_or_loses_whole_rows_alone(data, encoding):
    whole = csv_bytes(SUITE_HEAD, suite_rows(MOMENTS[:4]), encoding)
    rows = [(one.id, one.text, one.when) for one in reading_of(whole).publications]
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        read = [(one.id, one.text, one.when) for one in reading_of(cut).publications]
    except ImportRefused:
        return
    assert read == rows[: len(read)]


def test_a_row_of_other_length_midway_is_told():
    rows = suite_rows()
    reading = reading_of(csv_bytes(SUITE_HEAD, [rows[0], rows[1][:9], rows[2]]))

    assert [str(one) for one in reading.failed] == [
        "file:5: клітинок у рядку 9, а стовпців 18, завантажте файл ще раз [import-record]"
    ]
    assert len(reading.publications) == 2
