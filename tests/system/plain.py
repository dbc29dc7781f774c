"""What plain Pelican makes of a content folder: the reference that our builds are held against."""

import os
import subprocess
import sys

from tests.conftest import ROOT

TODAY = {"TODAY": "2022-01-15"}
CLEAN = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONUTF8", "CI")}


def tree(folder):
    """Every file's bytes by its name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def plain_pelican(content, output):
    """The tree that Pelican builds by our settings file, with its own command."""
    command = [
        sys.executable,
        "-m",
        "pelican",
        str(content),
        "-s",
        "pelicanconf.py",
        "-o",
        str(output),
        "--fatal=errors",
    ]
    done = subprocess.run(command, cwd=ROOT, env=CLEAN | TODAY, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return tree(output)
