"""Imports of one clone take turns: each looks at what is there before it adds what is not."""

from __future__ import annotations

from collections.abc import Callable

from hromada.console.messages import EXIT_REFUSED, print_error
from hromada.console.options import Options
from hromada.system.file_lock import LockHeld, file_lock


def with_import_lock(options: Options, bring: Callable[[Options], int]) -> int:
    """The import's exit status; refused at once while another one is at work."""
    options.cache.mkdir(parents=True, exist_ok=True)
    try:
        with file_lock(options.cache / "import.lock"):
            return bring(options)
    except LockHeld:
        print_error("Інше перенесення ще триває. Зачекайте, доки воно закінчиться.")
    return EXIT_REFUSED
