"""The hosts that TO of a call and MIRRORS of publishconf.py name."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from hromada.commands.site_address import PUBLIC_CONF, written_mirrors
from hromada.console.messages import EXIT_FAILED, EXIT_OK, print_error, print_lines
from hromada.console.options import Options, OptionsError, misplaced_output
from hromada.domain.host_address import (
    BucketAddress,
    FolderAddress,
    HostAddress,
    HostRefused,
    SshAddress,
    parse_host,
    parse_mirrors,
)
from hromada.domain.settings import SettingsRefused
from hromada.publish.host_publishing import HostTarget, copy_to_mirrors, published_site, published_version
from hromada.publish.hosts.site import Host, HostFailed, VerifiedSite, site_of_folder
from hromada.publish.publishing import publication_lock
from hromada.publish.repository import PAGES_BRANCH, PublicationRefused, clone_id, fetch, open_clone
from hromada.publish.site_tree import file_digests
from hromada.system.git import Git, GitFailed


def requested_target(options: Options) -> HostTarget | None:
    """The host that TO names, None without TO; OptionsError for one where no site can be."""
    if not options.to:
        return None
    try:
        address = parse_host(options.to)
    except HostRefused:
        raise OptionsError(
            f"TO=«{options.to}» незрозуміло, напишіть теку, ssh://користувач@сервер/srv/site або s3://сервер/кошик"
        ) from None
    if isinstance(address, FolderAddress):
        folder = _folder_of(address)
        if fault := misplaced_output(options.root, options.content, folder):
            raise OptionsError(
                fault.partition(" Вкажіть")[0].replace("OUTPUT:", "TO:") + " Вкажіть для сайту окрему теку."
            )
        _refuse_in_clone(folder, options.root, f"TO=«{options.to}»")
    return HostTarget(_host(address, options), _moment(options))


def _refuse_in_clone(folder: Path, root: Path, written: str) -> None:
    """OptionsError for a folder inside of the clone, where `make clean` or git would take it for something else."""
    real, own = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    if real == own or own in real.parents or real in own.parents:
        raise OptionsError(f"{written} – тека цього сховища. Вкажіть для сайту теку поза ним, наприклад /srv/site.")


def mirror_hosts(options: Options) -> tuple[Host, ...]:
    """The hosts of MIRRORS; SettingsRefused with every fault."""
    try:
        addresses = parse_mirrors(written_mirrors(options))
    except HostRefused as refused:
        raise SettingsRefused("\n".join(f"{PUBLIC_CONF}: {line}" for line in str(refused).split("\n"))) from None
    store = options.with_changes(settings_file=PUBLIC_CONF).settings().picture_store
    for address in addresses:
        if (
            isinstance(address, BucketAddress)
            and store
            and (store.endpoint, store.bucket) == (address.endpoint, address.bucket)
        ):
            raise SettingsRefused(
                f"{PUBLIC_CONF}: MIRRORS: {address} is the store of pictures; the site needs a bucket of its own"
            )
        if isinstance(address, FolderAddress):
            try:
                _refuse_in_clone(_folder_of(address), options.root, f"MIRRORS: «{address}»")
            except OptionsError as refused:
                raise SettingsRefused(f"{PUBLIC_CONF}: {refused}") from None
    return tuple(_host(address, options) for address in addresses)


def _folder_of(address: FolderAddress) -> Path:
    return Path(os.path.abspath(os.path.expanduser(address.path)))


def _host(address: HostAddress, options: Options) -> Host:
    if isinstance(address, FolderAddress):
        from hromada.publish.hosts.release_folder import ReleaseFolder

        return ReleaseFolder(_folder_of(address))
    if isinstance(address, SshAddress):
        from hromada.publish.hosts.ssh_host import SshHost

        return SshHost(address, clone_id(Git(options.root)))
    from hromada.publish.hosts.bucket_site import BucketSite

    return BucketSite(address, os.environ, jobs=options.jobs)


def _moment(options: Options) -> str:
    return options.clock.moment.isoformat(timespec="minutes")


def bring_mirrors(
    options: Options, mirrors: tuple[Host, ...], folder: Path | None = None, withdrawn: frozenset[str] = frozenset()
) -> int:
    """Copy to the mirrors what was just published: the site of a folder, or without one what the branch has online.

    They keep none of the `withdrawn` files of their earlier releases.
    """
    if not mirrors:
        return EXIT_OK
    git = Git(options.root)
    try:
        with publication_lock(git):
            if folder:
                built = site_of_folder(folder, file_digests(folder), withdrawn)
                failures = copy_to_mirrors(lambda: built, built.version, mirrors, _moment(options), print_lines)
            else:
                failures = _copy_of_branch(options, git, mirrors, withdrawn)
    except PublicationRefused as refused:
        failures = [f"Основний сайт опубліковано, а копій ні: {refused}"]
    except GitFailed as failed:
        failures = [f"Основний сайт опубліковано, а копій ні: {failed}"]
    if failures:
        print_error(*failures)
        return EXIT_FAILED
    return EXIT_OK


def _copy_of_branch(options: Options, git: Git, mirrors: tuple[Host, ...], withdrawn: frozenset[str]) -> list[str]:
    repository = open_clone(git, PAGES_BRANCH)
    if repository.remote:
        fetch(repository)  # a push does not move what a clone of a single branch knows of the others
    commit = repository.published
    version = published_version(repository, commit) if commit else ""
    if not version:
        return ["Копій не зроблено: на сайті публікація без version.json. Повторіть: make publish."]

    def site() -> VerifiedSite:
        made = published_site(repository, commit)
        if made is None:
            raise HostFailed("Опублікований сайт має зайве, чого копіювати не можна.", "")
        return replace(made, withdrawn=withdrawn)

    return copy_to_mirrors(site, version, mirrors, _moment(options), print_lines)
