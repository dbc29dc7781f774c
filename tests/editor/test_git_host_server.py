"""The git host of the tests answers as a real one does, over a real repository."""

import base64
import json
import urllib.error
import urllib.request

import pytest

ITEM = "content/news/2022/2022-01-10-persha-novyna.md"


def call(host, path, method="GET", body=None, token=None):
    request = urllib.request.Request(
        f"{host.address}{path}", method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"token {host.token if token is None else token}"},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request) as answer:
            raw = answer.read()
            return answer.status, json.loads(raw) if raw else None
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def encoded(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("root", ["/api/v1", "/api/v3"])
def test_without_the_token_nothing_is_told(git_host, root):
    assert call(git_host, f"{root}/user", token="another")[0] == 401
    assert call(git_host, f"{root}/user")[1]["login"] == "olena"


@pytest.mark.parametrize("root", ["/api/v1", "/api/v3"])
def test_files_are_listed_with_ids_by_which_they_can_be_read(git_host, root):
    tree = call(git_host, f"{root}/repos/rada/sait/git/trees/main?recursive=1")[1]["tree"]
    found = call(git_host, f"{root}/repos/rada/sait/git/blobs/{tree[0]['sha']}")[1]

    assert [blob["path"] for blob in tree] == [ITEM]
    assert base64.b64decode(found["content"]).decode().startswith("---\ntitle: Перша новина")


def test_forgejo_commits_several_files_at_once_with_author_and_message(git_host):
    body = {
        "branch": "main", "message": "Створено новину", "author": {"name": "Ірина", "email": "iryna@rada.example"},
        "files": [
            {"operation": "create", "path": "content/news/2022/2022-01-11-druha.md", "content": encoded("друга")},
            {"operation": "delete", "path": ITEM, "sha": git_host.repository.blob_at("main", ITEM).sha},
        ],
    }  # fmt: skip
    status, answer = call(git_host, "/api/v1/repos/rada/sait/contents", "POST", body)
    commit = git_host.repository.commits("main", most=1)[0]

    assert status == 201
    assert git_host.repository.files() == {"content/news/2022/2022-01-11-druha.md": "друга".encode()}
    assert (commit.sha, commit.name, commit.message) == (answer["commit"]["sha"], "Ірина", "Створено новину")


def test_a_file_that_has_changed_meanwhile_is_not_overwritten(git_host):
    path, url = "content/news/a.csv", "/api/v3/repos/rada/sait/contents/content/news/a.csv"
    first = call(git_host, url, "PUT", {"message": "перша", "content": encoded("1")})[1]
    call(git_host, url, "PUT", {"message": "друга", "content": encoded("2"), "sha": first["content"]["sha"]})
    status, _ = call(
        git_host, url, "PUT", {"message": "третя", "content": encoded("3"), "sha": first["content"]["sha"]}
    )

    assert status == 409
    assert git_host.repository.files()[path] == b"2"


def test_githubs_graphql_reads_and_commits(git_host):
    question = """query($owner: String!, $repo: String!, $branch: String!) { repository(owner: $owner, name: $repo) {
      ref(qualifiedName: $branch) { target { ... on Commit { history(first: 1) { nodes { oid message } } } } } } }"""
    variables = {"owner": "rada", "repo": "sait", "branch": "main"}
    data = call(git_host, "/api/graphql", "POST", {"query": question, "variables": variables})[1]["data"]
    tip = data["repository"]["ref"]["target"]["history"]["nodes"][0]
    change = 'mutation($input: I!) { createCommitOnBranch(input: $input) { commit { oid file_0: file(path: "a.md") { oid } } } }'
    made = {
        "branch": {"repositoryNameWithOwner": "rada/sait", "branchName": "main"}, "expectedHeadOid": tip["oid"],
        "fileChanges": {"additions": [{"path": "a.md", "contents": encoded("а")}], "deletions": [{"path": ITEM}]},
        "message": {"headline": "Зміна"},
    }  # fmt: skip
    first = call(git_host, "/api/graphql", "POST", {"query": change, "variables": {"input": made}})[1]
    again = call(git_host, "/api/graphql", "POST", {"query": change, "variables": {"input": made}})[1]

    assert tip["message"] == "Початок"
    assert first["data"]["createCommitOnBranch"]["commit"]["file_0"]["oid"] == git_host.repository.blobs("main")[0].sha
    assert git_host.repository.files() == {"a.md": "а".encode()}
    assert "Expected branch to point to" in again["errors"][0]["message"]


@pytest.mark.parametrize(("root", "method"), [("/api/v1", "POST"), ("/api/v3", "PUT")])
def test_a_request_is_merged_once_and_only_when_it_is_no_draft(git_host, root, method):
    repository, place = git_host.repository, f"{root}/repos/rada/sait"
    repository.create_branch("cms/news/druha", repository.resolve("main"))
    repository.commit("cms/news/druha", "друга", changed={"b.md": b"b"}, environment=git_host.author())
    body = {"title": "Друга", "head": "cms/news/druha", "base": "main", "draft": True}
    number = call(git_host, f"{place}/pulls", "POST", body)[1]["number"]
    draft = call(git_host, f"{place}/pulls/{number}/merge", method, {"Do": "merge"})[0]
    git_host.pulls[number].is_draft = False
    status = call(git_host, f"{place}/pulls/{number}/merge", method, {"Do": "merge"})[0]

    assert call(git_host, f"{place}/pulls?state=open")[1] == []
    assert (draft, status) == (405, 200)
    assert repository.files()["b.md"] == b"b"


def test_runs_are_those_that_a_test_has_put_there(git_host):
    git_host.runs += [
        {"id": 2, "status": "completed", "conclusion": "success", "head_sha": "b", "head_branch": "main"},
        {"id": 1, "status": "completed", "conclusion": "failure", "head_sha": "a", "head_branch": "main"},
    ]
    found = call(git_host, "/api/v3/repos/rada/sait/actions/runs?branch=main&head_sha=a")[1]

    assert [run["id"] for run in found["workflow_runs"]] == [1]
    assert all(git_host.token not in str(request) for request in git_host.requests)
