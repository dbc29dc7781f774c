"""Phrases of the sample archive: plausible, grammatical, about nobody in particular."""

from __future__ import annotations

from hromada.demo.phrases.people import PEOPLE
from hromada.demo.phrases.topic import Topic
from hromada.demo.phrases.town import TOWN

TOPICS: tuple[Topic, ...] = PEOPLE + TOWN

# «у громаді» stands often, so that most titles name no village
PLACES = (
    "у громаді", "у громаді", "у громаді", "у громаді", "у Дергачах", "у Дергачах", "у Безруках", "у Прудянці",
    "у Козачій Лопані", "у Малих Проходах", "у Великих Проходах", "у Токарівці", "у Руській Лозовій", "у Цупівці",
    "у Лещенках", "у Дубівці",
)  # fmt: skip

DISCLAIMER = "*Це зразок тексту: його склала програма, подій, про які тут ідеться, не було.*"


def disclaimer(number: int) -> str:
    """The disclaimer of one sample; no two texts are the same."""
    return DISCLAIMER.replace("зразок тексту", f"зразок тексту № {number}")


HEADINGS = ("## Що варто знати", "## Коротко про головне", "## Пам’ятайте")
CLOSINGS = (
    "Запитання можна поставити телефоном або написати на електронну пошту ради.",
    "Слідкуйте за оголошеннями на сайті громади та на сторінках старостинських округів.",
    "Про подальші кроки повідомимо окремо.",
    "Якщо знайшли неточність, повідомте нас.",
)
EVENT_PLACES = ("будинок культури", "приміщення старости", "центральна площа", "приміщення ради")
