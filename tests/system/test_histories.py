"""Random histories in a process of their own (histories.py): always the same few here, as many as one likes in `make soak`."""

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_after_every_step_of_a_random_history_the_site_is_as_if_built_from_nothing():
    command = [sys.executable, "-X", "utf8", "-m", "tests.system.histories", "5", "5", "1"]
    environ = os.environ | {"PYTHONPATH": f"{ROOT / 'plugins'}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "steps built" in done.stdout
