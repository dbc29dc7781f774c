"""Pillow: pictures are opened, turned upright, cleaned of all metadata and written anew."""

from __future__ import annotations

import contextlib
import hashlib
import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from PIL import ExifTags, Image, ImageCms, ImageOps

from hromada.images.planning import Plan, plan
from hromada.mending.photos import NotMendable, bare_jpeg
from hromada.shell.disk_errors import Hindered, not_read
from hromada.shell.file_store import FileStore

# A phone's photo has 12 to 50 megapixels; a file that claims more is a mistake or a bomb.
Image.MAX_IMAGE_PIXELS = 80_000_000
_ORIENTATION = 0x0112
_SRGB = ImageCms.createProfile("sRGB")


class PictureRefused(Exception):
    """The file is no picture that can be published; the message is Ukrainian."""


@contextlib.contextmanager
def _opened(path: Path | io.BytesIO) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureRefused("світлина завелика (понад 80 мегапікселів)") from None
    except (OSError, ValueError, SyntaxError):
        raise PictureRefused("файл не читається як світлина") from None


class Facts(NamedTuple):
    """What a picture's file says of itself; `refusal` is Ukrainian and leaves the rest empty."""

    digest: str = ""
    width: int = 0
    height: int = 0
    orientation: int = 1
    format: str = ""  # as Pillow calls it
    refusal: str = ""
    is_placed: bool = False  # it says where it was taken


def facts_of(file: Path) -> Facts:
    """Look into a picture's file."""
    try:
        with _opened(file) as image:
            exif, size, format = image.getexif(), image.size, image.format or ""
            orientation, placed = int(exif.get(_ORIENTATION, 1)), _has_coordinates(exif)
            image.draft("RGB", (64, 64))  # a JPEG is decoded small, which finds a file cut short as well
            image.load()
    except PictureRefused as refused:
        return Facts(refusal=str(refused))
    return Facts(hashlib.sha256(file.read_bytes()).hexdigest(), size[0], size[1], orientation, format, is_placed=placed)


def is_placed(exif: bytes) -> bool:
    """Whether a block of EXIF holds coordinates."""
    found = Image.Exif()
    try:
        found.load(exif)
    except Exception:  # bytes that look like EXIF and are none: Pillow has no one exception for them
        return False
    return _has_coordinates(found)


def _has_coordinates(exif: Image.Exif) -> bool:
    """Some cameras without a signal write zeros."""
    try:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        return any(any(place.get(key, ())) for key in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    except Exception:  # as above
        return False


def without_place(file: Path) -> bytes | None:
    """The bytes of a JPEG that says where it was taken, without that; None when it doesn't, or is of another type.

    The pixels are the same; OSError when the file can't be read.
    """
    try:
        with _opened(file) as image:
            exif = image.getexif()
            if image.format not in ("JPEG", "MPO") or not _has_coordinates(exif):
                return None
            orientation = int(exif.get(_ORIENTATION, 1))
        return bare_jpeg(file.read_bytes(), orientation)
    except (PictureRefused, NotMendable):
        return None


@dataclass(slots=True)
class Pictures:
    """Plans of the content's pictures, each made once, and their copies kept in `store`.

    `facts` are those remembered: half a year's photos are 10 GB, so a file is opened once. What is learnt is added.
    """

    file_of: Callable[[str], Path]
    store: FileStore
    widths: tuple[int, ...]
    facts: dict[str, Facts] = field(default_factory=dict)
    _plans: dict[str, Plan] = field(default_factory=dict)

    def plan(self, path: str) -> Plan:
        """The copies of a picture of the content; PictureRefused when it can't be one."""
        if path not in self._plans:
            facts = self._facts(path)
            if facts.refusal:
                raise PictureRefused(facts.refusal)
            size = facts.width, facts.height
            self._plans[path] = plan(path, facts.digest, size, facts.orientation, self.widths)
        return self._plans[path]

    def format_of(self, path: str) -> str:
        """What a picture's file holds."""
        return self._facts(path).format

    def is_placed(self, path: str) -> bool:
        """Whether a picture's file says where it was taken."""
        return self._facts(path).is_placed

    def face(self, path: str) -> str:
        """What a page shows of a picture, in a word."""
        facts = self._facts(path)
        return facts.refusal or f"{facts.digest} {facts.width} {facts.height} {facts.orientation}"

    def _facts(self, path: str) -> Facts:
        if path not in self.facts:
            self.facts[path] = facts_of(self.file_of(path))
        return self.facts[path]

    def used(self, paths: Iterable[str]) -> list[Plan]:
        """The plans of pictures that pages show, in the order of their paths; the same photo saved twice is one."""
        plans = [self.plan(path) for path in sorted(set(paths))]
        return list({one.largest.name: one for one in reversed(plans)}.values())[::-1]

    def copies(self, one: Plan) -> dict[str, bytes]:
        """A picture's copies by name; the original is decoded only when they are not kept yet."""
        return self.store.get(one.made_of, lambda: self._made(one))

    def _made(self, one: Plan) -> dict[str, bytes]:
        """Decode at the scale needed, then cascade from large to small: a third of the naive time (measured)."""
        with _opened(io.BytesIO(self._bytes_of(one.source))) as image:
            image.draft("RGB", (one.largest.width * 2, one.largest.height * 2))
            upright = ImageOps.exif_transpose(image)
            picture = _clean(upright)
        made = {}
        for copy in sorted(one.copies, key=lambda one: -one.width):
            picture = picture.resize((copy.width, copy.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            made[copy.name] = _encoded(picture)
        return made

    def _bytes_of(self, path: str) -> bytes:
        """Those that the picture's name says: other ones would be kept, and shown for ever, under that name."""
        try:
            raw = self.file_of(path).read_bytes()
        except OSError as error:
            raise not_read(path, error) from error
        if hashlib.sha256(raw).hexdigest() != self._facts(path).digest:
            raise Hindered(f"{path}: світлину змінено, поки будувався сайт. Запустіть ще раз.")
        return raw


def _clean(image: Image.Image) -> Image.Image:
    """Pixels alone, in sRGB: a new image carries no EXIF, GPS, XMP, comment, thumbnail or colour profile."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    converted = image.convert(mode)
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a damaged profile: keep the numbers as they are
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(converted, source, _SRGB, outputMode=mode)
            converted = turned or converted
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=78, method=4)
    return out.getvalue()
