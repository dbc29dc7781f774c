"""One question to a web server: HTTPS verified, few redirects, no caches, a bound on time and bytes."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import IO
from urllib.parse import quote, urlsplit

from hromada.domain.web_address import ascii_host
from hromada.online.site_answer import ConnectionFault, SiteAnswer

_TIMEOUT = 10.0  # seconds for a connection and between two pieces of an answer
_MOST_BYTES = 65_536
_MOST_REDIRECTS = 5
_PIECE = 4_096
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)
# Of OpenSSL's X509_verify_cert_error_string.
_EXPIRED = (9, 10)
_OTHER_NAME = (62, 64)


class _Refused(Exception):
    def __init__(self, fault: ConnectionFault, address: str) -> None:
        super().__init__(fault)
        self.fault, self.address = fault, address


class _FewRedirects(urllib.request.HTTPRedirectHandler):
    """Follows few redirects, none from https to http."""

    max_redirections = _MOST_REDIRECTS
    max_repeats = 2

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise _Refused(ConnectionFault.INSECURE_REDIRECT, req.full_url)
        following = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        # Beyond the maximum urllib raises an HTTPError of the redirect's own status, as for one that names no address.
        if following and len(getattr(req, "redirect_dict", {})) >= _MOST_REDIRECTS:
            raise _Refused(ConnectionFault.TOO_MANY_REDIRECTS, newurl)
        return following


def ask(
    address: str,
    *,
    timeout: float = _TIMEOUT,
    context: ssl.SSLContext | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> SiteAnswer:
    """The answer to a GET of the address; never raises for what a server or a network does."""
    opener = urllib.request.build_opener(
        _FewRedirects, urllib.request.HTTPSHandler(context=context or ssl.create_default_context())
    )
    headers = {"Cache-Control": "no-cache", "Pragma": "no-cache", "User-Agent": "hromada-online", "Accept": "*/*"}
    deadline = monotonic() + timeout
    try:
        request = urllib.request.Request(_ascii_address(address), headers=headers)
        with opener.open(request, timeout=timeout) as response:
            body = _bounded(response, deadline, monotonic)
            return SiteAnswer(response.status, body, response.url, date=response.headers.get("Date", ""))
    except urllib.error.HTTPError as error:
        with error:
            is_loop = error.code in (301, 302, 303, 307, 308)
            fault = ConnectionFault.TOO_MANY_REDIRECTS if is_loop else None
            return SiteAnswer(error.code, b"", error.url or address, fault, error.headers.get("Date", ""))
    except _Refused as refused:
        return SiteAnswer(final=refused.address, fault=refused.fault)
    except urllib.error.URLError as error:
        return SiteAnswer(final=address, fault=_fault_of(error.reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return SiteAnswer(final=address, fault=_fault_of(error))


def _ascii_address(address: str) -> str:
    """The address as a request may hold it: the host in IDNA form, other letters of the path percent-encoded."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=ascii_host(parts.hostname or "") + port, path=quote(parts.path, safe="/%")).geturl()


def _bounded(response: http.client.HTTPResponse, deadline: float, monotonic: Callable[[], float]) -> bytes:
    """The first bytes of an answer; TimeoutError for one that trickles."""
    body = b""
    while len(body) < _MOST_BYTES and (piece := response.read1(_PIECE)):
        body += piece
        if monotonic() > deadline:
            raise TimeoutError
    return body


def _fault_of(error: BaseException | str) -> ConnectionFault:
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in _EXPIRED:
            return ConnectionFault.EXPIRED
        return ConnectionFault.OTHER_NAME if error.verify_code in _OTHER_NAME else ConnectionFault.UNTRUSTED
    if isinstance(error, socket.gaierror):
        return ConnectionFault.NO_NAME
    if isinstance(error, TimeoutError):
        return ConnectionFault.TIMEOUT
    if isinstance(error, ConnectionRefusedError):
        return ConnectionFault.REFUSED
    if isinstance(error, ssl.SSLError):
        return ConnectionFault.TLS
    if isinstance(error, OSError) and error.errno in _UNREACHABLE:
        return ConnectionFault.UNREACHABLE
    return ConnectionFault.CUT
