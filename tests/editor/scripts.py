"""The scripts of the editor's page run in Chromium without a site: their modules come from `theme/admin`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from playwright.sync_api import Browser, Page, Route

from hromada.editor.script_tables import script_tables
from tests.needs import ROOT

_ORIGIN = "http://editor.invalid"


@contextmanager
def script_page(browser: Browser) -> Iterator[Page]:
    """An empty page whose modules are those of `theme/admin`, `window.tables` what they get."""
    page = browser.new_page()
    page.route(f"{_ORIGIN}/**", _answer)
    page.goto(f"{_ORIGIN}/")
    page.evaluate("tables => { window.tables = tables; }", json.loads(json.dumps(script_tables())))
    yield page
    page.close()


def _answer(route: Route) -> None:
    name = PurePosixPath(route.request.url.removeprefix(_ORIGIN)).name
    if name.endswith(".js"):
        route.fulfill(body=(ROOT / "theme/admin" / name).read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>editor</title>", content_type="text/html")


def mapped(page: Page, module: str, call: str, values: list[Any]) -> list[Any]:
    """What the expression `call` over `value` and `module` gives for each of the values."""
    script = f"""async values => {{
      const module = await import("/{module}");
      return values.map(value => {{ try {{ return {call}; }} catch (error) {{ return {{error: String(error.cause?.message ?? error)}}; }} }});
    }}"""
    return page.evaluate(script, values)
