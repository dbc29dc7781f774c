"""What a command takes, and what is said of every other setting."""

import pytest

import tasks
from hromada.domain.command_settings import GENERIC, refused_settings

TAKEN = {name: command.settings for name, command in tasks.COMMANDS.items()}


def refusals(command, *given, **environ):
    return refused_settings(command, TAKEN, given, environ)


@pytest.mark.parametrize("command", TAKEN)
def test_a_setting_written_in_a_call_is_taken_or_refused_by_name(command):
    lines = {name: refusals(command, name, **{name: "x"}) for name in tasks.SETTINGS}

    assert {name for name, refused in lines.items() if not refused} == set(TAKEN[command])
    assert [name for name, refused in lines.items() if refused and f" {name}" not in refused[0]] == []


@pytest.mark.parametrize("command", TAKEN)
def test_in_the_environment_names_of_other_programs_mean_nothing(command):
    passed = {name for name in tasks.SETTINGS if not refusals(command, **{name: "x"})}

    assert passed == GENERIC | set(TAKEN[command])


@pytest.mark.parametrize("name", ["CONTENT", "OUTPUT", "TODAY"])
def test_every_command_of_the_content_but_publishing_takes_content_output_and_today(name):
    others = {
        "publish", "undo", "history", "rollback", "history-trim", "online", "doctor", "demo", "hooks", "test", "test-fast", "soak", "mutants", "lint", "bench", "bench-photos", "bench-publish", "bench-search",
        "check-commits", "photos-gc",
        "update-golden", "lock",
    }  # fmt: skip

    assert {command for command, settings in TAKEN.items() if name not in settings} == others


@pytest.mark.parametrize("value", ["", " ", "\t"])
def test_a_blank_setting_is_none(value):
    assert refusals("publish", "TODAY", TODAY=value, CONTENT=value, DRYRUN=value) == []


def test_a_name_that_is_none_is_refused_even_when_blank():
    assert refusals("publish", "DRYRUN", DRYRUN="")[0].endswith("«DRYRUN», можливо, «DRY_RUN»?")


def test_publishing_says_what_to_do_instead_and_names_all_at_once():
    lines = refusals("publish", "TODAY", TODAY="2027-01-01", CONTENT="demo/content", OUTPUT="x", FULL="1")

    assert [line.split(":")[0].rpartition(" ")[2] for line in lines[:-1]] == ["TODAY", "CONTENT", "OUTPUT"]
    assert all(word in "".join(lines) for word in ("make serve TODAY=", "make serve CONTENT=", "make html OUTPUT="))


@pytest.mark.parametrize("name", ["DRYRUN", "dry_run", "Dry-Run", "today", "Content"])
def test_a_slip_of_the_pen_in_the_environment_is_refused(name):
    assert "можливо, «" in refusals("publish", **{name: "1"})[0]


@pytest.mark.parametrize(
    "name", ["port", "Title", "PATH", "npm_config_dry_run", "GITHUB_OUTPUT", "CI", "VNU_JAR", "HROMADA_REQUIRE_BROWSER"]
)
def test_what_other_programs_set_is_no_slip(name):
    assert refusals("publish", **{name: "1"}) == []


def test_each_generic_name_is_a_setting_of_ours():
    assert set(tasks.SETTINGS) > GENERIC
