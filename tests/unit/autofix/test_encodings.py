import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.autofix.encodings import EncodingUncertain, decode_certain
from hromada.commands.fix import fixed

TEXT = '---\nЗаголовок: Свято\nДата: "2021-07-05"\n---\n\nЗапрошуємо на свято громади.\n'
NEWS, TABLE = "content/news/x.md", "content/registers/social/a.csv"


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (TEXT.encode(), ()),
        (TEXT.encode("cp1251"), ("encoding",)),
        (TEXT.encode("utf-16"), ("encoding",)),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), ("encoding",)),
        (TEXT.encode("utf-8-sig"), ("encoding",)),
        (TEXT.replace("\n", "\r\n").encode(), ("line-ends",)),
        (TEXT.replace("\n", "\r").encode("cp1251"), ("encoding", "line-ends")),
    ],
)
def test_a_sure_encoding_is_read_and_named(raw, kinds):
    assert decode_certain(raw, ()) == (TEXT, kinds)


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode("koi8-u"),
        TEXT.encode("mac-cyrillic"),
        TEXT.encode("iso8859-5"),
        "title: café crème à l'été\n".encode("cp1252"),
        TEXT.encode()[:25],  # half of a letter
        TEXT.encode() + "Привіт громаді".encode("cp1251"),
        TEXT.encode("utf-16")[:-1],
        TEXT.encode("utf-16-le"),
        b"\x89PNG\r\n\x1a\n\0",
        "Їжа".encode("cp1251"),
    ],
)
def test_an_unsure_encoding_is_refused(raw):
    with pytest.raises(EncodingUncertain):
        decode_certain(raw, ())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(raw):
    try:
        decoded = decode_certain(raw, ("Дата",))
    except EncodingUncertain as why:
        assert str(why)
        return
    assert "\r" not in decoded.text


def test_a_table_is_only_decoded_and_gets_the_mark_that_excel_needs():
    text = 'Дата;Сторінка;Назва\r\n05.07.2021;ДМР;"п\'ять"\r\n'
    found = fixed(TABLE, text.encode("cp1251"))

    assert found.data == text.replace("\r\n", "\n").encode("utf-8-sig")
    assert fixed(TABLE, found.data) is None


@pytest.mark.parametrize("path", [TABLE, "content/redirects.csv"])
def test_a_table_in_utf8_gets_the_mark_without_which_excel_garbles_it(path):
    found = fixed(path, "Дата;Назва\n".encode())

    assert (found.data, dict(found.lines)) == ("Дата;Назва\n".encode("utf-8-sig"), {"mark": 0})
    assert fixed(path, found.data) is None
    assert fixed(path, "Дата;Назва\r\n".encode()).data == found.data


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_table_without_ukrainian_letters_keeps_its_mark_or_its_absence(mark):
    assert fixed(TABLE, f"{mark}date;title\n".encode()) is None


def test_a_text_loses_its_mark():
    assert fixed(NEWS, TEXT.encode("utf-8-sig")).data == TEXT.encode()
