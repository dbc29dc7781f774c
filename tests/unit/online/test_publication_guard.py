"""The guard before a publication: what a person has to confirm, and the summary in one line."""

import pytest

from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.refusal import FORCEABLE
from hromada.online.publication_guard import guard_refusals, short_summary
from hromada.online.site_changes import FigureChange, MovedPage, SiteChanges


def pages(count, prefix="/news/"):
    return tuple(f"{prefix}{number}/" for number in range(count))


def codes(changes, online=(), gone_anyway=(), forced=()):
    return [refusal.code for refusal in guard_refusals(changes, online, gone_anyway, forced)]


@pytest.mark.parametrize(
    ("gone", "online", "expected"),
    [
        (0, 100, []),
        (1, 100, ["address-gone"]),
        (4, 5, ["address-gone"]),  # fewer than five pages are named, whatever their share
        (5, 100, ["address-gone"]),  # five per cent are not yet many
        (5, 99, ["address-gone", "many-gone"]),
        (6, 100, ["address-gone", "many-gone"]),
        (750, 15_000, ["address-gone"]),
        (751, 15_000, ["address-gone", "many-gone"]),
    ],
)
def test_pages_that_vanish_are_confirmed_and_many_of_them_twice(gone, online, expected):
    assert codes(SiteChanges(gone=pages(gone)), pages(online)) == expected


def test_documents_that_vanish_are_named_but_are_no_pages():
    gone = tuple(f"/files/{number}.pdf" for number in range(20))

    assert codes(SiteChanges(gone=gone), pages(20)) == ["address-gone"]


@pytest.mark.parametrize(
    ("gone", "rows", "documents"),
    [(("/a/",), True, False), (("/files/a.pdf",), False, True), (("/a/", "/files/a.pdf"), True, True)],
)
def test_a_row_is_advised_only_where_one_can_stand_for_the_address(gone, rows, documents):
    (refusal,) = guard_refusals(SiteChanges(gone=gone), pages(20), (), ())

    assert ("«адреса;gone»" in refusal.message, "рядок не замінить" in refusal.message) == (rows, documents)


@pytest.mark.parametrize(
    "address", ["/news/2021/06/", "/news/category/biudzhet/", "/photos/2021/06/", "/events/2021-06/"]
)
def test_a_list_vanishes_with_its_last_item_without_a_question(address):
    assert codes(SiteChanges(gone=(address,)), pages(20)) == []


@pytest.mark.parametrize(
    "address", ["/news/x-2021-06-05/", "/units/zhytlo/", "/reports/2021-h2/", "/files/plan.pdf", "/news/feed.atom"]
)
def test_every_other_address_is_asked_about(address):
    assert codes(SiteChanges(gone=(address,)), pages(20)) == ["address-gone"]


def test_what_another_refusal_names_is_not_named_twice():
    assert codes(SiteChanges(gone=("/a/",)), pages(20), gone_anyway={"/a/"}) == []


@pytest.mark.parametrize(("share", "expected"), [(79, []), (80, []), (81, ["near-limit"])])
def test_a_site_near_the_hosts_limit_is_confirmed(share, expected):
    assert codes(SiteChanges(bytes=LARGEST_SITE * share // 100)) == expected


def test_each_code_is_passed_by_itself():
    changes = SiteChanges(gone=pages(6), bytes=LARGEST_SITE * 9 // 10)
    every = codes(changes, pages(50))

    assert every == ["address-gone", "many-gone", "near-limit"]
    for code in every:
        assert code in FORCEABLE
        assert codes(changes, pages(50), forced={code}) == [other for other in every if other != code]


@pytest.mark.parametrize(
    ("gone", "begins"),
    [(1, "Із сайту зникне 1 адреса,"), (2, "Із сайту зникнуть 2 адреси,"), (5, "Із сайту зникнуть 5 адрес,"), (21, "Із сайту зникне 21 адреса,")],
)  # fmt: skip
def test_the_number_of_addresses_is_in_its_form(gone, begins):
    message = guard_refusals(SiteChanges(gone=pages(gone)), pages(1000), (), ())[0].message

    assert message.replace("\xa0", " ").startswith(begins)
    assert ("… і ще" in message) == (gone > 10)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (SiteChanges(), "Адреси ті самі."),
        (SiteChanges(new=pages(2), gone=pages(1)), "Адрес: нових 2, зниклих 1."),
        (
            SiteChanges(changed=pages(1), moved=(MovedPage("/a/", "/b/"),), figures=(FigureChange("2021-h2", "news", 120, 121),)),
            "Адрес: змінених 1, перенесених 1. Показники: 2021-h2 news 120 → 121.",
        ),
        (SiteChanges(figures=(FigureChange("2021-h2", "photos", None, 7),)), "Адреси ті самі. Показники: 2021-h2 photos немає → 7."),
    ],
)  # fmt: skip
def test_the_summary_is_one_line(changes, line):
    assert short_summary(changes) == line
