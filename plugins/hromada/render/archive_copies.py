"""Makes of a camera's original the photo that the repository keeps, and blurs areas of photos for good."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from PIL import Image, ImageFilter, ImageOps, JpegImagePlugin

from hromada.domain.file_types import begins_as_phone_picture, suffix_of
from hromada.metadata.limits import NotCleanable
from hromada.metadata.picture_metadata import without_metadata
from hromada.pictures.blur_areas import BlurArea
from hromada.pictures.copies import PictureRefused
from hromada.render.picture_files import clean_pixels, open_picture

LARGEST = 400_000  # bytes aimed at; 200 photos are 80 MB
_QUALITIES = (85, 80, 75, 70, 65)  # tried in turn; the last one is kept whatever its size
_MOST_PIXELS = 80_000_000
_EXIF_IFD, _TAKEN, _FRACTION, _CHANGED = 0x8769, 0x9003, 0x9291, 0x0132
_CELLS = 8  # of the pattern along the longer side of a blurred area
_LIGHTER = 10  # of 255: every other cell, so that a reader sees that something is hidden
# Of 255: the mean difference of an area from its pattern after another compression. What is plain differs by about 7, so that
# a signature on a white sheet is not taken for hidden.
_SAME = 4.0
_SAVING: dict[str, dict[str, Any]] = {
    "PNG": {}, "WEBP": {"quality": 90, "method": 4}, "AVIF": {"quality": 85}, "GIF": {}, "BMP": {},
    "TIFF": {"compression": "tiff_adobe_deflate"},
}  # fmt: skip

_FORMATS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF", ".bmp": "BMP",
    ".tif": "TIFF", ".tiff": "TIFF",
}  # fmt: skip


class ArchiveCopy(NamedTuple):
    """A photo for the repository: upright, in sRGB, without metadata."""

    data: bytes
    quality: int


def archive_copy(raw: bytes, side: int, areas: Sequence[BlurArea] = ()) -> ArchiveCopy:
    """The photo with a longer side of at most `side` pixels and about 400 KB; PictureRefused with the reason."""
    with _original(raw) as image:
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise PictureRefused("у файлі кілька зображень: рухоме або багатосторінкове")
        image.draft("RGB", (side, side))  # never below it
        ImageOps.exif_transpose(image, in_place=True)  # a copy of 48 megapixels would be 150 MB more
        image = _opaque(clean_pixels(image, side))
    for area in areas:
        hide(image, area)
    for quality in _QUALITIES:
        data = _jpeg(image, quality=quality)
        if len(data) <= LARGEST:
            break
    return ArchiveCopy(data, quality)


def uploaded_copy(name: str, raw: bytes, side: int) -> bytes:
    """An uploaded picture as the repository keeps it under this name: in the name's own format, without metadata.

    A picture that has none and is no larger stays as it is, for nothing is gained by compressing it again. PictureRefused
    with the reason.
    """
    format = _FORMATS.get(suffix_of(name), "")
    with _original(raw) as image:
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise PictureRefused("у файлі кілька зображень: рухоме або багатосторінкове")
        is_bare = image.format == format and max(image.size) <= side and len(raw) <= LARGEST and _is_bare(raw)
        if is_bare:
            image.load()  # which finds a file cut short
            return raw
        if format != "JPEG":
            image = clean_pixels(ImageOps.exif_transpose(image), side)
            output = io.BytesIO()
            image.save(output, format, **_SAVING[format])
            return output.getvalue()
    return archive_copy(raw, side).data


def _is_bare(raw: bytes) -> bool:
    try:
        return without_metadata(raw) == raw
    except NotCleanable:
        return False


def time_taken(raw: bytes) -> str:
    """When the photo was taken, by its EXIF, as a text that sorts by time; empty where it doesn't tell."""
    with contextlib.suppress(Exception):  # whatever is wrong with its metadata, the photo may be good
        with _original(raw) as image:
            exif = image.getexif()
            details = exif.get_ifd(_EXIF_IFD)
        taken = str(details.get(_TAKEN) or exif.get(_CHANGED) or "").strip("\0 ")
        return f"{taken}.{str(details.get(_FRACTION) or 0).strip(chr(0))}" if taken[:1].isdigit() else ""
    return ""


@contextlib.contextmanager
def _original(raw: bytes) -> Iterator[Image.Image]:
    if begins_as_phone_picture(raw):
        with _phone_picture(raw) as image:
            yield image
    else:
        with open_picture(io.BytesIO(raw)) as image:
            yield image


@contextlib.contextmanager
def _phone_picture(raw: bytes) -> Iterator[Image.Image]:
    """HEIC and HEIF, upright; only here, so that elsewhere they stay what no browser shows."""
    from pillow_heif import open_heif

    try:
        file = open_heif(io.BytesIO(raw), convert_hdr_to_8bit=True)
        if file.size[0] * file.size[1] > _MOST_PIXELS:
            raise PictureRefused("світлина завелика (понад 80 мегапікселів)")
        image = file.to_pillow()
        del file  # with its own copy of the pixels
        yield image
    except PictureRefused:
        raise
    except Exception:  # damaged bytes: libheif has many
        raise PictureRefused("файл не читається як світлина") from None


def _opaque(image: Image.Image) -> Image.Image:
    """On white, as browsers print what is transparent."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _jpeg(image: Image.Image, **how: Any) -> bytes:
    output = io.BytesIO()
    image.save(output, "JPEG", optimize=True, progressive=True, **how)
    return output.getvalue()


def blurred(raw: bytes, areas: Sequence[BlurArea]) -> bytes | None:
    """A picture of the content with these areas hidden, in its own format; None if they are hidden already."""
    with open_picture(io.BytesIO(raw)) as image:
        format = "JPEG" if image.format == "MPO" else image.format or ""
        if format not in ("JPEG", *_SAVING) or (getattr(image, "is_animated", False) and image.format != "MPO"):
            raise PictureRefused("розмити можна лише нерухому світлину")
        tables = getattr(image, "quantization", None)
        sampling = JpegImagePlugin.get_sampling(image) if tables else -1
        upright = ImageOps.exif_transpose(image)
        image = clean_pixels(upright)
    changed = [hide(image, area) for area in areas]
    if not any(changed):
        return None
    if format == "JPEG":  # the same tables: what is not hidden loses next to nothing
        usable = {"qtables": tables, "subsampling": sampling} if tables and sampling >= 0 else {"quality": 90}
        return _jpeg(_opaque(image), **usable)
    output = io.BytesIO()
    image.save(output, format, **_SAVING[format])
    return output.getvalue()


def hide(image: Image.Image, area: BlurArea) -> bool:
    """Put a pattern over an area that is made of what surrounds it alone: nothing of what was there can be computed back.

    False if the pattern is there already.
    """
    box = area.in_pixels(*image.size)
    pattern = _pattern(image, box)
    before = image.crop(box)
    image.paste(pattern, box)
    return _difference(before, pattern) > _SAME


def _pattern(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    width, height = box[2] - box[0], box[3] - box[1]
    cell = max(1.0, max(width, height) / _CELLS)
    columns, rows = max(2, round(width / cell)), max(2, round(height / cell))
    top, bottom, left, right = _surroundings(image, box, columns, rows)
    cells = Image.new(image.mode, (columns, rows))
    for row in range(rows):
        for column in range(columns):
            across, down = (column + 0.5) / columns, (row + 0.5) / rows
            weights = ((1 - down) / 2, down / 2, (1 - across) / 2, across / 2)
            colours = (top[column], bottom[column], left[row], right[row])
            shade = _LIGHTER if (row + column) % 2 else -_LIGHTER
            value = [
                round(sum(weight * colour[band] for weight, colour in zip(weights, colours, strict=True)))
                for band in range(len(top[0]))
            ]
            lit = [max(_LIGHTER, min(255 - _LIGHTER, part)) + shade for part in value[:3]]  # on white and black, too
            cells.putpixel((column, row), (*lit, *value[3:]))
    softened = ImageFilter.GaussianBlur(min(width / columns, height / rows) / 10)  # a narrow area keeps its cells
    return cells.resize((width, height), Image.Resampling.NEAREST).filter(softened)


Colour = tuple[int, ...]


def _surroundings(
    image: Image.Image, box: tuple[int, int, int, int], columns: int, rows: int
) -> tuple[list[Colour], list[Colour], list[Colour], list[Colour]]:
    """Colours above, below, left and right of the area; a side at the picture's edge takes those of the opposite one."""
    left, upper, right, lower = box
    reach = max(2, (right - left + lower - upper) // 20)
    above = _colours(image, (left, max(0, upper - reach), right, upper), (columns, 1))
    below = _colours(image, (left, lower, right, min(image.height, lower + reach)), (columns, 1))
    before = _colours(image, (max(0, left - reach), upper, left, lower), (1, rows))
    behind = _colours(image, (right, upper, min(image.width, right + reach), lower), (1, rows))
    grey: list[Colour] = [(128, 128, 128, 255)[: len(image.getbands())]]
    vertical, horizontal = above or below or [], before or behind or []
    if not vertical:
        vertical = [horizontal[0] if horizontal else grey[0]] * columns
    if not horizontal:
        horizontal = [vertical[0]] * rows
    return above or vertical, below or vertical, before or horizontal, behind or horizontal


def _colours(image: Image.Image, box: tuple[int, int, int, int], size: tuple[int, int]) -> list[Colour]:
    """Average colours of a strip; empty if it lies outside the picture."""
    if box[0] >= box[2] or box[1] >= box[3]:
        return []
    strip = image.crop(box).resize(size, Image.Resampling.BOX)
    return [cast(Colour, strip.getpixel((column, row))) for row in range(size[1]) for column in range(size[0])]


def _difference(left: Image.Image, right: Image.Image) -> float:
    """The mean difference of two pictures of one size, of 255."""
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(left.convert("RGB"), right.convert("RGB"))).mean)
