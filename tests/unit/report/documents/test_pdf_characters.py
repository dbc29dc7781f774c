"""Text in report.pdf: no markup is obeyed, no letter is lost, no address is followed blindly."""

import page
import pytest
import typst

from hromada.report.documents.pdf_report import MISSING, font_characters, to_font_characters
from hromada.report.text.placeholders import Heading, ListBlock, Paragraph, PictureBlock, TextRun
from tests.unit.report.documents import pdf_making as making
from tests.unit.report.documents.pdf_reading import opened, squeezed, text_of

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    "value",
    ["#panic()", "*x* _y_ `z`", "[", "]", "$ x $", "\\", "<label>", "@ref", "// x", "/* x", "#import \"x\"", "= x", "--- ~ ...", '"']
)  # fmt: skip
def test_markup_in_values_is_text(value):
    blocks = (
        Heading(2, (TextRun(f"Д {value}"),)),
        Paragraph((TextRun(f"А {value}"),)),
        ListBlock(False, ((Paragraph((TextRun(f"Б {value}"),)),),)),
        PictureBlock(f"В {value}"),
    )
    pdf = making.pdf(
        making.small(making.entry(1, title=f"Г {value}"), blocks=blocks, title=f"Звіт {value}", publisher=value)
    )
    text = text_of(pdf)

    for letter in "АБВГД":
        assert squeezed(f"{letter} {value}") in text
    assert opened(pdf).docinfo["/Title"] == f"Звіт {value}"


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Свято 🎉 громади", "Свято □ громади"),
        ("👨‍👩‍👧‍👦🇺🇦👍🏽", "□□□"),
        ("Ω і 中", "Ω і □"),
        ("за\u0301мок", "за\u0301мок"),
        ("\u0438\u0306 \u0456\u0308", "й ї"),
        ("а\u200bб\ufeffв\u202eг\u00adґ\x07", "абвгґ"),
        ("𝐙віт ﬁн ①", "Zвіт fiн 1"),
        ("↔️ №️", "↔ №"),
        ("один\nдва\u2028три", "один два три"),
        ("\ue000", "□"),
        ("", ""),
    ],
)
def test_a_letter_that_no_font_has_is_seen(title, printed):
    pdf = making.pdf(making.small(making.entry(1, title=f"А {title}"), title=f"Звіт {title}"))

    assert to_font_characters(title) == printed
    assert squeezed(f"А{printed}") in text_of(pdf).replace("\u0301", "") or "\u0301" in printed
    assert (squeezed("Знак «□» стоїть на місці символу") in text_of(pdf)) == (MISSING in printed)
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant


def test_a_sign_of_the_authors_own_is_no_missing_letter():
    assert "стоїтьнамісці" not in text_of(making.pdf(making.small(making.entry(1, title="□ або ■"))))


def test_a_word_without_an_end_stays_on_the_page():
    word = "довжелезне" * 12

    assert to_font_characters(f"а {word}").replace("\u200b", "") == f"а {word}"
    assert squeezed(word) in text_of(making.pdf(making.small(making.entry(1, title=word))))


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_every_font_has_every_letter(style):
    weight, slant = ("bold" if "Bold" in style else "regular"), ("italic" if "Italic" in style else "normal")
    source = f"""#set document(title: "x")
    #set text(font: "Hromada Serif", fallback: false, weight: "{weight}", style: "{slant}")
    = #sys.inputs.letters"""
    fonts = typst.Fonts(False, False, [making.FONTS])

    assert sorted(one.weight for one in fonts.fonts()) == [400, 400, 700, 700]
    every = " ".join(f"а{one}" for one in sorted(font_characters()))
    typst.compile(source.encode(), font_paths=fonts, sys_inputs={"letters": every}, pdf_standards="ua-1", timestamp=0)


@pytest.mark.parametrize(
    "letter", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙЬЮЯ«»„“”’ʼ'–—№₴→−…°²³½×€§\u00a0\u202f\u0301"
)
def test_ukrainian_text_needs_no_substitute(letter):
    assert to_font_characters(f"а{letter}") == f"а{letter}"


def test_an_address_that_leads_nowhere_leaves_its_words():
    run = TextRun("тут", link="javascript:alert(1)")
    far = making.entry(1, path_or_url="https://x.example/" + "а" * 3000, external=True)
    pdf = making.pdf(making.small(far, blocks=(Paragraph((run,)),)))
    addresses = [str(link.A.URI) for one in opened(pdf).pages for link in one.get("/Annots", []) if "/A" in link]

    assert "тут" in text_of(pdf)
    assert not [address for address in addresses if "javascript" in address or "x.example" in address]
