"""axe in a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}}
# Only what is wrong leaves the browser: of all that axe looks at, the largest page's results take Python over a second.
_RUN = """
([within, options]) => axe.run(within || document, {...options, resultTypes: ['violations']}).then(found =>
  found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)]))
"""


def violations(page: Any, options: dict[str, Any] | None = None, within: str = "") -> list[tuple[str, str, list[str]]]:
    """What axe finds in a page or an element of it: the rule, its words, the elements; without options by the rules of TAGS."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [tuple(one) for one in page.evaluate(_RUN, [within, _EVERYTHING | (options or {})])]
