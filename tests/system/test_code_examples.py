"""Every documented example is run: the bad one gives exactly the printed messages, the good one none at all."""

import os

import pytest

from hromada.commands import dispatch as commands
from tests.codes import File, Section, sections
from tests.system.clones import git
from tests.system.example_files import APPROVAL, DEAD_LINK, PIPE, bytes_of
from tests.system.test_approval import SIGNED
from tests.unit.test_documented_codes import ELSEWHERE

COMMON, SECTIONS = sections()
EXAMPLES = [pytest.param(one, id=one.code) for one in SECTIONS if one.code not in ELSEWHERE]


def written(site, section: Section, own: list[File]) -> None:
    """The files of one half of an example, over those that every example has."""
    files = {file.path: file for file in (*COMMON, *section.both, *own)}
    for path, file in files.items():
        if file.made in (DEAD_LINK, PIPE):
            place = site.content / path.removeprefix("content/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(site.folder / "nema") if file.made == DEAD_LINK else os.mkfifo(place)
        elif file.made != APPROVAL:
            site.write(path.removeprefix("content/"), bytes_of(file))


def signed(site, section: Section, path: str) -> bytes:
    """The approval of the good example, as `make approve` writes it; the site's content is as it was before."""
    written(site, section, section.good)
    git(site.folder, "init", "-q")
    git(site.folder, "add", "content")
    git(site.folder, "commit", "-qm", "Зміст")
    assert site.run(commands.approve, period="2021-H2", **SIGNED)[0] == 0
    approval = (site.content / path.removeprefix("content/")).read_bytes()
    for name in (".git", "content"):
        (site.folder / name).rename(site.folder / f"approved-{name}")
    return approval


def said(site, section: Section, own: list[File]) -> list[str]:
    """The lines of `make check`, without the verdict."""
    approvals = {file.path for file in (*section.both, *own) if file.made == APPROVAL}
    bytes_by_path = {path: signed(site, section, path) for path in approvals}
    written(site, section, own)
    for path, data in bytes_by_path.items():
        site.write(path.removeprefix("content/"), data)
    status, out, err = site.run(commands.check, everything=True)
    *lines, verdict = out.splitlines()

    assert (status, err) == (2 if any(": попередження: " not in line for line in lines) else 0, ""), verdict
    return lines


@pytest.mark.parametrize("section", EXAMPLES)
def test_a_bad_example_gives_exactly_the_printed_messages(site, section):
    assert section.bad or section.both
    assert any(message.endswith(f"[{section.code}]") for message in section.messages)
    assert said(site, section, section.bad) == section.messages


@pytest.mark.parametrize("section", EXAMPLES)
def test_a_good_example_gives_none(site, section):
    assert section.good
    assert said(site, section, section.good) == []
