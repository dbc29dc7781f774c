"""`make demo`: the sample archive, and the site built from it."""

from __future__ import annotations

from pathlib import Path

from hromada.build.output_writer import Output, remove, remove_irregular
from hromada.build.pipeline import build
from hromada.console.messages import EXIT_OK, display_path, print_lines
from hromada.console.options import Options
from hromada.demo.recipe import SOURCE_REPORT, archive
from hromada.domain.dates import Clock
from hromada.system.regular_files import entries_below

DEMO_TODAY = "2022-01-15"


def demo(options: Options) -> int:
    """Make the sample archive and build the site from it by the same code."""
    folder = options.root / "demo"
    content = folder / "content"
    _write_archive(content, options.scale)
    example = options.with_changes(
        content=content, output=folder / "output", clock=Clock.parse(DEMO_TODAY), components=True
    )
    status = build(example).status
    if status == EXIT_OK:
        print_lines(
            "", "Це зразок: увесь архів згенеровано, щоб показати звіт.",
            f"Переглянути: python3 -m http.server 8001 --directory {display_path(folder / 'output', options.root)}",
            "і відкрити http://localhost:8001/reports/2021-h2/",
        )  # fmt: skip
    return status


def _write_archive(content: Path, scale: int) -> None:
    """Write only what differs and remove what the recipe does not make any more: a second run changes nothing."""
    remove_irregular(content)
    output = Output(content)
    for name, data in archive(SOURCE_REPORT.times(scale)):
        output.write(name, data)
    for name in sorted(entry.name for entry in entries_below(content) if not entry.is_folder):
        if name not in output.stamps:
            remove(content, name)
