import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.render.text_blocks import text_blocks
from hromada.report.text.placeholders import (
    Heading,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    RenderedNumber,
    TextRun,
    TextTable,
)
from tests.properties import examples

PAGE = "https://h.example/reports/x/"


def blocks(text, said=None):
    return text_blocks(
        text, said or {}, lambda link: f"https://h.example{link}" if link.startswith("/") else link, PAGE
    )


def plain_text(runs):
    return "".join(run.text for run in runs)


def words(found):
    """Every word of the blocks, in order."""
    for block in found:
        match block:
            case Paragraph(runs) | Heading(_, runs):
                yield plain_text(runs)
            case ListBlock(_, items, _):
                for item in items:
                    yield from words(item)
            case Quote(inner):
                yield from words(inner)
            case TextTable(head, rows):
                yield from (plain_text(cell) for row in (head, *rows) for cell in row)
            case PictureBlock(alt):
                yield alt


def test_a_paragraph_keeps_its_styles_and_links():
    assert blocks("Слова **товсті**, *похилі* і [сторінка](/a/).\nДругий рядок.") == (
        Paragraph((
            TextRun("Слова "), TextRun("товсті", bold=True), TextRun(", "), TextRun("похилі", italic=True), TextRun(" і "),
            TextRun("сторінка", link="https://h.example/a/"), TextRun(".\nДругий рядок."),
        )),
    )  # fmt: skip


def test_a_number_links_to_its_list_and_a_period_does_not():
    said = {"\ue0000\ue001": RenderedNumber("631 публікацію", "news"), "\ue0001\ue001": RenderedNumber("II півріччя")}

    assert blocks("За \ue0001\ue001 розміщено \ue0000\ue001.", said) == (
        Paragraph(
            (
                TextRun("За II півріччя розміщено "),
                TextRun("631 публікацію", bold=True, link=f"{PAGE}news/"),
                TextRun("."),
            )
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("`код \ue0000\ue001`", "код 3 & 4"),
        ("    блок \ue0000\ue001", "блок 3 & 4"),
        ("```\nблок \ue0000\ue001\n```", "блок 3 & 4"),
        ("<pre>блок \ue0000\ue001</pre>", "блок 3 & 4"),
    ],
)
def test_a_number_in_code_is_its_words(text, said):
    assert blocks(text, {"\ue0000\ue001": RenderedNumber("3 & 4", "news")}) == (Paragraph((TextRun(said),)),)


def test_a_number_in_a_pictures_description_is_its_words():
    said = {"\ue0000\ue001": RenderedNumber("3 новини", "news")}

    assert blocks("![Видно \ue0000\ue001](a.jpg)", said) == (PictureBlock("Видно 3 новини"),)
    assert blocks("*і ![видно \ue0000\ue001](a.jpg)*", said) == (
        Paragraph((TextRun("і видно 3 новини", italic=True),)),
    )


def test_a_number_in_a_link_of_the_authors_keeps_that_link():
    said = {"\ue0000\ue001": RenderedNumber("3 новини", "news")}

    assert blocks("[Дивіться \ue0000\ue001](/a/)", said) == (
        Paragraph((TextRun("Дивіться 3 новини", link="https://h.example/a/"),)),
    )


def test_a_footnote_is_printed_without_the_ways_there_and_back():
    found = blocks("Перше[^1] і знову[^1].\n\n[^1]: Примітка *тут*.\n[^2]:\n    - пункт")

    assert found == (
        Paragraph((TextRun("Перше[1] і знову[1]."),)),
        ListBlock(True, (
            (Paragraph((TextRun("Примітка "), TextRun("тут", italic=True), TextRun("."))),),
            (ListBlock(False, ((Paragraph((TextRun("пункт"),)),),)),),
        )),
    )  # fmt: skip


def test_a_list_keeps_its_paragraphs_its_nesting_and_its_start():
    (found,) = blocks("3. Перше.\n\n    Далі про перше.\n\n    - а\n    - б\n\n4. Друге.")

    assert isinstance(found, ListBlock)
    assert (found.ordered, found.start, len(found.items)) == (True, 3, 2)
    assert list(words(found.items[0])) == ["Перше.", "Далі про перше.", "а", "б"]


def test_headings_quotes_tables_and_pictures_have_blocks_of_their_own():
    found = blocks("## Розділ\n\n> Цитата.\n\n| А | Б |\n|---|---|\n| 1 | 2 |\n\n![Що видно](a.jpg)\n")

    assert [type(one) for one in found[:3]] == [Heading, Quote, TextTable]
    assert found[2] == TextTable(((TextRun("А"),), (TextRun("Б"),)), (((TextRun("1"),), (TextRun("2"),)),))
    assert "Що видно" in " ".join(words(found))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("AT&T <b>товсто</b> &amp; \\*зірка\\* 5 < 6", "AT&T товсто & *зірка* 5 < 6"),
        ("<div>Блок <i>тут</i></div>", "Блок тут"),
        ("`код & <b>`", "код & <b>"),
        ("<script>x</script> після", "x після"),
    ],
)
def test_html_of_the_author_is_read_as_its_words(text, said):
    assert " ".join(" ".join(words(blocks(text))).split()) == said


@examples(2)
@given(st.lists(st.text("абвгґєії АБ12.,!?", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=6))
def test_no_word_of_a_text_is_lost(paragraphs):
    text = "\n\n".join(f"Слово {part.strip()}" for part in paragraphs)

    assert " ".join(" ".join(words(blocks(text))).split()) == " ".join(text.split())


def test_what_is_struck_out_is_so_on_paper():
    assert blocks("Збори ~~15 *січня*~~ 16 січня.") == (
        Paragraph((
            TextRun("Збори "), TextRun("15 ", struck=True), TextRun("січня", italic=True, struck=True), TextRun(" 16 січня."),
        )),
    )  # fmt: skip
