"""The JSON Schema of our descriptions for search engines, derived from the vocabulary that schema.org publishes.

    python -m tests.linked_data_schema FOLDER

FOLDER has `schemaorg-current-https-types.csv` and `…-properties.csv` of a release (github.com/schemaorg/schemaorg,
data/releases/30.0, Apache License 2.0). Properties and the types of their values are the vocabulary's; what is required
is what search engines ask for. Enumerations and types that we don't use are left out.
"""

import csv
import json
import sys
from pathlib import Path

SCHEMA = Path(__file__).parent / "linked-data.schema.json"
SOURCE = "https://github.com/schemaorg/schemaorg/tree/main/data/releases/30.0"
_REQUIRED = {
    "NewsArticle": ["headline", "datePublished", "publisher", "mainEntityOfPage"],
    "Event": ["name", "location", "url"],
    "GovernmentService": ["name", "serviceOperator", "url"],
    "GovernmentOrganization": ["name", "url"],
    "Organization": ["name", "url"],
    "BreadcrumbList": ["itemListElement"],
    "ListItem": ["position", "name"],
    "WebSite": ["name", "url", "potentialAction"],
    "SearchAction": ["target", "query-input"],
    "EntryPoint": ["urlTemplate"],
    "PropertyValue": ["propertyID", "value"],
    "Place": ["name"],
    "AdministrativeArea": ["name"],
    "Audience": ["audienceType"],
    "ServiceChannel": [],
    "Offer": [],
    "Schedule": ["repeatFrequency", "startDate", "endDate", "scheduleTimezone"],
}
# "An Event that is associated with a Schedule … should not have startDate or endDate properties" (eventSchedule).
_EITHER = {"Event": [{"required": ["startDate"]}, {"required": ["eventSchedule"], "properties": {"endDate": False}}]}
_DAY = r"\d{4}-\d{2}-\d{2}"
_PLAIN = {
    "Text": {"type": "string", "minLength": 1},
    "URL": {"type": "string", "pattern": "^https?://"},
    "Date": {"type": "string", "pattern": f"^{_DAY}$"},
    "DateTime": {"type": "string", "pattern": rf"^{_DAY}T\d{{2}}:\d{{2}}:\d{{2}}[+-]\d{{2}}:\d{{2}}$"},
    "Time": {"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}$"},
    "Duration": {"type": "string", "pattern": r"^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?$"},
    "Integer": {"type": "integer"},
    "Number": {"type": "number"},
    "Boolean": {"type": "boolean"},
}


def _names(cell: str) -> list[str]:
    return [name.rpartition("/")[2] for name in cell.split(", ") if name]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def derive(folder: Path) -> dict[str, object]:
    """The schema, from the tables of a release."""
    parents = {row["label"]: _names(row["subTypeOf"]) for row in _rows(folder / "schemaorg-current-https-types.csv")}
    properties = _rows(folder / "schemaorg-current-https-properties.csv")

    def lineage(name: str) -> set[str]:
        return {name}.union(*(lineage(parent) for parent in parents.get(name, [])))

    def value_of(ranges: list[str]) -> str:
        """The name of the definition of such values, which is made with the first of them."""
        plain = sorted(set(ranges) & _PLAIN.keys())
        ours = [name for name in sorted(_REQUIRED) if lineage(name) & set(ranges)]
        if ours or not plain:  # in JSON-LD a thing may be named by its address alone
            plain = sorted({*plain, "URL"})
        either = [{"$ref": f"#/$defs/{name}"} for name in (*plain, *ours)]
        name = ".".join((*plain, *ours))
        if len(either) == 1:
            definitions[f"any-{name}"] = {"anyOf": [*either, {"type": "array", "minItems": 1, "items": either[0]}]}
        else:
            items = {"anyOf": either}
            definitions[f"any-{name}"] = {"anyOf": [*either, {"type": "array", "minItems": 1, "items": items}]}
        return f"any-{name}"

    definitions: dict[str, object] = dict(_PLAIN)
    families = sorted(set().union(*(lineage(name) for name in _REQUIRED)))
    for name in families:  # each property once, at the type that has it
        own = {
            row["label"]: {"$ref": f"#/$defs/{value_of(_names(row['rangeIncludes']))}"}
            for row in properties
            if name in _names(row["domainIncludes"])
        }
        definitions[f"of-{name}"] = {"properties": own}
    for name, required in sorted(_REQUIRED.items()):
        definitions[name] = {
            "type": "object", "required": ["@type", *required], "unevaluatedProperties": False,
            "properties": {"@context": {"const": "https://schema.org"}, "@type": {"const": name}},
            "patternProperties": {"-input$": {"type": "string"}},  # schema.org/docs/actions.html
            "allOf": [{"$ref": f"#/$defs/of-{parent}"} for parent in sorted(lineage(name))],
            **({"oneOf": _EITHER[name]} if name in _EITHER else {}),
        }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": f"Derived from {SOURCE} by tests/linked_data_schema.py",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in sorted(_REQUIRED)], "$defs": definitions,
    }  # fmt: skip


if __name__ == "__main__":
    schema = derive(Path(sys.argv[1]))
    parts = dict(schema.pop("$defs"))  # type: ignore[call-overload]
    lines = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(part, ensure_ascii=False)}"
        for name, part in parts.items()
    ]
    head = json.dumps(schema, indent=1).removesuffix("\n}")
    SCHEMA.write_text(f'{head},\n "$defs": {{\n' + ",\n".join(lines) + "\n }\n}\n", "utf-8")
