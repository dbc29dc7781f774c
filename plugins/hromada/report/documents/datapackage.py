"""datapackage.json (Frictionless Data Package): the report's files with their types, licence and SHA-256 digests."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from hromada.domain.dates import midnight
from hromada.report.documents.report_document import INCOMPLETE, ReportDocument, filed_on, sentence, status_sentences
from hromada.report.view.report_view import ReportView

OWN_NAME = "datapackage.json"
_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TITLES = {
    "items.csv": "Перелік матеріалів, з яких складено показники",
    "report.json": "Показники звіту",
    "report.docx": "Звіт, документ для редагування",
    "report.pdf": "Звіт, документ для читання та друку",
    "report.xlsx": "Звіт, таблиці",
}
_KEYWORDS = ["звіт", "територіальна громада", "інформаційна робота", "відкриті дані"]
_FIELDS = (  # name, type, title, is always there
    ("figure", "string", "Показник", True),
    ("date", "date", "Дата", False),
    ("section", "string", "Розділ", True),
    ("title", "string", "Назва", False),
    ("url", "string", "Адреса на сайті або посилання", False),
    ("source", "string", "Файл і рядок", True),
    ("count", "integer", "Кількість", True),
)


def datapackage_json(report_document: ReportDocument, files: Mapping[str, bytes]) -> bytes:
    """The descriptor of the files of one report, which are in its folder."""
    view, licence = report_document.view, report_document.licence
    package = {
        "profile": "data-package",
        "name": _slug(view.path),
        "title": view.title,
        "description": _description(view),
        **({"homepage": report_document.home} if report_document.home else {}),
        "created": f"{midnight(filed_on(view)).isoformat()}Z",
        "licenses": [{"name": licence.id, "title": licence.title, "path": licence.url}],
        "contributors": [{"title": view.publisher, "role": "publisher"}],
        "keywords": [*_KEYWORDS, view.period_title],
        "resources": [_resource(name, data) for name, data in files.items() if name != OWN_NAME],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode()


def _slug(path: str) -> str:
    """«/reports/2021-h2/» to «reports-2021-h2»."""
    return re.sub("[^a-z0-9._]+", "-", path.casefold()).strip("-")


def _description(view: ReportView) -> str:
    sentences = [
        f"Показники за {view.period_title} з переліком матеріалів, за якими їх підраховано",
        *status_sentences(view),
    ]
    sentences += [] if view.complete else [INCOMPLETE]
    return " ".join(map(sentence, sentences))


def _resource(name: str, data: bytes) -> dict[str, Any]:
    extension = name.rpartition(".")[2]
    about: dict[str, Any] = {
        "name": _slug(name.replace(".", "-")),
        "path": name,
        "title": _TITLES.get(name, name),
        "format": extension,
        "mediatype": _TYPES.get(extension, "application/octet-stream"),
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    # Without a type the validator guesses by the name and reads a workbook as a table.
    return about | (_TABLE if name == "items.csv" else {"type": "file"})


_TABLE: dict[str, Any] = {
    "type": "table",
    "profile": "tabular-data-resource",
    "encoding": "utf-8",
    "dialect": {"delimiter": ";", "lineTerminator": "\r\n"},
    "schema": {
        "fields": [
            {"name": name, "type": type, "title": title} | ({"constraints": {"required": True}} if needed else {})
            for name, type, title, needed in _FIELDS
        ]
    },
}
