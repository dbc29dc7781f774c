"""A publication to a host that is no git branch: what is online there, and putting the new site there; copies on mirrors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct

from hromada.listing.site_changes import CNAME, ForeignChanges
from hromada.listing.site_location import OnlineLocation, address_in, own_domain
from hromada.publish.hosts.site import Host, HostFailed, VerifiedSite, site_of_files
from hromada.publish.pages_branch import PagesBranch, blobs_of_commit, inspect_pages
from hromada.publish.repository import STAYS, PublicationRefused, Repository
from hromada.publish.site_tree import VERSION_FILE

_HOME = "index.html"
_REGULAR_ID = 40


class HostTarget(Struct, frozen=True):
    """The host of a publication, and its moment for the host's list of publications."""

    host: Host
    moment: str

    def inspect(self, repository: Repository | None) -> PagesBranch:
        """What the host shows, as of a branch without commits of others; the site's location on an empty host is git's."""
        files = self.host.files()
        if not files:
            branch = inspect_pages(repository) if repository else PagesBranch()
            return PagesBranch(branch.location)
        address = address_in(self.host.read([_HOME]).get(_HOME, b""))
        domain = own_domain(address)
        return PagesBranch(OnlineLocation(address, domain, domain), ForeignChanges(files, files))

    def reader(self, online: Mapping[str, str]) -> Callable[[Iterable[str]], Mapping[str, bytes]]:
        """Reads files of the host by their digests."""
        names = {id: name for name, id in online.items()}

        def read(ids: Iterable[str]) -> Mapping[str, bytes]:
            wanted = {names[id]: id for id in ids if id in names}
            return {wanted[name]: data for name, data in (self.host.read(wanted) if wanted else {}).items()}

        return read

    def show(self, site: VerifiedSite, online: Mapping[str, str], print_lines: Callable[[str], None]) -> None:
        """Put the site there, also when it is there already: what a killed publication has left is then mended."""
        self.host.publish(site, self.moment)
        if self.host.ids_of(site) == online:
            print_lines("На сайті вже саме це: публікувати нічого.")
        else:
            print_lines(f"Опубліковано: {self.host.name}, версія {site.version[:10]}.")


def published_site(repository: Repository, commit: str) -> VerifiedSite | None:
    """The site of a published commit, without files of others; None for one without a version."""
    blobs = blobs_of_commit(repository.git, commit)
    newest = repository.newest_publication(commit)
    kept = set(newest.kept) if newest else set()
    ids = {name: id for name, id in blobs.items() if name not in kept and name not in (CNAME, ".nojekyll")}
    if VERSION_FILE not in ids or any(len(id) < _REGULAR_ID for id in ids.values()):
        return None
    data = repository.git.blobs(ids.values())
    return site_of_files({name: data[id] for name, id in ids.items()})


def published_version(repository: Repository, commit: str) -> str:
    """The version of a published commit; empty where it has none."""
    blob = blobs_of_commit(repository.git, commit).get(VERSION_FILE, "")
    said = repository.git.blobs([blob]).get(blob, b"") if blob else b""
    return said.decode("ascii", "replace").partition('": "')[2].partition('"')[0]


def copy_to_mirrors(
    site: Callable[[], VerifiedSite],
    version: str,
    mirrors: Collection[Host],
    moment: str,
    print_lines: Callable[[str], None],
) -> list[str]:
    """Bring each mirror to a version and compare; the messages of those that failed. `site` is made only when one differs."""
    failures, made = [], list[VerifiedSite]()
    for mirror in mirrors:
        try:
            if mirror.version() != version:
                made = made or [site()]
                mirror.publish(made[0], moment)
                if (shown := mirror.version()) != version:
                    raise HostFailed(f"Там після публікації версія {shown[:10] or 'невідома'}.", "")
                print_lines(f"Копія: {mirror.name}, версія {version[:10]}.")
        except PublicationRefused as refused:
            failures.append(
                f"Основний сайт опубліковано (версія {version[:10]}), а копію {mirror.name} – ні: {_of_copy(refused)}"
                " Наступна публікація спробує знову."
            )
    return failures


def _of_copy(refused: PublicationRefused) -> str:
    """The message of a host that is a copy: the site itself was published."""
    return str(refused).replace(STAYS, "Копія лишилася такою, як була.")
