import pytest

from hromada.render.embeds import video_of, with_links
from hromada.render.html import Markup
from tests.unit.making import item


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://www.youtube.com/embed/AbC_12345-x", "https://www.youtube.com/watch?v=AbC_12345-x"),
        ("//www.youtube-nocookie.com/embed/AbC_12345-x?si=q&start=90", "https://www.youtube.com/watch?v=AbC_12345-x&t=90s"),
        ("https://youtu.be/AbC_12345-x?t=5s", "https://www.youtube.com/watch?v=AbC_12345-x&t=5s"),
        ("https://www.youtube.com/embed/videoseries?list=PL12345", "https://www.youtube.com/playlist?list=PL12345"),
        ("https://player.vimeo.com/video/123456?h=abc123&title=0", "https://vimeo.com/123456/abc123"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456"),
        ("https://www.facebook.com/plugins/video.php?height=314&href=https%3A%2F%2Fwww.facebook.com%2Frada%2Fvideos%2F1%2F",
         "https://www.facebook.com/rada/videos/1/"),
    ],
)  # fmt: skip
def test_a_known_frame_leads_to_its_video(source, address):
    video = video_of(source)

    assert video is not None
    assert video.address == address


@pytest.mark.parametrize(
    "source",
    ["", "x", "https://evil.example/embed/AbC_12345-x", "https://youtube.com.evil.example/embed/AbC_12345-x", "http://[", "javascript://youtube.com/embed/AbC_12345-x",
     "https://www.youtube.com/embed/a\"onclick=x", "https://www.youtube.com/", "https://player.vimeo.com/video/x", "https://www.facebook.com/plugins/page.php?href=https://facebook.com/rada",
     "https://www.facebook.com/plugins/video.php?href=javascript:alert(1)", "https://www.facebook.com/plugins/video.php?href=https://evil.example/x"],
)  # fmt: skip
def test_no_other_frame_is_a_video(source):
    assert video_of(source) is None


def test_the_frame_becomes_a_link_with_its_title_and_host():
    frame = '<iframe width="560" src="https://www.youtube.com/embed/AbC_12345-x" title="Сесія «літо» &amp; осінь" allowfullscreen></iframe>'
    link = ('<p class="video"><a class="video__link" href="https://www.youtube.com/watch?v=AbC_12345-x">Відео: Сесія «літо» &amp; осінь'
            ' <span class="video__host">YouTube</span></a></p>')  # fmt: skip

    assert Markup().text(item(), frame) == (link, Markup().text(item(), frame).metadata)
    assert Markup().text(item(), frame).metadata.problems == ()


def test_a_title_that_names_nothing_is_left_out():
    frame = "<iframe src=https://youtu.be/AbC_12345-x title='YouTube video player'></iframe>"

    assert ">Відео <span" in with_links(frame)
    assert ">Video <span" in with_links(frame, "en")


def test_code_that_shows_a_frame_stays_code():
    text = Markup().text(item(), "`<iframe src='https://youtu.be/AbC_12345-x'></iframe>`").html

    assert "&lt;iframe" in text


def test_a_bare_link_to_a_video_stays_a_link():
    assert (
        Markup().text(item(), "<https://youtu.be/AbC_12345-x>").html
        == '<p><a href="https://youtu.be/AbC_12345-x">https://youtu.be/AbC_12345-x</a></p>'
    )


def still(address, picture="![Сцена](kadr.jpg)"):
    text = Markup().text(item(), f"[{picture}]({address})")
    return text.html, [(reference.value, reference.alt, reference.is_still) for reference in text.metadata.references]


@pytest.mark.parametrize(
    ("address", "target", "host"),
    [
        ("https://youtu.be/AbC_12345-x?si=abc", "https://www.youtube.com/watch?v=AbC_12345-x", "YouTube"),
        ("https://www.youtube.com/watch?v=AbC_12345-x&amp;t=9", "https://www.youtube.com/watch?v=AbC_12345-x&amp;t=9s", "YouTube"),
        ("https://www.youtube.com/shorts/AbC_12345-x", "https://www.youtube.com/watch?v=AbC_12345-x", "YouTube"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456", "Vimeo"),
        ("https://www.facebook.com/rada/videos/123/", "https://www.facebook.com/rada/videos/123/", "Facebook"),
        ("https://www.facebook.com/watch/?v=123", "https://www.facebook.com/watch/?v=123", "Facebook"),
        ("https://www.facebook.com/reel/123", "https://www.facebook.com/reel/123", "Facebook"),
        ("https://fb.watch/abc/", "https://fb.watch/abc/", "Facebook"),
    ],
)  # fmt: skip
def test_a_picture_that_links_to_a_video_is_its_still(address, target, host):
    html, references = still(address)

    assert f'<a class="video-still" href="{target}">' in html
    assert f'<span class="video-still__words">Відео <span class="video__host">{host}</span></span></a>' in html
    assert ("kadr.jpg", "Сцена", True) in references


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/rada/posts/1",
        "https://www.youtube.com/@rada",
        "https://example.org/videos/1",
        "/news/",
        "https://[",
        "kadr.jpg",
    ],
)
def test_a_picture_that_links_elsewhere_is_none(address):
    html, references = still(address)

    assert "video-still" not in html
    assert [one for one in references if one[2]] == []


def test_a_picture_beside_a_still_is_no_still():
    text = Markup().text(item(), "![Люди](a.jpg) [![Сцена](b.jpg)](https://youtu.be/AbC_12345-x) ![Діти](c.jpg)")

    assert {one.value: one.is_still for one in text.metadata.references if one.tag == "img"} == {
        "a.jpg": False, "b.jpg": True, "c.jpg": False,
    }  # fmt: skip


def test_the_words_over_a_still_are_no_summary():
    text = Markup().text(item(), "[![Сцена](b.jpg)](https://youtu.be/AbC_12345-x)\n\nТекст новини.")

    assert text.metadata.summary == "Текст новини."


def test_a_still_without_alt_is_asked_for_one():
    assert ("b.jpg", "", True) in still("https://youtu.be/AbC_12345-x", "![](b.jpg)")[1]
