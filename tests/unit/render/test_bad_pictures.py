"""Pictures of rare kinds, damaged or disguised ones: each is right in the output, or refused with its reason."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from hromada.pictures.copies import PictureRefused
from hromada.render.content_pictures import Pictures
from hromada.render.picture_files import facts_of
from hromada.storage.artifact_cache import FileStore
from hromada.system.regular_files import RegularFile
from tests.system.bad_pictures import chunk, frames, png, saved, ztxt

RED, GREEN = (200, 30, 30), (20, 160, 60)


def published(tmp_path, raw, name="x.jpg"):
    """The largest copy of a picture with these bytes."""
    path = tmp_path / name
    path.write_bytes(raw)
    pictures = Pictures(lambda _: RegularFile.at(path), FileStore(tmp_path / "kept"), (480, 1200))
    plan = pictures.plan(name)
    image = Image.open(io.BytesIO(pictures.files(plan)[plan.largest.name]))
    image.load()
    return image


def near(left, right, most=14):
    return all(abs(a - b) <= most for a, b in zip(left, right, strict=False))


def two_colours(size=(60, 40)):
    picture = Image.new("RGB", size, RED)
    picture.paste(GREEN, (size[0] // 2, 0, *size))
    return picture


def encoded(picture, format, **options):
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


WHOLE = encoded(Image.effect_noise((300, 200), 60).convert("RGB"), "JPEG")
BROKEN = {
    "nothing": b"",
    "half-a-jpeg": WHOLE[: len(WHOLE) // 2],
    "jpeg-without-its-end": WHOLE[:-400],
    "only-a-header": WHOLE[:40],
    "half-a-png": png(300, 200)[:120],
    "half-a-webp": encoded(Image.effect_noise((300, 200), 60), "WEBP")[:-900],
    "half-an-avif": encoded(Image.effect_noise((300, 200), 60), "AVIF")[:-900],
    "half-a-gif": encoded(Image.effect_noise((300, 200), 60), "GIF")[:-9000],
    "half-a-tiff": encoded(Image.effect_noise((300, 200), 60), "TIFF")[:20_000],
    "html": b"<!doctype html><html><body><img src=x onerror=alert(1)></body></html>",
    "html-behind-a-mark": b"\xef\xbb\xbf\n<script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="https://a.example/x.png"/></svg>',
    "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n",
    "zip": b"PK\3\4" + bytes(100),
    "zeros": bytes(10_000),
    "text-bomb": png(40, 40, extra=ztxt(100)),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_whole_picture_is_refused(name, tmp_path):
    with pytest.raises(PictureRefused, match="файл не читається як світлина"):
        published(tmp_path, BROKEN[name])


def test_a_damaged_middle_of_a_photo_is_no_reason_to_refuse_it(tmp_path):
    """A decoder shows grey stripes there, as every viewer does."""
    middle = len(WHOLE) // 2
    damaged = WHOLE[:middle] + bytes(20) + WHOLE[middle + 20 :]

    assert published(tmp_path, damaged).size == (300, 200)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "BMP"])
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 900), (900, 1)])
def test_a_picture_of_a_pixel_is_published_in_its_size(format, size, tmp_path):
    assert published(tmp_path, encoded(Image.new("RGB", size, RED), format)).size == size


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP"])
def test_a_wrong_extension_does_not_change_what_is_shown(format, tmp_path):
    """The check says how to name it."""
    made = published(tmp_path, encoded(two_colours(), format), "x.gif")

    assert near(made.getpixel((10, 20)), RED, 20)
    assert near(made.getpixel((50, 20)), GREEN, 20)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright_in_every_format(format, orientation, tmp_path):
    upright = two_colours((600, 400))
    ImageDraw.Draw(upright).rectangle((0, 0, 300, 120), (240, 240, 240))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(back[orientation]) if orientation in back else upright
    exif = Image.Exif()
    exif[0x0112] = orientation

    made = published(tmp_path, encoded(stored, format, exif=exif))

    assert made.size == (600, 400)
    assert near(made.getpixel((100, 50)), (240, 240, 240), 24)
    assert near(made.getpixel((100, 300)), RED, 24)
    assert near(made.getpixel((500, 300)), GREEN, 24)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF", "TIFF"])
def test_of_an_animation_and_of_pages_the_first_is_published(format, tmp_path):
    moving = io.BytesIO()
    pictures = [Image.new("RGB", (60, 40), colour) for colour in (RED, GREEN, (0, 0, 0))]
    pictures[0].save(moving, format, save_all=True, append_images=pictures[1:])
    made = published(tmp_path, moving.getvalue())

    assert not getattr(made, "is_animated", False)
    assert near(made.getpixel((30, 20)), RED)
    assert facts_of(RegularFile.at(tmp_path / "x.jpg")).has_frames


def test_a_picture_of_one_frame_is_none_of_them(tmp_path):
    for format in ("GIF", "WEBP", "PNG", "AVIF", "TIFF", "JPEG"):
        path = tmp_path / format
        path.write_bytes(encoded(two_colours(), format))
        assert not facts_of(RegularFile.at(path)).has_frames


def test_of_a_phone_s_photos_in_one_file_the_first_is_published(tmp_path):
    """MPO: the second picture is a depth map or another exposure, no second page, so nobody is warned."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), RED).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), GREEN)])
    made = published(tmp_path, out.getvalue())

    assert near(made.getpixel((30, 20)), RED)
    assert not facts_of(RegularFile.at(tmp_path / "x.jpg")).has_frames


def test_of_a_motion_photo_nothing_but_the_photo_is_published(tmp_path):
    film = b"\0\0\0\x18ftypmp42" + b"MOTION" * 5_000
    made = published(tmp_path, encoded(two_colours(), "JPEG") + film)

    assert near(made.getpixel((10, 20)), RED, 20)
    assert all(b"MOTION" not in path.read_bytes() for path in (tmp_path / "kept").rglob("*") if path.is_file())


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\3\4" + b"x" * 300, b"%PDF-1.7\n", b"\x7fELF"])
def test_what_is_hidden_behind_a_picture_is_not_published(tail, tmp_path):
    for format in ("JPEG", "PNG", "GIF", "WEBP"):
        published(tmp_path, encoded(two_colours(), format) + tail)

    assert all(tail not in path.read_bytes() for path in (tmp_path / "kept").rglob("*") if path.is_file())


def test_a_script_in_a_comment_is_not_published(tmp_path):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "<script>alert(1)</script>", zip=False)
    published(tmp_path, encoded(two_colours(), "PNG", pnginfo=texts))

    assert all(b"<script>" not in path.read_bytes() for path in (tmp_path / "kept").rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [(60, 40), (2000, 1200)])
def test_sixteen_bits_are_published_with_their_light(size, tmp_path):
    rows = b"".join(b"\0" + struct.pack(">H", 51_400) * size[0] for _ in range(size[1]))
    head = struct.pack(">IIBBBBB", *size, 16, 0, 0, 0, 0)
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    assert near(published(tmp_path, raw).getpixel((20, 20)), (200, 200, 200), 4)


def test_the_clear_colour_of_a_palette_stays_clear(tmp_path):
    picture = two_colours().convert("P", palette=Image.Palette.ADAPTIVE, colors=4)
    clear = picture.getpixel((10, 20))

    made = published(tmp_path, encoded(picture, "PNG", transparency=clear)).convert("RGBA")

    assert made.getpixel((5, 20))[3] == 0
    assert made.getpixel((50, 20))[3] == 255
    assert near(made.getpixel((50, 20)), GREEN)


def test_a_clear_edge_takes_no_colour_from_what_is_behind_it(tmp_path):
    picture = Image.new("RGBA", (1300, 400), (0, 255, 0, 0))
    picture.paste((200, 30, 30, 255), (650, 0, 1300, 400))
    made = published(tmp_path, encoded(picture, "PNG")).convert("RGBA")

    assert all(r > g for r, g, b, a in (made.getpixel((x, 100)) for x in range(made.width)) if a > 200)


def profile_of(colours):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(colours)).tobytes()


def turned_profile():
    """A profile whose red is our blue, so that a conversion is seen."""
    raw = bytearray(profile_of("sRGB"))
    at = {bytes(raw[i : i + 4]): i for i in range(132, 132 + 12 * 20, 12)}
    red, blue = (bytes(raw[at[name] + 4 : at[name] + 12]) for name in (b"rXYZ", b"bXYZ"))
    raw[at[b"rXYZ"] + 4 : at[b"rXYZ"] + 12], raw[at[b"bXYZ"] + 4 : at[b"bXYZ"] + 12] = blue, red
    return (
        bytes(raw)
        .replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
        .replace(b"sRGB built-in", b"test built-in")
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("size", [(60, 40), (1600, 1000)])
def test_colours_are_those_of_the_profile(format, size, tmp_path):
    made = published(tmp_path, encoded(Image.new("RGB", size, (220, 20, 20)), format, icc_profile=turned_profile()))

    assert near(made.getpixel((10, 10)), (20, 20, 220), 24)
    assert "icc_profile" not in made.info


@pytest.mark.parametrize("profile", [b"damaged", bytes(200), profile_of("LAB"), turned_profile()[:300]])
def test_a_damaged_profile_or_one_of_other_colours_says_nothing(profile, tmp_path):
    made = published(tmp_path, encoded(two_colours(), "PNG", icc_profile=profile))

    assert near(made.getpixel((10, 20)), RED)


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
@pytest.mark.parametrize("size", [(60, 40), (1600, 1000)])
def test_the_colours_of_print_are_converted(format, size, tmp_path):
    made = published(tmp_path, encoded(Image.new("CMYK", size, (0, 255, 255, 0)), format))

    assert made.mode == "RGB"
    assert near(made.getpixel((10, 10)), (255, 0, 0), 24)


def test_a_grey_photo_with_a_profile_stays_grey(tmp_path):
    made = published(tmp_path, encoded(Image.new("L", (60, 40), 120), "PNG", icc_profile=turned_profile()))

    assert near(made.getpixel((10, 10)), (120, 120, 120), 4)


def test_the_class_of_colour_is_that_of_what_is_seen(tmp_path):
    for format in ("JPEG", "PNG", "WEBP", "TIFF"):
        light, dark, clear = (tmp_path / f"{name}-{format}" for name in ("light", "dark", "clear"))
        light.write_bytes(encoded(Image.new("RGB", (900, 600), (250, 250, 250)), format))
        dark.write_bytes(encoded(Image.new("RGB", (900, 600), (5, 5, 5)), format))
        assert facts_of(RegularFile.at(light)).tone != facts_of(RegularFile.at(dark)).tone
    clear.write_bytes(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    assert facts_of(RegularFile.at(clear)).tone == facts_of(RegularFile.at(light)).tone


def test_thousands_of_frames_take_no_longer_than_one(tmp_path):
    """Frames are not counted."""
    path = tmp_path / "x.gif"
    path.write_bytes(frames("GIF", 3_000))
    facts = facts_of(RegularFile.at(path))

    assert (facts.width, facts.refusal, facts.has_frames) == (20, "", True)


def test_a_colour_profile_of_hundreds_of_megabytes_is_not_unpacked(tmp_path):
    bomb = chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000), 9))
    with pytest.raises(PictureRefused):
        published(tmp_path, png(40, 40, extra=bomb))


def test_pages_of_a_scan_are_one_picture(tmp_path):
    assert published(tmp_path, saved("TIFF", (60, 40), "1", compression="group4")).size == (60, 40)
