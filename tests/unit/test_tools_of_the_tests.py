"""What the tests themselves stand on: builds shared by processes, what is said of skipped tests, the long series."""

import ast
import multiprocessing
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tasks
from tests import mutants, needs, soak
from tests.conftest import ROOT
from tests.shared import SharedFolders

# Where a test or a tool has to wait for another process, and no clock could be handed to it.
WAITING = {
    "bench/preview.py": "for a server and for what it writes",
    "bench/rounds.py": "until the stamp of a file is old enough to be trusted by another process",
    "bench/publishing.py": "until the stamp of a file is old enough to be trusted by another process",
    "bench/search.py": "until the stamp of a file is old enough to be trusted by another process",
    "plugins/hromada/publish/object_store.py": "before a request that had no answer is repeated",
    "plugins/hromada/publish/online_check.py": "between two questions to a site, until it is up to date; tests hand over a clock",
    "plugins/hromada/publish/picture_publishing.py": "for a cleanup on another machine to end",
    "tests/browser/waiting.py": "between two looks at a page",
    "tests/editor/test_review.py": "for the git host to have what a click has started",
    "tests/system/servers.py": "for a server",
    "plugins/hromada/publish/publication_lock.py": "whether another program still holds a lock",
    "tests/system/test_editing_kills.py": "for the children of a killed command",
    "tests/system/faults.py": "for the children of a killed program, and so that two start one after the other",
    "tests/system/stores.py": "for a server, and as a slow one",
    "tests/system/histories.py": "a build is killed at a random moment",
    "tests/system/test_dispatch.py": "for another process to begin its work",
    "tests/unit/system/test_processes.py": "for the system to end a killed process",
    "tests/system/test_engine.py": "no program can make the stamp of an inode older",
    "tests/system/test_serving.py": "for a server",
    "tests/system/test_local_publishing.py": "for a publication, which is a process",
    "tests/unit/serve/test_editor_server.py": "a process is killed while it saves",
    "tests/system/test_web_servers.py": "a publication is killed at a random moment of its work",
}


def test_nothing_sleeps_where_a_clock_could_be_handed_over():
    sleeping = {
        path.relative_to(ROOT).as_posix()
        for folder in ("plugins", "tests", "bench")
        for path in (ROOT / folder).rglob("*.py")
        if b"sleep" in path.read_bytes()
        and any(
            isinstance(node, ast.Attribute) and node.attr == "sleep" for node in ast.walk(ast.parse(path.read_bytes()))
        )
    }

    assert sleeping == WAITING.keys()


def test_the_linter_sees_every_file_of_python_but_the_generated_one():
    """A pattern without a slash leaves out every folder of that name, `plugins/hromada/build` among them."""
    command = [sys.executable, "-m", "ruff", "check", "--show-files", "."]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seen = {Path(line).relative_to(ROOT).as_posix() for line in listed.stdout.splitlines()}
    ours = {
        path.relative_to(ROOT).as_posix()
        for folder in ("plugins", "tests", "bench")
        for path in (ROOT / folder).rglob("*.py")
    }

    assert ours - seen == {"plugins/hromada/search/tables.py"}


# --- shared folders ---------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """The tests themselves may run in a worker of pytest-xdist."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)


def _make_slowly(folder):
    with (folder.parent / "made.txt").open("a") as made:
        made.write("x")
    (folder / "half").write_text("1")
    for _ in range(200_000):
        pass
    (folder / "whole").write_text("2")


def _ask(base):
    folder = SharedFolders(base).folder("site", _make_slowly)
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.long
def test_a_shared_folder_is_made_once_and_seen_whole_by_every_process(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        seen = pool.map(_ask, [tmp_path] * 8)

    assert seen == [["half", "whole"]] * 8
    assert (tmp_path / "shared/made.txt").read_text() == "x"


def test_workers_of_one_run_share_what_lies_beside_their_own_folders(tmp_path, monkeypatch):
    made = []
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        SharedFolders(tmp_path / worker).folder("site", made.append)

    assert made == [tmp_path / "shared/site"]


def test_what_could_not_be_made_is_tried_again_from_nothing(tmp_path):
    def fail(folder):
        (folder / "half").write_text("")
        raise ValueError("no")

    folders = SharedFolders(tmp_path)
    with pytest.raises(ValueError, match="no"):
        folders.folder("site", fail)

    assert list(folders.folder("site", lambda folder: None).iterdir()) == []


@pytest.mark.parametrize("how", ["write", "add", "remove"])
def test_a_test_that_writes_into_a_shared_folder_is_found_out(tmp_path, how):
    folders = SharedFolders(tmp_path)
    folder = folders.folder("site", lambda folder: (folder / "a.html").write_text("a"))
    assert folders.changed() == []

    if how == "remove":
        (folder / "a.html").unlink()
    else:
        (folder / ("a.html" if how == "write" else "b.html")).write_text("ab")

    assert [name.rpartition("/")[2] for name in dict.fromkeys(folders.changed())] == [
        "b.html" if how == "add" else "a.html"
    ]


# --- what was skipped -------------------------------------------------------------------------------------------------


def test_nothing_is_said_where_nothing_was_skipped():
    assert list(needs.summary([])) == []


def test_what_was_skipped_is_counted_by_reason_with_the_way_to_get_it():
    reasons = [f"Skipped: {needs.NO_CHROMIUM}"] * 76 + [f"Skipped: {needs.NO_JAVA}", "Skipped: Windows has no pipes"]

    assert list(needs.summary(reasons)) == [
        "Пропущено тестів: 78",
        f"    76  немає Chromium  →  {needs.HINTS[needs.NO_CHROMIUM]}",
        f"     1  немає Java  →  {needs.HINTS[needs.NO_JAVA]}",
        "     1  Windows has no pipes",
        needs._ALL,
    ]


def test_whoever_lacks_what_ci_does_not_install_is_not_sent_there():
    assert needs._ALL in list(needs.summary([f"Skipped: {needs.NO_EXIFTOOL}"]))
    assert needs._ALL not in list(needs.summary(["Skipped: Windows has no pipes"]))


def test_everything_that_ci_installs_is_what_the_hints_name():
    script = (ROOT / ".ci/run").read_text("utf-8")
    named = {
        word for hint in needs.HINTS.values() for word in re.findall(r"[a-z][\w-]{5,}", hint.partition("install ")[2])
    }

    assert {word for word in named if word not in script} <= {"no-save", "no-package-lock"}


# --- long series ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "name"), [(("x", ""), "MINUTES"), (("", "-1"), "SEED"), (("1.5", "1"), "MINUTES")])
def test_a_setting_of_the_long_series_that_is_no_number_is_refused(given, name, capsys):
    assert soak.main(given) == 2
    assert capsys.readouterr().err.startswith(f"{name}=«")


def test_no_time_is_no_series(monkeypatch, capsys):
    monkeypatch.setattr(soak, "_fails", lambda *_: pytest.fail("nothing may run"))

    assert soak.main(("0", "")) == 0
    assert capsys.readouterr().out == "Усе витримано.\n"


def test_the_series_go_on_with_other_seeds_until_the_time_is_over(monkeypatch):
    clock = iter(range(1_000))
    called = []
    monkeypatch.setattr(time, "monotonic", lambda: next(clock) * 5.0)
    monkeypatch.setattr(soak, "_fails", lambda name, command: bool(called.append((name, command[-1]))))

    assert soak.main(("1", "7")) == 0
    names = [name for name, _ in called]
    assert len(set(names)) == 6
    assert len(set(called)) == len(called) > 6
    assert names[6:] == names[: len(names) - 6][:3]


def test_a_series_that_fails_fails_the_command(monkeypatch):
    clock = iter(range(1_000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock) * 20.0)
    monkeypatch.setattr(soak, "_fails", lambda *_: True)

    assert soak.main(("1", "")) == 1


def test_every_series_of_the_normal_run_has_at_least_five_trials_and_a_seed_of_its_own():
    limits = (ROOT / "tests/system/test_limits.py").read_text("utf-8")
    histories = (ROOT / "tests/system/test_histories.py").read_text("utf-8")
    _, seed, inputs = re.search(r'"tests\.system\.fuzz", "(\d+)", "(\d+)", "(\d+)"', limits).groups()
    examples, _, _ = re.search(r'"tests\.system\.histories", "(\d+)", "(\d+)", "(\d+)"', histories).groups()

    assert (int(inputs) >= 5, int(examples) >= 5, seed) == (True, True, "1")


# --- mutations --------------------------------------------------------------------------------------------------------

CLASS = '''class A:
    @property
    def x(self) -> int:
        return 1

    @cached_property
    def y(self) -> int:
        """Two lines."""
        return self.x

    @classmethod
    def z(cls) -> int:
        return 2
'''


def test_properties_are_written_so_that_their_code_can_be_changed():
    assert (
        mutants.with_plain_functions(CLASS)
        == '''class A:
    def x(self) -> int:
        return 1
    x = property(x)

    def y(self) -> int:
        """Two lines."""
        return self.x
    y = cached_property(y)

    @classmethod
    def z(cls) -> int:
        return 2
'''
    )


@pytest.mark.parametrize("name", mutants.COUNTING)
def test_what_is_changed_is_there_and_its_copy_is_python(name):
    ast.parse(mutants.with_plain_functions((ROOT / "plugins/hromada" / name).read_text("utf-8")))


@pytest.mark.parametrize("name", mutants.TESTS)
def test_the_tests_that_have_to_notice_are_there(name):
    assert (ROOT / name).is_file()


# --- commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["test-fast", "soak", "mutants"])
def test_make_knows_the_commands_of_the_tests(command):
    assert re.search(rf"^TARGETS := .*\b{command}\b", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert command in tasks.COMMANDS
    assert command in tasks._OWN


def test_the_fast_tests_are_the_units_without_the_long_ones(monkeypatch):
    called = []
    monkeypatch.setattr(tasks, "_tool", lambda *arguments: called.append(arguments) or 0)
    monkeypatch.setenv("ARGS", "-x -k count")

    assert tasks._test_fast() == 0
    assert called == [
        ("-m", "pytest", "tests/unit", "-m", "not long", "--hypothesis-profile=fast", "-x", "-k", "count")
    ]
