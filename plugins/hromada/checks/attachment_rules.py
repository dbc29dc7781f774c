"""Rules for attached documents: metadata, active content, addresses and sizes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from hromada.domain.document_metadata import CLEANED_TYPES, ActiveContent, DocumentMetadata
from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.file_types import SniffedType, suffix_of
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.merge_conflict import CODE as MERGE_CONFLICT
from hromada.domain.merge_conflict import FIX, conflict_message
from hromada.domain.problem import Problem, shorten_middle, warning

# Names of programs, computers, offices and posts: not personal data.
_NOBODY = lazy_compile(
    r"\b(?:user|admin\w*|owner|unknown|author|microsoft|windows|office|libreoffice|openoffice|python\w*|openpyxl|adobe|acrobat|google|apple|pc|home|scan\w*|"
    r"автор|користувач|адмін\w*|невідом\w*|власник|пользователь|админ\w*|рад[аи]|громад[аи]|відділ\w*|сектор\w*|управлінн[яі]|департамент\w*|"
    r"комітет\w*|міністерств\w*|апарат\w*|служб[аи]|секретар\w*|приймальн\w*|канцелярі\w*|бухгалтері\w*|виконком\w*|центр\w*|кнп|кп|кз|тов)\b",
    re.IGNORECASE,
)  # fmt: skip
_LONGEST_PATH, _PATHS_SHOWN = 80, 3


def attachment_names_nobody(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """An author in the properties is personal data, published by mistake."""
    people = [name for name in metadata.people if not _NOBODY.search(name)]
    if people:
        yield warning(
            path, 1, "attachment-metadata", f"у властивостях документа названо: {', '.join(people)}",
            _or_by_hand(path, "у Word «Файл → Відомості → Перевірити на наявність проблем → Перевірити документ»"),
        )  # fmt: skip


def attachment_has_no_notes(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """Comments and tracked changes show deleted text and its authors."""
    if metadata.has_notes:
        yield warning(
            path, 1, "attachment-notes", "у документі лишилися примітки або виправлення",
            "прийміть або відхиліть виправлення, вилучіть примітки",
        )  # fmt: skip


def no_gps_in_attachment(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """Near a front line the coordinates of a photo are dangerous."""
    if metadata.has_gps:
        yield Problem(
            path, 1, "attachment-place", "світлина чи відео в документі каже, де його знято (координати GPS)",
            _or_by_hand(path, "вставте копію без координат, наприклад знімок екрана"),
        )  # fmt: skip


def attachment_tells_no_folder(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """A path contains a login or the name of an office's server."""
    if metadata.paths:
        paths = [f"«{shorten_middle(path, _LONGEST_PATH)}»" for path in metadata.paths[:_PATHS_SHOWN]]
        more = [f"і ще {len(metadata.paths) - _PATHS_SHOWN}"] if len(metadata.paths) > _PATHS_SHOWN else []
        yield warning(
            path, 1, "attachment-path", f"документ показує теки комп’ютера: {', '.join([*paths, *more])}",
            _or_by_hand(path, "приберіть зв’язки й шаблон, на які він посилається"),
        )  # fmt: skip


def attachment_pictures_tell_nothing(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """A camera's serial number identifies the photographer, names of towns the place."""
    details = [*metadata.cameras, *metadata.places]
    if details:
        yield warning(
            path, 1, "attachment-picture", f"у світлинах документа лишилися дані про зйомку: {', '.join(details)}",
            _or_by_hand(path, "вставте копії без них, наприклад знімки екрана"),
        )  # fmt: skip


def attachment_is_merged(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """A data file with conflict markers would be published with both versions; registers are checked by their reader."""
    line, marker = metadata.merge
    if line and not path.startswith("content/registers/"):
        yield Problem(path, line, MERGE_CONFLICT, conflict_message(marker), FIX)


def _or_by_hand(path: str, advice: str) -> str:
    """The fix: the command, where it can clean this type, else the advice."""
    suffix = suffix_of(path)
    return "запустіть make fix" if suffix in CLEANED_TYPES else advice


RULES = (
    attachment_names_nobody,
    attachment_has_no_notes,
    no_gps_in_attachment,
    attachment_tells_no_folder,
    attachment_pictures_tell_nothing,
    attachment_is_merged,
)


def check_attachment(path: str, metadata: DocumentMetadata) -> Iterator[Problem]:
    """All problems of one document's metadata, by RULES."""
    for rule in RULES:
        yield from rule(path, metadata)


def check_active_content(path: str, active: ActiveContent) -> Iterator[Problem]:
    """Executable types under another name, mismatched names, actions: without a right type from the host a browser sniffs."""
    if active.sniffed is SniffedType.PDF:
        yield Problem(path, 1, "active-file", f"файл «{suffix_of(path)}» насправді PDF", "назвіть його «.pdf»")
    elif active.sniffed:
        yield Problem(
            path, 1, "active-file", f"файл «{suffix_of(path)}» насправді {active.sniffed}, його виконав би браузер читача",
            "збережіть як PDF, DOCX чи CSV або покладіть у .zip",
        )  # fmt: skip
    if active.differs:
        yield warning(
            path, 1, "file-type", f"вміст файлу не схожий на «{suffix_of(path)}»",
            "перевірте, чи він відкривається, збережіть наново або виправте розширення",
        )  # fmt: skip
    if active.actions:
        yield warning(
            path, 1, "attachment-active", f"документ не лише читають, у ньому є {', '.join(active.actions)}",
            "збережіть без цього: через «Друк → Зберегти як PDF» або без макросів",
        )  # fmt: skip


def check_documents(
    sizes: Mapping[str, int], addresses: Collection[str], folders: Collection[str] = ()
) -> Iterator[Problem]:
    """All published documents together: `sizes` in bytes by path; `addresses` and `folders` are the site's generated ones."""
    for path in sizes:
        address = path.removeprefix("content")
        ends = (at for at, char in enumerate(address, 1) if char == "/")
        if folder := next((address[:end] for end in ends if address[:end] in folders), ""):
            yield Problem(
                path, 1, "duplicate-address", f"у теці «{folder}» стоять сторінки й файли самого звіту", "перенесіть документ до іншої теки"
            )  # fmt: skip
        elif address in addresses:
            yield Problem(
                path, 1, "duplicate-address", "на цій адресі стоїть файл самого сайту", "перейменуйте документ"
            )
        elif file := next((above for above in _above(address) if _is_file(above, addresses)), ""):
            yield Problem(
                path,
                1,
                "duplicate-address",
                f"на адресі його теки «{file}» стоїть файл самого сайту",
                "перейменуйте теку",
            )
    if (total := sum(sizes.values())) >= LARGEST_SITE:
        largest = max(sizes, key=lambda path: (sizes[path], path))
        yield Problem(
            largest, 1, "site-too-large", f"документи сайту разом мають {total // 1_000_000} МБ, це найбільший із них",
            f"увесь сайт має бути меншим за {LARGEST_SITE // 1_000_000} МБ; тримайте великі файли деінде й дайте посилання",
        )  # fmt: skip


def _above(address: str) -> Iterator[str]:
    """The parent folders of an address, without trailing slashes."""
    return (address[:at] for at, char in enumerate(address) if char == "/" and at)


def _is_file(address: str, addresses: Collection[str]) -> bool:
    """Whether the site generates a file there, a page's `index.html` included."""
    return address in addresses or (address.endswith("/index.html") and address.removesuffix("index.html") in addresses)
