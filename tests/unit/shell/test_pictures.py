import io

import pytest
from PIL import Image

from hromada.shell.file_store import FileStore
from hromada.shell.pictures import Pictures


@pytest.fixture
def photo(tmp_path):
    image = Image.radial_gradient("L").resize((900, 600)).convert("RGB")
    image.save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def copies(photo, widths):
    pictures = Pictures(lambda path: photo, FileStore(photo.parent / "kept"), widths)
    return pictures.copies(pictures.plan("content/images/photo.png"))


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
