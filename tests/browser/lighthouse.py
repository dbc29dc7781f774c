"""Lighthouse over every kind of page, run by hand; it is no part of the tests, since its speeds depend on the machine's load.

    npm install --no-save --no-package-lock --prefix build/lighthouse lighthouse@12.8.2
    PYTHONPATH=plugins .venv/bin/python -m tests.browser.lighthouse [--site demo/output] [--runs 5] [KIND …]

The pages (`tests.browser.test_pages.PAGES`) are served by nginx with the project's configuration file, compressed, over
HTTP/2, and judged as on Lighthouse's throttled phone. Without --site the sample of the browser tests is built; of another
site those of these pages are taken that it has. Exit status 1 when a page misses what is asked for.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from hromada.publish.hosts.host import site_of_files
from hromada.publish.hosts.release_folder import ReleaseFolder
from tests import needs
from tests.browser.test_pages import PAGES, make_site
from tests.system.hosts import MOMENT, own_files, with_version
from tests.system.servers import Nginx

PROGRAM = Path(os.environ.get("LIGHTHOUSE") or needs.ROOT / "build/lighthouse/node_modules/.bin/lighthouse")
CHROME = "--headless=new --no-sandbox --ignore-certificate-errors"
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
MOST_SHIFT = 0.05  # of the layout


class Scores(NamedTuple):
    """A page's scores by category (the median of the runs), its layout shift, and the audits that it does not pass."""

    scores: dict[str, int]
    shift: float
    failed: tuple[str, ...]

    def missed(self, *, is_found: bool) -> list[str]:
        """What is below the mark; a page that search engines are told to leave has no mark for them."""
        low = [name for name, least in LEAST.items() if self.scores[name] < least and (is_found or name != "seo")]
        return low + ["layout shift"] * (self.shift >= MOST_SHIFT)


@contextlib.contextmanager
def served(folder: Path, site: Path) -> Iterator[str]:
    """The address of a built site, published as to a server of one's own."""
    ReleaseFolder(folder / "site").publish(site_of_files(with_version(own_files(site))), MOMENT)
    folder.chmod(0o755)
    server = Nginx(folder / "server", folder / "site")
    try:
        yield f"https://127.0.0.1:{server.https}"
    finally:
        server.stop()


def scores_of(report: dict[str, Any]) -> Scores:
    """The scores of one run, in per cent."""
    categories, audits = report["categories"], report["audits"]
    counted = {one["id"] for category in categories.values() for one in category["auditRefs"] if one["weight"]}
    failed = sorted(id for id in counted if (score := audits[id]["score"]) is not None and score < 0.9)
    shift = audits["cumulative-layout-shift"]["numericValue"]
    return Scores({id: round(100 * one["score"]) for id, one in categories.items()}, shift, tuple(failed))


def middle(runs: list[Scores]) -> Scores:
    """The median of each score; what any run did not pass."""
    scores = {name: round(median(run.scores[name] for run in runs)) for name in LEAST}
    return Scores(scores, median(run.shift for run in runs), tuple(sorted({id for run in runs for id in run.failed})))


def run(url: str, folder: Path) -> Scores:
    report = folder / "report.json"
    command = [
        str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={CHROME}",
        f"--only-categories={','.join(LEAST)}",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": str(needs.CHROMIUM)}
    if subprocess.run(command, env=environment).returncode:  # a trace is lost now and then
        subprocess.run(command, check=True, env=environment)
    return scores_of(json.loads(report.read_text("utf-8")))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.lighthouse")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("kinds", nargs="*", choices=[[], *PAGES], metavar="KIND")  # the empty list: none named
    asked = parser.parse_args(arguments)
    if not PROGRAM.exists():
        print(__doc__, file=sys.stderr)
        return 1
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.site is None:
            make_site(folder)
        site = asked.site or folder / "output"
        print(f"{'kind':24}{'perf':>5}{'a11y':>5}{'best':>5}{'seo':>5}{'shift':>7}  not passed")
        with served(folder, site) as address:
            for kind in asked.kinds or PAGES:
                page = site / PAGES[kind].strip("/")
                page = page if page.suffix == ".html" else page / "index.html"
                if not page.exists():
                    continue
                found = middle([run(address + PAGES[kind], folder) for _ in range(asked.runs)])
                is_found = b'name="robots" content="noindex' not in page.read_bytes()
                short = found.missed(is_found=is_found)
                missed += bool(short)
                numbers = "".join(
                    f"{found.scores[one]:5}" for one in ("performance", "accessibility", "best-practices", "seo")
                )
                print(
                    f"{kind:24}{numbers}{found.shift:7.3f}  {', '.join(found.failed)}{'  <<' if short else ''}",
                    flush=True,
                )
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
