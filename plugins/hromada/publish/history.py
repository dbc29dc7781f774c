"""What was published when, and the way back: an earlier publication online again, without a build."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hromada.domain.calendar import KYIV
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.refusal import Refusal
from hromada.domain.site_urls import GONE, REDIRECTS
from hromada.listing.site_changes import CNAME, address_of, encode_name, sort_foreign_files
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
from hromada.publish.publishing import publication_lock, push_pages, refuse_unconfirmed, update_local_branch
from hromada.publish.repository import (
    DIGEST_TRAILER,
    KEPT_TRAILER,
    NUMBER_TRAILER,
    PAGES_BRANCH,
    ROLLBACK_TRAILER,
    STAYS,
    TRAILER,
    PublicationRefused,
    Repository,
    fetch,
    indent,
    lock_advice,
    open_clone,
)
from hromada.publish.site_tree import VERSION_FILE
from hromada.publish.withdrawals import withdrawn_pages
from hromada.reading.redirect_table import read_redirects
from hromada.system.git import Git, GitFailed

_LISTED = 10
_MADE_BY_SITE = (".html", ".atom", ".xml", ".txt", ".json", ".ics")
_SHORTEST_VERSION = 7  # letters of a version that are enough to name it
_ID = lazy_compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class Publication(Struct, frozen=True):
    """A commit of ours on the published branch. `number` counts from the first one ever, so that it never changes."""

    number: int
    commit: str
    source: str  # the commit that the site was built from
    moment: str  # ISO 8601, as git has it
    summary: str
    version: str  # of version.json; empty for publications from before it
    returned_to: str = ""  # the version that a rollback put online again

    @property
    def local_moment(self) -> tuple[str, str]:
        """The day and the time in Kyiv."""
        local = datetime.fromisoformat(self.moment).astimezone(KYIV)
        return f"{local:%Y-%m-%d}", f"{local:%H:%M}"

    def as_object(self, *, is_online: bool) -> dict[str, Any]:
        return {
            "number": self.number, "version": self.version, "date": self.moment, "commit": self.commit, "source": self.source,
            "summary": self.summary, "rollback-to": self.returned_to or None, "online": is_online,
        }  # fmt: skip

    def as_line(self, *, is_online: bool) -> str:
        day, time = self.local_moment
        state = " – зараз на сайті" if is_online else ""
        return f"{self.number:>4}  {day} {time}  {self.version[:10] or '–':<10}  з {self.source[:10]}  {self.summary}{state}"


def publications(repository: Repository) -> list[Publication]:
    """Our publications, newest first, as the clone knows them."""
    tip = repository.published
    if not tip:
        return []
    keys = (f"%(trailers:key={key},valueonly,separator=%x00)" for key in (TRAILER, ROLLBACK_TRAILER, NUMBER_TRAILER))
    form = f"--format=%H%n%cI%n{'%n'.join(keys)}%n%b%x01"
    entries, first = [], 1
    for entry in repository.git.run("log", "--no-show-signature", "--first-parent", form, tip).split("\x01"):
        commit, moment, *values, body = [*entry.lstrip("\n").split("\n", 5), *[""] * 5][:6]
        source, returned_to, number = (value.partition("\0")[0] for value in values)
        if _ID.fullmatch(source):
            entries.append((commit, moment, source, returned_to, _summary(body)))
            first = int(number) if number.isdecimal() else 1  # in the end that of the oldest
    versions = _versions(repository.git, [commit for commit, *_ in entries])
    newest = first + len(entries) - 1
    return [
        Publication(newest - index, commit, source, moment, summary, versions.get(commit, ""), returned_to)
        for index, (commit, moment, source, returned_to, summary) in enumerate(entries)
    ]


def _summary(body: str) -> str:
    """The first paragraph of a commit message's body, unless it holds the trailers."""
    first = body.strip("\n").split("\n\n")[0]
    return "" if first.startswith(f"{TRAILER}:") else " ".join(first.split())


def _versions(git: Git, commits: Sequence[str]) -> dict[str, str]:
    """The versions of the commits' sites by commit, without those that have none."""
    if not commits:
        return {}
    names = "".join(f"{commit}:{VERSION_FILE}\n" for commit in commits)
    answers = git.run("cat-file", "--batch-check", stdin=names.encode()).split("\n")
    ids = {commit: line.split(" ")[0] for commit, line in zip(commits, answers, strict=True) if " blob " in line}
    blobs = git.blobs(ids.values())
    versions = {}
    for commit, id in ids.items():
        with contextlib.suppress(ValueError, LookupError, TypeError):
            versions[commit] = str(json.loads(blobs[id])["version"])
    return versions


def fetch_history(repository: Repository) -> None:
    """Fetch, and complete what a shallow clone lacks of the published branch: numbers count from its first commit."""
    fetch(repository)
    git, tip = repository.git, repository.published
    if tip and git.run("rev-parse", "--is-shallow-repository") == "true" and _is_cut(git, tip):
        git.run(
            "fetch", "--quiet", "--unshallow", "origin",
            f"+refs/heads/{repository.pages}:refs/remotes/origin/{repository.pages}",
        )  # fmt: skip


def _is_cut(git: Git, tip: str) -> bool:
    """Whether a branch's first commits here have parents elsewhere."""
    roots = git.run("rev-list", "--max-parents=0", tip).split()
    return any(b"\nparent " in git.raw("cat-file", "commit", root).partition(b"\n\n")[0] for root in roots)


def history(root: Path, pages: str = PAGES_BRANCH) -> list[Publication]:
    """The publications as of the last fetch, and of now where the remote answers."""
    git = Git(root)
    try:
        repository = open_clone(git, pages)
        if repository.remote:
            with contextlib.suppress(PublicationRefused, GitFailed):  # without a network the last known state is shown
                fetch_history(repository)
        return publications(repository)
    except GitFailed as failed:
        raise git_refused(failed) from None


def rollback(
    root: Path,
    target: str,
    *,
    print_lines: Callable[[str], None],
    confirm: Callable[[Refusal], bool] = lambda _refusal: False,
    forced: frozenset[str] = frozenset(),
    pages: str = PAGES_BRANCH,
    has_store: bool = False,
    pictures: Callable[[Git, Collection[str]], AbstractContextManager[None]] = lambda *_: contextlib.nullcontext(),
) -> None:
    """Put an earlier publication online again, byte for byte, as a new commit; PublicationRefused when it can't be.

    `target` is a number of `make history` or the beginning of a version. `pictures` is entered with the names of those
    that lie in a store. Without a store only the texts that change are searched for such names.
    """
    git = Git(root)
    try:
        repository = open_clone(git, pages)
        with publication_lock(git):
            if repository.remote:
                fetch_history(repository)
            _roll_back(repository, target, print_lines, confirm, forced, has_store, pictures)
    except GitFailed as failed:
        raise git_refused(failed) from None


def git_refused(failed: GitFailed) -> PublicationRefused:
    return PublicationRefused(
        lock_advice(failed) or f"Команда git не вдалася. {STAYS}\n{indent(str(failed))}", "git-failed"
    )


def _roll_back(
    repository: Repository,
    target: str,
    print_lines: Callable[[str], None],
    confirm: Callable[[Refusal], bool],
    forced: frozenset[str],
    has_store: bool,
    pictures: Callable[[Git, Collection[str]], AbstractContextManager[None]],
) -> None:
    git, tip = repository.git, repository.published
    known = publications(repository)
    chosen = _chosen(known, target)
    branch = inspect_pages(repository)
    files = blobs_of_commit(git, chosen.commit)
    foreign = sort_foreign_files(branch.changes, files)
    files |= foreign.kept
    if same_tree(git, tip, files):
        print_lines("На сайті вже саме це: повертати нічого.")
        return
    online = branch.changes.online
    searched = files if has_store else {name: id for name, id in files.items() if online.get(name) != id}
    stored = _stored_pictures(git, files, searched)
    again = stored - _stored_pictures(git, online, online) if stored else stored
    refusals = [
        *foreign.refusals(branch.changes, repository.pages, forced),
        *_returning(
            git, branch.changes.online, files, again, known[0].source, forced, _texts_of(git, tip, chosen.commit)
        ),
        *_domain_refusals(git, branch.changes.online, files, forced),
    ]
    refuse_unconfirmed(refusals, confirm)
    new = _commit(git, chosen, tip, foreign.kept, files_digest(files))
    if not same_tree(git, new, files):
        raise PublicationRefused(f"Сайт не вдалося записати повністю. Повторіть. {STAYS}")
    with pictures(git, stored):
        if repository.remote:
            push_pages(repository, tip, new, f"make rollback TO={target}")
            update_local_branch(repository, new)
        else:
            git.run("update-ref", f"refs/heads/{repository.pages}", new, tip)
    print_lines(
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
