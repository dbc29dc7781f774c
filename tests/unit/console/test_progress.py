import io
import sys
from types import SimpleNamespace

import pytest

from hromada.console import messages
from hromada.console.messages import ProgressBar, no_progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(seconds=100.0)
    monkeypatch.setattr(messages, "time", SimpleNamespace(monotonic=lambda: now.seconds))
    return now


def told(monkeypatch, clock, after):
    """What a terminal shows of it; pytest puts its own stderr in place after the fixtures."""
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        update(clock, after)
    return terminal.getvalue()


def update(clock, after):
    """A whole build's telling, `after` so many seconds."""
    progress = ProgressBar()
    clock.seconds += after
    for done in range(1, 201):
        progress.update("Читаю", done, 200)
    progress.update("Будую", 1, 1)
    progress.close()


def test_nothing_is_said_when_nobody_watches(clock, capsys):
    update(clock, after=3600)

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("after", [0, 0.999])
def test_a_short_build_says_nothing_on_a_terminal(monkeypatch, clock, after):
    assert told(monkeypatch, clock, after) == ""


@pytest.mark.parametrize("after", [1, 60])
def test_a_long_build_tells_a_terminal_what_it_does(monkeypatch, clock, after):
    words = told(monkeypatch, clock, after)

    assert "Читаю" in words
    assert "Будую" in words


def test_a_teller_that_said_nothing_closes(clock):
    ProgressBar().close()


def test_untold_says_nothing(capsys):
    no_progress("Читаю", 1, 2)

    assert capsys.readouterr() == ("", "")
