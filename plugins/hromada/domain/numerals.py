"""Numbers and nouns in Ukrainian: CLDR plural categories, formatting, declensions, numbers written in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import takewhile

from msgspec import Struct, field
from msgspec.structs import replace


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
        """The case that an abbreviation («зн.», «знах.», «ЗН») names; None for an unknown one."""
        word = text.casefold().rstrip(".")
        return cls.ACCUSATIVE if word == "знах" else next((case for case in cls if case == word), None)


CATEGORIES = ("one", "few", "many", "other")
_MANY = CATEGORIES.index("many")
_PLURAL_OF = {"их": "і", "іх": "і", "їх": "ї"}  # an adjective's genitive plural to its nominative: нових, нові


def plural_category(number: int) -> int:
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


def format_decimal(number: Fraction | int, places: int = 1) -> str:
    """«1 234,5»: rounded half away from zero, with exactly `places` digits after the decimal comma."""
    whole, rest = divmod(_rounded(abs(number) * 10**places), 10**places)
    minus = "\N{MINUS SIGN}" if number < 0 and (whole or rest) else ""
    return f"{minus}{grouped(whole)},{rest:0{places}d}" if places else f"{minus}{grouped(whole)}"


def format_multiple(ratio: Fraction | int) -> str:
    """«у 2 рази», «у 5 разів», «у 1,5 раза»: a multiple to one decimal; a fraction governs «раза»."""
    tenths = _rounded(ratio * 10)
    if tenths % 10:
        return f"у {format_decimal(Fraction(tenths, 10))}\N{NO-BREAK SPACE}раза"
    whole = tenths // 10
    return f"у {grouped(whole)}\N{NO-BREAK SPACE}{('раз', 'рази', 'разів')[plural_category(whole)]}"


def _rounded(number: Fraction | int) -> int:
    """Rounded half up, as readers expect; Python's round() rounds halves to even."""
    return int((number + Fraction(1, 2)) // 1)


class FormMissing(LookupError):
    """The noun has no form for this case; the message is Ukrainian."""


class Noun(Struct, frozen=True):
    """A counted noun, with its attributes: four forms (one, few, many, other) in each case it is used in."""

    name: str
    forms: Mapping[Case, tuple[str, str, str, str]] = field(default_factory=dict)

    def form(self, number: int, case: Case = Case.NOMINATIVE) -> str:
        """The noun alone in the form that agrees with the number; FormMissing where the table lacks the case."""
        try:
            return self.forms[case][plural_category(number)]
        except KeyError:
            raise FormMissing(f"іменник «{self.name}» не має форм відмінка «{case}.»") from None

    def counted(self, number: int, case: Case = Case.NOMINATIVE) -> str:
        """Number and noun: «631 публікацію»."""
        return f"{grouped(number)}\N{NO-BREAK SPACE}{self.form(number, case)}"

    def none_done(self, verb: str) -> str:
        """The verb at zero: «не розміщено жодної публікації» (negation takes the genitive)."""
        single = self.form(1, Case.GENITIVE)
        feminine = self._is_feminine(single)
        return f"не {verb} {'жодної' if feminine else 'жодного'} {single}"

    def _is_feminine(self, genitive: str) -> bool:
        """By the first word's genitive: feminine ones end in -и, -і, -ї (adjectives: -ої), other nouns of things don't."""
        return genitive.split()[0].endswith(("и", "і", "ї"))

    @property
    def attributes(self) -> int:
        """How many adjectives stand before the noun, by their genitive plural: «інформаційних повідомлень» has one."""
        genitive_plural = self.forms[Case.NOMINATIVE][_MANY].split() if Case.NOMINATIVE in self.forms else []
        return sum(1 for _ in takewhile(lambda word: word.endswith(tuple(_PLURAL_OF)), genitive_plural[:-1]))

    def with_few(self, attribute: Case) -> Noun:
        """The noun whose attribute after 2, 3, 4 is genitive («34 інформаційних повідомлення») or nominative plural.

        Both are correct; only the nominative and the accusative differ.
        """
        count = self.attributes
        plural = self.forms[Case.NOMINATIVE][_MANY].split()[:count] if count else []
        if attribute is not Case.GENITIVE:
            plural = [word[:-2] + _PLURAL_OF[word[-2:]] for word in plural]
        forms = dict(self.forms)
        for case in (Case.NOMINATIVE, Case.ACCUSATIVE):
            if case not in forms:
                continue
            one, few, many, other = forms[case]
            forms[case] = (one, " ".join([*plural, *few.split()[count:]]), many, other)
        return replace(self, forms=forms)


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
_ONE_WORD = "один|одна|одне|одну"  # «в одній публікації» counts nothing
_FURTHER = r"одн\w{1,3}|тисяч\w{0,3}"
_ANY = "|".join((*_SMALL, _ONE_WORD))
# At most six words, so that a page of numerals doesn't take quadratic time.
NUMBER_WORDS = rf"(?<!\w)(?:{_ANY})(?!\w)(?:[ \t\u00a0]+(?:{_ANY}|{_FURTHER})(?!\w)){{0,5}}+"


# Two lines for each noun. Singular: наз, род, дав, зн, ор, місц. Plural: the same without зн, which equals наз for things.
# People («підписник») are not here: their accusative is the genitive, «кількість … становить» says it better.
_DECLENSIONS = """
публікація, публікації, публікації, публікацію, публікацією, публікації
    публікації, публікацій, публікаціям, публікаціями, публікаціях
інформаційне повідомлення, інформаційного повідомлення, інформаційному повідомленню, інформаційне повідомлення, інформаційним повідомленням, інформаційному повідомленні
    інформаційні повідомлення, інформаційних повідомлень, інформаційним повідомленням, інформаційними повідомленнями, інформаційних повідомленнях
повідомлення, повідомлення, повідомленню, повідомлення, повідомленням, повідомленні
    повідомлення, повідомлень, повідомленням, повідомленнями, повідомленнях
окрема сторінка, окремої сторінки, окремій сторінці, окрему сторінку, окремою сторінкою, окремій сторінці
    окремі сторінки, окремих сторінок, окремим сторінкам, окремими сторінками, окремих сторінках
сторінка, сторінки, сторінці, сторінку, сторінкою, сторінці
    сторінки, сторінок, сторінкам, сторінками, сторінках
новина, новини, новині, новину, новиною, новині
    новини, новин, новинам, новинами, новинах
допис, допису, допису, допис, дописом, дописі
    дописи, дописів, дописам, дописами, дописах
репост, репосту, репосту, репост, репостом, репості
    репости, репостів, репостам, репостами, репостах
матеріал, матеріалу, матеріалу, матеріал, матеріалом, матеріалі
    матеріали, матеріалів, матеріалам, матеріалами, матеріалах
стаття, статті, статті, статтю, статтею, статті
    статті, статей, статтям, статтями, статтях
анонс, анонсу, анонсу, анонс, анонсом, анонсі
    анонси, анонсів, анонсам, анонсами, анонсах
оголошення, оголошення, оголошенню, оголошення, оголошенням, оголошенні
    оголошення, оголошень, оголошенням, оголошеннями, оголошеннях
пресреліз, пресрелізу, пресрелізу, пресреліз, пресрелізом, пресрелізі
    пресрелізи, пресрелізів, пресрелізам, пресрелізами, пресрелізах
брифінг, брифінгу, брифінгу, брифінг, брифінгом, брифінгу
    брифінги, брифінгів, брифінгам, брифінгами, брифінгах
пресконференція, пресконференції, пресконференції, пресконференцію, пресконференцією, пресконференції
    пресконференції, пресконференцій, пресконференціям, пресконференціями, пресконференціях
відеоролик, відеоролика, відеоролику, відеоролик, відеороликом, відеоролику
    відеоролики, відеороликів, відеороликам, відеороликами, відеороликах
відеоматеріал, відеоматеріалу, відеоматеріалу, відеоматеріал, відеоматеріалом, відеоматеріалі
    відеоматеріали, відеоматеріалів, відеоматеріалам, відеоматеріалами, відеоматеріалах
відеозапис, відеозапису, відеозапису, відеозапис, відеозаписом, відеозаписі
    відеозаписи, відеозаписів, відеозаписам, відеозаписами, відеозаписах
світлина, світлини, світлині, світлину, світлиною, світлині
    світлини, світлин, світлинам, світлинами, світлинах
фотографія, фотографії, фотографії, фотографію, фотографією, фотографії
    фотографії, фотографій, фотографіям, фотографіями, фотографіях
захід, заходу, заходу, захід, заходом, заході
    заходи, заходів, заходам, заходами, заходах
подія, події, події, подію, подією, події
    події, подій, подіям, подіями, подіях
послуга, послуги, послузі, послугу, послугою, послузі
    послуги, послуг, послугам, послугами, послугах
звернення, звернення, зверненню, звернення, зверненням, зверненні
    звернення, звернень, зверненням, зверненнями, зверненнях
запит, запиту, запиту, запит, запитом, запиті
    запити, запитів, запитам, запитами, запитах
засідання, засідання, засіданню, засідання, засіданням, засіданні
    засідання, засідань, засіданням, засіданнями, засіданнях
питання, питання, питанню, питання, питанням, питанні
    питання, питань, питанням, питаннями, питаннях
проєкт рішення, проєкту рішення, проєкту рішення, проєкт рішення, проєктом рішення, проєкті рішення
    проєкти рішень, проєктів рішень, проєктам рішень, проєктами рішень, проєктах рішень
розпорядження, розпорядження, розпорядженню, розпорядження, розпорядженням, розпорядженні
    розпорядження, розпоряджень, розпорядженням, розпорядженнями, розпорядженнях
документ, документа, документу, документ, документом, документі
    документи, документів, документам, документами, документах
звіт, звіту, звіту, звіт, звітом, звіті
    звіти, звітів, звітам, звітами, звітах
щоденний звіт, щоденного звіту, щоденному звіту, щоденний звіт, щоденним звітом, щоденному звіті
    щоденні звіти, щоденних звітів, щоденним звітам, щоденними звітами, щоденних звітах
двотижневий звіт, двотижневого звіту, двотижневому звіту, двотижневий звіт, двотижневим звітом, двотижневому звіті
    двотижневі звіти, двотижневих звітів, двотижневим звітам, двотижневими звітами, двотижневих звітах
довідка, довідки, довідці, довідку, довідкою, довідці
    довідки, довідок, довідкам, довідками, довідках
огляд, огляду, огляду, огляд, оглядом, огляді
    огляди, оглядів, оглядам, оглядами, оглядах
запис, запису, запису, запис, записом, записі
    записи, записів, записам, записами, записах
підрозділ, підрозділу, підрозділу, підрозділ, підрозділом, підрозділі
    підрозділи, підрозділів, підрозділам, підрозділами, підрозділах
організація, організації, організації, організацію, організацією, організації
    організації, організацій, організаціям, організаціями, організаціях
показник, показника, показнику, показник, показником, показнику
    показники, показників, показникам, показниками, показниках
зміна, зміни, зміні, зміну, зміною, зміні
    зміни, змін, змінам, змінами, змінах
рядок, рядка, рядку, рядок, рядком, рядку
    рядки, рядків, рядкам, рядками, рядках
адреса, адреси, адресі, адресу, адресою, адресі
    адреси, адрес, адресам, адресами, адресах
файл, файлу, файлу, файл, файлом, файлі
    файли, файлів, файлам, файлами, файлах
помилка, помилки, помилці, помилку, помилкою, помилці
    помилки, помилок, помилкам, помилками, помилках
попередження, попередження, попередженню, попередження, попередженням, попередженні
    попередження, попереджень, попередженням, попередженнями, попередженнях
день, дня, дню, день, днем, дні
    дні, днів, дням, днями, днях
тиждень, тижня, тижню, тиждень, тижнем, тижні
    тижні, тижнів, тижням, тижнями, тижнях
місяць, місяця, місяцю, місяць, місяцем, місяці
    місяці, місяців, місяцям, місяцями, місяцях
літера, літери, літері, літеру, літерою, літері
    літери, літер, літерам, літерами, літерах
перевірка, перевірки, перевірці, перевірку, перевіркою, перевірці
    перевірки, перевірок, перевіркам, перевірками, перевірках
вада, вади, ваді, ваду, вадою, ваді
    вади, вад, вадам, вадами, вадах
знак, знака, знаку, знак, знаком, знаку
    знаки, знаків, знакам, знаками, знаках
рік, року, року, рік, роком, році
    роки, років, рокам, роками, роках
раз, разу, разу, раз, разом, разі
    рази, разів, разам, разами, разах
"""
# «34 інформаційних повідомлення» is the wording of the council's own report; `few` in figures.toml chooses the other.
_FEW = {"інформаційне повідомлення": Case.GENITIVE}
_FRACTION = {"раз": "раза"}  # «у 1,5 раза», though «жодного разу»


def _noun(singular: str, plural: str) -> Noun:
    """The four CLDR forms in each case: a fraction takes the genitive singular, 2–4 the nominative plural."""
    singular_forms = [cell.strip() for cell in singular.split(",")]
    name, genitive = singular_forms[:2]
    nominative_plural, genitive_plural, dative, instrumental, locative = (cell.strip() for cell in plural.split(","))
    few_and_many = [
        (nominative_plural, genitive_plural),
        (genitive_plural, genitive_plural),
        (dative, dative),
        (nominative_plural, genitive_plural),
        (instrumental, instrumental),
        (locative, locative),
    ]
    fraction = _FRACTION.get(name, genitive)
    rows = zip(Case, singular_forms, few_and_many, strict=True)
    noun = Noun(name, {case: (one, few, many, fraction) for case, one, (few, many) in rows})
    return noun.with_few(_FEW[name]) if name in _FEW else noun


def _read(table: str) -> dict[str, Noun]:
    lines = table.strip().splitlines()
    nouns = [_noun(singular, plural) for singular, plural in zip(lines[::2], lines[1::2], strict=True)]
    return {noun.name: noun for noun in nouns}


NOUNS: Mapping[str, Noun] = _read(_DECLENSIONS)
