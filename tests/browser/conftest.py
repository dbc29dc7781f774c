"""Debian's Chromium, started once for all browser tests."""

from pathlib import Path

import pytest

CHROMIUM = Path("/usr/lib/chromium/chromium")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM))
        yield launched
        launched.close()
