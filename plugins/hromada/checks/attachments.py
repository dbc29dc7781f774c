"""What a published document must not carry along: names of people, notes of those who wrote it, places of photos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.domain.problem import Problem, warning
from hromada.domain.traces import Traces

# Names of programs, computers, offices and posts: they are nobody's.
_NOBODY = re.compile(
    r"\b(?:user|admin\w*|owner|unknown|author|microsoft|windows|office|libreoffice|openoffice|python\w*|openpyxl|adobe|acrobat|google|apple|pc|home|scan\w*|"
    r"користувач|адмін\w*|невідом\w*|власник|пользователь|админ\w*|рад[аи]|громад[аи]|відділ\w*|сектор\w*|управлінн[яі]|департамент\w*|"
    r"комітет\w*|міністерств\w*|апарат\w*|служб[аи]|секретар\w*|приймальн\w*|канцелярі\w*|бухгалтері\w*|виконком\w*|центр\w*|кнп|кп|кз|тов)\b",
    re.IGNORECASE,
)  # fmt: skip


def attachment_names_nobody(path: str, traces: Traces) -> Iterator[Problem]:
    """An author in the properties is personal data that nobody meant to publish."""
    people = [name for name in traces.people if not _NOBODY.search(name)]
    if people:
        yield warning(
            path, 1, "attachment-metadata", f"у властивостях документа названо: {', '.join(people)}",
            "приберіть: у Word «Файл → Відомості → Перевірити на наявність проблем → Перевірити документ»",
        )  # fmt: skip


def attachment_has_no_notes(path: str, traces: Traces) -> Iterator[Problem]:
    """Comments and tracked changes show what was thought and struck out, and by whom."""
    if traces.has_notes:
        yield warning(
            path, 1, "attachment-notes", "у документі лишилися примітки або виправлення з ім’ям того, хто їх зробив",
            "прийміть або відхиліть виправлення, вилучіть примітки",
        )  # fmt: skip


def attachment_tells_no_place(path: str, traces: Traces) -> Iterator[Problem]:
    """Near a front line coordinates of a photo are not only personal."""
    if traces.is_placed:
        yield Problem(
            path, 1, "attachment-place", "світлина чи відео в документі каже, де його знято (координати GPS)",
            "вставте копію без координат, наприклад знімок екрана",
        )  # fmt: skip


RULES = (attachment_names_nobody, attachment_has_no_notes, attachment_tells_no_place)


def check_attachment(path: str, traces: Traces) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(path, traces)
