"""No push sends a photo that says where it was taken, whatever commit holds it: a real bare repository, real git."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import base64
import io
import json
import os
import re
import subprocess
import zipfile
from functools import partial

import pytest

from hromada.commands import dispatch
from hromada.console.options import Options
from hromada.content.metadata_removal import clean_bytes
from hromada.publish import commit_coordinates
from hromada.publish.commit_coordinates import CommitScanner, holds_coordinates
from hromada.publish.repository import PublicationRefused
from hromada.system.git import Git
from tests.own_process import run
from tests.system.clones import bare, clone, config, editor, git, repository_state, tip
from tests.unit.metadata.samples import FILMS, picture, placed

PHOTO = "content/images/алея.jpg"


def archive(**parts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return raw.getvalue()


def put(folder, name, data, message="Додано фото"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    commit(folder, message)


def commit(folder, message):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def remove(folder, name):
    git(folder, "rm", "-q", name)
    git(folder, "commit", "-qm", "Прибрано фото")


def add_and_remove(folder, name=PHOTO, data=None):
    """Two commits after which no tree shows the photo."""
    put(folder, name, placed() if data is None else data)
    remove(folder, name)


def refusal(publish):
    with pytest.raises(PublicationRefused) as refused:
        publish()
    assert refused.value.code == "commit-place"
    return str(refused.value)


def follow(folder, words):
    """Carry out the commands of a message to the letter; `make fix` by its own function."""
    for command in re.findall(r"^  ((?:git|make) .*)$", words, re.MULTILINE):
        if command == "make fix":
            for path in (folder / "content").rglob("*"):
                name = path.relative_to(folder).as_posix()
                if path.suffix in (".jpg", ".zip") and (cleaned := clean_bytes(name, path.read_bytes())):
                    path.write_bytes(cleaned.data)
        else:
            name = ["-c", "user.name=Редактор", "-c", "user.email=e@hromada.invalid"]
            subprocess.run(["sh", "-c", command.replace("git ", f"git {' '.join(name)} ", 1)], cwd=folder, check=True)


def names_sent(bare, branch="main"):
    """Whatever a fetch from the remote would bring."""
    return git(bare, "-c", "core.quotePath=false", "log", "--name-only", "--format=", branch).split("\n")


def test_a_photo_that_was_added_and_removed_again_is_not_sent(editor, bare):
    editor.publish()
    before = tip(bare, "main")
    add_and_remove(editor.folder)
    editor.write("друга.md", "x")
    words = refusal(editor.publish)

    assert f"  {PHOTO} – {git(editor.folder, 'rev-parse', 'HEAD~2')[:10]} «Додано фото»" in words
    assert f"git reset --soft {before[:12]}" in words
    assert "make fix" not in words
    assert tip(bare, "main") == before
    follow(editor.folder, words)
    assert editor.publish() == 0
    assert PHOTO not in names_sent(bare)
    assert git(bare, "rev-parse", "main^") == before


def test_commits_that_only_added_and_removed_it_are_dropped(editor, bare):
    editor.publish()
    before = tip(bare, "main")
    add_and_remove(editor.folder)
    follow(editor.folder, refusal(editor.publish))

    assert editor.publish() == 0
    assert tip(bare, "main") == before


def test_a_photo_that_was_cleaned_by_a_later_commit_is_not_sent(editor, bare):
    editor.publish()
    put(editor.folder, PHOTO, placed())
    put(editor.folder, PHOTO, picture(), "Почищено")
    follow(editor.folder, refusal(editor.publish))

    assert editor.publish() == 0
    assert git(bare, "rev-list", "--count", "main") == "2"
    assert not any(holds_coordinates(PHOTO, data) for _, data in Git(bare).each_blob(blobs_of(bare)))


def blobs_of(folder):
    ids = [line.split()[0] for line in git(folder, "rev-list", "--objects", "--all").split("\n")]
    return [id for id in ids if git(folder, "cat-file", "-t", id) == "blob"]


def test_other_objects_than_blobs_are_passed_over(editor):
    put(editor.folder, PHOTO, picture())
    repository = Git(editor.folder)
    ids = [repository.run("rev-parse", name) for name in ("HEAD", "HEAD^{tree}", f"HEAD:{PHOTO}", "HEAD:content")]
    assert [id for id, _ in repository.each_blob(ids * 40)] == [ids[2]] * 40


def test_what_was_looked_into_before_it_was_sent_is_not_looked_into_once_more(editor, tmp_path, monkeypatch):
    put(editor.folder, PHOTO, picture())
    scanner = partial(CommitScanner, Git(editor.folder), tmp_path / "commits.json")
    editor.publish(scanner=scanner())
    monkeypatch.setattr(Git, "each_blob", lambda _, ids: iter(pytest.fail(f"read: {ids}") if ids else ()))
    assert scanner().newly_named_online("gh-pages") == []


def test_a_photo_that_is_still_there_is_cleaned_by_the_given_commands(editor, bare):
    editor.publish()
    put(editor.folder, PHOTO, placed())
    words = refusal(editor.publish)
    assert "  make fix\n" in words
    follow(editor.folder, words)

    assert editor.publish() == 0
    assert (editor.folder / PHOTO).is_file()
    assert not any(holds_coordinates(PHOTO, data) for _, data in Git(bare).each_blob(blobs_of(bare)))


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "content/images/a.jpg": placed(),
        "content/images/чернетка.bin": placed(),
        "photo": placed("WEBP"),
        "docs/img/a.png": placed("PNG"),
        "theme/static/a.txt": placed("AVIF"),
        "content/files/рішення.docx": archive(**{"word/media/image1.jpeg": placed()}),
        "content/files/рішення.docx.bak": archive(**{"word/media/image1.jpeg": placed()}),
        "content/files/a.zip": archive(**{"Фото/1.JPG": placed()}),
        "content/files/a.pdf": b"%PDF-1.4\n1 0 obj\n<< >>\nstream\n" + placed() + b"\nendstream\n",
        "content/files/архів.zip": archive(**{"Фото.zip": archive(**{"1": placed()})}),
        "фото.xmp": b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="49,59.6N"/></x:xmpmeta>',
        "theme/static/герб.svg": b'<svg><image href="data:image/jpeg;base64,'
        + base64.encodebytes(placed())
        + b'"/></svg>',
        "content/files/a.mp4": FILMS["Android"][1],
        "відео": FILMS["Apple"][1],
    }.items(),
)
def test_whatever_holds_the_photo_is_looked_into(editor, bare, name, data):
    editor.publish()
    add_and_remove(editor.folder, name, data)

    assert name in refusal(editor.publish)


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "content/images/a.jpg": picture(),
        "content/files/a.docx": archive(**{"word/document.xml": b"<x/>"}),
        "notes.md": b"exif:GPSLatitude=49,59.6N exif:GPSLongitude=36,13.8E",
        "empty.jpg": b"",
        "broken.jpg": b"\xff\xd8\xff",
        "broken.zip": b"PK\x03\x04",
    }.items(),
)
def test_what_tells_no_place_is_sent(editor, bare, name, data):
    put(editor.folder, name, data)

    assert editor.publish() == 0


def test_a_renamed_photo_is_named_by_every_path(editor):
    editor.publish()
    put(editor.folder, PHOTO, placed())
    git(editor.folder, "mv", PHOTO, "content/images/b.jpg")
    commit(editor.folder, "Перейменовано")
    words = refusal(editor.publish)

    assert f"  {PHOTO} – " in words
    assert "  content/images/b.jpg – " in words


def test_a_photo_of_a_merged_branch_and_one_of_the_merge_itself_are_found(editor, bare):
    editor.publish()
    before = tip(bare, "main")
    git(editor.folder, "switch", "-qc", "інша")
    add_and_remove(editor.folder)
    git(editor.folder, "switch", "-q", "main")
    editor.write("друга.md", "x")
    git(editor.folder, "merge", "-q", "--no-commit", "--no-ff", "інша")
    put(editor.folder, "content/images/b.jpg", placed("PNG"), "Злиття")
    remove(editor.folder, "content/images/b.jpg")
    words = refusal(editor.publish)

    assert (f"  {PHOTO} – " in words, "content/images/b.jpg – " in words, "«Злиття»" in words) == (True, True, True)
    follow(editor.folder, words)
    assert editor.publish() == 0
    assert (editor.folder / "content/друга.md").is_file()
    assert git(bare, "rev-parse", "main^") == before


def test_the_first_push_to_an_empty_remote_is_looked_into(editor, bare):
    add_and_remove(editor.folder)
    words = refusal(editor.publish)

    assert "git update-ref -d HEAD" in words
    assert git(bare, "branch") == ""
    follow(editor.folder, words)
    assert editor.publish() == 0
    assert git(bare, "rev-list", "--count", "main") == "1"
    assert PHOTO not in names_sent(bare)


def test_a_new_branch_begins_where_it_left_the_remotes(editor, bare):
    editor.publish()
    before = tip(bare, "main")
    git(editor.folder, "switch", "-qc", "звіт")
    add_and_remove(editor.folder)

    assert f"git reset --soft {before[:12]}" in refusal(editor.publish)


def test_a_shallow_clone_is_looked_into(editor, bare, clone):
    editor.publish()
    editor.write("друга.md", "x")
    editor.publish()
    shallow = clone("мілка", "--depth", "1", "--no-single-branch")
    add_and_remove(shallow.folder)
    words = refusal(shallow.publish)

    assert f"  {PHOTO} – " in words
    follow(shallow.folder, words)
    shallow.write("третя.md", "x")
    assert shallow.publish() == 0


def test_a_photo_in_place_of_another_object_is_found(editor):
    editor.publish()
    add_and_remove(editor.folder)
    photo = git(editor.folder, "rev-parse", f"HEAD~1:{PHOTO}")
    (editor.folder / ".cache").mkdir(exist_ok=True)
    (editor.folder / ".cache/clean").write_bytes(picture())
    git(editor.folder, "replace", photo, git(editor.folder, "hash-object", "-w", ".cache/clean"))

    assert f"  {PHOTO} – " in refusal(editor.publish)


def send_without_looking(folder, name=PHOTO):
    put(folder, name, placed())
    put(folder, name, picture(), "Почищено")
    git(folder, "push", "-q", "origin", "HEAD")


def test_a_photo_that_is_online_is_named_once_and_stops_nothing(editor, bare):
    editor.publish()
    send_without_looking(editor.folder)
    editor.write("друга.md", "x")
    scanner = {"cache": editor.folder / ".cache/commits.json", "rules": "1"}
    git_of = Git(editor.folder)

    assert editor.publish(scanner=CommitScanner(git_of, **scanner)) == 0
    said = "\n".join(editor.said)
    assert "Увага: в історії сховища в мережі вже є файли" in said
    assert f"  {PHOTO} – " in said
    assert f"{git(editor.folder, 'rev-parse', f'HEAD~2:{PHOTO}')} > ../blobs.txt; git filter-repo" in said
    editor.said.clear()
    editor.write("третя.md", "x")
    scanner["rules"] = "2"  # an update looks anew, and still says nothing twice
    assert editor.publish(scanner=CommitScanner(git_of, **scanner)) == 0
    assert "Увага" not in "\n".join(editor.said)
    send_without_looking(editor.folder, "content/images/інша.jpg")  # the same photo under another name is the same
    put(editor.folder, "content/images/c.jpg", placed("PNG"))
    git(editor.folder, "push", "-q", "origin", "HEAD")
    editor.publish(scanner=CommitScanner(git_of, **scanner))
    assert [line for line in editor.said if line.startswith("  content")] == [
        f"  content/images/c.jpg – {editor.head()[:10]} «Додано фото»"
    ]


def test_a_photo_of_the_history_online_that_comes_back_stops_nothing(editor):
    editor.publish()
    send_without_looking(editor.folder)
    git(editor.folder, "checkout", "-q", "HEAD~1", "--", PHOTO)
    commit(editor.folder, "Повернуто")

    assert editor.publish() == 0  # of a real site the check would refuse it, which is in the content


def test_a_photo_that_was_purged_from_the_remote_does_not_come_back_with_an_old_clone(editor, bare, clone):
    scanner = {"cache": editor.folder / ".cache/commits.json", "rules": "1"}
    before = editor.head()
    send_without_looking(editor.folder)
    assert editor.publish(scanner=CommitScanner(Git(editor.folder), **scanner)) == 0
    git(bare, "update-ref", "refs/heads/main", before)
    git(bare, "update-ref", "-d", "refs/heads/gh-pages")

    assert f"  {PHOTO} – " in refusal(lambda: editor.publish(scanner=CommitScanner(Git(editor.folder), **scanner)))


def test_what_was_clean_is_not_looked_into_again(editor, monkeypatch):
    put(editor.folder, PHOTO, picture())
    scanner = {"git": Git(editor.folder), "cache": editor.folder / ".cache/commits.json", "rules": "1"}
    assert CommitScanner(**scanner).not_online("HEAD") == []
    seen = []
    monkeypatch.setattr(commit_coordinates, "holds_coordinates", lambda name, data: seen.append(name))

    assert CommitScanner(**scanner).not_online("HEAD") == []
    assert seen == []
    CommitScanner(**scanner | {"rules": "2"}).not_online("HEAD")
    assert sorted(seen) == ["content/images/алея.jpg", "content/перша.md"]


@pytest.mark.parametrize("cache", [b"", b"[]", b'{"rules": 1}', b"\xff" * 100])
def test_a_damaged_memory_is_an_empty_one(editor, cache):
    path = editor.folder / ".cache/commits.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(cache)
    add_and_remove(editor.folder)

    assert len(CommitScanner(Git(editor.folder), path).not_online("HEAD")) == 1
    assert json.loads(path.read_bytes())


def test_a_preview_names_the_refusal_and_changes_nothing(editor, bare):
    editor.publish()
    add_and_remove(editor.folder)
    before = repository_state(editor.folder), repository_state(bare)
    refusals = {one.code: one.message for one in editor.dry_run().refusals}

    assert list(refusals) == ["commit-place"]
    assert f"  {PHOTO} – " in refusals["commit-place"]
    assert (repository_state(editor.folder), repository_state(bare)) == before


def test_a_clone_without_a_remote_sends_nothing_and_is_not_looked_into(editor):
    git(editor.folder, "remote", "remove", "origin")
    add_and_remove(editor.folder)

    assert editor.publish() == 0


def test_hundreds_of_photos_are_looked_into_by_several_workers(editor):
    for number in range(70):
        path = editor.folder / f"content/images/{number}.jpg"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((placed() if number in (3, 69) else picture()) + bytes([number]))
    commit(editor.folder, "Багато фото")
    found = CommitScanner(Git(editor.folder), jobs=2).not_online("HEAD")

    assert [one.path for one in found] == ["content/images/3.jpg", "content/images/69.jpg"]


def test_a_film_is_not_held_in_memory(editor, monkeypatch):
    from hromada.system import git as git_module

    monkeypatch.setattr(git_module, "_IN_MEMORY", 100)
    add_and_remove(editor.folder, "content/files/a.mp4", FILMS["Android"][1] + bytes(3_000_000))

    assert len(CommitScanner(Git(editor.folder)).not_online("HEAD")) == 1


def command(folder):
    return dispatch.check_commits(Options.from_environment(folder, os.environ, ("text", "json", "github")))


def check_commits(folder, **settings):
    told = {"JOBS": "1", "CACHE": str(folder / ".cache")}
    return run(command, folder, environment=os.environ | told | settings)


def test_a_request_of_changes_is_judged_from_where_it_left_the_branch(editor, bare):
    editor.publish()
    base = editor.head()
    git(editor.folder, "switch", "-qc", "зміни")
    add_and_remove(editor.folder)
    head = editor.head()
    git(editor.folder, "push", "-q", "origin", "зміни")
    git(editor.folder, "switch", "-q", "main")
    editor.write("друга.md", "x")
    status, annotations, said = check_commits(editor.folder, BASE="main", TIP=head, FORMAT="github")

    assert status == 2
    assert annotations.startswith("::error file=content/images/алея.jpg,line=1,title=commit-place::")
    assert f"git reset --soft {base[:12]}" in said
    assert "git push --force-with-lease" in said
    assert check_commits(editor.folder, TIP=head) == (0, "", "")  # it is online, in a branch of its own
    assert check_commits(editor.folder, BASE="main", TIP="main", FORMAT="json") == (0, "[]\n", "")


@pytest.mark.parametrize("settings", [{"BASE": "нема"}, {"TIP": "--all"}, {"BASE": "origin/main", "TIP": "x y"}])
def test_an_unknown_commit_is_refused_by_its_setting(editor, settings):
    status, _, said = check_commits(editor.folder, **settings)

    assert status == 2
    assert "такого коміту немає" in said
