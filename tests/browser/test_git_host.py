"""The client of git hosts in Debian's Chromium, against a server that plays their APIs: files, commits, conflicts, refusals."""

import functools
import json
import threading
from pathlib import Path

import pytest

from hromada.editor.git_host import git_host
from tests import needs
from tests.browser.test_pages import QuietHandler, Server
from tests.cms_login import login_script
from tests.editor.bare_repository import BareRepository, identity
from tests.editor.git_host_server import NAME, OWNER, Answer, GitHostServer

pytestmark = [pytest.mark.browser, needs.chromium]
ADMIN = Path(__file__).resolve().parents[2] / "theme/admin"
BACKENDS = ("github", "gitea", "gitlab")
FILE = "content/registers/newspaper/2021-h2.csv"
OTHER = "content/registers/social/2021-h2.csv"
COLLEAGUE = identity("Колега", "koleha@rada.example")


@pytest.fixture(scope="module")
def address():
    """The address of the scripts; the host has another port, and so another origin."""
    server = Server(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(ADMIN)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def shared_page(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/git_host.js")
    yield page
    context.close()


@pytest.fixture
def server(tmp_path):
    files = {FILE: "Дата;Видання\r\n".encode(), OTHER: b"a" * 1_500_000}
    server = GitHostServer(BareRepository.holding(tmp_path / "sait.git", files))
    yield server
    server.close()


def host_of(server, backend):
    """What a page of /admin/ knows of the host."""
    return git_host(server.setting(backend)).as_object("")


def sha_of(server, path):
    found = server.repository.blob_at("main", path)
    return found and found.sha


def saved(server):
    """The commits of the editor: what they say and which files they change."""
    made = server.repository.commits("main")[:-1]  # without the first one, that of the repository
    return [
        (one.message, [path for _, path in server.repository.changed(one.parents[0], one.sha)])
        for one in reversed(made)
        if one.name == server.user["name"]
    ]


def change_as_colleague(server, path):
    server.repository.commit("main", "Зміна колеги", changed={path: b"colleague"}, environment=COLLEAGUE)


@pytest.fixture
def page(shared_page):
    shared_page.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
    return shared_page


RUN = """
async ({ host, token, code }) => {
  const made = await import('/git_host.js');
  const client = made.openHost(host, token);
  const bytes = (text) => new TextEncoder().encode(text);
  const text = (data) => new TextDecoder().decode(data);
  try {
    return { value: await new Function('client', 'made', 'bytes', 'text', `return (async () => { ${code} })()`)(client, made, bytes, text) };
  } catch (error) {
    return { kind: error.kind || String(error), message: error.message, paths: error.paths || [] };
  }
}
"""


@pytest.fixture(params=BACKENDS)
def run(page, server, request):
    """Runs code with a client of the host."""
    host, token = host_of(server, request.param), server.token
    return lambda code: page.evaluate(RUN, {"host": host, "token": token, "code": code})


def commit_of(changes, message="Рядок газети"):
    """Code that commits: path, text or None, sha."""
    files = ", ".join(
        f"{{ path: {json.dumps(path)}, bytes: {'null' if text is None else f'bytes({json.dumps(text)})'}, sha: {json.dumps(sha)} }}"
        for path, text, sha in changes
    )
    return f"return client.commit({{ message: {json.dumps(message)}, files: [{files}] }});"


def test_a_file_is_read_with_its_version(run, server):
    found = run(f"const {{ bytes: data, sha }} = await client.readFile('{FILE}'); return [text(data), sha];")

    assert found["value"] == ["Дата;Видання\r\n", sha_of(server, FILE)]


def test_a_large_file_is_read_whole(run, server):
    assert run(f"return (await client.readFile('{OTHER}')).bytes.length;")["value"] == 1_500_000


def test_a_file_that_is_missing_is_null(run):
    assert run("return client.readFile('content/registers/newspaper/2020-h1.csv');") == {"value": None}


def test_all_files_below_a_folder_are_listed(run):
    assert run("return (await client.listFiles('content/registers')).map(({ path }) => path);")["value"] == [
        FILE,
        OTHER,
    ]
    assert run("return client.listFiles('content/nothing');")["value"] == []


def test_several_files_are_written_and_deleted_in_one_commit(run, server):
    new = "content/registers/newspaper/2022-h1.csv"
    changes = [
        (FILE, "інше «слово»", sha_of(server, FILE)),
        (new, "нове", None),
        (OTHER, None, sha_of(server, OTHER)),
    ]
    answer = run(commit_of(changes))["value"]

    assert saved(server) == [("Рядок газети", sorted([FILE, new, OTHER]))]
    assert server.repository.files() == {FILE: "інше «слово»".encode(), new: "нове".encode()}
    assert answer["shas"] == {FILE: sha_of(server, FILE), new: sha_of(server, new), OTHER: None}
    assert answer["commit"]


def test_another_version_of_the_file_is_a_conflict_and_nothing_is_written(run, server):
    before = server.repository.files()
    answer = run(commit_of([(FILE, "моє", "1" * 40), (OTHER, "x", sha_of(server, OTHER))]))

    assert (answer["kind"], answer["paths"]) == ("conflict", [FILE])
    assert "Нічого не записано" in answer["message"]
    assert (server.repository.files(), saved(server)) == (before, [])


def test_a_new_file_that_a_colleague_has_made_is_a_conflict(run, server):
    assert run(commit_of([(FILE, "моє", None)]))["kind"] == "conflict"


def test_a_change_between_the_look_and_the_commit_is_a_conflict(run, server):
    sha = sha_of(server, FILE)
    server.before_write(lambda: change_as_colleague(server, FILE))
    answer = run(commit_of([(FILE, "моє", sha)]))

    assert (answer["kind"], answer["paths"]) == ("conflict", [FILE])
    assert server.repository.files()[FILE] == b"colleague"


def test_a_colleagues_commit_of_another_file_is_no_conflict(run, server):
    sha = sha_of(server, FILE)
    server.before_write(lambda: change_as_colleague(server, OTHER))
    run(commit_of([(FILE, "моє", sha)]))

    assert server.repository.files() == {FILE: "моє".encode(), OTHER: b"colleague"}
    assert [one.message for one in server.repository.commits("main", most=2)] == ["Рядок газети", "Зміна колеги"]


def test_who_the_editor_is_and_whether_they_may_write(run):
    assert run("return client.user();")["value"] == {"login": "olena", "name": "Олена Коваль"}
    assert run("return client.canWrite();")["value"] is True


REFUSALS = [
    (401, {}, {"message": "Bad credentials"}, "token", "токен"),
    (403, {}, {"message": "Resource not accessible by personal access token"}, "rights", "Contents"),
    (
        403,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1638349200"},
        {"message": "API rate limit"},
        "rate",
        "11:00",
    ),
    (429, {"Retry-After": "60"}, {"message": "Too many"}, "rate", "Спробуйте після"),
    (404, {}, {"message": "Not Found"}, "missing", "доступ саме до цього сховища"),
    (500, {}, {"message": "Oops"}, "host", "Oops"),
    (502, {}, b"<html>", "host", "через кілька хвилин"),
    (301, {"Location": "https://elsewhere.example/"}, {}, "moved", "перейменовано"),
]


def answer_all(server, answer):
    """Answers every request in this way."""

    def refuse(_method, _path):
        raise answer

    server.before = refuse


@pytest.mark.parametrize(("status", "headers", "body", "kind", "words"), REFUSALS)
def test_a_refusal_is_told_in_ukrainian(page, server, status, headers, body, kind, words):
    answer_all(server, Answer(status, body, headers))
    answer = page.evaluate(
        RUN, {"host": host_of(server, "github"), "token": server.token, "code": "return client.user();"}
    )

    assert answer["kind"] == kind
    assert words in answer["message"]


def test_no_connection_is_told(page, server):
    host = host_of(server, "gitea") | {"api": "http://127.0.0.1:9/api/v1"}
    answer = page.evaluate(RUN, {"host": host, "token": server.token, "code": "return client.user();"})

    assert answer["kind"] == "network"
    assert "Перевірте інтернет" in answer["message"]


def test_a_token_is_not_sent_without_encryption(page):
    host = {"backend": "gitea", "api": "http://git.example/api/v1", "web": "", "repository": "a/b", "branch": "main"}
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    kind = page.evaluate(
        "async (host) => { try { (await import('/git_host.js')).openHost(host, 'x'); } catch (error) { return error.kind; } }",
        host,
    )
    assert kind == "insecure"
    assert not [url for url in asked if "git.example" in url]


STORED = "async (host) => (await import('/host_login.js')).storedToken(host)"


def test_the_token_of_the_cms_is_used_for_its_own_host_alone(page, server):
    page.evaluate(login_script("gitea", "of-the-cms"))

    assert page.evaluate(STORED, host_of(server, "gitea")) == "of-the-cms"
    assert page.evaluate(STORED, host_of(server, "github")) == ""


def test_a_typed_token_stays_in_its_tab_for_its_own_host(page, server):
    host = host_of(server, "github")
    page.evaluate("async (host) => (await import('/host_login.js')).keepToken(host, 'typed')", host)

    assert page.evaluate(STORED, host) == "typed"
    assert page.evaluate(STORED, host_of(server, "gitlab")) == ""
    assert page.evaluate("() => JSON.stringify(localStorage)") == "{}"


REPOSITORY, PROJECT = f"/repos/{OWNER}/{NAME}", f"/projects/{OWNER}%2F{NAME}"


def answer_places(server, answers):
    """What these places of the APIs answer."""

    def answer(_method, path):
        place = path.split("/", 3)[3]  # behind /api/v3/
        if f"/{place}" in answers:
            raise Answer(200, answers[f"/{place}"])

    server.before = answer


PULL = {"number": 7, "title": "Новина", "html_url": "u", "head": {"ref": "cms/x", "sha": "s", "repo": {"full_name": "other/site"}}, "draft": False, "labels": [{"name": "l"}], "updated_at": "t"}  # fmt: skip
REQUEST = {"iid": 7, "title": "Новина", "web_url": "u", "source_branch": "cms/x", "sha": "s", "source_project_id": 2, "target_project_id": 1, "draft": False, "labels": ["l"], "updated_at": "t"}  # fmt: skip


def test_pull_requests_of_forks_are_told_apart(run, server):
    answer_places(server, {f"{REPOSITORY}/pulls": [PULL], f"{PROJECT}/merge_requests": [REQUEST]})

    assert run("return client.pullRequests();")["value"] == [
        {"number": 7, "title": "Новина", "url": "u", "branch": "cms/x", "sha": "s", "isDraft": False, "isMerged": False, "isFork": True, "labels": ["l"], "updated": "t"}
    ]  # fmt: skip


RUNS = {
    f"{REPOSITORY}/actions/runs": {"workflow_runs": [{"id": 5, "head_branch": "main", "head_sha": "s", "status": "completed", "conclusion": "failure"}]},
    f"{REPOSITORY}/actions/tasks": {"workflow_runs": [{"id": 5, "head_branch": "main", "head_sha": "s", "status": "failure"}]},
    f"{PROJECT}/pipelines": [{"id": 5, "ref": "main", "sha": "s", "status": "failed"}],
}  # fmt: skip


def test_the_state_of_a_run_is_one_word_for_all_hosts(run, server):
    answer_places(server, RUNS)
    (found,) = run("return client.runs({ branch: 'main' });")["value"]

    assert (found["id"], found["sha"], found["branch"], found["state"]) == (5, "s", "main", "failure")


LOG = (
    "\x1b[0mcontent/news/a.md:2: дата «12.03.25» незрозуміла, напишіть 12.03.2025 [date-format]\x1b[0m\r\nJob failed\n"
)


def test_what_the_check_said_is_read_from_the_run(page, server):
    note = {"path": "content/news/a.md", "start_line": 2, "annotation_level": "failure", "message": "дата"}
    answers = {
        f"{REPOSITORY}/actions/runs/5/jobs": {"jobs": [{"id": 9}]},
        f"{REPOSITORY}/check-runs/9/annotations": [note],
        f"{PROJECT}/pipelines/5/jobs": [{"id": 9}],
        f"{PROJECT}/jobs/9/trace": LOG.encode(),
    }
    answer_places(server, answers)
    ask = {"token": server.token, "code": "return client.annotations({ id: 5 });"}
    of_github = page.evaluate(RUN, {"host": host_of(server, "github"), **ask})["value"]
    of_gitlab = page.evaluate(RUN, {"host": host_of(server, "gitlab"), **ask})["value"]

    assert of_github == [{"path": "content/news/a.md", "line": 2, "level": "error", "message": "дата"}]
    message = "дата «12.03.25» незрозуміла, напишіть 12.03.2025 [date-format]"
    assert of_gitlab == [{"path": "content/news/a.md", "line": 2, "level": "error", "message": message}]
