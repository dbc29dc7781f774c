"""The entry: which environment is good enough, what is said when it can't be made."""

import pytest

import tasks


@pytest.fixture
def venv(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").write_text("")
    monkeypatch.setattr(tasks, "VENV", tmp_path)
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp")
    return tmp_path


@pytest.mark.parametrize(
    ("made", "wanted", "ready"), [("runtime", "runtime", True), ("dev", "runtime", True), ("runtime", "dev", False)]
)
def test_an_environment_serves_its_level_and_those_below(venv, made, wanted, ready):
    tasks.STAMP.write_text(tasks.stamp_text(made), "utf-8")

    assert tasks.is_ready(wanted) is ready


@pytest.mark.parametrize("stamp", ["", "runtime abc"])
def test_a_stale_environment_is_made_anew(venv, stamp):
    tasks.STAMP.write_text(stamp, "utf-8")

    assert not tasks.is_ready("runtime")


def test_an_interrupted_set_up_leaves_no_stamp(venv, monkeypatch):
    def fail(*_):
        raise tasks.SetupFailed("немає мережі")

    monkeypatch.setattr(tasks, "_run", fail)
    monkeypatch.setattr(tasks, "_works", lambda _: False)
    tasks.STAMP.write_text("runtime old", "utf-8")
    with pytest.raises(tasks.SetupFailed):
        tasks._make("runtime")

    assert not tasks.STAMP.exists()


def test_an_unknown_command_is_named_with_the_list(capsys):
    assert tasks.main(["buld"]) == 1
    assert "Немає команди «buld»" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--list"]])
def test_help_lists_every_command(capsys, arguments):
    assert tasks.main(arguments) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in tasks.COMMANDS)


def test_an_unclear_setting_is_refused(capsys):
    assert tasks.main(["html", "today"]) == 1
    assert "TODAY=" in capsys.readouterr().err
