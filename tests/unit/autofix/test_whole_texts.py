"""Facts of every text: mended once is mended, what is in order stays, addresses and figures never change."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hromada.autofix.fixes import apply_fixes
from hromada.autofix.markdown_file import Page
from hromada.commands.fix import fixed
from hromada.domain.header_fields import KEYS
from hromada.domain.pasted_text import indented_paragraphs, remove_stray_chars
from hromada.domain.site import item_entry
from hromada.reading.items import read_item
from hromada.render.markdown import Dialect
from tests.properties import examples

pytestmark = pytest.mark.long

WORDS = st.sampled_from(
    ["слово", "п'ять", "об`єкт", "Дерга\u00adчі", '"Зевс"', '"Клуб', 'Мрія"', "«а»", "и\u0306", "5\u00a0км", "\u00a0", "довге\u00a0слово",
     "–", '5"', "ÐŸÑ€Ð¸Ð²Ñ–Ñ‚", "<o:p>", "</o:p>", "👩\u200d👧", "**", "|", "_x_", "!", "&nbsp;", "\u200b"]
)  # fmt: skip
KEPT = st.sampled_from(
    ["`код \"а\" п'ять`", "[x](об'єкт-\"а\".md)", "![п](/п'ять.jpg \"п'ять\")", "https://a.example/п'ять", "<b title=\"п'ять\">",
     "[[news зн. розміщено]]", "[^1]", "<me@a.example>", "[мітка п'ять]"]
)  # fmt: skip
LINES = st.lists(WORDS | KEPT, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.sampled_from(
    ["```\n\"код\" п'ять\n```", "    \"код\" п'ять", "[мітка п'ять]: /п'ять", "[^1]: Примітка п'ять", "| а | \"б\" |\n|---|---|\n| п'ять | 1 |",
     "<pre>\n\"код\" п'ять\n</pre>",
     "<!--[if mso]>\nx\n<![endif]-->"]
) | st.tuples(st.sampled_from(["", "# ", "- ", "1. ", "> ", "\u00a0", "    "]), LINES).map("".join)  # fmt: skip
BODIES = st.lists(BLOCKS, max_size=5).map("\n\n".join)
FIELDS = st.sampled_from(
    ["title: \"Зевс\" п'ять", "title: КП \"Зевс\" п'ять", "Дата: 05.07.2021 9:30", "date: 2021-07-05", "date: 5 липня 2021 року", "slug: п'ять",
     "category: Події п'ять", "tags: п'ять; \"а\"", "status: чернетка", "summary: >\n  Об'єкт\n  \"Зевс\"", "tags:\n  - п'ять", "image: п'ять.jpg",
     "source: https://a.example/п'ять", "Анотація: Дерга\u00adчі", "event-date: 31.02.2021", "# п'ять", "lang: uk", "title:\u00a0Назва"]
)  # fmt: skip
HEADERS = st.lists(FIELDS, max_size=6).map("\n".join)
PAGES = st.builds(lambda header, body: f"---\n{header}\n---\n\n{body}\n", HEADERS, BODIES) | st.builds(
    "{}\n\n{}\n".format, HEADERS, BODIES
)


@examples(3)
@given(
    PAGES
    | st.text(alphabet=st.sampled_from("ab'\"`«»\u00a0 \n\t-#|<>[]()!:5єпиÐ°Р\u0306\u200b\u00ad\\~*"), max_size=120)
)
def test_mended_once_is_mended(text):
    once = apply_fixes(text, KEYS).text

    assert apply_fixes(once, KEYS) == (once, {})


@examples(2)
@given(PAGES)
def test_bytes_in_order_are_left_alone(text):
    right = apply_fixes(text, KEYS).text

    assert fixed("content/news/x.md", right.encode()) is None


@given(st.text(max_size=200) | PAGES)
def test_a_page_is_taken_apart_without_losing_a_sign(text):
    assert str(Page.of(text)) == text


def parts(html):
    """What must not change: code, where links and pictures lead, the names of places."""
    code = re.findall(r"<(?:code|pre)\b.*?</(?:code|pre)>", html, re.DOTALL)
    return code, re.findall(r'\b(?:href|src|id)="([^"]*)"', html)


@examples(3)
@given(BODIES)
def test_code_links_and_addresses_are_what_they_were(body):
    """All but headings: one of wrongly read letters has no right name to keep; and what only looks like code to Markdown."""
    body = body.replace("ÐŸÑ€Ð¸Ð²Ñ–Ñ‚", "").replace("об`єкт", "об'єкт")
    assume(not [*indented_paragraphs(body), *indented_paragraphs(remove_stray_chars(body))])
    dialect = Dialect()
    better = apply_fixes(f"---\ntitle: x\n---\n\n{body}", KEYS).text.removeprefix("---\ntitle: x\n---\n\n")

    assert parts(dialect.html(better)) == parts(dialect.html(body))
    assert re.findall(r"\[\[.*?\]\]", better) == re.findall(r"\[\[.*?\]\]", body)


@examples(3)
@given(PAGES, st.sampled_from(["content/news/2021-07-05-x.md", "content/units/okruh/x.md", "content/pages/x.md"]))
def test_neither_the_address_nor_what_is_counted_changes(text, path):
    """A file that the reader refuses has neither; what it becomes is shown to the editor."""
    item, _, problems = read_item(path, text.encode())
    better, _, left = read_item(path, apply_fixes(text, KEYS).text.encode())
    if problems:
        return

    assert left == []
    assert (better.address, better.slug, better.when, better.status) == (
        item.address,
        item.slug,
        item.when,
        item.status,
    )
    assert (better.category, better.tags, better.lang) == (item.category, item.tags, item.lang)
    if item.is_dated:
        assert item_entry(better)._replace(title="") == item_entry(item)._replace(title="")
