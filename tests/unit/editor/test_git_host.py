"""From the setting `repository` to the git host."""

import pytest

from hromada.editor.git_host import Backend, GitHost, git_host


@pytest.mark.parametrize(
    ("repository", "host"),
    [
        (
            "https://github.com/rada/sait/blob/main",
            GitHost(Backend.GITHUB, "https://github.com", "https://api.github.com", "rada/sait", "main"),
        ),
        (
            "https://git.rada.example/rada/sait/blob/main",
            GitHost(Backend.GITHUB, "https://git.rada.example", "https://git.rada.example/api/v3", "rada/sait", "main"),
        ),
        (
            "https://codeberg.org/rada/sait/src/branch/main/",
            GitHost(Backend.GITEA, "https://codeberg.org", "https://codeberg.org/api/v1", "rada/sait", "main"),
        ),
        (
            "https://rada.example/git/rada/sait/src/branch/main",
            GitHost(Backend.GITEA, "https://rada.example/git", "https://rada.example/git/api/v1", "rada/sait", "main"),
        ),
        (
            "https://gitlab.com/oblast/hromada/sait/-/blob/release/1",
            GitHost(Backend.GITLAB, "https://gitlab.com", "https://gitlab.com/api/v4", "oblast/hromada/sait", "release/1"),
        ),
        (
            "http://127.0.0.1:3000/rada/sait/src/branch/main",
            GitHost(Backend.GITEA, "http://127.0.0.1:3000", "http://127.0.0.1:3000/api/v1", "rada/sait", "main"),
        ),
    ],
)  # fmt: skip
def test_the_address_of_files_names_backend_api_repository_and_branch(repository, host):
    assert git_host(repository) == host


@pytest.mark.parametrize(
    "repository",
    [
        "", "https://github.com/rada/sait", "https://github.com/sait/blob/main", "https://rada.example/a/b/tree/main",
        "https://github.com/x/rada/sait/blob/main", "https://github.com/rada/sait/blob/",
        "https://github.com/rada/sait/blob/main; script-src *", "https://github.com/ra da/sait/blob/main",
    ],
)  # fmt: skip
def test_an_address_without_a_branch_of_a_known_host_is_none(repository):
    assert git_host(repository) is None


@pytest.mark.parametrize(
    "repository",
    [
        "http://codeberg.org/rada/sait/src/branch/main", "http://localhost.rada.example/rada/sait/src/branch/main",
        "https://user:secret@codeberg.org/rada/sait/src/branch/main", "https://a.example;x/rada/sait/src/branch/main",
    ],
)  # fmt: skip
def test_a_token_is_sent_over_tls_alone_and_to_a_plain_host(repository):
    assert git_host(repository) is None


def test_a_policy_names_the_origin_of_the_api():
    host = git_host("https://rada.example:8443/git/rada/sait/src/branch/main")

    assert host is not None
    assert host.origin == "https://rada.example:8443"
