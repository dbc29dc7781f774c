"""The archive's files: the same bytes everywhere, good names, links that lead somewhere, samples that say so."""

import datetime
import hashlib
import itertools
import posixpath
import re
import subprocess
import sys
import zlib
from collections import Counter

import pytest

from hromada.demo.recipe import SOURCE_REPORT, archive
from tests.conftest import ROOT
from tests.unit.demo.counting import header, is_counted, is_item, kyiv_day, table

DIGEST = """
import hashlib
from hromada.demo.recipe import SOURCE_REPORT, archive
whole = hashlib.sha256()
for name, data in archive(SOURCE_REPORT):
    whole.update(name.encode() + b"\\0" + data)
print(whole.hexdigest())
"""


@pytest.fixture(scope="module")
def pairs():
    return list(archive(SOURCE_REPORT))


@pytest.fixture(scope="module")
def files(pairs):
    return dict(pairs)


@pytest.fixture(scope="module")
def items(files):
    return {name: data for name, data in files.items() if is_item(name)}


def digest(pairs):
    whole = hashlib.sha256()
    for name, data in pairs:
        whole.update(name.encode() + b"\0" + data)
    return whole.hexdigest()


@pytest.mark.parametrize("hash_seed", ["0", "1", "2021"])
def test_another_process_makes_the_same_bytes(pairs, hash_seed):
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT / "plugins")}
    made = subprocess.run([sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True)

    assert made.stdout.strip() == digest(archive(SOURCE_REPORT)) == digest(pairs)


def test_another_seed_makes_another_archive(pairs):
    assert digest(archive(SOURCE_REPORT, 1)) != digest(pairs)


def test_paths_are_unique_even_without_case(pairs):
    assert len({name.casefold() for name, _ in pairs}) == len(pairs)


def test_names_of_items_are_official_slugs(items):
    stems = [re.fullmatch(r".*/(?:\d{4}-\d\d-\d\d-)?(.+?)(?:\.en)?\.md", name)[1] for name in items]

    assert not [stem for stem in stems if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)]
    assert any("proiektiv" in stem for stem in stems)


def test_the_name_s_day_is_the_kyiv_day_of_the_header(items):
    dated = {name: header(data)["date"] for name, data in items.items() if "date" in header(data)}

    assert not [name for name, date in dated.items() if name.rsplit("/", 1)[1][:10] != kyiv_day(date)]


def test_items_come_in_chronological_order(items):
    names = [
        name for name, data in items.items() if "poza" not in name and name.endswith(".md") and "date" in header(data)
    ]
    days = [name[10:20] for name in names if name.startswith("news/2021/") and re.search(r"-\d+\.md$", name)]

    assert days == sorted(days)
    assert len(days) == SOURCE_REPORT.news


def test_every_link_between_items_leads_to_a_published_one(files, items):
    targets = [(name, posixpath.normpath(posixpath.join(posixpath.dirname(name), link))) for name, data in items.items()
               for link in re.findall(r"\]\(([^)]+)\)", data.decode())]  # fmt: skip
    kinds = {link.count("/") for data in items.values() for link in re.findall(r"\]\(([^)]+)\)", data.decode())}

    assert not [(name, target) for name, target in targets if not is_counted(target, files[target])]
    assert kinds == {0, 2, 4}  # beside, from another year, from a unit


def test_every_picture_is_there_whole_and_described(files, items):
    fields = [(name, header(data)) for name, data in items.items()]
    used = [(posixpath.dirname(name), one.get("image") or one.get("зображення"), one) for name, one in fields]
    used = [(folder, image, one) for folder, image, one in used if image]
    images = {f"{folder}/{image}" for folder, image, _ in used}
    entries = [
        (name, line) for name, data in items.items() for line in re.findall(r"^ +- (.+\.png.*)$", data.decode(), re.M)
    ]
    images |= {
        f"{posixpath.dirname(name)}/{line.strip(' ').partition(' |')[0].strip(chr(34))}" for name, line in entries
    }

    assert len(entries) == 6
    assert all(len(line.split(" | ")) > 1 for _, line in entries)
    assert images == {name for name in files if name.endswith(".png")}
    assert not [one for _, _, one in used if not (one.get("image-alt") or one.get("опис зображення"))]
    assert not [name for name in images if len(files[name]) > 100_000 or not is_whole(files[name])]


def is_whole(png):
    """Its chunks carry their sums, its rows unpack to the announced size."""
    place, data = 8, b""
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        chunk = png[place + 4 : place + 8 + length]
        assert int.from_bytes(png[place + 8 + length : place + 12 + length], "big") == zlib.crc32(chunk)
        data += chunk[4:] if chunk.startswith(b"IDAT") else b""
        place += length + 12
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    return len(zlib.decompress(data)) == height * (1 + width // 4)


def test_everything_says_that_it_is_a_sample(files):
    texts = {name: data.decode() for name, data in files.items() if name.endswith(".md")}
    silent = [name for name, text in texts.items() if not re.search("зразок|зразк|sample", text[:700], re.IGNORECASE)]
    tables = [
        row for name, data in files.items() if name.endswith(".csv") and "requests" not in name for row in table(data)
    ]

    assert not silent
    assert not [row for row in tables if not row["Назва"].startswith("Зразок")]


def test_both_languages_every_style_of_keys_and_every_form_of_a_date_occur(items):
    texts = [data.decode() for data in items.values()]
    starts = {re.match(r"---\r?\n\w+|\w+", text)[0].replace("\r", "") for text in texts}
    shapes = {re.sub(r"\d", "9", header(data)["date"]) for data in items.values() if "date" in header(data)}

    assert {"---\ntitle", "---\nНазва", "---\nTitle", "---\nЗаголовок"} <= starts
    assert shapes >= {
        "9999-99-99", "9999-99-99 99:99", "9999-99-99 99:99:99", "99.99.9999", "99.99.9999 99:99",
        "9999-99-99T99:99:99+99:99", "9999-99-99T99:99:99Z",
    }  # fmt: skip
    assert any("\r\n" in text for text in texts)


def test_registers_are_saved_as_offices_save_them(files):
    social = {name: data for name, data in files.items() if name.startswith("registers/social/")}
    encodings = Counter("bom" if data.startswith(b"\xef\xbb\xbf") else "utf-8" if is_utf8(data) else "cp1251"
                        for data in social.values())  # fmt: skip
    rows = [row for data in social.values() for row in table(data)]
    keys = [row["Посилання"] or row["Ідентифікатор"] for row in rows]

    assert encodings == {"bom": 1, "utf-8": 1, "cp1251": 1}
    assert {row["Вид"] for row in rows} >= {"репост", "сторіз", ""}
    assert all(keys)
    assert len(set(keys)) == len(keys)


def is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_no_figure_is_typed_in_a_report(files):
    numbers = (
        *(getattr(SOURCE_REPORT, name) for name in SOURCE_REPORT.__slots__),
        SOURCE_REPORT.social_main + SOURCE_REPORT.social_other,
    )
    texts = [data.decode() for name, data in files.items() if name.startswith("reports/")]
    typed = "|".join(str(number) for number in numbers)

    assert not [text for text in texts if re.search(rf"(?<!\d)({typed})(?!\d)", text)]


def test_the_big_archive_is_a_stream():
    first = list(itertools.islice(archive(SOURCE_REPORT.times(100_000)), 300))

    assert len(first) == 300


def test_weekends_are_quieter_and_months_differ(items):
    days = [datetime.date.fromisoformat(name[10:20]) for name in items if re.match(r"news/2021/\d{4}.*-\d+\.md$", name)]
    inside = [day for day in days if day.month > 6]
    weekdays, months = Counter(day.weekday() for day in inside), Counter(day.month for day in inside)

    assert max(weekdays[5], weekdays[6]) < min(weekdays[day] for day in range(5)) / 1.5
    assert max(months.values()) > min(months.values()) * 1.2
