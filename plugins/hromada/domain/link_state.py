"""What is known of a link to another site: whether it opens, why not, for how long that is believed, and who may be asked at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from hromada.domain.post_link import network_of_link
from hromada.domain.web_address import ascii_host


class Outcome(StrEnum):
    """What a state means to a reader of the page."""

    WORKING = "working"
    MOVED = "moved"
    DEAD = "dead"
    UNKNOWN = "unknown"


# Each code with its outcome and its Ukrainian words.
CODES = {
    "working": (Outcome.WORKING, "відкривається"),
    "moved": (Outcome.MOVED, "сторінку перенесено назавжди"),
    "not-found": (Outcome.DEAD, "такої сторінки немає"),
    "error-answer": (Outcome.DEAD, "сайт відповідає помилкою"),
    "no-host": (Outcome.DEAD, "сайту з такою назвою немає"),
    "no-connection": (Outcome.DEAD, "з сайтом немає з’єднання"),
    "no-answer": (Outcome.DEAD, "сайт не відповів вчасно"),
    "bad-certificate": (Outcome.DEAD, "сайт не має дійсного сертифіката, тож читачів зупинить застереження"),
    "bad-answer": (Outcome.DEAD, "відповідь сайту незрозуміла"),
    "redirect-loop": (Outcome.DEAD, "сайт переспрямовує без кінця"),
    "private-address": (Outcome.DEAD, "адреса веде до внутрішньої мережі або цього комп’ютера"),
    "bad-address": (Outcome.DEAD, "адреса записана неправильно"),
    "social-network": (Outcome.UNKNOWN, "соцмережа не відповідає програмам"),
    "robots": (Outcome.UNKNOWN, "сайт просить програми сюди не ходити (robots.txt)"),
    "refused": (Outcome.UNKNOWN, "сайт не пускає програм або просить увійти"),
    "busy": (Outcome.UNKNOWN, "сайт просить зачекати"),
    "no-time": (Outcome.UNKNOWN, "не вистачило часу"),
}
_FOR = {Outcome.WORKING: timedelta(days=30), Outcome.MOVED: timedelta(days=30)}
_BRIEFLY = timedelta(days=1)
_NEVER_KEPT = ("social-network", "no-time", "bad-address")  # known without asking, or not known
_UNREACHABLE = ("no-host", "no-connection", "no-answer")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class LinkState(NamedTuple):
    """The state of one address. `detail` is the answer's status, or the new address; `archived` a copy in an archive."""

    code: str
    detail: str = ""
    archived: str = ""

    @property
    def outcome(self) -> Outcome:
        return CODES[self.code][0]

    @property
    def message(self) -> str:
        words = CODES[self.code][1]
        return f"{words} ({self.detail})" if self.detail and self.code != "moved" else words


class CheckedLink(NamedTuple):
    """A state with the moment (naive local time) at which it was found out."""

    state: LinkState
    when: datetime

    def is_current(self, now: datetime) -> bool:
        """Whether it is still believed: what opens for 30 days, all else for one. A moment in the future is not."""
        return timedelta(0) <= now - self.when < _FOR.get(self.state.outcome, _BRIEFLY)


def is_kept(state: LinkState) -> bool:
    """Whether a later run may use it."""
    return state.code not in _NEVER_KEPT


def is_offline(states: Iterable[LinkState]) -> bool:
    """Whether it is rather this computer that has no connection: several sites, and none could be reached."""
    codes = [state.code for state in states if state.code not in _NEVER_KEPT]
    return len(codes) > 1 and all(code in _UNREACHABLE for code in codes)


def state_of_status(status: int) -> LinkState:
    """The state that the status of a final answer means."""
    if 200 <= status < 300:
        return LinkState("working")
    if status in (404, 410):
        return LinkState("not-found", str(status))
    if status in (401, 403, 407, 451, 999):  # 999: LinkedIn
        return LinkState("refused", str(status))
    return LinkState("busy" if status in (429, 503) else "error-answer", str(status))


def is_social(link: str) -> bool:
    """Whether it leads into a social network, which shows programs a login or nothing."""
    return bool(network_of_link(link))


def request_address(link: str) -> str:
    """The address as it is sent: the host in IDNA form, what is no ASCII escaped, no fragment; empty if it can't be asked."""
    try:
        parts = urlsplit(link.strip())
        port = parts.port
    except ValueError:
        return ""
    host = ascii_host(parts.hostname or "")
    if parts.scheme not in ("http", "https") or not host.isascii() or not host or "@" in parts.netloc:
        return ""
    authority = f"[{host}]" if ":" in host else host
    if port is not None:
        authority += f":{port}"
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{authority}{quote(parts.path, safe=_SAFE) or '/'}{query}"


_SAFE = "%/:=&?~!$'()*+,;@-._"


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the internet: of no computer, office, link or group, in no way of writing it."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        if any(four is not None and not is_public_address(str(four)) for four in inner):
            return False
        if ip.ipv4_mapped:
            return True
    return ip.is_global and not ip.is_multicast


def archive_address(link: str, day: date | None) -> str:
    """Where the Internet Archive shows its copy of a page next to a day; the newest without one."""
    return f"https://web.archive.org/web/{f'{day:%Y%m%d}' if day else '2'}/{link}"
