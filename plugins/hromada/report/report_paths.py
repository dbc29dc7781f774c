"""Where approvals lie, and the files beside every report."""

from __future__ import annotations

APPROVED = "content/reports/approved/"
# Title, type, name.
FILES = (
    ("Звіт для друку", "PDF", "report.pdf"),
    ("Звіт для підпису", "DOCX", "report.docx"),
    ("Показники й переліки", "XLSX", "report.xlsx"),
    ("Перелік матеріалів", "CSV", "items.csv"),
    ("Показники", "JSON", "report.json"),
    ("Паспорт набору даних", "JSON", "datapackage.json"),
)


def is_approval(path: str) -> bool:
    """Whether a file of the content (its path from there) is an approved report."""
    return path.startswith(APPROVED) and path.endswith(".json")
