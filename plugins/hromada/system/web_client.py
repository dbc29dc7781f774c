"""One request to a public address of the web, within limits of time and size.

A name is resolved once, its addresses are judged, and exactly these are connected to: a name that leads to an internal network
(also on a second look, which DNS rebinding relies on) is never asked.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from hromada.domain.link_state import is_public_address

_LIMIT = 20.0  # seconds for a whole request, also if each byte comes in time
_QUIET = 10.0  # seconds without a byte
_MOST_ADDRESSES = 3


class WebAnswer(NamedTuple):
    """The head of an answer, and as much of its body as was asked for."""

    status: int
    location: str = ""
    retry_after: str = ""
    body: bytes = b""


class RequestFailed(Exception):
    """There was no answer; `code` is one of `domain.link_state.CODES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Resolve = Callable[[str, int], Sequence[tuple[str, int]]]


def resolved(host: str, port: int) -> list[tuple[str, int]]:
    """The addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(address[0]), int(address[1])) for *_, address in found]


class WebClient:
    """Sends requests; `is_allowed` judges IP addresses. `limit` and `quiet` are seconds."""

    def __init__(
        self, user_agent: str, *, resolve: Resolve = resolved, is_allowed: Callable[[str], bool] = is_public_address,
        context: ssl.SSLContext | None = None, limit: float = _LIMIT, quiet: float = _QUIET,
    ) -> None:  # fmt: skip
        self.user_agent = user_agent
        self._resolve, self._is_allowed = resolve, is_allowed
        self._context = context or ssl.create_default_context()
        self._limit, self._quiet = limit, quiet

    def ask(self, method: str, address: str, most: int = 0) -> WebAnswer:
        """The answer with at most so many bytes of its body; RequestFailed without one."""
        parts = urlsplit(address)
        host, is_secure = parts.hostname or "", parts.scheme == "https"
        targets = self._targets(host, parts.port or (443 if is_secure else 80))
        connection = _Connection(host, parts.port, targets, self._context if is_secure else None, self._quiet)
        timer = threading.Timer(self._limit, connection.abort)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(connection, method, f"{parts.path}{f'?{parts.query}' if parts.query else ''}", most)
        except ssl.SSLCertVerificationError:
            raise RequestFailed("bad-certificate") from None
        except TimeoutError:
            raise RequestFailed("no-answer") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            code = "bad-answer" if isinstance(error, http.client.HTTPException | ValueError) else "no-connection"
            raise RequestFailed("no-answer" if connection.is_aborted else code) from None
        finally:
            timer.cancel()
            connection.close()

    def _targets(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        try:
            targets = self._resolve(host, port)
        except (OSError, UnicodeError):
            raise RequestFailed("no-host") from None
        if not all(self._is_allowed(ip) for ip, _ in targets):
            raise RequestFailed("private-address")
        return targets[:_MOST_ADDRESSES]

    def _exchange(self, connection: _Connection, method: str, path: str, most: int) -> WebAnswer:
        headers = {
            "User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close",
        }  # fmt: skip
        connection.request(method, path, headers=headers)
        with contextlib.closing(connection.getresponse()) as response:
            body = response.read(most) if most else b""
        if connection.is_aborted:  # the end of what has come is taken for the end of the head
            raise TimeoutError
        location, retry_after = (response.getheader(name) or "" for name in ("Location", "Retry-After"))
        return WebAnswer(response.status, _as_utf8(location), retry_after, body)


def _as_utf8(header: str) -> str:
    """A header that has other letters than Latin ones, as servers send them; http.client reads any as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


class _Connection(http.client.HTTPConnection):
    """A connection to addresses that are known already, encrypted if there is a `context`."""

    def __init__(
        self, host: str, port: int | None, targets: Sequence[tuple[str, int]], context: ssl.SSLContext | None, quiet: float
    ) -> None:  # fmt: skip
        self.default_port = 443 if context else 80
        super().__init__(host, port, timeout=quiet)
        self._targets, self._context, self._quiet = targets, context, quiet
        self.is_aborted = False
        self._open: socket.socket | None = None  # http.client forgets its own once the head has come

    def connect(self) -> None:
        """Connect to the first address that answers."""
        failed: OSError = ConnectionRefusedError()
        for target in self._targets:
            if self.is_aborted:
                raise TimeoutError
            try:
                self.sock = self._open = socket.create_connection(target, self._quiet)
                break
            except OSError as error:
                failed = error
        else:
            raise failed
        if self._context:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)
        self._open = self.sock

    def abort(self) -> None:
        """End it from another thread: whoever waits for a byte gets an error."""
        self.is_aborted = True
        if self._open:
            with contextlib.suppress(OSError):
                self._open.shutdown(socket.SHUT_RDWR)
