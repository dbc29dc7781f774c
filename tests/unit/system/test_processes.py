"""A program that falls silent is ended with everything that it has started, whatever it is called."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from hromada.system.processes import output_while_active

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")


def run(code, silence, tmp_path):
    return output_while_active([sys.executable, "-c", code], tmp_path, os.environ, silence)


def test_the_output_of_a_program_that_ends_is_all_there(tmp_path):
    done, is_over = run(
        "import sys; print('а' * 200_000); print('б' * 200_000, file=sys.stderr); sys.exit(3)", 60, tmp_path
    )

    assert (is_over, done.returncode) == (True, 3)
    assert (done.stdout.decode(), done.stderr.decode()) == ("а" * 200_000 + "\n", "б" * 200_000 + "\n")


def ends(state):
    """Whether the process is gone or a zombie, once the system has got round to it."""
    for _ in range(200):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if state.read_bytes().rpartition(b")")[2].split()[0] != b"Z":
                time.sleep(0.05)
                continue
        return True
    return False


def test_a_silent_program_is_ended_with_children_of_any_name(tmp_path):
    program = tmp_path / "довгоназва"  # the system keeps 15 bytes of a name: half of a letter at the end
    program.write_text(f"#!/bin/sh\nsleep 86411.25 &\necho $! > '{tmp_path}/pid'\nwait\n", "utf-8")
    program.chmod(0o755)
    done, is_over = run(f"import subprocess; print('x', flush=True); subprocess.run([{str(program)!r}])", 1, tmp_path)

    assert (is_over, done.returncode, done.stdout) == (False, -9, b"x\n")
    state = Path("/proc", (tmp_path / "pid").read_text().strip(), "stat")
    assert ends(state)


def test_a_program_that_prints_from_time_to_time_is_not_ended(tmp_path):
    code = "import sys, time\nfor _ in range(8): time.sleep(0.25); print('.', end='', flush=True, file=sys.stderr)"
    done, is_over = run(code, 1.5, tmp_path)

    assert (is_over, done.stderr) == (True, b"." * 8)


def test_a_program_that_leaves_another_in_the_background_is_over_when_it_ends(tmp_path):
    """As ssh does where a connection is kept for the next call."""
    code = "import subprocess; print(subprocess.Popen(['sleep', '86422.25']).pid, flush=True)"
    done, is_over = run(code, 3_600, tmp_path)

    assert (is_over, done.returncode) == (True, 0)
    os.kill(int(done.stdout), signal.SIGKILL)
