"""What comes along when a text is pasted: office tags, Mso classes and styles, conditional comments; Google's wrappings."""

from __future__ import annotations

import re

from hromada.autofix.protected_spans import begins_with_words

_CONDITIONAL = re.compile(
    r"<!--\[if\b(?:(?!<!--\[if\b).)*?<!\[endif\]-->|<xml>(?:(?!<xml>).)*?</xml>|<!\[(?:if\b[^\]]*|endif)\]>|<!--\s*(?:StartFragment|EndFragment)\s*-->",
    re.DOTALL,
)
_EMPTY = re.compile(r"<o:p>(?:\s|&nbsp;|\u00a0)*</o:p>|<o:p\s*/>", re.IGNORECASE)
_OFFICE_TAG = re.compile(r"</?(?:o|w|v|st1):[A-Za-z][\w-]*(?:\s[^<>]*)?>|<\?xml:namespace\b[^<>]*>", re.IGNORECASE)
# Google Docs wraps what is copied: into a <b> that makes nothing bold, or any tag with this id.
_WRAPPED = re.compile(r"<b\s[^<>]*docs-internal-guid[^<>]*>(?P<words>(?:(?!<b\b).)*?)</b>", re.DOTALL | re.IGNORECASE)
_GUID = re.compile(r"""(?P<tag><[a-z][^<>]*?)\s+id\s*=\s*["']?docs-internal-guid-[\w-]*["']?""", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_CLASS = re.compile(r"""\s+class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>/]+))""", re.IGNORECASE)
_STYLE = re.compile(r"""\s+style\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def without_word_debris(text: str) -> str:
    """The words inside the tags stay; classes and styles of the editor's own stay too."""
    if "<" not in text:
        return text
    text = _GUID.sub(r"\g<tag>", _WRAPPED.sub(r"\g<words>", text))
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
