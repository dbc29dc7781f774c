"""The corpus is the same for every tool and every time; a change of it is one file's."""

import hashlib
import itertools
import re

import pytest

from bench.changes import Changes, unlinked_item
from bench.news_corpus import TOOLS, news, text_of, write_corpus

SIZE = 60
TEMPLATE = "<html><body></body></html>"
CHANGES = (Changes.edit, Changes.add, Changes.retitle, Changes.delete, Changes.redesign)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_corpus_is_the_same_bytes_each_time(tmp_path, tool):
    write_corpus(tool, SIZE, tmp_path / "once")
    write_corpus(tool, SIZE, tmp_path / "again")

    assert files(tmp_path / "once") == files(tmp_path / "again")


@pytest.mark.parametrize(
    ("tool", "digest"),
    [("hromada", "152cb2064245c532"), ("hugo", "ce06380b90d62858"), ("pelican", "9f9c5f3a2bac0fe9")],
)
def test_the_items_are_those_that_were_measured_before(tool, digest):
    """Other words would make other numbers: what older measurements say could not be compared."""
    assert hashlib.sha256(text_of(tool, news(315, 631), 631).encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize("number", [0, 1, 59])
def test_each_tool_gets_the_same_words(number):
    one = news(number, SIZE)
    bodies = {re.sub(r"\]\([^)]*\)", "]", text_of(tool, one, SIZE).partition("\n\n")[2]) for tool in TOOLS}

    assert len(bodies) == 1
    assert all(one.title in text_of(tool, one, SIZE) for tool in TOOLS)


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_gets_the_same_items(tmp_path, tool):
    write_corpus(tool, SIZE, tmp_path)

    names = {name for name in files(tmp_path) if "/news/" in name}
    assert {name.rpartition("/")[2] for name in names} == {f"n{number:05d}.md" for number in range(SIZE)}


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_touches_one_file_and_is_another_each_round(tmp_path, tool, change):
    write_corpus(tool, SIZE, tmp_path)
    (tmp_path / "template.html").write_text(TEMPLATE, "utf-8")
    changes = Changes(tool, SIZE, tmp_path, tmp_path / "template.html")
    states = [files(tmp_path)]
    for number in (0, 1):
        change(changes, number)
        states.append(files(tmp_path))

    assert [len({name for name, _ in a.items() ^ b.items()}) for a, b in itertools.pairwise(states)] == [1, 1]


@pytest.mark.parametrize("round", [0, 1, 2])
def test_no_link_leads_to_what_is_deleted(round):
    gone = f"LINK{unlinked_item(SIZE, round):05d}LINK"

    assert not [number for number in range(SIZE) if gone in news(number, SIZE).body]
