"""What every test that runs whole commands shares."""

import pytest

from tests.conftest import cache_in


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Commands that a test starts as processes of their own leave nothing in the repository's cache."""
    monkeypatch.setenv("CACHE", str(cache_in(tmp_path)))
