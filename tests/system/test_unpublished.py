"""Random sites with unpublished items (unpublished.py): a few here, as many as one likes by hand."""

import pytest

from hromada.shell.documents import Documents
from tests.system import unpublished


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("основа")
    unpublished.foundation(folder)
    return folder


@pytest.mark.parametrize(("seed", "real"), [(1, True), (2, False), (3, False), (4, False), (5, False)])
def test_no_byte_of_a_random_site_tells_of_what_is_not_published(base, tmp_path, monkeypatch, seed, real):
    monkeypatch.setattr(Documents, "_made", Documents._made)  # put back what the trial puts there

    unpublished.trial(base, tmp_path, seed, real=real)
