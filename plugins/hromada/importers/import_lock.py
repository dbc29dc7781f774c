"""One import at a time in a clone: each reads the present content before it adds what is missing."""

from __future__ import annotations

from collections.abc import Callable

from hromada.console.messages import EXIT_REFUSED, print_error
from hromada.console.options import Options
from hromada.system.file_lock import LockHeld, file_lock


def with_import_lock(options: Options, run_import: Callable[[Options], int]) -> int:
    """Run an import under the lock and return its exit status; refused at once while another one runs."""
    options.cache.mkdir(parents=True, exist_ok=True)
    try:
        with file_lock(options.cache / "import.lock"):
            return run_import(options)
    except LockHeld:
        print_error("Інше перенесення ще триває. Зачекайте, доки воно закінчиться.")
    return EXIT_REFUSED
