"""Rules for tasks.toml: every task leads to a page that readers can open."""

from __future__ import annotations

from collections.abc import Iterable

from hromada.checks.link_rules import LinkBroken, Targets, find_ended_link, resolve_page
from hromada.domain.problem import Problem
from hromada.domain.task import Task, TaskLink


def resolve_tasks(path: str, tasks: Iterable[Task], targets: Targets) -> tuple[tuple[TaskLink, ...], list[Problem]]:
    """The tasks with their addresses, without those that lead nowhere, which are problems of the file at `path`."""
    links, problems = [], []
    for task in tasks:
        if not (task.title and task.link):
            continue  # refused by the reader
        try:
            address = resolve_page(task.link, path, targets)
        except LinkBroken as broken:
            problems.append(Problem(path, task.line, "task-link", f"завдання «{task.title}»: {broken}", broken.fix))
            continue
        links.append(TaskLink(task.title, address, task.hint))
        problems += find_ended_link(path, task.line, f"завдання «{task.title}»", address, targets)
    return tuple(links), problems
