"""How the published branch grows, and how long the way back takes beside a publication.

    PYTHONPATH=plugins:. python -m bench.publication_history growth FOLDER [SIZE [COUNT [KEEP]]]
    PYTHONPATH=plugins:. python -m bench.publication_history rollback FOLDER [SIZE [ROUNDS [BASE]]]

`growth` publishes a site COUNT times: each time with one new item and one edited item, each 50th time with another
template, which changes every page. Each site is built by `make html`; its tree is committed and pushed to a bare
repository as a publication does it. Measured is that repository: as pushed, after `git gc`, and after `make
history-trim` with another gc. The main branch is left out: it grows with what people write, whatever is published.

`rollback` publishes a site twice with the code of BASE, then measures in turns an unchanged `make publish` of BASE and
`make rollback` of this project in another clone.

FOLDER must not exist, and stays.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import statistics
import subprocess
import sys
import tarfile
from pathlib import Path

from bench.changes import Changes
from bench.measuring import BenchFailed, timed
from bench.news_corpus import write_corpus
from bench.project_copy import lend_environment, plain_environment
from bench.tools import OURS, our_tool
from hromada.publish.history_trim import trim
from hromada.publish.repository import PAGES_BRANCH, TRAILER

SIZE, COUNT, KEEP, ROUNDS, BASE = 15_000, 200, 50, 3, "242c3ca7"
_NEW_STYLE = 50  # publications
_REPORTED = 10
_MOST_OF_PUBLISHING = 0.2  # a rollback's time
_IDENTITY = ("-c", "user.name=bench", "-c", "user.email=bench@hromada.invalid")


def git(folder: Path, *arguments: str, **environ: str) -> str:
    done = subprocess.run(
        ["git", *_IDENTITY, *arguments], cwd=folder, env=plain_environment() | environ, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise BenchFailed(f"git {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


def megabytes(folder: Path) -> float:
    """What the files of a folder take on the disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1_000_000


def packed(folder: Path) -> float:
    """The megabytes of a repository after `git gc` without the days that git waits before it forgets."""
    git(folder, "reflog", "expire", "--expire=now", "--all")
    git(folder, "gc", "--quiet", "--prune=now")
    return megabytes(folder)


def growth(root: Path, folder: Path, size: int, count: int, keep: int) -> None:
    """Publish so many times and print the sizes of the bare repository."""
    tool = our_tool(root, size, folder)
    bare, clone = folder / "host.git", folder / "clone"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(bare, "config", "receive.autogc", "false")
    git(folder, "clone", "--quiet", str(bare), str(clone))
    git(clone, "config", "gc.auto", "0")
    source = git(clone, "commit-tree", "-m", "content", git(clone, "mktree"))
    git(clone, "update-ref", "refs/heads/main", source)
    git(clone, "push", "--quiet", "origin", "main")
    tip = ""
    for number in range(count + 1):
        if number:
            tool.changes.add(number)
            tool.changes.edit(number)
        if number and not number % _NEW_STYLE:
            tool.changes.redesign(number)
        timed(tool.command, tool.folder, tool.environ)
        version = hashlib.sha256(str(number).encode()).hexdigest()
        (tool.output / "version.json").write_text(f'{{"version": "{version}"}}\n')
        tip = _commit(clone, tool.output, source, tip)
        git(clone, "push", "--quiet", "origin", f"{tip}:refs/heads/{PAGES_BRANCH}")
        if not number % _REPORTED:
            print(f"{number:>4} publications: {megabytes(bare):7.1f} MB", flush=True)
    print(f"site: {megabytes(tool.output):.1f} MB, {sum(path.is_file() for path in tool.output.rglob('*'))} files")
    print(f"after git gc: {packed(bare):.1f} MB", flush=True)
    trim(clone, keep, confirm=lambda _: True, print_lines=lambda *lines: print(*lines, sep="\n"))
    print(f"after trimming to {keep} and git gc: {packed(bare):.1f} MB", flush=True)


def _commit(clone: Path, output: Path, source: str, parent: str) -> str:
    index = {"GIT_INDEX_FILE": str(clone / ".git" / "pages-index")}
    git(clone, f"--work-tree={output}", "add", "--all", "--force", **index)
    tree = git(clone, "write-tree", **index)
    above = ("-p", parent) if parent else ()
    return git(clone, "commit-tree", *above, "-m", "Сайт", "-m", f"{TRAILER}: {source}", tree)


def rollback(root: Path, folder: Path, size: int, rounds: int, base: str) -> int:
    """Measure the way back beside an unchanged publication of `base`; 1 when it takes more than a fifth of it."""
    folder.mkdir(parents=True)
    bare, editor, other = folder / "host.git", folder / "editor", folder / "other"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(folder, "clone", "--quiet", str(bare), str(editor))
    archive = subprocess.run(["git", "archive", base], cwd=root, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(editor, filter="data")
    shutil.rmtree(editor / "content")
    write_corpus(OURS, size, folder / "corpus")
    shutil.copytree(folder / "corpus" / "content", editor / "content")
    lend_environment(root / ".venv", editor)
    git(editor, "add", "--all")
    git(editor, "commit", "--quiet", "-m", "Початок")
    publish = ("make", "-s", "publish")
    print(f"first publication: {timed(publish, editor, plain_environment()):.1f} s", flush=True)
    changes = Changes(OURS, size, editor, editor / "theme/templates/base.html")
    changes.edit(1)
    git(editor, "commit", "--quiet", "--all", "-m", "Правка")
    print(f"after an edit: {timed(publish, editor, plain_environment()):.1f} s", flush=True)
    git(folder, "clone", "--quiet", str(bare), str(other))
    for name in ("plugins", "requirements"):
        shutil.rmtree(other / name)
        shutil.copytree(root / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "Makefile"):
        shutil.copy2(root / name, other / name)
    lend_environment(root / ".venv", other)
    timed(("make", "-s", "rollback", "TO=2"), other, plain_environment())  # it is online: only modules are compiled
    seconds: dict[str, list[float]] = {"publish": [], "rollback": []}
    for round in range(rounds):
        seconds["publish"].append(timed(publish, editor, plain_environment()))
        seconds["rollback"].append(timed(("make", "-s", "rollback", "TO=1"), other, plain_environment()))
        if round < rounds - 1:
            timed(publish, editor, plain_environment())
    published, returned = (statistics.median(seconds[name]) for name in ("publish", "rollback"))
    ratio = returned / published
    print(f"unchanged publication {published:.2f} s, rollback {returned:.2f} s: {ratio:.3f}")
    return int(ratio > _MOST_OF_PUBLISHING)


def main(arguments: list[str]) -> int:
    root = Path(__file__).resolve().parent.parent
    kind, folder, *numbers = arguments
    if kind == "growth":
        size, count, keep = (int(number) for number in (numbers + [SIZE, COUNT, KEEP][len(numbers) :]))
        growth(root, Path(folder), size, count, keep)
        return 0
    size, rounds = (int(number) for number in (numbers[:2] + [SIZE, ROUNDS][len(numbers) :]))
    return rollback(root, Path(folder), size, rounds, numbers[2] if len(numbers) > 2 else BASE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
