"""Chooses the address of a publication: the call's, else publishconf.py's, else the one online; changes are refused or noted."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from hromada.domain.alphabet import capitalized
from hromada.domain.refusal import REASONS, Refusal
from hromada.domain.web_address import ascii_host, host_of, is_domain, is_sample_address, is_site_address

# Domains of hosts of static sites: a name under them needs no CNAME.
_HOST_DOMAINS = (
    ".github.io", ".gitlab.io", ".codeberg.page", ".bitbucket.io", ".srht.site", ".pages.dev", ".netlify.app", ".vercel.app",
    ".onrender.com", ".surge.sh", ".web.app", ".firebaseapp.com", ".azurestaticapps.net", ".amplifyapp.com",
)  # fmt: skip


class Location(Struct, frozen=True):
    """The site's address, and its own domain as in `CNAME`; empty when not given."""

    address: str = ""
    domain: str = ""

    def __bool__(self) -> bool:
        return bool(self.address or self.domain)

    def __str__(self) -> str:
        return f"{self.address} (CNAME: {self.domain})" if self.domain else self.address


def _of_domain(domain: str) -> Location:
    return Location(f"https://{domain}" if domain else "", domain)


class OnlineLocation(Struct, frozen=True):
    """What the published branch has: its pages' address, `CNAME` as last published and as it is now."""

    address: str = ""
    former_cname: str = ""
    cname: str = ""
    cname_changed_by: str = ""  # a line about the commits of others that changed CNAME

    @property
    def domains(self) -> list[str]:
        return self.cname.split()

    @property
    def removed_domain(self) -> str:
        """The domain that somebody removed from the branch since the last publication."""
        return "" if self.domains else self.former_cname.strip()

    @property
    def location(self) -> Location:
        """Where readers find the site; a `CNAME` set by others takes precedence over the pages' address."""
        domain = self.domains[0] if self.domains else ""
        is_own = domain and domain == self.former_cname.strip()  # two hosts may have been published so
        same = not domain or is_own or host_of(self.address) == ascii_host(domain)
        return Location(self.address, domain) if same and self.address else _of_domain(domain)


class RequestedLocation(Struct, frozen=True):
    """The location given by the call and by publishconf.py, and the codes of refusals that the call overrides."""

    call: Location = Location()
    settings: Location = Location()
    forced: Collection[str] = ()

    @property
    def given(self) -> Location:
        settings = Location() if is_sample_address(self.settings.address) else self.settings
        return self.call or settings

    def is_unset(self, address: str) -> bool:
        """Whether an address is the sample that publishconf.py holds, or held until it got a real one."""
        has_sample = is_sample_address(self.settings.address)
        return is_sample_address(address) and (not has_sample or _is_same(address, self.settings.address))

    @property
    def source(self) -> str:
        return "у виклику (SITEURL, DOMAIN)" if self.call else "у publishconf.py"


class LocationChoice(Struct, frozen=True):
    """Where to publish (an empty address: unknown, the sample stays), notes, and refusals."""

    location: Location
    notes: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether readers can find the site there."""
        return bool(self.location.address) and not is_sample_address(self.location.address)


def choose_location(requested: RequestedLocation, online: OnlineLocation) -> LocationChoice:
    """Choose the location of the next publication."""
    given, current = requested.given, online.location
    location = _completed(given, current) if given else current
    if online.removed_domain and host_of(location.address) == ascii_host(online.removed_domain):
        location = Location(location.address, online.removed_domain)
    code = _code_of_change(online, location)
    is_forced = code in requested.forced
    refusals = []
    if (
        given.address
        and given.domain
        and _without_www(host_of(given.address)) != _without_www(ascii_host(given.domain))
    ):
        refusals.append(
            Refusal(
                "two-domains",
                f"{capitalized(requested.source)} – два різні сайти: адреса {given.address}, домен {given.domain}. Лишіть один.",
            )
        )
    if not is_forced and (message := _difference(requested, online, location)):
        refusals.append(
            Refusal(code, message.replace("FORCE=domain-changed", f"FORCE={code}"), _plainly(code, current, location))
        )
    elif is_forced and not given and not _is_readable(online.cname):
        refusals.append(Refusal("domain-changed", _unreadable(online)))
    return LocationChoice(location, tuple(_notes(requested, online, location)), tuple(refusals))


def _plainly(code: str, current: Location, location: Location) -> str:
    """The window's words: those of the code, with both addresses where both are known."""
    before, after = (place.domain or place.address for place in (current, location))
    if not (before and after) or before == after:
        return ""
    return f"{REASONS[code].words}\nЗараз сайт за адресою {before}, а був би за {after}."


def _code_of_change(online: OnlineLocation, location: Location) -> str:
    """The code of the refusal of another location: on the same host and domain only the address differs."""
    current = online.location
    is_same_host = bool(current.address) and host_of(location.address) == host_of(current.address)
    is_same_domain = ascii_host(location.domain) == ascii_host(current.domain) and not online.removed_domain
    return "address-changed" if is_same_host and is_same_domain and _is_readable(online.cname) else "domain-changed"


def _completed(given: Location, current: Location) -> Location:
    """Complete a partly given location: the address of a domain, the domain of an address."""
    address = given.address
    if not address:
        is_current = current.address and ascii_host(current.domain) == ascii_host(given.domain)
        address = current.address if is_current else f"https://{given.domain}"
    domain = given.domain or (current.domain if _is_same(address, current.address) else "")
    # Of a name with Cyrillic letters GitHub reads the ASCII form alone.
    return Location(address.rstrip("/"), domain if domain.isascii() else ascii_host(domain))


def own_domain(address: str) -> str:
    """The site's own domain, which its host has to know; empty for a host's domain or an address with a path."""
    name = address.partition("://")[2].rstrip("/").casefold()
    return name if is_domain(name) and not name.endswith(_HOST_DOMAINS) else ""


def _difference(requested: RequestedLocation, online: OnlineLocation, location: Location) -> str:
    """Why the site would be published at another location than now; empty when it would not."""
    given, current = requested.given, online.location
    if not _is_readable(online.cname):
        return _unreadable(online)
    if online.removed_domain and location.domain == online.removed_domain:
        return (
            f"Домен {online.removed_domain} прибрано з гілки опублікованого сайту{_by(online)}, а сторінки мають адресу {location.address}."
            " Якщо сайт лишається на цьому домені, поверніть його: make publish FORCE=domain-changed."
            " Якщо ні, вкажіть нову адресу: make publish SITEURL=https://<адреса сайту> FORCE=domain-changed."
        )
    has_location = current.domain or (current.address and not requested.is_unset(current.address))
    is_moved = not _is_same(location.address, current.address)
    is_moved |= bool(current.domain) and ascii_host(location.domain) != ascii_host(current.domain)
    if not (given and has_location and is_moved):
        return ""
    advice = (
        "приберіть SITEURL і DOMAIN із виклику, а у вебформі – зі змінних сховища"
        if requested.call
        else f"впишіть до publishconf.py {current.domain or current.address}"
    )
    return (
        f"Сайт опубліковано за адресою {current}{_by(online)}, а {requested.source} – {location}. Публікація сама адреси не змінює."
        f" Якщо сайт лишається, де був, {advice}. Якщо переїздить: make publish FORCE=domain-changed."
    )


def _notes(requested: RequestedLocation, online: OnlineLocation, location: Location) -> list[str]:
    current, notes = online.location, []
    is_public = location.address and not is_sample_address(location.address)
    if not requested.given and is_public:
        notes.append(
            f"Адреси не вказано, лишаємо ту, за якою сайт опубліковано: {location}. Впишіть її до publishconf.py."
        )
    if current.domain and online.cname_changed_by:
        notes.append(f"Домен {current.domain} вказано в гілці опублікованого сайту{_by(online)}.")
    if is_public and not location.domain and (name := own_domain(location.address)):
        notes.append(
            f"Адреса {name} – власне ім’я сайту, а DOMAIN порожній: файлу CNAME не буде, і сховище git, яке показує сайт, цього"
            f" імені не знатиме. Якщо сайт показує воно: make publish DOMAIN={name}"
        )
    return notes


def _is_readable(cname: str) -> bool:
    names = cname.split()
    return not names or (len(names) == 1 and is_domain(names[0]))


def _unreadable(online: OnlineLocation) -> str:
    names = ", ".join(f"«{name}»" for name in online.domains[:5])
    return (
        f"У файлі CNAME опублікованого сайту має стояти один домен, а стоїть {names}{_by(online)}. Вкажіть домен сайту:"
        " make publish DOMAIN=<домен> FORCE=domain-changed."
    )


def _by(online: OnlineLocation) -> str:
    return f" ({online.cname_changed_by})" if online.cname_changed_by else ""


def _without_www(host: str) -> str:
    return host.removeprefix("www.")


def _is_same(address: str, other: str) -> bool:
    """Whether two addresses are the same site's."""
    return _comparable(address) == _comparable(other)


def _comparable(address: str) -> tuple[str, str]:
    path = address.partition("://")[2].partition("/")[2].rstrip("/")
    port = address.partition("://")[2].partition("/")[0].rpartition(":")
    return host_of(address), f"{port[2] if port[1] else ''}/{path}"


def address_in(page: bytes) -> str:
    """The site's address in its home page; empty where there is none."""
    head = page.decode("utf-8", "replace").partition('<link rel="canonical" href="')[2]
    address = head.partition('"')[0].rstrip("/")
    return address if is_site_address(address) else ""
