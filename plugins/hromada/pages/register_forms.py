"""What the page that edits registers knows of them, as JSON: the reader's own tables of columns, words and patterns.

The page tells at once what needs no other file; all else is told by `make check`. So that there are no two sets of
rules, every word and pattern here is that of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hromada.domain.account import NETWORK_TITLES, NETWORK_WORDS, POST_KIND_WORDS, Accounts, PostKind
from hromada.domain.alphabet import LOOKALIKES
from hromada.domain.calendar import DATE_ADVICE, DATE_FORMS, EARLIEST_YEAR, LATEST_YEAR
from hromada.domain.days_in_words import (
    LEFT_OUT_OF_WORDS,
    MONTH_NUMBERS,
    MONTHS_OF_DATES,
    RUSSIAN_MONTH_NUMBERS,
    RUSSIAN_WEEKDAY_NUMBERS,
    WEEKDAY_NUMBERS,
    WEEKDAYS,
)
from hromada.domain.figure import Figures
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import NETWORK_HOSTS
from hromada.domain.table_text import ERROR_VALUES
from hromada.reading.columns import HEADER_WORDS, LONGEST_LIKELY, SPECS, shown
from hromada.reading.tables import TOTAL_LABEL, TOTAL_NUMBER

# The columns of a register's first file; later ones take those of the file before.
_COLUMNS = {
    "social": ("date", "account", "network", "kind", "title", "url", "id"),
    "newspaper": ("date", "newspaper", "issue", "title", "url"),
    "requests": ("date", "kind", "count"),
}
_USUAL_COLUMNS = ("date", "title", "url")
_WORDS_OF_COLUMNS = {("requests", "kind"): "Канал"}


def register_forms(registers: Iterable[str], accounts: Accounts, figures: Figures) -> dict[str, Any]:
    """The value of `/admin/registers.json`."""
    return {
        "registers": [_register(name, figures) for name in registers],
        "accounts": [
            {"id": account.id, "name": account.name, "names": account.names, "networks": account.networks}
            for account in accounts.all
        ],
        "networks": {network: NETWORK_TITLES.get(network, network) for network in sorted(accounts.networks)},
        "networkWords": NETWORK_WORDS,
        "networkHosts": NETWORK_HOSTS,
        "kinds": [kind.value for kind in PostKind],
        "kindWords": {word: kind.value for word, kind in POST_KIND_WORDS.items()},
        "notCounted": [kind.value for kind in PostKind if not kind.is_counted],
        "columns": {spec.key: shown(spec.key) for spec in SPECS},
        "headerWords": HEADER_WORDS,
        "likely": {spec.key: javascript_pattern(spec.likely) for spec in SPECS},
        "longestLikely": LONGEST_LIKELY,
        "neededIn": {spec.key: sorted(spec.needed_in) for spec in SPECS if spec.needed_in},
        "total": {"label": javascript_pattern(TOTAL_LABEL), "number": javascript_pattern(TOTAL_NUMBER)},
        "errorValues": sorted(ERROR_VALUES),
        "dates": _dates(),
    }


def _register(name: str, figures: Figures) -> dict[str, Any]:
    figure = figures.get(name)
    columns = _COLUMNS.get(name, _USUAL_COLUMNS)
    return {
        "id": name,
        "title": figure.title if figure else name,
        "header": [_WORDS_OF_COLUMNS.get((name, key)) or shown(key) for key in columns],
    }


def _dates() -> dict[str, Any]:
    forms = dict(zip(("iso", "dotted", "zoned", "named"), map(javascript_pattern, DATE_FORMS), strict=True))
    russian = {word: MONTHS_OF_DATES[month - 1] for word, month in RUSSIAN_MONTH_NUMBERS.items()}
    russian |= {word: WEEKDAYS[weekday] for word, weekday in RUSSIAN_WEEKDAY_NUMBERS.items()}
    return {
        "forms": forms,
        "advice": DATE_ADVICE,
        "earliestYear": EARLIEST_YEAR,
        "latestYear": LATEST_YEAR,
        "months": MONTH_NUMBERS,
        "weekdays": WEEKDAY_NUMBERS,
        "weekdayNames": WEEKDAYS,
        "russian": russian,
        "leftOut": "".join(map(chr, LEFT_OUT_OF_WORDS)),
        "lookalikes": {chr(latin): chr(ukrainian) for latin, ukrainian in LOOKALIKES.items()},
    }


_NAMED_GROUP = lazy_compile(r"\(\?P<")
_NEEDLESS_ESCAPE = lazy_compile(r"\\([^\w^$\\.*+?()\[\]{}|/-])")


def javascript_pattern(pattern: re.Pattern[str]) -> dict[str, str]:
    """A pattern and its flags for JavaScript's `RegExp`: named groups, letters of all alphabets, the whole text."""
    source = _NAMED_GROUP.sub("(?<", pattern.pattern)
    source = _NEEDLESS_ESCAPE.sub(r"\1", source).replace("[\\w", "[\\p{L}\\p{N}_")
    return {"source": f"^(?:{source})$", "flags": "iu" if pattern.flags & re.IGNORECASE else "u"}
