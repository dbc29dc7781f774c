"""What the pages of the editor may load."""

import json

import pytest

from hromada.editor.admin_pages import ADMIN_PAGES, AdminPage, host_data, policy
from hromada.editor.git_host import git_host

HOST = git_host("https://git.rada.example/rada/sait/src/branch/main")


def directives(page):
    return {name: sources for name, *sources in (part.split() for part in policy(page, HOST).split("; "))}


@pytest.mark.parametrize("page", ADMIN_PAGES, ids=lambda page: page.path)
def test_every_page_forbids_all_and_then_allows_the_site_and_the_git_host(page):
    allowed = directives(page)

    assert allowed["default-src"] == ["'none'"]
    assert set(allowed["connect-src"]) <= {"'self'", "https://git.rada.example", "blob:", "data:"}
    assert {source for sources in allowed.values() for source in sources} <= {
        "'none'", "'self'", "'wasm-unsafe-eval'", "blob:", "data:", "https://git.rada.example",
    }  # fmt: skip


def test_only_the_page_of_the_cms_runs_webassembly_and_reads_photos_from_memory():
    plain = directives(AdminPage("/admin/x/", "X", "admin/x.html"))

    assert plain["script-src"] == ["'self'"]
    assert plain["img-src"] == ["'self'"]
    assert plain["connect-src"] == ["'self'", "https://git.rada.example"]
    assert [page.path for page in ADMIN_PAGES if page.has_cms] == ["/admin/"]


def test_the_host_is_told_as_json_that_ends_no_script():
    data = host_data(HOST._replace(branch="</script>"), "/sait")

    assert "<" not in data
    assert json.loads(data)["branch"] == "</script>"
    assert json.loads(data)["base"] == "/sait"
