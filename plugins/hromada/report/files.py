"""The files that lie beside every report: title, type, name."""

from __future__ import annotations

FILES = (
    ("Звіт для друку", "PDF", "report.pdf"),
    ("Звіт для підпису", "DOCX", "report.docx"),
    ("Показники й переліки", "XLSX", "report.xlsx"),
    ("Перелік матеріалів", "CSV", "items.csv"),
    ("Показники", "JSON", "report.json"),
    ("Паспорт набору даних", "JSON", "datapackage.json"),
)
