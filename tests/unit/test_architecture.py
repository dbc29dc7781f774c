"""The direction of imports, shown without tools: shell -> features -> metadata -> domain, no outside world in the core."""

import ast

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "plugins/hromada"
FEATURES = ("reading", "report", "listing", "images", "checks", "demo", "importing", "drafting", "mending")
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


def test_every_folder_is_a_known_layer():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert folders == {"domain", "metadata", "shell", *FEATURES}
