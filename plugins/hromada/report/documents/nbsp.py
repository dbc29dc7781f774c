"""Documents' numbers for Word: «15-р» and «7/р» never break over two lines."""

from __future__ import annotations

import re
from dataclasses import replace

from hromada.report.view.report_view import ApprovalView, ReportView

_HYPHEN, _JOINER = "\N{NON-BREAKING HYPHEN}", "\N{WORD JOINER}"
# Lines break after a slash only before a letter; no joiner where it isn't needed, since not every font knows it.
_SLASH = re.compile(r"/(?=[^\d\s])")


def with_unbroken_numbers(view: ReportView) -> ReportView:
    """The report with the number of each approval as one piece."""
    return replace(view, approval=_unbroken_approval(view.approval)) if view.approval else view


def _unbroken_approval(approval: ApprovalView) -> ApprovalView:
    versions = tuple(replace(version, document=_unbroken(version.document)) for version in approval.versions)
    return replace(approval, document=_unbroken(approval.document), versions=versions)


def _unbroken(number: str) -> str:
    return _SLASH.sub(f"/{_JOINER}", number).replace("-", _HYPHEN)
