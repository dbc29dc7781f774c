"""docs/зауваження.md against itself and against the code; its examples are run in tests/system/test_code_examples.py."""

import ast
import re

import pytest

from tests import codes
from tests.conftest import ROOT
from tests.unit.test_docs import calls_that_make_problems

# What no content folder shows by itself, and the tests that show it.
ELSEWHERE = {
    "accessibility-old": "tests/unit/checks/test_frame_rules.py::test_old_results_are_said_when_the_site_is_published",
    "accounts-missing": "tests/system/test_one_cause.py::test_a_list_of_accounts_that_is_not_there_is_said_once",
    "address-moved": "tests/system/test_moved_addresses.py::test_a_renamed_file_gets_a_row_for_the_address_that_was_online",
    "approval-gone": "tests/system/test_approval.py::test_a_deleted_approval_is_said",
    "approval-rewritten": "tests/system/test_approval.py::test_a_deliberate_rewriting_shows_as_a_difference_from_the_first_commit",
    "approval-shallow": "tests/system/test_approval.py::test_a_clone_without_history_is_said",
    "commit-place": "tests/system/test_commit_coordinates.py::test_a_request_of_changes_is_judged_from_where_it_left_the_branch",
    "content-missing": "tests/system/test_broken_sites.py::test_a_missing_content_folder_is_said",
    "original-refused": "tests/system/test_photos.py::test_a_damaged_photo_is_named_and_the_others_are_taken",
    "does-not-add-up": "tests/unit/report/count/test_sums.py::test_parts_that_do_not_make_the_total_refuse_with_the_entries_that_differ",
    "file-too-large": "tests/system/test_limits.py::test_an_extreme_file_is_refused_with_its_reason",
    "header-too-long": "tests/system/test_limits.py::test_a_header_that_never_ends_is_refused_once",
    "import-account": "tests/unit/conversion/social/test_attribution.py::test_an_unknown_account_is_refused",
    "import-broken": "tests/unit/conversion/social/test_recognition.py::test_a_wrong_file_is_refused_with_what_to_do",
    "import-format": "tests/unit/conversion/social/test_recognition.py::test_a_wrong_file_is_refused_with_what_to_do",
    "import-record": "tests/unit/conversion/social/test_business_suite.py::test_a_row_without_a_moment_is_told_and_the_others_are_read",
    "import-size": "tests/system/test_import_social.py::test_an_archive_that_unpacks_without_end_is_refused",
    "import-zone": "tests/unit/conversion/social/test_zone_evidence.py::test_an_office_s_hours_in_the_file_say_that_its_time_is_not_pacific",
    "name-too-long": "tests/system/test_broken_sites.py::test_a_broken_site_is_refused_with_its_reason",
    "nesting-too-deep": "tests/system/test_broken_sites.py::test_a_broken_site_is_refused_with_its_reason",
    "security-expired": "tests/unit/checks/test_frame_rules.py::test_the_check_speaks_thirty_days_ahead_and_refuses_a_publication_afterwards",
    "security-expires": "tests/unit/checks/test_frame_rules.py::test_the_check_speaks_thirty_days_ahead_and_refuses_a_publication_afterwards",
    "site-too-large": "tests/unit/checks/test_attachment_rules.py::test_documents_that_alone_fill_the_host_are_refused",
    "text-too-tangled": "tests/system/test_broken_sites.py::test_a_broken_site_is_refused_with_its_reason",
    "unreadable": "tests/system/test_attachments.py::test_a_document_that_may_not_be_read_is_refused",
    "item-lost": "tests/unit/report/count/test_sums.py::test_a_file_that_was_found_and_not_counted_is_named",
}  # fmt: skip
SECTIONS = {one.code: one for one in codes.sections()[1]}
ROWS = codes.index()
_ANYTHING = "(?s:.+)"


def test_the_index_leads_to_one_section_for_each_code():
    assert sorted(SECTIONS) == [row.code for row in ROWS]
    assert len(codes.sections()[1]) == len(SECTIONS)
    assert [row.anchor for row in ROWS] == [row.code for row in ROWS]


def test_the_introduction_shows_a_message_as_it_is_printed():
    introduction = codes.TEXT.partition("\n## ")[0]

    assert re.findall(r"```text\n(.*)\n```", introduction) == SECTIONS["date-format"].messages


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_section_explains_its_code_and_the_index_has_its_level(row):
    assert SECTIONS[row.code].words
    assert SECTIONS[row.code].levels == row.level


@pytest.mark.parametrize("code", ELSEWHERE)
def test_what_has_no_example_is_shown_by_a_test_and_worded_as_in_the_code(code):
    path, _, name = ELSEWHERE[code].partition("::")
    tests = {
        node.name for node in ast.parse((ROOT / path).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)
    }
    patterns = [_pattern(call, code) for made, call in calls_that_make_problems() if made == code]

    assert name in tests
    assert SECTIONS[code].messages
    for message in SECTIONS[code].messages:
        assert any(re.fullmatch(pattern, message) for pattern in patterns), message


def _pattern(call: ast.Call, code: str) -> str:
    """What a call that makes a problem may print; whatever it puts in may be anything."""
    place = next(number for number, one in enumerate(call.args) if isinstance(one, ast.Constant) and one.value == code)
    message, *fix = (_words(one) for one in call.args[place + 1 : place + 3])
    words = message + "".join(f"(?:, {one})?" if one == _ANYTHING else f", {one}" for one in fix)
    mark = "попередження: " if getattr(call.func, "id", getattr(call.func, "attr", "")) in ("warning", "warn") else ""
    return rf"[^ ]+:\d+: {mark}{words} \[{code}\]"


def _words(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(_words(part) for part in parts)
    return _ANYTHING
