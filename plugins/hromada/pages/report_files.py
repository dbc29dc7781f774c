"""A statement's files: data for machines, documents for filing; all from the values that its page shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from hromada.content.snapshot import ContentSnapshot
from hromada.pages.view_models import FilePlan, plain_file
from hromada.render.text_blocks import text_blocks
from hromada.report.approval.report_state import ReportState
from hromada.report.documents.report_document import FigureEntries, ReportDocument
from hromada.report.text.blocks import Block
from hromada.report.text.placeholders import PlaceholderRefused, render_placeholders
from hromada.report.view.build_view import entry_list_builder
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
        self, snapshot: ContentSnapshot, view_of: Callable[[ReportState], ReportView], listed: frozenset[str], theme: Path,
        store: FileStore,
    ) -> None:  # fmt: skip
        self._edition, self._view_of, self._listed, self._store = snapshot, view_of, listed, store
        self._template = theme / "documents"

    @cached_property
    def _makers(self) -> str:
        return _makers_digest(Path(__file__).parent.parent / "report" / "documents", self._template)

    def files_of(self, report_state: ReportState) -> Iterator[FilePlan]:
        """The data, cheap to make and known by itself; the documents and the descriptor with the sums of all."""
        folder = report_state.path.strip("/")
        data = self._data(report_state)
        for name, made in data.items():
            yield plain_file(f"{folder}/{name}", made)
        report_document = self.report_document(report_state)
        inputs = hashlib.sha256(f"{self._makers} {report_document!r}".encode()).hexdigest()

        def packed() -> dict[str, bytes]:
            from hromada.report.documents.datapackage import datapackage_json

            files = data | self._store.get(inputs, _KEPT, lambda: self._made(report_document))
            files["datapackage.json"] = datapackage_json(report_document, files)
            return {f"{folder}/{name}": files[name] for name in _PACKED}

        key = digest_of(f"{inputs} {[digest_of(made) for made in data.values()]}".encode())
        yield FilePlan(tuple(f"{folder}/{name}" for name in _PACKED), key, packed)
        for count in report_state.activity.counts:
            yield plain_file(f"{folder}/{count.id}/items.csv", items_csv([count], self._url))

    def _url(self, path: str) -> str:
        return self._edition.site.settings.base + path

    def _data(self, report_state: ReportState) -> dict[str, bytes]:
        text = json.dumps(as_object(report_state.activity, report_state), ensure_ascii=False, indent=1)
        return {
            "report.json": f"{text}\n".encode(),
            "items.csv": items_csv(report_state.activity.counts, self._url),
        }

    def _made(self, report_document: ReportDocument) -> dict[str, bytes]:
        # Imported here: a build whose documents are kept need not know these libraries.
        from hromada.report.documents.docx_report import report_docx
        from hromada.report.documents.pdf_report import report_pdf
        from hromada.report.documents.xlsx_report import report_xlsx

        template = RegularFile(str(self._template), "report.typ").read().decode()
        return {
            "report.docx": report_docx(report_document),
            "report.pdf": report_pdf(report_document, template, str(self._template / "fonts")),
            "report.xlsx": report_xlsx(report_document),
        }

    def report_document(self, report_state: ReportState) -> ReportDocument:
        """All that the documents print."""
        view, address = self._view_of(report_state), self._edition.site.settings.known_address
        lists = entry_list_builder(report_state, self._edition.counting, self._listed)
        return ReportDocument(
            view=view,
            text=self._text(report_state, address),
            lists=tuple(
                FigureEntries(figure, lists.groups(count))
                for count, figure in zip(report_state.activity.counts, view.figures, strict=True)
            ),
            address=address,
            licence=self._edition.site.settings.licence,
        )

    def _text(self, report_state: ReportState, address: str) -> tuple[Block, ...]:
        try:
            text, said = render_placeholders(
                report_state.text, report_state.activity, report_state.figures, report_state.comparison
            )
        except PlaceholderRefused:  # an approved text whose noun has lost its forms: the page shows it unfilled too
            text, said = report_state.text, {}
        host = address.removesuffix(self._edition.site.settings.base)

        def link(value: str) -> str:
            found = self._edition.linker.link(report_state.item, value)
            return host + found if found.startswith("/") else found

        return text_blocks(text, said, link, address + report_state.path)


def _makers_digest(code: Path, template: Path) -> str:
    """What makes the documents: our code, the template with its fonts, the libraries' versions."""
    from importlib.metadata import version

    digest = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for folder in (code, template):
        for path, node in walk(folder).items():
            if "/__pycache__/" not in path:
                digest.update(path.encode() + node.source.read())
    return digest.hexdigest()
