"""`make photos`: takes a card's originals into an item's gallery, small and without metadata, and hides faces in photos.

An original is never changed and never copied as it is. What it became has a part of its digest in the name, so a card that
is given twice brings nothing twice: in another clone too, after an update, and when faces were hidden meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from hromada.console.messages import EXIT_OK, EXIT_REFUSED, ProgressBar, print_error, print_lines
from hromada.console.options import Options
from hromada.domain.file_names import is_leftover, is_too_long, printable_name
from hromada.domain.header_fields import keys_of
from hromada.domain.item import Kind
from hromada.domain.numerals import format_decimal
from hromada.domain.problem import Problem, did_you_mean
from hromada.images.blur_areas import AreasRefused, BlurArea, parse_areas
from hromada.images.copies import PictureRefused
from hromada.images.folders import natural_key
from hromada.images.photo_names import (
    digest_prefix,
    is_original,
    photo_name,
    photo_stem,
)
from hromada.importers.gallery_file import STAGING, GalleryFile, add_photos, remove_staging, undo_interrupted
from hromada.importers.photo_areas import PhotosRefused, hide_in_content
from hromada.importers.staging import with_import_lock
from hromada.reading.items import place_of
from hromada.reading.text_decoding import MEGABYTE
from hromada.render.archive_copies import archive_copy, time_taken
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.disk_errors import describe_error
from hromada.system.regular_files import entries_below, type_fault_of
from hromada.system.scan import scan_folder
from hromada.system.workers import parallel_map

_LARGEST_ORIGINAL = 300 * MEGABYTE
_LABEL = "Готую світлини"
_SHOWN = 10
_USAGE = "напишіть: make photos ITEM=content/news/2021/2021-07-05-nazva.md FROM=тека-зі-світлинами"


def photos(options: Options) -> int:
    """Take photos from FROM into the gallery of ITEM, and hide the areas of BLUR."""
    try:
        return with_import_lock(options, _run)
    except (PhotosRefused, AreasRefused) as refused:
        print_error(str(refused))
        return EXIT_REFUSED


def _run(options: Options) -> int:
    if not options.dry_run:
        undo_interrupted(options)
    areas = parse_areas(options.blur) if options.blur else {}
    if not options.source:
        if not areas:
            raise PhotosRefused(f"не вказано FROM, {_USAGE}" if options.item else f"не вказано ITEM і FROM, {_USAGE}")
        return hide_in_content(options, areas, _item_path(options) if options.item else "")
    if not options.item:
        raise PhotosRefused(f"не вказано ITEM, {_USAGE}")
    return _take(options, _item_path(options), areas)


def _item_path(options: Options) -> str:
    """The content path of the item that gets the photos."""
    path = options.content_path_of(options.item)
    items = [name for name in scan_folder(options.content) if name.endswith(".md")]
    if path not in items:
        named = [name for name in items if posixpath.basename(name) in (path, f"{path}.md")]
        if len(named) != 1:
            meant = did_you_mean(path, items)
            raise PhotosRefused(f"ITEM=«{options.item}»: такого тексту (.md) у змісті немає, {meant or _USAGE}")
        (path,) = named
    placed = place_of(path)
    if placed is None or placed[0] is Kind.REPORT or "gallery" not in keys_of(placed[0]):
        raise PhotosRefused(
            f"ITEM=«{options.item}»: галереї тут не буває; світлини беруть новини, повідомлення й сторінки"
        )
    return path


class _Prepared(NamedTuple):
    """What became of an original: its digest, its time, the size of it and of its copy; or why it can't be taken."""

    name: str
    digest: str = ""
    taken: str = ""
    original_size: int = 0
    size: int = 0
    refusal: str = ""


class _Card(NamedTuple):
    """What lies in FROM: photos, the areas to hide in them by digest, and the names of everything else."""

    folder: str
    originals: list[str]
    areas: Mapping[str, tuple[BlurArea, ...]]
    others: list[str]


def _take(options: Options, path: str, areas: Mapping[str, Sequence[BlurArea]]) -> int:
    item = GalleryFile(options.content, path)
    item.entries()  # a header that can't be added to is refused before any work
    card = _card(options, areas)
    staging = options.cache / STAGING
    known = item.existing()
    prepared = list(_prepare(options, card, staging, frozenset(known.names)))
    prepared.sort(key=lambda photo: (photo.taken or "~", natural_key(photo.name), photo.name))
    refused = [photo for photo in prepared if photo.refusal]
    unique = list({photo.digest: photo for photo in reversed(prepared) if not photo.refusal}.values())[::-1]
    new = [photo for photo in unique if digest_prefix(photo.digest) not in known.names]
    summary = _Summary(path, item.folder, new, len(unique) - len(new), len(prepared) - len(refused) - len(unique), card)
    stem = _stem(item.folder)
    names = {photo.digest: photo_name(stem, known.last + number, photo.digest) for number, photo in enumerate(new, 1)}
    if options.dry_run:
        print_lines(
            *(f"{photo.name} → {item.folder}/{names[photo.digest]}" for photo in new), *summary.lines(is_dry=True)
        )
    else:
        if new:
            add_photos(options, item, {f"{item.folder}/{names[photo.digest]}": staging / photo.digest for photo in new})
        print_lines(*summary.lines(is_dry=False))
    remove_staging(staging)
    if refused:
        problems = (
            Problem(photo.name, 1, "original-refused", photo.refusal, "цю світлину не взято") for photo in refused
        )
        print_error(*map(str, problems))
    present = {
        f"{item.folder}/{known.names[digest_prefix(photo.digest)]}": card.areas[photo.digest]
        for photo in unique
        if digest_prefix(photo.digest) in known.names and photo.digest in card.areas
    }
    hidden = hide_in_content(options, present, path) if present else EXIT_OK
    return EXIT_REFUSED if refused else hidden


def _stem(folder: str) -> str:
    """The beginning of the photos' names, so short that Windows can open them."""
    stem = photo_stem(folder)
    while is_too_long(f"{folder}/{photo_name(stem, 99_999, '0' * 8)}") and stem:
        stem = stem[:-1]
    if not stem:
        raise PhotosRefused(f"ITEM: шлях до теки світлин задовгий для Windows: {folder}. Перейменуйте файл коротше")
    return stem.rstrip("-") or "foto"


def _card(options: Options, areas: Mapping[str, Sequence[BlurArea]]) -> _Card:
    """The photos of FROM, a folder with all below it or a single file."""
    source = Path(options.source)
    if not source.exists():
        raise PhotosRefused(
            f"FROM=«{options.source}»: такої теки немає, перевірте шлях; шлях із пробілами візьміть у лапки"
        )
    real, content = Path(os.path.realpath(source)), Path(os.path.realpath(options.content))
    if real.is_relative_to(content):
        raise PhotosRefused(
            f"FROM=«{options.source}»: оригінали лежать у змісті, де їх запам’ятав би git. Перенесіть теку деінде, тоді повторіть"
        )
    if real.is_file():
        names, folder = [real.name], str(real.parent)
    else:
        names, folder = sorted(_names_below(real)), str(real)
    originals = [name for name in names if is_original(name)]
    if not originals:
        raise PhotosRefused(f"FROM=«{options.source}»: світлин тут немає (JPEG, HEIC, PNG, WebP, AVIF, TIFF)")
    hidden = _areas_by_digest(folder, _named_areas(originals, areas))
    return _Card(folder, originals, hidden, [name for name in names if not is_original(name)])


def _names_below(folder: Path) -> Iterator[str]:
    for entry in entries_below(folder):
        if not entry.is_folder and not is_leftover(entry.name) and not type_fault_of(entry.state):
            yield entry.name


def _named_areas(originals: Sequence[str], areas: Mapping[str, Sequence[BlurArea]]) -> dict[str, tuple[BlurArea, ...]]:
    """BLUR's areas by the photos of the card, which may be named without their folder and in any case."""
    by_name: dict[str, list[str]] = {}
    for name in originals:
        for key in {name.casefold(), posixpath.basename(name).casefold()}:
            by_name.setdefault(key, []).append(name)
    found, faults = dict[str, tuple[BlurArea, ...]](), list[str]()
    for name, own in areas.items():
        meant = by_name.get(name.replace("\\", "/").casefold(), [])
        if len(meant) == 1:
            found[meant[0]] = (*found.get(meant[0], ()), *own)
        elif meant:
            faults.append(f"BLUR=«{name}»: таких файлів кілька, напишіть із текою: {', '.join(meant[:_SHOWN])}")
        else:
            faults.append(
                f"BLUR=«{name}»: такої світлини у FROM немає, {did_you_mean(name, originals) or 'перевірте назву'}"
            )
    if faults:
        raise PhotosRefused("\n".join(faults))
    return found


def _areas_by_digest(folder: str, areas: Mapping[str, tuple[BlurArea, ...]]) -> dict[str, tuple[BlurArea, ...]]:
    """The areas by what the photos are: of equal originals one is taken, whichever of their names BLUR has."""
    found: dict[str, tuple[BlurArea, ...]] = {}
    for name, own in areas.items():
        with contextlib.suppress(OSError):  # it is refused when its turn comes
            digest = hashlib.sha256(read_bounded(Path(folder, name), _LARGEST_ORIGINAL)).hexdigest()
            found[digest] = (*found.get(digest, ()), *own)
    return found


def _prepare(options: Options, card: _Card, staging: Path, known: frozenset[str]) -> Iterator[_Prepared]:
    """Each original, its copy put into `staging` by its digest, unless the item has it already; by all cores."""
    side = options.settings().archive_side
    work = partial(_prepared, card, staging, side, known, is_dry=options.dry_run)
    with contextlib.closing(ProgressBar()) as progress:
        results = parallel_map(card.originals, work, options.jobs, named=str, chunk=1)
        for done, result in enumerate(results, 1):
            progress.update(_LABEL, done, len(card.originals))
            yield result


def _prepared(card: _Card, staging: Path, side: int, known: frozenset[str], name: str, *, is_dry: bool) -> _Prepared:
    try:
        raw = read_bounded(Path(card.folder, name), _LARGEST_ORIGINAL)
    except OSError as error:
        return _Prepared(name, refusal=f"файл не читається ({describe_error(error)})")
    digest = hashlib.sha256(raw).hexdigest()
    taken = time_taken(raw)
    if is_dry or digest_prefix(digest) in known:
        return _Prepared(name, digest, taken, len(raw))
    try:
        copy = archive_copy(raw, side, card.areas.get(digest, ()))
    except PictureRefused as refused:
        return _Prepared(name, digest, refusal=str(refused))
    except MemoryError:
        return _Prepared(name, digest, refusal="світлина завелика для пам’яті цього комп’ютера")
    atomic_write(staging / digest, copy.data)
    return _Prepared(name, digest, taken, len(raw), len(copy.data))


class _Summary(Struct, frozen=True):
    """What is said at the end."""

    path: str
    folder: str
    new: Sequence[_Prepared]
    present: int
    twins: int
    card: _Card

    def lines(self, *, is_dry: bool) -> Iterator[str]:
        if self.new and is_dry:
            yield f"Світлин можна взяти: {len(self.new)}. Нічого не записано: DRY_RUN=1."
        elif self.new:
            yield f"Світлин узято: {len(self.new)}, до теки {self.folder}/."
            size, original = (sum(getattr(photo, name) for photo in self.new) for name in ("size", "original_size"))
            yield f"У сховищі стане на {_megabytes(size)} більше; оригінали ({_megabytes(original)}) лишилися, де були."
        else:
            yield "Брати нічого: усі ці світлини матеріал уже має."
        if self.present and self.new:
            yield f"Уже були раніше: {self.present}."
        if self.twins:
            yield f"Однакових на картці, взято одну: {self.twins}."
        if others := self.card.others:
            more = f" і ще {len(others) - _SHOWN}" if len(others) > _SHOWN else ""
            yield f"Не світлини, лишено: {', '.join(map(printable_name, others[:_SHOWN]))}{more}."
        if self.new and not is_dry:
            yield f"Далі: відкрийте {self.path} і в полі gallery допишіть після «|», що на кожній світлині (опис для тих, хто не бачить);"
            yield "за бажання – ще підпис і автора: «файл | опис | підпис | автор». Потім make check."


def _megabytes(size: int) -> str:
    """«3,2 МБ»."""
    return f"{format_decimal(Fraction(max(size, 50_000), 1_000_000))}\N{NO-BREAK SPACE}МБ"
