"""Whatever names `make fix` is cleared by it: the documented examples, and every fault of the unit tests."""

import ast

import pytest

from hromada.autofix.fixes import apply_fixes
from hromada.checks.text_rules import check_text
from hromada.commands import dispatch as commands
from hromada.domain.header_fields import KEYS
from hromada.domain.pasted_text import NAMES
from tests.codes import sections
from tests.system.test_code_examples import written
from tests.unit.checks.test_text_rules import HEADER, WRONG
from tests.unit.making import item
from tests.unit.test_docs import calls_that_make_problems

PROMISE = "make fix"
SECTIONS = {
    one.code: one
    for one in sections()[1]
    if PROMISE in "\n".join([*one.words, *(said for said in one.messages if said.endswith(f"[{one.code}]"))])
}
OF_PUBLISHED = {"address-moved"}  # it takes a published site: tests/system/test_moved_addresses.py
OF_FILES = {one for one in SECTIONS if one.startswith(("picture-", "attachment-"))}  # no text shows them
FAULTS = [
    *((code, text) for code, text, _ in WRONG),
    *(("invisible-sign", f"гро{sign}мада") for sign in NAMES),
    *(("quotes", f"Газета {pair[0]}Вісті{pair[1]} пише.") for pair in ('""', "“”", "„“", "„”")),
]


def said(text):
    """What is said of the text, by code."""
    return {problem.code: problem.fix for problem in check_text(item(body_line=4), text)}


@pytest.mark.parametrize("code", sorted(SECTIONS.keys() - OF_PUBLISHED))
def test_make_fix_clears_the_documented_example(site, code):
    written(site, SECTIONS[code], SECTIONS[code].bad)
    before = site.run(commands.check, everything=True)[1]
    site.run(commands.fix)
    after = site.run(commands.check, everything=True)[1]

    assert f"[{code}]" in before
    assert f"[{code}]" not in after


def test_every_message_that_promises_it_has_its_example():
    promising = {code for code, options in calls_that_make_problems() if PROMISE in ast.unparse(options)}

    assert promising
    assert {code for code in promising if not any(PROMISE in one for one in SECTIONS[code].messages)} == set()


@pytest.mark.parametrize(("code", "text"), [one for one in FAULTS if PROMISE in said(HEADER + one[1]).get(one[0], "")])
def test_make_fix_clears_every_fault_whose_message_promises_it(code, text):
    assert code not in said(apply_fixes(HEADER + text, KEYS).text)


@pytest.mark.parametrize(
    "code",
    sorted(
        SECTIONS.keys()
        - {"encoding", "header-lookalike", "header-markup", "header-yaml", "link-syntax", *OF_FILES, *OF_PUBLISHED}
    ),
)
def test_faults_of_every_promising_rule_are_tried(code):
    assert code in {one for one, text in FAULTS if PROMISE in said(HEADER + text).get(one, "")}
