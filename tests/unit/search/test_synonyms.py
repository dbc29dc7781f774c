"""Groups of words that mean the same in announcements of a community."""

import itertools

from hromada.search.synonyms import ASKED, GROUPS, synonym_groups
from hromada.search.words import is_indexed, normalized, words_of
from hromada.storage.lexeme_store import load_dictionary


def forms_of(member):
    return (member.get("forms") or member.get("asked") or "").split()


def test_a_word_has_all_its_forms_and_is_the_first_of_them():
    members = {
        text.split()[0]: member
        for group in synonym_groups(load_dictionary())
        for member in group
        for text in member.values()
    }

    assert {"вода", "води", "водою", "воду"} <= set(members["вода"]["forms"].split())
    assert members["жкг"] == {"forms": "жкг"}
    assert members["немає"]["asked"].split()[0] == "немає"
    assert members["житлово"] == {"words": "житлово комунальний"}


def test_every_member_can_be_looked_for():
    for member in itertools.chain.from_iterable(GROUPS):
        words = words_of(normalized(member))
        assert words == member.replace("’", "").split()
        assert all(map(is_indexed, words))


def test_no_form_is_in_two_groups():
    groups = [{form for member in group for form in forms_of(member)} for group in synonym_groups(load_dictionary())]

    assert not [one & other for one, other in itertools.combinations(groups, 2) if one & other]
    assert set(itertools.chain.from_iterable(GROUPS)) >= ASKED
