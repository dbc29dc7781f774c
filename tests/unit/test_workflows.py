"""What runs elsewhere calls the project's commands, and marks problems as programs there read them."""

import json
import re
import subprocess

import pytest
import yaml

import tasks
from hromada.console.options import FORMATS
from hromada.domain.command_settings import GENERIC
from hromada.domain.problem import Problem, warning
from tests.conftest import ROOT
from tests.needs import ACTIONLINT, actionlint

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORGEJO = sorted((ROOT / ".forgejo/workflows").glob("*.yml"))
GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
REMEMBERED = {
    ".cache/files-*.sqlite", ".cache/lexemes.sqlite", ".cache/commits.json", ".cache/freshness.json", ".cache/pictures", ".cache/documents",
}  # fmt: skip
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
    settings = [
        (re.sub(r" +[A-Z_]+: \$\{\{ secrets\..*\n", "", names), command) for names, command in steps
    ]  # keys are none
    given = {(command, name) for names, command in [*settings, *hook] for name in re.findall(r"([A-Z_]+)[:=]", names)}

    assert given == {
        ("check-commits", "BASE"), ("check-commits", "TIP"), ("check-commits", "STAGED"), ("check-commits", "FORMAT"),
        ("fix", "STAGED"), ("check", "FORMAT"), ("check", "CONTENT"), ("publish", "SITEURL"), ("publish", "DOMAIN"),
        ("publish", "AUTOMATIC"), ("publish", "RESUME"), ("online", "SITEURL"), ("online", "DOMAIN"), ("online", "AUTOMATIC"),
        ("online", "LIMIT"), ("publish", "FORMAT"), *(("preview", name) for name in (
            "REQUEST", "TIP", "CONTENT", "SITEURL", "DOMAIN", "TO", "PREVIEWS", "DELETE", "FORMAT")),
    }  # fmt: skip
    assert {(command, name) for command, name in given if name not in tasks.COMMANDS[command].settings} == set()


def test_only_changes_that_nobody_has_accepted_are_checked_without_the_right_to_publish():
    text = (ROOT / ".github/workflows/pull-request.yml").read_text("utf-8")

    assert "pull_request:" in text
    assert not re.search(r"pull_request_target|secrets\.|: write", text)


def test_a_request_is_shown_by_the_program_of_the_main_branch_and_only_from_a_branch_of_this_repository():
    """So neither a fork nor the code of a request ever gets the key of the previews' repository."""
    for path in ROOT.glob(".*/workflows/preview.yml"):
        text, (job,) = path.read_text("utf-8"), jobs(path)
        program, request = (step for step in job["steps"] if "actions/checkout@" in step.get("uses", ""))

        assert job["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
        assert "pull_request_target" not in text
        assert program["with"]["ref"] == "${{ github.event.pull_request.base.ref }}"
        assert "path" not in program["with"]
        assert (request["with"]["path"], request["with"]["persist-credentials"]) == ("request", False)
        assert [step["run"] for step in job["steps"] if "run" in step] == ["python3 tasks.py preview"]
        assert text.count("secrets.") == 1
    for name in ("request", "request-gone"):
        assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in GITLAB[name]["rules"][0]["if"]
        assert 'git clone --quiet --branch "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"' in "".join(GITLAB[name]["script"])


def jobs(path):
    return yaml.safe_load(path.read_text("utf-8"))["jobs"].values()


@pytest.mark.parametrize("path", [*WORKFLOWS, *FORGEJO], ids=lambda path: str(path.relative_to(ROOT)))
def test_each_job_has_a_limit_of_time_and_each_action_a_commit_beside_its_version(path):
    uses = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))

    assert [job["timeout-minutes"] for job in jobs(path)] == [30]
    assert uses
    assert [one for one in uses if not re.fullmatch(r"(\S+)@[0-9a-f]{40} # v[0-9.]+", "".join(one))] == []


def test_only_publishing_may_write_and_it_waits_for_another_publication():
    text = (ROOT / ".github/workflows/site.yml").read_text("utf-8")
    (job,) = jobs(ROOT / ".github/workflows/site.yml")

    assert re.findall(r": write", text) == [": write"]
    assert job["permissions"] == {"contents": "write"}
    assert job["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert job["if"] == "github.ref == 'refs/heads/main'"


def test_every_hour_a_run_publishes_what_fell_due_and_nothing_commits_to_keep_it_alive():
    started = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))[True]  # YAML 1.1 reads `on` so

    assert [re.fullmatch(r"\d+ \* \* \* \*", one["cron"]) is not None for one in started["schedule"]] == [True]
    for path in (*WORKFLOWS, *FORGEJO, ROOT / ".gitlab-ci.yml"):
        assert not re.search(r"git (commit|push)", path.read_text("utf-8"))


def test_what_runs_remember_is_kept_by_the_main_branch_alone_and_only_after_a_publication():
    (job,) = jobs(ROOT / ".github/workflows/site.yml")
    caches = [step for step in job["steps"] if "actions/cache/" in step.get("uses", "")]
    restore, save = (step["with"] for step in caches)

    assert [re.search("cache/(restore|save)@", step["uses"])[1] for step in caches] == ["restore", "save"]
    assert set(restore["path"].split()) == set(save["path"].split()) == REMEMBERED
    assert save["key"] == "site-${{ hashFiles('.cache/freshness.json') }}"
    assert restore["restore-keys"] == "site-"
    for path in (*ROOT.glob(".*/workflows/pull-request.yml"),):
        assert "cache" not in path.read_text("utf-8").casefold()


def test_forgejo_runs_what_github_runs():
    """Its linters are ours; actionlint knows no whole addresses, so the texts are compared."""
    for ours, theirs in zip(WORKFLOWS, FORGEJO, strict=True):
        expected = ours.read_text("utf-8").replace("runs-on: ubuntu-latest", "runs-on: docker")
        expected = re.sub(r"uses: actions/upload-artifact@.*", "uses: an action of its own", expected)
        expected = expected.replace("uses: actions/", "uses: https://github.com/actions/")
        found = re.sub(
            r"uses: https://data\.forgejo\.org/forgejo/upload-artifact@.*", "uses: an action of its own",
            theirs.read_text("utf-8"),
        )  # fmt: skip

        assert ours.name == theirs.name
        assert found.split("\n")[1:] == expected.split("\n")[1:]


def test_gitlab_gives_commands_settings_that_they_take():
    ours = {name: job for name, job in GITLAB.items() if isinstance(job, dict) and "script" in job}
    commands = {name: re.findall(r"tasks\.py ([a-z-]+)", "\n".join(job["script"])) for name, job in ours.items()}

    assert commands == {
        "preview": ["check-commits", "check", "html"], "publish": ["publish"], "pages": ["online"], "online": ["online"],
        "request": ["preview"], "request-gone": ["preview"],
    }  # fmt: skip
    for name, job in ours.items():
        for setting in job.get("variables", {}).keys() - {"GIT_STRATEGY"}:  # which is GitLab's
            takes = [setting in tasks.COMMANDS[command].settings for command in commands[name]]
            assert setting in GENERIC or all(takes)
            assert any(setting in tasks.COMMANDS[command].settings for command in commands[name])


def test_gitlab_publishes_one_at_a_time_and_a_merge_request_touches_no_cache():
    assert (GITLAB["publish"]["resource_group"], GITLAB["pages"]["resource_group"]) == ("publish", "publish")
    assert {name for name, job in GITLAB.items() if "cache" in job} == {"publish"}
    assert set(GITLAB["publish"]["cache"]["paths"]) == REMEMBERED
    assert GITLAB["default"]["timeout"] == "30 minutes"


@pytest.mark.long
@actionlint
def test_actionlint_finds_nothing_in_the_workflows_and_the_fault_in_a_broken_one(tmp_path):
    def lint(pattern):
        command = ["node", str(ACTIONLINT), pattern]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    broken = (ROOT / ".github/workflows/site.yml").read_text("utf-8").replace("inputs.resume", "inputs.nothing")
    (tmp_path / "broken.yml").write_text(broken, "utf-8")

    assert lint(".github/workflows/*.yml")[0] == 0
    status, words = lint(str(tmp_path / "broken.yml"))
    assert (status, "nothing" in words) == (1, True)


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
