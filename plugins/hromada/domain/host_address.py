"""Where a site may be published beside a git host: a folder, a folder of a server over SSH, a bucket."""

from __future__ import annotations

import re

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile

EXAMPLES = "/srv/site, ssh://user@server/srv/site, s3://s3.provider.example/bucket"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_SSH = lazy_compile(
    rf"ssh://(?:(?P<user>[A-Za-z0-9_][A-Za-z0-9_.-]*)@)?(?P<host>{_HOST})(?::(?P<port>\d{{1,5}}))?(?P<path>/.+)"
)
_BUCKET = lazy_compile(rf"s3://(?P<host>{_HOST}(?::\d{{1,5}})?)/(?P<bucket>[a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9])/?")
_LOOPBACK = lazy_compile(r"(?:localhost|127\.0\.0\.1)(?::\d+)?")
_UNUSABLE = lazy_compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class HostRefused(ValueError):
    """The text names no host; the message is English."""


class FolderAddress(Struct, frozen=True):
    """A folder of this computer."""

    path: str

    def __str__(self) -> str:
        return self.path


class SshAddress(Struct, frozen=True):
    """A folder of a server; what user, port and key are by default is said in the caller's configuration of ssh."""

    host: str
    path: str
    user: str = ""
    port: int = 0

    @property
    def login(self) -> str:
        return f"{self.user}@{self.host}" if self.user else self.host

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"ssh://{self.login}{port}{self.path}"


class BucketAddress(Struct, frozen=True):
    """A bucket of an S3-compatible service."""

    endpoint: str
    bucket: str

    def __str__(self) -> str:
        return f"s3://{self.endpoint.partition('://')[2]}/{self.bucket}"


HostAddress = FolderAddress | SshAddress | BucketAddress


def parse_host(text: str) -> HostAddress:
    """The host that a text names; HostRefused says what is wrong with it."""
    if not text or _UNUSABLE.search(text):
        raise HostRefused(f"{text!r} is no host; write one of: {EXAMPLES}")
    if text.startswith("ssh:"):
        return _ssh(text)
    if text.startswith("s3:"):
        if not (bucket := _BUCKET.fullmatch(text)):
            raise HostRefused(f"{text!r} is no bucket; write s3://s3.provider.example/bucket")
        scheme = "http" if _LOOPBACK.fullmatch(bucket["host"]) else "https"
        return BucketAddress(f"{scheme}://{bucket['host']}", bucket["bucket"])
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text):
        raise HostRefused(f"{text!r} begins with an unknown scheme; write one of: {EXAMPLES}")
    return FolderAddress(text)


def _ssh(text: str) -> SshAddress:
    address = _SSH.fullmatch(text)
    if not address or ".." in address["path"].split("/") or not 0 <= int(address["port"] or 0) <= 65_535:
        raise HostRefused(f"{text!r} is no server; write ssh://user@server/srv/site or ssh://user@server:2222/srv/site")
    path = "/" + "/".join(part for part in address["path"].split("/") if part not in ("", "."))
    if path == "/":
        raise HostRefused(f"{text!r} names no folder of the server")
    return SshAddress(address["host"], path, address["user"] or "", int(address["port"] or 0))


def parse_mirrors(value: object) -> tuple[HostAddress, ...]:
    """MIRRORS of publishconf.py; HostRefused with all that is wrong in it."""
    if not isinstance(value, (list, tuple)):
        raise HostRefused(f"MIRRORS: give a list of hosts, such as {EXAMPLES}")
    hosts, faults = list[HostAddress](), []
    for entry in value:
        try:
            host = parse_host(entry) if isinstance(entry, str) else None
            if host is None:
                raise HostRefused(f"{entry!r} is not text")
            if isinstance(host, FolderAddress) and not host.path.startswith(("/", "~")) and host.path[1:2] != ":":
                raise HostRefused(f"{entry!r} is a relative path; write all of it")
            if host in hosts:
                raise HostRefused(f"{entry!r} is there twice")
            hosts.append(host)
        except HostRefused as refused:
            faults.append(f"MIRRORS: {refused}")
    if faults:
        raise HostRefused("\n".join(faults))
    return tuple(hosts)
