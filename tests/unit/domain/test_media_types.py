"""What hosts say of files: types, times in caches, what is compressed."""

import pytest

from hromada.domain.media_types import ALWAYS_ASKED, FOR_EVER, FOR_MINUTES, caching_of, is_compressed, media_type_of
from tests.conftest import ROOT

GOLDEN = sorted(
    path.relative_to(ROOT / "tests/sites/golden/expected").as_posix()
    for path in (ROOT / "tests/sites/golden/expected").rglob("*")
    if path.is_file()
)


def test_every_file_of_the_golden_site_has_a_type():
    assert [name for name in GOLDEN if media_type_of(name) == "application/octet-stream"] == []


def test_files_of_the_theme_and_pictures_are_kept_for_ever_and_nothing_else():
    kept = {name for name in GOLDEN if caching_of(name) == FOR_EVER}

    assert kept == {name for name in GOLDEN if name.startswith(("theme/", "images/"))}
    assert {name.partition("/")[0] for name in kept} == {"theme", "images"}


@pytest.mark.parametrize(
    ("name", "caching"),
    [
        ("version.json", ALWAYS_ASKED), ("index.html", FOR_MINUTES), ("files/site.0123456789.css", FOR_MINUTES),
        ("admin/config.json", FOR_MINUTES), ("admin/index.html", FOR_MINUTES), ("admin/parts/editor.js", FOR_MINUTES), ("theme/css/site.css", FOR_MINUTES), ("images/foto.jpg", FOR_MINUTES),
    ],
)  # fmt: skip
def test_a_name_without_a_digest_is_asked_for_again(name, caching):
    assert caching_of(name) == caching


@pytest.mark.parametrize("name", ["admin/parts-0123456789/editor.js", "admin/sveltia-0123456789/assets/heic-x.wasm"])
def test_a_file_in_a_folder_that_is_named_by_its_content_is_kept_for_ever(name):
    assert caching_of(name) == FOR_EVER


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a/index.html", True),
        ("FILE.CSV", True),
        ("a.pdf", False),
        ("images/a.webp", False),
        ("theme/f.woff2", False),
        ("admin/sveltia-0123456789/assets/x.wasm", True),
        ("LICENSE", False),
    ],
)
def test_texts_are_compressed(name, wanted):
    assert is_compressed(name) is wanted
