import hashlib
import io

import pytest
from PIL import Image

from hromada.pictures.copies import PictureRefused, plan_copies
from hromada.render.content_pictures import Pictures
from hromada.render.picture_files import files_of
from hromada.storage.artifact_cache import FileStore
from hromada.system.disk_errors import DiskError
from hromada.system.regular_files import RegularFile


@pytest.fixture
def photo(tmp_path):
    image = Image.radial_gradient("L").resize((900, 600)).convert("RGB")
    image.save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def copies(photo, widths):
    pictures = Pictures(lambda path: RegularFile.at(photo), FileStore(photo.parent / "kept"), widths)
    return pictures.files(pictures.plan("content/images/photo.png"))


def test_a_copy_is_the_same_whatever_widths_were_made_before(photo, tmp_path):
    clean = copies(photo, (300, 600))
    copies(photo, (300, 450))

    assert copies(photo, (300, 600)) == clean
    (tmp_path / "kept").rename(tmp_path / "away")
    assert copies(photo, (300, 600)) == clean


def test_a_kept_copy_that_was_cut_short_is_made_anew(photo, tmp_path):
    whole = copies(photo, (300,))
    kept = next((tmp_path / "kept").rglob("*.webp"))
    kept.write_bytes(kept.read_bytes()[:40])

    assert copies(photo, (300,)) == whole
    assert Image.open(io.BytesIO(whole[next(iter(whole))])).size == (300, 200)


@pytest.mark.parametrize("change", ["other", "gone"])
def test_files_of_a_picture_that_is_replaced_meanwhile_are_not_kept_under_the_name_of_the_former_one(photo, change):
    former = photo.read_bytes()
    pictures = Pictures(lambda path: RegularFile.at(photo), FileStore(photo.parent / "kept"), (300,))
    plan = pictures.plan("content/images/photo.png")
    Image.new("RGB", (900, 600), "red").save(photo) if change == "other" else photo.unlink()
    with pytest.raises(DiskError, match=r"content/images/photo\.png: "):
        pictures.files(plan)
    photo.write_bytes(former)

    assert pictures.files(plan) == files_of(plan, former)


def saved(path, size, mode="L", **options):
    Image.new(mode, size).save(path, **options)
    return path


@pytest.mark.parametrize("size", [(1, 1), (1, 16_383), (20, 16_383), (40, 32_766), (20_000, 1), (20_000, 3)])
def test_a_picture_whose_copies_webp_can_hold_is_published(size, tmp_path):
    made = copies(saved(tmp_path / "long.png", size), (8, 20))

    assert all(max(Image.open(io.BytesIO(raw)).size) <= 16_383 for raw in made.values())


@pytest.mark.parametrize(
    ("size", "orientation"), [((1, 16_384), 1), ((20, 16_384), 1), ((40, 32_767), 3), ((16_384, 10), 6)]
)
def test_a_picture_too_long_for_webp_is_refused_by_its_size_alone(size, orientation, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = orientation

    with pytest.raises(PictureRefused, match=r"висота була б 16\u00a0384 пікс.+, а можна 16\u00a0383") as refused:
        copies(saved(tmp_path / "long.png", size, exif=exif), (8, 20))

    assert refused.value.fix == "розріжте її на частини"


KINDS = [
    ("PNG", "I;16", {}), ("PNG", "LA", {}), ("PNG", "1", {"transparency": 0}), ("PNG", "P", {"transparency": b"\0\x0a\xff"}),
    ("PNG", "RGB", {"transparency": (1, 2, 3)}), ("PNG", "L", {"transparency": 3}), ("JPEG", "CMYK", {}), ("TIFF", "CMYK", {}),
    ("TIFF", "LAB", {}), ("TIFF", "F", {}), ("TIFF", "I", {}), ("TIFF", "I;16", {}), ("TIFF", "YCbCr", {}), ("BMP", "1", {}),
    *((format, "RGB", {"save_all": True, "append_images": [Image.new("RGB", (30, 20), (n, 0, 0)) for n in range(9)]})
      for format in ("GIF", "TIFF", "WEBP")),
]  # fmt: skip


@pytest.mark.parametrize(("format", "mode", "options"), KINDS, ids=lambda one: str(one)[:12])
def test_every_kind_of_pixels_and_the_first_of_many_frames_is_published(format, mode, options, tmp_path):
    made = copies(saved(tmp_path / "odd", (30, 20), mode, format=format, **options), (480,))

    assert [Image.open(io.BytesIO(raw)).size for raw in made.values()] == [(30, 20)]


@pytest.mark.parametrize("type", [0, 2, 5, 7, 10, 99])  # of the tag: 2 is text, 5 a fraction
@pytest.mark.parametrize("value", [0, 6, 99])
def test_a_damaged_orientation_says_nothing(type, value, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = value
    raw = exif.tobytes()
    tag = raw.index(b"\x01\x12\x00\x03")
    made = copies(saved(tmp_path / "odd.jpg", (30, 20), exif=raw[: tag + 3] + bytes([type]) + raw[tag + 4 :]), (480,))

    assert [Image.open(io.BytesIO(raw)).size for raw in made.values()] == [(30, 20)]


DEEP = [
    ("PNG", "I;16", (0, 16_448, 32_896, 65_535)), ("TIFF", "I;16", (0, 16_448, 32_896, 65_535)), ("TIFF", "I;16B", (0, 16_448, 32_896, 65_535)),
    ("TIFF", "I", (0, 16_448, 32_896, 65_535)), ("TIFF", "I", (0, 64, 128, 255)), ("TIFF", "I", (-1000, 250_000, 503_000, 1_003_000)),
    ("TIFF", "F", (0.0, 0.25, 0.502, 1.0)), ("TIFF", "F", (0.0, 64.0, 128.0, 255.0)),
]  # fmt: skip


@pytest.mark.parametrize(("format", "mode", "values"), DEEP)
def test_a_deep_grey_picture_keeps_its_light_in_every_size(format, mode, values, tmp_path):
    image = Image.new(mode, (80, 20))
    for number, value in enumerate(values):
        image.paste(value, (number * 20, 0, number * 20 + 20, 20))
    image.save(tmp_path / "deep", format=format)
    made = copies(tmp_path / "deep", (20, 40, 480))

    assert len(made) == 3
    for raw in made.values():
        picture = Image.open(io.BytesIO(raw)).convert("L")
        shown = [picture.getpixel((picture.width * (2 * number + 1) // 8, picture.height // 2)) for number in range(4)]
        assert all(abs(one - right) <= 6 for one, right in zip(shown, (0, 64, 128, 255), strict=True)), shown


def test_the_clear_value_of_a_deep_picture_stays_clear(tmp_path):
    image = Image.new("I;16", (40, 20), 40_000)
    image.paste(16_448, (0, 0, 20, 20))
    image.save(tmp_path / "deep.png", transparency=16_448)
    picture = Image.open(io.BytesIO(next(iter(copies(tmp_path / "deep.png", (480,)).values())))).convert("RGBA")

    assert (picture.getpixel((5, 10))[3], picture.getpixel((35, 10))[3]) == (0, 255)


def test_an_address_comes_from_the_bytes_and_the_recipe_alone(tmp_path):
    plain = saved(tmp_path / "plain.png", (30, 20))
    known = plan_copies("content/images/photo.png", hashlib.sha256(plain.read_bytes()).hexdigest(), (30, 20), 1, (480,))

    assert copies(plain, (480,)).keys() == {copy.name for copy in known.copies}
