"""Rules for pictures: description, type, size, GPS data."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import timedelta

from hromada.domain.calendar import Clock
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.item import Item, PictureRef
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import grouped
from hromada.domain.problem import Level, Problem, warning

_OF_TYPE = {
    "JPEG": (".jpg", ".jpeg"), "MPO": (".jpg", ".jpeg"), "PNG": (".png",), "GIF": (".gif",), "WEBP": (".webp",),
    "AVIF": (".avif",), "BMP": (".bmp",), "TIFF": (".tif", ".tiff"),
}  # fmt: skip
_LARGE = 15_000_000  # bytes: three photos of a good phone; every clone of the repository keeps them for ever
# Descriptions made by programs: other systems' «no description», camera numbers, file names.
_PLACEHOLDER = lazy_compile(
    r"(?:фото|світлина|зображення|image|photo)?\s*(?:без (?:опису|назви|підпису)|untitled|no (?:description|alt))"
    r"|[\w .()-]+\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)|[\d_\s().-]+|(?:img|dscn?|pxl|viber|photo|image|screenshot)[_ -]?\d[\w -]*",
    re.IGNORECASE,
)
_VAGUE = lazy_compile(
    r"фото|фотографія|світлина|зображення|картинка|малюнок|ілюстрація|image|photo|picture|foto", re.IGNORECASE
)
_NEW = timedelta(days=31)


def picture_is_described(item: Item, line: int, alt: str, target: str, advice: str = "") -> Iterator[Problem]:
    """The picture has a meaningful description for people who don't see it; `advice` is for one that the header names."""
    name = posixpath.splitext(posixpath.basename(target))[0]
    if not alt.strip():
        which = f"світлина {posixpath.basename(target)}" if advice else "світлина"
        fix = advice or "опишіть, що на ній: ![опис](файл)"
        yield warning(item.path, line, "alt-missing", f"{which} без опису", fix)
    elif _PLACEHOLDER.fullmatch(alt.strip()) or alt.strip().casefold() == name.casefold():
        yield warning(
            item.path,
            line,
            "alt-placeholder",
            f"опис світлини «{alt.strip()}» нічого не каже",
            "опишіть словами, що на ній",
        )
    elif _VAGUE.fullmatch(alt.strip()):
        yield warning(item.path, line, "alt-vague", f"опис світлини лише «{alt.strip()}»", "опишіть словами, що на ній")


def folder_is_a_gallery(item: Item, ref: PictureRef, has_pictures: bool, is_shared: bool) -> Problem | None:
    """A folder in a gallery holds the pictures of this item only: whatever lies there is published."""
    if not has_pictures:
        message = f"у галереї немає світлин: «{ref.target}»"
        return Problem(item.path, ref.line, "picture-missing", message, "вкажіть файл світлини або теку з ними")
    if is_shared:
        message = f"у теці «{ref.target}» лежать світлини й інших матеріалів"
        fix = "перенесіть світлини цього до окремої теки, скажімо content/images/sviato, і вкажіть її"
        return Problem(item.path, ref.line, "gallery-folder", message, fix)
    return None


def with_level_for_new_item(problem: Problem, item: Item, clock: Clock) -> Problem:
    """The problem, as an error if a description is missing in an item of the last month; older and imported ones keep warnings.

    Imported items have the key `source`.
    """
    is_new = item.is_dated and item.when is not None and item.when > clock.moment - _NEW and not item.source
    if is_new and problem.code in ("alt-missing", "alt-placeholder"):
        return problem._replace(level=Level.ERROR)
    return problem


def picture_is_what_its_name_says(item: Item, line: int, path: str, format: str) -> Iterator[Problem]:
    """The extension fits the real format; `format` is Pillow's name of it."""
    suffixes = _OF_TYPE.get(format, ())
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    if suffixes and suffix.casefold() not in suffixes:
        type_name = "JPEG" if format == "MPO" else format
        yield Problem(
            item.path,
            line,
            "picture-type",
            f"у файлі {stem}{suffix} насправді {type_name}",
            f"назвіть його {stem}{suffixes[0]}",
        )


def picture_is_not_too_large(item: Item, line: int, path: str, size: int) -> Iterator[Problem]:
    """`size` in bytes."""
    if size > _LARGE:
        megabytes = grouped(round(size / 1_000_000))
        yield warning(
            item.path, line, "picture-large", f"світлина {posixpath.basename(path)} важить {megabytes} МБ",
            "зменшіть її до 4000 пікселів: на сайті вона буде не ширша за 1200",
        )  # fmt: skip


def picture_has_one_frame(item: Item, line: int, path: str, *, has_more: bool) -> Iterator[Problem]:
    """Moving pictures can't be stopped by the reader (WCAG 2.2.2), and one of thousands of frames has no limit of size."""
    if has_more:
        yield warning(
            item.path, line, "picture-frames", f"у файлі {posixpath.basename(path)} кілька кадрів або сторінок, на сайті буде лише перший",
            "для руху дайте посилання на відео, для сторінок – PDF",
        )  # fmt: skip


def no_gps_in_image(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """Published copies have no metadata, but the original stays in the repository, where others may see it."""
    if metadata.has_gps:
        yield Problem(
            path, 1, "picture-place", "світлина каже, де її знято (координати GPS): сайт цього не покаже, а в сховищі воно лишиться",
            "запустіть make fix перед комітом",
        )  # fmt: skip
    elif metadata.places:
        yield warning(
            path, 1, "picture-place-name", f"у даних світлини названо місце: {', '.join(metadata.places)}",
            "запустіть make fix перед комітом",
        )  # fmt: skip
