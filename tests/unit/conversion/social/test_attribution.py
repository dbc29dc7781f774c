"""Whose publications an export has: by its own names, or by ACCOUNT."""

import pytest

from hromada.conversion.social.attribution import attribute
from hromada.conversion.social.publication import ImportRefused
from tests.unit.conversion.social.samples import (
    ACCOUNTS,
    MOMENTS,
    SUITE_HEAD,
    csv_bytes,
    facebook_posts,
    instagram_csv,
    meta_json,
    plain_json,
    reading_of,
    suite_rows,
    telegram_channel,
)

TWO_PAGES = csv_bytes(SUITE_HEAD, [*suite_rows(), *suite_rows(MOMENTS[:5], "«Вигадівський  КЛУБ»", 5000)])


def owners(raw, wanted=""):
    reading = reading_of(raw)
    every = reading.records
    found = attribute(reading, ACCOUNTS, wanted)
    assert reading.records == every, "what goes aside is counted once"
    return {id: sum(one.account.id == id for one in found) for id in ("rada", "klub")}, dict(reading.skipped)


def refused(raw, wanted=""):
    with pytest.raises(ImportRefused) as error:
        attribute(reading_of(raw), ACCOUNTS, wanted)
    return str(error.value)


def test_each_page_of_a_file_finds_its_account():
    assert owners(TWO_PAGES) == ({"rada": 120, "klub": 5}, {})


def test_an_account_is_found_by_its_username_too():
    assert owners(instagram_csv()) == ({"rada": 120, "klub": 0}, {})


@pytest.mark.parametrize("wanted", ["klub", "вигадівський клуб"])
def test_account_takes_its_own_page_alone(wanted):
    assert owners(TWO_PAGES, wanted) == ({"rada": 0, "klub": 5}, {"інші сторінки, не ACCOUNT": 120})


def test_account_names_a_page_that_the_table_does_not_know():
    assert owners(csv_bytes(SUITE_HEAD, suite_rows(page="Стара назва")), "rada") == ({"rada": 120, "klub": 0}, {})
    assert owners(meta_json(facebook_posts()), "ВМР") == ({"rada": 120, "klub": 0}, {})


def test_an_unknown_page_is_refused_with_what_to_write():
    assert refused(csv_bytes(SUITE_HEAD, suite_rows(page="Вигадівська міськрада"))) == (
        "file:1: сторінки «Вигадівська міськрада» немає в accounts.toml, можливо, «Вигадівська міська рада»? Допишіть назву"
        " до also = […] її сторінки або нову сторінку до content/registers/accounts.toml:"
        ' [[account]] id = "…" name = "Вигадівська міськрада" networks = ["facebook"] group = "other"; чи вкажіть ACCOUNT=…'
        " [import-account]"
    )


def test_an_unknown_account_is_refused():
    assert refused(TWO_PAGES, "Бібліотека") == (
        "ACCOUNT:1: сторінки «Бібліотека» немає в accounts.toml, вкажіть id або назву з accounts.toml [import-account]"
    )
    assert "можливо, «klub»?" in refused(TWO_PAGES, "klubb")


def test_a_file_that_does_not_say_whose_it_is_asks_for_account():
    assert refused(meta_json(facebook_posts())) == (
        "file:1: файл не каже, чия це сторінка, вкажіть ACCOUNT=…: rada, klub [import-account]"
    )


def test_account_never_takes_another_known_page():
    assert "це сторінка «Вигадівська міська рада» (rada), а ACCOUNT – «Вигадівський клуб»" in refused(
        csv_bytes(SUITE_HEAD, suite_rows()), "klub"
    )


def test_account_never_takes_two_unknown_pages_for_one():
    rows = [*suite_rows(MOMENTS[:2], "А"), *suite_rows(MOMENTS[:2], "Б", 5000)]

    assert "сторінок кілька, і жодна не «Вигадівський клуб»: «А», «Б»" in refused(csv_bytes(SUITE_HEAD, rows), "klub")


def test_of_many_channels_those_of_the_table_are_taken_and_the_others_named():
    value = {"chats": {"list": [telegram_channel(), telegram_channel(MOMENTS[:2], "Чужий канал", 7)]}}
    reading = reading_of(plain_json(value))
    every = reading.records

    assert len(attribute(reading, ACCOUNTS, "")) == 120
    assert reading.skipped["сторінки, яких немає в accounts.toml"] == 2
    assert reading.records == every
    assert reading.notes == [
        "file: сторінка «Чужий канал», Telegram: 2 не перенесено, перший – повідомлення 2; сторінки, яких немає в accounts.toml"
    ]


@pytest.mark.parametrize("page", ["Сусідня рада", "Вигадівська міськрада", ""])
@pytest.mark.parametrize("wanted", ["", "rada"])
def test_rows_of_a_foreign_page_are_named_and_left_out_and_the_others_taken(page, wanted):
    rows = [*suite_rows(MOMENTS[:5]), *suite_rows(MOMENTS[:1], page, 5000)]
    reading = reading_of(csv_bytes(SUITE_HEAD, rows))
    owned = attribute(reading, ACCOUNTS, wanted)
    taken = 6 if wanted and not page else 5  # ACCOUNT says whose a row without a page is

    assert {one.account.id for one in owned} == {"rada"}
    assert (len(owned), reading.skipped.total(), reading.records) == (taken, 6 - taken, 6)
    assert [
        f"сторінка «{page}», Facebook: 1 не перенесено, перший – рядок " in note
        for note in reading.notes
        if "не перенесено" in note
    ] == ([] if taken == 6 else [bool(page)])


def test_an_export_without_publications_belongs_to_anybody():
    assert owners(csv_bytes(SUITE_HEAD, []), "klub") == ({"rada": 0, "klub": 0}, {})
