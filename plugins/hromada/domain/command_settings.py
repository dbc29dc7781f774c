"""Validation of a command's settings (environment variables): an unknown or unused one is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hromada.domain.problem import did_you_mean

# Names that other programs use, too: inherited ones are ignored by commands that don't accept them.
GENERIC = frozenset(
    {
        "ACCOUNT", "ALL", "ARGS", "AUTOMATIC", "BASE", "BLUR", "BY", "CACHE", "DOMAIN", "FILE", "FROM", "FULL", "ITEM", "JOBS", "KEEP", "KIND", "LIMIT", "LINK", "NOTE",
        "NUMBER", "ON", "PORT", "POSTED", "PREVIEWS", "PUBLISH", "REASON", "REQUEST", "RESUME", "ROUNDS", "SCALE", "SEVERITY", "SITEURL", "SIZE", "SIZES", "STRICT", "TEXT", "TIP", "TITLE", "TO", "UNIT", "UNTIL", "ZONE",
    }
)  # fmt: skip
# `publish` works on the repository's own content at the present moment; the advice names the command for other cases.
_INSTEAD_OF_PUBLISHING = {
    "CONTENT": "публікують лише зміст цього сховища, теку content/. Переглянути інший: make serve CONTENT=…",
    "OUTPUT": "сайт для публікації будують у власній теці. Побудувати деінде: make html OUTPUT=…",
    "TODAY": "публікують те, що належить показати зараз. Переглянути сайт іншого дня: make serve TODAY=…",
}


def refused_settings(
    command: str, accepted: Mapping[str, Iterable[str]], given: Iterable[str], environ: Mapping[str, str]
) -> list[str]:
    """All errors in the settings of a call, in Ukrainian; an empty list when the command may run.

    `accepted` has the settings of every command, `given` the names written in the call itself; `environ` holds the values
    of these and of the environment. A blank value is none.
    """
    own = tuple(accepted[command])
    given = tuple(dict.fromkeys(given))
    faults = [*_given(command, accepted, given, environ), *_inherited(command, accepted, given, environ)]
    if not faults:
        return []
    names = f"Налаштування make {command}: {', '.join(own)}." if own else f"Налаштувань make {command} не має."
    return [*faults, f"{names} Приберіть зайве з виклику та зі змінних середовища."]


def _given(
    command: str, accepted: Mapping[str, Iterable[str]], given: Iterable[str], environ: Mapping[str, str]
) -> Iterator[str]:
    own, all_names = tuple(accepted[command]), _all_settings(accepted)
    for name in given:
        if name not in all_names:
            near = did_you_mean(name, own)
            yield f"make {command} не має налаштування «{name}»{f', {near}' if near else ''}"
        elif name not in own and environ.get(name, "").strip():
            yield _unused(command, accepted, name)


def _inherited(
    command: str, accepted: Mapping[str, Iterable[str]], given: Iterable[str], environ: Mapping[str, str]
) -> Iterator[str]:
    """Errors in inherited variables: our settings that the command doesn't accept, and misspelt ones."""
    ours = _all_settings(accepted) - GENERIC
    spelt = {_normalized(name): name for name in ours}
    for name in sorted(environ.keys() - set(given)):
        if not environ[name].strip():
            continue
        if name in ours:
            if name not in accepted[command]:
                yield _unused(command, accepted, name)
        elif name not in GENERIC and (meant := spelt.get(_normalized(name))):
            yield f"незрозуміла змінна середовища «{name}», можливо, «{meant}»?"


def _unused(command: str, accepted: Mapping[str, Iterable[str]], name: str) -> str:
    if command == "publish" and name in _INSTEAD_OF_PUBLISHING:
        return f"make publish не має налаштування {name}: {_INSTEAD_OF_PUBLISHING[name]}"
    others = ", ".join(f"make {other}" for other, settings in accepted.items() if name in settings)
    return f"make {command} не має налаштування {name}; його має {others}"


def _all_settings(accepted: Mapping[str, Iterable[str]]) -> set[str]:
    return {name for settings in accepted.values() for name in settings}


def _normalized(name: str) -> str:
    return re.sub("[^a-z]", "", name.casefold())
