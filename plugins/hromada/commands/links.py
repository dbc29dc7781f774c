"""`make links`: which links to other sites do not open any more."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from hromada.build.content_steps import checked_snapshot
from hromada.console.messages import (
    EXIT_FAILED,
    EXIT_OK,
    EXIT_REFUSED,
    ProgressBar,
    print_error,
    print_json,
    print_lines,
    print_refusal,
)
from hromada.console.options import Options
from hromada.content.external_links import FoundLink, external_links
from hromada.domain.link_state import CheckedLink, LinkState, Outcome, archive_address, is_offline
from hromada.domain.settings import SiteSettings
from hromada.storage.link_results import read_link_results, write_link_results
from hromada.system.link_prober import LinkProber
from hromada.system.web_client import RequestFailed, WebClient

_LABEL = "Відкриваю посилання"
_ARCHIVE = "https://archive.org/wayback/available"
_LARGEST_REPLY = 100_000  # bytes


def links(options: Options) -> int:
    """Ask other sites for every link and print what does not open; STRICT makes dead links a refusal."""
    snapshot = checked_snapshot(options)
    if snapshot.errors:
        return print_refusal(snapshot.problems, options.format)
    prober = LinkProber(WebClient(user_agent(snapshot.site.settings)), seconds=options.minutes * 60)
    return report_links(options, external_links(snapshot), prober)


def user_agent(settings: SiteSettings) -> str:
    """What other sites are told: the program and, once there is one, the site's address."""
    return "hromada-links/1" if settings.has_sample_address else f"hromada-links/1 (+{settings.address}/)"


def report_links(options: Options, links: Sequence[FoundLink], prober: LinkProber, archive: str = _ARCHIVE) -> int:
    """Find out, remember and print the states of these links."""
    known = read_link_results(options.cache, options.clock.moment)
    checked = dict(known)
    try:
        _probe(links, prober, checked, options.clock.moment)
        new = [result.state for link, result in checked.items() if link not in known]
        if not known and is_offline(new):
            checked.clear()
            print_error("Жоден сайт не відповідає: схоже, немає зв’язку з інтернетом. Нічого не перевірено.")
            return EXIT_FAILED
        _find_copies(links, prober, checked, archive)
    finally:
        write_link_results(options.cache, checked)
    states = {link: result.state for link, result in checked.items()}
    if options.format == "json":
        print_json(_as_object(links, states))
    else:
        _print(links, states, everything=options.everything)
    dead = any(states[found.url].outcome is Outcome.DEAD for found in links)
    return EXIT_REFUSED if options.strict and dead else EXIT_OK


def _probe(links: Sequence[FoundLink], prober: LinkProber, checked: dict[str, CheckedLink], now: datetime) -> None:
    asked = list(dict.fromkeys(found.url for found in links if found.url not in checked))
    progress = ProgressBar()
    try:
        for done, (link, state) in enumerate(prober.probe(asked), 1):
            checked[link] = CheckedLink(state, now)
            progress.update(_LABEL, done, len(asked))
    finally:
        progress.close()


def _find_copies(links: Sequence[FoundLink], prober: LinkProber, checked: dict[str, CheckedLink], archive: str) -> None:
    """Ask the archive for copies of dead pages, until it does not answer."""
    for found in links:
        known = checked[found.url]
        if known.state.outcome is not Outcome.DEAD or known.state.archived or known.state.code in _WITHOUT_COPY:
            continue
        day = f"&timestamp={found.day:%Y%m%d}" if found.day else ""
        try:
            reply = prober.fetch(f"{archive}?url={quote(found.url, safe='')}{day}", _LARGEST_REPLY)
        except RequestFailed:
            return
        checked[found.url] = known._replace(state=known.state._replace(archived=_copy_in(reply)))


_WITHOUT_COPY = ("private-address", "bad-address")
_NO_COPY = "-"


def _copy_in(reply: bytes) -> str:
    """The address of the copy that the archive names; a sign for none; empty for a reply that is no such answer."""
    try:
        snapshots = json.loads(reply)["archived_snapshots"]
        if not snapshots:
            return _NO_COPY
        address = str(snapshots["closest"]["url"]).replace("http://", "https://", 1)
        return address if urlsplit(address).hostname == "web.archive.org" else ""
    except (ValueError, KeyError, TypeError):
        return ""


def _advice(link: str, state: LinkState, day: date | None) -> str:
    """What to do about a link, in Ukrainian; empty where nothing has to be done."""
    if state.outcome is Outcome.MOVED:
        return f"напишіть нову адресу: {state.detail}"
    if state.outcome is not Outcome.DEAD:
        return ""
    if state.code in _WITHOUT_COPY:
        return "виправте або приберіть посилання"
    if state.archived == _NO_COPY:
        return "копії в архіві немає: знайдіть нову адресу або приберіть посилання"
    if state.archived:
        return f"копія: {state.archived}"
    return f"пошукайте копію: {archive_address(link, day)}"


def _print(links: Sequence[FoundLink], states: Mapping[str, LinkState], *, everything: bool) -> None:
    shown = (Outcome.DEAD, Outcome.MOVED, *((Outcome.UNKNOWN,) if everything else ()))
    for found in links:
        state = states[found.url]
        if state.outcome in shown:
            advice = _advice(found.url, state, found.day)
            text = f"{found.url} → {state.message}{f', {advice}' if advice else ''}"
            print_lines(f"{found.path}:{found.line}: {text} [{state.code}]")
    count = Counter(states[link].outcome for link in {found.url for found in links})
    hosts = {urlsplit(found.url).hostname for found in links}
    print_lines(
        f"Посилань на інші сайти: {count.total()} (сайтів: {len(hosts)}). Відкриваються: {count[Outcome.WORKING]}, перенесено:"
        f" {count[Outcome.MOVED]}, не відкриваються: {count[Outcome.DEAD]}, не перевірити: {count[Outcome.UNKNOWN]}."
    )
    if count[Outcome.UNKNOWN] and not everything:
        print_lines("Які не перевірити й чому, покаже make links ALL=1: відкрийте їх самі.")


def _as_object(links: Sequence[FoundLink], states: Mapping[str, LinkState]) -> dict[str, object]:
    count = Counter(states[link].outcome for link in {found.url for found in links})
    return {
        "count": {outcome.value: count[outcome] for outcome in Outcome},
        "links": [
            {
                "path": found.path,
                "line": found.line,
                "link": found.url,
                "outcome": states[found.url].outcome.value,
                "code": states[found.url].code,
                "message": states[found.url].message,
                "fix": _advice(found.url, states[found.url], found.day),
            }
            for found in links
            if states[found.url].outcome is not Outcome.WORKING
        ],
    }
