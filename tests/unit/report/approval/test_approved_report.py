import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.account import Accounts
from hromada.domain.content_digest import LATEST
from hromada.domain.item import ReportDetails
from hromada.domain.period import parse_period
from hromada.report.approval.approved_report import changed_values
from hromada.report.approval.reader import ApprovalDamaged, read_approval
from hromada.report.approval.report_state import ReportStates, translation_problems
from hromada.report.approval.writer import approval_path, digest_of_version, with_digest, write_approval
from hromada.report.count.entry_index import EntryIndex
from hromada.report.view.build_view import approval_view, entry_list_builder, mentions, report_view
from hromada.report.view.formats import as_object, items_csv
from tests.properties import examples
from tests.unit.making import ACCOUNTS, item, replace, row, site, unit
from tests.unit.report.approving import (
    CLOCK,
    H2,
    SIGNATURE,
    approved,
    current,
    report,
    statements_of,
    version_of,
    with_items,
)

PLACE = site(
    [
        report(windows={"newspaper": H2}), unit("zhkh", "Відділ"), item("2021-07-05", slug="a", category="Події"),
        item("2021-12-31 23:59", slug="b"), item("2021-09-05", section="units/zhkh", slug="m"),
    ],
    [row(line=2), row(line=3, account="okruh", kind="репост"), row(line=4, kind="сторіз"),
     row(register="requests", count=12, line=2)],
)  # fmt: skip
PATH = approval_path(H2)


def written(*versions):
    return write_approval(approved(*(versions or (version_of(PLACE),))))


def test_what_is_written_is_read_back_whole():
    version = version_of(PLACE)
    read = read_approval(PATH, written(version))

    assert write_approval(read) == written(version)
    assert as_object(read.current.activity) == as_object(version.activity)
    assert items_csv(read.current.activity.counts, str) == items_csv(version.activity.counts, str)


def test_the_same_approval_is_always_the_same_bytes():
    assert written() == written()


def test_every_counted_entry_stands_there_once_with_its_identity_and_hash():
    (version,) = json.loads(written())["versions"]
    identities = [one["identity"] for one in version["entries"]]

    assert len(identities) == len(set(identities)) == 7
    assert "/news/a-2021-07-05/" in identities
    assert all(len(one["sha256"]) == 64 for one in version["entries"] if not one["source"].startswith("register:"))
    assert version["digest-version"] == LATEST
    assert (version["by"], version["number"], version["commit"]) == (SIGNATURE.by, SIGNATURE.document, "c" * 40)


def test_the_signature_has_a_position_and_a_name():
    assert (SIGNATURE.position, SIGNATURE.name) == ("начальник відділу", "Ім’я ПРІЗВИЩЕ")
    assert SIGNATURE.signer == "начальник відділу Ім’я ПРІЗВИЩЕ"
    assert replace(SIGNATURE, by="голова, секретар, Ім’я").signer == "голова, секретар Ім’я"
    assert (replace(SIGNATURE, by="Секретар").position, replace(SIGNATURE, by="Секретар").name) == ("", "Секретар")


@examples(1.5)
@given(st.data())
def test_any_changed_byte_is_refused_or_harmless(data):
    raw = bytearray(written())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    try:
        read = read_approval(PATH, bytes(raw))
    except ApprovalDamaged:
        return
    assert read == read_approval(PATH, written())  # only white space between the fields


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda one: one["figures"][0].update(value=99), "SHA-256"),
        (lambda one: one.update(by="Хтось"), "SHA-256"),
        (lambda one: one.update(version=2), "SHA-256"),
        (lambda one: one["entries"].pop(), "SHA-256"),
    ],
)
def test_a_careless_edit_is_refused(edit, words):
    data = json.loads(written())
    edit(data["versions"][0])
    with pytest.raises(ApprovalDamaged, match=words):
        read_approval(PATH, json.dumps(data).encode())


def test_a_value_that_its_entries_do_not_make_is_refused_even_with_a_renewed_digest():
    data = json.loads(written())
    version = data["versions"][0]
    version["figures"][0]["value"] = 99
    version["sha256"] = digest_of_version(version)
    with pytest.raises(ApprovalDamaged, match="не дорівнює сумі"):
        read_approval(PATH, json.dumps(data).encode())


def test_a_version_without_numbered_rules_keeps_its_own_digest():
    old = with_digest(replace(version_of(PLACE), digest_version=1))
    (version,) = json.loads(written(old))["versions"]

    assert "digest-version" not in version
    assert read_approval(PATH, written(old)).current.digest_version == 1
    assert write_approval(read_approval(PATH, written(old))) == written(old)


@pytest.mark.parametrize("rules", [0, 3, "2", None, True, [2]])
def test_digests_by_unknown_rules_are_refused(rules):
    data = json.loads(written())
    version = data["versions"][0]
    version["digest-version"] = rules
    version["sha256"] = digest_of_version(version)
    with pytest.raises(ApprovalDamaged):
        read_approval(PATH, json.dumps(data).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"\xff", b'{"format": 2}', b'{"format": 1, "period": "2021-H2", "versions": []}']
)
def test_a_damaged_file_is_refused(raw):
    with pytest.raises(ApprovalDamaged):
        read_approval(PATH, raw)


def test_a_file_under_another_periods_name_is_refused():
    with pytest.raises(ApprovalDamaged, match="не за своїм періодом"):
        read_approval(PATH.replace("H2", "H1"), written())


def test_versions_make_a_chain():
    first = version_of(PLACE)
    second = version_of(PLACE, before=first, reason="уточнення", note="Додано матеріал.")

    assert read_approval(PATH, written(first, second)).current.number == 2
    with pytest.raises(ApprovalDamaged, match="складена не після"):
        read_approval(PATH, written(replace(first, note="x"), second))


def test_an_amendment_shows_old_and_new_values():
    first = version_of(PLACE)
    more = with_items(PLACE, *(one for one in PLACE.items if one.kind != "report"), item("2021-10-01", slug="n"))
    second = version_of(more, before=first, reason="уточнення", note="Додано матеріал.")

    assert changed_values(first.activity, second.activity) == [("Публікації у розділі «Новини»", 2, 3)]


def test_an_approved_page_shows_approved_figures_and_never_other_ones():
    more = with_items(PLACE, *(one for one in PLACE.items if one.kind != "report"), item("2021-10-01", slug="n"))
    report_state = current(more, approved(version_of(PLACE)))
    news = as_object(report_state.activity, report_state)["figures"][0]

    assert (report_state.status, news["value"], news["counted"]) == ("changed", 2, 3)
    assert as_object(report_state.activity, report_state)["approved"]["on"] == "2022-01-15"


def test_the_page_of_an_approved_report_knows_nothing_of_todays_accounts_and_units():
    version = version_of(PLACE)
    accounts = Accounts.of(replace(one, networks=(*one.networks, "telegram")) for one in ACCOUNTS.all)
    opened = [
        replace(one, unit=replace(one.unit, opened=date(2021, 10, 15))) if one.unit else one for one in PLACE.items
    ]
    now = site(opened, list(PLACE.rows), accounts=accounts)
    views = [
        report_view(current(place, approved(version)), ReportStates(EntryIndex.of(place, CLOCK), {}), {"/units/zhkh/"})
        for place in (PLACE, now)
    ]

    assert (views[0].account_rows, views[0].charts) == (views[1].account_rows, views[1].charts)


def test_a_section_of_an_approved_list_is_called_as_it_was():
    retitled = [replace(one, title="Відділ благоустрою") if one.unit else one for one in PLACE.items]
    now = site(retitled, list(PLACE.rows))
    report_state = current(now, approved(version_of(PLACE)))
    groups = entry_list_builder(report_state, statements_of(now), frozenset()).groups(
        report_state.activity.get("unit-messages")
    )

    assert {entry.section_title for group in groups for entry in group.entries} == {"Відділ"}


def test_an_item_that_moved_since_is_found_where_it_is():
    version = version_of(PLACE)
    renamed = [
        replace(one, address="/news/z-2021-07-05/", path="content/news/z.md")
        if one.address == "/news/a-2021-07-05/" else one
        for one in PLACE.items
    ]  # fmt: skip
    report_state = current(site(renamed, list(PLACE.rows)), approved(version))

    assert dict(report_state.diff.moved) == {"/news/a-2021-07-05/": "/news/z-2021-07-05/"}
    assert "/news/z-2021-07-05/" in mentions([report_state])
    listed = entry_list_builder(report_state, statements_of(PLACE), {"/news/z-2021-07-05/"}).groups(
        report_state.activity.get("news")
    )
    assert "/news/z-2021-07-05/" in [entry.path_or_url for group in listed for entry in group.entries]


def test_a_translation_has_the_windows_the_period_and_the_approval_of_its_original():
    english = replace(
        PLACE.items[0], lang="en", address="/en/reports/2021-h2/", path="content/reports/2021-h2.en.md",
        title="Report", body="Text.", report=ReportDetails("2021-h2", parse_period("2021-H1"), complete=False),
    )  # fmt: skip
    place = site([english, *PLACE.items], list(PLACE.rows))
    first = version_of(PLACE)
    approval = approved(first, version_of(PLACE, before=first, reason="уточнення", note="Так."))
    report_states = ReportStates(EntryIndex.of(place, CLOCK), {"2021-H2": approval})
    own = report_states.current(english)

    assert (own.activity.period, own.complete, own.title, own.status) == (H2, True, "Report", "approved")
    assert [one.path for one in approval_view(own).versions] == ["/en/reports/2021-h2/", "/reports/2021-h2/versions/1/"]
    assert list(report_states.earlier(english)) == []
    assert [one.code for one in translation_problems(own)] == ["translation-period"]


def test_an_approved_report_keeps_its_text_and_its_rules():
    version = version_of(PLACE)
    texts = [replace(one, body="Інший текст.") if one.kind == "report" else one for one in PLACE.items]
    report_state = current(
        site(texts, list(PLACE.rows)), approved(replace(version, rules_version="0", rules=("Інакше.",)))
    )

    assert report_state.text == "Розміщено [[news зн.]]."
    assert report_state.version.rules == ("Інакше.",)
