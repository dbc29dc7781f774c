"""What docs/threats.md says is shown by tests that exist; some of it is shown here."""

import ast
import re
from functools import cache

import pytest

import tasks
from hromada.editor.admin_pages import ADMIN_PAGES
from hromada.editor.admin_pages import policy as editor_policy
from hromada.editor.git_host import git_host
from hromada.render.sanitizer import Sanitizer
from tests.conftest import ROOT
from tests.locked_packages import LEVELS

TEXT = (ROOT / "docs/threats.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TEXT)))
TEMPLATES = [path for path in (ROOT / "theme/templates").rglob("*") if path.is_file()]


@cache
def functions_of(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_named_test_exists(path, name):
    assert name in functions_of(path)


def test_each_claim_names_a_test_or_says_that_there_is_none():
    parts = TEXT.split("## When it has happened")[0]
    rows = [line for line in parts.splitlines() if line.startswith("| ") and not line.startswith(("| could", "| –"))]

    assert len(rows) > 30
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py::test_\w+` \|$|\| – \|$", row)] == []


def test_each_part_says_what_is_not_prevented():
    parts = TEXT.split("\n## ")[1:-1]

    assert len(parts) == 10
    assert [part.partition("\n")[0] for part in parts if "**Not prevented:**" not in part] == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_library_is_pinned_with_its_digests(level):
    lock = (ROOT / f"requirements/{level}.txt").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", lock.strip())

    assert entries
    assert [
        one
        for one in entries
        if not re.match(r"[a-z0-9._-]+==\S+[^\n]*\\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$", one)
    ] == []


def test_only_pinned_bytes_are_installed(monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(tasks, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(tasks, "_run", lambda command, _: steps.append([str(word) for word in command]))
    tasks._make("runtime")
    installing = [step for step in steps if "install" in step or "sync" in step]

    assert len(installing) == 2
    assert all("--require-hashes" in step for step in installing)


def test_every_action_is_pinned_by_its_commit():
    used = [
        line
        for path in (ROOT / ".github").rglob("*.yml")
        for line in re.findall(r"\buses: *(\S+)", path.read_text("utf-8"))
    ]

    assert used
    assert [one for one in used if not one.startswith("./") and not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one)] == []


def test_no_link_opens_a_new_window():
    written = '<a href="https://a.gov.ua/" target="_blank">x</a>'
    kept = Sanitizer().cleaned(written, lambda tag, name, value: value)

    assert [path.name for path in TEMPLATES if re.search(r"\btarget\s*=|window\.open", path.read_text("utf-8"))] == []
    assert "href" in kept
    assert "target" not in kept


def test_no_page_sends_anything_anywhere():
    pages = [path for path in TEMPLATES if "Content-Security-Policy" in path.read_text("utf-8")]

    assert {path.name for path in pages} >= {"base.html", "moved.html"}
    for path in pages:
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', path.read_text("utf-8"))[1]
        if policy == "{{ policy }}":
            assert path.parent.name == "admin"  # whose pages have one in a table
            continue
        assert "default-src 'none'" in policy
        assert re.search(r"form-action '(none|self)'", policy)
        assert "base-uri 'none'" in policy
        assert "unsafe" not in policy
    host = git_host("https://git.rada.example/rada/sait/src/branch/main")
    for page in ADMIN_PAGES:
        written = editor_policy(page, host)
        assert written.startswith("default-src 'none'; script-src 'self'")
        assert "base-uri 'none'; form-action 'self'" in written
        assert "unsafe" not in written.replace("'wasm-unsafe-eval'", "" if page.has_cms else "unsafe")
    own = list((ROOT / "theme/admin").glob("*.js"))
    scripts = [*(ROOT / "theme/static").rglob("*.js"), *own]
    assert own
    assert [path.name for path in scripts if re.search(r"document\.cookie|sendBeacon", path.read_text("utf-8"))] == []
