"""The forms' fields, from the table of fields: each field of a kind is in its form, by the widget of its type."""

import re

import pytest

from hromada.domain import header_fields
from hromada.domain.header_fields import FIELDS, FieldSpec, FieldType
from hromada.domain.item import Kind
from hromada.editor import form_fields as forms
from hromada.editor.form_collections import collections_of
from hromada.editor.form_fields import FORMS, FormChoices, Option, form_fields
from hromada.editor.script_tables import script_tables
from hromada.reading.items import read_item

CHOICES = FormChoices(("Події", "Освіта"), (Option("viddil-zhkh", "Відділ ЖКГ"), Option("osvita", "Відділ освіти")))
PLACES = {
    Kind.NEWS: "content/news/2021/2021-07-05-x.md", Kind.MESSAGE: "content/units/a/2021-07-05-x.md", Kind.UNIT: "content/units/a/index.md",
    Kind.PAGE: "content/pages/x.md", Kind.SERVICE: "content/services/x.md", Kind.REPORT: "content/reports/2021-h2.md",
}  # fmt: skip


def flat(fields):
    """The fields of a form by name, those of its groups of our own, too."""
    found = {}
    for field in fields:
        found |= flat(field["fields"]) if field["name"] == forms.MORE else {field["name"]: field}
    return found


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_every_field_of_its_kind_but_those_that_are_left_out_with_a_reason(name):
    form = FORMS[name]
    shown = set(flat(form_fields(form, CHOICES))) - {forms.BODY, forms.SOURCE, forms.EVENT_DATE}
    own = {spec.key for spec in FIELDS if form.kind in spec.kinds} - set(forms._LEFT_OUT)
    events = {key for key in own if key.startswith("event-")}

    assert shown >= own - events
    assert shown - own == set()


def test_a_new_field_of_the_table_appears_by_itself(monkeypatch):
    new = FieldSpec("sponsor", ("спонсор",), "Хто допоміг.", FieldType.HTTPS, kinds=frozenset({Kind.NEWS}))
    monkeypatch.setattr(forms, "FIELDS", (*FIELDS, new))
    monkeypatch.setattr(forms, "BY_KEY", {**header_fields.BY_KEY, "sponsor": new})

    field = flat(form_fields(FORMS["news"], CHOICES))["sponsor"]

    assert (field["label"], field["hint"], field["required"], field["type"]) == (
        "Спонсор",
        "Хто допоміг.",
        False,
        "url",
    )
    assert "sponsor" not in flat(form_fields(FORMS["pages"], CHOICES))


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.key)
def test_labels_are_ukrainian(spec):
    assert re.fullmatch("[А-ЯІЇЄҐ][а-яіїєґ’ ]+", spec.shown_name)


@pytest.mark.parametrize("kind", PLACES)
def test_what_a_form_asks_for_is_what_the_reader_refuses_to_miss(kind):
    values = {"title": "Назва", "date": '"2021-07-05"', "unit": "a", "period": "2021-H2"}
    present = {key: value for key, value in values.items() if kind in header_fields.BY_KEY[key].kinds}
    for spec in FIELDS:
        if kind in spec.kinds and kind in spec.obligatory:
            header = "\n".join(f"{key}: {value}" for key, value in present.items() if key != spec.key)
            assert read_item(PLACES[kind], f"---\n{header}\n---\n\nТекст.\n".encode()).problems, spec.key
    header = "\n".join(f"{key}: {value}" for key, value in present.items())
    assert not read_item(PLACES[kind], f"---\n{header}\n---\n\nТекст.\n".encode()).problems


def test_a_draft_is_the_default_and_words_are_written_in_one_way():
    status = flat(form_fields(FORMS["news"], CHOICES))["status"]

    assert status["default"] == "draft"
    assert [(option["value"], option["label"]) for option in status["options"]] == [
        ("published", "опубліковано"), ("draft", "чернетка"), ("hidden", "приховано"),
    ]  # fmt: skip


def test_a_description_is_obligatory_beside_every_picture():
    for name in FORMS:
        for key, field in flat(form_fields(FORMS[name], CHOICES)).items():
            if key in ("image", "gallery"):
                parts = {part["name"]: part for part in field["fields"]}
                assert parts["file"].get("required", True)
                assert parts["alt"].get("required", True)


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("event-url", ("https://example.com/a?b", "http://приклад.укр"), ("приходьте", "ftp://a.b", "https://")),
        ("map", ("https://www.openstreetmap.org/#map=1/2/3",), ("http://example.com/", "https://localhost")),
        ("event-repeat", ("щотижня до 26.03.2022", "що два тижні до 26.03.2022, крім 05.03.2022, 19.03.2022"), ("щотижня", "до 26.03.2022")),
        ("period", ("2021-H2", "2021-Q3", "2021-07", "2021-9M", "2021-W31", "2021"), ("2021-H3", "II півріччя", "21-H2")),
        ("title", ("Рада", "2021"), ("!!!", "🎉")),
    ],
)  # fmt: skip
def test_patterns_take_what_the_reader_takes(key, good, bad):
    form = {"map": "unit", "period": "reports"}.get(key, "events")
    pattern = flat(form_fields(FORMS[form], CHOICES))[key]["pattern"][0]
    if pattern.startswith("/"):  # JavaScript's classes of letters, which Python's `re` lacks
        pattern = pattern.strip("/u").replace(r"\p{L}\p{N}", r"\w")
    compiled = re.compile(pattern)

    assert all(map(compiled.search, good))
    assert not any(map(compiled.search, bad))


def test_categories_and_units_are_choices_of_the_content():
    assert [option["label"] for option in flat(form_fields(FORMS["news"], CHOICES))["category"]["options"]] == [
        "Події",
        "Освіта",
    ]
    assert [option["value"] for option in flat(form_fields(FORMS["services"], CHOICES))["unit"]["options"]] == [
        "viddil-zhkh",
        "osvita",
    ]
    assert flat(form_fields(FORMS["news"], FormChoices()))["category"]["widget"] == "string"


def test_collections_hold_the_whole_content_and_no_service_is_asked_without_units():
    names = [one.get("name") for one in collections_of(CHOICES)]

    assert names == [
        "news",
        "events",
        "home",
        None,
        "unit-viddil-zhkh",
        "unit-osvita",
        None,
        "services",
        "pages",
        "reports",
    ]
    assert "services" not in [one.get("name") for one in collections_of(FormChoices())]
    folders = {one["folder"] for one in collections_of(CHOICES) if "folder" in one}
    assert folders == {
        "content/news",
        "content/units/viddil-zhkh",
        "content/units/osvita",
        "content/services",
        "content/pages",
        "content/reports",
    }


def test_every_form_has_a_format_of_its_own():
    forms_of = [
        one
        for collection in collections_of(CHOICES)
        for one in (collection, collection.get("index_file", {}))
        if "fields" in one
    ]

    assert {one["format"] for one in forms_of} == {f"hromada-{name}" for name in FORMS}


def test_the_scripts_know_every_name_of_every_field():
    fields = script_tables()["header"]["fields"]

    assert [(field["key"], field["names"]) for field in fields] == [
        (spec.key, [spec.key, *spec.synonyms]) for spec in FIELDS
    ]
    assert next(field for field in fields if field["key"] == "confirmed")["words"] == {
        "yes": "yes", "так": "yes", "true": "yes", "no": "no", "ні": "no", "false": "no",
    }  # fmt: skip
