"""Reads pictures with Pillow, removes their metadata, and makes their upright, resized copies."""

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
def _open(file: IO[bytes]) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about damaged tags: only an unreadable picture matters
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
    """Read what must be known of a picture's file; `refusal` is set if it is none."""
    try:
        raw = file.read()
    except NotRegular as error:
        return PictureInfo(refusal=error.type_fault.message)
    except OSError:
        return PictureInfo(refusal=_UNREADABLE)
    traces = traces_in(metadata_of(raw))
    try:
        with _open(io.BytesIO(raw)) as image:
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
    """The EXIF orientation, 1 to 8; 1 for a damaged tag."""
    value = exif.get(_ORIENTATION, 1)
    return int(value) if value in range(1, 9) else 1


def traces_in(metadata: Metadata) -> DocumentMetadata:
    """A picture's metadata as far as they matter for the file in the repository: the place, not author or camera."""
    return DocumentMetadata(has_gps=metadata.has_coordinates, places=metadata.places)


def cleaned(raw: bytes) -> bytes | None:
    """A picture without its metadata if they name a place; None if they don't.

    Without loss where the format allows, else re-encoded; NotCleanable when neither gives the same picture without a
    place.
    """
    return _without(raw, _has_place) if _has_place(metadata_of(raw)) else None


def cleaned_inside(raw: bytes) -> bytes | None:
    """The same for a picture inside a document, from which author and camera are removed, too."""
    return _without(raw, any) if any(metadata_of(raw)) else None


def _without(raw: bytes, has_traces: Callable[[Metadata], bool]) -> bytes:
    with contextlib.suppress(NotCleanable):
        cleaned = without_metadata(raw)
        if not has_traces(metadata_of(cleaned)) and _is_same_picture(raw, cleaned):
            return cleaned
    cleaned = _re_encoded(raw)
    if has_traces(metadata_of(cleaned)):
        raise NotCleanable
    return cleaned


def _has_place(metadata: Metadata) -> bool:
    return metadata.has_coordinates or bool(metadata.places)


def _is_same_picture(raw: bytes, cleaned: bytes) -> bool:
    """Whether every frame has the same pixels, orientation and colour profile."""
    try:
        with _open(io.BytesIO(raw)) as before, _open(io.BytesIO(cleaned)) as after:
            if (before.format, before.mode) != (after.format, after.mode) and before.format != "MPO":
                return False
            frames = 1 if before.format == "MPO" else getattr(before, "n_frames", 1)
            if frames != getattr(after, "n_frames", 1):
                return False
            if before.info.get("icc_profile") != after.info.get("icc_profile"):
                return False
            return all(_is_same_frame(before, after, index) for index in range(frames))
    except PictureRefused as refused:
        if str(refused) == _TOO_LARGE and raw.startswith(jpeg.START):
            return (
                True  # too much to decode twice; of a JPEG whole parts are left out, and its scans are not among them
            )
        raise NotCleanable from None


def _is_same_frame(before: Image.Image, after: Image.Image, index: int) -> bool:
    if index:
        before.seek(index)
        after.seek(index)
    left, right = ImageOps.exif_transpose(before), ImageOps.exif_transpose(after)
    if (left.size, left.mode) != (right.size, right.mode):
        return False
    return left.tobytes() == right.tobytes()


def _re_encoded(raw: bytes) -> bytes:
    """A picture of one frame re-encoded in its own format, as near to the original as that allows."""
    try:
        with _open(io.BytesIO(raw)) as image:
            format = "JPEG" if image.format == "MPO" else image.format or ""
            if format not in _SAVING or (image.format != "MPO" and getattr(image, "n_frames", 1) > 1):
                raise NotCleanable
            upright = ImageOps.exif_transpose(image)
            bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            if palette := upright.getpalette():
                bare.putpalette(palette)
            output = io.BytesIO()
            bare.save(output, format, icc_profile=image.info.get("icc_profile"), **_SAVING[format])
    except (PictureRefused, OSError, ValueError, KeyError):
        raise NotCleanable from None
    return output.getvalue()


def copies_of(plan: CopyPlan, raw: bytes) -> dict[str, bytes]:
    """The copies by name, each resized from the next larger one: a third of the time of resizing the original (measured)."""
    with _open(io.BytesIO(raw)) as image:
        image.draft("RGB", (plan.largest.width * 2, plan.largest.height * 2))
        upright = ImageOps.exif_transpose(image)
        picture = _clean(upright)
    files = {}
    for copy in sorted(plan.copies, key=lambda copy: -copy.width):
        picture = picture.resize((copy.width, copy.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        files[copy.name] = _encoded(picture)
    return files


def _clean(image: Image.Image) -> Image.Image:
    """The pixels only, in sRGB: a new image has no EXIF, GPS, XMP, comment, thumbnail or colour profile."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    converted = (_to_eight_bits(image) if image.mode in _DEEP else image).convert(mode)
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a damaged profile: keep the values as they are
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(converted, source, _SRGB, outputMode=mode)
            converted = turned or converted
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """A deep grey picture scaled to 8 bits: `convert` alone clips, which makes nearly everything white."""
    values = image.convert("F")
    low, high = _range(values, image.mode)
    scale = 255.0 / (high - low)
    grey = values.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")
    transparent = image.info.get("transparency")
    if not isinstance(transparent, int):
        return grey
    lighter = values.point(lambda value: value * 1.0 - transparent).convert("L")  # 0 there, and where it is darker
    darker = values.point(lambda value: value * -1.0 + transparent).convert("L")
    mask = ImageChops.add(lighter, darker).point(lambda value: 255 * (value > 0))
    return Image.merge("LA", (grey, mask))


def _range(values: Image.Image, mode: str) -> tuple[float, float]:
    """The values of black and white: all of 16 bits, for more bits the narrowest usual range that holds the picture."""
    if mode.startswith("I;16"):
        return 0.0, 65_535.0
    least, most = map(float, cast(tuple[float, float], values.getextrema()))
    if not (math.isfinite(least) and math.isfinite(most)):
        return 0.0, 1.0
    usual = (1.0, 255.0, 65_535.0) if mode == "F" else (255.0, 65_535.0)
    top = next((value for value in usual if least >= 0 and most <= value), 0.0)
    return (0.0, top) if top else (least, max(most, least + 1.0))


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=78, method=4)
    return out.getvalue()
