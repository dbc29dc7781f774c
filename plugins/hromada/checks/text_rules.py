"""The list of rules for a single text; their results are cached with the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hromada.checks.comment_rules import notes_stay_hidden
from hromada.checks.header_rules import header_is_plain_text, names_have_no_contacts
from hromada.checks.language_rules import (
    letters_are_composed,
    no_letter_was_lost,
    no_sign_is_invisible,
    quotes_are_ukrainian,
    text_was_encoded_once,
    words_follow_the_orthography,
    words_have_letters_of_one_alphabet,
)
from hromada.checks.linted_text import LintedText
from hromada.checks.markup_rules import (
    headings_go_down_one_by_one,
    pictures_have_their_sign,
    tags_are_closed,
    what_is_defined_is_used,
)
from hromada.checks.paste_rules import (
    lists_have_marks_of_markdown,
    no_path_of_a_computer,
    no_short_code_of_another_site,
    no_style_of_an_office_program,
    paragraphs_are_no_code,
    paragraphs_stand_apart,
    sentences_are_no_headings,
    tables_have_bars,
    tables_lose_no_cell,
)
from hromada.checks.privacy_rules import no_personal_data
from hromada.checks.service_rules import steps_are_numbered
from hromada.checks.unit_rules import hours_are_clear
from hromada.domain.item import Item, Status
from hromada.domain.problem import Problem

Rule = Callable[[LintedText], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    notes_stay_hidden,
    no_letter_was_lost,
    no_path_of_a_computer,
    tags_are_closed,
    pictures_have_their_sign,
    what_is_defined_is_used,
    text_was_encoded_once,
    words_have_letters_of_one_alphabet,
    no_sign_is_invisible,
    letters_are_composed,
    no_style_of_an_office_program,
    no_short_code_of_another_site,
    paragraphs_are_no_code,
    lists_have_marks_of_markdown,
    paragraphs_stand_apart,
    sentences_are_no_headings,
    tables_have_bars,
    tables_lose_no_cell,
    header_is_plain_text,
    headings_go_down_one_by_one,
    no_personal_data,
    names_have_no_contacts,
    words_follow_the_orthography,
    quotes_are_ukrainian,
    hours_are_clear,
    steps_are_numbered,
)
# Only for Ukrainian texts.
_UKRAINIAN: tuple[Rule, ...] = (words_have_letters_of_one_alphabet, words_follow_the_orthography, quotes_are_ukrainian)


def check_text(item: Item, text: str) -> list[Problem]:
    """All problems of one file's text."""
    if item.status is Status.DRAFT:  # an unfinished text is not checked
        return []
    text_file = LintedText(item, text)
    left_out = _UKRAINIAN if item.is_translation else ()
    return [problem for rule in RULES if rule not in left_out for problem in rule(text_file)]
