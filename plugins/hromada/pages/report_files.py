"""A statement's files: data for machines, documents for filing; all from the values that its page shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from hromada.content.snapshot import Edition
from hromada.pages.view_models import FilePlan, plain_file
from hromada.render.text_blocks import text_blocks
from hromada.report.approval.report_state import Statement
from hromada.report.documents.report_document import Dossier, EntryList
from hromada.report.text.blocks import Block
from hromada.report.text.placeholders import PlaceholderRefused, fill
from hromada.report.view.build_view import lister
from hromada.report.view.formats import as_object, items_csv
from hromada.report.view.report_view import ReportView
from hromada.storage.artifact_cache import FileStore
from hromada.system.digest import digest_of
from hromada.system.regular_files import RegularFile
from hromada.system.scan import walk

_LIBRARIES = ("typst", "python-docx", "lxml", "XlsxWriter")
_KEPT = ("report.docx", "report.pdf", "report.xlsx")
_PACKED = (*_KEPT, "datapackage.json")


class Documents:
    """Makes the files of statements; `view_of` gives a statement's view, `theme` holds the PDF's template."""

    def __init__(
        self, edition: Edition, view_of: Callable[[Statement], ReportView], listed: frozenset[str], theme: Path,
        store: FileStore,
    ) -> None:  # fmt: skip
        self._edition, self._view_of, self._listed, self._store = edition, view_of, listed, store
        self._template = theme / "documents"

    @cached_property
    def _makers(self) -> str:
        return _makers_digest(Path(__file__).parent.parent / "report" / "documents", self._template)

    def files_of(self, statement: Statement) -> Iterator[FilePlan]:
        """The data, cheap to make and known by itself; the documents and the descriptor with the sums of all."""
        folder = statement.path.strip("/")
        data = self._data(statement)
        for name, made in data.items():
            yield plain_file(f"{folder}/{name}", made)
        dossier = self.dossier(statement)
        inputs = hashlib.sha256(f"{self._makers} {dossier!r}".encode()).hexdigest()

        def packed() -> dict[str, bytes]:
            from hromada.report.documents.datapackage import datapackage_json

            files = data | self._store.get(inputs, _KEPT, lambda: self._made(dossier))
            files["datapackage.json"] = datapackage_json(dossier, files)
            return {f"{folder}/{name}": files[name] for name in _PACKED}

        key = digest_of(f"{inputs} {[digest_of(made) for made in data.values()]}".encode())
        yield FilePlan(tuple(f"{folder}/{name}" for name in _PACKED), key, packed)
        for count in statement.activity.counts:
            yield plain_file(f"{folder}/{count.id}/items.csv", items_csv([count], self._url))

    def _url(self, path: str) -> str:
        return self._edition.site.settings.base + path

    def _data(self, statement: Statement) -> dict[str, bytes]:
        text = json.dumps(as_object(statement.activity, statement), ensure_ascii=False, indent=1)
        return {
            "report.json": f"{text}\n".encode(),
            "items.csv": items_csv(statement.activity.counts, self._url),
        }

    def _made(self, dossier: Dossier) -> dict[str, bytes]:
        # Imported here: a build whose documents are kept need not know these libraries.
        from hromada.report.documents.docx_report import report_docx
        from hromada.report.documents.pdf_report import report_pdf
        from hromada.report.documents.xlsx_report import report_xlsx

        template = RegularFile(str(self._template), "report.typ").read().decode()
        return {
            "report.docx": report_docx(dossier),
            "report.pdf": report_pdf(dossier, template, str(self._template / "fonts")),
            "report.xlsx": report_xlsx(dossier),
        }

    def dossier(self, statement: Statement) -> Dossier:
        """All that the documents print."""
        view, address = self._view_of(statement), self._edition.site.settings.known_address
        lists = lister(statement, self._edition.counting, self._listed)
        return Dossier(
            view=view,
            text=self._text(statement, address),
            lists=tuple(
                EntryList(figure, lists.groups(count))
                for count, figure in zip(statement.activity.counts, view.figures, strict=True)
            ),
            address=address,
            licence=self._edition.site.settings.licence,
        )

    def _text(self, statement: Statement, address: str) -> tuple[Block, ...]:
        try:
            text, said = fill(statement.text, statement.activity, statement.figures, statement.comparison)
        except PlaceholderRefused:  # an approved text whose noun has lost its forms: the page shows it unfilled too
            text, said = statement.text, {}
        host = address.removesuffix(self._edition.site.settings.base)

        def link(value: str) -> str:
            found = self._edition.linker.link(statement.item, value)
            return host + found if found.startswith("/") else found

        return text_blocks(text, said, link, address + statement.path)


def _makers_digest(code: Path, template: Path) -> str:
    """What makes the documents: our code, the template with its fonts, the libraries' versions."""
    from importlib.metadata import version

    digest = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for folder in (code, template):
        for path, one in walk(folder).items():
            if "/__pycache__/" not in path:
                digest.update(path.encode() + one.source.read())
    return digest.hexdigest()
