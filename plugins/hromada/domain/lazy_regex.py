"""Regular expressions that are compiled when they are first used.

A command needs few of the program's 600 expressions. Compiling those of the modules that an edit imports took 58 ms of
the 950 of `make html` (measured; 15,000 items).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast, overload

if TYPE_CHECKING:
    from typing import Any

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


@overload
def lazy_compile(pattern: str, flags: int = 0) -> re.Pattern[str]: ...
@overload
def lazy_compile(pattern: bytes, flags: int = 0) -> re.Pattern[bytes]: ...
def lazy_compile(pattern: str | bytes, flags: int = 0) -> re.Pattern[str] | re.Pattern[bytes]:
    """What `re.compile` returns, compiled on first use; `re.error` of a wrong pattern is raised then.

    Functions of `re` itself don't take the result as their pattern: use its methods.
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))


class _LazyPattern:
    """Stands for a pattern; from the first use on its methods are those of the compiled one."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __reduce__(self) -> tuple[Any, ...]:
        return lazy_compile, (self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
