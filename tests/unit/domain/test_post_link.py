import pytest

from hromada.domain.post_link import canonical_link, facebook_number, network_of_link, telegram_message


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


@pytest.mark.parametrize(
    ("link", "network"),
    [
        ("https://m.facebook.com/x", "facebook"),
        ("facebook.com/rada", "facebook"),
        ("www.facebook.com/rada/posts/1", "facebook"),
        ("//facebook.com/rada", "facebook"),
        ("FACEBOOK.COM/rada", "facebook"),
        ("HTTPS://WWW.Instagram.com/p/1/", "instagram"),
        (" t.me/rada/5 ", "telegram"),
        ("t.me", "telegram"),
        ("https://facebook.com:443/rada", "facebook"),
        ("facebook.com:443/rada", "facebook"),
        ("youtu.be/a?x=https://example.org/", "youtube"),
        ("https://example.org/", ""),
        ("example.org/facebook.com/", ""),
        ("https://example.org/?u=facebook.com", ""),
        ("notfacebook.com/rada", ""),
        ("rada@facebook.com", ""),
        ("mailto:rada@facebook.com", ""),
        ("javascript://facebook.com/", ""),
        ("facebook", ""),
        ("", ""),
    ],
)
def test_the_network_follows_from_the_links_host(link, network):
    assert network_of_link(link) == network


def test_mailboxes_of_one_host_are_not_one_publication():
    assert canonical_link("rada@rada.example") != canonical_link("starosta@rada.example")
