"""What the page of registers knows: the reader's own tables, in a form that JavaScript reads."""

import json
import re

import pytest

from hromada.domain.account import Account, Accounts
from hromada.domain.dates import DATE_FORMS
from hromada.domain.figure import Figures, standard_figures
from hromada.pages.register_forms import javascript_pattern, register_forms
from hromada.reading.columns import HEADER_WORDS, SPECS, column_of, columns_in
from hromada.reading.tables import TOTAL_LABEL

NAMES = ("coverage", "newspaper", "requests", "social", "vlasnyi")
ACCOUNTS = Accounts.of([Account("rada", "Зразкова рада", ("ЗР",), ("facebook", "mastodon"), "main")])
FORMS = register_forms(NAMES, ACCOUNTS, Figures(standard_figures(NAMES)))


def test_every_word_of_every_column_is_given():
    assert FORMS["headerWords"] == dict(HEADER_WORDS)
    assert set(FORMS["likely"]) == set(FORMS["columns"]) == {spec.key for spec in SPECS}


@pytest.mark.parametrize("register", FORMS["registers"], ids=lambda register: register["id"])
def test_a_new_file_begins_with_columns_that_the_reader_knows(register):
    header = register["header"]

    assert len(columns_in(dict(enumerate(header)))) == len(header)
    assert "date" in map(column_of, header)
    needed = {spec.key for spec in SPECS if register["id"] in spec.needed_in}
    assert needed <= set(map(column_of, header))


def test_registers_bear_the_titles_of_their_figures():
    titles = {register["id"]: register["title"] for register in FORMS["registers"]}

    assert titles["newspaper"] == "Матеріали, передані до газети"
    assert titles["vlasnyi"] == "Журнал «vlasnyi»"


def test_a_network_of_an_account_alone_can_be_chosen():
    assert FORMS["networks"]["mastodon"] == "mastodon"
    assert FORMS["networks"]["facebook"] == "Facebook"


def test_all_of_it_is_json():
    assert json.loads(json.dumps(FORMS)) == json.loads(json.dumps(FORMS, ensure_ascii=False))


# In JavaScript's Unicode mode these are errors.
_UNKNOWN = re.compile(r"\(\?P|\(\?[a-zA-Z]|\\[AZ]|\\[\"'«»]|(?<!\\)\[[^\]]*\\w")


@pytest.mark.parametrize(
    "pattern", [*DATE_FORMS, TOTAL_LABEL, *(spec.likely for spec in SPECS)], ids=lambda pattern: pattern.pattern[:20]
)
def test_patterns_have_nothing_that_javascript_lacks(pattern):
    assert not _UNKNOWN.search(javascript_pattern(pattern)["source"])
