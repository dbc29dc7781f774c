"""The links of a Markdown text that moves to another folder: the targets change, nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable

from hromada.importing.site.references import References, path_in_source

# A target in brackets after words, in a definition at the start of a line, in an attribute of HTML.
_TARGET = re.compile(
    r"(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src)\s*=\s*[\"'])(?P<target>[^\s<>\"')]+)",
    re.MULTILINE | re.IGNORECASE,
)
_CODE = re.compile(r"(?:^(?P<fence>```|~~~).*?^(?P=fence)[ \t]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def relinked(text: str, references: References) -> str:
    """The text with every target that leads to something brought leading to where that is now."""
    return outside_code(text, lambda part: _TARGET.sub(lambda found: found["before"] + _new(found, references), part))


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with everything but its code changed."""
    done, end = [], 0
    for found in _CODE.finditer(text):
        done += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*done, change(text[end:])])


def _new(found: re.Match[str], references: References) -> str:
    target: str = found["target"]
    path = path_in_source(target)
    if path is None or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", target):
        return target
    _, sign, anchor = target.partition("#")
    moved = references.moved(path)
    return f"{moved}{sign}{anchor}" if moved else target
