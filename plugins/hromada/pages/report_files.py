"""A report's files, data and documents, from the values that its page shows."""

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
from hromada.report.text.placeholders import Block, PlaceholderRefused, render_placeholders
from hromada.report.view.build_view import entry_list_builder
from hromada.report.view.formats import as_object, items_csv
from hromada.report.view.report_view import ReportView
from hromada.storage.artifact_cache import FileStore
from hromada.system.regular_files import RegularFile, digest_of
from hromada.system.scan import walk

_LIBRARIES = ("typst", "python-docx", "lxml", "XlsxWriter")
_CACHED = ("report.docx", "report.pdf", "report.xlsx")
_WITH_CHECKSUMS = (*_CACHED, "datapackage.json")


class Documents:
    """Makes the files of reports; `view_of` gives a report's view, `theme` has the PDF's template."""

    def __init__(
        self, snapshot: ContentSnapshot, view_of: Callable[[ReportState], ReportView], listed: frozenset[str], theme: Path,
        store: FileStore,
    ) -> None:  # fmt: skip
        self._snapshot, self._view_of, self._listed, self._store = snapshot, view_of, listed, store
        self._template = theme / "documents"

    @cached_property
    def _makers(self) -> str:
        return _makers_digest(Path(__file__).parent.parent / "report" / "documents", self._template)

    def files_of(self, report_state: ReportState) -> Iterator[FilePlan]:
        """The plans of the data files, which are cheap to make, and of the documents with the datapackage's checksums."""
        folder = report_state.path.strip("/")
        data = self._data(report_state)
        for name, content in data.items():
            yield plain_file(f"{folder}/{name}", content)
        report_document = self.report_document(report_state)
        inputs = hashlib.sha256(f"{self._makers} {report_document!r}".encode()).hexdigest()

        def make() -> dict[str, bytes]:
            from hromada.report.documents.datapackage import datapackage_json

            files = data | self._store.get(inputs, _CACHED, lambda: self._made(report_document))
            files["datapackage.json"] = datapackage_json(report_document, files)
            return {f"{folder}/{name}": files[name] for name in _WITH_CHECKSUMS}

        key = digest_of(f"{inputs} {[digest_of(content) for content in data.values()]}".encode())
        yield FilePlan(tuple(f"{folder}/{name}" for name in _WITH_CHECKSUMS), key, make, is_slow=True)
        for count in report_state.activity.counts:
            yield plain_file(f"{folder}/{count.id}/items.csv", items_csv([count], self._url))

    def _url(self, path: str) -> str:
        return self._snapshot.site.settings.base + path

    def _data(self, report_state: ReportState) -> dict[str, bytes]:
        text = json.dumps(as_object(report_state.activity, report_state), ensure_ascii=False, indent=1)
        return {
            "report.json": f"{text}\n".encode(),
            "items.csv": items_csv(report_state.activity.counts, self._url),
        }

    def _made(self, report_document: ReportDocument) -> dict[str, bytes]:
        # Imported here: a build whose documents are cached does not need these libraries.
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
        """The values of a report's documents."""
        view, address = self._view_of(report_state), self._snapshot.site.settings.known_address
        lists = entry_list_builder(report_state, self._snapshot.counting, self._listed)
        return ReportDocument(
            view=view,
            text=self._text(report_state, address),
            lists=tuple(
                FigureEntries(figure, lists.groups(count))
                for count, figure in zip(report_state.activity.counts, view.figures, strict=True)
            ),
            address=address,
            licence=self._snapshot.site.settings.licence,
        )

    def _text(self, report_state: ReportState, address: str) -> tuple[Block, ...]:
        try:
            text, numbers = render_placeholders(
                report_state.text, report_state.activity, report_state.figures, report_state.comparison
            )
        except PlaceholderRefused:  # an approved text whose noun has no forms any more: the page shows it unfilled, too
            text, numbers = report_state.text, {}
        host = address.removesuffix(self._snapshot.site.settings.base)

        def link(value: str) -> str:
            target = self._snapshot.linker.link(report_state.item, value)
            return host + target if target.startswith("/") else target

        return text_blocks(text, numbers, link, address + report_state.path)


def _makers_digest(code: Path, template: Path) -> str:
    """A digest of what makes the documents: our code, the template with its fonts, the libraries' versions."""
    from importlib.metadata import version

    digest = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for folder in (code, template):
        for path, file in walk(folder).items():
            if "/__pycache__/" not in path:
                digest.update(path.encode() + file.source.read())
    return digest.hexdigest()
