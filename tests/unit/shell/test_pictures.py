import io

import pytest
from PIL import Image

from hromada.shell.disk_errors import Hindered
from hromada.shell.file_store import FileStore
from hromada.shell.picture_files import copies_of
from hromada.shell.pictures import Pictures
from hromada.shell.regular_files import RegularFile


@pytest.fixture
def photo(tmp_path):
    image = Image.radial_gradient("L").resize((900, 600)).convert("RGB")
    image.save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def copies(photo, widths):
    pictures = Pictures(lambda path: RegularFile.at(photo), FileStore(photo.parent / "kept"), widths)
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


@pytest.mark.parametrize("change", ["other", "gone"])
def test_copies_of_a_picture_that_is_replaced_meanwhile_are_not_kept_under_the_name_of_the_former_one(photo, change):
    former = photo.read_bytes()
    pictures = Pictures(lambda path: RegularFile.at(photo), FileStore(photo.parent / "kept"), (300,))
    plan = pictures.plan("content/images/photo.png")
    Image.new("RGB", (900, 600), "red").save(photo) if change == "other" else photo.unlink()
    with pytest.raises(Hindered, match=r"content/images/photo\.png: "):
        pictures.copies(plan)
    photo.write_bytes(former)

    assert pictures.copies(plan) == copies_of(plan, former)
