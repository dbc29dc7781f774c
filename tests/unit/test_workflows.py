"""What runs elsewhere calls the project's commands, and marks problems as programs there read them."""

import json
import re

import pytest

import tasks
from hromada.console.options import FORMATS
from hromada.domain.problem import Problem, warning
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
MATCHERS = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"][0]["problemMatcher"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_calls_only_what_there_is(path):
    text = path.read_text("utf-8")
    commands = re.findall(r"tasks\.py ([a-z-]+)", text)

    assert commands
    assert set(commands) <= tasks.COMMANDS.keys()
    assert set(re.findall(r"FORMAT: (\w+)", text)) <= set(FORMATS)
    assert "contents: read" in text


def test_workflows_and_the_hook_give_a_command_settings_that_it_takes():
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    steps = re.findall(r"env:\n((?: +[A-Z_]+: .*\n)+) +run: python3 tasks\.py ([a-z-]+)", text)
    hooks = "".join((ROOT / "hooks" / name).read_text("utf-8") for name in ("pre-commit", "pre-push"))
    hook = re.findall(r"^(.*) \$python tasks\.py ([a-z-]+)", hooks, re.MULTILINE)
    given = {(command, name) for names, command in [*steps, *hook] for name in re.findall(r"([A-Z_]+)[:=]", names)}

    assert given == {
        ("check-commits", "BASE"), ("check-commits", "TIP"), ("check-commits", "STAGED"), ("check-commits", "FORMAT"),
        ("fix", "STAGED"), ("check", "FORMAT"), ("check", "CONTENT"), ("publish", "SITEURL"), ("publish", "DOMAIN"),
        ("publish", "AUTOMATIC"), ("publish", "RESUME"),
    }  # fmt: skip
    assert {(command, name) for command, name in given if name not in tasks.COMMANDS[command].settings} == set()


def test_only_changes_that_nobody_has_accepted_are_checked_without_the_right_to_publish():
    text = (ROOT / ".github/workflows/pull-request.yml").read_text("utf-8")

    assert "pull_request:" in text
    assert not re.search(r"pull_request_target|secrets\.|: write", text)


@pytest.mark.parametrize(
    ("problem", "severity"),
    [
        (Problem("content/news/2021/x y.md", 3, "date-format", "дата «14:30» [?] незрозуміла", "напишіть 2021-07-05"), "error"),
        (warning("content/news/x.md", 1, "alt-missing", "світлина без опису"), "warning"),
    ],
)  # fmt: skip
def test_vs_code_finds_every_line_of_the_check(problem, severity):
    found = [
        (one["severity"], match) for one in MATCHERS if (match := re.match(one["pattern"]["regexp"], str(problem)))
    ]

    assert [one for one, _ in found] == [severity]
    assert found[0][1].groups()[:2] == (problem.path, str(problem.line))
    assert found[0][1].groups()[-1] == problem.code
