import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hromada.conversion.site.html_text import escape_markdown, html_to_markdown
from hromada.conversion.site.old_item import FileTransfer, OldAddresses, OldItem
from hromada.conversion.site.references import References
from hromada.domain.entry import SourceLocation
from hromada.domain.item import Kind
from hromada.render.markdown import Dialect

HOME = "https://stara.example"
DIALECT = Dialect()


def references(pages=None, files=()):
    old = OldAddresses([HOME])
    folder = {"jpg": "images", "pdf": "files"}
    plan = FileTransfer(
        dict.fromkeys(files, 0), lambda name: folder.get(name[-3:], ""), lambda *_: False, lambda _: False
    )
    item = OldItem(SourceLocation("export.xml"), Kind.NEWS, "x", address=f"{HOME}/2021/07/x/")
    keys = {old.key(address): path for address, path in (pages or {}).items()}
    return References(item, "content/news/2021/2021-07-05-x.md", old, plan, {}, lambda key: keys.get(key, ""))


def markdown(text, **known):
    return html_to_markdown(text, references(**known)).text


def words(shown):
    """What a reader reads of a piece of HTML."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", shown)).split())


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>Один</p><p>два</p>", "Один\n\nдва"),
        ("<h2>Назва</h2><p>a</p>", "## Назва\n\na"),
        ("<ul><li>а<ul><li>б</li></ul></li><li>в</li></ul>", "- а\n    - б\n- в"),
        ("<ol start='3'><li>а</li><li>б</li></ol>", "3. а\n4. б"),
        ("<p>рядок<br>другий</p>", "рядок  \nдругий"),
        ("<p>1. Не перелік</p>", "1\\. Не перелік"),
        ("<p>#хештег і №5, «лапки» — тире</p>", "\\#хештег і №5, «лапки» — тире"),
        ("<p>a * b_c _d_ [1] [x](y)</p>", "a \\* b_c \\_d\\_ [1] \\[x](y)"),
        ("<p>5 &lt; 7, &lt;b&gt;, AT&amp;amp;T</p>", "5 < 7, &lt;b>, AT&amp;amp;T"),
        ("<p><b>жирний</b><i>курсив</i></p>", "**жирний***курсив*"),
        ("<p>H<sub>2</sub>O <u>x</u></p>", "H<sub>2</sub>O x"),
        ("<p>x&amp;#1 y&amp;#x41 z&amp;#65;</p>", "x&amp;#1 y&amp;#x41 z&amp;#65;"),
        ("<p>№&amp;# AT&amp;T a&amp;b;</p>", "№&# AT&T a&amp;b;"),
        ("<blockquote><p>слова</p></blockquote>", "> слова"),
        ("<table><tr><th>А</th><th>Б|в</th></tr><tr><td>1</td><td>2</td></tr></table>", "| А | Б\\|в |\n| --- | --- |\n| 1 | 2 |"),
        ("<p>a</p><script>alert(1)</script><style>p{}</style><p>b</p>", "a\n\nb"),
        ("<p><a href='javascript:alert(1)'>слова</a></p>", "слова"),
        ("<p><a href='#x'>нижче</a></p>", "нижче"),
        ("<p><a href='https://inshyi.example/a_(b)'>там</a></p>", "[там](<https://inshyi.example/a_(b)>)"),
        ("<p><a href='/inshe/'>там</a></p>", f"[там]({HOME}/inshe/)"),
        ("<p><a href='mailto:a@rada.example'>лист</a></p>", "[лист](mailto:a@rada.example)"),
        ("<p></p><p>&nbsp;</p>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_clean_markdown(source, made):
    assert markdown(source) == made


def test_a_video_becomes_a_plain_link():
    made = "[Вбудоване: https://www.youtube.com/watch?v=abc](https://www.youtube.com/watch?v=abc)"

    assert markdown('<iframe src="//www.youtube.com/embed/abc?x=1"></iframe>') == made


def test_a_link_to_another_imported_item_leads_to_its_file():
    pages = {f"{HOME}/2021/07/druha/": "content/news/2021/2021-07-06-druha.md", f"{HOME}/pro/": "content/pages/pro.md"}
    source = "<a href='https://www.stara.example/2021/07/druha'>а</a> <a href='../../../pro/#x'>б</a>"

    assert markdown(source, pages=pages) == "[а](2021-07-06-druha.md) [б](../../pages/pro.md)"


def test_a_picture_at_hand_is_ours_and_another_one_a_link_to_where_it_stayed():
    source = (
        f"<figure><a href='{HOME}/wp-content/uploads/2021/a.jpg'><img src='{HOME}/wp-content/uploads/2021/a-300x200.jpg'></a>"
        "<figcaption>Зал</figcaption></figure><p><img src='/wp-content/uploads/b.jpg' alt='Ґанок [1]'></p>"
    )

    assert markdown(source, files=["2021/a.jpg"]) == (
        f"![Зал](../../images/2021/a.jpg)\n\nЗал\n\n[Світлина: Ґанок \\[1\\]]({HOME}/wp-content/uploads/b.jpg)"
    )


SIGNS = st.text(st.sampled_from(list("аї z1.#*_-+>=<&;:|`~[]()!{}\\^\"'@/?\u00a0")), max_size=40)


@given(SIGNS, SIGNS)
@example("1", "=\u00a0")
@example("~~", "~~")
@example("~~~", "~")
def test_a_reader_reads_the_same_words_whatever_signs_are_in_them(first, second):
    source = f"<p>{html.escape(first)}<br>{html.escape(second)}</p><ul><li>{html.escape(second)}</li></ul>"

    assert words(DIALECT.html(markdown(source))) == words(source)


@given(SIGNS)
@example("&#1")
@example("&#x1")
@example("&#1 |")
def test_a_cell_stays_one_cell(text):
    source = f"<table><tr><th>а</th></tr><tr><td>x{html.escape(text)}</td></tr></table>"

    assert words(DIALECT.html(markdown(source))) == words(source)


@given(st.text())
def test_any_text_is_escaped_without_a_fault(text):
    assert isinstance(escape_markdown(text), str)


TAGS = st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "</ul>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<a href='/x'>", "</a>",
                        "<img src=x alt=y>", "<figure>", "<pre>", "</pre>", "<h2>", "<br>", "<ol>", "<blockquote>", "<!--", "-->"])  # fmt: skip


@given(st.lists(st.one_of(TAGS, st.sampled_from(["слово", " ", "\n", "1. "]))))
def test_tags_in_any_order_lose_no_word(parts):
    source = "".join(parts)
    whole = re.sub(r"<!--.*?(-->|$)", "", source, flags=re.DOTALL)

    assert words(DIALECT.html(markdown(source))).count("слово") >= whole.count("слово")
