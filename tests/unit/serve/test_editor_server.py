"""The editor's server on this computer: who may ask, what is read, what is saved and what is not."""

import base64
import hashlib
import os
import subprocess
import sys
import threading
import time

import pytest

from hromada.metadata.picture_metadata import metadata_of
from hromada.serve import git_api
from hromada.serve.content_files import ContentFiles
from hromada.serve.findings import field_at, for_form
from hromada.serve.git_api import RequestRefused
from tests.conftest import ROOT
from tests.unit.metadata.samples import placed
from tests.unit.serve.editor import API, NEWS, TEXT, Editor, change

USER = "/api/v1/user"


@pytest.fixture
def editor(tmp_path):
    file = tmp_path / NEWS
    file.parent.mkdir(parents=True)
    file.write_text(TEXT, "utf-8")
    one = Editor(tmp_path)
    yield one
    one.close()


# --- who may ask


def test_the_editors_own_page_is_answered(editor):
    assert editor.json(USER)[0] == 200
    assert (
        editor.json(USER, headers={"Origin": f"http://127.0.0.1:{editor.port}", "Sec-Fetch-Site": "same-origin"})[0]
        == 200
    )


@pytest.mark.parametrize("token", [None, "", "token", "token ", "token x", "Basic eDp4", "bearer"])
def test_without_the_token_of_this_run_nothing_is_told(editor, token):
    status, answer = editor.json(USER, headers={"Authorization": token})

    assert (status, "make serve" in answer["message"]) == (401, True)
    assert (
        editor.json(
            f"{API}/contents",
            {"files": [change("create", "content/news/a.md", TEXT)]},
            headers={"Authorization": token},
        )[0]
        == 401
    )
    assert editor.json("/__local/publication", {}, headers={"Authorization": token})[0] == 401
    assert not editor.file("content/news/a.md").exists()


def test_a_token_that_differs_in_one_letter_is_wrong(editor):
    token = editor.state.token
    other = token[:-1] + ("a" if token[-1] != "a" else "b")

    assert editor.json(USER, headers={"Authorization": f"token {other}"})[0] == 401
    assert len(token) >= 43  # 32 bytes


@pytest.mark.parametrize("host", ["example.org", "rada.example:8001", "127.0.0.1.example.org", "10.0.0.1", "[::]:80"])
def test_a_name_that_leads_here_by_dns_is_refused_even_with_the_token(editor, host):
    assert editor.ask(USER, headers={"Host": host})[0] == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
    ],
)
def test_a_page_of_another_origin_is_refused_even_with_the_token(editor, origin):
    headers = {"Origin": origin.format(port=editor.port)}

    assert editor.ask(USER, headers=headers)[0] == 403
    assert editor.ask(f"{API}/contents", {"files": []}, headers=headers)[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_a_page_of_another_origin_makes_without_naming_itself_is_refused(editor, site):
    """The preview, on another port of this computer, is «same-site»."""
    assert editor.ask(USER, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"})[0] == 403


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", None]
)
def test_what_a_form_of_another_site_could_send_is_refused(editor, media_type):
    status, _ = editor.save(change("create", "content/news/a.md", TEXT), headers={"Content-Type": media_type})

    assert status == 415


def test_no_other_method_is_carried_out(editor):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        status, _ = editor.ask(f"{API}/contents/{NEWS}", {}, method=method)
        assert status in (405, 501), method
    assert editor.file(NEWS).read_text("utf-8") == TEXT


# --- reading


def test_the_folder_is_shown_as_a_repository_that_may_be_written_to(editor):
    _, repository = editor.json(API)
    _, branch = editor.json(f"{API}/branches/main")
    _, tree = editor.json(f"{API}/git/trees/{branch['commit']['id']}?recursive=1&page=1")

    assert (repository["default_branch"], repository["permissions"]["push"]) == ("main", True)
    raw = TEXT.encode()
    sha = hashlib.sha1(b"blob %d\0%s" % (len(raw), raw)).hexdigest()
    assert tree["tree"] == [{"path": NEWS, "mode": "100644", "type": "blob", "sha": sha, "size": len(raw)}]
    assert (tree["truncated"], tree["sha"]) == (False, branch["commit"]["id"])


def test_texts_are_given_together_and_one_by_one(editor):
    _, (text, missing) = editor.json(f"{API}/file-contents?ref=main", {"files": [NEWS, "content/news/nema.md"]})
    _, file = editor.json(f"{API}/contents/{NEWS}?ref=main")
    _, folder = editor.json(f"{API}/contents/content/news")

    assert base64.b64decode(text["content"]).decode() == TEXT
    assert (text, missing) == (file, None)
    assert folder == [{"name": "2021", "path": "content/news/2021", "sha": "", "size": 0, "type": "dir"}]
    assert editor.ask(f"{API}/raw/{NEWS}?ref=main") == (200, TEXT.encode())
    assert editor.json(f"{API}/contents/content/nema")[0] == 404


def test_the_branch_moves_when_another_program_saves_a_file(editor):
    before = editor.json(f"{API}/branches/main")[1]["commit"]["id"]
    again = editor.json(f"{API}/branches/main")[1]["commit"]["id"]
    editor.file(NEWS).write_text(TEXT.replace("Текст", "Слово"), "utf-8")  # as long as it was
    after = editor.json(f"{API}/branches/main")[1]["commit"]["id"]

    assert (before == again, before == after) == (True, False)


@pytest.mark.parametrize(
    "path",
    ["tasks.py", "../tasks.py", "content/../tasks.py", "content/%2e%2e/tasks.py", "content%2f..%2ftasks.py", ".git/config",
     "content/.git/config", "content/news/.hidden.md", "/etc/passwd", "//etc/passwd", "content//etc/passwd", "content\\..\\tasks.py",
     "content/news/2021/%00", "contentx/a.md", "content/./news"],
)  # fmt: skip
def test_nothing_outside_of_the_content_is_read(editor, path):
    (editor.root / "tasks.py").write_text("secret = 1")
    (editor.content / ".git").mkdir()
    (editor.content / ".git/config").write_text("secret = 1")
    for address in (f"{API}/contents/{path}", f"{API}/raw/{path}", f"{API}/media/main/{path}"):
        status, raw = editor.ask(address)
        assert (status in (400, 403, 404), b"secret = 1" in raw) == (True, False), address


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right there")
def test_a_link_is_neither_listed_nor_followed(editor):
    outside = editor.root / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("secret = 1")
    (editor.content / "news/link.md").symlink_to(outside / "a.md")
    (editor.content / "news/folder").symlink_to(outside)

    assert editor.sha("content/news/link.md") is None
    assert editor.sha("content/news/folder/a.md") is None
    for path in ("content/news/link.md", "content/news/folder/a.md"):
        assert editor.ask(f"{API}/raw/{path}")[0] == 404
    assert editor.save(change("create", "content/news/folder/b.md", TEXT))[0] >= 400
    assert editor.save(change("create", "content/news/link.md", TEXT))[0] == 409
    assert sorted(file.name for file in outside.iterdir()) == ["a.md"]
    assert (outside / "a.md").read_text() == "secret = 1"


# --- saving


def test_a_new_text_a_changed_one_and_a_deleted_one(editor):
    path = "content/news/2021/2021-07-06-nova.md"
    _, made = editor.save(change("create", path, TEXT))
    _, changed = editor.save(change("update", path, "title: Інша\n", sha=made["files"][0]["sha"]))
    assert editor.file(path).read_text("utf-8") == "title: Інша\n"
    assert changed["files"][0]["sha"] == editor.sha(path)
    assert changed["commit"]["sha"] == editor.json(f"{API}/branches/main")[1]["commit"]["id"]
    _, deleted = editor.save({"operation": "delete", "path": path, "sha": changed["files"][0]["sha"]})

    assert deleted["files"] == [None]
    assert not editor.file(path).exists()


def test_a_renamed_text_is_at_its_new_name_alone(editor):
    path = "content/news/2021/2021-07-05-nova.md"
    status, saved = editor.save(change("update", path, TEXT, sha=editor.sha(NEWS), from_path=NEWS))

    assert (status, saved["files"][0]["path"]) == (200, path)
    assert (editor.file(NEWS).exists(), editor.file(path).read_text("utf-8")) == (False, TEXT)


@pytest.mark.parametrize(
    "path",
    ["tasks.py", "../a.md", "content/../a.md", "content/news/../../a.md", "content/.htaccess", "content/news/.a.md", "content/news/a.html",
     "content/news/a.svg", "content/news/a.js", "content/news/a.py", "content/news/a.md.bak", "content/news/a.MD", "content/a.md",
     "content/files/a.php.txt", "content/news/con.md", "content/news/a:b.md", "content/news/a\\b.md", "content/news/a\u202eb.md", "content/law.toml",
     "content/reports/approved/2021-H2.json", "content/registers/social/a.xlsx", "content/.git/hooks/pre-commit", "content/news/a.md/",
     "content/news/a.heic", "content/news/" + "ї" * 300 + ".md", "content/news/a.json", "content", "content/", "", None, 7, ["content/news/a.md"]],
    ids=lambda path: repr(path)[:40],
)  # fmt: skip
def test_no_file_is_written_where_or_as_what_the_content_has_none(editor, path):
    before = sorted(str(file) for file in editor.root.rglob("*"))
    status, answer = editor.save(change("create", path, TEXT))

    assert (400 <= status < 500, bool(answer["message"])) == (True, True), answer
    assert sorted(str(file) for file in editor.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("content/files/a.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("content/files/a.docx", b"%PDF-1.7"),
        ("content/files/a.txt", b"<script>alert(1)</script>"),
        ("content/images/a.jpg", b"<svg onload=alert(1)>"),
        ("content/images/a.jpg", b""),
        ("content/news/a.md", b"\xff\xfe\x00a"),
        ("content/news/a.md", b"title: a\0b\n"),
        ("content/news/a.md", b"a" * 2_000_000),
    ],
)
def test_bytes_that_are_not_what_the_name_says_are_refused(editor, path, data):
    status, _ = editor.save(change("create", path, data))

    assert (status, editor.file(path).exists()) == (422, False)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"files": []}', b'{"files": {}}', b'{"files": [1]}', b"[" * 100_000, b"\xff",
     b'{"files": [{"operation": "chmod", "path": "content/news/a.md"}]}',
     b'{"files": [{"operation": "create", "path": "content/news/a.md", "content": "not base64!"}]}',
     b'{"files": [{"operation": "create", "path": "content/news/a.md", "content": null}]}',
     b'{"files": [{"operation": "update", "path": "content/news/a.md", "content": ""}]}',
     b'{"files": [{"operation": "create", "path": "content/news/a.md", "content": "", "sha": "0"}]}',
     b'{"files": [{"operation": "create", "path": "content/news/a.md", "content": ""}, {"operation": "create", "path": "content/news/A.md", "content": ""}]}'],
    ids=lambda body: body[:50],
)  # fmt: skip
def test_a_request_that_is_not_understood_is_refused_in_words(editor, body):
    status, answer = editor.json(f"{API}/contents", body)

    assert (400 <= status < 500, len(answer["message"]) > 10) == (True, True)


def test_a_request_of_unknown_or_of_enormous_length_is_refused_before_it_is_read(editor):
    assert editor.ask(f"{API}/contents", b"", headers={"Content-Length": "999999999999"})[0] in (400, 413)
    assert editor.ask(f"{API}/contents", headers={"Content-Type": "application/json"}, method="POST")[0] == 411


def test_a_text_that_another_program_has_changed_is_not_overwritten_and_both_are_kept(editor):
    seen = editor.sha(NEWS)
    editor.file(NEWS).write_text(TEXT + "Колега.\n", "utf-8")
    status, answer = editor.save(change("update", NEWS, TEXT + "Моє.\n", sha=seen))

    assert status == 409
    assert answer["kept"] == [f"build/conflict/news/2021/2021-07-05-zustrich-{who}.md" for who in ("ваш", "на-диску")]
    assert [(editor.root / name).read_text("utf-8") for name in answer["kept"]] == [TEXT + "Моє.\n", TEXT + "Колега.\n"]
    assert all(name in answer["message"] for name in answer["kept"])
    assert editor.file(NEWS).read_text("utf-8") == TEXT + "Колега.\n"


def test_a_second_conflict_leaves_what_the_first_one_has_kept(editor):
    seen = editor.sha(NEWS)
    editor.file(NEWS).write_text(TEXT + "Колега.\n", "utf-8")
    editor.save(change("update", NEWS, TEXT + "Моє.\n", sha=seen))
    _, answer = editor.save(change("update", NEWS, TEXT + "Моє друге.\n", sha=seen))

    kept = {file.read_text("utf-8") for file in (editor.root / "build/conflict").rglob("*.md")}
    assert kept == {TEXT + "Моє.\n", TEXT + "Моє друге.\n", TEXT + "Колега.\n"}
    assert answer["kept"][0].endswith("-ваш-2.md")


def test_a_text_that_somebody_has_deleted_is_not_made_again_and_is_kept(editor):
    seen = editor.sha(NEWS)
    editor.file(NEWS).unlink()
    status, answer = editor.save(change("update", NEWS, "Моє.\n", sha=seen))

    assert (status, editor.file(NEWS).exists()) == (409, False)
    assert [(editor.root / name).read_text("utf-8") for name in answer["kept"]] == ["Моє.\n"]


def test_a_new_text_does_not_take_the_place_of_another_one(editor):
    for path in (NEWS, NEWS.replace("zustrich", "Zustrich")):  # one file on Windows and macOS
        status, answer = editor.save(change("create", path, "Моє.\n"))
        assert (status, bool(answer["kept"])) == (409, True)
    assert editor.file(NEWS).read_text("utf-8") == TEXT


def test_of_a_request_with_one_conflict_nothing_is_saved(editor):
    seen = editor.sha(NEWS)
    editor.file(NEWS).write_text(TEXT + "Колега.\n", "utf-8")
    other = "content/news/2021/2021-07-06-nova.md"
    status, _ = editor.save(change("create", other, TEXT), change("update", NEWS, "Моє.\n", sha=seen))

    assert (status, editor.file(other).exists()) == (409, False)


def test_a_colleagues_uncommitted_text_that_is_overwritten_on_purpose_is_kept(editor):
    """The editor's own page asks «Зберегти все одно?» and then names the version that it has just seen."""
    editor.file(NEWS).write_text(TEXT + "Колега.\n", "utf-8")
    status, answer = editor.save(change("update", NEWS, TEXT + "Моє.\n", sha=editor.sha(NEWS)))

    assert (status, editor.file(NEWS).read_text("utf-8")) == (200, TEXT + "Моє.\n")
    assert [(editor.root / name).read_text("utf-8") for name in answer["kept"]] == [TEXT + "Колега.\n"]
    _, again = editor.save(change("update", NEWS, TEXT, sha=editor.sha(NEWS)))
    assert again["kept"] == []  # that was our own


def between_the_look_and_the_writing(monkeypatch, act):
    """Another program acts once the request has been compared with the disk."""

    def keep_nothing(self, change):
        act()
        return iter(())

    monkeypatch.setattr(ContentFiles, "_keep_foreign", keep_nothing)


def test_a_text_that_changes_at_the_last_moment_is_not_overwritten(editor, monkeypatch):
    seen = editor.sha(NEWS)
    between_the_look_and_the_writing(monkeypatch, lambda: editor.file(NEWS).write_text(TEXT + "Колега.\n", "utf-8"))
    status, answer = editor.save(change("update", NEWS, TEXT + "Моє.\n", sha=seen))

    assert (status, editor.file(NEWS).read_text("utf-8")) == (409, TEXT + "Колега.\n")
    assert [(editor.root / name).read_text("utf-8") for name in answer["kept"]] == [TEXT + "Моє.\n"]


def test_a_file_that_appears_at_the_last_moment_stays(editor, monkeypatch):
    path = NEWS.replace("zustrich", "nove")
    between_the_look_and_the_writing(monkeypatch, lambda: editor.file(path).write_text("Колега.\n", "utf-8"))
    status, answer = editor.save(change("create", path, "Моє.\n"))

    assert (status, editor.file(path).read_text("utf-8")) == (409, "Колега.\n")
    assert [(editor.root / name).read_text("utf-8") for name in answer["kept"]] == ["Моє.\n"]


def test_of_many_writers_who_have_seen_the_same_text_one_saves(editor):
    seen, answers = editor.sha(NEWS), []
    texts = [f"title: {number}\n" for number in range(12)]
    threads = [
        threading.Thread(target=lambda text=text: answers.append((editor.save(change("update", NEWS, text, sha=seen))[0], text)))
        for text in texts
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (saved,) = [text for status, text in answers if status == 200]
    assert sorted(status for status, _ in answers) == [200] + [409] * 11
    assert editor.file(NEWS).read_text("utf-8") == saved
    kept = {file.read_text("utf-8") for file in (editor.root / "build/conflict").rglob("*.md")}
    assert {*texts} - {saved} <= kept


def test_a_failure_in_the_middle_leaves_everything_as_it_was(editor, monkeypatch):
    seen, photo = editor.sha(NEWS), "content/news/2021/a.jpg"

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hromada.serve.content_files.atomic_replace", full)
    status, answer = editor.save(change("create", photo, placed()), change("update", NEWS, "Моє.\n", sha=seen))

    assert (status, "Не збережено" in answer["message"]) == (507, True)
    assert (editor.file(photo).exists(), editor.file(NEWS).read_text("utf-8")) == (False, TEXT)


KILLED = """
import pathlib, sys
sys.path[:0] = {paths}
from hromada.serve.content_files import ContentFiles
from hromada.serve.git_api import Change, Operation
root = pathlib.Path(sys.argv[1])
files = ContentFiles(root, root / "content", lambda: 1920)
print("ready", flush=True)
for number in range(100_000):
    sha = files.version_of({path!r}).sha
    files.save([Change(Operation.UPDATE, {path!r}, b"title: %d\\n" % number + b"a" * 200_000 + b"\\nend\\n", sha)])
"""


def test_a_server_killed_while_it_saves_leaves_a_whole_text(tmp_path):
    file = tmp_path / NEWS
    file.parent.mkdir(parents=True)
    for pause in (0.01, 0.06):
        file.write_text("title: 0\nend\n", "utf-8")
        code = KILLED.format(paths=[str(ROOT / "plugins"), str(ROOT)], path=NEWS)
        with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(pause)
            process.kill()
        text = file.read_text("utf-8")
        assert (text.startswith("title: "), text.endswith("\nend\n")) == (True, True)


# --- photos


@pytest.mark.parametrize("name", ["a.jpg", "a.jpeg"])
def test_a_photo_is_kept_without_its_place_and_its_camera_upright(editor, name):
    raw = placed(orientation=6)
    status, _ = editor.save(change("create", f"content/news/2021/{name}", raw))
    kept = editor.file(f"content/news/2021/{name}").read_bytes()

    assert status == 200
    assert metadata_of(raw).has_coordinates
    assert (tuple(metadata_of(kept)), b"Exif" in kept) == ((False, (), (), ()), False)


def test_a_photo_that_tells_nothing_is_not_compressed_again(editor):
    editor.save(change("create", "content/images/a.jpg", placed()))
    bare = editor.file("content/images/a.jpg").read_bytes()
    editor.save(change("create", "content/images/b.jpg", bare))

    assert editor.file("content/images/b.jpg").read_bytes() == bare


def test_a_renamed_photo_keeps_its_bytes(editor):
    editor.save(change("create", "content/images/a.jpg", placed()))
    bare, sha = editor.file("content/images/a.jpg").read_bytes(), editor.sha("content/images/a.jpg")
    status, _ = editor.save(change("update", "content/images/b.jpg", bare, sha=sha, from_path="content/images/a.jpg"))

    assert (status, editor.file("content/images/b.jpg").read_bytes() == bare) == (200, True)


# --- findings


def test_a_finding_names_the_field_of_its_line():
    data = b"---\ntitle: a\ndate: 12.03.21\ngallery:\n- x.jpg | a\n- y.jpg | b\n---\n\ntext\n"

    assert [field_at(NEWS, data, line).key for line in (1, 2, 3, 4, 6, 8, 9)] == [
        "",
        "title",
        "date",
        "gallery",
        "gallery",
        "body",
        "body",
    ]
    assert field_at(NEWS, data, 3).title == "Дата"
    assert field_at("content/alerts.toml", data, 3).key == ""
    assert field_at(NEWS, b"\xff", 1).key == ""


def test_findings_are_those_of_a_check_that_began_after_the_last_save(editor):
    editor.state.findings.note_checked(time.monotonic(), [])
    editor.save(change("update", NEWS, "title: a\ndate: 12.03.21\n\nТекст\n", sha=editor.sha(NEWS)))
    _, saved = editor.json(f"/__local/findings?path={NEWS}&seen=-1")
    editor.state.findings.note_checked(0.0, [])  # began before
    _, late = editor.json(f"/__local/findings?path={NEWS}&seen={saved['number']}")
    problem = {"path": NEWS, "line": 2, "level": "error", "code": "date-format", "message": "дата", "fix": ""}
    timer = threading.Timer(0.2, lambda: editor.state.findings.note_checked(time.monotonic(), [problem]))
    timer.start()
    status, answer = editor.json(f"/__local/findings?path={NEWS}&seen={late['number']}")

    assert (saved["fresh"], saved["saved"], late["fresh"]) == (False, [NEWS], False)
    assert (status, answer["fresh"], answer["errors"]) == (200, True, 1)
    assert answer["findings"] == [problem | {"key": "date", "title": "Дата"}]
    assert editor.json("/__local/findings?path=tasks.py")[0] == 403


def test_a_check_that_began_while_a_text_was_being_saved_is_enough_if_no_other_follows(editor):
    """The watcher is quicker than the answer to the request."""
    findings = editor.state.findings
    findings.note_checked(10.0, [])
    findings.note_checked(20.5, [])
    findings.note_saved(20.0, [NEWS], [])
    assert findings.wait(-1, 0).is_fresh
    findings.note_saved(30.0, [NEWS], [])
    assert not findings.wait(-1, 0).is_fresh
    findings.note_checked(30.1, None)
    assert findings.wait(-1, 0).is_fresh


def test_a_text_that_is_saved_as_it_was_waits_for_no_check(editor):
    editor.state.findings.note_checked(time.monotonic(), [])
    status, _ = editor.save(change("update", NEWS, TEXT, sha=editor.sha(NEWS)))

    assert (status, editor.json("/__local/findings?seen=-1")[1]["fresh"]) == (200, True)


def test_the_pages_of_the_editor_are_those_that_the_build_has_made(editor):
    (editor.root / "output/admin").mkdir(parents=True)
    for name in ("admin/index.html", "admin/other.js"):
        (editor.root / "output" / name).write_text("<html></html>")
    (editor.root / "output/index.html").write_text("home")
    editor.state.files = frozenset({"admin/index.html", "index.html"})

    assert editor.ask("/admin/", headers={"Authorization": None})[0] == 200
    assert editor.ask("/admin/other.js")[0] == 404
    assert editor.ask("/index.html")[0] == 404  # of the site: it has another origin


def test_the_pure_part_refuses_an_unknown_request():
    with pytest.raises(RequestRefused):
        git_api.asked_for("repos/other/site", {})
    with pytest.raises(RequestRefused):
        git_api.asked_for("repos/local/site/branches/dev", {})


@pytest.mark.parametrize(
    ("fix", "shown"),
    [
        ("видаліть його або запустіть make fix", "видаліть його"),
        ("запустіть make fix або наберіть самі знаки", "наберіть самі знаки"),
        ("вставте його з першоджерела або спробуйте make fix", "вставте його з першоджерела"),
        ("запустіть make fix", "запустіть make fix"),
        ("виправте", "виправте"),
    ],
)
def test_a_finding_for_a_form_names_no_command_beside_what_the_hand_can_do(fix, shown):
    assert for_form({"message": "…", "fix": fix})["fix"] == shown
