"""No file of a built site says where, when, by whom or with what a picture was taken: every file is shown to exiftool."""

import io
import json
import shutil
import subprocess
import zipfile

import pytest
from PIL import Image, ImageCms

from hromada.commands import dispatch as commands
from tests import needs
from tests.system.test_attachments import book_with

pytestmark = [needs.exiftool, pytest.mark.long]
EXIFTOOL = shutil.which("exiftool")
SECRET = "Taiemnytsia"  # stands in every tag that is written, so that its bytes can be searched for, too
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tif": "TIFF", "gif": "GIF", "avif": "AVIF"}
TAGS = {
    "EXIF": ("-EXIF:Artist", "-EXIF:ImageDescription", "-EXIF:Make", "-EXIF:Model", "-EXIF:UserComment", "-EXIF:OwnerName"),
    "XMP": ("-XMP-dc:Creator", "-XMP-photoshop:City", "-XMP-xmp:CreatorTool", "-XMP-dc:Description"),
    "IPTC": ("-IPTC:City", "-IPTC:By-line", "-IPTC:Caption-Abstract"),
    "Comment": ("-Comment",),
}  # fmt: skip
PLACE = ("-GPSLatitude=49.99", "-GPSLongitude=36.23", "-GPSLatitudeRef=N", "-GPSLongitudeRef=E")
# What exiftool reads of the picture or the file itself, and the text of calendars; every other group is a place where cameras and programs write.
# A picture inside of a document keeps its colour profile: without it a signed or printed page would look otherwise
# (docs/decisions/0012).
OF_PROFILES = frozenset({"ICC_Profile", "ICC-header", "ICC-chrm", "ICC-view", "ICC-meas"})
PLAIN = frozenset({"ExifTool", "System", "File", "JFIF", "RIFF", "PNG", "Composite", "SVG", "HTML", "ZIP", "XML", "JSON", "PDF", "Font", "Text", "Track1", "QuickTime", "Meta", "AV1"}) | {f"{part}{number}" for part in ("Event", "Timezone") for number in range(1, 100)} | {"VCalendar"}  # fmt: skip
# Our own report's PDF, which has these for people who can't see (PDF/UA): title, language, program.
OF_REPORTS = frozenset(
    {
        "XMP-x",
        "XMP-dc",
        "XMP-pdf",
        "XMP-xmp",
        "XMP-pdfuaid",
        "XMP-xmpMM",
        "XMP-pdfaid",
        "XMP-pdfaExtension",
        "XMP-xmpTPg",
    }
)


def photo(folder, suffix, *, placed):
    """A photo with a thumbnail, a colour profile and a secret in every tag that its format takes."""
    path = folder / f"photo.{suffix}"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = Image.radial_gradient("L").resize((300, 200)).convert("P" if suffix == "gif" else "RGB")
    picture.save(path, FORMATS[suffix], **({} if suffix == "gif" else {"icc_profile": profile}))
    thumbnail = folder / "thumbnail.jpg"
    picture.convert("RGB").resize((30, 20)).save(thumbnail, "JPEG", comment=SECRET.encode())
    tags = [f"{name}={SECRET} {number}" for names in TAGS.values() for number, name in enumerate(names)]
    tags += [f"-ThumbnailImage<={thumbnail}", *(PLACE if placed else ())]
    # Warns of the tags that the format can't hold.
    subprocess.run(
        [EXIFTOOL, "-q", "-q", "-m", "-overwrite_original", *tags, str(path)], capture_output=True, check=False
    )
    raw = path.read_bytes()
    path.unlink()
    thumbnail.unlink()
    return raw


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    return {(suffix, placed): photo(folder, suffix, placed=placed) for suffix in FORMATS for placed in (False, True)}


def everything(folder):
    """Every file, and every member of archives and office documents, unpacked beside it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder / "unpacked" / path.relative_to(folder))
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def told(names, folder):
    """The groups of tags that exiftool finds in each file."""
    command = [EXIFTOOL, "-j", "-G1", "-a", "-u", "-ee", "-charset", "filename=utf8", "-@", "-"]
    done = subprocess.run(command, input="\n".join(map(str, names)).encode(), capture_output=True, check=False)
    found = {}
    for entry in json.loads(done.stdout):
        path = entry.pop("SourceFile").removeprefix(f"{folder}/")
        tags = [key.partition(":")[::2] for key in entry]
        inner = [name for _, name in tags if name in ("Comment", "ThumbnailImage", "PreviewImage")]
        found[path] = {group for group, name in tags if name and name != "Error"} | set(inner)
    return found


def _of_type(path):
    if path.startswith("unpacked/"):
        return OF_PROFILES
    if path.endswith(
        (".xlsx", ".docx", ".odt")
    ):  # a document's own properties, which exiftool reads where Perl has Archive::Zip
        return frozenset({"XMP-dc"})
    return OF_REPORTS if path.endswith("report.pdf") else frozenset()


def leaks(folder):
    """What exiftool finds beside the pictures and pages themselves; and files with the secret in their bytes."""
    names = everything(folder)
    seen = told(names, folder)
    assert len(seen) == len(names)
    groups = [
        (path, group)
        for path, groups in seen.items()
        for group in sorted(groups - PLAIN - _of_type(path))
        if not path.endswith((".html", ".xml", ".atom", ".rels"))  # their tags are our templates' and the format's
    ]
    return groups + [(path.name, SECRET) for path in names if SECRET.encode() in path.read_bytes()]


def test_the_photos_of_this_test_do_carry_what_must_not_come_out(photos, tmp_path):
    """Else the others would find nothing for want of it."""
    for (suffix, placed), raw in photos.items():
        (tmp_path / f"{placed}.{suffix}").write_bytes(raw)
    groups = set().union(*told(sorted(tmp_path.iterdir()), tmp_path).values())

    assert {"IFD0", "ExifIFD", "GPS", "IFD1", "XMP-dc", "IPTC", "Comment", "ICC-header"} <= groups
    assert all(SECRET.encode() in raw for raw in photos.values())


def test_exiftool_finds_nothing_in_a_built_site(golden, photos):
    """Photos of every format in the text, the gallery, as covers and as links; those with a place once `make fix` was there."""
    text = ["title: Толока", "date: 2021-07-05", "image: cover.jpg", "image-alt: Люди саджають дерева", "gallery: [cover.jpg, of-png.png]", "", "Толока."]  # fmt: skip
    golden.write("news/2021/cover.jpg", photos["jpg", True])
    for (suffix, placed), raw in photos.items():
        name = f"{'placed' if placed else 'of'}-{suffix}.{suffix}"
        golden.write(f"news/2021/{name}", raw)
        text += ["", f"![Люди саджають липи на толоці, {suffix}]({name}) [Світлина]({name})"]
    golden.write("news/2021/book.xlsx", book_with(photos["jpg", False]))
    golden.write("news/2021/2021-07-05-toloka.md", "\n".join([*text, "", "[Таблиця](book.xlsx)", ""]))
    assert golden.run(commands.fix)[0] == 0
    status, _, said = golden.html()

    assert status == 0, said
    names = [path for path in golden.files() if path.startswith("images/")]
    assert any(name.endswith("-card.jpg") for name in names)
    assert any(name.endswith("-480.webp") or name.endswith("-300.webp") for name in names)
    assert leaks(golden.output) == []


def test_a_photo_with_a_place_stops_the_build_as_long_as_it_has_it(site, photos):
    site.write("news/x.jpg", photos["jpg", True])
    site.write("news/x.md", "title: Толока\ndate: 2021-07-05\n\n![Люди саджають липи](x.jpg)\n")
    status, said, _ = site.run(commands.check)

    assert (status, "[picture-place]" in said) == (2, True)


def test_a_comment_in_a_moving_picture_is_gone_too(site, tmp_path):
    out = io.BytesIO()
    Image.new("P", (30, 20)).save(
        out, "GIF", comment=SECRET.encode(), save_all=True, append_images=[Image.new("P", (30, 20), 3)]
    )
    site.write("news/x.gif", out.getvalue())
    site.write("news/x.md", "title: Толока\ndate: 2021-07-05\n\n![Прапор на вітрі](x.gif)\n")
    assert site.html()[0] == 0

    assert leaks(site.output) == []
