"""Whether the site's address shows the last publication: asks for version.json until it does, or a limit of time is over."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence

from hromada.domain.numerals import NOUNS, Case
from hromada.online.site_answer import (
    VERSION_NAME,
    Diagnosis,
    SiteAnswer,
    State,
    advice_of,
    diagnose,
    diagnosis_in_words,
)
from hromada.publish.history import Publication

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 20.0  # seconds between two questions


def wait_until_shown(
    address: str,
    version: str,
    limit: float,
    *,
    ask: Callable[[str], SiteAnswer],
    report: Callable[[Diagnosis], None] = lambda _: None,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Diagnosis:
    """Ask until the address shows the version or `limit` seconds are over; `report` gets each new state but the last one.

    Each question has a query of its own, so that no cache on the way answers.
    """
    end, pause, last = monotonic() + limit, _FIRST_PAUSE, Diagnosis(State.SHOWN)
    while True:
        answer = ask(f"{address}/{VERSION_NAME}?{secrets.token_hex(6)}")
        found = diagnose(answer, address, version)
        rest = end - monotonic()
        if found.state is State.SHOWN or rest <= 0:
            return found
        if found != last:
            report(found)
            last = found
        sleep(min(pause, rest))
        pause = min(2 * pause, _LONGEST_PAUSE)


def shown_lines(found: Diagnosis, address: str, known: Sequence[Publication]) -> list[str]:
    """The verdict, in Ukrainian: which publication the address shows, or why not and what to do; `known` is newest first."""
    newest = known[0]
    if found.state is State.SHOWN:
        lines = [f"Сайт показує останню публікацію, {_named(newest)}: {address}/"]
        if found.elsewhere:
            lines.append(
                f"Адреса веде на {found.elsewhere}: якщо це справжня адреса сайту, впишіть її до publishconf.py."
            )
        return lines
    lines = [f"{address}/: {diagnosis_in_words(found, address)}. Остання публікація – {_named(newest)}."]
    if found.state is State.OTHER_VERSION:
        lines.append(_age(found.version, known))
    return [*lines, f"Що робити: {advice_of(found)}"]


def _age(version: str, known: Sequence[Publication]) -> str:
    """How old the publication is that the site shows."""
    shown = next((publication for publication in known if publication.version == version), None)
    if shown is None:
        return (
            f"Версії {version[:10]}, яку показує сайт, немає в історії цього сховища: його публікують і з іншого місця?"
        )
    behind = known[0].number - shown.number
    return f"Показано {_named(shown)}: сайт відстає на {NOUNS['публікація'].counted(behind, Case.ACCUSATIVE)}."


def _named(publication: Publication) -> str:
    return f"№ {publication.number} від {' '.join(publication.local_moment)} (версія {publication.version[:10]})"
