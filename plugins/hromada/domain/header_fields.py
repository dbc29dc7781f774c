"""The fields of a Markdown header: the one table that the reader, the schema, the fixes, the imports and the docs use.

A new field is one `FieldSpec` here. With the attribute `extra` no rule looks at it: templates find its text by its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from hromada.domain.alphabet import capitalized
from hromada.domain.event import EVENT_STATES
from hromada.domain.item import STATUSES, Kind

YES_NO: Mapping[str, bool] = MappingProxyType(
    {"yes": True, "так": True, "true": True, "no": False, "ні": False, "false": False}
)
UNIT_KINDS: Mapping[str, str] = MappingProxyType(
    {"unit": "unit", "підрозділ": "unit", "partner": "partner", "організація": "partner"}
)


class FieldType(Enum):
    """What a field's value is."""

    TEXT = "text"
    LIST = "list"  # of texts
    URL = "url"  # of another site
    HTTPS = "https"  # the address of another site that browsers open encrypted
    LINES = "lines"  # a text of one line or several
    DAY = "day"
    MOMENT = "moment"  # a day, with a time or without
    WORD = "word"  # one of a few words
    PERIOD = "period"


class TextRole(Enum):
    """What a field’s text is to the checks of words."""

    PROSE = "prose"  # a person's sentence
    NAME = "name"  # a word by which things are counted
    DATA = "data"


EVERY_KIND = frozenset(Kind)
# A report is signed or amended, never withdrawn; what it refers to stands in its text.
EVERY_ITEM = EVERY_KIND - {Kind.REPORT}
_UNIT = frozenset({Kind.UNIT})
_CONTACT = frozenset({Kind.UNIT, Kind.PAGE})
_REPORT = frozenset({Kind.REPORT})
_SERVICE = frozenset({Kind.SERVICE})
_BUT_SERVICES = EVERY_KIND - _SERVICE  # services are undated and have no pictures of their own
_DATED = frozenset({Kind.NEWS, Kind.MESSAGE})


def _meanings(words: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((word, str(meaning)) for word, meaning in words.items())


class FieldSpec(NamedTuple):
    """One field. `synonyms` are its Ukrainian names, the first one is shown; the others are taken as well.

    `elsewhere` are names of the same in other systems and in people's habits: the check tells them, the reader does not
    take them. `is_compared`: readers see it, so an approved report knows when it was changed (domain/content_digest).
    `is_imported`: a header of an earlier site may have it in just this form. `label` and `form_hint` are what the form of
    the editor in the browser says where the first synonym or the description does not fit: nobody writes files there.
    """

    key: str
    synonyms: tuple[str, ...]
    description: str  # for the schema: Ukrainian
    type: FieldType = FieldType.TEXT
    role: TextRole = TextRole.DATA
    kinds: frozenset[Kind] = EVERY_KIND
    attribute: str = ""  # of Item, or of a unit, that holds the value; empty where the reader does more with it
    words: tuple[tuple[str, str], ...] = ()  # of a WORD: each with what it means
    is_compared: bool = False
    is_imported: bool = False
    elsewhere: str = ""  # separated by commas
    obligatory: frozenset[Kind] = frozenset()  # the kinds that can't be published without it
    label: str = ""
    form_hint: str = ""

    @property
    def shown_name(self) -> str:
        """Its Ukrainian name with a capital letter; the key of a field that has none."""
        return capitalized(self.label or (self.synonyms[0] if self.synonyms else self.key))


FIELDS = (
    FieldSpec(
        "title",
        ("заголовок", "назва"),
        "Назва матеріалу: так її побачать читачі. Обов’язкове поле.",
        role=TextRole.PROSE,
        attribute="title",
        elsewhere="headline, name",
        obligatory=EVERY_KIND,
        form_hint="Так матеріал назвуть у списках і на сторінці.",
    ),
    FieldSpec(
        "date",
        ("дата",),
        "День, за яким матеріал потрапляє до звіту: 2021-07-05, 05.07.2021, 5 липня 2021 р., можна з часом 14:30. У новин і "
        "повідомлень обов’язкове, крім чернетки.",
        FieldType.MOMENT,
        kinds=_BUT_SERVICES,
        elsewhere="дата публікації, опубліковано, час, published, publishdate, pubdate, published-at, date-published, created, created-at",
        obligatory=_DATED,
        form_hint="Київський день і час. За цим днем матеріал потрапляє до звіту; з майбутньою датою він чекає свого дня.",
    ),
    FieldSpec(
        "modified",
        ("змінено",),
        "Коли матеріал змінено, можна з часом 14:30. На підрахунок не впливає.",
        FieldType.MOMENT,
        attribute="modified",
        elsewhere="оновлено, updated, lastmod, last-modified-at, last-modified, date-modified, updated-at, modified-date",
    ),
    FieldSpec(
        "slug",
        ("адреса",),
        "Адреса сторінки латинськими літерами; без поля – з назви файлу.",
        elsewhere="url, permalink, slug-url, basename",
    ),
    FieldSpec(
        "category",
        ("рубрика", "розділ"),
        "Рубрика новини, одна.",
        role=TextRole.NAME,
        attribute="category",
        kinds=_BUT_SERVICES,
        elsewhere="категорія, категория, рубрики, тема, categories",
    ),
    FieldSpec(
        "tags",
        ("теги",),
        "Теги: перелік або через кому чи крапку з комою.",
        FieldType.LIST,
        TextRole.NAME,
        attribute="tags",
        is_compared=True,
        elsewhere="тег, ключові слова, keywords, tag",
        form_hint="По одному в рядку.",
    ),
    FieldSpec(
        "summary",
        ("анотація",),
        "Одне–два речення для списків; без поля – початок тексту.",
        role=TextRole.PROSE,
        attribute="summary",
        is_compared=True,
        elsewhere="опис, короткий опис, лід, description, excerpt, abstract, subtitle, lead, lede, intro",
        form_hint="Одне–два речення для списків; якщо порожньо, візьмемо початок тексту.",
    ),
    FieldSpec(
        "image",
        ("зображення",),
        "Головна світлина: файл поруч або в content/images; можна «файл | опис | підпис | автор».",
        kinds=_BUT_SERVICES,
        elsewhere="фото, світлина, картинка, обкладинка, cover, photo, picture, thumbnail, thumb, featured-image, featuredimage, "
        "feature-image, banner, hero, hero-image, header-image, cover-image, og-image, teaser",
        label="головне фото",
        form_hint="Велике над текстом і мале у списках. Без нього у списках стоїть перше фото галереї.",
    ),
    FieldSpec(
        "image-alt",
        ("опис зображення",),
        "Що на світлині – для тих, хто її не бачить.",
        role=TextRole.PROSE,
        kinds=_BUT_SERVICES,
        elsewhere="опис фото, опис світлини, alt, image-caption, alt-text, thumbnail-alt",
    ),
    FieldSpec(
        "gallery",
        ("галерея",),
        "Світлини галереї: тека з ними або перелік, кожна як «файл | опис | підпис | автор».",
        FieldType.LIST,
        kinds=_BUT_SERVICES,
        elsewhere="фотографії, світлини, photos, images, gallery-images",
        form_hint="Фото під текстом, у цьому порядку.",
    ),
    FieldSpec(
        "status",
        ("стан", "статус"),
        "Стан: опубліковано (якщо поля немає), чернетка (немає на сайті), приховано (сторінка є, у списках і в підрахунку немає).",
        FieldType.WORD,
        words=_meanings(STATUSES),
        form_hint="Чернетки немає ні на сайті, ні у звіті. Приховане має сторінку, але його немає у списках і в підрахунку.",
    ),
    FieldSpec(
        "lang",
        ("мова",),
        "Мова перекладу: en, pl; без поля – українська або та, що в назві файлу (x.en.md).",
        is_compared=True,
        elsewhere="language, locale",
    ),
    FieldSpec(
        "event-date",
        ("дата події",),
        "Коли подія починається.",
        FieldType.MOMENT,
        attribute="event_start",
        is_compared=True,
        is_imported=True,
        kinds=_BUT_SERVICES,
        elsewhere="start, start-date, startdate",
        form_hint="Коли подія починається. Подія на весь день – залиште час 00:00.",
    ),
    FieldSpec(
        "event-end",
        ("кінець події",),
        "Коли подія закінчується.",
        FieldType.MOMENT,
        attribute="event_end",
        is_compared=True,
        is_imported=True,
        kinds=_BUT_SERVICES,
        elsewhere="end, end-date, enddate",
        form_hint="Коли подія закінчується; можна не вказувати.",
    ),
    FieldSpec(
        "event-place",
        ("місце",),
        "Де подія відбувається.",
        role=TextRole.PROSE,
        attribute="event_place",
        is_compared=True,
        is_imported=True,
        kinds=_BUT_SERVICES,
        elsewhere="location, venue",
    ),
    FieldSpec(
        "event-url",
        ("посилання на подію", "сторінка події"),
        "Де про подію докладніше або де долучитися: адреса з https://.",
        FieldType.URL,
        attribute="extra",
        is_compared=True,
        is_imported=True,
        kinds=_BUT_SERVICES,
        elsewhere="event-link, registration, registration-url, join-url",
    ),
    FieldSpec(
        "event-repeat",
        ("повторюється",),
        "Як часто подія повторюється і до якого дня: «щотижня до 26.03.2022, крім 05.03.2022»; щодня, щотижня, що два тижні, "
        "щомісяця, щороку, щонайдовше 366 днів.",
        kinds=_BUT_SERVICES,
        is_compared=True,
        elsewhere="повторення, повтор, repeat, recurrence, rrule, recurring",
        form_hint="Наприклад: щотижня до 26.03.2022, крім 05.03.2022. Можна: щодня, щотижня, що два тижні, щомісяця, щороку; щонайдовше 366 днів.",
        is_imported=True,
    ),
    FieldSpec(
        "event-state",
        ("стан події",),
        "Що сталося з подією: скасовано або перенесено; без поля вона відбудеться.",
        FieldType.WORD,
        words=_meanings(EVENT_STATES),
        kinds=_BUT_SERVICES,
        is_compared=True,
        elsewhere="статус події, event-status, eventstatus",
        is_imported=True,
    ),
    FieldSpec(
        "event-was",
        ("попередня дата",),
        "Дата, на яку подію було призначено раніше; лише разом зі станом «перенесено».",
        FieldType.MOMENT,
        kinds=_BUT_SERVICES,
        is_compared=True,
        elsewhere="previous-start-date, previousstartdate, колишня дата",
        is_imported=True,
    ),
    FieldSpec(
        "expires",
        ("діє до",),
        "До якого дня матеріал чинний.",
        FieldType.DAY,
        attribute="expires",
        is_compared=True,
        is_imported=True,
        elsewhere="expirydate, unpublishdate, expiry",
    ),
    FieldSpec(
        "withdrawn",
        ("відкликано",),
        "Чому матеріал відкликано: від дня відкликання на його адресі лишаються назва, дати й ця причина.",
        role=TextRole.PROSE,
        kinds=EVERY_ITEM,
        attribute="withdrawn",
        is_imported=True,
        elsewhere="відкликати, скасовано, retracted, retraction, revoked",
    ),
    FieldSpec(
        "withdrawn-date",
        ("дата відкликання",),
        "Від якого дня матеріал відкликано. Потрібна разом із причиною.",
        FieldType.DAY,
        kinds=EVERY_ITEM,
        attribute="withdrawn_on",
        is_imported=True,
        elsewhere="відкликано з, retraction-date, revoked-on",
    ),
    FieldSpec(
        "review",
        ("переглянути до",),
        "Від якого дня перевірка нагадуватиме переглянути матеріал.",
        FieldType.DAY,
        kinds=EVERY_ITEM,
        attribute="review",
        is_imported=True,
        elsewhere="перевірити до, переглянути, review-by, review-date, reviewby",
    ),
    FieldSpec(
        "related",
        ("дивіться також",),
        "Матеріали сайту, на які сторінка вказує наприкінці: шляхи до файлів.",
        FieldType.LIST,
        kinds=EVERY_ITEM,
        is_compared=True,
        is_imported=True,
        elsewhere="див. також, читайте також, пов’язані, see-also, related-posts",
    ),
    FieldSpec(
        "author",
        ("автор",),
        "Хто написав.",
        role=TextRole.PROSE,
        attribute="author",
        is_compared=True,
        kinds=_BUT_SERVICES,
        elsewhere="автори, редактор, видавець, authors, writer, byline, editor, editors",
    ),
    FieldSpec(
        "source",
        ("джерело",),
        "Звідки матеріал: назва або посилання.",
        attribute="source",
        is_compared=True,
        is_imported=True,
        kinds=_BUT_SERVICES,
        elsewhere="посилання, source-url, original-url, canonical, canonical-url, link",
    ),
    FieldSpec(
        "kind",
        (),
        "Сторінка підрозділу: підрозділ (unit) чи організація (partner), з якою взаємодіє рада.",
        FieldType.WORD,
        kinds=_UNIT,
        words=_meanings(UNIT_KINDS),
        is_imported=True,
        label="вид сторінки",
        form_hint="Підрозділ ради чи організація, з якою вона взаємодіє.",
    ),
    FieldSpec(
        "closed",
        (),
        "Сторінка підрозділу: останній день, коли вона діє.",
        FieldType.DAY,
        kinds=_UNIT,
        is_imported=True,
        label="остання дата",
        form_hint="Останній день, коли сторінка підрозділу діє.",
    ),
    FieldSpec(
        "confirmed",
        (),
        "Сторінка підрозділу або послуга: чи підтверджено відомості, так або ні.",
        FieldType.WORD,
        kinds=_UNIT | _SERVICE,
        words=_meanings(YES_NO),
        is_imported=True,
        label="відомості підтверджено",
        form_hint="Чи підтверджено відомості на сторінці.",
    ),
    FieldSpec("phone", (), "Телефон підрозділу.", kinds=_CONTACT, attribute="phone", is_imported=True, label="телефон"),
    FieldSpec(
        "email",
        (),
        "Електронна пошта підрозділу.",
        kinds=_CONTACT,
        attribute="email",
        is_imported=True,
        label="електронна пошта",
    ),
    FieldSpec(
        "address",
        (),
        "Поштова адреса підрозділу.",
        kinds=_CONTACT,
        attribute="address",
        is_imported=True,
        label="поштова адреса",
    ),
    FieldSpec(
        "map",
        ("мапа",),
        "Посилання на мапу, на якій видно адресу: https://… будь-якого сайту карт.",
        FieldType.HTTPS,
        kinds=_UNIT,
        attribute="map",
        elsewhere="карта, координати, coordinates, geo, map-url, map-link, location-map",
        is_imported=True,
    ),
    FieldSpec(
        "hours",
        (),
        "Години роботи, один рядок або кілька: пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45.",
        FieldType.LINES,
        TextRole.PROSE,
        kinds=_CONTACT,
        attribute="hours",
        is_imported=True,
        label="години роботи",
        form_hint="Один рядок або кілька: пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45.",
    ),
    FieldSpec(
        "head",
        (),
        "Хто очолює підрозділ: посада.",
        role=TextRole.PROSE,
        kinds=_UNIT,
        attribute="head",
        is_imported=True,
        label="керівник",
        form_hint="Посада того, хто очолює підрозділ.",
    ),
    FieldSpec(
        "unit",
        ("підрозділ",),
        "Послуга: тека підрозділу, який її надає, наприклад viddil-zhkh. Обов’язкове поле послуги.",
        kinds=_SERVICE,
        attribute="unit",
        is_imported=True,
        elsewhere="надає, виконавець, відділ, department, provider, organization, organisation",
        obligatory=_SERVICE,
        form_hint="Хто надає послугу.",
    ),
    FieldSpec(
        "audience",
        ("для кого",),
        "Послуга: хто може її отримати.",
        role=TextRole.PROSE,
        kinds=_SERVICE,
        attribute="audience",
        is_imported=True,
        elsewhere="хто може отримати, отримувач, заявник, who, eligibility, recipient",
        form_hint="Хто може отримати послугу.",
    ),
    FieldSpec(
        "documents",
        ("документи",),
        "Послуга: які документи потрібні, перелік.",
        FieldType.LIST,
        TextRole.PROSE,
        kinds=_SERVICE,
        attribute="documents",
        is_imported=True,
        elsewhere="потрібні документи, перелік документів, papers, requirements",
        form_hint="Які документи потрібні, по одному в рядку.",
    ),
    FieldSpec(
        "life-events",
        ("життєві події",),
        "Послуга: за яких подій у житті вона потрібна, перелік: народження дитини; переїзд.",
        FieldType.LIST,
        TextRole.NAME,
        kinds=_SERVICE,
        attribute="life_events",
        is_imported=True,
        elsewhere="життєва подія, life-event, life events, life event, situations",
        form_hint="За яких подій у житті вона потрібна, по одній у рядку: народження дитини, переїзд.",
    ),
    FieldSpec(
        "term",
        ("строк",),
        "Послуга: за який час її надають.",
        role=TextRole.PROSE,
        kinds=_SERVICE,
        attribute="term",
        is_imported=True,
        elsewhere="термін, строк надання, deadline, duration",
        form_hint="За який час послугу надають.",
    ),
    FieldSpec(
        "price",
        ("вартість",),
        "Послуга: скільки вона коштує; «безоплатно», якщо нічого.",
        role=TextRole.PROSE,
        kinds=_SERVICE,
        attribute="price",
        is_imported=True,
        elsewhere="ціна, плата, оплата, cost, fee",
        form_hint="Скільки вона коштує; «безоплатно», якщо нічого.",
    ),
    FieldSpec(
        "ground",
        ("підстава",),
        "Послуга: закон або рішення, за яким її надають.",
        role=TextRole.PROSE,
        kinds=_SERVICE,
        attribute="ground",
        is_imported=True,
        elsewhere="правова підстава, нормативна база, закон, legal-basis, law, grounds",
        form_hint="Закон або рішення, за яким її надають.",
    ),
    FieldSpec(
        "where",
        ("де",),
        "Послуга: куди прийти; без поля – адреса підрозділу.",
        role=TextRole.PROSE,
        kinds=_SERVICE,
        attribute="where",
        is_imported=True,
        elsewhere="куди звертатися, де отримати, place",
        form_hint="Куди прийти; якщо порожньо, стоятиме адреса підрозділу.",
    ),
    FieldSpec(
        "online",
        ("онлайн",),
        "Послуга: де її замовляють в інтернеті, адреса з https://.",
        FieldType.HTTPS,
        kinds=_SERVICE,
        attribute="online",
        is_imported=True,
        elsewhere="електронна послуга, online-url, e-service",
        form_hint="Де послугу замовляють в інтернеті: адреса з https://.",
    ),
    FieldSpec(
        "form",
        ("бланк",),
        "Послуга: файл бланка заяви, поруч або в content/files.",
        kinds=_SERVICE,
        attribute="form",
        is_imported=True,
        elsewhere="заява, форма, бланк заяви, application, template-file",
        form_hint="Файл бланка заяви: PDF, DOCX чи ODT.",
    ),
    FieldSpec(
        "period",
        (),
        "Звіт: його період, 2021-H2 або «II півріччя 2021 року».",
        FieldType.PERIOD,
        kinds=_REPORT,
        obligatory=_REPORT,
        label="період",
        form_hint="Наприклад, 2021-H2 – друге півріччя 2021 року.",
    ),
    FieldSpec(
        "complete",
        (),
        "Звіт: чи архів за період повний, так або ні.",
        FieldType.WORD,
        kinds=_REPORT,
        words=_meanings(YES_NO),
        label="архів повний",
        form_hint="Чи є тут усі матеріали цього періоду.",
    ),
)
BY_KEY: Mapping[str, FieldSpec] = MappingProxyType({spec.key: spec for spec in FIELDS})
# Every word that names a field, in lower case, to its key.
KEYS: Mapping[str, str] = MappingProxyType({name: spec.key for spec in FIELDS for name in (spec.key, *spec.synonyms)})


def names_of(key: str) -> tuple[str, ...]:
    """All names that the reader takes for a field, its key first."""
    return (key, *BY_KEY[key].synonyms)


def keys_of(kind: Kind) -> tuple[str, ...]:
    """The fields that a file of this kind may have."""
    return tuple(spec.key for spec in FIELDS if kind in spec.kinds)


def _where(specs: Iterable[FieldSpec]) -> frozenset[str]:
    return frozenset(spec.key for spec in specs)


COMMON = keys_of(Kind.NEWS)  # what a publication of any site may have
PROSE = _where(spec for spec in FIELDS if spec.role is TextRole.PROSE)
NAMES = _where(spec for spec in FIELDS if spec.role is TextRole.NAME)
LISTS = _where(spec for spec in FIELDS if spec.type is FieldType.LIST)
MULTILINE = _where(spec for spec in FIELDS if spec.type is FieldType.LINES)
DATES = _where(spec for spec in FIELDS if spec.type in (FieldType.DAY, FieldType.MOMENT))
# Values that are no words of a text: a fix of quotes or spaces has nothing to do there.
TOKENS = _where(spec for spec in FIELDS if spec.type in (FieldType.WORD, FieldType.PERIOD)) | {"lang"}


def _advised(spec: FieldSpec, name: str) -> str:
    """A Latin name is answered by the key, a Ukrainian one by the Ukrainian name."""
    return spec.key if name.isascii() or not spec.synonyms else spec.synonyms[0]


# What other systems and people call the same, to our name for it.
ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {name: _advised(spec, name) for spec in FIELDS if spec.elsewhere for name in spec.elsewhere.split(", ")}
)
