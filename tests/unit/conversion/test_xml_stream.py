import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.site import wxr
from hromada.conversion.site.old_item import SourceRefused
from hromada.conversion.site.xml_stream import Format, is_utf8, read_parts, recognise
from tests.system.old_sites import export, post

EXPORT = export(*(post(number, f"Назва {number}", "Текст") for number in range(3))).encode()


def chunks(raw, size):
    return [raw[start : start + size] for start in range(0, len(raw), size)]


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_pieces_of_any_size_give_the_same_items_with_their_lines(size):
    found = [(one.element.tag, one.line) for one in read_parts(chunks(EXPORT, size), is_utf8=True)]

    assert [tag for tag, _ in found].count("item") == 3
    assert [line for tag, line in found if tag == "item"] == [
        number for number, line in enumerate(EXPORT.decode().split("\n"), 1) if line.startswith("<item>")
    ]


@given(st.integers(0, len(EXPORT) - 15))
def test_a_file_cut_anywhere_is_refused_with_a_line(end):
    with pytest.raises(SourceRefused) as refused:
        list(wxr.read_wxr("export.xml", read_parts(chunks(EXPORT[:end], 50), is_utf8=is_utf8([EXPORT[:end]]))))
    assert refused.value.line >= 1


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(raw):
    try:
        recognise([raw], is_utf8=is_utf8([raw]))
    except SourceRefused as refused:
        assert refused.fix


def test_what_old_programs_let_through_does_not_stop_the_reading():
    raw = EXPORT.replace("Назва 1".encode(), "Назва\x0b 1\x08".encode())
    titles = [one.element.findtext("title") for one in read_parts([raw], is_utf8=True) if one.element.tag == "item"]

    assert titles == ["Назва 0", "Назва 1", "Назва 2"]


@pytest.mark.parametrize("size", [1, 5, 100_000])
def test_a_control_character_written_as_a_reference_does_not_stop_it_either(size):
    raw = "<rss><channel><item><title>Назва&#11; &amp; &#x1F;1&#65;&#x000B;</title></item></channel></rss>".encode()
    (title,) = [one.element.findtext("title") for one in read_parts(chunks(raw, size), is_utf8=True)]

    assert title == "Назва & 1A"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_blank_lines_before_the_declaration_are_no_fault_and_counted(mark):
    raw = mark + b"\n\r\n \n" + EXPORT
    found = [one.line for one in read_parts([raw], is_utf8=True) if one.element.tag == "item"]

    assert recognise([raw], is_utf8=True) is Format.WXR
    assert found == [
        3 + line for line in (one.line for one in read_parts([EXPORT], is_utf8=True) if one.element.tag == "item")
    ]


@pytest.mark.parametrize(
    ("raw", "format"),
    [
        (EXPORT, Format.WXR),
        (b"<rss><channel/></rss>", Format.RSS),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', Format.ATOM),
        (
            b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>',
            Format.RSS,
        ),
    ],
)
def test_a_file_is_known_by_what_it_holds(raw, format):
    assert recognise([raw], is_utf8=True) is format
