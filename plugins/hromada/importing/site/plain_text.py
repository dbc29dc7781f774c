"""Titles and summaries: words alone, entities decoded, tags off."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|em|strong|span|u|small|sup|sub|font|mark|wbr)\b[^<>]*>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ue000-\ue003]")
_CUT = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|Читати далі.*|Continue reading.*)$", re.DOTALL)


def title_of(written: str) -> str:
    """A title in one line; its entities are decoded even where a program has coded them twice."""
    decoded = _decoded(_INLINE_TAG.sub("", _TAG_BREAK.sub(" ", written)))
    return _CONTROLS.sub("", re.sub(r"[ \t\r\n]*[\r\n\t][ \t\r\n]*", " ", decoded)).strip()


_TAG_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)


def plain(written: str) -> str:
    """The words of a piece of HTML in one line; a mark that a program has cut it is no summary's end."""
    return " ".join(_CONTROLS.sub("", _decoded(_TAG.sub(" ", written))).split())


def summary_of(written: str, text: str) -> str:
    """A summary that says more than the beginning of the text, empty else."""
    words = plain(written)
    cut = _CUT.sub("", words)
    return "" if cut != words or plain(text).startswith(cut) else words


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)
