"""The form's widgets for the fields of headers, from the one table of fields.

A field that the table gets is in the forms of its kinds by itself: among «Інші поля», by the widget of its type.
What is named here is what the table can't say: which fields come first, which belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from hromada.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from hromada.domain.header_fields import BY_KEY, FIELDS, FieldSpec, FieldType
from hromada.domain.item import Kind

Field = dict[str, Any]  # a field of the CMS's configuration
BODY = "body"
MORE = "more"  # the group of fields that are seldom needed; the file knows no groups
SOURCE = "_source"  # the header as it was read, so that saving keeps what nobody has changed
DAY_FORMAT, MOMENT_FORMAT = "YYYY-MM-DD", "YYYY-MM-DD HH:mm"
_ZONE = "Europe/Kyiv"  # wherever the editor's computer is
_HOST = r"[^\s/?#@]+\.[^\s/?#@.]+(?:[/?#]\S*)?"
EVENT_DATE = "event-date"  # by which the CMS tells events from other news
_EVENT = tuple(spec.key for spec in FIELDS if spec.key.startswith("event-"))
# Fields of the table that no form has, each for a reason.
_LEFT_OUT: Mapping[str, str] = MappingProxyType({
    "image-alt": "stands beside the file, in the group of the picture",
    "slug": "the file's name makes the address; another slug would move a page that is online",
    "lang": "a translation is a file of its own, named by its language",
    "related": "names files by paths, which nobody can know in a form",
})  # fmt: skip


class Option(NamedTuple):
    """A choice: what the file has, and what the form says."""

    value: str
    label: str


class FormChoices(NamedTuple):
    """What can be chosen in the forms, from the content; `units` are folders with titles."""

    categories: tuple[str, ...] = ()
    units: tuple[Option, ...] = ()


class Form(NamedTuple):
    """A kind's form: the fields that are always seen, in their order; `text_hint` stands below the text."""

    kind: Kind
    first: tuple[str, ...]
    is_event: bool = False
    text_label: str = "Текст"
    text_hint: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All fields of the table that the form has, those that are always seen first."""
        own = (spec.key for spec in FIELDS if self.kind in spec.kinds and self._has(spec.key))
        return tuple(dict.fromkeys((*(key for key in self.first if key != BODY), *own)))

    def _has(self, key: str) -> bool:
        if key in _EVENT:  # of a plain news item they would make an event, elsewhere they mean nothing
            return self.is_event or self.kind is Kind.MESSAGE
        return key not in _LEFT_OUT


_PHOTOS = ("gallery", "image")
FORMS: Mapping[str, Form] = MappingProxyType({
    "news": Form(Kind.NEWS, ("title", "date", "category", "status", BODY, *_PHOTOS, "summary")),
    "events": Form(
        Kind.NEWS,
        ("title", "event-date", "event-end", "event-place", "event-url", "event-repeat", "event-state", "event-was", "date", "category", "status", BODY, *_PHOTOS, "summary"),
        is_event=True,
    ),
    "message": Form(Kind.MESSAGE, ("title", "date", "status", BODY, *_PHOTOS, "summary")),
    "unit": Form(Kind.UNIT, ("title", "kind", "head", "phone", "email", "address", "map", "hours", BODY, "status", *_PHOTOS)),
    "services": Form(
        Kind.SERVICE,
        ("title", "unit", "audience", "documents", "life-events", "term", "price", "ground", "where", "online", "form", BODY, "status"),
        text_label="Кроки",
        text_hint="Що зробити по порядку: кожен крок з нового рядка, 1. … 2. …",
    ),
    "pages": Form(Kind.PAGE, ("title", BODY, "status", *_PHOTOS)),
    "reports": Form(
        Kind.REPORT,
        ("title", "period", BODY, "status", "complete"),
        text_hint="Числа не пишіть: [[news]] стане числом новин, [[news зн.]] – «631 публікацію».",
    ),
})  # fmt: skip


def form_fields(form: Form, choices: FormChoices) -> list[Field]:
    """The fields of a form as the CMS's configuration has them."""
    seen = [
        _body(form) if key == BODY else _field(BY_KEY[key], form, choices)
        for key in form.first
        if key == BODY or key in form.keys
    ]
    rest = [_field(BY_KEY[key], form, choices) for key in form.keys if key not in form.first]
    more = {"name": MORE, "label": "Інші поля", "widget": "object", "collapsed": True, "required": True, "fields": rest}
    kept = [EVENT_DATE] if form.kind is Kind.NEWS and not form.is_event else []
    hidden = [{"name": name, "widget": "hidden", "default": ""} for name in (SOURCE, *kept)]
    return [*seen, *([more] if rest else []), *hidden]


def is_obligatory(key: str, form: Form) -> bool:
    """Whether the form can't be saved without the field."""
    return form.kind in BY_KEY[key].obligatory or (form.is_event and key == EVENT_DATE)


def _field(spec: FieldSpec, form: Form, choices: FormChoices) -> Field:
    return {
        "name": spec.key,
        "label": spec.shown_name,
        "hint": spec.form_hint or spec.description,
        "required": is_obligatory(spec.key, form),
        **_widget(spec, form, choices),
    }


def _widget(spec: FieldSpec, form: Form, choices: FormChoices) -> Field:
    """The widget by what is special about the field, else by its type."""
    match spec.key:
        case "title":
            return {
                "widget": "string",
                "pattern": [r"/[\p{L}\p{N}]/u", "Напишіть назву словами: з неї складається адреса сторінки."],
            }
        case "date":
            return {**_moment(), **({"default": "{{now}}"} if is_obligatory("date", form) else {})}
        case "status":
            return {**_select(_options(spec)), "required": True, "default": "draft"}
        case "category" if choices.categories:
            return _select(Option(title, title) for title in choices.categories)
        case "unit":
            return _select(choices.units)
        case "summary":
            return {"widget": "text"}
        case "image":
            return {"widget": "object", "collapsed": "auto", "fields": _picture_fields()}
        case "gallery":
            return {
                "widget": "list", "label_singular": "фото", "summary": "{{fields.alt}}", "thumbnail": "file",
                "collapsed": False, "fields": _picture_fields(),
            }  # fmt: skip
        case "form":
            return {"widget": "file", "choose_url": False, "media_folder": "", "public_folder": ""}
        case "event-repeat":
            return {"widget": "string", "pattern": [_REPEAT, _REPEAT_ADVICE]}
    return _by_type(spec)


def _by_type(spec: FieldSpec) -> Field:
    match spec.type:
        case FieldType.LIST:
            return {"widget": "list"}
        case FieldType.LINES:
            return {"widget": "text"}
        case FieldType.URL:
            return {"widget": "string", "type": "url", "pattern": [rf"^https?://{_HOST}$", "Впишіть адресу з https://"]}
        case FieldType.HTTPS:
            return {"widget": "string", "type": "url", "pattern": [rf"^https://{_HOST}$", "Впишіть адресу з https://"]}
        case FieldType.DAY:
            return {
                "widget": "datetime", "type": "date", "format": DAY_FORMAT,
                "min": f"{EARLIEST_YEAR}-01-01", "max": f"{LATEST_YEAR}-12-31",
            }  # fmt: skip
        case FieldType.MOMENT:
            return _moment()
        case FieldType.WORD:
            return _select(_options(spec))
        case FieldType.PERIOD:
            return {
                "widget": "string",
                "pattern": [_PERIOD, "Напишіть період так: 2021-H2, 2021-Q3, 2021-07, 2021-9M, 2021-W31 або 2021"],
            }
        case _:
            return {"widget": "string"}


_DATE = r"\d\d\.\d\d\.\d{4}"
_REPEAT = rf"^(?:щодня|щотижня|що два тижні|щомісяця|щороку) до {_DATE}(?:, крім {_DATE}(?:, {_DATE})*)?$"
_REPEAT_ADVICE = "Напишіть так: щотижня до 26.03.2022, крім 05.03.2022"
_PERIOD = r"^[12]\d{3}(?:-(?:H[12]|Q[1-4]|9M|W(?:0[1-9]|[1-4]\d|5[0-3])|0[1-9]|1[0-2]))?$"


def _moment() -> Field:
    return {
        "widget": "datetime", "format": MOMENT_FORMAT, "input_timezone": _ZONE,
        "min": f"{EARLIEST_YEAR}-01-01T00:00", "max": f"{LATEST_YEAR}-12-31T23:59",
    }  # fmt: skip


def _options(spec: FieldSpec) -> list[Option]:
    """Of the words that mean the same the first is written, the Ukrainian one is shown."""
    written = first_words(spec)
    shown: dict[str, str] = {}
    for word, meaning in spec.words:
        if not word.isascii():
            shown.setdefault(meaning, word)
    return [Option(word, shown.get(meaning, word)) for meaning, word in written.items()]


def first_words(spec: FieldSpec) -> dict[str, str]:
    """The word that is written for each meaning of a WORD."""
    words: dict[str, str] = {}
    for word, meaning in spec.words:
        words.setdefault(meaning, word)
    return words


def _select(options: Iterable[Option]) -> Field:
    return {"widget": "select", "options": [option._asdict() for option in options]}


def _picture_fields() -> list[Field]:
    """A picture of a header: «file | alt | caption | credit», each part with what belongs there."""
    words = {"widget": "string", "pattern": [r"^[^|]*$", "Риска | тут розділяє частини: напишіть без неї."]}
    return [
        {"name": "file", "label": "Файл", "widget": "image", "choose_url": False},
        {"name": "alt", "label": "Опис для незрячих", **words, "hint": "Що видно на світлині. Обов’язково."},
        {"name": "caption", "label": "Підпис", **words, "required": False, "hint": "Що треба знати всім: хто, де, з якої нагоди."},
        {"name": "credit", "label": "Автор фото", **words, "required": False},
    ]  # fmt: skip


def _body(form: Form) -> Field:
    return {
        "name": BODY,
        "label": form.text_label,
        "widget": "markdown",
        "required": form.kind not in (Kind.UNIT, Kind.SERVICE),
        "hint": form.text_hint,
        "buttons": [
            "bold",
            "italic",
            "link",
            "heading-two",
            "heading-three",
            "bulleted-list",
            "numbered-list",
            "quote",
        ],
        "editor_components": ["image"],
        "linked_images": False,
        "use_emoji_autocomplete": False,
    }
