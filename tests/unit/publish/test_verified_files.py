"""What is remembered of verified files changes nothing but the time: any history of changes is judged as if nothing were known."""

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.publish.verification import VerificationRules
from hromada.publish.verified_files import VerifiedFiles
from hromada.storage.sqlite_store import Store
from hromada.verification.site_address import SiteAddress
from tests.properties import examples
from tests.verifying import GOLDEN, output_faults

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
HEAD = f'<!doctype html>\n<html lang="uk"><head><meta charset="utf-8">{POLICY}<title>x</title></head><body>'
NAMES, ANCHORS = ("index", "a", "b", "c"), ("x", "y")
EDITOR, PHRASE, PICTURE = "redaktor@zrazkova.example", "слова про які ще ніхто не знає нічого", "abc-480.webp"
STORE = "https://store.example"

BODIES = st.lists(
    st.one_of(
        st.builds('<p id="{}">x</p>'.format, st.sampled_from(ANCHORS)),
        st.builds('<a href="/sait/{}.html#{}">x</a>'.format, st.sampled_from(NAMES), st.sampled_from(ANCHORS)),
        st.builds('<a href="/sait/{}.html">x</a>'.format, st.sampled_from(NAMES)),
        st.sampled_from([f"<p>{EDITOR}</p>", f"<p>{PHRASE}</p>", "<p>x", "x", f'<img src="{STORE}/{PICTURE}" alt="">']),
    ),
    max_size=4,
)
# What changes in a step (several pages at once, so that the targets common to most are chosen anew), whether the store
# has the picture, whether the mailbox is an editor's, and of which page the facts are lost before it.
STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(NAMES), st.none() | BODIES, min_size=1, max_size=3),
        st.booleans(), st.booleans(), st.none() | st.sampled_from(NAMES),
    ),
    min_size=2, max_size=6,
)  # fmt: skip
FIRST = {name: ['<a href="/sait/c.html">x</a>', '<p id="x">x</p>'] for name in NAMES}


@given(steps=STEPS)
@examples(1)
def test_a_history_of_changes_is_judged_as_if_nothing_were_remembered(steps):
    with tempfile.TemporaryDirectory() as place:
        site, cache = Path(place, "site"), Path(place, "cache")
        site.mkdir()
        for pages, has_picture, is_editor, lost in [(FIRST, True, False, None), *steps]:
            for name, body in pages.items():
                page = site / f"{name}.html"
                if body is None:
                    page.unlink(missing_ok=True)
                else:
                    page.write_text(f"{HEAD}{''.join(body)}</body></html>", "utf-8")
            if lost:
                lose(cache, f"{lost}.html")
            rules = {
                "editors": lambda is_editor=is_editor: {EDITOR} if is_editor else set(),
                "stored": {PICTURE} if has_picture else set(),
                "phrases": {PHRASE: "content/news/chernetka.md"},
            }

            assert output_faults(site, GOLDEN, STORE, cache, **rules) == output_faults(site, GOLDEN, STORE, **rules)


def lose(cache, name):
    """Take the facts of a file out of the cache."""
    files = VerifiedFiles(cache, "tests", "")
    files._store.put({}, [("facts", name)])
    files.close()


@pytest.mark.parametrize("is_torn", [False, True])
def test_facts_that_belong_to_other_common_targets_are_lost_facts(tmp_path, monkeypatch, is_torn):
    """Written by a summary that was replaced, as after a power cut: what they leave out would be read from the new one."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    link = '<a href="/sait/old.html">x</a>'
    for name in ("old", "a", "b", "c", "d", "e"):
        (site / f"{name}.html").write_text(f'{HEAD}<p id="x">x</p>{link}</body></html>', "utf-8")
    assert output_faults(site, GOLDEN, cache=cache) == []
    for name in ("old", "a", "b", "c"):
        (site / f"{name}.html").write_text(f'{HEAD}<p id="y">y</p></body></html>', "utf-8")
    if is_torn:
        put = Store.put
        kept = {("facts", "d.html"), ("facts", "e.html")}
        monkeypatch.setattr(
            Store,
            "put",
            lambda store, blobs, gone=(): put(store, {k: v for k, v in blobs.items() if k not in kept}, gone),
        )
    assert output_faults(site, GOLDEN, cache=cache) == []
    (site / "old.html").unlink()

    assert output_faults(site, GOLDEN, cache=cache) == [
        "d.html: посилання в нікуди: /sait/old.html; так само ще в 1\u00a0файлі"
    ]


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    for name, link in (("index", "a.html#x"), ("a", "index.html"), ("b", "a.html")):
        (folder / f"{name}.html").write_text(
            f'{HEAD}<p id="x">x</p><a href="/sait/{link}">x</a></body></html>', "utf-8"
        )
    return folder


@pytest.fixture
def asked(monkeypatch):
    """Of which files the remembered facts are read; «*» for those of all."""
    names = []
    one, every = VerifiedFiles.facts, VerifiedFiles.all_facts
    monkeypatch.setattr(VerifiedFiles, "facts", lambda files, name: names.append(name) or one(files, name))
    monkeypatch.setattr(VerifiedFiles, "all_facts", lambda files: names.append("*") or every(files))
    return names


def test_after_an_edit_the_facts_of_the_edited_page_and_of_what_it_leads_to_are_read_and_no_others(
    site, tmp_path, asked
):
    assert output_faults(site, GOLDEN, cache=tmp_path / "cache") == []
    asked.clear()
    page = site / "index.html"
    page.write_text(page.read_text("utf-8").replace("<p", "<p>Правка</p><p"), "utf-8")

    assert output_faults(site, GOLDEN, cache=tmp_path / "cache") == []
    assert asked == ["index.html", "a.html"]


def test_the_facts_of_a_page_are_read_once_however_many_of_its_anchors_are_referred_to(site, tmp_path, asked):
    anchors = [f"x{number}" for number in range(30)]
    (site / "a.html").write_text(f"{HEAD}{''.join(f'<p id={name}>x</p>' for name in anchors)}</body></html>", "utf-8")
    (site / "index.html").write_text(f"{HEAD}<p>x</p></body></html>", "utf-8")
    assert output_faults(site, GOLDEN, cache=tmp_path / "cache") == []
    asked.clear()
    links = "".join(f'<a href="/sait/a.html#{name}">x</a>' for name in anchors)
    (site / "index.html").write_text(f"{HEAD}<p>x</p>{links}</body></html>", "utf-8")

    assert output_faults(site, GOLDEN, cache=tmp_path / "cache") == []
    assert asked == ["index.html", "a.html"]


@pytest.mark.parametrize("lost", ["index.html", "a.html", "b.html"])
def test_lost_facts_are_read_from_the_files_again(site, tmp_path, lost):
    cache = tmp_path / "cache"
    output_faults(site, GOLDEN, cache=cache)
    files = VerifiedFiles(cache, "tests", VerificationRules(SiteAddress(GOLDEN, "/sait", "")).context)
    assert files.facts(lost)
    files.close()
    lose(cache, lost)
    (site / "a.html").write_text(f"{HEAD}</body></html>", "utf-8")

    assert output_faults(site, GOLDEN, cache=cache) == [
        "index.html: посилання на якір «x», якого немає на сторінці /sait/a.html"
    ]
