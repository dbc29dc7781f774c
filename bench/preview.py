"""`make serve`: how long after a save the item's page on the disk is another one."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from bench.measuring import BenchFailed, Peak, started
from bench.tools import Tool, page_of

_WARM_UPS = 2  # savings before the timed ones: they warm up, and the memory is looked at meanwhile
_PATIENCE = 300.0  # seconds
_QUIET = 3.0  # between two savings: the server must have done with the one before
_LOOK = 0.002


def savings(tool: Tool, times: int, first: int) -> tuple[list[float], int | None]:
    """Seconds of so many savings, the most MiB that the server's processes held; `first` numbers the edits."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ("make", "-s", "serve", f"PORT={port}")
    with tempfile.TemporaryFile() as output, started(command, tool.folder, tool.environ, output) as server:
        with Peak(server.pid) as peak:
            _wait_for(server, port)
            for number in range(_WARM_UPS):
                _saving(tool, first + number)
        return [_saving(tool, first + _WARM_UPS + number) for number in range(times)], peak.megabytes


def _saving(tool: Tool, number: int) -> float:
    """One edit; the clock starts before the file is written."""
    time.sleep(_QUIET)
    page = page_of(tool.output, f"n{tool.changes.size // 2:05d}")
    if page is None:
        raise BenchFailed("make serve: немає сторінки, яку правити")
    before = page.read_bytes()
    start = time.perf_counter()
    tool.changes.edit(number)
    while _bytes(page) in (None, before):
        if time.perf_counter() - start > _PATIENCE:
            raise BenchFailed("make serve: сторінка не змінилася")
        time.sleep(_LOOK)
    return time.perf_counter() - start


def _bytes(page: Path) -> bytes | None:
    try:
        return page.read_bytes()
    except OSError:
        return None


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise BenchFailed("make serve: сервер не відповідає")
