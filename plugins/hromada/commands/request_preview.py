"""`make preview`: checks the content of a request, shows it built at an address of its own, and tells editors what was found."""

from __future__ import annotations

from msgspec import Struct

from hromada.commands.site_address import PUBLIC_CONF, known_address
from hromada.console.messages import (
    EXIT_FAILED,
    EXIT_OK,
    EXIT_REFUSED,
    print_error,
    print_lines,
    print_refusal,
    verdict,
)
from hromada.console.options import Options
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.web_address import host_of, is_site_address
from hromada.publish.preview_repository import Preview, PreviewRepository
from hromada.publish.repository import PublicationRefused, has_origin
from hromada.publish.run_results import CHECKED, REFUSED, RunResult, forget, problem_rows, record, without_secrets
from hromada.publish.site_tree import PublicBuild, SiteFiles
from hromada.system.git import Git, GitFailed

_REPOSITORY = lazy_compile(r"https://[^\s/@]+/\S+|ssh://[^\s/:-][^\s/:]*(?::\d+)?/\S+|file:///.+")
_REQUEST = lazy_compile(r"[\w.%+@=-]+(?:/[\w.%+@=-]+)*")


class _Place(Struct, frozen=True):
    """Where previews are shown: their repository and the address below which each has a folder."""

    repository: PreviewRepository
    address: str


def preview(options: Options) -> int:
    """Check what REQUEST brings, show it below PREVIEWS, and record the result; DELETE removes both."""
    if fault := _fault(options):
        print_error(fault)
        return EXIT_REFUSED
    place = (
        _Place(PreviewRepository(options.to, options.cache / "previews.git"), options.previews) if options.to else None
    )
    try:
        return _remove(options, place) if options.delete else _show(options, place)
    except PublicationRefused as refused:
        print_error(str(refused))
        return refused.exit_status
    except GitFailed as failed:
        print_error(f"Команда git не вдалася. {failed}")
        return EXIT_FAILED


def _fault(options: Options) -> str:
    """What is wrong with the settings of the call; empty if nothing is."""
    if not _REQUEST.fullmatch(options.request) or ".." in options.request:
        return "не вказано REQUEST: назву гілки запиту, наприклад REQUEST=cms/news/2026-11-30-tolok"
    if not options.to:
        return ""
    if not _REPOSITORY.fullmatch(options.to):
        return f"TO=«{without_secrets(options.to)}» незрозуміло, напишіть адресу сховища переглядів без імені й ключа: https://host.example/rada/previews.git або ssh://git@host.example/rada/previews.git"
    if options.delete:
        return ""
    if not is_site_address(options.previews):
        return (
            "не вказано PREVIEWS: адресу, нижче якої видно перегляди, наприклад PREVIEWS=https://pereglyad.rada.example"
        )
    site = known_address(options)
    if host_of(site) == host_of(options.previews):
        return (
            f"PREVIEWS=«{options.previews}»: там само стоїть сайт ({site}), а з ним і ключі редакторів сторінки /admin/. Перегляд"
            " ще не прийнятих змін має бути на іншому домені: дайте переглядам або сайтові власний."
        )
    return ""


def _show(options: Options, place: _Place | None) -> int:
    try:
        folder = place.repository.folder_of(options.request) if place else ""
    except PublicationRefused:
        _record(options, _built(options, ""), "")  # what the check says of the text is told all the same
        raise
    address = f"{place.address}/{folder}" if place else ""
    built = _built(options, address)
    shown = ""
    try:
        if not built.errors and not built.refusals and place and built.files:
            _put(options, place, folder, built.files)
            shown = f"{address}/"
    finally:
        _record(options, built, shown)
    if built.errors:
        return print_refusal(built.problems, options.format)
    if built.refusals:
        print_error(*(refusal.message for refusal in built.refusals), "Побудований сайт має вади: його не показано.")
        return EXIT_FAILED
    if options.format == "github":
        print_lines(*(problem.as_github() for problem in built.problems))
    print_lines(verdict(built.problems))
    if shown:
        print_lines(f"Перегляд: {shown}")
    return EXIT_OK


def _built(options: Options, address: str) -> PublicBuild:
    """The site built for the address and verified; without one the content is only checked."""
    if not address:
        from hromada.build.content_steps import checked_snapshot

        snapshot = checked_snapshot(options)
        snapshot.remember()
        return PublicBuild(tuple(snapshot.problems), tuple(snapshot.errors))
    from hromada.build.pipeline import build_for_publishing

    output = options.output if options.output != options.root / "output" else options.cache / "preview"
    return build_for_publishing(
        options.with_changes(settings_file=PUBLIC_CONF, output=output, address=address, preview=True)
    )


def _put(options: Options, place: _Place, folder: str, files: SiteFiles) -> None:
    moment = options.clock.moment.isoformat(timespec="seconds")
    if faults := files.faults():
        raise PublicationRefused("\n".join(["Побудований сайт не можна показати:", *faults[:20]]), "unpublishable")
    for gone in place.repository.put(Preview(options.request, folder, files.size, moment), files):
        print_lines(f"Прибрано давніший перегляд, бо місця бракує: {gone.request}")


def _record(options: Options, built: PublicBuild, shown: str) -> None:
    """Tell the page of editors what was found; that it could not be told is said, and changes nothing else."""
    git = Git(options.root)
    result = RunResult(
        branch=options.request,
        commit=options.tip,
        moment=options.clock.moment.isoformat(timespec="seconds"),
        outcome=REFUSED if built.errors or built.refusals else CHECKED,
        problems=problem_rows(built.problems),
        messages=tuple(without_secrets(refusal.message) for refusal in built.refusals),
        preview=shown,
    )
    try:
        if has_origin(git):
            record(git, result)
    except GitFailed as failed:
        print_error(f"Стан запиту не записано, тож сторінка /admin/status/ його не покаже: {failed}")


def _remove(options: Options, place: _Place | None) -> int:
    is_removed = place.repository.remove(options.request) if place else False
    git = Git(options.root)
    if has_origin(git):
        forget(git, options.request)
    print_lines(
        f"Перегляд запиту {options.request} прибрано." if is_removed else f"Перегляду запиту {options.request} немає."
    )
    return EXIT_OK
