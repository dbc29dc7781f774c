"""Whatever is locked or bundled has a licence that fits AGPL-3.0-or-later."""

import re
import subprocess
from importlib.metadata import version

import pytest

from tests.locked_packages import (
    ACCEPTED,
    ALLOWED,
    ALLOWED_FOR_DATA,
    BUNDLED,
    LEVELS,
    REVIEWED,
    ROOT,
    installed,
    is_allowed,
    is_known,
    licence_in_metadata,
    licence_of,
    locked,
    normalized,
)

NAMES = sorted({package.name for level in LEVELS for package in locked(level)})
OUR_TYPES = {".html", ".css", ".js", ".json", ".xml", ".txt", ".typ", ".py", ".md", ".svg"}


@pytest.mark.parametrize("name", NAMES)
def test_a_locked_package_has_an_allowed_licence(name):
    licence = licence_of(name)

    assert licence, (
        f"{name}: its metadata do not say its licence. Read its licence file and, if it fits AGPL-3.0-or-later, add "
        f"it to REVIEWED in tests/locked_packages.py"
    )
    assert is_allowed(licence, ALLOWED | ACCEPTED.get(name, frozenset())), (
        f"{name}: {licence} does not fit AGPL-3.0-or-later; use another library"
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name not in REVIEWED])
def test_the_licence_of_what_nobody_has_reviewed_was_read_from_the_locked_version(name):
    versions = {package.version for level in LEVELS for package in locked(level) if package.name == name}

    assert installed(name) is not None, f"{name} is not installed here: add it to REVIEWED in tests/locked_packages.py"
    assert version(name) in versions, f"{name}: the environment is older than the lock; any command renews it"


def test_only_what_is_locked_and_unclear_is_reviewed():
    needless = {name for name, (licence, _) in REVIEWED.items() if licence == licence_in_metadata(name)}

    assert [name for name in REVIEWED if name not in NAMES] == []
    assert [name for name in ACCEPTED if name not in REVIEWED] == []
    assert [name for name in needless if "only" not in REVIEWED[name][1]] == []  # of other platforms and levels


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("MIT OR LicenseRef-Proprietary", True),
        ("MIT AND LicenseRef-Proprietary", False),
        ("GPL-2.0-only", False),
        ("GPL-2.0-only OR Apache-2.0", True),
        ("(GPL-2.0-only AND MIT) OR (SSPL-1.0 AND MIT)", False),
        ("CC-BY-NC-4.0", False),
        ("OFL-1.1", False),
    ],
)
def test_of_alternatives_one_must_be_allowed_of_a_sum_all(licence, allowed):
    assert is_allowed(licence) is allowed


@pytest.mark.parametrize("words", ["", "UNKNOWN", "Proprietary", "see LICENSE", "BSD"])
def test_words_that_name_no_licence_are_none(words):
    assert not is_known(words)


def test_every_foreign_file_of_the_theme_lies_beside_its_licence():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "theme"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout.split("\0")
    foreign = [name for name in listed if name and "." + name.rpartition(".")[2] not in OUR_TYPES]
    unlicensed = [
        name
        for name in foreign
        if not any(name.startswith(b.folder + "/") and name.endswith(b.suffix) for b in BUNDLED)
    ]

    assert foreign
    assert unlicensed == [], "add them to BUNDLED in tests/locked_packages.py, with a file of their licence beside them"


@pytest.mark.parametrize("bundled", BUNDLED, ids=lambda bundled: bundled.name)
def test_a_bundled_licence_is_allowed_and_its_text_is_there(bundled):
    text = (ROOT / bundled.text).read_text("utf-8")

    assert is_allowed(bundled.licence, ALLOWED_FOR_DATA)
    assert bundled.folder.startswith(bundled.text.rpartition("/")[0])
    assert ("SIL Open Font License, Version 1.1" in text) is ("OFL" in bundled.licence or "admin" in bundled.folder)


def test_scripts_and_styles_of_the_theme_are_our_own():
    """A copied library would be minified, or say whose it is; the one that is copied on purpose has a folder of its own."""
    scripts = [*(ROOT / "theme").rglob("*.js"), *(ROOT / "theme").rglob("*.css")]
    sources = [path for path in scripts if "theme/admin/sveltia/" not in path.as_posix()]
    marks = re.compile(r"copyright|\(c\) \d|@licen[sc]e|sourceMappingURL|SPDX|\S{400}", re.IGNORECASE)

    assert sources
    assert [path.name for path in sources if marks.search(path.read_text("utf-8"))] == []


def test_names_are_compared_as_registries_do():
    assert normalized("Ruamel.YAML_x") == "ruamel-yaml-x"
