"""`make online`: what the site's address answers, as a server on this computer gives it, and what is said of it."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json
import socket
import ssl
from itertools import count

import pytest

from hromada.commands import dispatch
from hromada.console.options import Options
from hromada.online.site_answer import ConnectionFault, Diagnosis, SiteAnswer, State
from hromada.publish.history import Publication, history
from hromada.publish.online_check import shown_lines, wait_until_shown
from hromada.system.web_request import ask
from tests.conftest import ROOT
from tests.needs import openssl
from tests.system.clones import bare, clone, config, editor
from tests.system.test_history import published
from tests.system.web_servers import self_signed, send, server

VERSION, OLDER = "a" * 64, "b" * 64
KNOWN = [
    Publication(12, "c" * 40, "s" * 40, "2022-01-15T10:00:00+02:00", "", VERSION),
    Publication(11, "d" * 40, "s" * 40, "2022-01-14T10:00:00+02:00", "", "e" * 64),
    Publication(10, "f" * 40, "s" * 40, "2022-01-13T10:00:00+02:00", "", OLDER),
]


def body(version=VERSION):
    return json.dumps({"version": version}).encode()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


def asked_once(address, **options):
    return wait_until_shown(address, VERSION, 0, ask=lambda url: ask(url, **options))


def seen(answer, **options):
    with server(answer) as address:
        return asked_once(f"{address}/sait", **options)


def test_a_site_under_a_path_that_shows_the_publication_is_recognised_past_every_cache():
    asked = []

    def answer(handler):
        asked.append((handler.path, handler.headers["Cache-Control"]))
        send(handler, body=body())

    with server(answer) as address:
        found = [asked_once(f"{address}/sait") for _ in range(2)]

    assert {one.state for one in found} == {State.SHOWN}
    assert [path.partition("?")[0] for path, _ in asked] == ["/sait/version.json"] * 2
    assert len({path for path, _ in asked}) == 2
    assert {control for _, control in asked} == {"no-cache"}


@pytest.mark.parametrize(
    ("status", "raw", "state", "words"),
    [
        (200, body(OLDER), State.OTHER_VERSION, "сайт відстає на 2\N{NO-BREAK SPACE}публікації"),
        (200, body("9" * 64), State.OTHER_VERSION, "немає в історії цього сховища"),
        (200, b"<!doctype html><title>Parking</title>", State.NO_VERSION, "Це інший сайт"),
        (200, b'{"version": ["a"]}', State.NO_VERSION, "Це інший сайт"),
        (200, b"[" * 60_000, State.NO_VERSION, "Це інший сайт"),
        (200, b"x" * 1_000_000, State.NO_VERSION, "Це інший сайт"),
        (404, b"", State.NOT_FOUND, "Settings → Pages"),
        (410, b"", State.NOT_FOUND, "Settings → Pages"),
        (401, b"", State.FORBIDDEN, "зніміть захист"),
        (403, b"", State.FORBIDDEN, "зніміть захист"),
        (429, b"", State.TOO_MANY_REQUESTS, "питати рідше"),
        (500, b"", State.SERVER_ERROR, "на сервері помилка (500)"),
        (503, b"", State.SERVER_ERROR, "на сервері помилка (503)"),
        (418, b"", State.OTHER_STATUS, "сервер відповів 418"),
    ],
)
def test_each_answer_of_a_server_has_its_own_words_and_advice(status, raw, state, words):
    found = seen(lambda handler: send(handler, status, raw))
    lines = shown_lines(found, "https://rada.zrazok.ua", KNOWN)

    assert found.state is state
    assert words in "\n".join(lines)
    assert "№ 12 від 2022-01-15 10:00" in lines[0]


def test_an_older_publication_is_named():
    lines = shown_lines(Diagnosis(State.OTHER_VERSION, OLDER, 200), "https://rada.zrazok.ua", KNOWN)

    assert lines[1].startswith("Показано № 10 від 2022-01-13 10:00 (версія bbbbbbbbbb)")


def test_a_server_that_is_not_there_refuses():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = asked_once(f"http://127.0.0.1:{taken.getsockname()[1]}")

    assert found.fault is ConnectionFault.REFUSED


def test_a_name_that_is_in_no_dns_is_recognised():
    found = asked_once("https://немає-такого.invalid/sait")

    assert found.fault is ConnectionFault.NO_NAME
    assert "реєстратора домену" in shown_lines(found, "https://немає-такого.invalid/sait", KNOWN)[-1]


def test_a_server_that_says_nothing_and_one_that_trickles_are_too_slow():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        quiet = asked_once(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.05)
    ticks = count()
    trickling = seen(lambda handler: send(handler, body=body()), timeout=1.0, monotonic=lambda: 10.0 * next(ticks))

    assert quiet.fault is ConnectionFault.TIMEOUT
    assert trickling.fault is ConnectionFault.TIMEOUT


def test_an_answer_that_is_no_http_or_breaks_off_is_cut():
    def no_http(handler):
        handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    def cut(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"ff\r\n{")

    assert [seen(answer).fault for answer in (no_http, cut)] == [ConnectionFault.CUT] * 2


@pytest.mark.parametrize("target", ["/sait/version.json", "/{n}"], ids=["the same address", "always another"])
def test_an_address_that_leads_in_circles_is_left_after_few_steps(target):
    asked = []

    def answer(handler):
        asked.append(handler.path)
        send(handler, 302, Location=target.format(n=len(asked)))

    found = seen(answer)

    assert found.fault is ConnectionFault.TOO_MANY_REDIRECTS
    assert len(asked) <= 7


def test_an_address_that_leads_to_another_host_is_named():
    with server(lambda handler: send(handler, body=body())) as target:
        elsewhere = target.replace("127.0.0.1", "localhost") + "/version.json"
        found = seen(lambda handler: send(handler, 301, Location=elsewhere))

    assert (found.state, found.elsewhere) == (State.SHOWN, "localhost")
    assert "впишіть її до publishconf.py" in shown_lines(found, "https://rada.zrazok.ua", KNOWN)[1]


@openssl
@pytest.mark.parametrize(
    ("certificate", "is_trusted", "fault"),
    [
        ({}, False, ConnectionFault.UNTRUSTED),
        ({"end": "20200201000000Z"}, True, ConnectionFault.EXPIRED),
        ({"ip": "127.0.0.9"}, True, ConnectionFault.OTHER_NAME),
    ],
    ids=["self-signed", "expired", "of another site"],
)
def test_each_fault_of_a_certificate_is_told_apart(certificate, is_trusted, fault, tmp_path):
    files = self_signed(tmp_path / "certificate", **certificate)
    context = ssl.create_default_context(cafile=files[0]) if is_trusted else None

    with server(lambda handler: send(handler, body=body()), files) as address:
        found = asked_once(address, context=context)

    assert found.fault is fault


@openssl
def test_a_trusted_site_is_not_followed_to_an_unsafe_one(tmp_path):
    files = self_signed(tmp_path / "certificate")
    context = ssl.create_default_context(cafile=files[0])
    leads = {"Location": "http://127.0.0.1:9/version.json"}

    with server(lambda handler: send(handler, 301, **leads), files) as address:
        found = asked_once(address, context=context)
    with server(lambda handler: send(handler, body=body()), files) as address:
        shown = asked_once(address, context=context)

    assert found.fault is ConnectionFault.INSECURE_REDIRECT
    assert shown.state is State.SHOWN


def test_a_server_that_speaks_no_tls_is_recognised():
    with server(lambda handler: send(handler)) as address:
        found = asked_once(address.replace("http:", "https:"))

    assert found.fault is ConnectionFault.TLS


def test_it_is_asked_less_and_less_often_until_the_publication_is_there_or_the_time_is_over():
    now, pauses, reported, shown_at = [0.0], [], [], [31.0]

    def sleep(seconds):
        pauses.append(seconds)
        now[0] += seconds

    def waited(limit):
        pauses.clear()
        now[0] = 0.0
        answers = lambda url: (  # noqa: E731
            seen_answer(body()) if now[0] >= shown_at[0] else seen_answer(body(OLDER))
        )
        return wait_until_shown(
            "https://rada.zrazok.ua", VERSION, limit, ask=answers, report=reported.append, monotonic=lambda: now[0], sleep=sleep
        ).state  # fmt: skip

    assert waited(120) is State.SHOWN
    assert pauses == [2, 4, 8, 16, 20]
    assert len(reported) == 1
    assert waited(10) is State.OTHER_VERSION
    assert sum(pauses) == 10


def seen_answer(raw):
    return SiteAnswer(200, raw, "https://rada.zrazok.ua/version.json")


def told(folder, capsys, **settings):
    """What the command prints in a clone with the project's settings, and its exit status."""
    for name in ("pelicanconf.py", "publishconf.py"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    status = dispatch.online(Options.from_environment(folder, {"LIMIT": "1", **settings}))
    return status, "".join(capsys.readouterr())


def test_before_the_first_publication_there_is_nothing_to_ask_for(editor, capsys):
    status, text = told(editor.folder, capsys)

    assert (status, "Спершу: make publish" in text) == (1, True)


def test_without_an_address_a_person_is_told_so_and_a_workflow_goes_on(published, capsys):
    status, text = told(published.folder, capsys)

    assert (status, "Адреси сайту не вказано" in text) == (1, True)
    assert told(published.folder, capsys, AUTOMATIC="1")[0] == 0


@openssl
def test_the_command_says_with_its_status_whether_the_site_is_online(published, capsys, tmp_path, monkeypatch):
    version = history(published.folder)[0].version
    files = self_signed(tmp_path / "certificate")

    with server(lambda handler: send(handler, body=body(version)), files) as address:
        distrusted = told(published.folder, capsys, SITEURL=address)
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        shown = told(published.folder, capsys, SITEURL=address)

    assert (distrusted[0], "не довіряють браузери" in distrusted[1]) == (1, True)
    assert (shown[0], "Сайт показує останню публікацію, № 3" in shown[1]) == (0, True)
