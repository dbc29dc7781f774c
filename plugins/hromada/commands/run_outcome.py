"""What a run that nobody watches tells editors: its outcome, written where their page /admin/status/ reads it."""

from __future__ import annotations

from msgspec import Struct, field

from hromada.console.messages import print_error
from hromada.console.options import Options
from hromada.publish.repository import PAGES_BRANCH, PublicationRefused, Repository, has_origin, own_branch
from hromada.publish.run_results import FAILED, PUBLISHED, REFUSED, RunResult, problem_rows, record, without_secrets
from hromada.publish.site_tree import PublicBuild
from hromada.system.git import Git, GitFailed

# Refusals that no editor can do anything about: the next run tries again.
_TECHNICAL = frozenset(
    {"git-failed", "host-failed", "origin-unreachable", "publication-running", "repository-locked", "store-failed"}
)


class RunOutcome(Struct):
    """The result of a run of `options`, as it becomes known."""

    options: Options
    built: PublicBuild = field(default_factory=PublicBuild)
    refusal: PublicationRefused | None = None
    version: str = ""  # of the site on a host of one's own

    def record(self, status: int) -> None:
        """Write the result for the exit status. That it could not be written is said, and changes nothing else."""
        git = Git(self.options.root)
        try:
            repository = Repository(git, own_branch(git, PAGES_BRANCH), PAGES_BRANCH, has_origin(git))
            if repository.remote and not self._is_rolled_back(repository):
                record(git, self._result(repository, status))
        except (GitFailed, PublicationRefused) as failed:
            print_error(f"Стан цього запуску не записано, тож сторінка /admin/status/ його не покаже: {failed}")

    def _is_rolled_back(self, repository: Repository) -> bool:
        """Then the run has left everything as it is; the published branch itself says so."""
        tip = repository.published
        newest = repository.newest_publication(tip) if tip else None
        return newest is not None and newest.is_rollback

    def _result(self, repository: Repository, status: int) -> RunResult:
        return RunResult(
            branch=repository.branch,
            commit=repository.git.commit_of("HEAD"),
            moment=self.options.clock.moment.isoformat(timespec="seconds"),
            outcome=self._outcome(status),
            problems=problem_rows(self.built.problems) if self.built.errors else (),
            messages=self._messages(),
            version=self.version,
        )

    def _outcome(self, status: int) -> str:
        if status == 0:
            return PUBLISHED
        if self.refusal:
            return FAILED if self.refusal.code in _TECHNICAL else REFUSED
        return REFUSED if self.built.errors or self.built.refusals else FAILED

    def _messages(self) -> tuple[str, ...]:
        if self.refusal:
            return (without_secrets(str(self.refusal)),)
        return tuple(without_secrets(refusal.message) for refusal in self.built.refusals)
