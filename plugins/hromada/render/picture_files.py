"""Reads pictures with Pillow, removes their metadata, and makes their upright, resized copies."""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO, Any, cast

from PIL import Image, ImageChops, ImageCms, ImageOps

from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import begins_as_phone_picture
from hromada.metadata import jpeg
from hromada.metadata.limits import NotCleanable
from hromada.metadata.picture_metadata import PictureMetadata, metadata_of, without_metadata
from hromada.pictures.copies import HEIC, CopyPlan, PictureInfo, PictureRefused
from hromada.pictures.placeholders import tone_of
from hromada.pictures.social_cards import HEIGHT, WIDTH
from hromada.render.social_card_files import PAPER, card_of_photo
from hromada.system.regular_files import NotRegular, RegularFile

# A phone's photo has 12 to 50 megapixels; a file that claims more is a mistake or a bomb.
Image.MAX_IMAGE_PIXELS = 80_000_000
_ORIENTATION = 0x0112
_TOO_LARGE = "світлина завелика"
_TOO_MANY_SCANS = "світлину складено з сотень шарів, збережіть її заново"
_UNREADABLE = "файл не читається як світлина"
# How a picture is written anew when nothing can be left out of its file.
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0}, "PNG": {}, "WEBP": {"lossless": True}, "AVIF": {"quality": 95}, "GIF": {},
    "BMP": {}, "TIFF": {"compression": "tiff_adobe_deflate"},
}  # fmt: skip
# A JPEG is decoded small. A picture of another format is held up to three times while it is decoded, one of WebP four
# times; a gigabyte must do.
_MOST_MEGAPIXELS = {"JPEG": 80, "MPO": 80, "WEBP": 40}
_MOST_OF_OTHERS = 60
_SCAN, _MOST_SCANS = b"\xff\xda", 100  # of a progressive JPEG, which has ten: each is decoded over the whole picture
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_SIDEWAYS = (
    Image.Transpose.TRANSPOSE, Image.Transpose.ROTATE_270, Image.Transpose.TRANSVERSE, Image.Transpose.ROTATE_90,
)  # fmt: skip
_COLOURS = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}  # Pillow's modes by the colour spaces of profiles
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
_SRGB = ImageCms.createProfile("sRGB")


@contextlib.contextmanager
def _open(file: IO[bytes]) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about damaged tags: only an unreadable picture matters
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as image:
                most = _MOST_MEGAPIXELS.get(image.format or "", _MOST_OF_OTHERS)
                if image.width * image.height > most * 1_000_000:
                    raise PictureRefused(f"{_TOO_LARGE} (понад {most} мегапікселів)")
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureRefused(f"{_TOO_LARGE} (понад 80 мегапікселів)") from None
    except (MemoryError, PictureRefused, NotCleanable):
        raise
    except Exception:  # damaged bytes: Pillow has no one exception for them, and lets through those of zlib and struct
        raise PictureRefused(_UNREADABLE) from None


def open_picture(file: IO[bytes]) -> contextlib.AbstractContextManager[Image.Image]:
    """The opened picture; PictureRefused for one that can't be read, then or while it is decoded, and for a bomb."""
    return _open(file)


def facts_of(file: RegularFile) -> PictureInfo:
    """Read what must be known of a picture's file; `refusal` is set if it is none."""
    try:
        raw = file.read()
    except NotRegular as error:
        return PictureInfo(refusal=error.type_fault.message)
    except OSError:
        return PictureInfo(refusal=_UNREADABLE)
    metadata = place_metadata(metadata_of(raw))
    if raw.startswith(jpeg.START) and raw.count(_SCAN) > _MOST_SCANS:
        return PictureInfo(refusal=_TOO_MANY_SCANS, metadata=metadata)
    try:
        with _open(io.BytesIO(raw)) as image:
            size, format, orientation = image.size, image.format or "", _orientation(image)
            has_frames = format != "MPO" and _has_frames(image)
            image.draft("RGB", (64, 64))  # a JPEG is decoded small, which finds a file cut short as well
            image.load()
            tone = tone_of_file(image)
    except PictureRefused as refused:
        return PictureInfo(refusal=HEIC if begins_as_phone_picture(raw) else str(refused), metadata=metadata)
    return PictureInfo(
        hashlib.sha256(raw).hexdigest(), size[0], size[1], orientation, format, "", metadata, tone, has_frames
    )


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 for a damaged tag and for TIFF, whose size Pillow has turned already."""
    if image.format == "TIFF":
        return 1
    value = image.getexif().get(_ORIENTATION, 1)
    return int(value) if value in range(1, 9) else 1


def _has_frames(image: Image.Image) -> bool:
    """Whether there is a second frame or page; a damaged one is none. Frames are not counted: there may be thousands."""
    try:
        return bool(getattr(image, "is_animated", False))
    except Exception:  # Pillow looks for the second frame of GIF and TIFF
        return False
    finally:
        image.seek(0)


def place_metadata(metadata: PictureMetadata) -> DocumentMetadata:
    """A picture's metadata as far as they matter for the file in the repository: the place, not author or camera."""
    return DocumentMetadata(has_coordinates=metadata.has_coordinates, place_names=metadata.place_names)


def cleaned(raw: bytes) -> bytes | None:
    """A picture without its metadata if they name a place; None if they don't.

    Without loss where the format allows, else re-encoded; NotCleanable when neither gives the same picture without a
    place.
    """
    return _without(raw, _has_place) if _has_place(metadata_of(raw)) else None


def cleaned_inside(raw: bytes) -> bytes | None:
    """The same for a picture inside a document, from which author and camera are removed, too."""
    return _without(raw, any) if any(metadata_of(raw)) else None


def _without(raw: bytes, is_unwanted: Callable[[PictureMetadata], bool]) -> bytes:
    with contextlib.suppress(NotCleanable):
        cleaned = without_metadata(raw)
        if not is_unwanted(metadata_of(cleaned)) and _is_same_picture(raw, cleaned):
            return cleaned
    cleaned = _re_encoded(raw)
    if is_unwanted(metadata_of(cleaned)):
        raise NotCleanable
    return cleaned


def _has_place(metadata: PictureMetadata) -> bool:
    return metadata.has_coordinates or bool(metadata.place_names)


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
        if str(refused).startswith(_TOO_LARGE) and raw.startswith(jpeg.START):
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


def files_of(plan: CopyPlan, raw: bytes) -> dict[str, bytes]:
    """A picture's copies and its social card, by name: decoded once, each copy resized from the next larger one."""
    image = _pixels(raw, plan)
    card = {plan.card: card_of_photo(image)} if plan.card else {}
    files = {}
    for copy in sorted(plan.copies, key=lambda copy: -copy.width):
        image = _resized(image, (copy.width, copy.height))
        files[copy.name] = _encoded(image)
    return files | card


def _pixels(raw: bytes, plan: CopyPlan) -> Image.Image:
    """The upright picture in sRGB, no larger than needed: shrunk before it is turned and converted, for time and memory."""
    with _open(io.BytesIO(raw)) as image:
        turn = _TURNS.get(_orientation(image))
        upright = image.size[::-1] if turn in _SIDEWAYS else image.size
        least = max(plan.largest.width / upright[0], plan.largest.height / upright[1])
        if plan.card:
            least = max(least, WIDTH / upright[0], HEIGHT / upright[1])
        size = tuple(max(1, round(side * min(1.0, least))) for side in upright)
        stored = size[::-1] if turn in _SIDEWAYS else size
        # libjpeg decodes at a half or a quarter in less than half the time. Down to 1.25 times the size that is needed:
        # a phone's portrait of 3,000 pixels too takes 221 ms instead of 361, for 0.8 points of ssimulacra2 (measured).
        image.draft("RGB", (math.ceil(stored[0] * 1.25), math.ceil(stored[1] * 1.25)))
        image.load()
        if image.format == "TIFF":  # Pillow has turned it
            turn, stored = None, size
        image = _resized(_resizable(image), stored)
    return _clean(image if turn is None else image.transpose(turn))


def _resized(image: Image.Image, size: tuple[int, ...]) -> Image.Image:
    return image.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _resizable(image: Image.Image) -> Image.Image:
    """The picture in a mode whose values may be averaged: indexes of a palette may not, nor may 16 bits be resized."""
    if image.mode in _DEEP:
        return _to_eight_bits(image)
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode in ("P", "1", "HSV", "RGBX") else image


def tone_of_file(image: Image.Image) -> int:
    """The colour class of a picture's average colour, from at most a thousand of its pixels."""
    few = _clean(_resizable(image.resize((32, 32), Image.Resampling.NEAREST))).convert("RGBA")
    red, green, blue, alpha = cast(tuple[int, ...], few.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))
    return tone_of(*(PAPER if alpha < 16 else (red, green, blue)))


def clean_pixels(image: Image.Image, side: int = 0) -> Image.Image:
    """The pixels alone of an upright picture of any mode, in sRGB, shrunk to `side` pixels at most (0: as it is)."""
    image = _resizable(image)
    if side and max(image.size) > side:
        scale = side / max(image.size)
        image = _resized(image, tuple(max(1, round(length * scale)) for length in image.size))
    return _clean(image)


def _clean(image: Image.Image) -> Image.Image:
    """The pixels only, in sRGB: a new image has no EXIF, GPS, XMP, comment, thumbnail or colour profile."""
    mode = "RGBA" if "A" in image.getbands() else "RGB"
    converted = _in_srgb(image, mode)
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare


def _in_srgb(image: Image.Image, mode: str) -> Image.Image:
    """The colours by the picture's profile; by their plain values where there is none, or a damaged one."""
    profile = image.info.get("icc_profile") or b""
    if image.mode == "LAB":
        return ImageCms.applyTransform(image, _lab_to_srgb()) or image
    if profile and (transform := _to_srgb(profile, image.mode, mode)):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            return ImageCms.applyTransform(image, transform) or image
    return image.convert(mode)


@lru_cache(maxsize=8)
def _to_srgb(profile: bytes, mode: str, target: str) -> ImageCms.ImageCmsTransform | None:
    """The conversion from a profile; None for sRGB itself and for a profile of other colours than the picture's."""
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        is_same = ImageCms.getProfileDescription(source).startswith("sRGB")
        if not is_same and _COLOURS.get(source.profile.xcolor_space.strip()) == mode.removesuffix("A"):
            return ImageCms.buildTransform(source, _SRGB, mode, target)
    return None


@lru_cache(maxsize=1)
def _lab_to_srgb() -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), _SRGB, "LAB", "RGB")


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


def _encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=78, method=4)
    return out.getvalue()
