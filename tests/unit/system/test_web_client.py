"""One request to another site: what a server may do to us, and where no request goes."""

import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hromada.domain.link_state import is_public_address
from hromada.system.web_client import RequestFailed, WebClient
from tests import needs
from tests.web_hosts import WebHosts


@pytest.fixture
def web():
    with WebHosts() as hosts:
        yield hosts


def failure(client, address, method="GET", most=0):
    with pytest.raises(RequestFailed) as failed:
        client.ask(method, address, most)
    return failed.value.code


def test_an_answer_has_its_status_and_where_it_leads(web):
    answer = web.client().ask("HEAD", "http://a.test/moved")

    assert (answer.status, answer.location, answer.body) == (301, "/ok", b"")


def test_the_server_is_told_who_asks(web):
    web.client().ask("HEAD", "http://a.test/ok")

    assert web.agents == {"hromada-links/1 (+https://rada.example/)"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://nowhere.test/", "no-host"),
        ("http://closed.test/", "no-connection"),
        ("http://a.test/garbage", "bad-answer"),
        ("http://a.test/many-headers", "bad-answer"),
        ("http://inside.test/", "private-address"),
        ("https://a.test/ok", "no-connection"),  # plain HTTP where TLS should be
    ],
)
def test_what_is_no_answer_has_a_reason(web, address, code):
    assert failure(web.client(), address) == code


@pytest.mark.parametrize("path", ["silent", "one-byte-at-a-time", "body-one-byte-at-a-time"])
def test_a_server_that_never_ends_is_left(web, path):
    assert failure(web.client(limit=0.3), f"http://a.test/{path}", most=100_000) == "no-answer"


def test_a_silent_server_is_left_before_the_whole_limit(web):
    assert failure(web.client(quiet=0.2, limit=60), "http://a.test/silent") == "no-answer"


def test_of_an_endless_body_only_the_beginning_is_read(web):
    assert len(web.client().ask("GET", "http://a.test/huge", 100_000).body) == 100_000
    assert web.client().ask("GET", "http://a.test/huge").body == b""


def test_a_name_with_one_internal_address_is_not_asked_at_all(web):
    assert (
        failure(web.client(is_allowed=lambda ip: not ip.startswith("10.")), "http://inside.test/") == "private-address"
    )
    assert web.asked == {}


def test_the_checked_address_is_the_one_connected_to(web):
    """A name may lead elsewhere on a second look (DNS rebinding), so there is none."""
    looks = []

    def resolve(host, port):
        looks.append(host)
        return [("127.0.0.1", web.port if len(looks) == 1 else 1)]

    assert web.client(resolve=resolve).ask("GET", "http://a.test/ok").status == 200
    assert looks == ["a.test"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]", "0"])
def test_this_computer_is_not_asked_however_it_is_written(web, host):
    client = WebClient("x", is_allowed=is_public_address)

    assert failure(client, f"http://{host}:{web.port}/ok") in ("private-address", "no-host")
    assert web.asked == {}


@needs.openssl
def test_a_certificate_that_browsers_refuse_is_named(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=a.test",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        port = server.server_address[1]
        client = WebClient("x", resolve=lambda *_: [("127.0.0.1", port)], is_allowed=lambda _: True, limit=5)
        assert failure(client, "https://a.test/") == "bad-certificate"
    finally:
        server.shutdown()
        server.server_close()
