"""What a publication is known by: the network's id and address, or an id that we make."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from hromada.domain.account import Account, PostKind
from hromada.domain.calendar import KYIV
from hromada.domain.post_link import canonical_link, facebook_number
from hromada.importing.social.publication import Publication

_MADE = re.compile(r"[a-z]+:[a-z0-9-]+@\d+(?:-[0-9a-f]{8})?")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be written; `id` begins with its network, so that Excel takes it for no number and rounds nothing."""

    account: Account
    network: str
    when: datetime
    kind: PostKind
    title: str
    url: str
    id: str

    @property
    def is_named(self) -> bool:
        """Whether the network itself names the publication."""
        return bool(names_of(self.url, self.id))


def made_id(account: Account, publication: Publication, is_shared: bool) -> str:
    """An id for a publication that the export gives none: its account and second; and its words, where two share one.

    The second stays when the text is edited, so an edited post is not counted anew.
    """
    seconds = int(publication.when.replace(tzinfo=KYIV).timestamp())
    digest = hashlib.sha256(publication.content.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{publication.network}:{account.id}@{seconds}" + (f"-{digest}" if is_shared else "")


def names_of(url: str, id: str) -> frozenset[str]:
    """In which ways the network itself names the publication; two that share no way can't be compared by name.

    An id that we made and a `/share/` link, which hides its post, name nothing. Facebook links by number or by a
    `pfbid…` name; one can't be turned into the other.
    """
    link = canonical_link(url)
    ways = set()
    if (id and not _MADE.fullmatch(id)) or facebook_number(url):
        ways.add("number")
    if link and not facebook_number(url) and not link.startswith("facebook.com/share/"):
        ways.add("pfbid" if "pfbid" in link else "link")
    return frozenset(ways)
