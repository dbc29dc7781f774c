"""What accessibility.toml gives, that it comes back as written, and what is refused with its line."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.accessibility import AccessibilityFault, AccessibilityResults
from hromada.reading.accessibility_results import accessibility_results_text, read_accessibility_results

WHOLE = AccessibilityResults(
    date(2026, 11, 29), "ДСТУ EN 301 549:2022", ("axe-core 4.10",), ("Головна",), ("темне оформлення",), 21,
    (AccessibilityFault("Головна", "темне оформлення", "color-contrast", 'лапки " і \\'),), 2,
)  # fmt: skip
words = st.text(min_size=1).map(lambda text: " ".join("".join(c if c.isprintable() else " " for c in text).split()))
given_words = words.filter(bool)


def test_results_come_back_as_they_were_written():
    assert read_accessibility_results(accessibility_results_text(WHOLE).encode()) == (WHOLE, [])


@given(st.lists(st.builds(AccessibilityFault, given_words, given_words, given_words, given_words)))
def test_any_words_of_a_fault_come_back(faults):
    results = WHOLE._replace(faults=tuple(faults))
    read, problems = read_accessibility_results(accessibility_results_text(results).encode())

    assert [problem for problem in problems if problem.code != "link-private"] == []
    assert problems or read == results


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
def test_other_editors_line_ends_and_signs_are_read(begin, ending):
    raw = begin + accessibility_results_text(WHOLE).replace("\n", ending).encode()

    assert read_accessibility_results(raw)[0] == WHOLE


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("2026-11-29", "вчора", 2, "accessibility-results"),
        ("2026-11-29", "2026-02-30", 2, "accessibility-results"),
        ("checks = 21", "checks = 0", 4, "accessibility-results"),
        ("checks = 21", "checks = true", 4, "accessibility-results"),
        ("standard", "standart", 3, "toml-unknown-key"),
        ("day = ", "day = = ", 2, "toml-syntax"),
    ],
)
def test_a_changed_file_is_refused_with_its_line(old, new, line, code):
    text = accessibility_results_text(WHOLE).replace(old, new)
    results, problems = read_accessibility_results(text.encode())

    assert results is None
    assert (problems[0].line, problems[0].code) == (line, code)


def test_an_empty_file_is_refused():
    results, problems = read_accessibility_results(b"")

    assert results is None
    assert {problem.code for problem in problems} == {"accessibility-results"}


def test_results_of_31_days_are_not_old_yet():
    assert WHOLE.becomes_old() == datetime(2026, 12, 31)
