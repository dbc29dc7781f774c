"""What `make serve` answers to a browser, and to whoever else gets a request to it."""

import http.client
import socket
import threading

import pytest

from hromada.serve.http_server import BadPath, PreviewServer, file_name, refusal

LOCAL = {"host": ["localhost:8000"]}


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/", ""),
        ("/news/?q=1", "news/"),
        ("/news/a#b", "news/a"),
        ("/files/%D0%B7%D0%B2%D1%96%D1%82.pdf", "files/звіт.pdf"),
        ("/files/звіт.pdf".encode().decode("latin-1").encode("latin-1").decode("utf-8"), "files/звіт.pdf"),
        ("/a%20b", "a b"),
        ("//news/", "/news/"),
        ("/..news/", "..news/"),
    ],
)
def test_a_target_names_a_file(target, name):
    assert file_name(target) == name


@pytest.mark.parametrize(
    "target",
    [
        "/%00", "/a%00.html", "/%0d%0aSet-Cookie:a=b", "/%7F", "/%1b", "/../tasks.py", "/a/../../b", "/%2e%2e/b", "/%2e%2e%2fb",
        "/.", "/a/./b", "/..", "/..%5Cb", "/a%5Cb", "/a\\b", "/%", "/%z1", "/%1", "/%FF", "/%ED%A0%80", "/%C0%AE%C0%AE/",
        "http://localhost:8000/", "https://example.org/", "*", "", "news/", "example.org:80",
    ],
)  # fmt: skip
def test_a_target_that_no_file_can_have_is_refused(target):
    with pytest.raises(BadPath):
        file_name(target)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST:9000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_computer_may_be_called_by_each_of_its_own_names(host):
    assert refusal({"host": [host]}) == 0


@pytest.mark.parametrize(
    "host",
    ["example.org", "example.org:8000", "localhost.example.org", "127.0.0.1.example.org", "127.0.0.2", "10.0.0.1:8000",
     "localhost@example.org", "localhost:8000, example.org", "localhost:", "localhost:x", "", "0.0.0.0:8000", "[::]:8000"],
)  # fmt: skip
def test_a_foreign_name_is_refused(host):
    assert refusal({"host": [host]}) == 403


@pytest.mark.parametrize("hosts", [[], ["localhost", "localhost"], ["localhost", "example.org"]])
def test_a_request_has_one_host(hosts):
    assert refusal({"host": hosts}) == 400


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8000", 0),
        ("HTTP://LOCALHOST:8000", 0),
        ("http://localhost:3000", 403),
        ("https://localhost:8000", 403),
        ("http://example.org", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_only_the_sites_own_pages_may_ask(origin, status):
    assert refusal(LOCAL | {"origin": [origin]}) == status


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("none", "navigate", 0),
        ("same-origin", "no-cors", 0),
        ("cross-site", "navigate", 0),  # a link that somebody sent
        ("cross-site", "no-cors", 403),  # <script src>, <img src>
        ("same-site", "no-cors", 403),  # another port of this computer
        ("cross-site", "cors", 403),
        ("cross-site", "websocket", 403),
    ],
)
def test_another_sites_page_may_only_link(site, mode, status):
    assert refusal(LOCAL | {"sec-fetch-site": [site], "sec-fetch-mode": [mode]}) == status


@pytest.mark.parametrize(
    ("site", "dest", "status"),
    [
        ("cross-site", "document", 0),
        ("same-site", "document", 0),
        ("cross-site", "iframe", 403),
        ("cross-site", "frame", 403),
        ("cross-site", "object", 403),
        ("cross-site", "embed", 403),
        ("same-site", "iframe", 403),
        ("same-origin", "iframe", 0),
    ],
)
def test_another_sites_page_may_not_frame(site, dest, status):
    fetch = {"sec-fetch-site": [site], "sec-fetch-mode": ["navigate"], "sec-fetch-dest": [dest]}

    assert refusal(LOCAL | fetch) == status


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "output"
    (folder / "news").mkdir(parents=True)
    (folder / "index.html").write_text("<body>Головна</body>", "utf-8")
    (folder / "news/index.html").write_text("<body>Новини</body>", "utf-8")
    (folder / "404.html").write_text("<body>Немає</body>", "utf-8")
    (folder / "a.css").write_text("a{}", "utf-8")
    (folder / "foreign.html").write_text("<body>Чуже</body>", "utf-8")
    (tmp_path / "secret.html").write_text("<body>Таємне</body>", "utf-8")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    server = PreviewServer(0, folder)
    server.files = frozenset({"index.html", "news/index.html", "404.html", "a.css", "link.html", "gone.html"})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(server, target, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


def test_a_page_is_served_with_the_reloading_script(server):
    status, headers, body = ask(server, "/news/")

    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["Access-Control-Allow-Origin"] is None
    assert body == '<body>Новини<script src="/__reload.js"></script></body>'


def test_a_folder_without_its_slash_is_moved_within_the_site(server):
    status, headers, _ = ask(server, "/news")

    assert (status, headers["Location"]) == (301, "/news/")


@pytest.mark.parametrize("target", ["/foreign.html", "/link.html", "/secret.html", "/gone.html", "/__x"])
def test_what_the_build_did_not_write_is_not_served(server, target):
    status, _, body = ask(server, target)

    assert (status, body) == (404, '<body>Немає<script src="/__reload.js"></script></body>')


def test_only_a_file_of_the_build_that_is_not_there_is_looked_for(server):
    ask(server, "/foreign.html")
    before = server.has_missing_file
    ask(server, "/gone.html")

    assert (before, server.has_missing_file) == (False, True)


@pytest.mark.parametrize("target", ["/%00", "/..%2f..%2ftasks.py", "/%FF", "http://localhost/"])
def test_a_bad_path_is_answered(server, target):
    assert ask(server, target)[0] == 400


@pytest.mark.parametrize("target", ["/", "/a.css", "/__version", "/__reload.js"])
def test_a_page_of_another_site_learns_nothing(server, target):
    assert ask(server, target, Host="example.org")[0] == 403
    assert ask(server, target, Origin="http://example.org")[0] == 403
    assert ask(server, target, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(server, method):
    status, headers, body = ask(server, "/", method)

    assert (status, body) == (501, "Такого запиту перегляд не приймає.")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
        (b"GET / x y\r\n\r\n", b"400"),
        (b"<script> / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"501"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 300 + b"\r\n", b"431"),
        (b"GET /\r\n\r\n", b"400"),
        (b"\x16\x03\x01\0\r\n\r\n", b"400"),
    ],
)  # fmt: skip
def test_a_broken_request_is_refused_as_plain_text(server, request_, status):
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as client:
        client.sendall(request_)
        answer = b"".join(iter(lambda: client.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.0 " + status)
    assert b"Content-Type: text/plain; charset=utf-8\r\n" in answer
    assert b"<" not in answer


def test_head_has_no_body(server):
    status, headers, body = ask(server, "/a.css", "HEAD")

    assert (status, headers["Content-Length"], body) == (200, "3", "")


def test_trouble_stands_for_every_page_but_for_no_style(server):
    server.error_page = b"<body>!</body>"

    assert "!" in ask(server, "/news/")[2]
    assert ask(server, "/a.css")[2] == "a{}"


def test_a_news_item_has_a_button_to_its_text_for_social_networks(server):
    page = "news/zustrich-2022-01-15/index.html"
    file = server.folder / page
    file.parent.mkdir()
    file.write_text("<body>Зустріч</body>", "utf-8")
    server.files |= {page}

    assert 'href="/__post/news/zustrich-2022-01-15/"' in ask(server, "/news/zustrich-2022-01-15/")[2]
    assert "__post" not in ask(server, "/news/")[2]
    assert ask(server, "/__post.js")[0] == ask(server, "/__post.css")[0] == 200


@pytest.mark.parametrize(
    "target", ["/__post/", "/__post/news/", "/__post/news/nema-2022-01-15/", "/__post/link.html", "/__post//etc/passwd"]
)
def test_only_an_item_of_the_site_has_a_text_for_social_networks(server, target):
    assert ask(server, target)[0] == 404


@pytest.mark.parametrize("target", ["/admin", "/admin/", "/admin/index.html", "/admin/registers/"])
def test_a_page_of_the_editor_is_never_of_the_previews_origin(server, target):
    """The token of the editor's pages is readable for every page of their origin."""
    server.files |= {"admin/index.html", "admin/registers/index.html"}
    server.editor_origin = "http://localhost:8001"
    status, headers, _ = ask(server, target)

    assert (status, headers["Location"]) == (302, f"http://localhost:8001{target}")


def test_a_page_links_to_the_form_of_its_item(server):
    server.editor_origin, server.forms = (
        "http://localhost:8001",
        {"news/": ("content/pages/a&b.md", 1), "": ("content/pages/b.en.md", 0)},
    )
    _, _, page = ask(server, "/news/")
    _, _, other = ask(server, "/")

    assert 'href="http://localhost:8001/admin/#/collections/pages/entries/a%26b">Відредагувати цю сторінку</a>' in page
    assert "Відредагувати" not in other
