"""A statement's files: data for machines, documents for filing; all from the values that its page shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from hromada.report.blocks import Block
from hromada.report.dossier import Dossier, EntryList
from hromada.report.formats import as_object, items_csv
from hromada.report.placeholders import PlaceholderRefused, fill
from hromada.report.show import lister
from hromada.report.statement import Statement
from hromada.report.view import ReportView
from hromada.shell.document_store import DocumentStore, makers_digest
from hromada.shell.edition import Edition
from hromada.shell.text_blocks import text_blocks


class Documents:
    """Makes the files of statements; `view_of` gives a statement's view, `theme` holds the PDF's template."""

    def __init__(
        self, edition: Edition, view_of: Callable[[Statement], ReportView], addresses: frozenset[str], theme: Path,
        store: DocumentStore,
    ) -> None:  # fmt: skip
        self._edition, self._view_of, self._addresses, self._store = edition, view_of, addresses, store
        self._template = theme / "documents"

    @cached_property
    def _makers(self) -> str:
        return makers_digest(Path(__file__).parent.parent / "report" / "documents", self._template)

    def files_of(self, statement: Statement) -> Iterator[tuple[str, bytes]]:
        """Names in the output and bytes; the descriptor of the package comes last, with the sums of the others."""
        from hromada.report.documents.datapackage import datapackage_json

        dossier = self.dossier(statement)
        files = self._data(statement) | self._documents(dossier)
        files["datapackage.json"] = datapackage_json(dossier, files)
        folder = statement.path.strip("/")
        for name, data in files.items():
            yield f"{folder}/{name}", data
        for count in statement.activity.counts:
            yield f"{folder}/{count.id}/items.csv", items_csv([count], self._url)

    def _url(self, path: str) -> str:
        return self._edition.site.settings.base + path

    def _data(self, statement: Statement) -> dict[str, bytes]:
        text = json.dumps(as_object(statement.activity, statement), ensure_ascii=False, indent=1)
        return {
            "report.json": f"{text}\n".encode(),
            "items.csv": items_csv(statement.activity.counts, self._url),
        }

    def _documents(self, dossier: Dossier) -> dict[str, bytes]:
        """The documents of a dossier; `repr` of frozen values tells two dossiers apart in 20 ms."""
        inputs = hashlib.sha256(f"{self._makers} {dossier!r}".encode()).hexdigest()
        return self._store.get(inputs, lambda: self._made(dossier))

    def _made(self, dossier: Dossier) -> dict[str, bytes]:
        # Imported here: a build whose documents are kept need not know these libraries.
        from hromada.report.documents.docx import report_docx
        from hromada.report.documents.pdf import report_pdf
        from hromada.report.documents.xlsx import report_xlsx

        template = (self._template / "report.typ").read_text("utf-8")
        return {
            "report.docx": report_docx(dossier),
            "report.pdf": report_pdf(dossier, template, str(self._template / "fonts")),
            "report.xlsx": report_xlsx(dossier),
        }

    def dossier(self, statement: Statement) -> Dossier:
        """All that the documents print."""
        view, address = self._view_of(statement), self._edition.site.settings.address
        lists = lister(statement, self._edition.site, self._addresses)
        return Dossier(
            view=view,
            text=self._text(statement, address),
            lists=tuple(
                EntryList(figure, lists.groups(count))
                for count, figure in zip(statement.activity.counts, view.figures, strict=True)
            ),
            address=address,
        )

    def _text(self, statement: Statement, address: str) -> tuple[Block, ...]:
        try:
            text, said = fill(statement.text, statement.activity, statement.figures, statement.comparison)
        except PlaceholderRefused:  # an approved text whose noun has lost its forms: the page shows it unfilled too
            text, said = statement.text, {}
        host = address.removesuffix(self._edition.site.settings.base)

        def link(value: str) -> str:
            found = self._edition.renderer.link(statement.item, value)
            return host + found if found.startswith("/") else found

        return text_blocks(text, said, link, address + statement.path)
