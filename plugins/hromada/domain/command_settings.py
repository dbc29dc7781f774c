"""Which settings of a call its command takes; every other one is refused by name, so that none is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hromada.domain.problem import did_you_mean

# Other programs set these for themselves. In the environment they are no wish to a command that doesn't use them;
# written in the call itself, they are.
GENERIC = frozenset(
    {
        "ACCOUNT", "ALL", "ARGS", "BY", "CACHE", "DOMAIN", "FILE", "FULL", "JOBS", "KIND", "NOTE", "NUMBER", "ON", "PORT",
        "REASON", "ROUNDS", "SCALE", "SITEURL", "SIZES", "TITLE", "UNIT",
    }
)  # fmt: skip
_INSTEAD = {
    (
        "publish",
        "CONTENT",
    ): "публікують лише зміст цього сховища, теку content/. Переглянути інший: make serve CONTENT=…",
    ("publish", "OUTPUT"): "сайт для публікації будують у власній теці. Побудувати деінде: make html OUTPUT=…",
    ("publish", "TODAY"): "публікують те, що належить показати зараз. Переглянути сайт іншого дня: make serve TODAY=…",
}


def refused_settings(
    command: str, taken: Mapping[str, Iterable[str]], given: Iterable[str], environ: Mapping[str, str]
) -> list[str]:
    """What is wrong with the settings of a call, all at once, in Ukrainian; nothing when the command can go ahead.

    `taken` has the settings of every command, `given` the names written in the call itself; `environ` holds the values
    of these and of the environment. A blank value is none.
    """
    own = tuple(taken[command])
    given = tuple(dict.fromkeys(given))
    faults = [*_given(command, taken, given, environ), *_inherited(command, taken, given, environ)]
    if not faults:
        return []
    names = f"Налаштування make {command}: {', '.join(own)}." if own else f"Налаштувань make {command} не має."
    return [*faults, f"{names} Приберіть зайве з виклику та зі змінних середовища."]


def _given(
    command: str, taken: Mapping[str, Iterable[str]], given: Iterable[str], environ: Mapping[str, str]
) -> Iterator[str]:
    own, known = tuple(taken[command]), _known(taken)
    for name in given:
        if name not in known:
            near = did_you_mean(name, own)
            yield f"make {command} не має налаштування «{name}»{f', {near}' if near else ''}"
        elif name not in own and environ.get(name, "").strip():
            yield _unused(command, taken, name)


def _inherited(
    command: str, taken: Mapping[str, Iterable[str]], given: Iterable[str], environ: Mapping[str, str]
) -> Iterator[str]:
    """Of the environment: what only our commands know; a slip of the pen there, too."""
    ours = _known(taken) - GENERIC
    spelt = {_letters(name): name for name in ours}
    for name in sorted(environ.keys() - set(given)):
        if not environ[name].strip():
            continue
        if name in ours:
            if name not in taken[command]:
                yield _unused(command, taken, name)
        elif name not in GENERIC and (meant := spelt.get(_letters(name))):
            yield f"незрозуміла змінна середовища «{name}», можливо, «{meant}»?"


def _unused(command: str, taken: Mapping[str, Iterable[str]], name: str) -> str:
    if instead := _INSTEAD.get((command, name)):
        return f"make {command} не має налаштування {name}: {instead}"
    others = ", ".join(f"make {other}" for other, settings in taken.items() if name in settings)
    return f"make {command} не має налаштування {name}; його має {others}"


def _known(taken: Mapping[str, Iterable[str]]) -> set[str]:
    return {name for settings in taken.values() for name in settings}


def _letters(name: str) -> str:
    return re.sub("[^a-z]", "", name.casefold())
