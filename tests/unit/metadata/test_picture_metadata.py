"""Wherever a place may stand in a picture or a film, it is found and taken out, and the picture stays what it shows."""

import io
import os
import shutil
import struct
import subprocess
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from hromada.metadata import bmff
from hromada.metadata.limits import NotCleanable
from hromada.metadata.picture_metadata import has_coordinates, metadata_of, without_metadata
from hromada.render.picture_files import cleaned
from tests import needs
from tests.conftest import ROOT
from tests.unit.metadata.samples import (
    CLEAN,
    FILMS,
    PLACED,
    box,
    exif,
    film,
    film_with_telemetry,
    full,
    gif_with,
    jpeg_with,
    picture,
    placed,
    png_with,
    tiff,
)

EXIFTOOL = shutil.which("exiftool")


def frames(raw):
    """Every frame as it is shown; of a JPEG the first, since what lies behind it is no part of it."""
    with Image.open(io.BytesIO(raw)) as image:
        shown = []
        for number in range(1 if image.format in ("JPEG", "MPO") else getattr(image, "n_frames", 1)):
            image.seek(number)
            upright = ImageOps.exif_transpose(image)
            shown.append((upright.mode, upright.size, upright.tobytes()))
        return shown


@pytest.mark.parametrize(("name", "raw"), PLACED.values(), ids=PLACED)
def test_a_place_is_found_and_goes_and_the_picture_stays(name, raw):
    said = metadata_of(raw)
    clean = cleaned(raw)

    assert said.has_coordinates or said.place_names
    assert not any(metadata_of(clean))
    assert frames(clean) == frames(raw)
    assert cleaned(clean) is None
    assert b"Secret" not in clean
    assert b"Zrazkove" not in clean


@needs.exiftool
def test_exiftool_finds_no_place_in_the_cleaned_ones(tmp_path):
    for number, (name, raw) in enumerate([*PLACED.values(), *FILMS.values()]):
        (tmp_path / f"{number}{name}").write_bytes(without_metadata(raw) if name.endswith(".mp4") else cleaned(raw))
    asked = ["-ee", "-a", "-G1", "-s", "-gps*", "-xmp:all", "-city", "-comment", "-artist", "-make", "-location*"]
    told = subprocess.run([EXIFTOOL, "-q", *asked, str(tmp_path)], capture_output=True, text=True, check=False).stdout

    assert [line for line in told.splitlines() if not line.startswith("========")] == []


@pytest.mark.parametrize(("name", "raw"), FILMS.values(), ids=FILMS)
def test_a_film_keeps_its_length_and_its_pixels(name, raw):
    clean = without_metadata(raw)

    assert (has_coordinates(raw), has_coordinates(clean)) == (True, False)
    assert (len(clean), clean.count(b"pixels")) == (len(raw), 1)
    assert without_metadata(clean) == clean


def test_telemetry_goes_sample_by_sample_and_its_track_with_it():
    clean = without_metadata(film_with_telemetry())

    assert (b"GPS5" in clean, b"gpmd" in clean) == (False, False)
    assert [box.kind for box in bmff.boxes(clean)] == [b"ftyp", b"mdat", b"moov", b"mvhd", b"free"]


def test_a_film_whose_samples_lie_elsewhere_is_left():
    with pytest.raises(NotCleanable):
        without_metadata(film_with_telemetry() + box(b"moof"))


@pytest.mark.parametrize("raw", CLEAN.values(), ids=CLEAN)
def test_what_says_no_place_is_left_byte_for_byte(raw):
    said = metadata_of(raw)

    assert (said.has_coordinates, said.place_names, cleaned(raw) if b"ftypmp42" not in raw else None) == (
        False,
        (),
        None,
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_side_stays_up(format, orientation):
    raw = placed(format, orientation) if format != "TIFF" else tiff()

    assert frames(cleaned(raw)) == frames(raw)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "P", "1", "I;16"])
def test_every_kind_of_pixels_stays(mode):
    image = Image.radial_gradient("L").resize((16, 16)).convert(mode)

    raw = picture("PNG", image, exif=exif(), icc_profile=b"profile" * 9)

    assert frames(cleaned(raw)) == frames(raw)
    assert Image.open(io.BytesIO(cleaned(raw))).info["icc_profile"] == b"profile" * 9


def test_a_picture_that_can_not_be_cleaned_is_refused():
    with pytest.raises(NotCleanable):
        cleaned(placed()[:-2])


def test_a_photo_that_is_too_large_to_decode_loses_its_place_all_the_same(monkeypatch):
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 500)

    assert cleaned(placed(orientation=6)) == without_metadata(placed(orientation=6))


def test_names_of_people_and_cameras_are_told():
    assert metadata_of(tiff())[2:] == (("Secret name", "Secret owner"), ())
    assert metadata_of(placed())[3] == ("Secret Phone",)


def test_the_projects_own_pictures_say_no_place():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    pictures = [name for name in map(os.fsdecode, names) if name.endswith((".jpg", ".png", ".webp", ".avif", ".gif"))]

    assert pictures
    assert [name for name in pictures if any(metadata_of((ROOT / name).read_bytes())[:2])] == []


# --- what was never written by a program --------------------------------------------------------------------------

BEGINNINGS = [
    placed(),
    placed("PNG"),
    placed("WEBP"),
    placed("AVIF"),
    tiff(),
    gif_with(0xFE, [b"x"]),
    film(),
    b"II*\0",
    b"",
]


@given(st.sampled_from(BEGINNINGS), st.integers(0, 1200), st.binary(max_size=60), st.booleans())
@example(b"MM\x00+\x00\x08\x00\x00" + b"\xff" * 40, 0, b"", False)  # BigTIFF with an offset past any memory
@example(b"II+\0" + b"\xff" * 60, 0, b"", False)
def test_no_bytes_make_the_readers_fail(begin, at, noise, is_cut):
    raw = begin[:at] + noise + (b"" if is_cut else begin[at + len(noise) :])
    metadata_of(raw)
    try:
        without_metadata(raw)
    except NotCleanable:
        pass


def ring(size):
    """Directories that lead to each other for ever."""
    return (b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 34665, 4, 1, 8) + struct.pack("<I", 8)) * (size // 26)


def wide(size):
    """Each header leads to one directory with as many entries as fit."""
    return b"II*\0\x08\0\0\0\xff\xff" * (size // 10)


def one_text(size):
    """Every entry is a description, and all of them are the same 64 KB."""
    count = size // 12
    entry = struct.pack("<HHII", 0x010E, 2, 1 << 16, 0)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", min(count, 65_535)) + entry * count


def one_extent(size):
    """EXIF of a still picture that is put together from the whole file, as often as it has room to say so."""
    count = min(size // 8, 65_535)
    entry = full(b"infe", struct.pack(">HH", 1, 0), b"Exif", b"\0").replace(bytes(4), b"\2\0\0\0", 1)
    kinds = full(b"iinf", b"\0\1", entry.replace(b"infe\0", b"infe\2"))
    places = full(b"iloc", b"\x44\0", struct.pack(">HHHH", 1, 1, 0, count), struct.pack(">II", 0, size) * count)
    return box(b"ftyp", b"avif") + full(b"meta", kinds, places)


HUGE = {
    "one text": one_text,
    "one extent": one_extent,
    "notes inside notes": lambda size: b"\0\0\0\x08ftyp" + b"".join(struct.pack(">I", 8 * left) + b"udta" for left in range(size // 8, 0, -1)),
    "headers": lambda size: b"II*\0" * (size // 4),
    "rings": ring,
    "wide directories": wide,
    "needles": lambda size: b"GPSL" * (size // 4),
    "keys": lambda size: b"location.ISO6709" * (size // 16),
    "markers": lambda size: b"\xff\xd8" + b"\xff\xe1\0\x02" * (size // 4),
    "chunks": lambda size: b"\x89PNG\r\n\x1a\n" + (b"\0\0\0\0tEXt" + bytes(4)) * (size // 12),
    "boxes": lambda size: b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * (size // 8),
    "nested boxes": lambda size: b"\0\0\0\x08ftyp" + b"".join(struct.pack(">I", 8 * left) + b"moov" for left in range(size // 8, 0, -1)),
    "films behind": lambda size: b"\xff\xd8" + b"\0\0\0\x08ftyp" * (size // 8),
    "comments": lambda size: b"GIF89a" + bytes(7) + b"\x21\xfe\x01x\0" * (size // 5) + b"\x3b",
    "digits": lambda size: jpeg_with(0xFE, b"1." + b"1" * 60_000) * (size // 60_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", HUGE)
def test_the_work_grows_as_the_file_does(kind):
    from time import process_time

    def seconds(size):
        raw = HUGE[kind](size)
        begin = process_time()
        metadata_of(raw)
        return process_time() - begin

    seconds(10_000)
    small, large = max(min(seconds(40_000) for _ in range(2)), 0.005), min(seconds(160_000) for _ in range(2))

    assert large < small * 12, f"{large / small:.1f} times the work for four times the file"


def test_a_packed_bomb_is_unpacked_to_a_bound():
    bomb = zlib.compress(bytes(20_000_000), 1)

    assert not has_coordinates(png_with(b"zTXt", b"Comment\0\0" + bomb))


@pytest.mark.parametrize(
    ("format", "mode"), [("PNG", "I;16"), ("TIFF", "I;16"), ("TIFF", "I;16B"), ("TIFF", "I"), ("TIFF", "F")]
)
def test_a_deep_grey_picture_loses_its_place_and_no_light(format, mode):
    image = Image.new(mode, (16, 16), 40_000)
    image.paste(16_448, (0, 0, 8, 16))
    raw = tiff(image=image) if format == "TIFF" else picture(format, image, exif=exif())
    clean = cleaned(raw)

    assert has_coordinates(raw)
    assert not has_coordinates(clean)
    assert frames(clean) == frames(raw)


PACKED = png_with(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(8_000_000), 9))[33:][: -len(picture("PNG")) + 33]
HEAVY = {
    "packed notes": picture("PNG")[:33] + PACKED * 100 + picture("PNG")[33:],
    "one text of many entries": one_text(300_000),
    "one extent of many": one_extent(300_000),
}


@pytest.mark.parametrize("raw", HEAVY.values(), ids=HEAVY)
def test_what_is_said_many_times_is_not_kept_many_times(raw):
    import tracemalloc

    tracemalloc.start()
    try:
        said = metadata_of(raw)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    assert said.has_coordinates  # more than can be looked at


def test_boxes_deeper_than_any_program_nests_them_are_not_taken_for_harmless():
    deep = b""
    for _ in range(14):
        deep = box(b"meta", bytes(4), deep)

    assert has_coordinates(film(deep))
    with pytest.raises(NotCleanable):
        without_metadata(film(deep))
