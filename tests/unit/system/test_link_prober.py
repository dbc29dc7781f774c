"""Whether links open, as many odd servers answer, and how politely they are asked."""

import threading

import pytest

from hromada.domain.link_state import LinkState
from hromada.system.link_prober import LinkProber
from tests.web_hosts import WebHosts


class FakeTime:
    """A clock that only waiting moves; waits are noted by thread-safe appending."""

    def __init__(self):
        self.now = 1000.0
        self.waits = []
        self._lock = threading.Lock()

    def clock(self):
        return self.now

    def wait(self, seconds):
        with self._lock:
            self.waits.append(round(seconds, 3))
            self.now += seconds


@pytest.fixture
def web():
    with WebHosts() as hosts:
        yield hosts


@pytest.fixture
def time():
    return FakeTime()


def prober(web, time, seconds=10_000, hosts=4, **client):
    return LinkProber(web.client(**client), seconds=seconds, hosts=hosts, pause=1, clock=time.clock, wait=time.wait)


def states(web, time, *links, **settings):
    return dict(prober(web, time, **settings).probe(links))


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("ok", LinkState("working")),
        ("no-head", LinkState("working")),
        ("huge", LinkState("working")),
        ("elsewhere", LinkState("working")),
        ("to-other-site", LinkState("moved", "http://other.test/ok")),
        ("moved", LinkState("moved", "http://a.test/ok")),
        ("moved-twice", LinkState("moved", "http://a.test/ok")),
        ("first-moved", LinkState("moved", "http://a.test/elsewhere")),
        ("to-cyrillic", LinkState("moved", "http://a.test/ok?%D1%82=1")),
        ("moved-to-nothing", LinkState("not-found", "404")),
        ("404", LinkState("not-found", "404")),
        ("410", LinkState("not-found", "410")),
        ("500", LinkState("error-answer", "500")),
        ("503", LinkState("busy", "503")),
        ("busy-for-long", LinkState("busy", "429")),
        ("busy-until", LinkState("busy", "503")),
        ("403", LinkState("refused", "403")),
        ("401", LinkState("refused", "401")),
        ("999", LinkState("refused", "999")),
        ("loop", LinkState("redirect-loop")),
        ("without-end", LinkState("redirect-loop")),
        ("to-ftp", LinkState("bad-answer")),
        ("to-inside", LinkState("private-address")),
        ("garbage", LinkState("bad-answer")),
        ("many-headers", LinkState("bad-answer")),
    ],
)
def test_each_kind_of_answer_is_known(web, time, path, state):
    link = f"http://a.test/{path}"

    assert states(web, time, link) == {link: state}


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("http://nowhere.test/x", "no-host"),
        ("http://closed.test/x", "no-connection"),
        ("http://inside.test/x", "private-address"),
        ("https://www.facebook.com/rada", "social-network"),
        ("http://user@a.test/", "bad-address"),
    ],
)
def test_what_is_not_asked_has_a_reason(web, time, link, code):
    assert states(web, time, link)[link].code == code
    assert web.asked == {}


def test_a_silent_page_is_dead_and_its_neighbours_are_asked(web, time):
    found = states(web, time, "http://a.test/silent", "http://a.test/ok", quiet=1)

    assert [state.code for state in found.values()] == ["no-answer", "working"]


def test_one_host_gets_one_request_at_a_time_with_a_pause_and_hosts_are_asked_together(web, time):
    links = [f"http://h{host}.test/{page}" for host in range(6) for page in range(5)]
    together = threading.Barrier(3, timeout=20)  # three hosts must be in a request at once to get past it
    client, first, now, overlapping = web.client(), set(), set(), set()
    ask = client.ask

    def asked(method, address, most=0):
        host = address.split("/")[2]
        overlapping.update({host} & now)
        now.add(host)
        if host not in first:
            first.add(host)
            together.wait()
        try:
            return ask(method, address, most)
        finally:
            now.discard(host)

    client.ask = asked
    found = dict(LinkProber(client, seconds=1e6, hosts=3, pause=1, clock=time.clock, wait=time.wait).probe(links))

    assert {state.code for state in found.values()} == {"working"}
    assert overlapping == set()
    assert all(len(requests) == 6 for requests in web.asked.values())  # robots.txt and five pages


def test_a_pause_lies_between_the_requests_to_one_host(web, time):
    states(web, time, *(f"http://a.test/{page}" for page in range(4)), hosts=1)

    assert time.waits == [1, 1, 1, 1]


def test_a_page_is_asked_for_by_head_and_by_get_only_after_a_refusal(web, time):
    states(web, time, "http://a.test/ok", "http://a.test/no-head", "http://a.test/404", hosts=1)

    assert web.asked["a.test"] == [
        ("GET", "/robots.txt"), ("HEAD", "/ok"), ("HEAD", "/no-head"), ("GET", "/no-head"), ("HEAD", "/404"), ("GET", "/404"),
    ]  # fmt: skip


def test_a_link_is_asked_for_once(web, time):
    states(web, time, *["http://a.test/ok"] * 5)

    assert web.asked["a.test"].count(("HEAD", "/ok")) == 1


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /x", False),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /\nAllow: /x/", True),
        ("User-agent: hromada-links\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: other\nDisallow: /", True),
        ("\x00\xff<html>not a robots.txt</html>", True),
        ("", True),
    ],
)
def test_what_robots_txt_forbids_is_not_asked_for(web, time, robots, allowed):
    web.robots["a.test"] = (200, robots)
    link = "http://a.test/x/y.html"

    assert states(web, time, link)[link].code == ("working" if allowed else "robots")
    assert any(path == "/x/y.html" for _, path in web.asked["a.test"]) is allowed


def test_robots_txt_of_the_site_that_a_redirect_leads_to_counts_too(web, time):
    web.robots["other.test"] = (200, "User-agent: *\nDisallow: /")
    link = "http://a.test/to-other-site"

    assert states(web, time, link)[link].code == "robots"
    assert web.asked["other.test"] == [("GET", "/robots.txt")]


@pytest.mark.parametrize(("status", "code"), [(404, "working"), (403, "working"), (500, "robots"), (503, "busy")])
def test_a_missing_robots_txt_allows_everything_and_a_failing_one_nothing(web, time, status, code):
    web.robots["a.test"] = (status, "User-agent: *\nDisallow: /")

    assert states(web, time, "http://a.test/ok")["http://a.test/ok"].code == code


@pytest.mark.parametrize(("asked", "kept"), [("5", 5.0), ("100000", 30.0)])
def test_the_pause_that_robots_txt_asks_for_is_kept_up_to_a_limit(web, time, asked, kept):
    web.robots["a.test"] = (200, f"User-agent: *\nCrawl-delay: {asked}")
    states(web, time, *(f"http://a.test/{page}" for page in range(3)), hosts=1)

    assert time.waits == [1, kept, kept]


def test_a_busy_server_is_asked_again_when_it_wants_to_be(web, time):
    web.busy["/later"] = 1
    link = "http://a.test/later"

    assert states(web, time, link)[link].code == "working"
    assert time.waits == [1, 7]


def test_when_the_time_is_over_nothing_more_is_asked(web, time):
    found = states(web, time, *(f"http://a.test/{page}" for page in range(10)), seconds=3.5, hosts=1)

    assert [state.code for state in found.values()].count("no-time") == 7
    assert len(web.asked["a.test"]) == 4


def test_a_run_that_is_broken_off_asks_nothing_more(web, time):
    links = [f"http://h{host}.test/{page}" for host in range(40) for page in range(3)]
    running = prober(web, time, hosts=1).probe(links)
    next(running)
    running.close()

    assert len(web.asked) < 5


def test_the_body_of_a_page_is_fetched_within_a_size(web, time):
    assert len(prober(web, time).fetch("http://a.test/huge", 1000)) == 1000
