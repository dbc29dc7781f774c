"""What residents come to the site for: the tasks of the home page, as content/tasks.toml has them."""

from __future__ import annotations

from typing import NamedTuple

MOST_TASKS = 8
LONGEST_TITLE, LONGEST_HINT = 60, 90  # letters: two lines of a phone each


class Task(NamedTuple):
    """A task as the editor wrote it: `link` is a page of the site or an https address."""

    title: str
    link: str
    hint: str = ""
    line: int = 1


class TaskLink(NamedTuple):
    """A task with the address that it leads to: a site path, or another site's address."""

    title: str
    path: str
    hint: str
