"""Waiting for what a page's script makes true.

Playwright's own `wait_for_function` evaluates its text again inside the page, where the site's policy forbids `eval`: it
fails unless the condition holds at the first look.
"""

import time
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page

INTERVAL = 0.05  # seconds between two looks


def wait_until(target: Page | Locator, expression: str, *, timeout: float = 30) -> None:
    """Wait until a JavaScript expression (of a locator: a function of its element) is true; AssertionError after `timeout` seconds."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        with suppress(Error):  # the page is being left for another
            if target.evaluate(expression):
                return
        time.sleep(INTERVAL)
    raise AssertionError(f"never true: {expression}")
