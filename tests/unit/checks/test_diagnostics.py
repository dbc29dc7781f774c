"""What `make doctor` finds in facts: a line of each check, and what no test of a real clone can make."""

import pytest
from msgspec.structs import replace

from hromada.checks.diagnostics import (
    CODES,
    CheckGroup,
    CloneFacts,
    Finding,
    FindingLevel,
    MachineFacts,
    RemoteFacts,
    SiteFacts,
    findings,
    schedule_note,
)

MACHINE = MachineFacts((3, 12), (2, 39, 5), 80_000_000_000, (2, 3))
CLONE = CloneFacts(identity=("Редактор", "r@hromada.invalid"), hooks="hooks", upstream="origin/main", has_origin=True)
REMOTE = RemoteFacts(is_published=True, idle_days=3)
SITE = SiteFacts(
    "https://rada.zrazok.ua", has_store=True, published_bytes=5_000_000, is_asked=True, skew=1.0, reviews=()
)


def levels(machine=MACHINE, clone=CLONE, remote=REMOTE, site=SITE):
    return {finding.code: finding.level for finding in findings(machine, clone, remote, site)}


def test_where_nothing_is_wrong_every_check_says_so_once():
    found = findings(MACHINE, CLONE, REMOTE, SITE)

    assert [finding.code for finding in found] == list(CODES)
    assert {finding.level for finding in found} == {FindingLevel.GOOD}
    assert "" not in {finding.words for finding in found}


def test_each_check_has_a_code_of_its_own():
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize(
    ("changes", "code", "level"),
    [
        ({"python": (3, 10)}, "python", FindingLevel.FAULT),
        ({"git": ()}, "git", FindingLevel.FAULT),
        ({"git": (2, 37, 9)}, "git", FindingLevel.FAULT),
        ({"git": (2, 38)}, "git", FindingLevel.GOOD),
        ({"free_bytes": 499_999_999}, "disk-space", FindingLevel.FAULT),
        ({"free_bytes": 500_000_000}, "disk-space", FindingLevel.NOTE),
        ({"free_bytes": 2_000_000_000}, "disk-space", FindingLevel.GOOD),
        ({"kyiv_hours": (2, 2)}, "time-zone", FindingLevel.FAULT),
        ({"other_libraries": ("nh3 0.1 замість 0.3",)}, "libraries", FindingLevel.FAULT),
        ({"unwritable": (".git",)}, "rights", FindingLevel.FAULT),
    ],
)
def test_faults_of_the_computer_are_told_from_what_is_good(changes, code, level):
    found = levels(machine=replace(MACHINE, **changes))

    assert found[code] is level
    assert {other for other, its in found.items() if its is not FindingLevel.GOOD} <= {code}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"system": "nt"}, "file-names"),
        ({"system": "darwin", "precompose": "false"}, "file-names"),
        ({"autocrlf": "TRUE"}, "line-endings"),
    ],
)
def test_settings_of_git_that_harm_on_another_system_are_noted(changes, code):
    assert levels(clone=replace(CLONE, **changes))[code] is FindingLevel.NOTE


def test_line_ends_are_converted_on_windows_on_purpose():
    assert (
        levels(clone=replace(CLONE, system="nt", longpaths="true", autocrlf="true"))["line-endings"]
        is FindingLevel.GOOD
    )


@pytest.mark.parametrize(
    ("changes", "code", "level"),
    [
        ({"published_bytes": 800_000_000}, "host-limit", FindingLevel.GOOD),
        ({"published_bytes": 810_000_000}, "host-limit", FindingLevel.NOTE),
        ({"skew": 120.4}, "clock", FindingLevel.GOOD),
        ({"skew": 121.0}, "clock", FindingLevel.FAULT),
        ({"skew": -7_200.0}, "clock", FindingLevel.FAULT),
    ],
)
def test_the_limits_of_a_site_are_exact(changes, code, level):
    assert levels(site=replace(SITE, **changes))[code] is level


def test_a_clock_is_said_to_be_fast_or_slow_by_minutes():
    words = [
        finding.words
        for skew in (300.0, -7_200.0)
        for finding in findings(MACHINE, None, None, replace(SITE, skew=skew))
        if finding.code == "clock"
    ]

    assert [" поспішає на 5 хв" in words[0], " відстає на 120 хв" in words[1]] == [True, True]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ""), (44, ""), (45, "45\N{NO-BREAK SPACE}днів: після 60 днів"), (51, "51\N{NO-BREAK SPACE}день: після"),
        (59, "вимикає"), (60, "уже міг вимкнути"), (400, "Enable workflow"),
    ],
)  # fmt: skip
def test_a_schedule_that_the_host_will_stop_is_named_two_weeks_before(days, words):
    assert words in schedule_note(days)
    assert bool(schedule_note(days)) == bool(words)


def test_what_is_due_to_be_looked_at_again_is_named_the_first_five():
    one, many = SiteFacts("https://a.example", reviews=("a.md",)), SiteFacts("https://a.example", reviews=("a.md",) * 7)
    found = {finding.code: finding for finding in findings(MACHINE, None, None, one)}["reviews"]

    assert (found.level, found.words) == (FindingLevel.NOTE, "настав день переглянути: a.md")
    assert levels(site=many)["reviews"] is FindingLevel.NOTE
    assert levels(site=SiteFacts("https://a.example", reviews=()))["reviews"] is FindingLevel.GOOD


def test_what_is_not_known_is_not_judged():
    assert {finding.group for finding in findings(MACHINE, None, None, None)} == {CheckGroup.MACHINE}
    assert (
        levels(site=SiteFacts("https://rada.zrazok.ua")).keys() & {"clock", "online", "host-limit", "store", "reviews"}
        == set()
    )
    assert levels(remote=RemoteFacts({"origin-unreachable": "…"})).keys() & {"push", "history", "published"} == set()


def test_a_line_has_the_level_the_words_the_code_and_the_advice():
    lines = Finding(
        CheckGroup.CLONE, "locks", FindingLevel.FAULT, "лишилися файли:\n    a.lock", "видаліть їх"
    ).as_lines()

    assert lines == [
        "  вада    лишилися файли: [locks]",
        "          a.lock",
        "          Що робити: видаліть їх",
    ]
