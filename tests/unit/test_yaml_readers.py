"""Every header that we ship, write or show is found alike by three readers, and `make fix` brings every other into that form."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hromada.autofix.fixes import apply_fixes, with_canonical_header
from hromada.autofix.markdown_file import Page
from hromada.commands.fix import fixed
from hromada.conversion.site.converted_file import header
from hromada.demo.recipe import Volumes, archive
from hromada.domain.front_matter import find_header
from hromada.domain.header_fields import BY_KEY, KEYS
from hromada.domain.period import parse_period
from hromada.reading.header import parse_document
from hromada.reading.items import read_item
from hromada.report.text.draft import start_report
from hromada.scaffolding.new_file import DraftKind, draft_text
from tests.conftest import ROOT
from tests.properties import examples
from tests.unit.domain.test_front_matter import LISTS, VALUES
from tests.yaml_readers import assert_all_readers_agree, base

ALL_KEYS = tuple(BY_KEY)
SHIPPED = sorted((ROOT / "content").rglob("*.md"))
GOLDEN = sorted((ROOT / "tests/sites/golden/content").rglob("*.md"))
BROKEN = sorted((ROOT / "tests/sites/broken").rglob("*.md"))
HANDBOOK = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "docs/редакторам").glob("*.md")))
SAMPLES = re.findall(r"^`(content/[^`]+\.md)`:\n```[a-z]*\n(.*?\n)```$", HANDBOOK, re.MULTILINE | re.DOTALL)


def name(path):
    return path.relative_to(ROOT).as_posix()


def all_fixed(text):
    return apply_fixes(text, KEYS).text


def canonical(text):
    return str(with_canonical_header(Page.of(text), KEYS))


def values(text):
    """What the reader takes from a header: texts, and lists in whatever form."""
    document = parse_document("x.md", text, ALL_KEYS)
    errors = [problem.code for problem in document.problems if problem.level == "error"]
    lists = {key: document.list(key) for key in ("tags", "gallery") if key in document.fields}
    return {key: one.text for key, one in document.fields.items()} | lists, errors, document.body.strip()


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_a_shipped_header_is_found_alike_by_all_readers(path):
    text = path.read_text("utf-8")

    assert_all_readers_agree(text)
    assert fixed(f"content/{path.relative_to(ROOT / 'content').as_posix()}", text.encode()) is None


@pytest.mark.parametrize(("path", "text"), SAMPLES)
def test_a_sample_of_the_handbook_is_found_alike_by_all_readers(path, text):
    assert_all_readers_agree(text)
    assert [problem for problem in read_item(path, text.encode()).problems if problem.code.startswith("header")] == []
    assert canonical(text) == text


def test_the_handbook_has_samples():
    assert len(SAMPLES) > 4


def test_every_header_of_the_sample_archive_is_found_alike_by_all_readers():
    files = dict(archive(Volumes(120, 20, 60, 20, 10, 10)))
    texts = {path: data.decode().replace("\r\n", "\n") for path, data in files.items() if path.endswith(".md")}

    assert len(texts) > 200
    for path, text in texts.items():
        assert_all_readers_agree(text)
        assert canonical(text) == text, path


@pytest.mark.parametrize("kind", [kind for kind in DraftKind if kind is not DraftKind.REPORT])
@given(st.text(min_size=1, max_size=60).map(str.split).map(" ".join), st.lists(VALUES, max_size=3))
@examples(0.6)
def test_a_new_file_is_found_alike_by_all_readers(kind, title, categories):
    text = draft_text(kind, title, date(2026, 11, 29), categories)

    assert_all_readers_agree(text)
    assert canonical(text) == text


@given(VALUES, LISTS, LISTS)
def test_an_imported_item_is_found_alike_by_all_readers(title, tags, gallery):
    text = header([("title", title), ("date", "2021-07-05 14:30"), ("tags", tags), ("gallery", gallery)])

    assert_all_readers_agree(text)
    assert canonical(text) == text


@pytest.mark.parametrize(
    "path", [None, *(path for path in (*SHIPPED, *GOLDEN) if path.parent.name == "reports")], ids=str
)
def test_a_new_report_is_found_alike_by_all_readers(path):
    previous = (parse_period("2021-H2"), path.read_text("utf-8")) if path else None
    text = start_report(parse_period("2022-H1"), previous)

    assert_all_readers_agree(text)
    assert canonical(text) == text


@pytest.mark.parametrize("path", [*GOLDEN, *BROKEN], ids=name)
def test_a_header_of_the_tests_keeps_its_values_in_the_form_for_all_readers(path):
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return
    better = canonical(text)

    assert (values(better), canonical(better)) == (values(text), better)
    if path in GOLDEN:
        assert_all_readers_agree(better)


FIELDS = st.sampled_from(
    ["title: Рада: звіт", "Назва: \"Зевс\" переміг \"Динамо\"", "title: 'п''ять'", "title: [не перелік]", "title: >-\n  Згорнута:\n  назва", "title: |\n  Рядок\n   другий", "title: Довга\n  назва: так",
     "date: 2021-07-05", "Дата: 05.07.2021 14:30", "date: \"2021-07-05\"", "event-date: ", "summary:", "summary: ''", "summary: а # б", "Анотація:\tтабуляція", "summary: \"\\u0420\\n\"", "summary: \"C:\\дані\"",
     "slug: 0123", "slug: yes", "tags: бюджет, спорт", "tags: [\"хліб, сіль\", п'ять]", "tags:\n- а\n-\n- б: в", "tags: \"а\"; \"б\"", "Теги: ,", "tags: 2021", "gallery:\n  - a.jpg | Опис: так\n  - b.jpg",
     "gallery: a.jpg | А; b.jpg | Б", "gallery:\n  - >-\n    a.jpg |\n    опис", "status: Чернетка", "confirmed: no", "hours: |-\n  пн–чт\n  пт: 8", "window-news: 2020-07-01..2021-12-31", "# коментар", "#\tтаб",
     "image: @a.jpg", "author: *Автор*", "source: !!x", "expires: ~", "lang: NO", "titel: x", "category:\n- Події", "просто рядок", "  відступ", "", " ", "\t", "zzz: а: б"]
) | st.builds("summary: {}".format, VALUES.map(lambda value: value.replace("\n", "\n  ")))  # fmt: skip
PAGES = st.builds(
    lambda start, fields, end, body: f"{start}{chr(10).join(fields)}\n{end}\n{body}",
    st.sampled_from(["---\n", "\n\n---\n", "--- \n"]), st.lists(FIELDS, max_size=8), st.sampled_from(["---", "..."]), st.sampled_from(["", "\nТекст\n", "Текст", "\nДата: вчора\n", "\nstatus: draft\n"]),
) | st.builds(
    lambda start, fields, body: f"{start}{chr(10).join(fields)}{body}",
    st.sampled_from(["", "\n", " \n"]), st.lists(FIELDS, max_size=8), st.sampled_from(["", "\n", "\n\nТекст\n", "\n \n\nТекст", "\n\nАдреса: вул. Садова, 1\n", "\n\nКатегорія: а", "\n\nРубрика: Події\n"]),
)  # fmt: skip


@examples(5)
@given(PAGES)
@example("title: Назва\n\nРубрика: Події\n")
@example("title: Назва\n\n\n\nАдреса: вул. Садова, 1\n")
@example("---\ntitle: а\n\t# б\nsummary:\n---\n")
def test_any_header_keeps_its_values_and_is_found_alike_by_all_readers(text):
    found, errors, body = values(text)
    better = canonical(text)

    assert (values(better), canonical(better)) == ((found, errors, body), better)
    if not errors and "title" in found and find_header(text.split("\n")).is_closed:
        assert_all_readers_agree(better)


@examples(2)
@given(PAGES)
def test_all_fixes_together_leave_a_header_that_is_found_alike_and_nothing_to_do(text):
    better = all_fixed(text)
    found, errors, _ = values(better)

    assert all_fixed(better) == better
    if not errors and "title" in found and find_header(better.split("\n")).is_closed:
        assert_all_readers_agree(better)


@examples(3)
@given(PAGES)
def test_what_is_not_warned_of_is_found_alike_even_as_it_is(text):
    document = parse_document("x.md", text, ALL_KEYS)
    lines = text.split("\n")
    bounds = find_header(lines)
    if document.problems or not bounds.is_fenced or re.search(r"^\s*\t\s*$|^[ ]*(?! )\s+#", text, re.MULTILINE):
        return
    header = "\n".join(lines[bounds.start : bounds.end])
    for key, value in base(f"---\n{header}\n---\n").items():
        if isinstance(value, str):
            assert value.strip() == document.text(key).strip()
        else:
            assert [item.strip() for item in value if item] == [item.strip() for item in document.list(key)]


def test_a_list_where_one_value_stands_is_refused():
    found = read_item(
        "content/news/x.md", "---\ntitle: Назва\ndate: 2021-07-05\ncategory:\n- Події\n---\n\nТекст\n".encode()
    )

    assert [(one.line, one.code, one.level) for one in found.problems] == [(4, "header-list", "error")]
