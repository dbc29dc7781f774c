"""Pillow: pictures are opened, turned upright, cleaned of all metadata and written anew."""

from __future__ import annotations

import contextlib
import hashlib
import io
import warnings
from collections.abc import Iterator
from typing import IO

from PIL import ExifTags, Image, ImageCms, ImageOps

from hromada.images.planning import Plan
from hromada.mending.photos import NotMendable, bare_jpeg
from hromada.shell.pictures import Facts, PictureRefused
from hromada.shell.regular_files import NotRegular, RegularFile

# A phone's photo has 12 to 50 megapixels; a file that claims more is a mistake or a bomb.
Image.MAX_IMAGE_PIXELS = 80_000_000
_ORIENTATION = 0x0112
_UNREADABLE = "файл не читається як світлина"
_SRGB = ImageCms.createProfile("sRGB")


@contextlib.contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged tags: what matters is whether the picture can be read
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as image:
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureRefused("світлина завелика (понад 80 мегапікселів)") from None
    except (MemoryError, PictureRefused):
        raise
    except Exception:  # damaged bytes: Pillow has no one exception for them, and lets through those of zlib and struct
        raise PictureRefused(_UNREADABLE) from None


def facts_of(file: RegularFile) -> Facts:
    """Look into a picture's file."""
    try:
        raw = file.read()
        with _opened(io.BytesIO(raw)) as image:
            exif, size, format = image.getexif(), image.size, image.format or ""
            orientation, placed = _orientation(exif), _has_coordinates(exif)
            image.draft("RGB", (64, 64))  # a JPEG is decoded small, which finds a file cut short as well
            image.load()
    except PictureRefused as refused:
        return Facts(refusal=str(refused))
    except NotRegular as error:
        return Facts(refusal=error.oddity.words)
    except OSError:
        return Facts(refusal=_UNREADABLE)
    return Facts(hashlib.sha256(raw).hexdigest(), size[0], size[1], orientation, format, is_placed=placed)


def _orientation(exif: Image.Exif) -> int:
    """1 to 8; a damaged tag may hold anything and says nothing."""
    value = exif.get(_ORIENTATION, 1)
    return int(value) if value in range(1, 9) else 1


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


def without_place(file: IO[bytes]) -> bytes | None:
    """The bytes of a JPEG that says where it was taken, without that; None when it doesn't, or is of another type.

    The pixels are the same.
    """
    try:
        with _opened(file) as image:
            exif = image.getexif()
            if image.format not in ("JPEG", "MPO") or not _has_coordinates(exif):
                return None
            orientation = _orientation(exif)
        file.seek(0)
        return bare_jpeg(file.read(), orientation)
    except (PictureRefused, NotMendable):
        return None


def copies_of(one: Plan, raw: bytes) -> dict[str, bytes]:
    """The copies of an original's bytes by name: decoded at the scale needed, then cascaded from large to small: a third of the naive time (measured)."""
    with _opened(io.BytesIO(raw)) as image:
        image.draft("RGB", (one.largest.width * 2, one.largest.height * 2))
        upright = ImageOps.exif_transpose(image)
        picture = _clean(upright)
    made = {}
    for copy in sorted(one.copies, key=lambda one: -one.width):
        picture = picture.resize((copy.width, copy.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        made[copy.name] = _encoded(picture)
    return made


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
