import pytest

from hromada.domain.account import Account, Accounts, PostKind, canonical_link, network_of, network_of_link


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/rada/posts/123",
        "http://m.facebook.com/rada/posts/123/",
        "https://facebook.com/rada/posts/123?fbclid=abc&__tn__=R",
        "https://web.facebook.com/rada/posts/123#comments",
        "facebook.com/rada/posts/123",
    ],
)
def test_links_to_one_publication_have_one_form(link):
    assert canonical_link(link) == "facebook.com/rada/posts/123"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://facebook.com/story.php?story_fbid=1&id=2", "https://facebook.com/story.php?story_fbid=3&id=2"),
        ("https://youtube.com/watch?v=a", "https://youtube.com/watch?v=b"),
        ("https://gazeta.example/?p=1", "https://gazeta.example/?p=2"),
        ("https://instagram.com/p/AbC/", "https://instagram.com/p/abc/"),
    ],
)
def test_different_publications_keep_different_links(one, other):
    assert canonical_link(one) != canonical_link(other)


def test_short_forms_of_a_link_are_known():
    assert canonical_link("https://youtu.be/a?si=1") == canonical_link("https://www.youtube.com/watch?v=a&t=3")
    assert canonical_link("https://t.me/s/der_rada/5") == canonical_link("https://t.me/der_rada/5")


def test_a_network_has_many_names_and_follows_from_a_link():
    assert {network_of(word) for word in ("Фейсбук", "FB", " facebook ")} == {"facebook"}
    assert network_of_link("https://m.facebook.com/x") == "facebook"
    assert network_of_link("https://example.org/") == ""


def test_reposts_and_stories_are_kinds_that_do_not_count():
    counted = {kind for kind in PostKind if kind.is_counted}

    assert {kind.value for kind in counted} == {"допис", "фото", "відео", "рілс", "ефір"}
    assert PostKind.parse("") is PostKind.POST
    assert PostKind.parse("Репост") is PostKind.REPOST
    assert PostKind.parse("перепост") is None


def test_an_account_is_found_by_any_of_its_names():
    accounts = Accounts.of([Account("rada", "Дергачівська міська рада", ("ДМР",))])

    assert {accounts.find(name) for name in ("ДМР", "«дергачівська  міська рада»", "rada")} == {accounts.all[0]}
    assert accounts.find("ЖКГ") is None
