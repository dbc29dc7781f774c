"""`make serve`: the site on localhost, brought up to date on every change; the browser is told to reload."""

from __future__ import annotations

import contextlib
import html
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hromada.console.folders import misplaced_output
from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, print_error
from hromada.console.options import Options
from hromada.content.handbook_files import Handbook
from hromada.serve.http_server import PreviewServer

_TROUBLE = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>{style}</head><body><main class="main wrap" id="main">
<p class="kicker">Попередній перегляд</p><h1>{title}</h1><p class="lead">{advice}</p>
<ul class="plain-list">{problems}</ul></main></body></html>
"""
# Together: a program that saves a file in several steps is waited for, an editor is not.
_STEP, _DEBOUNCE, _PULSE = 15, 300, 500  # ms


class _Answer(NamedTuple):
    """What the builder says of a build."""

    status: int = EXIT_FAILED
    problems: Sequence[str] = ()
    changed: bool = False
    due_in: float | None = None  # seconds until an item falls due
    sure: bool = True  # that nothing has changed beside what the builder was told
    files: Sequence[str] | None = None  # what lies in the output folder, when it is not what was said last


class _Builder:
    """The process that builds (builder.py); a new one when our own code has changed or the old one has died."""

    def __init__(self, options: Options) -> None:
        self._call = options
        self._start()

    def _start(self) -> None:
        root = self._call.root
        paths = os.pathsep.join([str(root / "plugins"), str(root)])
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "hromada.serve.build_process", str(root)], cwd=root, text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip

    def build(self, order: Mapping[str, Any], *, again: bool = True) -> _Answer:
        """A build as of now; a process that has died is started `again` once. The order is builder.py's."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{json.dumps(order)}\n")
            self._process.stdin.flush()
            return _Answer(**json.loads(self._process.stdout.readline()))
        except (OSError, ValueError):
            self.restart()
            return self.build({}, again=False) if again else _Answer()

    def restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class _Preview:
    """The site in the browser: the server, the process that builds, and when something falls due."""

    def __init__(self, options: Options, server: PreviewServer) -> None:
        self._server = server
        self._builder = _Builder(options)
        self._due: float | None = None
        self.status, self.is_sure = EXIT_OK, True

    @property
    def is_due(self) -> bool:
        return self._due is not None and time.monotonic() >= self._due

    def renew(self, *, code_changed: bool = False, **order: Any) -> None:
        """Build, and have the browser show what came of it."""
        if code_changed:
            self._builder.restart()
        answer = self._builder.build(order)
        if answer.files is not None:
            self._server.files = frozenset(answer.files)
        trouble = None if answer.status == EXIT_OK else _trouble(answer, self._server.files)
        if answer.changed or trouble != self._server.trouble:
            self._server.version += 1
        self._server.trouble, self.status, self.is_sure = trouble, answer.status, answer.sure
        self._due = None if answer.due_in is None else time.monotonic() + answer.due_in

    def close(self) -> None:
        self._builder.close()
        self._server.shutdown()


def serve(options: Options) -> int:
    """Serve until Ctrl-C; a change that the check refuses is shown in the browser, and the last good site is kept."""
    if fault := misplaced_output(options.root, options.content, options.output):
        print_error(fault)
        return EXIT_REFUSED
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        server = PreviewServer(options.port, options.output)
    except OSError:
        print(f"Порт {options.port} зайнято: закрийте інший перегляд або вкажіть PORT=8001.", file=sys.stderr)
        return 1
    preview = _Preview(options, server)
    preview.renew()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Перегляд: http://localhost:{options.port}/  (Ctrl+C — зупинити)", flush=True)
    code = [options.root / "plugins", options.root / options.settings_file]
    with contextlib.suppress(KeyboardInterrupt):
        for changed in _changes([options.content, options.theme, *_handbook(options), *code]):
            if changed is None or changed or preview.is_due:
                ours = any(path.is_relative_to(one) for path in changed or () for one in code)
                preview.renew(code_changed=ours, saved=[str(path) for path in changed or ()])
            elif server.has_missed:
                server.has_missed = False
                preview.renew(look=True)
            elif not preview.is_sure:  # the watch may have missed something
                preview.renew(verify=True)
    preview.close()
    return preview.status


def _handbook(options: Options) -> list[Path]:
    """The folders of the handbook; a fault of the settings has been told by the build."""
    try:
        return Handbook(options.root, options.settings().handbook).folders()
    except (OSError, ValueError):
        return []


def _changes(places: Sequence[Path]) -> Iterator[list[Path] | None]:
    """What has changed in the places, again and again; nothing, each half second; None when anything may have.

    That is so when a watch has begun, and when a place itself has gone, come or been replaced by another one: the watch
    holds the folder that it began with.
    """
    from watchfiles import watch

    while True:
        began_with, is_new = _identities(places), True
        there = [place for place, identity in zip(places, began_with, strict=True) if identity]
        changes = watch(*there, step=_STEP, debounce=_DEBOUNCE, rust_timeout=_PULSE, yield_on_timeout=True)
        for changed in changes:
            yield None if is_new else [Path(path) for _, path in changed]
            is_new = False
            if _identities(places) != began_with:
                break


def _identities(places: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Of each place its device and inode; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for place in places:
        try:
            state = place.stat()
        except OSError:
            found.append(None)
        else:
            found.append((state.st_dev, state.st_ino))
    return found


def _trouble(answer: _Answer, files: Iterable[str]) -> bytes:
    """The page that stands for all others while the site can't be built; it borrows the last good site's style."""
    styles = sorted(name for name in files if name.startswith("theme/css/") and name.endswith(".css"))
    style = f'<link rel="stylesheet" href="/{styles[0]}">' if styles else ""
    title = "У програмі сталася помилка" if answer.status == EXIT_FAILED else "Сайт не побудовано: виправте зауваження"
    advice = (
        "Подробиці в терміналі."
        if answer.status == EXIT_FAILED
        else "Щойно файл буде збережено, сторінка оновиться сама."
    )
    shown = "".join(f"<li>{html.escape(problem)}</li>" for problem in answer.problems)
    return _TROUBLE.format(title=title, advice=advice, problems=shown, style=style).encode()
