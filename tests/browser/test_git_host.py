"""The client of git hosts in Debian's Chromium, against a server that plays their APIs: files, commits, conflicts, refusals."""

import functools
import json
import threading
from pathlib import Path

import pytest

from tests import needs
from tests.browser.test_pages import QuietHandler, Server
from tests.cms_login import login_script
from tests.git_hosts import API, TOKEN, GitHosts, blob_sha

pytestmark = [pytest.mark.browser, needs.chromium]
ADMIN = Path(__file__).resolve().parents[2] / "theme/admin"
BACKENDS = list(API)
FILE = "content/registers/newspaper/2021-h2.csv"
OTHER = "content/registers/social/2021-h2.csv"


@pytest.fixture(scope="module")
def address():
    """The address of the scripts; the hosts have another port, and so another origin."""
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
def hosts():
    server = GitHosts()
    server.files = {FILE: "Дата;Видання\r\n".encode(), OTHER: b"a" * 1_500_000}
    yield server
    server.close()


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
def run(page, hosts, request):
    """Runs code with a client of the host."""
    host = hosts.host(request.param)
    return lambda code, token=TOKEN: page.evaluate(RUN, {"host": host, "token": token, "code": code})


def commit_of(changes, message="Рядок газети"):
    """Code that commits: path, text or None, sha."""
    files = ", ".join(
        f"{{ path: {json.dumps(path)}, bytes: {'null' if text is None else f'bytes({json.dumps(text)})'}, sha: {json.dumps(sha)} }}"
        for path, text, sha in changes
    )
    return f"return client.commit({{ message: {json.dumps(message)}, files: [{files}] }});"


def test_a_file_is_read_with_its_version(run, hosts):
    found = run(f"const {{ bytes: data, sha }} = await client.readFile('{FILE}'); return [text(data), sha];")

    assert found["value"] == ["Дата;Видання\r\n", blob_sha(hosts.files[FILE])]


def test_a_large_file_is_read_whole(run, hosts):
    assert run(f"return (await client.readFile('{OTHER}')).bytes.length;")["value"] == 1_500_000


def test_a_file_that_is_missing_is_null(run):
    assert run("return client.readFile('content/registers/newspaper/2020-h1.csv');") == {"value": None}


def test_all_files_below_a_folder_are_listed(run):
    assert run("return (await client.listFiles('content/registers')).map(({ path }) => path);")["value"] == [
        FILE,
        OTHER,
    ]
    assert run("return client.listFiles('content/nothing');")["value"] == []


def test_several_files_are_written_and_deleted_in_one_commit(run, hosts):
    new = "content/registers/newspaper/2022-h1.csv"
    changes = [
        (FILE, "інше «слово»", blob_sha(hosts.files[FILE])),
        (new, "нове", None),
        (OTHER, None, blob_sha(hosts.files[OTHER])),
    ]
    answer = run(commit_of(changes))["value"]

    assert hosts.commits == [("Рядок газети", sorted([FILE, new, OTHER]))]
    assert hosts.files == {FILE: "інше «слово»".encode(), new: "нове".encode()}
    assert answer["shas"] == {FILE: blob_sha(hosts.files[FILE]), new: blob_sha(hosts.files[new]), OTHER: None}
    assert answer["commit"]


def test_another_version_of_the_file_is_a_conflict_and_nothing_is_written(run, hosts):
    before = dict(hosts.files)
    answer = run(commit_of([(FILE, "моє", "1" * 40), (OTHER, "x", blob_sha(hosts.files[OTHER]))]))

    assert (answer["kind"], answer["paths"]) == ("conflict", [FILE])
    assert "Нічого не записано" in answer["message"]
    assert (hosts.files, hosts.commits) == (before, [])


def test_a_new_file_that_a_colleague_has_made_is_a_conflict(run, hosts):
    assert run(commit_of([(FILE, "моє", None)]))["kind"] == "conflict"


def test_a_change_between_the_look_and_the_commit_is_a_conflict(run, hosts):
    sha = blob_sha(hosts.files[FILE])
    hosts.before_write = lambda: hosts.commit("Колега", {FILE: b"colleague"})
    answer = run(commit_of([(FILE, "моє", sha)]))

    assert (answer["kind"], answer["paths"]) == ("conflict", [FILE])
    assert hosts.files[FILE] == b"colleague"


def test_a_colleagues_commit_of_another_file_is_no_conflict(run, hosts):
    sha = blob_sha(hosts.files[FILE])
    hosts.before_write = lambda: hosts.commit("Колега", {OTHER: b"colleague"})
    run(commit_of([(FILE, "моє", sha)]))

    assert hosts.files == {FILE: "моє".encode(), OTHER: b"colleague"}
    assert [message for message, _ in hosts.commits] == ["Колега", "Рядок газети"]


def test_who_the_editor_is_and_whether_they_may_write(run):
    assert run("return client.user();")["value"] == {"login": "olena", "name": "Олена"}
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
    (502, {}, "<html>", "host", "за кілька хвилин"),
    (301, {"Location": "https://elsewhere.example/"}, {}, "moved", "перейменовано"),
]


@pytest.mark.parametrize(("status", "headers", "body", "kind", "words"), REFUSALS)
def test_a_refusal_is_told_in_ukrainian(page, hosts, status, headers, body, kind, words):
    hosts.fault = (status, headers, body)
    answer = page.evaluate(RUN, {"host": hosts.host("github"), "token": TOKEN, "code": "return client.user();"})

    assert answer["kind"] == kind
    assert words in answer["message"]


def test_no_connection_is_told(page, hosts):
    host = hosts.host("gitea") | {"api": "http://127.0.0.1:9/api/v1"}
    answer = page.evaluate(RUN, {"host": host, "token": TOKEN, "code": "return client.user();"})

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


def test_the_token_of_the_cms_is_used_for_its_own_host_alone(page, hosts):
    page.evaluate(login_script("gitea", "of-the-cms"))

    assert page.evaluate(STORED, hosts.host("gitea")) == "of-the-cms"
    assert page.evaluate(STORED, hosts.host("github")) == ""


def test_a_typed_token_stays_in_its_tab_for_its_own_host(page, hosts):
    host = hosts.host("github")
    page.evaluate("async (host) => (await import('/host_login.js')).keepToken(host, 'typed')", host)

    assert page.evaluate(STORED, host) == "typed"
    assert page.evaluate(STORED, hosts.host("gitlab")) == ""
    assert page.evaluate("() => JSON.stringify(localStorage)") == "{}"


PULL = {"number": 7, "title": "Новина", "html_url": "u", "head": {"ref": "cms/x", "sha": "s", "repo": {"full_name": "other/site"}}, "draft": False, "labels": [{"name": "l"}], "updated_at": "t"}  # fmt: skip
REQUEST = {"iid": 7, "title": "Новина", "web_url": "u", "source_branch": "cms/x", "sha": "s", "source_project_id": 2, "target_project_id": 1, "draft": False, "labels": ["l"], "updated_at": "t"}  # fmt: skip


def test_pull_requests_of_forks_are_told_apart(run, hosts):
    root = "repos/hromada/site"
    hosts.answers = {f"{root}/pulls": [PULL], "projects/hromada%2Fsite/merge_requests": [REQUEST]}

    assert run("return client.pullRequests();")["value"] == [
        {"number": 7, "title": "Новина", "url": "u", "branch": "cms/x", "sha": "s", "isDraft": False, "isMerged": False, "isFork": True, "labels": ["l"], "updated": "t"}
    ]  # fmt: skip


RUNS = {
    "repos/hromada/site/actions/runs": {"workflow_runs": [{"id": 5, "head_branch": "main", "head_sha": "s", "status": "completed", "conclusion": "failure"}]},
    "repos/hromada/site/actions/tasks": {"workflow_runs": [{"id": 5, "head_branch": "main", "head_sha": "s", "status": "failure"}]},
    "projects/hromada%2Fsite/pipelines": [{"id": 5, "ref": "main", "sha": "s", "status": "failed"}],
}  # fmt: skip


def test_the_state_of_a_run_is_one_word_for_all_hosts(run, hosts):
    hosts.answers = RUNS
    (found,) = run("return client.runs({ branch: 'main' });")["value"]

    assert (found["id"], found["sha"], found["branch"], found["state"]) == (5, "s", "main", "failure")


LOG = (
    "\x1b[0mcontent/news/a.md:2: дата «12.03.25» незрозуміла, напишіть 12.03.2025 [date-format]\x1b[0m\r\nJob failed\n"
)


def test_what_the_check_said_is_read_from_the_run(page, hosts):
    root = "repos/hromada/site"
    note = {"path": "content/news/a.md", "start_line": 2, "annotation_level": "failure", "message": "дата"}
    hosts.answers = {
        f"{root}/actions/runs/5/jobs": {"jobs": [{"id": 9}]},
        f"{root}/check-runs/9/annotations": [note],
        "projects/hromada%2Fsite/pipelines/5/jobs": [{"id": 9}],
        "projects/hromada%2Fsite/jobs/9/trace": LOG,
    }
    ask = {"token": TOKEN, "code": "return client.annotations({ id: 5 });"}
    of_github = page.evaluate(RUN, {"host": hosts.host("github"), **ask})["value"]
    of_gitlab = page.evaluate(RUN, {"host": hosts.host("gitlab"), **ask})["value"]

    assert of_github == [{"path": "content/news/a.md", "line": 2, "level": "error", "message": "дата"}]
    message = "дата «12.03.25» незрозуміла, напишіть 12.03.2025 [date-format]"
    assert of_gitlab == [{"path": "content/news/a.md", "line": 2, "level": "error", "message": message}]
