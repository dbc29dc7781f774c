import pytest

from hromada.domain.web_address import resolve_redirects

PAGE = "https://rada.example/a?x=1"
WRITTEN = "https%3A%2F%2Frada.example%2Fa%3Fx%3D1"


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.google.com/url?q={WRITTEN}&sa=D&source=docs", f"https://google.com.ua/url?sa=t&url={WRITTEN}", f"https://www.google.pl/url?q={WRITTEN}",
        f"https://l.facebook.com/l.php?u={WRITTEN}%26fbclid%3DIwAR0&h=AT0", f"http://lm.facebook.com/l.php?u={WRITTEN}", f"https://m.facebook.com/l.php?u={WRITTEN}",
        f"https://l.instagram.com/?u={WRITTEN}&e=AT", f"https://l.messenger.com/l.php?u={WRITTEN}", f"https://t.umblr.com/redirect?z={WRITTEN}&t=1",
        f"https://vk.com/away.php?to={WRITTEN}&cc_key=", f"https://m.vk.com/away.php?to={WRITTEN}", f"https://ok.ru/dk?cmd=logExternal&st.link={WRITTEN}",
        f"https://t.me/iv?url={WRITTEN}&rhash=1", f"https://www.youtube.com/redirect?event=video_description&q={WRITTEN}",
        f"https://eur01.safelinks.protection.outlook.com/?url={WRITTEN}&data=05", f"https://www.linkedin.com/redir/redirect?url={WRITTEN}",
        f"https://slack-redir.net/link?url={WRITTEN}", f"https://www.googleadservices.com/pagead/aclk?adurl={WRITTEN}",
        "https://rada-example.cdn.ampproject.org/c/s/rada.example/a?x=1&usqp=mq331", "https://www.google.com/amp/s/rada.example/a?x=1",
        f"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{WRITTEN.replace('%', '%25')}",
    ],
)  # fmt: skip
def test_the_page_behind_is_known(link):
    assert resolve_redirects(link) == PAGE


@pytest.mark.parametrize(
    "link",
    [
        PAGE, "https://www.google.com/search?q=https://rada.example/", "https://www.facebook.com/sharer/sharer.php?u=https://rada.example/",
        "https://t.me/share/url?url=https://rada.example/", "https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=/search",
        "https://l.facebook.com/l.php?h=AT", "https://vk.com/wall-1_2", "https://rada-example.cdn.ampproject.org/i/s/rada.example/a.jpg",
        "https://www.google.com/url?q=https://rada/", "https://t.co/abc", "https://[", "", "/news/",
    ],
)  # fmt: skip
def test_of_any_other_link_none_is_made_up(link):
    assert resolve_redirects(link) == ""


def test_signs_that_would_end_a_link_are_written_by_their_numbers():
    assert (
        resolve_redirects("https://www.google.com/url?q=https%3A%2F%2Frada.example%2Fа (1)")
        == "https://rada.example/%D0%B0%20%281%29"
    )
