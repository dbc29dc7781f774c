"""Words that residents type for what councils call otherwise: a word of a group finds texts with the others, ranked below its own.

A group is for words that mean the same in announcements of a community. A member of several words is found where all of
them stand, and is not recognised in a query.
"""

from __future__ import annotations

from hromada.search.morphology import UNKNOWN, Dictionary

ASKED = frozenset({"немає"})  # recognised in queries only: texts that have such a word say nothing about it
GROUPS = (
    (
        "немає",
        "відключення",
        "відключити",
        "вимкнення",
        "вимкнути",
        "припинення",
        "припинити",
        "знеструмлення",
        "відсутність",
    ),
    ("світло", "електропостачання", "електроенергія", "електрика"),
    ("вода", "водопостачання"),
    ("газ", "газопостачання"),
    ("тепло", "опалення", "теплопостачання"),
    ("каналізація", "водовідведення"),
    ("жкг", "жкх", "житлово комунальний", "комунального господарства"),
    ("сміття", "відходи", "тпв"),
    ("укриття", "бомбосховище", "сховище"),
    ("школа", "ліцей", "гімназія"),
    ("садок", "садочок", "дитсадок", "дошкільний"),
    ("вивозити", "вивезення"),
    ("переселенець", "впо", "внутрішньо переміщений"),
    ("прописка", "реєстрація місця проживання"),
    ("загс", "драцс", "актів цивільного стану"),
    ("цнап", "центр надання адміністративних послуг"),
    ("маршрутка", "автобус"),
    ("розклад", "графік"),
    ("вакансія", "працевлаштування"),
    ("кладовище", "цвинтар"),
    ("пам’ятник", "меморіал"),
)


def synonym_groups(dictionary: Dictionary) -> list[list[dict[str, str]]]:
    """The groups for the browser, each member as one of these: `forms` of a word to find and to recognise, itself first;
    `asked`, those only to recognise; `words` that must all be found.
    """

    def written(member: str) -> dict[str, str]:
        if " " in member:
            return {"words": member}
        return {"asked" if member in ASKED else "forms": " ".join(_forms(member, dictionary))}

    return [[written(member) for member in group] for group in GROUPS]


def _forms(word: str, dictionary: Dictionary) -> list[str]:
    """A word's forms, normalised, each once, itself first; of a word that the dictionary lacks, itself alone."""
    plain = word.replace("’", "")
    forms = [
        lexeme.base + ending
        for lexeme in dictionary.lexemes(plain)
        if lexeme.endings != UNKNOWN
        for ending in lexeme.endings.split(",")
    ]
    return list(dict.fromkeys([plain, *forms]))
