"""What of the handbook's folder is no file of the project's own is named by its own name."""

import os

import pytest

from hromada.content.handbook_files import Handbook


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "elsewhere" / "editors"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# Порадник\n\nТекст.\n", "utf-8")
    (tmp_path / "docs").mkdir()
    return tmp_path


def faults(project, folder="docs/editors"):
    found = Handbook(project, folder)
    assert not found.texts
    return [(one.path, one.code) for one in found.problems]


@pytest.mark.parametrize("target", ["../elsewhere/editors", "nothing", "../elsewhere/editors/README.md", "editors"])
def test_a_folder_that_is_a_link_is_named_itself(project, target):
    (project / "docs" / "editors").symlink_to(target)

    assert faults(project) == [("docs/editors", "symbolic-link")]


def test_a_link_above_the_folder_is_named(project):
    (project / "texts").symlink_to("elsewhere")

    assert faults(project, "texts/editors") == [("texts", "symbolic-link")]


def test_a_pipe_in_the_place_of_the_folder_is_named(project):
    os.mkfifo(project / "docs" / "editors")

    assert faults(project) == [("docs/editors", "special-file")]


def test_a_link_in_the_folder_is_named_and_not_the_folder(project):
    (project / "docs" / "editors").mkdir()
    (project / "docs" / "editors" / "README.md").symlink_to("../../elsewhere/editors/README.md")

    assert faults(project) == [("docs/editors/README.md", "symbolic-link")]


def test_a_project_reached_through_a_link_has_its_handbook(project):
    (project.parent / "other").symlink_to(project)

    assert Handbook(project.parent / "other", "elsewhere/editors").texts


def test_a_project_without_the_folder_has_no_handbook(project):
    assert faults(project) == []
