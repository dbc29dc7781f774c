"""The direction of imports, shown without tools: outer rooms -> features -> metadata -> domain, no outside world in the core."""

import ast

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "plugins/hromada"
FEATURES = (
    "reading",
    "report",
    "listing",
    "online",
    "pictures",
    "checks",
    "demo",
    "conversion",
    "scaffolding",
    "search",
    "autofix",
    "editor",
    "verification",
)
OUTER = (
    "commands",
    "serve",
    "importers",
    "build",
    "publish",
    "pages",
    "content",
    "console",
    "render",
    "storage",
    "system",
)
# What makes code of data, by the files that may know it, and why that is no data of a cache.
RUNNERS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "runpy", "codeop"}
RUNNING = {"eval", "exec", "__import__"}
KNOWN_RUNNERS = {
    ("build/prefork.py", "pickle"),  # a pipe between our own two living processes
    ("build/manifest.py", "marshal"),  # written for a digest, never loaded
    ("console/options.py", "runpy"),  # the settings files are code
    ("commands/site_address.py", "runpy"),
}
OUTSIDE = {"pelican", "PIL", "markdown", "nh3", "jinja2", "os", "subprocess", "pathlib", "shutil", "tempfile"}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


@pytest.mark.parametrize("layer", ["domain", "metadata", *FEATURES])
def test_a_layer_imports_only_what_lies_below(layer):
    allowed = {"domain", layer} | ({"metadata"} if layer in FEATURES else set())
    for path in (PACKAGE / layer).rglob("*.py"):
        for name in imports(path):
            own = name.split(".")[1] if name.startswith("hromada.") else ""
            assert not own or own in allowed, f"{path.name} imports {name}"
            assert name.split(".")[0] not in OUTSIDE, f"{path.name} imports {name}"


# What reads or lists other files than those that a site is made from or is: our own stores, code, settings, processes, the dictionary.
ELSEWHERE = {
    "regular_files", "atomic_files", "manifest", "sqlite_store", "lexeme_store", "artifact_cache", "cache_cleanup", "file_lock", "fingerprint", "scanning",
    "workers", "processes", "publication_lock", "hooks", "server", "clean", "clone_facts", "clone_repairs",
}  # fmt: skip
WAYS = {"read_bytes", "read_text", "rglob", "glob", "iterdir", "scandir", "walk"}


def test_source_files_are_opened_in_one_place():
    """`open` itself is a method of RegularFile; every other way would follow a link or wait for a pipe."""
    found = {
        path.stem
        for room in OUTER
        for path in (PACKAGE / room).glob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _opens(call.func)
    }

    assert found - ELSEWHERE == set()


def _opens(called):
    """A method of a path, `os.walk`, or the built-in `open`; our own `walk` is a function."""
    return (isinstance(called, ast.Attribute) and called.attr in WAYS) or getattr(called, "id", "") == "open"


def test_every_folder_is_a_known_layer():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert folders == {"domain", "metadata", *OUTER, *FEATURES}


def test_only_known_places_know_what_makes_code_of_data():
    found = set()
    for path in [*PACKAGE.rglob("*.py"), *(ROOT / "bench").rglob("*.py"), ROOT / "tasks.py"]:
        text = path.read_text("utf-8")
        if any(word in text for word in RUNNERS | RUNNING):  # most have none, and parsing takes a while
            name = path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.name
            called = {node.func.id for node in ast.walk(ast.parse(text)) if is_call_by_name(node)}
            found |= {(name, one) for one in {*imports(path)} & RUNNERS | called & RUNNING}

    assert found == KNOWN_RUNNERS


def is_call_by_name(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def test_what_is_marshalled_is_never_loaded():
    text = (PACKAGE / "build/manifest.py").read_text("utf-8")

    assert "marshal.dumps" in text
    assert "marshal.load" not in text
