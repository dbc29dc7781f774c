"""Hides faces and number plates in photos of the content, and says what git still has of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.domain.file_types import is_picture
from hromada.domain.problem import did_you_mean
from hromada.pictures.blur_areas import BlurArea
from hromada.pictures.copies import PictureRefused
from hromada.pictures.photo_names import folder_of_item
from hromada.publish.commit_coordinates import base_of, branches_online, removal_from_history, rewriting
from hromada.publish.repository import PAGES_BRANCH
from hromada.render.archive_copies import blurred
from hromada.system.atomic_files import atomic_replace
from hromada.system.disk_errors import describe_error
from hromada.system.git import Git, GitFailed
from hromada.system.regular_files import content_file
from hromada.system.scan import scan_folder

_SHOWN = 10


class PhotosRefused(ValueError):
    """Nothing was changed; the message is Ukrainian."""


def hide_in_content(options: Options, areas: Mapping[str, Sequence[BlurArea]], item: str) -> int:
    """Burn the areas into these pictures of the content; `item` is the text beside which they may be named shortly."""
    old: dict[str, bytes] = {}
    refused: list[str] = []
    for path, own in _by_path(options, areas, item).items():
        file = content_file(options.content, path)
        try:
            raw = file.read()
            data = blurred(raw, own)
            if data is None:
                print_lines(f"{path}: тут уже розмито")
                continue
            if not options.dry_run:
                atomic_replace(file, data)
        except PictureRefused as error:
            refused.append(f"{path}: {error}")
        except OSError as error:
            refused.append(f"{path}: файл не вдалося змінити ({describe_error(error)})")
        else:
            old[path] = raw
            print_lines(f"{path}: {'можна розмити' if options.dry_run else 'розмито'} ділянок: {len(own)}")
    if refused:
        print_error(*refused)
    if old and options.dry_run:
        print_lines("Нічого не записано: DRY_RUN=1.")
    elif old:
        print_lines(*_what_git_has(Git(options.root), old))
    return EXIT_REFUSED if refused else EXIT_OK


def _by_path(options: Options, areas: Mapping[str, Sequence[BlurArea]], item: str) -> dict[str, tuple[BlurArea, ...]]:
    """The areas by the content's path of the picture."""
    pictures = [path for path in scan_folder(options.content) if is_picture(path)]
    known, by_name = set(pictures), dict[str, list[str]]()
    for path in pictures:
        by_name.setdefault(posixpath.basename(path), []).append(path)
    found, faults = dict[str, tuple[BlurArea, ...]](), list[str]()
    for name, own in areas.items():
        path = options.content_path_of(name)
        meant = [path] if path in known else _meant(by_name.get(posixpath.basename(path), []), path, item)
        if len(meant) == 1:
            found[meant[0]] = (*found.get(meant[0], ()), *own)
        elif meant:
            faults.append(f"BLUR=«{name}»: таких файлів кілька, напишіть шлях: {', '.join(meant[:_SHOWN])}")
        else:
            advice = did_you_mean(path, pictures) or "напишіть, наприклад: BLUR='content/images/a.jpg:40,20,10,15'"
            faults.append(f"BLUR=«{name}»: такої світлини у змісті немає, {advice}")
    if faults:
        raise PhotosRefused("\n".join(faults))
    return found


def _meant(same_name: Sequence[str], path: str, item: str) -> Sequence[str]:
    """Those of the pictures of this name that end with the written path; of several, the item's own."""
    named = [candidate for candidate in same_name if f"/{candidate}".endswith(f"/{path}")]
    own = [
        candidate
        for candidate in named
        if item and candidate.startswith((f"{folder_of_item(item)}/", f"{posixpath.dirname(item)}/"))
    ]
    return own if len(named) > 1 and own else named


def _what_git_has(git: Git, old: Mapping[str, bytes]) -> Iterator[str]:
    """What commits have of the files as they were, and the commands that take it out."""
    try:
        blobs = {path: git.run("hash-object", "--no-filters", "--stdin", stdin=raw) for path, raw in old.items()}
        present = {path: blob for path, blob in blobs.items() if git.succeeds("cat-file", "-e", blob)}
        online = {path: blob for path, blob in present.items() if _is_in(git, blob, "--remotes=origin")}
        local = {path: blob for path, blob in present.items() if path not in online and _is_in(git, blob, "HEAD")}
        branch = git.run("branch", "--show-current") if local else ""
        base = base_of(git, "HEAD", branches_online(git, branch, PAGES_BRANCH)) if local else ""
    except (GitFailed, FileNotFoundError):  # no repository, no git
        yield "Додайте змінені файли до коміту: git add -A"
        return
    if local:
        yield f"Нерозмите є в комітах, яких ще немає в мережі: {', '.join(local)}. Складіть ці коміти в один:"
        yield from rewriting(base)
    elif len(online) < len(old):
        yield "Додайте змінені файли до коміту: git add -A"
    if online:
        yield f"Увага: нерозмите вже в мережі: {', '.join(online)}. Новий коміт його звідти не прибере."
        yield "Прибрати з історії може лише той, хто веде сховище, і тоді всі клонують його наново (docs/maintainers.md):"
        yield f"  {removal_from_history(online.values())}"


def _is_in(git: Git, blob: str, revision: str) -> bool:
    return bool(git.run("log", "-1", "-m", f"--find-object={blob}", "--format=%H", revision))
