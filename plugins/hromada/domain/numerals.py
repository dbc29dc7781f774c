"""Numbers and the words beside them: CLDR plural categories for Ukrainian, nouns by case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Case(StrEnum):
    """The grammatical case of a noun, by its abbreviation in figures.toml and in placeholders."""

    NOMINATIVE = "наз"
    GENITIVE = "род"
    DATIVE = "дав"
    ACCUSATIVE = "зн"
    INSTRUMENTAL = "ор"
    LOCATIVE = "місц"

    @classmethod
    def parse(cls, text: str) -> Case | None:
        """«зн.», «знах.», «ЗН» and the like; None when it is no case."""
        word = text.casefold().rstrip(".")
        return cls.ACCUSATIVE if word == "знах" else next((case for case in cls if case == word), None)


CATEGORIES = ("one", "few", "many", "other")


def category(number: int) -> int:
    """The index in CATEGORIES of a whole number's plural form (CLDR `uk`): 1, 21, 631 one; 2, 34 few; 0, 11, 46 many."""
    tens, units = number % 100, number % 10
    if units == 1 and tens != 11:
        return 0
    if 2 <= units <= 4 and not 12 <= tens <= 14:
        return 1
    return 2


def grouped(number: int) -> str:
    """Digits in groups of three by no-break spaces: 1 011."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


class FormMissing(LookupError):
    """The noun has no form for this case; the message is Ukrainian."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun, with its attributes: four forms (one, few, many, other) in each case it is used in."""

    name: str
    forms: Mapping[Case, tuple[str, str, str, str]] = field(default_factory=dict)

    def form(self, number: int, case: Case = Case.NOMINATIVE) -> str:
        """The noun alone in the form that agrees with the number; FormMissing where the table lacks the case."""
        try:
            return self.forms[case][category(number)]
        except KeyError:
            raise FormMissing(f"іменник «{self.name}» не має форм відмінка «{case}.»") from None

    def counted(self, number: int, case: Case = Case.NOMINATIVE) -> str:
        """Number and noun: «631 публікацію»."""
        return f"{grouped(number)}\N{NO-BREAK SPACE}{self.form(number, case)}"

    def none_done(self, verb: str) -> str:
        """A verb with nothing to count: «не розміщено жодної публікації» (negation asks for the genitive)."""
        single = self.form(1, Case.GENITIVE)
        feminine = self._is_feminine(single)
        return f"не {verb} {'жодної' if feminine else 'жодного'} {single}"

    def _is_feminine(self, genitive: str) -> bool:
        """By the head word: its genitive ends in -ої (with an adjective), or in -и, -і, -ї (a bare noun)."""
        head = genitive.split()[0]
        if head.endswith("ого") or head.endswith("ього"):
            return False
        return head.endswith(("ої", "ьої", "и", "і", "ї"))


def _forms(table: str) -> dict[Case, tuple[str, str, str, str]]:
    rows = (line.split(":") for line in table.strip().splitlines())
    return {Case(name.strip()): _four(cells) for name, cells in rows}


def _four(cells: str) -> tuple[str, str, str, str]:
    one, few, many, other = (cell.strip() for cell in cells.split(","))
    return one, few, many, other


# The nouns of reports seen in practice; figures.toml adds others and overrides these, case by case.
# «34 інформаційних повідомлення» (few with a genitive attribute) is the wording of the council's own report.
NOUNS: Mapping[str, Noun] = {
    name: Noun(name, _forms(table))
    for name, table in {
        "публікація": """
            наз: публікація, публікації, публікацій, публікації
            род: публікації, публікацій, публікацій, публікації
            дав: публікації, публікаціям, публікаціям, публікації
            зн: публікацію, публікації, публікацій, публікації
            ор: публікацією, публікаціями, публікаціями, публікації
            місц: публікації, публікаціях, публікаціях, публікації""",
        "інформаційне повідомлення": """
            наз: інформаційне повідомлення, інформаційних повідомлення, інформаційних повідомлень, інформаційного повідомлення
            род: інформаційного повідомлення, інформаційних повідомлень, інформаційних повідомлень, інформаційного повідомлення
            дав: інформаційному повідомленню, інформаційним повідомленням, інформаційним повідомленням, інформаційного повідомлення
            зн: інформаційне повідомлення, інформаційних повідомлення, інформаційних повідомлень, інформаційного повідомлення
            ор: інформаційним повідомленням, інформаційними повідомленнями, інформаційними повідомленнями, інформаційного повідомлення
            місц: інформаційному повідомленні, інформаційних повідомленнях, інформаційних повідомленнях, інформаційного повідомлення""",
        "повідомлення": """
            наз: повідомлення, повідомлення, повідомлень, повідомлення
            род: повідомлення, повідомлень, повідомлень, повідомлення
            дав: повідомленню, повідомленням, повідомленням, повідомлення
            зн: повідомлення, повідомлення, повідомлень, повідомлення
            ор: повідомленням, повідомленнями, повідомленнями, повідомлення
            місц: повідомленні, повідомленнях, повідомленнях, повідомлення""",
        "сторінка": """
            наз: сторінка, сторінки, сторінок, сторінки
            род: сторінки, сторінок, сторінок, сторінки
            дав: сторінці, сторінкам, сторінкам, сторінки
            зн: сторінку, сторінки, сторінок, сторінки
            ор: сторінкою, сторінками, сторінками, сторінки
            місц: сторінці, сторінках, сторінках, сторінки""",
        "окрема сторінка": """
            наз: окрема сторінка, окремі сторінки, окремих сторінок, окремої сторінки
            род: окремої сторінки, окремих сторінок, окремих сторінок, окремої сторінки
            дав: окремій сторінці, окремим сторінкам, окремим сторінкам, окремої сторінки
            зн: окрему сторінку, окремі сторінки, окремих сторінок, окремої сторінки
            ор: окремою сторінкою, окремими сторінками, окремими сторінками, окремої сторінки
            місц: окремій сторінці, окремих сторінках, окремих сторінках, окремої сторінки""",
        "новина": """
            наз: новина, новини, новин, новини
            род: новини, новин, новин, новини
            зн: новину, новини, новин, новини""",
        "матеріал": """
            наз: матеріал, матеріали, матеріалів, матеріалу
            род: матеріалу, матеріалів, матеріалів, матеріалу
            зн: матеріал, матеріали, матеріалів, матеріалу""",
        "репост": """
            наз: репост, репости, репостів, репосту
            род: репосту, репостів, репостів, репосту
            зн: репост, репости, репостів, репосту""",
        "допис": """
            наз: допис, дописи, дописів, допису
            род: допису, дописів, дописів, допису
            зн: допис, дописи, дописів, допису""",
        "звернення": """
            наз: звернення, звернення, звернень, звернення
            род: звернення, звернень, звернень, звернення
            зн: звернення, звернення, звернень, звернення""",
        "запис": """
            наз: запис, записи, записів, запису
            род: запису, записів, записів, запису
            зн: запис, записи, записів, запису""",
        "рядок": """
            наз: рядок, рядки, рядків, рядка
            род: рядка, рядків, рядків, рядка
            зн: рядок, рядки, рядків, рядка""",
        "помилка": """
            наз: помилка, помилки, помилок, помилки
            род: помилки, помилок, помилок, помилки
            зн: помилку, помилки, помилок, помилки""",
        "попередження": """
            наз: попередження, попередження, попереджень, попередження
            род: попередження, попереджень, попереджень, попередження
            зн: попередження, попередження, попереджень, попередження""",
        "файл": """
            наз: файл, файли, файлів, файлу
            род: файлу, файлів, файлів, файлу
            зн: файл, файли, файлів, файлу""",
        "підрозділ": """
            наз: підрозділ, підрозділи, підрозділів, підрозділу
            род: підрозділу, підрозділів, підрозділів, підрозділу
            зн: підрозділ, підрозділи, підрозділів, підрозділу""",
        "організація": """
            наз: організація, організації, організацій, організації
            род: організації, організацій, організацій, організації
            зн: організацію, організації, організацій, організації""",
    }.items()
}
