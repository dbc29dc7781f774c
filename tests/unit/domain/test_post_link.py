import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.post_link import (
    canonical_link,
    facebook_name,
    facebook_number,
    network_of_link,
    publication_keys,
    redirect_target,
    telegram_message,
)
from hromada.domain.private_address import find_address_fault


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
        ("https://x.com/i/web/status/1", "https://mobile.twitter.com/rada/status/1/photo/1?s=20"),
        ("https://der_rada.t.me/5", "https://t.me/s/Der_Rada/5?comment=3"),
        ("https://t.me/der_rada/2/5", "https://telegram.dog/der_rada/5"),
        ("https://www.facebook.com/share/v/1AbC/", "https://m.facebook.com/share/r/1AbC/?mibextid=x"),
        ("https://uk-ua.facebook.com/rada/posts/1", "https://en-gb.facebook.com/rada/posts/1"),
        ("https://mbasic.facebook.com/rada/posts/1", "https://touch.facebook.com/rada/posts/1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Ft.me%2Frada%2F5&h=x", "https://t.me/rada/5"),
        ("https://www.instagram.com/p/C-a_1/embed/captioned/", "https://www.instagram.com/rada/tv/C-a_1"),
        ("https://m.youtube.com/watch?v=a-1&list=b", "https://www.youtube-nocookie.com/embed/a-1?start=3"),
        ("https://www.tiktok.com/@rada/video/71?lang=uk", "https://m.tiktok.com/v/71.html"),
        ("https://www.threads.net/@rada/post/C1a", "https://www.threads.com/t/C1a"),
        (
            "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Frada%2Fposts%2F1",
            "https://facebook.com/rada/posts/1",
        ),
        ("https://www.instagram.com/accounts/login/?next=%2Fp%2FC-a_1%2F", "https://instagram.com/rada/p/C-a_1/"),
        ("https://www.linkedin.com/feed/update/urn:li:activity:7/", "https://linkedin.com/posts/rada_x-activity-7-aB"),
    ],
)
def test_a_publication_shown_at_several_addresses_has_one_form(one, other):
    assert canonical_link(one) == canonical_link(other)


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("https://www.facebook.com/rada/posts/123456", "123456"),
        ("https://www.facebook.com/rada/posts/sviato-mista/123456/", "123456"),
        ("https://www.facebook.com/2000/posts/2000_123456", "123456"),
        ("https://www.facebook.com/2000_123456", "123456"),
        ("https://m.facebook.com/story.php?story_fbid=123456&id=7", "123456"),
        ("https://fb.com/permalink.php?story_fbid=2000_123456&id=2000", "123456"),
        ("https://web.facebook.com/photo.php?fbid=123456&set=a.7", "123456"),
        ("https://www.facebook.com/photo/?fbid=123456", "123456"),
        ("https://www.facebook.com/rada/photos/a.7/123456", "123456"),
        ("https://www.facebook.com/rada/videos/vb.7/123456/", "123456"),
        ("https://www.facebook.com/video.php?v=123456", "123456"),
        ("https://www.facebook.com/reel/123456?fs=e", "123456"),
        ("https://www.facebook.com/reels/123456", "123456"),
        ("https://www.facebook.com/watch/?v=123456", "123456"),
        ("https://www.facebook.com/watch/live/?ref=watch_permalink&v=123456", "123456"),
        ("https://www.facebook.com/groups/7/permalink/123456/", "123456"),
        ("https://www.facebook.com/groups/7/?multi_permalinks=123456", "123456"),
        ("https://m.facebook.com/groups/7?view=permalink&id=123456&_rdr", "123456"),
        ("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Frada%2Fposts%2F123456", "123456"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Ffacebook.com%2Frada%2Fposts%2F123456", "123456"),
        ("https://www.facebook.com/permalink.php?story_fbid=pfbid0ab&id=123456", ""),
        ("https://www.facebook.com/123456", ""),
        ("https://www.facebook.com/media/set/?set=a.123456", ""),
        ("https://www.facebook.com/rada/posts", ""),
        ("https://www.facebook.com/rada/events/123456", ""),
        ("https://fb.watch/123456/", ""),
        ("https://t.me/rada/123456", ""),
        ("https://gazeta.example/posts/123456", ""),
    ],
)  # fmt: skip
def test_a_facebook_link_may_say_the_posts_number(link, number):
    assert facebook_number(link) == number


def test_a_pfbid_names_its_post_at_every_address():
    links = [
        "https://www.facebook.com/rada/posts/pfbid0aB",
        "https://m.facebook.com/story.php?story_fbid=pfbid0aB&id=7",
        "https://www.facebook.com/permalink.php?story_fbid=pfbid0aB&id=7",
    ]

    assert {facebook_name(link) for link in links} == {"pfbid0aB"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("https://facebook.com/rada/posts/123", ""), ("", "123")),
        (("https://facebook.com/story.php?story_fbid=123&id=7", ""), ("", "facebook:7_123")),
        (("", "7_123"), ("https://facebook.com/reel/123", "")),
        (("https://www.facebook.com/rada/posts/x/123", ""), ("https://m.facebook.com/watch?v=123", "")),
    ],
)
def test_a_publications_id_and_the_number_in_its_link_are_one_key(one, other):
    assert publication_keys("facebook", *one) & publication_keys("facebook", *other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("facebook", "", "123"), ("telegram", "", "123")),
        (("", "", "2021_1"), ("", "", "2021_2")),
        (("facebook", "https://facebook.com/rada/posts/1", ""), ("facebook", "https://facebook.com/rada/posts/2", "")),
        (("facebook", "https://fb.watch/aB/", ""), ("facebook", "https://fb.watch/ab/", "")),
    ],
)
def test_different_publications_share_no_key(one, other):
    assert not publication_keys(*one) & publication_keys(*other)


@pytest.mark.parametrize(
    ("link", "behind"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2Fa%3Fb%3D1&h=AT0", "https://rada.example/a?b=1"),
        ("http://lm.facebook.com/l.php?u=https%3A%2F%2Frada.example%2F", "https://rada.example/"),
        ("https://l.instagram.com/?u=https%3A%2F%2Frada.example&e=x", "https://rada.example"),
        ("https://www.google.com/url?q=https://rada.example/&sa=D", "https://rada.example/"),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Frada.example%2F", "https://rada.example/"),
        ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Frada.example", "https://rada.example"),
        (
            "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Frada%2Fposts%2F1",
            "https://www.facebook.com/rada/posts/1",
        ),
        ("https://www.instagram.com/accounts/login/?next=/p/C-a_1/", "https://instagram.com/p/C-a_1/"),
        ("https://www.google.com/amp/s/rada.example/a", "https://rada.example/a"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Frada.example&data=1",
            "https://rada.example",
        ),
        ("https://www.facebook.com/login/?next=/rada", "https://facebook.com/rada"),
        ("https://rada.example/login/?next=/a", ""),
        ("https://www.google.com/search?q=https://rada.example/", ""),
        ("https://www.google.com/url?q=javascript:alert(1)", ""),
        ("https://rada.example/l.php?u=https://other.example", ""),
    ],
)
def test_what_a_redirector_leads_to_is_known(link, behind):
    assert redirect_target(link) == behind


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


FOLDERS = [
    "www.facebook.com/rada/posts", "facebook.com/groups/7/permalink", "www.facebook.com/share/p", "fb.com/7/videos",
    "www.facebook.com/rada/photos/a.5", "www.facebook.com", "www.instagram.com/p", "instagram.com/rada/reel", "www.instagram.com/p/C1",
    "t.me/rada", "t.me/s/rada", "t.me/c", "rada.t.me", "rada.t.me/s/rada", "telegram.me/Rada", "youtu.be", "www.youtube.com/shorts",
    "www.youtube.com/embed", "www.tiktok.com/@rada/video", "x.com/rada/status", "x.com/rada/status/1/photo", "www.threads.net/@rada/post",
    "fb.watch", "news.example.com/2021/07", "www.google.com/amp/s", "news-example.cdn.ampproject.org/c/s", "drive.google.com/drive/my-drive",
    "www.facebook.com/messages/t", "mail.google.com/mail", "host.local/a",
]  # fmt: skip
NAMES = [
    "1",
    "12345",
    "pfbid02abC",
    "C-a_1",
    "C1",
    "embed",
    "x.html",
    "7_1",
    "sviato",
    "l.php",
    "login",
    "messages",
    "permalink.php",
    "",
]
QUERIES = [
    "", "/", "?fbclid=x", "?v=1&v=2", "?story_fbid=1&id=2", "?story_fbid=pfbid02&id=7", "?id=7&story_fbid=5_1", "?utm_source=a&p=1",
    "?u=https%3A%2F%2Ft.me%2Frada%2F5", "?next=/rada/posts/1", "?a=b=c", "?a=%D0%B0&b=+", "?p", "?",
]  # fmt: skip


@given(
    st.sampled_from(["https://", "http://"]), st.sampled_from(FOLDERS), st.sampled_from(NAMES), st.sampled_from(QUERIES)
)
def test_a_link_that_is_known_at_sight_says_what_its_parts_say(scheme, folder, name, query):
    link = f"{scheme}{folder}/{name}{query}"
    anchored = f"{link}#a"  # is taken apart

    assert publication_keys("facebook", link, "") == publication_keys("facebook", anchored, "")
    assert network_of_link(link) == network_of_link(anchored)
    assert canonical_link(link) == canonical_link(anchored)
    assert facebook_name(link) == facebook_name(anchored)
    assert (find_address_fault(link) is None) == (find_address_fault(anchored) is None)
