"""What may happen to a publication: a git in front of the real one kills, fills the disk or falls silent at a chosen call."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from pathlib import Path

from hromada.publish.history_trim import trim
from hromada.publish.repository import STAYS, PublicationRefused
from hromada.publish.rollback import RollbackRequest, rollback
from hromada.system.git import Git
from tests.needs import ROOT
from tests.own_process import Finished, OwnProcess
from tests.system.clones import Clone, commits, git

# The git that a publication calls. Its own children, hooks among them, get the real one.
_GIT = """#!/bin/sh
PATH={path}
export PATH
exec 9>"$FAULT_COUNT.lock"
flock 9  # several calls may run at once
number=$(cat "$FAULT_COUNT" 2>/dev/null || echo 0)
number=$((number + 1))
echo $number > "$FAULT_COUNT"
exec 9>&-
if [ $number -eq "$FAULT_AT" ]; then
  case $FAULT in
    before) kill -9 "$FAULT_VICTIM" ;;
    midway) exec 3<&0; git "$@" <&3 & sleep "$FAULT_DELAY"; echo > "$FAULT_COUNT.reached"; kill -9 "$FAULT_VICTIM"; wait; exit 1 ;;
    after) git "$@"; echo > "$FAULT_COUNT.reached"; kill -9 "$FAULT_VICTIM"; exit 1 ;;
    full) trap '' XFSZ; ulimit -f 0 ;;
  esac
fi
exec git "$@"
"""
ACTIONS = ("first", "change", "rollback", "trim")
KILLS = ("before", "midway", "after")


def _perform_faultily(programs: Path, whom: str, wait: float, folder: Path, action: str) -> int:
    """An action of a process that has the git above in front of the real one, after a while."""
    os.environ["FAULT_VICTIM"] = f"-{os.getpid()}" if whom == "group" else str(os.getpid())
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    time.sleep(wait)
    return perform(folder, action)


def perform(folder: Path, action: str) -> int:
    """One action as a command does it: its lines, its exit status."""
    clone = Clone(folder)
    clone.said = _Printed()
    try:
        if action == "rollback":
            rollback(folder, RollbackRequest("1", print_lines=clone.said.append))
        elif action == "trim":
            trim(folder, 2, print_lines=lambda *lines: print(*lines, sep="\n"), confirm=lambda _: True)
        else:
            return clone.publish()
    except PublicationRefused as refused:
        print(refused)
        return 1
    return 0


class _Printed(list):
    def append(self, line: str) -> None:
        print(line)


class Fault:
    """What happens at which of a command's calls of git; nothing at call 0."""

    def __init__(self, folder: Path, kind: str = "none", at: int = 0, whom: str = "process", delay: float = 0) -> None:
        self.folder, self.kind, self.at, self.whom, self.delay = folder, kind, at, whom, delay
        self.count = folder / "calls"

    def start(self, clone: Clone, action: str, wait: float = 0) -> OwnProcess:
        """The action in a process group of its own, after a while."""
        programs = self.folder / "bin"
        programs.mkdir(parents=True, exist_ok=True)
        (programs / "git").write_text(_GIT.format(path=os.environ["PATH"]), "utf-8")
        (programs / "git").chmod(0o755)
        self.count.unlink(missing_ok=True)
        told = {
            "FAULT": self.kind, "FAULT_AT": str(self.at), "FAULT_DELAY": str(self.delay), "FAULT_COUNT": str(self.count),
        }  # fmt: skip
        return OwnProcess(
            _perform_faultily, programs, self.whom, wait, clone.folder, action, environment=Git(ROOT).environment(told),
            leads_group=True,
        )  # fmt: skip

    def run(self, clone: Clone, action: str) -> Finished:
        """Exit status and output, when nothing of the action runs any more."""
        process = self.start(clone, action)
        finished = process.finish()
        wait_for_group(process.pid)
        return finished

    @property
    def was_reached(self) -> bool:
        """Whether it came to the kill: a reader of objects may be stopped before by whoever started it."""
        return self.count.with_name("calls.reached").exists()

    @property
    def calls(self) -> int:
        return int(self.count.read_text())


def wait_for_group(group: int) -> None:
    """Children of a killed process go on for a moment."""
    while any(state != "Z" for _, state in members(group)):
        time.sleep(0.01)


def members(group: int) -> list[tuple[int, str]]:
    """The processes of a group with their states."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, process_group = (folder / "stat").read_bytes().rpartition(b")")[2].split()[:3]
            if int(process_group) == group:
                found.append((int(folder.name), state.decode()))
    return found


def running_with(mark: str) -> list[str]:
    """The command lines of running programs that have the mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if any(mark.encode() == word for word in words):
                found.append(repr(words))
    return found


# --- a small town with a host -----------------------------------------------------------------------------------------


class Town:
    """A host's repository and an editor's clone, ready for an action."""

    def __init__(self, folder: Path, action: str) -> None:
        self.folder, self.action = folder, action
        folder.mkdir(parents=True, exist_ok=True)
        self.bare = folder / "хост.git"
        git(folder, "init", "-q", "--bare", str(self.bare))
        self.editor = self.clone("редактор")
        self.editor.write("перша.md", "перша")
        for number in {"first": (), "change": (1,), "rollback": (1, 2), "trim": (1, 2, 3)}[action]:
            self.editor.publish()
            if number < {"trim": 3}.get(action, 2):
                self.editor.write(f"друга{number}.md", "друга")
        if action == "rollback":
            git(self.editor.folder, "commit", "-q", "--allow-empty", "-m", "Порожній")

    def clone(self, name: str) -> Clone:
        git(self.folder, "clone", "-q", f"file://{self.bare}", str(self.folder / name))
        return Clone(self.folder / name)

    def online(self) -> tuple[str, str, int]:
        """The tree of the site, the head of the editors' branch, and the length of the site's history."""
        if "gh-pages" not in git(self.bare, "branch").split():
            return "", "", 0
        return git(self.bare, "rev-parse", "gh-pages^{tree}"), git(self.bare, "rev-parse", "main"), commits(self.bare)

    def verify_whole(self) -> None:
        """The site online is exactly what its source commit makes, and the host has that commit."""
        if not self.online()[0]:
            return
        source = git(self.bare, "log", "-1", "--format=%(trailers:key=Source-Commit,valueonly)", "gh-pages").strip()
        files = files_of(self.bare, source, "content/")
        expected = {f"{name.removesuffix('.md')}.html": blob for name, blob in files.items()}
        online = files_of(self.bare, "gh-pages", "")
        assert {name: blob for name, blob in online.items() if name not in ("index.html", ".nojekyll")} == expected
        assert {"index.html", ".nojekyll"} <= online.keys()
        assert git(self.bare, "merge-base", "--is-ancestor", source, "main") == ""
        assert git(self.bare, "fsck", "--strict", "--no-dangling") == ""

    def repeat(self) -> None:
        """What was stopped is done again, then the next publication; neither needs anything first."""
        for lock in self.bare.rglob("*.lock"):  # a host's process that was killed with ours; a host is not in our group
            lock.unlink()
        if self.action in ("rollback", "trim"):
            assert perform(self.editor.folder, self.action) == 0
        self.verify_whole()
        self.editor.write("остання.md", "остання")
        assert self.editor.publish() == 0
        self.verify_whole()
        assert "остання.html" in files_of(self.bare, "gh-pages", "")
        assert self.editor.leftovers() == []


def files_of(repository: Path, revision: str, folder: str) -> dict[str, str]:
    listed = git(repository, "ls-tree", "-r", "-z", revision, *([folder] if folder else []))
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    return {name.removeprefix(folder): facts.split(" ")[2] for facts, _, name in entries}


def verify_truth(town: Town, before: tuple[str, str, int], status: int, said: str) -> None:
    """What the last lines claim is what the host has."""
    after = town.online()
    if STAYS in said and town.action != "trim":
        assert after[0] == before[0], said
    if status == 0:
        assert after != before or "вже саме це" in said or "повертати нічого" in said, said
    elif after[0] != before[0] or after[2] != before[2]:
        assert "невідомо" in said, said


def kill_trial(folder: Path, seed: int, calls: dict[str, int]) -> None:
    """An action killed at a random call of git: before it, in the middle of it, after it; alone or with all its children."""
    dice = random.Random(seed)
    action = ACTIONS[seed % len(ACTIONS)]
    if action not in calls:
        probe = Fault(folder / f"probe-{seed}")
        status, said, errors = probe.run(Town(folder / f"probe-town-{seed}", action).editor, action)
        assert status == 0, said + errors
        calls[action] = probe.calls
    town = Town(folder / str(seed), action)
    before = town.online()
    kind, whom, at = dice.choice(KILLS), dice.choice(["process", "group"]), dice.randint(1, calls[action])
    fault = Fault(folder / f"fault-{seed}", kind, at, whom, delay=dice.choice([0.001, 0.005, 0.02]))
    status, said, errors = fault.run(town.editor, action)
    if status or kind == "before" or fault.was_reached:
        assert status == -signal.SIGKILL, (action, kind, whom, at, status, said, errors)
    for lock in town.bare.rglob("*.lock"):
        lock.unlink()
    town.verify_whole()
    assert town.online()[0] == before[0] or town.online()[1] == town.editor.head() or action == "rollback"
    town.repeat()


def full_disk_trial(folder: Path, seed: int) -> None:
    """An action whose disk is full at a random call of git, the host's disk too where it is the same."""
    dice = random.Random(seed)
    action = ACTIONS[seed % len(ACTIONS)]
    town = Town(folder / str(seed), action)
    before = town.online()
    fault = Fault(folder / f"fault-{seed}", "full", dice.randint(1, 70))
    status, said, errors = fault.run(town.editor, action)
    assert status in (0, 1), said + errors
    assert "Traceback" not in said + errors
    town.verify_whole()
    verify_truth(town, before, status, said)
    town.repeat()


def race_trial(folder: Path, seed: int) -> None:
    """Two clones publish at the same time; the one that loses takes the other's work and publishes again."""
    dice = random.Random(seed)
    town = Town(folder / str(seed), dice.choice(["first", "change"]))
    editors = [town.editor, town.clone("інша тека") if town.action == "change" else None]
    if editors[1] is None:
        git(town.editor.folder, "push", "-q", "origin", "main")
        editors[1] = town.clone("інша тека")
    started = []
    for number, editor in enumerate(editors):
        editor.write(f"раз{number}.md", str(number))
        fault = Fault(folder / f"race-{seed}-{number}")
        started.append(fault.start(editor, "change", dice.choice([0, 0, 0.05, 0.2])))
    outcomes = [(finished.stdout, finished.returncode) for finished in [process.finish() for process in started]]
    town.verify_whole()
    online = files_of(town.bare, "gh-pages", "") if town.online()[0] else {}
    for number, (said, status) in enumerate(outcomes):
        assert status in (0, 1), said
        assert (status == 0) <= (f"раз{number}.html" in online), outcomes
        assert "Traceback" not in said
    for editor in editors:
        editor.pull()
        assert editor.publish() == 0
    assert {"раз0.html", "раз1.html"} <= files_of(town.bare, "gh-pages", "").keys()
    town.verify_whole()


def same_clone_trial(folder: Path, seed: int) -> None:
    """Two publications in one clone: one works, the other says that it does, or finds all done."""
    dice = random.Random(seed)
    town = Town(folder / str(seed), "change")
    started = [
        Fault(folder / f"one-{seed}-{number}").start(town.editor, "change", dice.choice([0, 0, 0.05, 0.2]))
        for number in range(2)
    ]
    outcomes = [(finished.stdout, finished.returncode) for finished in [process.finish() for process in started]]
    town.verify_whole()
    assert 0 in [status for _, status in outcomes], outcomes
    for said, status in outcomes:
        assert status == 0 or "вже триває інша публікація" in said, outcomes
    town.repeat()


_FAKE_SSH = """#!/bin/sh
for command; do :; done
case "$command" in
  git-receive-pack*)
    number=$(($(cat {count} 2>/dev/null || echo 0) + 1))
    echo $number > {count}
    if [ $number -eq {at} ]; then
      if [ {side} = sent ]; then head -c {bytes} | sh -c "$command"; else sh -c "$command" | head -c {bytes}; fi
      exit 255
    fi ;;
esac
exec sh -c "$command"
"""


def cut_trial(folder: Path, seed: int) -> None:
    """The line is cut after a random number of bytes of what a push sends or what the host answers."""
    dice = random.Random(seed)
    town = Town(folder / str(seed), "change")
    town.editor.write("вага.md", dice.randbytes(3000).hex())
    ssh = folder / f"ssh-{seed}"
    ssh.write_text(
        _FAKE_SSH.format(
            count=folder / f"pushes-{seed}", at=dice.choice([1, 2]), side=dice.choice(["sent", "answered"]), bytes=dice.choice([0, 40, 200, 400, 700, 1500, 3000]),
        ),
        "utf-8",
    )  # fmt: skip
    ssh.chmod(0o755)
    for name, value in (
        ("ssh.variant", "simple"),
        ("core.sshCommand", f"'{ssh}'"),
        ("remote.origin.url", f"ssh://x{town.bare}"),
        ("hromada.timeout", "4"),  # a cut answer may leave both sides waiting
    ):
        git(town.editor.folder, "config", name, value)
    before = town.online()
    status, said, errors = Fault(folder / f"cut-{seed}").run(town.editor, "change")
    assert "Traceback" not in said + errors
    town.verify_whole()
    verify_truth(town, before, status, said)
    town.repeat()
