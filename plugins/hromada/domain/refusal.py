"""Reasons not to publish: the code, the terminal's words, and those of the editor's window.

Whoever publishes from the window of `make serve` knows forms, no commands. So the window shows no word of git or of the terminal.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

_AGAIN = "Опублікуйте ще раз"
_SHOW = "покажіть подробиці тому, хто доглядає за сайтом"
SHOW_DETAILS = "Покажіть подробиці тому, хто доглядає за сайтом."
TRY_AGAIN = f"{_AGAIN}; якщо не вийде й тоді, {_SHOW}."


class Reason(NamedTuple):
    """What the window says of a code, and the button by which a person publishes all the same; empty where nobody can."""

    words: str
    consent: str = ""


REASONS = {
    "address-changed": Reason(
        "Адреса сайту стала б іншою, і посилання на нього з інших місць перестали б працювати."
        f" Якщо ви про це не домовлялися, не публікуйте: {_SHOW}.",
        "Так, змінити адресу сайту",
    ),
    "address-gone": Reason(
        "Із сайту зникли б адреси, на які хтось міг зберегти посилання.", "Так, ці адреси більше не потрібні"
    ),
    "behind": Reason(f"Колеги тим часом надіслали новіші зміни. {_AGAIN}: їх буде забрано."),
    "branch-gone": Reason(
        f"Місце у сховищі, до якого звідси надсилали матеріали, перейменовано або видалено. {SHOW_DETAILS}"
    ),
    "broken-reference": Reason(
        "На побудованій сторінці щось веде в нікуди: до файлу, місця або світлини, яких на сайті немає, чи до чужого сайту."
        f" {SHOW_DETAILS}"
    ),
    "commit-place": Reason(
        "У світлині або документі, яких ще не надіслано, записано місце знімання: його побачили б усі."
        f" Видалити файл тепер замало. {SHOW_DETAILS}"
    ),
    "conflict": Reason(f"Ви й колега змінили те саме місце. {_AGAIN} і виберіть, чий текст лишити."),
    "domain-changed": Reason(
        "Сайт опинився б за іншою адресою, ніж зараз, і старі посилання на нього перестали б працювати."
        f" Якщо ви про це не домовлялися, не публікуйте: {_SHOW}.",
        "Так, змінити адресу сайту",
    ),
    "foreign-pages": Reason(
        f"Сайт, який зараз у мережі, виклала не ця програма: невідомо, з чого його зроблено. {SHOW_DETAILS}"
    ),
    "git-failed": Reason(f"Завадило те, чого на цій сторінці не виправити. {TRY_AGAIN}"),
    "host-failed": Reason(f"Сервер, на якому лежить сайт, його не прийняв. {TRY_AGAIN}"),
    "invalid-output": Reason(
        f"Побудована сторінка або файл для програм мають ваду, через яку їх прочитали б не так. {SHOW_DETAILS}"
    ),
    "leaked-data": Reason(
        "На сайт потрапило б те, чого читачі бачити не мають: слова неопублікованого матеріалу, чиясь пошта або дані про світлину."
        f" {SHOW_DETAILS}"
    ),
    "many-gone": Reason(
        "Із сайту зникло б багато сторінок. Перевірте, чи не видалено щось випадково.", "Так, прибрати стільки сторінок"
    ),
    "missing-policy": Reason(f"Побудована сторінка не має захисту, який має бути на кожній. {SHOW_DETAILS}"),
    "move-blocked": Reason(
        "Нових файлів не вдалося записати на цьому комп’ютері: якийсь із них відкрито в іншій програмі, або в ньому є незбережене."
        f" Закрийте інші програми. {TRY_AGAIN}"
    ),
    "near-limit": Reason(
        f"Сайт займає більшу частину того, що приймає хостинг. Опублікувати ще можна, але {_SHOW}.",
        "Так, опублікувати, поки місце є",
    ),
    "no-branch": Reason(f"Тека сайту відкрита в давнішому стані, з якого не публікують. {SHOW_DETAILS}"),
    "no-commit": Reason(f"У цій теці ще нічого не збережено для публікації. {SHOW_DETAILS}"),
    "no-git": Reason(f"На цьому комп’ютері немає програми, яка надсилає зміни. {SHOW_DETAILS}"),
    "no-identity": Reason(f"Без вашого імені та пошти змін не зберегти. {_AGAIN} і впишіть їх."),
    "no-repository": Reason(f"Ця тека не пов’язана зі сховищем сайту, тож публікувати нікуди. {SHOW_DETAILS}"),
    "not-the-root": Reason(f"Програму запущено не з тієї теки, з якої публікують. {SHOW_DETAILS}"),
    "on-pages": Reason(
        f"Тека містить уже побудований сайт, а не матеріали, з яких його будують. {SHOW_DETAILS}"
    ),
    "online-newer": Reason(f"На сайті є матеріали, яких тут немає: публікація їх прибрала б. {TRY_AGAIN}"),
    "origin-unreachable": Reason(
        f"Немає зв’язку зі сховищем у мережі. Перевірте інтернет. {_AGAIN}: написане нікуди не зникло."
    ),
    "pages-open": Reason(f"Побудований сайт відкрито ще в одній теці цього комп’ютера. {SHOW_DETAILS}"),
    "program-updated": Reason(
        "Разом зі змінами колег оновилася сама програма. Закрийте її й запустіть знову, тоді опублікуйте ще раз."
    ),
    "publication-running": Reason("Інша публікація з цієї теки ще триває. Дочекайтеся її кінця."),
    "repository-locked": Reason(
        f"Зі змінами саме працює інша програма, або її було перервано. Дочекайтеся її кінця. {TRY_AGAIN}"
    ),
    "shallow-history": Reason(f"На цьому комп’ютері немає всієї історії сайту, а без неї не видно, що в мережі. {SHOW_DETAILS}"),
    "store-failed": Reason(f"Сховище світлин не прийняло їх або не показує. {TRY_AGAIN}"),
    "two-domains": Reason(f"У налаштуваннях стоять дві різні адреси сайту. {SHOW_DETAILS}"),
    "uncommitted": Reason(
        f"Є зміни, яких не збережено для публікації. {_AGAIN} і погодьтеся їх зберегти; якщо про них не запитано, {_SHOW}."
    ),
    "undo-impossible": Reason(
        f"Останньої зміни вже не скасувати: її немає, звіт підписано, або те саме місце змінено пізніше. {SHOW_DETAILS}"
    ),
    "unfinished": Reason(f"Попереднє об’єднання змін не закінчено. {SHOW_DETAILS}"),
    "unpublishable": Reason(
        f"На побудованому сайті немає головної сторінки, є файл, якого сервер не прийме, або сайт завеликий. {SHOW_DETAILS}"
    ),
    "withdrawn-returns": Reason(
        "На сайт повернулося б те, що з нього прибрали.", "Так, показати це на сайті знову"
    ),
}  # fmt: skip
# Codes of the refusals that `FORCE=` overrides; it overrides no other.
FORCEABLE = tuple(code for code, reason in REASONS.items() if reason.consent)


class Refusal(Struct, frozen=True, order=True):
    """A reason not to publish. `plain`: the window's words, in lines, where more is known than the code says."""

    code: str
    message: str
    plain: str = ""

    @property
    def for_window(self) -> str:
        return self.plain or REASONS[self.code].words
