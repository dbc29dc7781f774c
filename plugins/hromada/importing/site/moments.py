"""Dates of earlier sites, in the forms that programs write, as local Kyiv moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from hromada.domain.calendar import DateRefused, in_kyiv, parse_moment

_ZERO = re.compile(r"0{4}-0{2}-0{2}|.*-0001 ")  # WordPress's «not yet»


def universal(text: str) -> datetime | None:
    """«2021-07-05 21:30:00» of the universal clock; None for an empty or zero one, DateRefused for no date."""
    return _zoned(f"{text.strip()} Z") if _is_given(text) else None


def local(text: str) -> datetime | None:
    """«2021-07-05 21:30:00» as the earlier site's own clock, which is Kyiv's; any form that our header knows."""
    return parse_moment(re.sub(r"(?<=\d)T(?=\d)", " ", text.strip())) if _is_given(text) else None


def stamped(text: str) -> datetime | None:
    """A feed's moment: RFC 822 («Mon, 05 Jul 2021 21:30:00 +0000») or RFC 3339."""
    if not _is_given(text):
        return None
    if re.match(r"\s*\d{4}-", text):
        return local(text)
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        raise DateRefused(f"дата «{text.strip()}» незрозуміла") from None
    # «-0000» and no zone at all mean the universal clock (RFC 5322, 3.3)
    return in_kyiv(moment if moment.tzinfo else moment.replace(tzinfo=UTC), text.strip())


def later_day(modified: datetime | None, when: datetime | None) -> date | None:
    """The day of the last change, when it is not that of publication."""
    return modified.date() if modified and when and modified.date() > when.date() else None


def _is_given(text: str) -> bool:
    return bool(text.strip()) and not _ZERO.match(text.strip())


def _zoned(text: str) -> datetime:
    return parse_moment(text)
