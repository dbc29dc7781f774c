"""`make clean`: the built site goes, the cache stays unless it is asked for; nothing that no build made is lost."""

import pytest

from hromada.commands import dispatch as commands
from hromada.render import content_pictures
from tests.system.bad_pictures import saved

ITEM = "title: Толока\ndate: 2021-07-05\n\n![Люди в парку](x.jpg)\n"


@pytest.fixture
def built(site):
    site.write("news/x.jpg", saved("JPEG", (60, 40)))
    site.write("news/x.md", ITEM)
    cache = site.folder / "own-cache"
    assert site.html(cache_name=str(cache))[0] == 0
    return cache


def test_the_site_goes_and_what_took_long_to_make_stays(site, built, monkeypatch):
    files = site.files()
    status, said, _ = site.run(commands.clean, cache_name=str(built))

    assert status == 0
    assert said.startswith("Видалено сайт у ")
    assert site.files() == {}
    monkeypatch.setattr(content_pictures, "files_of", None)
    assert site.html(cache_name=str(built))[0] == 0
    assert site.files() == files


def test_the_cache_goes_too_when_it_is_asked_for(site, built):
    files = site.files()
    status, said, _ = site.run(commands.clean, cache_name=str(built), everything=True)

    assert status == 0
    assert "і кеш" in said
    assert not built.exists()
    assert site.html(cache_name=str(built))[0] == 0
    assert site.files() == files


def test_a_file_that_no_build_made_stays_and_is_named(site, built):
    (site.output / "notes.txt").write_text("x")
    (site.output / "news" / "own").mkdir(parents=True)
    (site.output / "news/own/x.txt").write_text("x")
    status, said, _ = site.run(commands.clean, cache_name=str(built))

    assert status == 0
    assert set(site.files()) == {"notes.txt", "news/own/x.txt"}
    assert "Лишилося те, чого сайт не створював: news, notes.txt." in said


def test_without_a_manifest_nothing_of_a_foreign_folder_goes(site, built):
    files = site.files()
    status, said, _ = site.run(commands.clean, cache_name=str(site.folder / "another-cache"))

    assert status == 0
    assert site.files() == files
    assert "Лишилося" in said


def test_the_project_s_own_output_is_emptied_whatever_is_in_it(site, built, tmp_path):
    project = tmp_path / "project"
    (project / "output/news").mkdir(parents=True)
    (project / "output/news/old.html").write_text("x")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("x")
    (project / "output/link").symlink_to(outside)
    status, _, _ = site.run(commands.clean, root=project, output=project / "output", cache_name=str(built))

    assert status == 0
    assert list((project / "output").iterdir()) == []
    assert (outside / "x").exists()


@pytest.mark.parametrize("folder", ["content", "content/news", "."])
def test_a_folder_that_is_no_place_for_a_site_is_refused(site, built, folder):
    status, _, said = site.run(commands.clean, output=site.folder / folder, cache_name=str(built))

    assert status == 2
    assert said.startswith("OUTPUT: ")
    assert (site.content / "news/x.md").exists()


def test_a_cache_with_anything_else_in_it_is_refused(site, built):
    (built / "diploma.docx").write_text("x")
    status, _, said = site.run(commands.clean, cache_name=str(built), everything=True)

    assert status == 2
    assert "diploma.docx" in said
    assert site.files()


def test_cleaning_twice_is_no_error(site, built):
    for everything in (False, False, True, True):
        assert site.run(commands.clean, cache_name=str(built), everything=everything)[0] == 0
