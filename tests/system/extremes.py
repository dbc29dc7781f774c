"""Extreme files by name: what is asked of each is an answer in time and in bounded memory, whatever the answer.

    PYTHONPATH=plugins:. python -m tests.system.extremes [NAME …]

prints for each how it ended, its seconds and its megabytes (docs/decisions/0011 has the table).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.system import fuzz

_HEAD = "title: Назва\ndate: 2021-07-05\n\n"
NEWS, SOCIAL, TABLE = "news/x.md", "registers/social/a.csv", "registers/monitoring/a.csv"
_MANY = 100_000


def _text(body: str) -> dict[str, str]:
    return {NEWS: _HEAD + body}


def _lines(form: str, times: int = _MANY) -> str:
    return "".join(form.format(number) for number in range(times))


def _full(piece: str) -> dict[str, str]:
    """As much of a piece as a text may hold."""
    return _text(piece * (990_000 // len(piece.encode())))


EXTREMES: dict[str, Callable[[], dict[str, str]]] = {
    "text-of-50-mb": lambda: _text("слово " * (50_000_000 // 11)),
    "line-of-10-mb": lambda: _text("x" * 10_000_000),
    "line-of-1-mb": lambda: _full("слово "),
    "10000-lists": lambda: _text("- " * 10_000 + "x"),
    "10000-indents": lambda: _text("".join(f"{'    ' * (one % 400)}- x\n" for one in range(1200))),
    "10000-quotes": lambda: _text("> " * 10_000 + "x"),
    "10000-tags": lambda: _text("<div>" * 10_000),
    "100000-headings": lambda: _text(_lines("# {}\n\n")),
    "same-headings": lambda: _full("# а\n\n"),
    "headings-in-a-block": lambda: _full("# а\n"),
    "underlined-headings": lambda: _full("а\n=\n"),
    "100000-links": lambda: _text(_lines("[{0}](y)\n\n", 70_000)),
    "links-in-a-block": lambda: _full("[а](y) "),
    "outer-links": lambda: _text(_lines("<https://a.example/{}>\n\n", 30_000)),
    "footnotes": lambda: _text(_lines("а[^{}]\n\n", 20_000) + _lines("[^{}]: б\n", 20_000)),
    "table-cells": lambda: _text("|а|б|\n|-|-|\n" + "|x|y|\n" * 50_000),
    "brackets": lambda: _full("["),
    "brackets-in-blocks": lambda: _full("[" * 500 + "\n\n"),
    "parentheses": lambda: _full("[а]("),
    "asterisks": lambda: _full("*"),
    "emphasis": lambda: _full("**а *б "),
    "underscores": lambda: _full("_а_ "),
    "backticks": lambda: _full("`"),
    "growing-backticks": lambda: _text(" ".join("`" * (one % 900) for one in range(1900))),
    "less-than": lambda: _full("<"),
    "open-tags": lambda: _full("<a "),
    "open-attributes": lambda: _full('<a b="'),
    "comments": lambda: _full("<!-- "),
    "declarations": lambda: _full("<![CDATA["),
    "open-paragraphs": lambda: _text("".join(f"<b id={one}>" for one in range(90)) + "<p>x</p>" * 100_000),
    "backslashes": lambda: _full("\\"),
    "ampersands": lambda: _full("&"),
    "braces": lambda: _full("{"),
    "references": lambda: _text('[а]: /y "' + "п" * 200_000 + '"\n\n' + "[а]\n\n" * 60_000),
    "abbreviations": lambda: _text("*[аб]: " + "п" * 200_000 + "\n\n" + "аб " * 100_000),
    "contents": lambda: _text("[TOC]\n\n" * 5_000 + _lines("## а{}\n\n", 20_000)),
    "definitions": lambda: _full("а\n: б\n"),
    "fences": lambda: _full("```\nа\n```\n"),
    "comments-closed": lambda: _full("<!-- а -->\n"),
    "numbers-in-a-report": lambda: {"reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\n" + "1 " * 490_000},
    "placeholders": lambda: {"reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\n" + "[[news\n" * 140_000},
    "100000-keys": lambda: {NEWS: _lines("key{}: x\n") + "\nx"},
    "same-keys": lambda: {NEWS: "title: x\n" * 5_000 + "\nx"},
    "value-of-10-mb": lambda: {NEWS: "title: " + "x" * 10_000_000 + "\ndate: 2021-07-05\n\nx"},
    "value-of-1-mb": lambda: {NEWS: "title: x\ndate: " + "2" * 900_000 + "\n\nx"},
    "gallery-of-1000": lambda: {NEWS: "title: x\ndate: 2021-07-05\ngallery:\n" + "- foto.jpg | Опис\n" * 1000 + "\nx"},
    "tags": lambda: {NEWS: "title: x\ndate: 2021-07-05\ntags: " + "тег, " * 90_000 + "\n\nx"},
    "1000000-rows": lambda: {TABLE: "Дата;Назва\n" + _lines("05.07.2021;Згадка {}\n", 1_000_000)},
    "rows-of-20-mb": lambda: {TABLE: "Дата;Назва\n" + _lines("05.07.2021;Згадка {}\n", 530_000)},
    "wrong-rows-of-20-mb": lambda: {TABLE: "Дата;Назва\n" + _lines("32.07.2021;Згадка {}\n", 530_000)},
    "cell-of-50-mb": lambda: {TABLE: 'Дата;Назва\n05.07.2021;"' + "x" * 50_000_000 + '"\n'},
    "cell-of-1-mb": lambda: {TABLE: 'Дата;Назва\n05.07.2021;"' + "x" * 1_000_000 + '"\n'},
    "open-quote": lambda: {TABLE: 'Дата;Назва\n05.07.2021;"x\n' + "05.07.2021;y\n" * 5_000},
    "columns": lambda: {TABLE: "Дата;Назва" + ";x" * 500_000 + "\n05.07.2021;y\n"},
    "toml-brackets": lambda: {"registers/accounts.toml": "x = " + "[" * 400_000},
    "toml-tables": lambda: {"registers/accounts.toml": _lines('[[account]]\nid = "a{0}"\nname = "Сторінка {0}"\n', 15_000)},
    "toml-faults": lambda: {"registers/accounts.toml": _lines('[[account]]\nid = "A{0}"\nname = "Сторінка {0}"\n', 15_000)},
    "toml-dots": lambda: {"reports/figures.toml": "a." * 300_000 + "b = 1"},
    "categories": lambda: {"categories.toml": "categories = [" + _lines('"Рубрика {}", ', 30_000) + "]", NEWS: "title: x\ndate: 2021-07-05\ncategory: Рубрик\n\nx"},
}  # fmt: skip


def outcome(name: str) -> tuple[str, float, int, str]:
    """How an extreme ended, its seconds, its megabytes, and the first line that was said."""
    with tempfile.TemporaryDirectory(prefix="extreme-") as place:
        folder = Path(place)
        for file, text in EXTREMES[name]().items():
            path = folder / "content" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        end, took, megabytes = fuzz.in_child(folder)
        said = folder / "said.txt"
        return end, took, megabytes, said.read_text("utf-8")[:200].split("\n")[0] if said.exists() else ""


if __name__ == "__main__":
    for one in sys.argv[1:] or EXTREMES:
        end, took, megabytes, said = outcome(one)
        print(f"{one:<22} {end:<9} {took:5.1f} s {megabytes:5d} MB  {said[:150]}", flush=True)
