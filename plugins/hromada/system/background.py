"""One call in a thread of its own, for waiting for a program while the caller goes on.

Not concurrent.futures, whose import takes 15 to 27 ms (measured) of every publication.
"""

from __future__ import annotations

import threading
from collections.abc import Callable


class BackgroundCall:
    """A call that has begun; as a context manager it is over at the end of the block, whatever happens there.

    No process may be forked before it is over.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def __enter__(self) -> BackgroundCall:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def wait(self) -> None:
        """Wait for its end; raises what the call has raised."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as failure:  # for the caller, in `wait`
            self._failure = failure
