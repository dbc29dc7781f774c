"""What a document does beside being read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from hromada.domain.sniffing import Sniffed


class Action(StrEnum):
    """As a message calls it."""

    SCRIPT = "сценарій (JavaScript)"
    LAUNCH = "запуск програми"
    SENDING = "надсилання даних"
    FORM = "динамічна форма (XFA)"
    FILES = "вкладений файл"
    MACRO = "макрос"
    PROTECTION = "захист, крізь який решти не видно"


class ActiveContent(NamedTuple):
    """`sniffed`: what a browser would take the file for; `differs`: it is not what its name says; `actions` that it holds."""

    sniffed: Sniffed | None = None
    differs: bool = False
    actions: tuple[Action, ...] = ()
