import pytest

from hromada.domain.account import Account, Accounts, PostKind, canonical_link, network_of, network_of_link
from hromada.domain.post_link import facebook_number, telegram_message


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.facebook.com/share/p/1AbC/?mibextid=x", "https://facebook.com/share/1AbC"),
        ("https://fb.com/rada/posts/1", "https://www.facebook.com/rada/posts/1"),
        ("https://www.instagram.com/vyhadiv.rada/reel/C-a_1/?igsh=x", "https://instagram.com/p/C-a_1/"),
        ("https://www.youtube.com/shorts/a-1", "https://youtu.be/a-1"),
        ("https://telegram.me/Der_Rada/5?single", "https://t.me/der_rada/5"),
        ("https://twitter.com/rada/status/1", "https://x.com/rada/status/1"),
    ],
)
def test_a_publication_shown_at_several_addresses_has_one_form(one, other):
    assert canonical_link(one) == canonical_link(other)


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("https://www.facebook.com/rada/posts/123456", "123456"),
        ("https://www.facebook.com/rada/posts/sviato-mista/123456/", "123456"),
        ("https://m.facebook.com/story.php?story_fbid=123456&id=7", "123456"),
        ("https://www.facebook.com/reel/123456", "123456"),
        ("https://www.facebook.com/watch/?v=123456", "123456"),
        ("https://www.facebook.com/permalink.php?story_fbid=pfbid0ab&id=123456", ""),
        ("https://www.facebook.com/123456", ""),
        ("https://t.me/rada/123456", ""),
    ],
)
def test_a_facebook_link_may_say_the_posts_number(link, number):
    assert facebook_number(link) == number


def test_a_telegram_link_says_the_channel_and_the_message():
    assert telegram_message("https://t.me/s/Der_Rada/15?single") == ("der_rada", 15)
    assert telegram_message("https://t.me/c/1500000001/15") is None
