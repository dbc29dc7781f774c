"""The index of services: the Ukrainian alphabet, events in life in any spelling, units."""

from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.settings import MenuLink
from hromada.listing.service_index import ServiceCard, event_anchor, first_letter, in_alphabetical_order, service_index


def card(title, events=(), unit="Відділ"):
    return ServiceCard(title, f"/services/{title}/", "", MenuLink(unit, f"/units/{unit}/"), tuple(events), False, True)


def index(*cards):
    return service_index(in_alphabetical_order(cards))


def test_letters_stand_in_the_order_of_the_ukrainian_alphabet():
    titles = ["Ящик", "Їжа", "Ґрунт", "Гроші", "Євро", "Експертиза", "Іспит", "Йод", "Аналіз", "«Зевс»", "112", "зерно"]
    letters = index(*map(card, titles)).letters

    assert [group.title for group in letters] == ["№", "А", "Г", "Ґ", "Е", "Є", "З", "І", "Ї", "Й", "Я"]
    assert [one.title for one in letters[6].services] == ["«Зевс»", "зерно"]


def test_events_in_life_are_one_in_any_spelling():
    found = index(card("А", ["Переїзд", "переїзд"]), card("Б", ["ПЕРЕЇЗД", "«Хвороба»"]), card("В")).life_events

    assert [(group.title, [one.title for one in group.services]) for group in found] == [
        ("Переїзд", ["А", "Б"]), ("«Хвороба»", ["Б"]),
    ]  # fmt: skip
    assert found[0].anchor == event_anchor("Переїзд") == "podiia-pereizd"


def test_units_lead_to_their_pages():
    found = index(card("А", unit="Ю"), card("Б", unit="Є"), card("В", unit="Ю")).units

    assert [(group.title, group.path, len(group.services)) for group in found] == [
        ("Є", "/units/Є/", 1),
        ("Ю", "/units/Ю/", 2),
    ]


def test_no_services_are_an_empty_index():
    assert index() == ((), (), (), 0, False)


@given(
    st.lists(st.builds(card, st.text(min_size=1, max_size=8), st.lists(st.text(min_size=1, max_size=5), max_size=3)))
)
def test_no_service_is_lost_or_listed_twice_under_letters_and_units(cards):
    found = index(*cards)

    for groups in (found.letters, found.units):
        assert sorted(one for group in groups for one in group.services) == sorted(set(cards))
        assert len({group.anchor for group in groups}) == len(groups)


@given(st.text(max_size=20))
def test_any_title_stands_under_one_sign(title):
    assert first_letter(title)
