"""Pillow: pictures are opened, turned upright, cleaned of all metadata and written anew."""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
import warnings
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from PIL import Image, ImageChops, ImageCms, ImageOps

from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import begins_as_phone_picture
from hromada.images.copies import HEIC, CopyPlan, PictureInfo, PictureRefused
from hromada.metadata import jpeg
from hromada.metadata.limits import NotCleanable
from hromada.metadata.picture_metadata import Metadata, metadata_of, without_metadata
from hromada.system.regular_files import NotRegular, RegularFile

# A phone's photo has 12 to 50 megapixels; a file that claims more is a mistake or a bomb.
Image.MAX_IMAGE_PIXELS = 80_000_000
_ORIENTATION = 0x0112
_TOO_LARGE = "світлина завелика (понад 80 мегапікселів)"
_UNREADABLE = "файл не читається як світлина"
# How a picture is written anew when nothing can be left out of its file.
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0}, "PNG": {}, "WEBP": {"lossless": True}, "AVIF": {"quality": 95}, "GIF": {},
    "BMP": {}, "TIFF": {"compression": "tiff_adobe_deflate"},
}  # fmt: skip
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
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
        raise PictureRefused(_TOO_LARGE) from None
    except (MemoryError, PictureRefused, NotCleanable):
        raise
    except Exception:  # damaged bytes: Pillow has no one exception for them, and lets through those of zlib and struct
        raise PictureRefused(_UNREADABLE) from None


def facts_of(file: RegularFile) -> PictureInfo:
    """Look into a picture's file."""
    try:
        raw = file.read()
    except NotRegular as error:
        return PictureInfo(refusal=error.oddity.words)
    except OSError:
        return PictureInfo(refusal=_UNREADABLE)
    traces = traces_in(metadata_of(raw))
    try:
        with _opened(io.BytesIO(raw)) as image:
            size, format, orientation = image.size, image.format or "", _orientation(image.getexif())
            is_deep = image.mode in _DEEP
            image.draft("RGB", (64, 64))  # a JPEG is decoded small, which finds a file cut short as well
            image.load()
    except PictureRefused as refused:
        return PictureInfo(refusal=HEIC if begins_as_phone_picture(raw) else str(refused), traces=traces)
    return PictureInfo(
        hashlib.sha256(raw).hexdigest(), size[0], size[1], orientation, format, traces=traces, is_deep=is_deep
    )


def _orientation(exif: Image.Exif) -> int:
    """1 to 8; a damaged tag may hold anything and says nothing."""
    value = exif.get(_ORIENTATION, 1)
    return int(value) if value in range(1, 9) else 1


def traces_in(said: Metadata) -> DocumentMetadata:
    """What matters of a picture's metadata for the file in the repository: where, not by whom and with what."""
    return DocumentMetadata(has_gps=said.has_coordinates, places=said.places)


def cleaned(raw: bytes) -> bytes | None:
    """A picture without its metadata when that says a place; None when it doesn't.

    Without loss where the format lets, else decoded and written anew; NotCleanable when neither gives the same picture
    without a place.
    """
    return _without(raw, _says_place) if _says_place(metadata_of(raw)) else None


def cleaned_inside(raw: bytes) -> bytes | None:
    """The same of a picture in a document, where also who took it, and with what, is nobody's concern."""
    return _without(raw, any) if any(metadata_of(raw)) else None


def _without(raw: bytes, says: Callable[[Metadata], bool]) -> bytes:
    with contextlib.suppress(NotCleanable):
        made = without_metadata(raw)
        if not says(metadata_of(made)) and _shows_the_same(raw, made):
            return made
    made = _rewritten(raw)
    if says(metadata_of(made)):
        raise NotCleanable
    return made


def _says_place(said: Metadata) -> bool:
    return said.has_coordinates or bool(said.places)


def _shows_the_same(raw: bytes, made: bytes) -> bool:
    """Whether every frame has the same pixels, the same side up, and the same colour profile."""
    try:
        with _opened(io.BytesIO(raw)) as before, _opened(io.BytesIO(made)) as after:
            if (before.format, before.mode) != (after.format, after.mode) and before.format != "MPO":
                return False
            frames = 1 if before.format == "MPO" else getattr(before, "n_frames", 1)
            if frames != getattr(after, "n_frames", 1):
                return False
            if before.info.get("icc_profile") != after.info.get("icc_profile"):
                return False
            return all(_is_same_frame(before, after, number) for number in range(frames))
    except PictureRefused as refused:
        if str(refused) == _TOO_LARGE and raw.startswith(jpeg.START):
            return (
                True  # too much to decode twice; of a JPEG whole parts are left out, and its scans are not among them
            )
        raise NotCleanable from None


def _is_same_frame(before: Image.Image, after: Image.Image, number: int) -> bool:
    if number:
        before.seek(number)
        after.seek(number)
    one, other = ImageOps.exif_transpose(before), ImageOps.exif_transpose(after)
    if (one.size, one.mode) != (other.size, other.mode):
        return False
    return one.tobytes() == other.tobytes()


def _rewritten(raw: bytes) -> bytes:
    """A picture of one frame decoded and written anew in its format, as near to the original as that lets."""
    try:
        with _opened(io.BytesIO(raw)) as image:
            format = "JPEG" if image.format == "MPO" else image.format or ""
            if format not in _SAVING or (image.format != "MPO" and getattr(image, "n_frames", 1) > 1):
                raise NotCleanable
            upright = ImageOps.exif_transpose(image)
            bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            if palette := upright.getpalette():
                bare.putpalette(palette)
            into = io.BytesIO()
            bare.save(into, format, icc_profile=image.info.get("icc_profile"), **_SAVING[format])
    except (PictureRefused, OSError, ValueError, KeyError):
        raise NotCleanable from None
    return into.getvalue()


def copies_of(one: CopyPlan, raw: bytes) -> dict[str, bytes]:
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
    converted = (_in_eight_bits(image) if image.mode in _DEEP else image).convert(mode)
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a damaged profile: keep the numbers as they are
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(converted, source, _SRGB, outputMode=mode)
            converted = turned or converted
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A deep grey picture with its whole range of light: converting alone would make nearly everything white."""
    numbers = image.convert("F")
    low, high = _range(numbers, image.mode)
    scale = 255.0 / (high - low)
    grey = numbers.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")
    hidden = image.info.get("transparency")
    if not isinstance(hidden, int):
        return grey
    seen = numbers.point(lambda value: value * 1.0 - hidden).convert("L")  # 0 there, and where it is darker
    darker = numbers.point(lambda value: value * -1.0 + hidden).convert("L")
    mask = ImageChops.add(seen, darker).point(lambda value: 255 * (value > 0))
    return Image.merge("LA", (grey, mask))


def _range(numbers: Image.Image, mode: str) -> tuple[float, float]:
    """What is black and what is white: of sixteen bits their ends, of more the narrowest usual range that holds the picture."""
    if mode.startswith("I;16"):
        return 0.0, 65_535.0
    least, most = (float(one) for one in cast(tuple[float, float], numbers.getextrema()))
    if not (math.isfinite(least) and math.isfinite(most)):
        return 0.0, 1.0
    usual = (1.0, 255.0, 65_535.0) if mode == "F" else (255.0, 65_535.0)
    top = next((one for one in usual if least >= 0 and most <= one), 0.0)
    return (0.0, top) if top else (least, max(most, least + 1.0))


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=78, method=4)
    return out.getvalue()
