import gc
import pickle
import string
from datetime import UTC, date, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.domain.item import Kind, PictureRef, ReportDetails
from hromada.domain.period import parse_period
from hromada.domain.problem import Problem, warning
from hromada.listing.cards import Category, card_of
from hromada.shell.blobs import digest_of, pickled, unpickled
from hromada.shell.ledger import Whole
from hromada.shell.linking import Linked
from hromada.shell.memory import Approved, Known, Parsed
from hromada.shell.outlines import Outline, Reference, Text
from hromada.shell.page_views import Html
from hromada.shell.pictures import Facts
from tests.unit import making

STAMP = (5, 6, 7, 8)
MESSAGE = making.item(
    "2021-07-05T10:00", section="units/rada", tags=("а", "б"), image=PictureRef("a.jpg", "опис", 3),
    named_day=date(2021, 7, 5), lines={"title": 1}, body="Текст",
)  # fmt: skip
UNIT = making.unit("rada", "Рада", opened=date(2020, 1, 1))
REPORT = making.item(
    None,
    kind=Kind.REPORT,
    report=ReportDetails("2021-h2", parse_period("2021-H2"), windows={"x": parse_period("2021")}),
)
CARD = card_of(making.item(category="Новини"), "", "Короткий зміст", None)
OUTLINE = Outline((Reference("a", "b.md", 4), Reference("img", "c.jpg", 5, "опис")), ("anchor",), (), "Зміст")
PROBLEM = warning("content/a.md", 1, "code", "слова")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def naming(module, name):
    """A pickle of what is found under the name in the module."""
    words = (b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    return b"\x80\x04" + b"".join(words) + b"\x93."


@pytest.mark.parametrize(
    "value",
    [
        MESSAGE,
        UNIT,
        REPORT,
        CARD,
        Text("<p>Текст</p>", OUTLINE),
        PROBLEM,
        making.row(),
        Category("Назва", "/news/category/nazva/", 2),
        Known(
            STAMP,
            "digest",
            Parsed(MESSAGE, (PROBLEM,), True, "facts"),
            Linked((("b.md", "page"),)),
            ("/a/", ""),
            "k",
            "c",
        ),
        Known(None, "", Approved("2021-H2", ("a", "b"))),
        Known(STAMP, "", Facts("digest", 4, 3, 8)),
        {"content/a.md": Known(STAMP, "digest", Approved(problem=PROBLEM))},
        Whole("inputs", "2021-01-01T00:00:00", "2022-01-01T00:00:00"),
        frozenset({"a", "b"}),
        {"a", "b"},
        datetime(2021, 7, 5, tzinfo=UTC),
    ],
    ids=lambda value: type(value).__name__,
)
def test_our_values_come_back(value):
    again = unpickled(pickled(value))

    assert again == value
    assert type(again) is type(value)


@given(PLAIN)
def test_plain_values_come_back(value):
    assert unpickled(pickled(value)) == value


@pytest.mark.parametrize(
    ("module", "name", "found"), [("hromada.domain.item", "Kind", Kind), ("datetime", "date", date)]
)
def test_our_classes_and_dates_are_made(module, name, found):
    assert unpickled(naming(module, name)) is found


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("posix", "system"),
        ("builtins", "eval"),
        ("builtins", "exec"),
        ("builtins", "getattr"),
        ("builtins", "__import__"),
        ("builtins", "type"),
        ("functools", "partial"),
        ("subprocess", "Popen"),
        ("pathlib", "Path"),
        ("copyreg", "_reconstructor"),
        ("datetime", "sys"),
        ("datetime", "sys.exit"),
        ("datetime", "date.__class__"),
        ("datetime", "datetime.now"),
        ("hromada.shell.store", "os"),
        ("hromada.shell.store", "os.system"),
        ("hromada.shell.store", "Store.close"),
        ("hromada.shell.store", "Path"),
        ("hromada.shell.store", "contextlib"),
        ("hromada.shell.whole_files", "write_whole"),
        ("hromada.domain.item", "Kind.NEWS"),
        ("hromada.domain.item", "date"),
        ("hromada.domain.item", "NEWS"),
        ("hromada.domain.item", "NoSuchName"),
        ("hromada.no_such_module", "Item"),
        ("hromada", "shell"),
        ("hromadas.domain.item", "Item"),
        (".hromada.domain.item", "Item"),
        ("", ""),
    ],
)
def test_nothing_else_is_made(module, name):
    assert unpickled(naming(module, name)) is None


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_blob_that_would_run_a_command_runs_nothing(tmp_path, protocol):
    class Command:
        def __reduce__(self):
            import os

            return os.system, (f"touch {tmp_path}/was-run",)

    assert unpickled(pickle.dumps([MESSAGE, Command()], protocol)) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [UNIT, {"a": 1}, "text"])
def test_a_truncated_blob_is_nothing(value):
    blob = pickled(value)

    assert [unpickled(blob[:length]) for length in range(len(blob))] == [None] * len(blob)


@given(st.text(string.ascii_uppercase + string.digits, max_size=30))
def test_garbage_is_nothing(words):
    assert unpickled(b"garbage " + words.encode()) is None


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("blob", [pickled(UNIT), b"garbage"])
def test_the_collector_of_garbage_is_left_as_it_was(was, blob):
    before = gc.isenabled()
    try:
        gc.enable() if was else gc.disable()
        unpickled(blob)
        assert gc.isenabled() is was
    finally:
        gc.enable() if before else gc.disable()


@given(st.binary(), st.binary())
def test_bytes_are_known_by_their_digest(one, other):
    assert (digest_of(one) == digest_of(other)) is (one == other)
    assert len(digest_of(one)) == 32


def test_html_is_pickled_as_finished_words():
    made = []
    again = pickle.loads(pickle.dumps(Html("key", lambda: made.append(1) or "<p>слова")))

    assert (again.key, str(again), str(again), made) == ("key", "<p>слова", "<p>слова", [1])


def test_a_problem_keeps_its_order_after_a_blob():
    problems = [Problem("b.md", 1, "x", "y"), Problem("a.md", 2, "x", "y"), Problem("a.md", 1, "x", "y")]

    assert sorted(unpickled(pickled(problems))) == sorted(problems)
