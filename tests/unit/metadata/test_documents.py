"""Names, paths and what pictures say go out of documents; every other byte of their parts stays."""

import io
import zipfile

import docx
import openpyxl
import pypdf
import pytest
from openpyxl.comments import Comment
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from hromada.checks.attachment_rules import check_attachment
from hromada.content.metadata_removal import CleaningRefused, clean_bytes
from hromada.domain.document_metadata import DocumentMetadata
from hromada.metadata.xml_parts import apply_edits, as_utf8, find_edits, path_in
from hromada.reading.attachment_metadata import read_attachment_metadata
from hromada.system.regular_files import RegularFile
from tests.unit.metadata.samples import FILMS, XMP, placed
from tests.unit.reading.test_attachment_metadata import PEOPLE, SAVED, archive, book, pdf, saved, word, writer

HOME = "file:///C:\\Users\\zrazok\\AppData\\Roaming\\Microsoft\\Templates\\Рішення.dotm"
RELS = '<Relationships xmlns="urn:r"><Relationship Id="rId1" Target="{}" TargetMode="External"/></Relationships>'
CORE = '<c:p xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Зразок &amp; план</d:title><d:creator>{}</d:creator></c:p>'
W = 'xmlns:w="urn:w" xmlns:w15="urn:w15"'
BODY = f'<w:document {W}><w:p><w:ins w:id="1" w:author="Олена Зразкова" w:date="2021-07-05"><w:t>Слова  слів</w:t></w:ins></w:p></w:document>'


def office(**parts):
    return archive(**{name: data.encode() if isinstance(data, str) else data for name, data in parts.items()})


def commented_book():
    made = openpyxl.Workbook()
    made.active["A1"] = "Сума"
    made.active["A1"].comment = Comment("Перевірити", "Олена Зразкова")
    made.properties.creator = ""
    return saved(made)


def pdf_with(stream=None, **info):
    made = pypdf.PdfWriter()
    page = made.add_blank_page(100, 100)
    if stream is not None:
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): made._add_object(stream)})}
        )
    made.add_metadata({f"/{name}": value for name, value in info.items()})
    into = io.BytesIO()
    made.write(into)
    return into.getvalue()


def image_stream(raw, **more):
    stream = DecodedStreamObject()
    stream._data = raw
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode", "/ColorSpace": "/DeviceRGB"} | more
    stream.update({NameObject(key): NameObject(value) for key, value in names.items()})
    stream.update(
        {
            NameObject(f"/{key}"): NumberObject(value)
            for key, value in (("Width", 40), ("Height", 24), ("BitsPerComponent", 8))
        }
    )
    return stream


SIGNATURE = DictionaryObject(
    {NameObject("/Type"): NameObject("/Sig"), NameObject("/ByteRange"): ArrayObject([NumberObject(0)])}
)


def pdf_with_xmp(xmp):
    made = pypdf.PdfWriter()
    made.add_blank_page(100, 100)
    made.xmp_metadata = xmp
    into = io.BytesIO()
    made.write(into)
    return into.getvalue()


# By what a document says: its name, its bytes, the field in which it is seen, and what stands in it.
SAYING = {
    "author and who saved it": ("a.docx", word(PEOPLE), "people", PEOPLE),
    "the same in a table": ("a.xlsx", book(), "people", PEOPLE),
    "the same of LibreOffice": ("a.odt", writer(f"<meta:initial-creator>{PEOPLE[0]}</meta:initial-creator><dc:creator>{PEOPLE[1]}</dc:creator>"), "people", PEOPLE),
    "company and manager": ("a.docx", office(**{"docProps/app.xml": "<P><Company>ПП Зразкове</Company><Manager>Петро Зразковий</Manager></P>"}), "people", ("ПП Зразкове", "Петро Зразковий")),
    "who commented": ("a.docx", word(note="Перевірити"), "people", PEOPLE[:1]),
    "who commented in a table": ("a.xlsx", commented_book(), "people", PEOPLE[:1]),
    "who commented in a thread": ("a.xlsx", office(**{"xl/persons/person.xml": '<l><person displayName="Олена Зразкова" userId="S::o@zrazok.example"/></l>'}), "people", ("Олена Зразкова", "S::o@zrazok.example")),
    "who commented in slides": ("a.pptx", office(**{"ppt/commentAuthors.xml": '<l><a name="Олена Зразкова" initials="ОЗ"/></l>'}), "people", PEOPLE[:1]),
    "who commented in LibreOffice": ("a.odt", writer(content="<o:annotation><dc:creator>Олена Зразкова</dc:creator></o:annotation>"), "people", PEOPLE[:1]),
    "who changed": ("a.docx", office(**{"word/document.xml": BODY}), "people", PEOPLE[:1]),
    "who may comment": ("a.docx", office(**{"word/people.xml": f'<w15:l {W}><w15:person w15:author="Олена Зразкова"/></w15:l>'}), "people", PEOPLE[:1]),
    "a template": ("a.docx", office(**{"word/_rels/settings.xml.rels": RELS.format(HOME)}), "paths", (HOME,)),
    "a template's folder with spaces": ("a.docx", office(**{"word/_rels/settings.xml.rels": RELS.format("file:///C:/Users/zrazok%201/x.dotm")}), "paths", ("file:///C:/Users/zrazok 1/x.dotm",)),
    "a share": ("a.xlsx", office(**{"xl/externalLinks/_rels/l.xml.rels": RELS.format("file:///\\\\SERVER\\plan\\x.xlsx")}), "paths", ("file:///\\\\SERVER\\plan\\x.xlsx",)),
    "a table's own folder": ("a.xlsx", office(**{"xl/workbook.xml": '<w xmlns:x="urn:x"><x:absPath url="C:\\Users\\zrazok\\Desktop\\"/></w>'}), "paths", ("C:\\Users\\zrazok\\Desktop\\",)),
    "links' base": ("a.docx", office(**{"docProps/app.xml": "<P><HyperlinkBase>/home/zrazok/plan/</HyperlinkBase></P>"}), "paths", ("/home/zrazok/plan/",)),
    "a property of one's own": ("a.docx", office(**{"docProps/custom.xml": "<P><p name='x'><l>C:\\Users\\zrazok\\a.docx</l></p></P>"}), "paths", ("C:\\Users\\zrazok\\a.docx",)),
    "where a picture came from": ("a.docx", office(**{"word/document.xml": f'<w:d {W}><w:docPr id="1" descr="C:\\Users\\zrazok\\park.jpg"/></w:d>'}), "paths", ("C:\\Users\\zrazok\\park.jpg",)),
    "a file that LibreOffice links": ("a.ods", office(**{"content.xml": '<o:c xmlns:o="urn:o" xmlns:x="urn:x"><o:a x:href="file:///home/zrazok/x.ods"/></o:c>'}), "paths", ("file:///home/zrazok/x.ods",)),
    "UTF-16": ("a.docx", office(**{"docProps/core.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + CORE.format("Олена Зразкова")).encode("utf-16")}), "people", PEOPLE[:1]),
    "what a photo was taken with": ("a.docx", word(picture=placed()), "cameras", ("Secret Phone",)),
    "where a photo was taken": ("a.docx", word(picture=placed("PNG")), "has_coordinates", True),
    "a photo in a table": ("a.xlsx", office(**{"xl/media/image1.jpeg": placed()}), "has_coordinates", True),
    "a photo in slides": ("a.pptx", office(**{"ppt/media/image1.jpeg": placed()}), "has_coordinates", True),
    "a photo of LibreOffice": ("a.odt", office(**{"Pictures/1000.jpg": placed(), "content.xml": "<c/>"}), "has_coordinates", True),
    "a table in a text": ("a.docx", office(**{"word/embeddings/a.xlsx": book()}), "people", PEOPLE),
    "a photo in an archive": ("a.zip", archive(**{"Фото/1.JPG": placed()}), "has_coordinates", True),
    "a text in an archive": ("a.zip", archive(**{"a.docx": word(PEOPLE)}), "people", PEOPLE),
    "a film in an archive": ("a.zip", archive(**{"a.mp4": FILMS["Android"][1]}), "has_coordinates", True),
    "a film": ("a.mp4", FILMS["Apple"][1], "has_coordinates", True),
    "a film of Apple": ("a.MOV", FILMS["Apple"][1], "has_coordinates", True),
    "an author of a PDF": ("a.pdf", pdf("Олена Зразкова"), "people", PEOPLE[:1]),
    "a company of a PDF": ("a.pdf", pdf_with(Company="ПП Зразкове", Title="План"), "people", ("ПП Зразкове",)),
    "a PDF's title": ("a.pdf", pdf_with(Title="C:\\Users\\zrazok\\plan.doc"), "paths", ("C:\\Users\\zrazok\\plan.doc",)),
    "XMP of a PDF": ("a.pdf", pdf_with_xmp(b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><r:Seq><r:li>Petro Z</r:li></r:Seq></dc:creator></r:Description></r:RDF></x:xmpmeta>'), "people", ("Petro Z",)),
    "a place in XMP of a PDF": ("a.pdf", pdf_with_xmp(XMP.replace(b"<rdf:RDF>", b'<rdf:RDF xmlns:rdf="urn:r" xmlns:exif="urn:e">')), "has_coordinates", True),
    "a photo in a PDF": ("a.pdf", pdf_with(image_stream(placed())), "has_coordinates", True),
}  # fmt: skip


def parts(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {one.filename: file.read(one) for one in file.infolist()}


@pytest.mark.parametrize(("name", "raw", "field", "found"), SAYING.values(), ids=SAYING)
def test_what_a_document_says_is_found_and_goes(name, raw, field, found):
    assert getattr(read_attachment_metadata(name, raw), field) == found
    clean = clean_bytes(f"content/files/{name}", raw)
    after = read_attachment_metadata(name, clean.data)

    assert clean.summary.startswith("знято ")
    assert list(check_attachment("x", after._replace(has_notes=False))) == []
    assert clean_bytes(f"content/files/{name}", clean.data) is None


def test_texts_comments_and_changes_stay():
    raw = word(PEOPLE, note="Перевірити суму", picture=placed())
    before, after = parts(raw), parts(clean_bytes("a.docx", raw).data)
    changed = {name for name in before if before[name] != after[name]}
    document = docx.Document(io.BytesIO(clean_bytes("a.docx", raw).data))

    assert list(before) == list(after)
    assert {name for name in changed if not name.startswith("word/media/")} == {
        "docProps/core.xml",
        "word/comments.xml",
    }
    assert read_attachment_metadata("a.docx", clean_bytes("a.docx", raw).data).has_notes
    assert (next(one.text for one in document.paragraphs), next(iter(document.comments)).author) == ("Зразок", "Автор")


def test_a_part_keeps_every_byte_beside_the_values():
    raw = f'<?xml version="1.0"?>\r\n<w:c {W}>\r\n <w:a  w:author = "Олена  Зразкова" w:id="3" w:initials=\'ОЗ\' />&#160;<w:t>a > b</w:t></w:c>'.encode()
    clean = apply_edits(raw, find_edits("word/comments.xml", raw))

    assert clean.decode() == raw.decode().replace("Олена  Зразкова", "Автор").replace("ОЗ", "А")


def test_a_link_to_somebodys_file_keeps_the_files_name():
    raw = RELS.format(HOME).encode()

    assert b'Target="\xd0\xa0\xd1\x96\xd1\x88\xd0\xb5\xd0\xbd\xd0\xbd\xd1\x8f.dotm"' in apply_edits(
        raw, find_edits("word/_rels/a.rels", raw)
    )


@pytest.mark.parametrize(
    "value",
    ["https://hromada.example/a", "mailto:a@hromada.example", "../media/image1.png", "Рада: звіт", "C:", "/media", "A1:B2", "", "/files/a.pdf", "\\\\"],
)  # fmt: skip
def test_other_values_are_no_paths(value):
    assert path_in(value) == ""


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.docx", office(**{"_xmlsignatures/sig1.xml": "<s/>", "docProps/core.xml": CORE.format("Олена Зразкова")}), "підписано"),
        ("a.odt", office(**{"META-INF/documentsignatures.xml": "<s/>", "meta.xml": CORE.format("Олена Зразкова")}), "підписано"),
        ("a.zip", archive(**{"a.jpg": placed(), "a.jpg.p7s": b"x"}), "підписано"),
("a.pdf", pdf_with(SIGNATURE, Author="Олена Зразкова"), "підписано"),
        ("a.mp4", FILMS["Android"][1][:-20] + b"\xa9xyz\0\x12\x15\xc7+49.9935+036.2304/", "пошкоджено"),
    ],
)  # fmt: skip
def test_what_is_signed_or_damaged_is_left_and_said(name, raw, why):
    with pytest.raises(CleaningRefused, match=why):
        clean_bytes(name, raw)


def test_a_signature_beside_a_document_is_one(tmp_path):
    from hromada.content.metadata_removal import clean_file

    (tmp_path / "a.docx").write_bytes(word(PEOPLE))
    (tmp_path / "A.docx.p7s").write_bytes(b"x")
    with pytest.raises(CleaningRefused, match="підписано"):
        clean_file("content/files/a.docx", RegularFile(str(tmp_path), "a.docx"))


def test_pages_of_a_pdf_stay():
    raw = pdf_with(image_stream(placed()), Author="Олена Зразкова", Title="План", Subject="Парк")
    reader = pypdf.PdfReader(io.BytesIO(clean_bytes("a.pdf", raw).data))

    assert dict(reader.metadata) | {"/Producer": ""} == {"/Producer": "", "/Title": "План", "/Subject": "Парк"}
    assert reader.pages[0]["/Resources"]["/XObject"]["/Im0"].get_object()._data.startswith(b"\xff\xd8")
    assert b"Secret" not in clean_bytes("a.pdf", raw).data


def test_old_office_files_name_manager_company_and_folders():
    wide = "C:\\Users\\zrazok\\Шаблон.dot".encode("utf-16-le")

    assert read_attachment_metadata("a.xls", (SAVED / "author.xls").read_bytes()).people == PEOPLE
    assert read_attachment_metadata("a.doc", bytes(512) + b"C:\\Users\\zrazok\\a.dot\0" + wide).paths == (
        "C:\\Users\\zrazok",
    )


def test_what_a_text_is_about_is_no_metadata():
    assert read_attachment_metadata("a.geojson", b'{"exif:GPSLatitude": "49.9"}') == DocumentMetadata()
    assert as_utf8("<a/>".encode("utf-16")) == b"<a/>"
