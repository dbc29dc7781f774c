"""The bill of materials says what is locked, and is valid CycloneDX."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT
from tests.locked_packages import locked
from tests.sbom import SBOM, sbom_text

TEXT = SBOM.read_text("utf-8")
DOCUMENT = json.loads(TEXT)


def test_the_bill_of_materials_is_that_of_the_present_locks():
    written = sbom_text()

    assert written == TEXT, "the locks have changed: run PYTHONPATH=plugins:. .venv/bin/python -m tests.sbom"


def test_it_is_valid_by_its_schema():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(TEXT) is None


def test_a_wrong_document_is_not_valid():
    wrong = DOCUMENT | {"components": [{"type": "library"}]}

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(wrong)) is not None


def test_it_has_each_locked_package_of_a_publication_once_with_its_licence():
    listed = [component for component in DOCUMENT["components"] if component["type"] == "library"]

    assert sorted((one["name"], one["version"]) for one in listed) == [(p.name, p.version) for p in locked("store")]
    assert [one["name"] for one in listed if not one.get("licenses")] == []
    optional = {one["name"] for one in listed if one["scope"] == "optional"}
    assert optional == {p.name for p in locked("store")} - {p.name for p in locked("runtime")} != set()


def test_every_package_is_reached_from_the_program():
    needs = {one["ref"]: one.get("dependsOn", []) for one in DOCUMENT["dependencies"]}
    reached, waiting = set(), ["hromada-site"]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += needs.get(ref, [])
    on_windows_only = {ref for ref in needs if ref.startswith("pkg:pypi/colorama@")}

    assert {one["bom-ref"] for one in DOCUMENT["components"]} - reached - on_windows_only == set()


@pytest.mark.parametrize("noise", ["serialNumber", "timestamp"])
def test_it_has_nothing_of_one_run(noise):
    assert noise not in TEXT


def test_it_names_no_host_but_that_of_its_schema():
    assert set(re.findall(r"[a-z]+://([^/\"]+)", TEXT)) == {"cyclonedx.org"}


def test_it_names_no_absolute_path():
    assert re.search(r'"(?:/|~|[A-Z]:)', TEXT) is None
    assert str(ROOT) not in TEXT
