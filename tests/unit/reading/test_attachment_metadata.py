"""What a document says beside its words."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hromada.domain.document_metadata import DocumentMetadata
from hromada.reading.attachment_metadata import read_attachment_metadata
from tests.unit.metadata.samples import exif

SAVED = Path(__file__).with_name("saved")
PEOPLE = ("Олена Зразкова", "Петро Зразковий")
ODF = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
DC, META = "http://purl.org/dc/elements/1.1/", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
OF_A_PLACE = (49, 50, 51)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="49,59.6N"/></x:xmpmeta>'


def photo(format="JPEG", latitude=OF_A_PLACE):
    image, exif = Image.new("RGB", (8, 8)), Image.Exif()
    exif[0x0110] = "Phone"
    if latitude:
        exif.get_ifd(0x8825).update({1: "N", 2: latitude, 3: "E", 4: latitude})
    into = io.BytesIO()
    image.save(into, format, exif=exif)
    return into.getvalue()


def word(people=("", ""), *, note="", picture=b""):
    document = docx.Document()
    run = document.add_paragraph().add_run("Зразок")
    document.core_properties.author, document.core_properties.last_modified_by = people
    if note:
        document.add_comment(run, note, author="Олена Зразкова")
    if picture:
        document.add_picture(io.BytesIO(picture))
    return saved(document)


def saved(document):
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def book():
    made = openpyxl.Workbook()
    made.properties.creator, made.properties.lastModifiedBy = PEOPLE
    return saved(made)


def pdf(author="", pages=1):
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if author:
        writer.add_metadata({"/Author": author})
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def packed_pdf(name, data, **entries):
    """A PDF with a stream that is compressed once more: a photo in a page, an attached file, XMP."""
    generic, writer = pypdf.generic, pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    stream = generic.StreamObject()
    stream._data = data
    stream = stream.flate_encode()
    stream.update({generic.NameObject(key): generic.NameObject(value) for key, value in entries.items()})
    if name == "/Image":
        stream[generic.NameObject("/Filter")] = generic.ArrayObject(
            map(generic.NameObject, ("/FlateDecode", "/DCTDecode"))
        )
    writer.root_object[generic.NameObject(name)] = writer._add_object(stream)
    return saved_pdf(writer)


def saved_pdf(writer):
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def archive(**parts):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return into.getvalue()


def writer(meta="", content=""):
    spaces = f'xmlns:o="{ODF}" xmlns:dc="{DC}" xmlns:meta="{META}" xmlns:text="urn:text"'
    return archive(**{"meta.xml": f"<o:meta {spaces}>{meta}</o:meta>", "content.xml": f"<o:c {spaces}>{content}</o:c>"})


@pytest.mark.parametrize(
    ("name", "raw", "people"),
    [
        ("a.docx", word(PEOPLE), PEOPLE),
        ("A.DOCX", word(PEOPLE), PEOPLE),
        ("a.xlsx", book(), PEOPLE),
        ("a.xls", (SAVED / "author.xls").read_bytes(), PEOPLE),  # as LibreOffice saves it
        ("a.odt", writer(f"<meta:initial-creator>{PEOPLE[0]}</meta:initial-creator><dc:creator>{PEOPLE[1]}</dc:creator>"), PEOPLE),
        ("a.pdf", pdf(PEOPLE[0]), PEOPLE[:1]),
        ("a.zip", archive(**{"т/a.docx": word(PEOPLE), "b.pdf": pdf(PEOPLE[0])}), PEOPLE),
    ],
)  # fmt: skip
def test_the_properties_name_people(name, raw, people):
    assert read_attachment_metadata(name, raw) == DocumentMetadata(people)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", word(note="Перевірити суму")),
        ("a.odt", writer(content="<o:annotation/>")),
        ("a.odt", writer(content="<text:tracked-changes><text:changed-region/></text:tracked-changes>")),
        ("a.zip", archive(**{"a.docx": word(note="Перевірити суму")})),
    ],
)
def test_notes_and_tracked_changes_are_seen(name, raw):
    assert read_attachment_metadata(name, raw).has_notes


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_coordinates_are_seen_in_pictures_of_every_format(format):
    name = f"word/media/image1.{format.lower()}"

    assert read_attachment_metadata("a.docx", archive(**{name: photo(format)})).has_coordinates
    assert not read_attachment_metadata("a.docx", archive(**{name: photo(format, latitude=())})).has_coordinates


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", word(picture=photo())),
        ("a.zip", archive(**{"Фото 1.JPG": photo()})),
        ("a.zip", archive(**{"a.docx": word(picture=photo())})),
        ("a.pdf", b"%PDF-1.7\n1 0 obj stream\n" + photo() + b"\nendstream"),
        ("a.doc", bytes(512) + photo()),
        ("a.mp4", b"\0\0\0\x20ftypmp42" + b"moov\xa9xyz\0\x12\x15\xc7+49.9935+036.2304/"),
        ("a.pdf", pdf() + b'<rdf:Description exif:GPSLatitude="49,59.6N"/>'),
        ("a.pdf", packed_pdf("/Image", photo())),
        ("a.pdf", packed_pdf("/F", photo(), **{"/Type": "/EmbeddedFile"})),
        ("a.pdf", packed_pdf("/Metadata", XMP, **{"/Type": "/Metadata", "/Subtype": "/XML"})),
        ("a.zip", archive(**{"b.zip": archive(**{"a.jpg": photo()})})),
        ("a.zip", archive(**{"IMG_1": photo()})),
        ("a.zip", archive(**{"IMG_1.NEF": exif().tobytes().removeprefix(b"Exif\0\0")})),
        ("a.zip", archive(**{"IMG_1.xmp": XMP})),
        ("a.docx", archive(**{"word/document.xml": "<w/>", "word/media/image1.tmp": photo()})),
    ],
)
def test_where_a_photo_was_taken_is_seen(name, raw):
    assert read_attachment_metadata(name, raw).has_coordinates


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.docx", word()), ("a.docx", word(picture=photo(latitude=()))), ("a.docx", word(picture=photo(latitude=(0, 0, 0)))),
        ("a.zip", archive(**{"b.zip": archive(**{"IMG_1": photo(latitude=())})})),
        ("a.pdf", pdf()), ("a.pdf", packed_pdf("/Image", photo(latitude=()))), ("a.zip", archive()), ("a.docx", b""), ("a.docx", b"PK\3\4"), ("a.pdf", b"%PDF-1.7\n%%EOF\n"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)), ("a.7z", b"7z"), ("a.csv", "ПІБ;сума".encode()),
    ],
)  # fmt: skip
def test_a_clean_or_damaged_document_shows_no_traces(name, raw):
    assert read_attachment_metadata(name, raw)._replace(cameras=()) == DocumentMetadata()


def test_the_camera_of_a_photo_in_a_pdf_is_named():
    raw = b"%PDF-1.7\n1 0 obj stream\n" + photo(latitude=()) + b"\nendstream"

    assert read_attachment_metadata("a.pdf", raw).cameras == ("Phone",)


def test_a_part_that_cannot_be_read_hides_no_other():
    raw = archive(**{"docProps/core.xml": "<broken", "word/media/a.jpg": photo(), "word/document.xml": "<w><ins/></w>"})

    assert read_attachment_metadata("a.docx", raw) == DocumentMetadata(
        (), has_notes=True, has_coordinates=True, cameras=("Phone",)
    )


@given(st.sampled_from([".docx", ".pdf", ".xls", ".zip", ".mp4"]), st.binary(max_size=400), st.integers(0, 3))
def test_no_bytes_make_it_fail(suffix, noise, whole):
    begin = (b"", b"PK\3\4", b"%PDF-1.4\n", b"Exif\0\0II*\0")[whole]

    assert isinstance(read_attachment_metadata("a" + suffix, begin + noise), DocumentMetadata)
