"""The configuration of the CMS: a collection for each place of the content that has forms.

Paths of new files follow the rule of `make new`: the day, a hyphen and the title by the official transliteration, which
`theme/admin/transliteration.js` puts in place of the CMS's own rule. Photos get a folder beside their item, as those of
`make photos`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hromada.domain.alert import DEFAULT_SEVERITY, LONGEST_ALERT, SEVERITIES
from hromada.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from hromada.domain.item import NEWS, PAGES, REPORTS, SERVICES
from hromada.domain.task import LONGEST_HINT, LONGEST_TITLE, MOST_TASKS
from hromada.editor.form_fields import EVENT_DATE, FORMS, MOMENT_FORMAT, Field, FormChoices, Option, form_fields

Collection = dict[str, Any]
LIST_FORMAT = "hromada-lists"  # all formats are registered by theme/admin/forms.js
# An ellipsis follows what is cut, and our rule of names drops it.
DATED_SLUG = "{{fields.date | truncate(10)}}-{{title}}"
_BY_YEAR = "{{fields.date | truncate(4)}}/{{slug}}"
_SOME_DATE = r"^(?!undefined$|null$)."  # also in words; the CMS compares what is missing as a word
_LINK = [r"^(?:/|https://)\S+$", "Впишіть сторінку сайту, /kontakty/, або адресу з https://"]


def collections_of(choices: FormChoices) -> list[Collection]:
    """All collections, those first that are used every day."""
    return [
        _items("news", "Новини", "новина", NEWS, choices, icon="newspaper", dated=_BY_YEAR, filter={"field": EVENT_DATE, "value": ["", None]}),
        _items("events", "Події", "подія", NEWS, choices, icon="event", dated=_BY_YEAR, filter={"field": EVENT_DATE, "pattern": _SOME_DATE}),
        _lists(),
        {"divider": True},
        *(_unit(unit, choices) for unit in choices.units),
        {"divider": True},
        *([_items("services", "Послуги", "послуга", SERVICES, choices, icon="support_agent")] if choices.units else []),
        _items("pages", "Сторінки", "сторінка", PAGES, choices, icon="article"),
        {**_items("reports", "Тексти звітів", "текст звіту", REPORTS, choices, icon="bar_chart"), "create": False, "delete": False},
    ]  # fmt: skip


def format_of(form: str) -> str:
    """The name of the file format of a form: each places fields as its form has them."""
    return f"hromada-{form}"


def unit_collection(unit: str) -> str:
    """The name of the collection of a unit's messages and page."""
    return f"unit-{unit}"


def _items(
    name: str,
    label: str,
    singular: str,
    folder: str,
    choices: FormChoices,
    *,
    icon: str,
    form: str = "",
    dated: str = "",
    **rest: Any,
) -> Collection:
    """A folder of Markdown files; `dated` is the path of a new file where its name begins with its day."""
    return {
        "name": name,
        "label": label,
        "label_singular": singular,
        "icon": icon,
        "folder": f"content/{folder}",
        "format": format_of(form or name),
        "slug": DATED_SLUG if dated else "{{title}}",
        **({"path": dated} if dated and dated != "{{slug}}" else {}),
        # Relative to the item: `make photos` has the same folders.
        "media_folder": "" if dated == _BY_YEAR else "{{slug}}",
        "public_folder": "{{slug}}",
        "summary": "{{title}}",
        "sortable_fields": {"fields": ["date", "title"], "default": {"field": "date", "direction": "descending"}} if dated else {"fields": ["title"]},
        "view_filters": [{"label": "Чернетки", "field": "status", "pattern": "draft"}],
        "editor": {"preview": False},
        **rest,
        "fields": form_fields(FORMS[form or name], choices),
    }  # fmt: skip


def _unit(unit: Option, choices: FormChoices) -> Collection:
    """A unit's messages, and its page as the special file of their folder."""
    messages = _items(
        unit_collection(unit.value), unit.label, f"повідомлення, {unit.label}", f"units/{unit.value}", choices,
        icon="groups", form="message", dated="{{slug}}",
    )  # fmt: skip
    index = {
        "name": "index",
        "label": "Сторінка підрозділу",
        "icon": "home",
        "format": format_of("unit"),
        "fields": form_fields(FORMS["unit"], choices),
    }
    return {**messages, "index_file": index}


def _lists() -> Collection:
    """The lists in TOML, which the home page puts first."""
    return {
        "name": "home",
        "label": "Головна сторінка",
        "icon": "home",
        "format": LIST_FORMAT,
        "editor": {"preview": False},
        "files": [
            {"name": "alerts", "label": "Оголошення на всіх сторінках", "icon": "campaign", "file": "content/alerts.toml", "format": LIST_FORMAT,
             "fields": [_list_of("alert", "Оголошення", "оголошення", list(_alert_fields()))]},
            {"name": "tasks", "label": "Завдання мешканців", "icon": "checklist", "file": "content/tasks.toml", "format": LIST_FORMAT,
             "fields": [_list_of("task", "Завдання", "завдання", list(_task_fields()), max=MOST_TASKS)]},
        ],
    }  # fmt: skip


def _list_of(name: str, label: str, singular: str, fields: list[Field], **rest: Any) -> Field:
    first = fields[0]["name"]
    return {
        "name": name, "label": label, "label_singular": singular, "widget": "list", "required": False,
        "summary": f"{{{{fields.{first}}}}}", "fields": fields, **rest,
    }  # fmt: skip


def _alert_fields() -> Iterator[Field]:
    moment = {
        "widget": "datetime", "format": MOMENT_FORMAT, "input_timezone": "Europe/Kyiv",
        "min": f"{EARLIEST_YEAR}-01-01T00:00", "max": f"{LATEST_YEAR}-12-31T23:59",
    }  # fmt: skip
    yield {
        "name": "text",
        "label": "Текст",
        "widget": "text",
        "maxlength": LONGEST_ALERT,
        "hint": f"Одне речення, до {LONGEST_ALERT} знаків.",
    }
    yield {
        "name": "severity", "label": "Важливість", "widget": "select", "default": DEFAULT_SEVERITY.value,
        "options": [{"value": severity.value, "label": severity.heading} for severity in dict.fromkeys(SEVERITIES.values())],
    }  # fmt: skip
    yield {"name": "from", "label": "Початок", "required": False, "hint": "Без нього – від публікації.", **moment}
    yield {"name": "until", "label": "Кінець", "hint": "Київський час, коли оголошення зникне.", **moment}
    yield {
        "name": "link",
        "label": "Посилання",
        "widget": "string",
        "required": False,
        "pattern": _LINK,
        "hint": "Сторінка сайту або адреса з https://.",
    }


def _task_fields() -> Iterator[Field]:
    yield {
        "name": "title",
        "label": "Завдання",
        "widget": "string",
        "maxlength": LONGEST_TITLE,
        "hint": "Що людині треба: «Записатися на прийом».",
    }
    yield {
        "name": "link",
        "label": "Посилання",
        "widget": "string",
        "pattern": _LINK,
        "hint": "Сторінка сайту, /kontakty/, або адреса з https://.",
    }
    yield {"name": "hint", "label": "Підказка", "widget": "string", "required": False, "maxlength": LONGEST_HINT}
