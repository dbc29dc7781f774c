"""Asks other sites whether links open, politely: one request at a time to a host, with a pause, as its robots.txt allows.

HEAD first; a GET only where HEAD fails, since many servers answer it wrongly. No body is read but that of robots.txt.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.parse import urljoin, urlsplit

from protego import Protego

from hromada.domain.link_state import LinkState, is_social, request_address, state_of_status
from hromada.system.web_client import RequestFailed, WebAnswer, WebClient

HOSTS = 16  # asked at once
PAUSE = 1.0  # seconds between two requests to a host
_LONGEST_PAUSE = 30.0  # seconds: what a robots.txt or a busy server may ask for
_MOST_HOPS = 10
_LARGEST_ROBOTS = 500 * 1024  # bytes, as RFC 9309 asks for
_PERMANENT, _REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
_BUSY = (429, 503)


class _ProbedHost:
    """A host that is asked by one thread at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next = 0.0
        self.pause = 0.0


class LinkProber:
    """Asks for links until `seconds` are over.

    `clock` is monotonic; `wait` pauses. Both are the tests', too.
    """

    def __init__(
        self, client: WebClient, *, seconds: float, hosts: int = HOSTS, pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic, wait: Callable[[float], object] | None = None,
    ) -> None:  # fmt: skip
        self._client, self._most_hosts, self._pause, self._clock = client, hosts, pause, clock
        self._stopped = threading.Event()
        self._wait = wait or self._stopped.wait
        self._end = clock() + seconds
        self._hosts: dict[str, _ProbedHost] = defaultdict(_ProbedHost)
        self._robots: dict[str, Protego | LinkState] = {}
        self._token = client.user_agent.partition("/")[0]

    def probe(self, links: Iterable[str]) -> Iterator[tuple[str, LinkState]]:
        """Each link with its state, as they become known; the threads end with the iterator."""
        by_host: dict[str, list[str]] = defaultdict(list)
        for link in dict.fromkeys(links):
            address = request_address(link)
            if not address or is_social(link):
                yield link, LinkState("social-network" if address else "bad-address")
            else:
                by_host[urlsplit(address).hostname or ""].append(link)
        rounds = sorted(by_host.values(), key=len, reverse=True)  # the longest first: they end last
        with ThreadPoolExecutor(self._most_hosts) as threads:
            try:
                waiting = [threads.submit(self._probe_host, links) for links in rounds]
                for done in as_completed(waiting):
                    yield from done.result().items()
            except BaseException:  # also GeneratorExit and Ctrl-C: nobody waits for pauses any more
                self._stopped.set()
                threads.shutdown(wait=True, cancel_futures=True)
                raise

    def fetch(self, address: str, most: int) -> bytes:
        """The body of a page, as politely; RequestFailed if there is none."""
        answer = self._ask("GET", address, most)
        if answer.status != 200:
            raise RequestFailed("error-answer")
        return answer.body

    def _probe_host(self, links: list[str]) -> Mapping[str, LinkState]:
        return {link: self._state(request_address(link)) for link in links}

    def _state(self, address: str) -> LinkState:
        """Follow an address to its end; `moved` to where the permanent redirects lead that it begins with."""
        seen: list[str] = []
        moved, is_permanent = "", True
        try:
            while len(seen) <= _MOST_HOPS and address not in seen:
                seen.append(address)
                if refusal := self._robots_refusal(address):
                    return refusal
                answer = self._answer(address)
                if answer.status not in _REDIRECTS or not answer.location:
                    state = state_of_status(answer.status)
                    return LinkState("moved", moved) if moved and state.code == "working" else state
                address = request_address(urljoin(address, answer.location))
                if not address:
                    return LinkState("bad-answer")
                is_permanent = is_permanent and answer.status in _PERMANENT
                moved = address if is_permanent else moved
        except RequestFailed as failed:
            return LinkState(failed.code)
        return LinkState("redirect-loop")

    def _answer(self, address: str) -> WebAnswer:
        try:
            answer = self._ask("HEAD", address)
        except RequestFailed as failed:
            if failed.code not in ("bad-answer", "no-connection"):
                raise
        else:
            if answer.status < 400 or answer.status == 429:
                return answer
        return self._ask("GET", address)

    def _ask(self, method: str, address: str, most: int = 0) -> WebAnswer:
        """Ask when the host's turn has come; once more where it names a short time to wait."""
        host = self._hosts[urlsplit(address).hostname or ""]
        with host.lock:
            answer = self._ask_now(host, method, address, most)
            seconds = answer.retry_after
            if answer.status in _BUSY and seconds.isascii() and seconds.isdigit() and int(seconds) <= _LONGEST_PAUSE:
                host.next = self._clock() + int(seconds)
                answer = self._ask_now(host, method, address, most)
            return answer

    def _ask_now(self, host: _ProbedHost, method: str, address: str, most: int) -> WebAnswer:
        rest = host.next - self._clock()
        if self._clock() + max(0.0, rest) >= self._end or self._stopped.is_set():
            raise RequestFailed("no-time")
        if rest > 0:
            self._wait(rest)
        try:
            return self._client.ask(method, address, most)
        finally:
            host.next = self._clock() + max(self._pause, host.pause)

    def _robots_refusal(self, address: str) -> LinkState | None:
        """Why its site does not want an address to be asked for; None if it may be."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        robots = self._robots[origin]
        if isinstance(robots, LinkState):
            return robots
        self._hosts[parts.hostname or ""].pause = min(robots.crawl_delay(self._token) or 0.0, _LONGEST_PAUSE)
        return None if robots.can_fetch(address, self._token) else LinkState("robots")

    def _read_robots(self, origin: str) -> Protego | LinkState:
        """The rules of a site; by RFC 9309 none if the file is missing, everything is forbidden if the server fails."""
        address = f"{origin}/robots.txt"
        try:
            for _ in range(_MOST_HOPS // 2):
                answer = self._ask("GET", address, _LARGEST_ROBOTS)
                if answer.status not in _REDIRECTS or not answer.location:
                    break
                address = request_address(urljoin(address, answer.location))
                if not address:
                    break
        except RequestFailed as failed:
            return LinkState(failed.code)
        if answer.status in _BUSY:
            return LinkState("busy", str(answer.status))
        if answer.status >= 500:
            return LinkState("robots", str(answer.status))
        return Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == 200 else "")
