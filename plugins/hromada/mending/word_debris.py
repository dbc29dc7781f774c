"""What comes along when a text is pasted from Word: office tags, Mso classes and styles, conditional comments."""

from __future__ import annotations

import re

from hromada.mending.masking import begins_with_words

_CONDITIONAL = re.compile(
    r"<!--\[if\b.*?<!\[endif\]-->|<!\[(?:if\b[^\]]*|endif)\]>|<!--\s*(?:StartFragment|EndFragment)\s*-->", re.DOTALL
)
_EMPTY = re.compile(r"<o:p>(?:\s|&nbsp;|\u00a0)*</o:p>|<o:p\s*/>", re.IGNORECASE)
_OFFICE_TAG = re.compile(r"</?(?:o|st1):[A-Za-z][\w-]*(?:\s[^<>]*)?>|<\?xml:namespace\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_CLASS = re.compile(r"""\s+class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>/]+))""", re.IGNORECASE)
_STYLE = re.compile(r"""\s+style\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def without_word_debris(text: str) -> str:
    """The words inside the tags stay; classes and styles of the editor's own stay too."""
    if "<" not in text:
        return text
    text = _OFFICE_TAG.sub("", _EMPTY.sub("", _CONDITIONAL.sub(_removed, text)))
    return _TAG.sub(lambda tag: _STYLE.sub(_style, _CLASS.sub(_classes, tag[0])), text)


def _removed(found: re.Match[str]) -> str:
    """Nothing; but of a comment over several lines that may part a list or code from what stands above, itself."""
    _, _, first = found.string[: found.start()].rpartition("\n")
    last, _, below = found.string[found.end() :].partition("\n")
    parts = "\n" in found[0] and not (first + last).strip()
    after = below.lstrip(" \t\n") if parts else ""
    return found[0] if after and not begins_with_words(after) else ""


def _classes(found: re.Match[str]) -> str:
    names = (found[1] or found[2] or found[3] or "").split()
    own = [name for name in names if not name.startswith("Mso")]
    return found[0] if own == names else f' class="{" ".join(own)}"' * bool(own)


def _style(found: re.Match[str]) -> str:
    rules = [rule.strip() for rule in (found[1] or found[2] or "").split(";") if rule.strip()]
    own = [rule for rule in rules if not rule.lower().startswith("mso-")]
    return found[0] if own == rules else f' style="{"; ".join(own)}"' * bool(own)
