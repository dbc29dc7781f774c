"""The editor's clone: its branches and remote, and the conditions for publishing from it."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.file_names import printable_name
from hromada.domain.refusal import Refusal
from hromada.listing.site_changes import decode_name
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.git import TIMEOUT_SETTING, Git, GitFailed, GitTimedOut

PAGES_BRANCH = "gh-pages"  # the built site; git hosts serve it as pages
RESULTS_BRANCH = "site-status"  # what workflow runs found (publish.run_results)
TRAILER = "Source-Commit"
KEPT_TRAILER = "Kept-File"  # a file of others that a publication has kept; its name is percent-encoded
DIGEST_TRAILER = "Files-Digest"  # of the published files (files_digest): an amended commit has others
ROLLBACK_TRAILER = "Rollback-To"  # the version that a rollback has put online again
NUMBER_TRAILER = "Publication-Number"  # of the first publication of a trimmed history
STAYS = "Опублікований сайт лишився таким, як був."
AGAIN = "Потім: make publish."
_QUIET = "git -c core.editor=true"  # else git opens an editor for the message, often Vim
_MERGE = ("злиття гілок", "git commit --no-edit", "git merge --abort")
_REBASE = ("перенесення ваших змін (git pull --rebase)", f"{_QUIET} rebase --continue", "git rebase --abort")
_PICK = ("перенесення коміту", f"{_QUIET} cherry-pick --continue", "git cherry-pick --abort")
_REVERT = ("скасування коміту", f"{_QUIET} revert --continue", "git revert --abort")
_UNFINISHED = {
    "rebase-merge": _REBASE,
    "rebase-apply": _REBASE,
    "MERGE_HEAD": _MERGE,
    "CHERRY_PICK_HEAD": _PICK,
    "REVERT_HEAD": _REVERT,
}


class PublicationRefused(Exception):
    """The publication stopped; the message is Ukrainian and says what to do next, the code is for programs.

    `plain`: the words of the editor's window, where more is known than the code says.
    """

    exit_status = 1

    def __init__(self, message: str, code: str = "git-failed", plain: str = "") -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, plain)

    @property
    def code(self) -> str:
        return self.refusal.code


class PublishedCommit(Struct, frozen=True):
    """A published commit of ours: the commit it was built from, the kept files of others, whether it is a rollback, and
    the digest of the files that were published (empty in commits of earlier versions)."""

    commit: str
    source: str
    kept: tuple[str, ...] = ()
    is_rollback: bool = False
    digest: str = ""


class Repository(Struct, frozen=True):
    """A clone that can be published from: on a branch, with a commit, without an unfinished operation."""

    git: Git
    branch: str  # the editor's branch
    pages: str  # the branch of the published site
    remote: bool
    remote_branches: Mapping[str, str] | None = None  # of the remote, if the clone's refs may not be updated

    @property
    def published(self) -> str:
        """The commit that is online; without a remote the last one published here."""
        return self.remote_commit(self.pages) if self.remote else self.git.commit_of(f"refs/heads/{self.pages}")

    def remote_commit(self, branch: str) -> str:
        """The commit of the remote's branch at the last fetch."""
        if self.remote_branches is not None:
            return self.remote_branches.get(branch, "")
        return self.git.commit_of(f"refs/remotes/origin/{branch}")

    def branches_of_remote(self) -> set[str]:
        """The names of the remote's branches at the last fetch."""
        if self.remote_branches is not None:
            return set(self.remote_branches)
        names = self.git.run("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin").split("\n")
        return {name for name in names if name not in ("", "HEAD")}

    @property
    def pull(self) -> str:
        """The command that fetches the others' work; the short form fails in a clone without an upstream."""
        upstream = self.git.run("for-each-ref", "--format=%(upstream)", f"refs/heads/{self.branch}")
        short = upstream == f"refs/remotes/origin/{self.branch}"
        return "git pull --rebase" if short else f"git pull --rebase origin {self.branch}"

    def source_of(self, commit: str) -> str:
        """The commit from which a published commit was built, by its trailer; empty if it isn't ours."""
        publications = self._publications("-1", commit)
        return publications[0].source if publications else ""

    def newest_publication(self, tip: str) -> PublishedCommit | None:
        """Our newest commit up to a tip of the published branch: hosts and people commit on top of ours."""
        at_tip = self._publications("-1", tip)
        publications = at_tip or self._publications("--date-order", f"--grep=^{TRAILER}:", tip)
        return publications[0] if publications else None

    def _publications(self, *arguments: str) -> list[PublishedCommit]:
        """The commits of a log that have our trailer."""
        keys = (TRAILER, KEPT_TRAILER, ROLLBACK_TRAILER, DIGEST_TRAILER)
        values = "%n".join(f"%(trailers:key={key},valueonly,separator=%x00)" for key in keys)
        form = f"--format=%H%n{values}%x01"
        publications = []
        for entry in self.git.run("log", "--no-show-signature", form, *arguments).split("\x01"):
            commit, sources, names, rollback, digest = [*entry.lstrip("\n").split("\n"), *[""] * 4][:5]
            id = sources.partition("\0")[0]
            if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", id):
                kept_names = tuple(decode_name(name) for name in names.split("\0") if name)
                publications.append(PublishedCommit(commit, id, kept_names, bool(rollback), digest.partition("\0")[0]))
        return publications


def open_clone(git: Git, pages: str) -> Repository:
    """The clone in git's folder; PublicationRefused when nothing can be published from it."""
    refuse_other_folders(git)
    return Repository(git, own_branch(git, pages), pages, has_origin(git))


def refuse_other_folders(git: Git) -> None:
    """PublicationRefused for a folder that is not the root of a repository."""
    try:
        inside = git.run("rev-parse", "--show-toplevel")
    except FileNotFoundError:
        raise PublicationRefused("Не знайдено програму git. Встановіть її: https://git-scm.com/", "no-git") from None
    except GitFailed as failed:
        if "not a git repository" in failed.output:
            raise PublicationRefused(
                "Ця тека не є сховищем git: публікувати нічого. Зробіть git clone і працюйте в ньому.", "no-repository"
            ) from None
        raise PublicationRefused(f"Програма git не відкриває сховища в цій теці.\n{indent(failed.output)}") from None
    if not Path(inside).samefile(git.folder):
        raise PublicationRefused(f"Публікують із кореня сховища: {inside}", "not-the-root")


def own_branch(git: Git, pages: str) -> str:
    """The editor's branch; PublicationRefused if it has no commit, or an operation of git is unfinished."""
    _refuse_unfinished(git)
    if not git.commit_of("HEAD"):
        raise PublicationRefused(
            'У сховищі ще немає жодного коміту. Зробіть: git add -A, git commit -m "…"', "no-commit"
        )
    return _branch_of(git, pages)


def has_origin(git: Git) -> bool:
    return "origin" in git.run("remote").split()


def _refuse_unfinished(git: Git) -> None:
    """Checked before the branch: in the middle of a rebase HEAD is on none, and advice to switch would lose work."""
    paths = git.run("rev-parse", *(word for file in _UNFINISHED for word in ("--git-path", file))).split("\n")
    for path, (operation, resume, abort) in zip(paths, _UNFINISHED.values(), strict=True):
        if Path(git.folder, path).exists():
            raise PublicationRefused(
                f"Не завершено {operation}. Виправте у файлах місця з позначками <<<<<<<, тоді: git add -A, {resume}. "
                f"Або скасуйте його: {abort}. {AGAIN}",
                "unfinished",
            )


def _branch_of(git: Git, pages: str) -> str:
    answer = git.attempt("symbolic-ref", "--quiet", "--short", "HEAD")
    if answer.returncode:
        switch = f"git switch {_usual_branch(git, pages)}"
        raise PublicationRefused(f"Сховище не на гілці. Перейдіть на неї: {switch}. {AGAIN}", "no-branch")
    branch = answer.stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    if branch == pages:
        switch = f"git switch {_usual_branch(git, pages)}"
        raise PublicationRefused(
            f"Ви на гілці {pages}, її пише сама публікація. Перейдіть: {switch}. {AGAIN}", "on-pages"
        )
    if f"branch refs/heads/{pages}" in git.run("worktree", "list", "--porcelain").split("\n"):
        raise PublicationRefused(
            f"Гілку {pages} відкрито в іншій теці: покаже git worktree list, прибере git worktree remove <тека> "
            f"(або git worktree prune, якщо теки вже немає). {AGAIN}",
            "pages-open",
        )
    return branch


def _usual_branch(git: Git, pages: str) -> str:
    """The branch to recommend: the remote's default one, else the first that isn't the published one."""
    if git.succeeds("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"):
        return git.run("symbolic-ref", "--short", "refs/remotes/origin/HEAD").removeprefix("origin/")
    names = git.run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n")
    return next((name for name in names if name not in ("", pages)), "main")


def fetch(repository: Repository) -> None:
    """Update the remote-tracking branches; the explicit refspec is for a single-branch clone."""
    try:
        repository.git.run("fetch", "--quiet", "--prune", "origin", "+refs/heads/*:refs/remotes/origin/*")
    except GitFailed as failed:
        raise _unreachable(failed) from None


def query_remote(repository: Repository) -> Repository:
    """The state of the remote without changing refs or FETCH_HEAD: only objects are fetched."""
    try:
        lines = [line.partition("\t") for line in repository.git.run("ls-remote", "--heads", "origin").split("\n")]
        commits = {name.removeprefix("refs/heads/"): commit for commit, _, name in lines if commit}
        if (commit := commits.get(repository.pages)) and not repository.git.commit_of(commit):
            quiet = ("--quiet", "--no-tags", "--no-prune", "--no-auto-gc", "--no-recurse-submodules")
            repository.git.run(
                "fetch", *quiet, "--no-write-fetch-head", "--refmap=", "origin", f"refs/heads/{repository.pages}"
            )
    except GitFailed as failed:
        raise _unreachable(failed) from None
    return replace(repository, remote_branches=commits)


def _unreachable(failed: GitFailed) -> PublicationRefused:
    if advice := lock_advice(failed):
        return PublicationRefused(advice, "repository-locked")
    advice = timeout_advice(failed) or "Не вдалося зв’язатися зі сховищем origin: перевірте мережу та права."
    return PublicationRefused(f"{advice} {STAYS}\n{indent(failed.output)}", "origin-unreachable")


def timeout_advice(failed: GitFailed) -> str:
    """What was stopped for want of an answer, and how to wait longer; empty for another failure."""
    if not isinstance(failed, GitTimedOut):
        return ""
    return (
        f"Сховище origin мовчало {failed.seconds} с, тож чекати припинено. Перевірте мережу; якщо вона справна, а сховище"
        f" повільне: git config {TIMEOUT_SETTING} {failed.seconds * 5}."
    )


def refuse_behind(repository: Repository) -> None:
    """PublicationRefused if the remote has newer commits, which would be missing from the site, or has lost the branch."""
    theirs = repository.remote_commit(repository.branch)
    if not theirs:
        _refuse_gone_branch(repository)
    elif not repository.git.succeeds("merge-base", "--is-ancestor", theirs, "HEAD"):
        raise PublicationRefused(
            "У сховищі є новіші зміни, яких у вас немає. У терміналі make publish забере їх сам; деінде:"
            f" {repository.pull}. {AGAIN} {STAYS}",
            "behind",
        )


def _refuse_gone_branch(repository: Repository) -> None:
    """PublicationRefused if the branch was renamed or deleted on the remote: a push would make it again, beside the new one."""
    branch = repository.branch
    upstream = (f"branch.{branch}.{key}" for key in ("remote", "merge"))
    tracked = [repository.git.run("config", "--get", "--default", "", key) for key in upstream]
    others = sorted(repository.branches_of_remote() - {repository.pages, RESULTS_BRANCH})
    if tracked == ["origin", f"refs/heads/{branch}"] and others:
        named = f"перейменовано на {others[0]}" if len(others) == 1 else f"перейменовано; там є: {', '.join(others)}"
        raise PublicationRefused(
            f"У сховищі більше немає гілки {branch}: її видалено або {named}. Перейдіть на ту, з якої публікують:"
            f" git branch -m {branch} {others[0]}; git branch -u origin/{others[0]}. Якщо {branch} справді треба створити знову:"
            f" git push -u origin {branch}. {AGAIN} {STAYS}",
            "branch-gone",
        )


def side_branch_notes(repository: Repository) -> tuple[str, ...]:
    """A line about publishing from another branch than the remote's default one: the site then shows what is not in that."""
    reference = "refs/remotes/origin/HEAD"
    is_known = repository.remote and repository.branch and repository.git.succeeds("symbolic-ref", "--quiet", reference)
    if not is_known:
        return ()
    usual = repository.git.run("symbolic-ref", "--short", reference).removeprefix("origin/")
    if usual == repository.branch:
        return ()
    return (
        f"Публікується гілка {repository.branch}, а не {usual}: сайт покаже й те, чого в {usual} ще немає. Щоб інші могли"
        f" публікувати далі, додайте її до {usual}: git switch {usual}; git merge {repository.branch}.",
    )


def refuse_older(repository: Repository, head: str) -> None:
    """PublicationRefused if the commit from which the online site was built is not in ours: its items would vanish."""
    if not repository.published:
        return
    publication = repository.newest_publication(repository.published)
    is_shallow = repository.git.run("rev-parse", "--is-shallow-repository") == "true"
    if not publication and is_shallow:
        raise PublicationRefused(
            f"У вас неповна історія гілки {repository.pages}: не видно, з чого сайт побудовано."
            f" Виконайте: git fetch --unshallow. {AGAIN} {STAYS}",
            "shallow-history",
        )
    if not publication:
        raise PublicationRefused(_foreign_branch_message(repository, head), "foreign-pages")
    source = publication.source
    is_present = bool(repository.git.commit_of(source))
    if is_present and repository.git.succeeds("merge-base", "--is-ancestor", source, head):
        return
    online = f"Сайт опубліковано з коміту {source[:10]}"
    if is_shallow:
        raise PublicationRefused(
            f"{online}, а у вас неповна історія: не видно, чи він у ній є. Виконайте: git fetch --unshallow. {AGAIN} {STAYS}",
            "shallow-history",
        )
    if not is_present:
        raise PublicationRefused(
            f"{online}, якого у вас немає. Виконайте: {repository.pull}. {AGAIN} "
            f"Якщо й тоді так, історію гілки переписано: зверніться до розробників. {STAYS}",
            "online-newer",
        )
    raise PublicationRefused(
        f"{online}, якого немає у вашій гілці: його матеріали зникли б. "
        f"Приєднайте його: {repository.pull} або git merge {source[:10]}. {AGAIN} {STAYS}",
        "online-newer",
    )


def _foreign_branch_message(repository: Repository, head: str) -> str:
    """The message for a published branch without our commits: how to take it over while the site stays online."""
    tip = repository.published
    last = repository.git.run(
        "log", "-1", "--no-show-signature", "--date=format:%d.%m.%Y", "--format=%ad, %an, «%s»", tip
    )
    commit = f"git commit-tree -p {tip} -m gh-pages -m {TRAILER}:{head} '{tip}^{{tree}}'"
    take = f'git update-ref refs/heads/{repository.pages} "$({commit})"'
    if repository.remote:
        take = f'git push origin "$({commit}):refs/heads/{repository.pages}"'
    return (
        f"Гілку {repository.pages} створено не цією програмою: невідомо, з чого її побудовано. Останній коміт: {printable_name(last)}."
        " Не видаляйте її: сайт зник би з мережі. Якщо її зміст можна замінити сайтом із цього сховища, той, хто веде сховище, виконує:"
        f"\n  {take}\n{AGAIN} {STAYS}"
    )


def lock_advice(failed: GitFailed) -> str:
    """What to do about a lock file of a killed git; empty for another failure."""
    match = re.search(r"Unable to create '([^'\n]+\.lock)': File exists", failed.output)
    return (
        f"Сховище зайняте: у ньому працює інша програма git або її було перервано. Дочекайтеся її кінця; "
        f"якщо жодна не працює, видаліть файл {match[1]}. {AGAIN}"
        if match
        else ""
    )


def indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n")[:12])


def clone_id(git: Git) -> str:
    """A name of this clone for what it leaves elsewhere: two of them never take each other's away."""
    file = Path(git.folder, git.run("rev-parse", "--git-common-dir"), "hromada-clone-id")
    with contextlib.suppress(OSError, ValueError):
        if (known := read_bounded(file, 100).decode("ascii").strip()).isalnum():
            return known
    id = secrets.token_hex(16)
    with contextlib.suppress(OSError):
        atomic_write(file, id.encode())
    return id
