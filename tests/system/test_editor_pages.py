"""The pages of the editor in a built site: there when the settings name a repository, and named by no other page or list."""

import json
import re

import pytest

from hromada.verification.site_address import SiteAddress
from hromada.verification.site_file import read_site_file
from tests.conftest import ROOT

pytestmark = pytest.mark.long
REPOSITORY = "https://codeberg.org/rada/sait/src/branch/main"


def settings_with(folder, repository):
    text = (ROOT / "tests/sites/golden/conf.py").read_text("utf-8")
    file = folder / "conf.py"
    file.write_text(f'{text}HROMADA["repository"] = "{repository}"\n', "utf-8")
    return str(file)


def test_the_editor_changes_nothing_outside_its_folder(built_golden, golden, tmp_path):
    status, _, said = golden.html(settings_file=settings_with(tmp_path, REPOSITORY))
    files, plain = golden.files(), built_golden.files()
    editor = {name: data for name, data in files.items() if name.startswith("admin/")}

    assert status == 0, said
    assert {name: data for name, data in files.items() if name not in editor} == plain
    # Every address that a page of the editor names is there.
    site = SiteAddress("https://zrazkova.example/sait", "/sait")
    facts = {name: read_site_file(name, data, site, ()) for name, data in editor.items()}
    assert {name: found.faults for name, found in facts.items() if found.faults} == {}
    targets = {target.partition("#")[0] for found in facts.values() for target in found.targets}
    assert targets - files.keys() == set()
    # Search engines are kept out, and the page tells its scripts where to write.
    page = editor["admin/index.html"].decode()
    host = json.loads(re.search(r'id="git-host">(.+?)</script>', page)[1])
    assert '<meta name="robots" content="noindex">' in page
    assert (host["api"], host["branch"], host["base"]) == ("https://codeberg.org/api/v1", "main", "/sait")
    assert json.loads(editor["admin/config.json"])["backend"]["repo"] == "rada/sait"


def test_without_a_repository_that_can_be_written_to_there_is_no_editor(built_golden, golden, tmp_path):
    golden.html(settings_file=settings_with(tmp_path, "http://codeberg.org/rada/sait/src/branch/main"))

    assert not [name for name in (*golden.files(), *built_golden.files()) if name.startswith("admin/")]


def test_a_second_build_with_the_same_editor_writes_nothing(golden, tmp_path):
    settings = settings_with(tmp_path, REPOSITORY)
    golden.html(settings_file=settings)
    stamps = {path: path.stat().st_mtime_ns for path in golden.output.rglob("*") if path.is_file()}
    _, said, _ = golden.html(settings_file=settings)

    assert {path: path.stat().st_mtime_ns for path in golden.output.rglob("*") if path.is_file()} == stamps, said
