"""`make rollback`: an earlier publication online again, byte for byte and without a build."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from hromada.domain.refusal import Refusal
from hromada.domain.site_urls import GONE, REDIRECTS
from hromada.online.foreign_changes import encode_name, sort_foreign_files
from hromada.online.site_changes import address_of
from hromada.online.site_location import CNAME
from hromada.publish.history import Publication, fetch_history, git_refused, publications
from hromada.publish.pages_branch import (
    blobs_of_commit,
    commit_tree,
    files_digest,
    inspect_pages,
    pictures_in,
    same_tree,
    texts_of,
    with_kept,
)
from hromada.publish.publication_lock import publication_lock
from hromada.publish.remote_push import push_pages, update_local_branch
from hromada.publish.repository import (
    DIGEST_TRAILER,
    KEPT_TRAILER,
    PAGES_BRANCH,
    ROLLBACK_TRAILER,
    STAYS,
    TRAILER,
    PublicationRefused,
    Repository,
    open_clone,
    refuse_unconfirmed,
)
from hromada.publish.withdrawals import withdrawn_pages
from hromada.reading.redirect_table import read_redirects
from hromada.system.git import Git, GitFailed

_LISTED = 10
_MADE_BY_SITE = (".html", ".atom", ".xml", ".txt", ".json", ".ics")
_SHORTEST_VERSION = 7  # letters of a version that are enough to name it


class RollbackRequest(Struct, frozen=True):
    """What a command asks for; `target` is a number of `make history` or the beginning of a version."""

    target: str
    print_lines: Callable[[str], None]
    confirm: Callable[[Refusal], bool] = lambda _refusal: False
    forced: frozenset[str] = frozenset()
    pages: str = PAGES_BRANCH
    has_store: bool = False  # else only the texts that change are searched for names of pictures that lie in a store
    # Entered with these names before anything is pushed, left at the end.
    pictures: Callable[[Git, Collection[str]], AbstractContextManager[None]] = lambda *_: contextlib.nullcontext()


def rollback(root: Path, request: RollbackRequest) -> None:
    """Put an earlier publication online again as a new commit; PublicationRefused when it can't be."""
    git = Git(root)
    try:
        repository = open_clone(git, request.pages)
        with publication_lock(git):
            if repository.remote:
                fetch_history(repository)
            _roll_back(repository, request)
    except GitFailed as failed:
        raise git_refused(failed) from None


def _roll_back(repository: Repository, request: RollbackRequest) -> None:
    git, tip = repository.git, repository.published
    known = publications(repository)
    chosen = _chosen(known, request.target)
    branch = inspect_pages(repository)
    online = branch.changes.online
    files = blobs_of_commit(git, chosen.commit)
    foreign = sort_foreign_files(branch.changes, files)
    files |= foreign.kept
    if same_tree(git, tip, files):
        request.print_lines("На сайті вже саме це: повертати нічого.")
        return
    searched = files if request.has_store else {name: id for name, id in files.items() if online.get(name) != id}
    stored = _stored_pictures(git, files, searched)
    again = stored - _stored_pictures(git, online, online) if stored else stored
    texts = _texts_of(git, tip, chosen.commit)
    refusals = [
        *foreign.refusals(branch.changes, repository.pages, request.forced),
        *_returning(git, online, files, again, known[0].source, request.forced, texts),
        *_domain_refusals(git, online, files, request.forced),
    ]
    refuse_unconfirmed(refusals, request.confirm)
    new = _commit(git, chosen, tip, foreign.kept, files_digest(files))
    if not same_tree(git, new, files):
        raise PublicationRefused(f"Сайт не вдалося записати повністю. Повторіть. {STAYS}")
    with request.pictures(git, stored):
        if repository.remote:
            push_pages(repository, tip, new, f"make rollback TO={request.target}")
            update_local_branch(repository, new)
        else:
            git.run("update-ref", f"refs/heads/{repository.pages}", new, tip)
    request.print_lines(
        f"На сайті знову публікація {chosen.number} від {' '.join(chosen.local_moment)}: гілка"
        f" {repository.pages}, коміт {new[:10]}. Самі собою сайту тепер не оновлюють; новий зміст поверне make publish."
    )


def _chosen(known: Sequence[Publication], target: str) -> Publication:
    by_version = [
        publication
        for publication in known
        if len(target) >= _SHORTEST_VERSION and publication.version.startswith(target.casefold())
    ]
    if by_version and len({publication.version for publication in by_version}) == 1:
        return by_version[0]
    if target.isdecimal() and (
        by_number := [publication for publication in known if publication.number == int(target)]
    ):
        return by_number[0]
    raise PublicationRefused(
        f"Публікації «{target}» немає. Номери й версії покаже make history, тоді: make rollback TO=<номер>.",
        "unknown-publication",
    )


def _stored_pictures(git: Git, files: Mapping[str, str], searched: Mapping[str, str]) -> frozenset[str]:
    """The pictures that some of a site's files name and that are none of its files: they lie in a store."""
    names = pictures_in(git, texts_of(searched))
    if names is None:
        raise PublicationRefused(
            f"У сховищі git бракує файлів тієї публікації: git fetch --unshallow. {STAYS}", "shallow-history"
        )
    return names - files.keys()


def _returning(
    git: Git, online: Mapping[str, str], files: Mapping[str, str], pictures: Collection[str], source: str,
    forced: frozenset[str], texts: Collection[str],
) -> list[Refusal]:  # fmt: skip
    """The refusal to show again what has been taken off the site since: removed files, withdrawn `texts`, addresses marked
    as gone, earlier versions of editors' documents (something may have been blacked out), `pictures` of a store that no page shows any more."""
    if "withdrawn-returns" in forced:
        return []
    gone = _gone_files(git, source)
    removed = {
        file
        for file in files
        if (file not in online or file in gone or _is_document(file))
        and files[file] != online.get(file)
        and (address_of(file) or _is_picture(file))
    }
    returning = sorted(removed.union(pictures, files.keys() & texts))
    if not returning:
        return []
    shown = [f"  {address_of(file) or f'/{file}'}" for file in returning[:_LISTED]]
    more = [f"  … і ще {len(returning) - _LISTED}"] if len(returning) > _LISTED else []
    lines = [
        "Разом із цією публікацією повернулося б те, що відтоді прибрано або замінено, можливо, навмисно:",
        *shown,
        *more,
        "Якщо це можна показувати знову: make rollback TO=… FORCE=withdrawn-returns.",
    ]
    return [Refusal("withdrawn-returns", "\n".join(lines))]


def _texts_of(git: Git, tip: str, commit: str) -> frozenset[str]:
    """The pages that have a notice online and still had their text at a commit."""
    notices = withdrawn_pages(git, tip)
    return notices - withdrawn_pages(git, commit) if notices else notices


def _is_document(file: str) -> bool:
    """Whether it is a document of editors: those of reports are made anew by each publication."""
    name = file.rpartition("/")[2]
    return bool(address_of(file)) and not file.startswith("reports/") and not name.endswith(_MADE_BY_SITE)


def _is_picture(file: str) -> bool:
    return file.startswith("images/")


def _gone_files(git: Git, source: str) -> set[str]:
    """The files that say «the page was removed» by redirects.csv of the commit that the site was built from."""
    try:
        raw = git.raw("show", f"{source}:{REDIRECTS}")
    except GitFailed:  # no such file, or a commit that this clone lacks
        return set()
    return {redirect.file for redirect in read_redirects(raw)[0] if redirect.target == GONE}


def _domain_refusals(
    git: Git, online: Mapping[str, str], files: Mapping[str, str], forced: frozenset[str]
) -> list[Refusal]:
    if files.get(CNAME) == online.get(CNAME) or "domain-changed" in forced:
        return []
    texts = git.blobs(id for id in (files.get(CNAME), online.get(CNAME)) if id)
    then, now = (texts.get(side.get(CNAME, ""), b"").decode("utf-8", "replace").strip() for side in (files, online))
    return [
        Refusal(
            "domain-changed",
            f"Та публікація мала домен {then or '(жодного)'}, а зараз сайт має {now or '(жодного)'}."
            " Якщо домен справді треба змінити: make rollback TO=… FORCE=domain-changed.",
        )
    ]


def _commit(git: Git, chosen: Publication, tip: str, kept: Mapping[str, str], digest: str) -> str:
    """The commit on top of `tip` with the tree of a publication and the kept files of others; `digest` is that of both."""
    trailers = [f"{TRAILER}: {chosen.source}", *(f"{KEPT_TRAILER}: {encode_name(name)}" for name in kept)]
    trailers += [f"{ROLLBACK_TRAILER}: {chosen.version or chosen.commit}", f"{DIGEST_TRAILER}: {digest}"]
    subject = f"Повернено публікацію {chosen.number} від {chosen.local_moment[0]}"
    message = "\n".join([subject, "", f"Повернення до публікації {chosen.number}.", "", *trailers, ""])
    if kept:
        return with_kept(git, chosen.commit, tip, message, kept)
    return commit_tree(git, git.run("rev-parse", f"{chosen.commit}^{{tree}}"), tip, message)
