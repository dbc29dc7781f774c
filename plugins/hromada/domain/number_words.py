"""Numbers written in words, in every case: a pattern that finds them; ordinals («третя», «сьома») are none."""

from __future__ import annotations

_APOSTROPHE = "[’'ʼ]"
_SMALL = (
    "дв(?:а|і|ох|ом|ома)",
    "тр(?:и|ьох|ьом|ьома)",
    "чотир(?:и|ьох|ьом|ма|ьома)",
    "шіст(?:ь|ьох|ьом|ьма|ьома)|шести",
    "сім(?:ох|ом|ома)?|семи",  # «сьома» is more often the ordinal
    "вісім|восьми|вісьм(?:ох|ом|а|ома)",
    f"(?:п{_APOSTROPHE}я|дев{_APOSTROPHE}я|деся|двадця|тридця)т(?:ь|и|ьох|ьом|ьма|ьома)",
    f"(?:оди|два|три|чотир|п{_APOSTROPHE}ят|шіст|сім|вісім|дев{_APOSTROPHE}ят)надцят(?:ь|и|ьох|ьом|ьма|ьома)",
    f"(?:п{_APOSTROPHE}ят|шіст|сім|вісім)десят(?:и|ьох|ьом|ьма|ьома)?",
    f"сорока?|дев{_APOSTROPHE}яност[оа]",
    f"ст[оа]|двісті|(?:три|чотири)ста|(?:п{_APOSTROPHE}ят|шіст|сім|вісім|дев{_APOSTROPHE}ят)сот",
    f"(?:двох|трьох|чотирьох|п{_APOSTROPHE}яти|шести|семи|восьми|дев{_APOSTROPHE}яти)(?:сот|стах)",
    f"(?:двом|трьом|чотирьом|п{_APOSTROPHE}яти|шести|семи|восьми|дев{_APOSTROPHE}яти)стам",
)
_ONE = "один|одна|одне|одну"  # «в одній публікації» counts nothing
_FURTHER = r"одн\w{1,3}|тисяч\w{0,3}"
_ANY = "|".join((*_SMALL, _ONE))
# At most six words, so that a page of numerals takes no square of its length.
NUMBER_WORDS = rf"(?<!\w)(?:{_ANY})(?!\w)(?:[ \t\u00a0]+(?:{_ANY}|{_FURTHER})(?!\w)){{0,5}}+"
