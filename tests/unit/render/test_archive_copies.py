"""What the repository keeps of an original: small, upright, in sRGB, without a word of where it was taken; and hidden areas."""

import io
import random
from itertools import product

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat
from pillow_heif import from_pillow, options

from hromada.metadata.picture_metadata import metadata_of
from hromada.pictures.blur_areas import BlurArea
from hromada.pictures.copies import PictureRefused
from hromada.render.archive_copies import LARGEST, archive_copy, blurred, hide, time_taken
from tests.unit.metadata.samples import exif, jpeg_with, long_xmp_jpeg, motion_photo, picture, placed

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")


def corners(size=(400, 300)):
    """Red, green, blue and white quarters, which show how a picture is turned."""
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    width, height = size
    boxes = product((0, 1), (0, 1))
    for (x, y), colour in zip(boxes, ("red", "green", "blue", "white"), strict=True):
        draw.rectangle((x * width // 2, y * height // 2, (x + 1) * width // 2 - 1, (y + 1) * height // 2 - 1), colour)
    return image


def noise(size, seed=1):
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))


def heic(image=None, **how):
    output = io.BytesIO()
    from_pillow(image or corners()).save(output, quality=90, **how)
    return output.getvalue()


def opened(raw):
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image


def difference(left, right):
    return max(ImageStat.Stat(ImageChops.difference(left.convert("RGB"), right.convert("RGB"))).mean)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_every_format_becomes_an_upright_jpeg(format, orientation):
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    stored = corners().rotate(turned, expand=True)
    copy = opened(archive_copy(picture(format, stored, exif=exif(orientation=orientation)), 1920).data)

    assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (400, 300))
    assert difference(copy, corners()) < 8


def test_a_phone_s_heic_is_read_upright():
    made = Image.Exif()
    made[0x0112] = 6
    copy = opened(archive_copy(heic(corners().rotate(90, expand=True), exif=made.tobytes()), 1920).data)

    assert copy.size == (400, 300)
    assert difference(copy, corners()) < 8


def test_a_heic_of_tiles_as_phones_write_it_is_read(monkeypatch):
    monkeypatch.setattr(options, "GRID_TILE_SIZE", 256)
    copy = opened(archive_copy(heic(corners((900, 700))), 640).data)

    assert copy.size == (640, 498)
    assert difference(copy, corners((640, 498))) < 8


@pytest.mark.parametrize(
    "raw",
    [placed(format) for format in FORMATS]
    + [heic(exif=exif().tobytes()), long_xmp_jpeg(), jpeg_with(0xED, b"Photoshop 3.0\x008BIM"), picture(comment=b"49.9935, 36.2304"), motion_photo(b"ftypmp42")],
)  # fmt: skip
def test_a_copy_has_the_parts_of_a_bare_jpeg_and_nothing_else(raw):
    data = archive_copy(raw, 1920).data

    assert metadata_of(data) == metadata_of(b"")
    assert set(opened(data).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert not any(word in data for word in (b"Exif", b"http", b"ICC_PROFILE", b"8BIM", b"36.2304"))


@pytest.mark.parametrize(
    ("size", "side", "becomes"),
    [((4000, 3000), 1920, (1920, 1440)), ((3000, 4000), 1920, (1440, 1920)), ((640, 480), 1920, (640, 480)), ((1, 1), 1920, (1, 1)), ((5000, 1), 1920, (1920, 1))],
)  # fmt: skip
def test_a_photo_is_shrunk_and_never_enlarged(size, side, becomes):
    assert opened(archive_copy(picture("PNG", Image.new("RGB", size)), side).data).size == becomes


def test_the_quality_is_lowered_until_the_size_fits_and_no_further_than_its_floor():
    smooth, rough = (
        archive_copy(picture("PNG", corners((1920, 1440))), 1920),
        archive_copy(picture("PNG", noise((1920, 1440))), 1920),
    )

    assert (smooth.quality, len(smooth.data) <= LARGEST) == (85, True)
    assert (rough.quality, len(rough.data) > LARGEST) == (65, True)


def test_the_same_original_gives_the_same_bytes():
    assert archive_copy(placed(), 1920) == archive_copy(placed(), 1920)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_becomes_plain_colours(mode):
    image = corners().convert("L").convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else corners().convert(mode)  # fmt: skip
    format = "TIFF" if mode == "CMYK" else "PNG"
    copy = opened(archive_copy(picture(format, image), 1920).data)

    assert copy.mode == "RGB"
    assert difference(copy, corners().convert("L") if mode in ("L", "LA", "I;16") else image) < 40


def test_what_is_transparent_is_white():
    copy = opened(archive_copy(picture("PNG", Image.new("RGBA", (20, 20), (0, 0, 0, 0))), 1920).data)

    assert copy.getpixel((5, 5)) == (255, 255, 255)


def test_the_colours_of_a_profile_become_those_of_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = picture("JPEG", corners(), icc_profile=lab)

    assert difference(opened(archive_copy(raw, 1920).data), corners()) < 8


def animated(format):
    output = io.BytesIO()
    corners().save(output, format, save_all=True, append_images=[Image.new("RGB", (400, 300))])
    return output.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    {
        "empty": (b"", "не читається"),
        "a page": (b"<!doctype html><p>", "не читається"),
        "cut short": (placed()[:-400], "не читається"),
        "a cut HEIC": (heic()[:-400], "не читається"),
        "moving": (animated("WEBP"), "кілька зображень"),
        "pages": (animated("TIFF"), "кілька зображень"),
        "a bomb": (picture("PNG", Image.new("1", (12_000, 9_000))), "завелика"),
    }.values(),
)  # fmt: skip
def test_what_is_no_photo_is_refused_with_its_reason(raw, words):
    with pytest.raises(PictureRefused, match=words):
        archive_copy(raw, 1920)


def test_times_sort_photos_as_they_were_taken():
    def taken(text, fraction=None):
        made = Image.Exif()
        details = made.get_ifd(0x8769)
        details[0x9003] = text
        if fraction:
            details[0x9291] = fraction
        return picture(exif=made)

    first, second, third = (
        taken("2021:07:05 10:00:00", "05"),
        taken("2021:07:05 10:00:00", "41"),
        taken("2021:07:05 10:00:01"),
    )

    assert sorted(map(time_taken, (third, second, first))) == [time_taken(first), time_taken(second), time_taken(third)]
    assert time_taken(picture()) == time_taken(b"x") == time_taken(taken("невідомо")) == ""


AREA = BlurArea(25, 25, 50, 40)


@pytest.mark.parametrize(
    "area",
    [AREA, BlurArea(0, 0, 30, 30), BlurArea(70, 70, 30, 30), BlurArea(0, 40, 100, 20), BlurArea(50, 50, 0.1, 0.1)],
)
def test_nothing_of_what_was_there_has_a_part_in_what_hides_it(area):
    one, other = noise((200, 150), 1), noise((200, 150), 1)
    box = area.in_pixels(200, 150)
    other.paste(noise((box[2] - box[0], box[3] - box[1]), 2), box)
    before = one.copy()
    hide(one, area)
    hide(other, area)

    assert one.tobytes() == other.tobytes()  # whatever was there, the result is the same
    one.paste(before.crop(box), box)
    assert one.tobytes() == before.tobytes()  # and all around it is as it was


def test_a_hidden_area_is_seen_to_be_hidden():
    image = Image.new("RGB", (200, 150), (120, 120, 120))
    hide(image, AREA)

    assert len(image.crop(AREA.in_pixels(200, 150)).getcolors()) > 2


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP"])
def test_a_file_stays_of_its_format_and_is_not_hidden_twice(format):
    image = corners().resize((320, 240))
    raw = picture(format, image)
    done = blurred(raw, [AREA])
    outside = BlurArea(0, 0, 20, 100).in_pixels(*image.size)

    assert opened(done).format == format
    assert difference(opened(done).crop(outside), opened(raw).crop(outside)) < 3
    assert (
        difference(opened(done).crop(AREA.in_pixels(*image.size)), opened(raw).crop(AREA.in_pixels(*image.size))) > 20
    )
    assert blurred(done, [AREA]) is None


@pytest.mark.parametrize(
    "area", [AREA, BlurArea(30, 40, 60, 2), BlurArea(40, 10, 3, 80), BlurArea(20, 0, 80, 100), BlurArea(45, 45, 5, 3)]
)
@pytest.mark.parametrize("grey", [0, 5, 128, 250, 255])
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_signature_on_a_plain_sheet_is_not_taken_for_hidden(format, grey, area):
    image = Image.new("RGB", (800, 600), (grey,) * 3)
    box = area.in_pixels(800, 600)
    centre = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    image.paste((255 - grey,) * 3, (*centre, centre[0] + 3, centre[1] + 2))
    done = blurred(picture(format, image), [area])

    assert done is not None
    assert blurred(done, [area]) is None


def test_areas_are_of_the_upright_picture_and_the_file_keeps_no_metadata():
    raw = placed("JPEG", orientation=6)
    done = opened(blurred(raw, [AREA]))

    assert done.size == opened(raw).size[::-1]
    assert metadata_of(blurred(raw, [AREA])) == metadata_of(b"")


@pytest.mark.parametrize("raw", [b"<svg/>", b"", animated("WEBP"), heic()])
def test_only_a_still_picture_of_the_content_can_be_hidden_in(raw):
    with pytest.raises(PictureRefused):
        blurred(raw, [AREA])
