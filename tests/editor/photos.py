"""Photos as phones and programs write them: with a place, a person, a camera in every way that a format has."""

import io
import json
import subprocess
from pathlib import Path

from PIL import Image, ImageDraw
from pillow_heif import from_pillow

SIZE = (2400, 1600)  # larger than the repository keeps
CORNER = (220, 30, 30)  # at the top left when the photo is upright
REST = (40, 90, 200)
_TAGS = (
    "-GPSLatitude=49.9935", "-GPSLatitudeRef=N", "-GPSLongitude=36.2304", "-GPSLongitudeRef=E", "-Make=Secret", "-Model=Phone",
    "-XMP:GPSLatitude=49.9935", "-XMP:Creator=Olena", "-XMP:City=Zrazkove",
)  # fmt: skip
_JPEG_TAGS = ("-IPTC:City=Zrazkove", "-IPTC:By-line=Olena", "-Comment=at home", "-ThumbnailImage<={thumbnail}")
# What exiftool says of a file that is nothing but a picture: of its coding and of the file itself.
_NEUTRAL = (
    "File",
    "System",
    "ExifTool",
    "Composite",
    "RIFF",
    "PNG",
    "SourceFile",
    "JFIF",
    "VP8",
    "ICC_Profile",
    "ICC-header",
    "ICC-view",
    "ICC-meas",
)


def _pixels(turned: bool) -> Image.Image:
    """A photo with a red corner at the top left; `turned` as a phone held upright stores it, lying."""
    image = Image.new("RGB", SIZE[::-1] if turned else SIZE, REST)
    ImageDraw.Draw(image).rectangle((0, 0, 399, 399), fill=CORNER)
    return image.rotate(90, expand=True) if turned else image


def photo(folder: Path, name: str, turned: bool = False) -> Path:
    """A photo of the kind that its name says, with everything that must not reach the repository."""
    file, suffix = folder / name, name.rpartition(".")[2].lower()
    image = _pixels(turned)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6 if turned else 1, "Secret"
    # Bytes: then HEIC gets the turn that phones write, too. The library's opener is not registered: the check must know none.
    if suffix == "heic":
        from_pillow(image).save(file, exif=exif.tobytes(), quality=80)
    else:
        image.save(file, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[suffix], exif=exif.tobytes(), quality=80)
    small = io.BytesIO()
    image.resize((160, 120)).save(small, "JPEG")
    (folder / "thumbnail.jpg").write_bytes(small.getvalue())
    tags = [*_TAGS, *(tag.format(thumbnail=folder / "thumbnail.jpg") for tag in _JPEG_TAGS if suffix == "jpg")]
    subprocess.run(["exiftool", "-q", "-q", "-overwrite_original", *tags, str(file)], check=True)
    (folder / "thumbnail.jpg").unlink()
    return file


def said_of(data: bytes) -> dict[str, str]:
    """What exiftool finds in a file beside how its pixels are stored."""
    done = subprocess.run(["exiftool", "-j", "-G1", "-a", "-u", "-"], input=data, capture_output=True, check=True)
    found = json.loads(done.stdout)[0]
    return {key: str(value) for key, value in found.items() if key.partition(":")[0] not in _NEUTRAL}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
