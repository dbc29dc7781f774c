"""The site's settings: one frozen object, validated once, all errors together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.calendar import midnight
from hromada.domain.file_names import is_picture_file
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import did_you_mean
from hromada.domain.web_address import is_sample_address


class SettingsRefused(ValueError):
    """Errors in HROMADA of pelicanconf.py, in English for the maintainer."""


class Licence(NamedTuple):
    """A licence of the site's content: `id` is SPDX's, `url` has the text, `summary` is a short page in Ukrainian."""

    name: str
    id: str
    title: str
    url: str

    @property
    def summary(self) -> str:
        return f"{self.url}deed.uk"


SECURITY_NOTICE = timedelta(days=30)  # how long ahead the check says that security.txt expires
CC_BY = Licence(
    "CC BY 4.0", "CC-BY-4.0", "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/",
)  # fmt: skip
_CC_BY_SA = Licence(
    "CC BY-SA 4.0", "CC-BY-SA-4.0", "Creative Commons Attribution Share Alike 4.0 International",
    "https://creativecommons.org/licenses/by-sa/4.0/",
)  # fmt: skip
_CC0 = Licence(
    "CC0 1.0", "CC0-1.0", "Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"
)
LICENCES = {licence.name: licence for licence in (CC_BY, _CC_BY_SA, _CC0)}


class MenuLink(Struct, frozen=True):
    title: str
    path: str


class Publisher(Struct, frozen=True):
    """The publisher of the site from a day on."""

    name: str
    since: date


class PictureStore(Struct, frozen=True):
    """A bucket of an S3-compatible service where publications put the files made of pictures.

    `public` is the address below which anybody may read the bucket's objects by their keys.
    """

    bucket: str
    endpoint: str
    public: str

    @property
    def origin(self) -> str:
        """Scheme and host of the public address, as a Content-Security-Policy names them."""
        parts = urlsplit(self.public)
        return f"{parts.scheme}://{parts.netloc}"


class SiteSettings(Struct, frozen=True):
    """HROMADA of pelicanconf.py; `address` has scheme and host, and a path when the site is in a folder of the host."""

    name: str
    tagline: str
    description: str
    address: str
    publishers: tuple[Publisher, ...]
    menu: tuple[MenuLink, ...] = ()
    footer_menu: tuple[MenuLink, ...] = ()
    licence: Licence = CC_BY
    page_size: int = 20
    picture_widths: tuple[int, ...] = (480, 1200)
    archive_side: int = 1920  # pixels: the longer side of photos that the repository keeps
    old_after: int = 3  # years after which a news item's page says that it is old; 0: never
    handbook: str = ""  # the folder of the editors' handbook, from the project's root on; empty: it is not built
    repository: str = ""  # where the git host shows the project's files, up to a file's path
    state_line: MenuLink | None = (
        None  # whose site this is, with a link that may be empty; None: no line above the pages
    )
    english_name: str = ""  # the site's name and tagline on pages below /en/; empty: the Ukrainian ones
    english_tagline: str = ""
    keeper: str = ""  # the department that keeps the site, for humans.txt
    security_contact: str = ""  # whom to tell about a hole in the site: mailto:… or https://…; empty: no security.txt
    security_expires: date | None = None  # until when that holds
    edit_link: bool = (
        False  # whether each page of an item links to its form in the editor, for those who have the right
    )
    local_editor: str = ""  # what `repository` is for the editor's pages of `make serve`; no settings file has it
    editor_review: bool = (
        False  # whether what is saved in /admin/ waits for another person as a request (GitHub, GitLab)
    )
    is_preview: bool = False  # a preview of a request: it says so on each page and asks not to be found
    components: bool = False  # whether the page of all components is built: with the sample archive
    edrpou: str = ""  # the council's code in the register of organizations; empty: unknown, then pages don't name it
    katottg: str = ""  # the community's code in the codifier of territories
    picture_store: PictureStore | None = (
        None  # of publishconf.py alone; without one pictures lie in the site's own folder
    )

    @property
    def editor_repository(self) -> str:
        """The repository that the editor's pages write to."""
        return self.local_editor or self.repository

    def as_preview(self) -> SiteSettings:
        """The settings of a preview of changes that nobody has accepted: without the editor, with all pictures beside it."""
        return replace(self, is_preview=True, repository="", local_editor="", picture_store=None)

    def link(self, path: str) -> str:
        """The link to a path of the site: below the base path, or in the store where it is a picture there."""
        if self.picture_store and is_picture_file(path[1:]):
            return f"{self.picture_store.public}{path}"
        return self.base + path

    def absolute(self, path: str) -> str:
        """The absolute address of a path of the site."""
        link = self.link(path)
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}{link}" if link.startswith("/") else link

    @property
    def base(self) -> str:
        """The path of the site's root, without a trailing slash: empty at a host's root."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def has_sample_address(self) -> bool:
        """Whether the address is a sample, at which no site can be published."""
        return is_sample_address(self.address)

    @property
    def known_address(self) -> str:
        """The prefix for a path of the site in documents: the address, without scheme and host where it is a sample."""
        return self.base if self.has_sample_address else self.address

    def publisher_on(self, day: date) -> str:
        """The publisher's name on a day; before the first one, the first."""
        due = [publisher for publisher in self.publishers if publisher.since <= day]
        return (due[-1] if due else self.publishers[0]).name

    def due(self) -> tuple[datetime, ...]:
        """The moments from which pages show another publisher, or the check says something else."""
        return (*(midnight(publisher.since) for publisher in self.publishers), *self._security_due())

    def _security_due(self) -> tuple[datetime, ...]:
        """The moments from which the check says that security.txt expires soon, and that it has."""
        if not (self.security_contact and self.security_expires):
            return ()
        over = midnight(self.security_expires + timedelta(days=1))
        return over - SECURITY_NOTICE, over

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> SiteSettings:
        """Settings from HROMADA of pelicanconf.py; raises SettingsRefused with every error."""
        keys = tuple(key for key in cls.__struct_fields__ if key != "local_editor")
        faults = [_unknown(key, keys) for key in raw if key not in keys]
        faults += [f"{key}: is missing" for key in ("name", "address", "publishers") if not raw.get(key)]
        if raw.get("security_contact") and not raw.get("security_expires"):
            faults.append("security_expires: is missing: a day within a year, as 2027-06-30")
        values: dict[str, object] = {}
        for key, value in raw.items():
            try:
                values[key] = _PARSERS.get(key, _text)(value)
            except (TypeError, ValueError) as fault:
                faults.append(f"{key}: {fault}")
        if faults:
            raise SettingsRefused("\n".join(f"pelicanconf.py: HROMADA.{fault}" for fault in faults))
        values = {"tagline": "", "description": ""} | values
        return cls(**values)  # type: ignore[arg-type]  # every value went through its parser above


def _unknown(key: str, keys: tuple[str, ...]) -> str:
    return f"{key}: unknown key {did_you_mean(key, keys)}".rstrip()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _address(value: object) -> str:
    parts = urlsplit(_text(value))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"{value!r} is not an address such as https://hromada.example")
    return _text(value).rstrip("/")


def _code(pattern: str, example: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        text = _text(value).strip()
        if text and not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(f"{value!r} is not a code such as {example}")
        return text

    return parse


def _repository(value: object) -> str:
    return _address(value) if value else ""


_BUCKET = lazy_compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # S3's rule
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def _picture_store(value: object) -> PictureStore | None:
    """The store of a mapping; ValueError with all that is wrong in it."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise TypeError("give a mapping with bucket, endpoint and public, or None")
    keys = PictureStore.__struct_fields__
    faults = [_unknown(key, keys) for key in value if key not in keys]
    faults += [f"{key}: is missing" for key in keys if not value.get(key)]
    bucket = value.get("bucket")
    if bucket and not (isinstance(bucket, str) and _BUCKET.fullmatch(bucket)):
        faults.append(f"bucket: {bucket!r} is not the name of a bucket: 3 to 63 of a-z, 0-9, «-» and «.»")
    for key in ("endpoint", "public"):
        if (address := value.get(key)) and (fault := _store_address_fault(address)):
            faults.append(f"{key}: {fault}")
    if faults:
        raise ValueError("; ".join(faults))
    return PictureStore(str(bucket), str(value["endpoint"]).rstrip("/"), str(value["public"]).rstrip("/"))


def _store_address_fault(value: object) -> str:
    """What is wrong with an address of a store; it goes into a page's policy, so it may hold nothing unusual."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?", value):
        return f"{value!r} is not an address such as https://pictures.hromada.example"
    parts = urlsplit(value)
    is_loopback = parts.netloc.casefold().rpartition(":")[0] in _LOOPBACK or parts.netloc.casefold() in _LOOPBACK
    if parts.scheme != "https" and not is_loopback:
        return f"{value!r} must begin with https://"
    return ""


def _publishers(value: object) -> tuple[Publisher, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise TypeError("give a list of (first day, name)")
    pairs = [(date.fromisoformat(str(since)), _text(name)) for since, name in value]
    return tuple(Publisher(name, since) for since, name in sorted(pairs))


def _licence(value: object) -> Licence:
    if (name := _text(value)) not in LICENCES:
        raise ValueError(f"{name!r} is none of {', '.join(LICENCES)}")
    return LICENCES[name]


def _links(value: object) -> tuple[MenuLink, ...]:
    if not isinstance(value, (list, tuple)):
        raise TypeError("give a list of (title, path)")
    return tuple(MenuLink(_text(title), _text(path)) for title, path in value)


def _state_line(value: object) -> MenuLink | None:
    """A line of (text, link); an empty text leaves it out, an empty link makes it no link."""
    if value is None:
        return None
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise TypeError("give (text, link); the link may be empty")
    text, link = _text(value[0]).strip(), _text(value[1]).strip()
    if link and not re.fullmatch(r"(https://[^\s/]+|/)(?:[^\s]*)", link):
        raise ValueError(f"{link!r} is neither an https address nor a path of the site")
    return MenuLink(text, link) if text else None


def _security_contact(value: object) -> str:
    contact = _text(value).strip()
    if contact and not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+|https://[^\s/]+\S*|tel:\+[0-9-]+", contact):
        raise ValueError(f"{contact!r} is not mailto:name@host.example, https://… or tel:+…")
    return contact


def _security_expires(value: object) -> date | None:
    """A day; RFC 9116 wants a moment, which is the end of that day in Kyiv."""
    return date.fromisoformat(_text(value)) if value else None


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither True nor False")
    return value


def _positive(value: object) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{value!r} is not a positive number")
    return value


def _years(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is not a number of years, or 0")
    return value


def _widths(value: object) -> tuple[int, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise TypeError("give a list of widths in pixels")
    return tuple(sorted(_positive(width) for width in value))


_PARSERS = {
    "address": _address,
    "publishers": _publishers,
    "licence": _licence,
    "menu": _links,
    "footer_menu": _links,
    "page_size": _positive,
    "picture_widths": _widths,
    "archive_side": _positive,
    "old_after": _years,
    "repository": _repository,
    "edrpou": _code(r"\d{8}", "12345678"),
    "katottg": _code(r"UA\d{17}", "UA63120070000018741"),
    "picture_store": _picture_store,
    "state_line": _state_line,
    "components": _yes,
    "edit_link": _yes,
    "editor_review": _yes,
    "is_preview": _yes,
    "security_contact": _security_contact,
    "security_expires": _security_expires,
}
