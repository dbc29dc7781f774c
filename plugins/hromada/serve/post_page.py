"""The page of `make serve` with an item's texts for social networks: `make post` makes them, in a process of its own."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import grouped

_ITEM = lazy_compile(r"(?:news|units/[^/]+)/[^/]+-\d{4}-\d{2}-\d{2}/", re.ASCII)
_OF_SERVE = ("PORT", "HROMADA_GIVEN")  # settings of the call that make post doesn't take
_LONGEST_WAIT = 120  # seconds
_NETWORKS = {"facebook": "Facebook", "instagram": "Instagram", "telegram": "Telegram"}
SCRIPT = b"""document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies);
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    button.textContent = button.dataset.done;
  } catch {
    // the text stays selected: Ctrl+C takes it
  }
});
"""
STYLE = b""".preview-links { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 9; margin: 0; display: flex; flex-wrap: wrap; justify-content: end; gap: .5rem; }
.preview-links__link { display: inline-flex; align-items: center; min-block-size: 2.75rem; padding-inline: 1rem; border-radius: .25rem; background: var(--color-deep); color: var(--color-on-deep); box-shadow: 0 2px 10px var(--color-shade); text-decoration: none; }
.preview-text { inline-size: 100%; max-inline-size: 42rem; padding: .75rem; font: inherit; color: inherit; background: var(--color-mist); border: 1px solid var(--color-axis); border-radius: .25rem; field-sizing: content; min-block-size: 12rem; }
.preview-copy { min-block-size: 2.75rem; padding-inline: 1rem; font: inherit; }
.preview-network { margin-block-start: 2rem; display: grid; gap: .5rem; justify-items: start; }
.preview-command { overflow-wrap: anywhere; }
@media print { .preview-links { display: none; } }
"""
_PAGE = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'">
<title>Допис для соцмереж</title>{styles}<link rel="stylesheet" href="/__post.css"><script src="/__post.js" defer></script></head>
<body><main class="main wrap" id="main"><p class="kicker">Попередній перегляд</p><h1>Допис для соцмереж</h1>
<p><a href="/{address}">Назад до матеріалу</a></p>
{body}
</main></body></html>
"""


def is_item(name: str) -> bool:
    """Whether a folder of the site is the page of a news item or a message."""
    return _ITEM.fullmatch(name) is not None


def links_of(name: str, form: str) -> bytes:
    """The buttons on a page of the preview: to the form of its item (empty: it has none), and to its texts for networks.

    The folder's name ends with `/`; `form` is a whole address.
    """
    links = [("Відредагувати цю сторінку", form)] if form else []
    links += [("Допис для соцмереж", f"/__post/{name}")] if is_item(name) else []
    if not links:
        return b""
    buttons = "".join(f'<a class="preview-links__link" href="{html.escape(to)}">{words}</a>' for words, to in links)
    return f'<link rel="stylesheet" href="/__post.css"><p class="preview-links">{buttons}</p>'.encode()


def post_page(root: Path, name: str, stylesheet: str) -> bytes:
    """The page with the texts of the item in this folder of the site, or with what `make post` says instead."""
    environ = {key: value for key, value in os.environ.items() if key not in _OF_SERVE}
    command = [sys.executable, "-X", "utf8", str(root / "tasks.py"), "post"]
    try:
        done = subprocess.run(
            command, cwd=root, env=environ | {"ITEM": f"/{name}", "FORMAT": "json"}, capture_output=True,
            encoding="utf-8", errors="replace", timeout=_LONGEST_WAIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return _page(name, stylesheet, "<p>Текст готується надто довго. Спробуйте в терміналі: make post.</p>")
    notes = "".join(f"<p>{html.escape(line)}</p>" for line in done.stderr.strip().split("\n") if line)
    if done.returncode:
        return _page(name, stylesheet, notes)
    return _page(name, stylesheet, _body(json.loads(done.stdout)) + notes)


def _body(post: Mapping[str, Any]) -> str:
    picture = (
        f"<p>Світлина: <code>{html.escape(post['picture'])}</code></p>"
        if post["picture"]
        else "<p>Світлини немає. Instagram без неї допису не прийме.</p>"
    )
    networks = "".join(map(_network, post["posts"]))
    command = f"make post ITEM={post['item']} POSTED=https://…"
    return (
        f'{picture}{networks}<section class="preview-network"><h2>Коли розмістите</h2>'
        f'<p>Запишіть до журналу: <code class="preview-command">{html.escape(command)}</code></p></section>'
    )


def _network(post: Mapping[str, Any]) -> str:
    name, title = post["network"], _NETWORKS[post["network"]]
    return (
        f'<section class="preview-network"><h2><label for="{name}">{title}</label></h2>'
        f"<p>Знаків: {grouped(post['length'])} з {grouped(post['limit'])}</p>"
        f'<textarea class="preview-text" id="{name}" readonly>\n{html.escape(post["text"])}</textarea>'
        f'<button class="preview-copy" type="button" data-copies="{name}" data-done="Скопійовано">Скопіювати</button></section>'
    )


def _page(name: str, stylesheet: str, body: str) -> bytes:
    styles = f'<link rel="stylesheet" href="/{html.escape(stylesheet)}">' if stylesheet else ""
    return _PAGE.format(styles=styles, address=html.escape(name), body=body).encode()
