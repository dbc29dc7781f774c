"""`make doctor`: what this computer, clone, settings, remote and host lack for publishing; harmless things are mended."""

from __future__ import annotations

import sys
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from msgspec.structs import replace

from hromada.build.content_steps import file_cache_of
from hromada.checks.diagnostics import (
    CloneFacts,
    Finding,
    Level,
    SiteFacts,
    findings,
)
from hromada.checks.site_rules import due_reviews
from hromada.commands.hooks import FOLDER, HooksRefused, switch_on
from hromada.commands.publish import picture_publisher
from hromada.commands.site_address import PUBLIC_CONF, last_seen, wanted_location
from hromada.console.messages import EXIT_FAILED, EXIT_OK, print_error, print_lines
from hromada.console.options import Options
from hromada.content.folder_reader import load_content
from hromada.domain.settings import SettingsRefused
from hromada.listing.site_answer import SiteAnswer, State, advice_of, diagnose, diagnosis_in_words
from hromada.listing.site_location import choose_location
from hromada.publish.clone_facts import clone_facts, machine_facts, published_bytes, remote_facts
from hromada.publish.clone_repairs import mend_clone
from hromada.publish.history import publications
from hromada.publish.publishing import PublicationRefused
from hromada.publish.repository import PAGES_BRANCH, Repository, has_origin
from hromada.system.git import Git, GitFailed
from hromada.system.web_request import ask

_NO_CLONE = ("no-repository", "not-the-root", "unsafe-owner")


def doctor(options: Options) -> int:
    """Print a line for each check, mend what is harmless; EXIT_FAILED if something stops publishing."""
    git = Git(options.root)
    machine = machine_facts(options.root, options.cache)
    clone = clone_facts(git) if machine.git else None
    is_clone = clone is not None and not clone.stops.keys() & set(_NO_CLONE)
    if clone and is_clone and not options.dry_run:
        mended = [*_mend(options, git, clone)]
        if mended:
            print_lines("Полагоджено:", *(f"  {line}" for line in mended), "")
            clone = clone_facts(git)
    remote = remote_facts(git) if is_clone else None
    return _print(findings(machine, clone, remote, _site_facts(options, git) if is_clone else None))


def _print(found: list[Finding]) -> int:
    group = None
    for finding in found:
        if finding.group is not group:
            group = finding.group
            print_lines(group)
        print_lines(*finding.as_lines())
    faults = sum(finding.level is Level.FAULT for finding in found)
    notes = sum(finding.level is Level.NOTE for finding in found)
    print_lines("", f"Вад: {faults}, застережень: {notes}.")
    if faults:
        print_error("Опублікувати зараз не вийде або вийде не те: усуньте вади.")
        return EXIT_FAILED
    return EXIT_OK


def _mend(options: Options, git: Git, clone: CloneFacts) -> list[str]:
    mended = list(mend_clone(git, options.cache))
    if not clone.hooks and not clone.own_hooks and (options.root / FOLDER).is_dir():
        try:
            switch_on(options.root)
            mended.append("увімкнено перевірку перед комітом і перед надсиланням (make hooks)")
        except (HooksRefused, OSError, GitFailed):
            pass  # the finding says what to do
    if not all(clone.identity) and sys.stdin.isatty() and sys.stdout.isatty():
        mended += _ask_identity(git, clone)
    return mended


def _ask_identity(git: Git, clone: CloneFacts) -> list[str]:
    """Ask the person at the terminal who makes the commits; an empty answer leaves it as it is."""
    print_lines("Git не знає, хто робить коміти. Ім’я та пошту видно кожному, хто бачить сховище.")
    questions = ("user.name", "Ім’я та прізвище:"), ("user.email", "Електронна пошта:")
    is_written = False
    for present, (name, question) in zip(clone.identity, questions, strict=True):
        if not present:
            print_lines(question)
            if answer := sys.stdin.readline().strip():
                git.run("config", name, answer)
                is_written = True
    return ["записано, хто робить коміти в цьому сховищі"] if is_written else []


def _site_facts(options: Options, git: Git) -> SiteFacts:
    public = options.with_changes(settings_file=PUBLIC_CONF)
    try:
        wanted, publisher = wanted_location(options), picture_publisher(public)
    except (SettingsRefused, OSError, SyntaxError, NameError, KeyError) as error:
        return SiteFacts(settings_fault=f"{PUBLIC_CONF} не читається: {error}")
    choice = choose_location(wanted, last_seen(options))
    repository = Repository(git, "", PAGES_BRANCH, has_origin(git))
    facts = SiteFacts(
        address=choice.location.address if choice.is_public or options.siteurl else "",
        stops={refusal.code: refusal.message for refusal in choice.refusals},
        published_bytes=published_bytes(git, repository.published),
    )
    if publisher:
        facts = replace(facts, has_store=True)
        try:
            publisher.refuse_unusable()
        except PublicationRefused as refused:
            facts = replace(facts, store_fault=str(refused))
    return _with_answer(replace(facts, reviews=_reviews(options)), git, repository)


def _reviews(options: Options) -> tuple[str, ...] | None:
    """The paths of what is due to be looked at again; None where the content can't be opened."""
    try:
        content = load_content(options.content, options.settings(), file_cache_of(options), jobs=options.jobs)
    except OSError:
        return None
    return tuple(item.path for item, _ in due_reviews(content.site, options.clock))


def _with_answer(facts: SiteFacts, git: Git, repository: Repository) -> SiteFacts:
    """The facts with what the site's address answers, and this clock beside its date, else beside the remote's."""
    known = publications(repository)
    if facts.address and known and known[0].version:
        answer = ask(f"{facts.address}/version.json?{time.time_ns()}")
        found = diagnose(answer, facts.address, known[0].version)
        fault = "" if found.state is State.SHOWN else f"{diagnosis_in_words(found, facts.address)}\n{advice_of(found)}"
        facts = replace(facts, is_asked=True, answer_fault=fault)
    else:
        answer = _answer_of_remote(git)
    return replace(facts, skew=_skew(answer))


def _answer_of_remote(git: Git) -> SiteAnswer:
    try:
        parts = urlsplit(git.run("remote", "get-url", "origin"))
    except (GitFailed, ValueError):
        return SiteAnswer()
    return ask(f"https://{parts.hostname}/") if parts.scheme == "https" and parts.hostname else SiteAnswer()


def _skew(answer: SiteAnswer) -> float | None:
    """The seconds that this clock is ahead of the date of an answer; None where it has none."""
    try:
        date = parsedate_to_datetime(answer.date)
    except (ValueError, TypeError):
        return None
    return time.time() - (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
