"""Imports of one clone take turns: each looks at what is there before it adds what is not."""

from __future__ import annotations

from collections.abc import Callable

from hromada.console.messages import REFUSED, complain
from hromada.console.options import Call
from hromada.system.file_lock import Taken, alone


def in_turn(call: Call, bring: Callable[[Call], int]) -> int:
    """The import's exit status; refused at once while another one is at work."""
    call.cache.mkdir(parents=True, exist_ok=True)
    try:
        with alone(call.cache / "import.lock"):
            return bring(call)
    except Taken:
        complain("Інше перенесення ще триває. Зачекайте, доки воно закінчиться.")
    return REFUSED
