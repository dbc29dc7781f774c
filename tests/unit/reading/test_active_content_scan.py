"""What a published document can do by itself."""

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)  # fmt: skip

from hromada.domain.document_metadata import Action, ActiveContent
from hromada.domain.file_types import TYPES, SniffedType
from hromada.reading.active_content_scan import active_content
from tests.properties import examples
from tests.unit.growth import is_in_proportion
from tests.unit.reading.test_attachment_metadata import SAVED, archive, book, pdf, word

SCRIPT = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}


def dictionary(values):
    return DictionaryObject({NameObject(name): value for name, value in values.items()})


def stream(data):
    found = DecodedStreamObject()
    found.set_data(data)
    return found


def written(change):
    """A PDF of one page with a change to its catalogue."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    change(writer, writer.root_object, page)
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def at(key, values, where="root"):
    def change(writer, root, page):
        (root if where == "root" else page)[NameObject(key)] = dictionary(values)

    return written(change)


def packed(raw):
    """The same PDF with its objects in a compressed stream, as Word writes it."""
    import pikepdf

    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as file:
        file.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return into.getvalue()


def sealed(raw):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
    writer.encrypt("", "власник", algorithm="RC4-128")
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def with_js(writer, root, page):
    scripts = dictionary({"/Names": ArrayObject([TextStringObject("a"), dictionary(SCRIPT)])})
    root[NameObject("/Names")] = dictionary({"/JavaScript": writer._add_object(scripts)})


def with_file(writer, root, page):
    writer.add_attachment("a.exe", b"MZ")


def annotated(writer, root, page):
    link = dictionary({"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/A": dictionary(SCRIPT)})
    page[NameObject("/Annots")] = ArrayObject([link])


def hidden_in_a_deep_array(writer, root, page):
    value = dictionary(SCRIPT)
    for _ in range(20):
        value = ArrayObject([NullObject(), value])
    root[NameObject("/Odd")] = value


PDFS = {
    "open-action": (at("/OpenAction", SCRIPT), Action.SCRIPT),
    "page-action": (at("/AA", {"/O": dictionary(SCRIPT)}, "page"), Action.SCRIPT),
    "names": (written(with_js), Action.SCRIPT),
    "annotation": (written(annotated), Action.SCRIPT),
    "deep": (written(hidden_in_a_deep_array), Action.SCRIPT),
    "hex-name": (at("/OpenAction", SCRIPT).replace(b"/JavaScript", b"/J#61vaScrip#74").replace(b"/JS", b"/#4aS"), Action.SCRIPT),
    "launch": (at("/OpenAction", {"/S": NameObject("/Launch"), "/F": TextStringObject("cmd.exe")}), Action.LAUNCH),
    "submit": (at("/OpenAction", {"/S": NameObject("/SubmitForm"), "/F": TextStringObject("https://x.example/")}), Action.SENDING),
    "model": (at("/3DD", {"/Subtype": NameObject("/U3D"), "/OnInstantiate": TextStringObject("x")}), Action.SCRIPT),
    "xfa": (at("/AcroForm", {"/XFA": TextStringObject("<xdp/>")}), Action.FORM),
    "attachment": (written(with_file), Action.FILES),
}  # fmt: skip
HARMLESS = {
    "blank": pdf(),
    "opens-at-a-page": at(
        "/OpenAction", {"/S": NameObject("/GoTo"), "/D": ArrayObject([NumberObject(0), NameObject("/Fit")])}
    ),
    "link": at("/OpenAction", {"/S": NameObject("/URI"), "/URI": TextStringObject("https://x.example/JavaScript")}),
    "protected": sealed(pdf()),
    "form": at("/AcroForm", {"/Fields": ArrayObject()}),
    "words": written(lambda writer, root, page: writer._add_object(stream(b"(/JS /JavaScript /Launch) Tj"))),
}


@pytest.mark.parametrize("form", ["plain", "packed", "sealed"])
@pytest.mark.parametrize("name", PDFS)
def test_what_a_pdf_does_is_found_wherever_it_hangs(name, form):
    raw, action = PDFS[name]
    raw = {"plain": lambda it: it, "packed": packed, "sealed": sealed}[form](raw)

    assert active_content("a.pdf", raw) == ActiveContent(actions=(action,))
    assert active_content("A.PDF", raw) == ActiveContent(actions=(action,))
    assert active_content("a.zip", archive(**{"b/a.pdf": raw})).actions == (action,)


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("mode", ["disable", "generate"])
@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_cannot_be_decrypted_says_so(name, mode, version):
    import pikepdf

    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDFS[name][0])) as file:
        protection = pikepdf.Encryption(owner="owner", user="", R=version, aes=True)
        file.save(into, encryption=protection, object_stream_mode=pikepdf.ObjectStreamMode[mode])

    assert Action.PROTECTION in active_content("a.pdf", into.getvalue()).actions
    if mode == "disable" and name not in ("xfa", "model"):
        assert PDFS[name][1] in active_content("a.pdf", into.getvalue()).actions


def test_a_pdf_behind_a_password_says_so():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PDFS["open-action"][0]))
    writer.encrypt("пароль", algorithm="RC4-128")
    into = io.BytesIO()
    writer.write(into)

    assert active_content("a.pdf", into.getvalue()).actions == (Action.SCRIPT, Action.PROTECTION)


@pytest.mark.parametrize("form", [lambda raw: raw, packed], ids=["plain", "packed"])
@pytest.mark.parametrize("name", HARMLESS)
def test_a_pdf_that_is_only_read_does_nothing(name, form):
    assert active_content("a.pdf", form(HARMLESS[name])) == ActiveContent()


@pytest.mark.parametrize(
    ("name", "raw", "action"),
    [
        ("a.docx", archive(**{"[Content_Types].xml": b"", "word/vbaProject.bin": b"x"}), Action.MACRO),
        ("a.xlsx", archive(**{"XL\\VBAPROJECT.BIN": b"x"}), Action.MACRO),
        ("a.xlsx", archive(**{"xl/macrosheets/sheet1.xml": b"x"}), Action.MACRO),
        ("a.pptx", archive(**{"ppt/vbaProject.bin": b"x"}), Action.MACRO),
        ("a.doc", archive(**{"word/vbaProject.bin": b"x"}), Action.MACRO),
        ("a.odt", archive(**{"Basic/Standard/Module1.xml": b"x"}), Action.MACRO),
        ("a.ods", archive(**{"Scripts/python/a.py": b"x"}), Action.MACRO),
        ("a.rtf", rb"{\rtf1 {\object\objemb{\*\objdata 0105}}}", Action.FILES),
    ],
)
def test_what_an_office_file_does_is_found_in_an_archive_too(name, raw, action):
    assert active_content(name, raw) == ActiveContent(actions=(action,))
    assert active_content("x.zip", archive(**{name: raw})).actions == (action,)


OLD = sorted(path.name for path in SAVED.iterdir() if path.suffix in (".doc", ".xls", ".ppt"))


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.docx", word()), ("a.xlsx", book()), ("a.rtf", b"{\\rtf1 x}"), ("a.zip", archive(**{"a.txt": b"x"})),
     *((name, (SAVED / name).read_bytes()) for name in OLD)],
)  # fmt: skip
def test_an_office_file_without_macros_does_nothing(name, raw):
    assert active_content(name, raw) == ActiveContent()


HTML = b"<script>alert(1)</script>"


@pytest.mark.parametrize("suffix", [suffix for suffix, type in TYPES.items() if type.begins])
@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (HTML, SniffedType.MARKUP),
        (b"\xef\xbb\xbf\n<!-- x --><svg/>", SniffedType.MARKUP),
        (HTML + pdf(), SniffedType.MARKUP),  # readers of PDF look for its mark in the first 1,024 bytes
        (HTML + archive(**{"a": b""}), SniffedType.MARKUP),  # readers of ZIP begin at its end
        ("<?xml version='1.0'?><x/>".encode("utf-16"), SniffedType.MARKUP),
        (b"MIME-Version: 1.0\n\n", SniffedType.MHTML),
    ],
)
def test_what_a_browser_runs_has_no_other_name(suffix, raw, what):
    assert active_content(f"a{suffix}", raw) == ActiveContent(what)


@pytest.mark.parametrize("suffix", [suffix for suffix, type in TYPES.items() if type.begins and suffix != ".pdf"])
def test_a_pdf_has_its_own_name(suffix):
    assert active_content(f"a{suffix}", pdf()).sniffed is SniffedType.PDF


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", b"\xef\xbb\xbf%PDF-1.4"), ("a.docx", b"PK\x03\x04"), ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.doc", b"{\\rtf1}"),
        ("a.xls", b"\x09\x08\x10\0"), ("a.p7s", b"\x30\x82"), ("a.p7s", b"-----BEGIN PKCS7-----"), ("a.mp4", b"\0\0\0\x18ftypmp42"),
        ("a.mp3", b"\xff\xfb\x90"), ("a.mp3", b"ID3\x03"), ("a.webm", b"\x1a\x45\xdf\xa3"), ("a.7z", b"7z\xbc\xaf\x27\x1c"), ("a.rar", b"Rar!\x1a\x07"),
        ("a.zip", b"PK\x05\x06"), ("a.csv", "Дата".encode("cp1251")), ("a.txt", "Дата".encode("utf-16")), ("a.json", b"{}"), ("a.geojson", b"{}"),
        ("a.csv", b""),
    ],
)  # fmt: skip
def test_bytes_that_are_what_the_name_says(name, raw):
    assert not active_content(name, raw).differs


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.pdf", archive(**{"a": b""})), ("a.docx", b"{\\rtf1}"), ("a.docx", b"\xff\xd8"), ("a.zip", b"Rar!"), ("a.txt", b"MZ\0\0"), ("a.mp4", b"\x1a\x45\xdf\xa3")],
)  # fmt: skip
def test_bytes_that_are_something_else(name, raw):
    assert active_content(name, raw) == ActiveContent(differs=True)


def test_a_pdf_that_only_a_browser_can_mend_is_looked_through():
    raw = PDFS["open-action"][0].partition(b"startxref")[0]

    assert active_content("a.pdf", raw).actions == (Action.SCRIPT,)


def test_a_part_that_cannot_be_read_hides_no_other():
    broken, script = archive(**{"x": b"y"})[:-5], PDFS["open-action"][0]

    assert active_content("x.zip", archive(**{"a.docx": broken, "b.pdf": b"%PDF-/JS", "c.pdf": script})).actions == (
        Action.SCRIPT,
    )


@examples(0.6)
@given(st.sampled_from(sorted(PDFS)), st.data())
def test_a_damaged_pdf_is_only_looked_at(name, data):
    raw = PDFS[name][0]
    cut = data.draw(st.integers(5, len(raw) - 1))
    noise = data.draw(st.binary(max_size=20))

    assert isinstance(active_content("a.pdf", raw[:cut] + noise + raw[cut + len(noise) :]), ActiveContent)


@pytest.mark.parametrize("suffix", TYPES)
@pytest.mark.parametrize("begin", [b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""])
def test_a_file_that_breaks_off_is_only_looked_at(suffix, begin):
    assert active_content(f"a{suffix}", begin + b"\xff/JS/ObjStm").actions == ()


@pytest.mark.long
def test_a_large_pdf_takes_time_in_proportion():
    def written_with(number):
        raw = written(
            lambda writer, root, page: [writer._add_object(dictionary({"/A": NumberObject(n)})) for n in range(number)]
        )
        return raw + b"%/JS "

    assert is_in_proportion(lambda raw: active_content("a.pdf", raw), written_with(500), written_with(4000))
