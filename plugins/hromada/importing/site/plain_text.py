"""Titles and summaries as plain text: entities decoded, tags removed."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|em|strong|span|u|small|sup|sub|font|mark|wbr)\b[^<>]*>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ue000-\ue003]")
_CUT_MARKER = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|Читати далі.*|Continue reading.*)$", re.DOTALL)


def clean_title(written: str) -> str:
    """A title in one line; its entities are decoded even where a program has coded them twice."""
    decoded = _unescape(_INLINE_TAG.sub("", _TAG_BREAK.sub(" ", written)))
    return _CONTROLS.sub("", re.sub(r"[ \t\r\n]*[\r\n\t][ \t\r\n]*", " ", decoded)).strip()


_TAG_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)


def strip_html(written: str) -> str:
    """The text of a piece of HTML in one line."""
    return " ".join(_CONTROLS.sub("", _unescape(_TAG.sub(" ", written))).split())


def distinct_summary(written: str, text: str) -> str:
    """The summary as plain text; empty when it only repeats the beginning of the text or was cut by a program."""
    summary = strip_html(written)
    cut = _CUT_MARKER.sub("", summary)
    return "" if cut != summary or strip_html(text).startswith(cut) else summary


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)
