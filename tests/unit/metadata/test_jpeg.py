"""A photo loses what the camera wrote, and keeps every pixel."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from hromada.metadata.jpeg import strip_jpeg
from hromada.metadata.limits import NotCleanable

PIXELS = Image.radial_gradient("L").resize((40, 24)).convert("RGB")


def jpeg(orientation=1, image=PIXELS, **how):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Secret camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (49, 50, 51), 3: "E", 4: (36, 1, 2)})
    into = io.BytesIO()
    image.save(into, "JPEG", exif=exif, comment=b"Secret words", **how)
    return into.getvalue()


def opened(raw):
    return Image.open(io.BytesIO(raw))


@pytest.mark.parametrize(
    "how", [{}, {"progressive": True}, {"restart_marker_blocks": 1}, {"icc_profile": b"profile" * 20}]
)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pixels_profile_and_orientation_stay_and_all_else_goes(orientation, how):
    raw = jpeg(orientation, **how)
    bare = strip_jpeg(raw, orientation)

    assert opened(bare).tobytes() == opened(raw).tobytes()
    assert ImageOps.exif_transpose(opened(bare)).tobytes() == ImageOps.exif_transpose(opened(raw)).tobytes()
    assert opened(bare).info.get("icc_profile") == how.get("icc_profile")
    assert set(opened(bare).getexif()) <= {0x0112}
    assert b"Secret" not in bare


def test_the_colours_of_a_print_stay():
    raw = jpeg(image=PIXELS.convert("CMYK"))

    assert opened(strip_jpeg(raw, 1)).tobytes() == opened(raw).tobytes()


def test_what_follows_the_picture_goes():
    raw = jpeg()

    assert strip_jpeg(raw + jpeg() + b"ftypmp42\xa9xyz+49.99", 1) == strip_jpeg(raw, 1)


def test_a_bare_photo_stays_byte_for_byte():
    bare = strip_jpeg(jpeg(6), 6)

    assert strip_jpeg(bare, 6) == bare


@given(st.integers(0, 2000), st.binary(max_size=8))
def test_a_damaged_file_is_refused_or_mended_and_nothing_else(at, noise):
    raw = jpeg()
    try:
        bare = strip_jpeg(raw[:at] + noise, 1)
    except NotCleanable:
        return
    assert bare.startswith(b"\xff\xd8")
    assert bare.endswith(b"\xff\xd9")
