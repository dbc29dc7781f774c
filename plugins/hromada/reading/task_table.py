"""Reads tasks.toml, the tasks of the home page."""

from __future__ import annotations

from hromada.domain.problem import Problem
from hromada.domain.task import LONGEST_HINT, LONGEST_TITLE, MOST_TASKS, Task
from hromada.reading.toml_file import TomlFile

TASKS = "content/tasks.toml"
_KEYS = ("title", "link", "hint")


def read_tasks(raw: bytes) -> tuple[tuple[Task, ...], list[Problem]]:
    """The tasks in the order of the file; one that lacks its title or link is refused."""
    toml = TomlFile(TASKS, raw)
    toml.unknown(toml.data, ("task",))
    tasks = []
    for part, table in toml.tables("task"):
        part.unknown(table, _KEYS)
        task = Task(
            part.text(table, "title"), part.text(table, "link"), part.text(table, "hint"), part.line_of_key("title")
        )
        for key, value in (("title", task.title), ("link", task.link)):
            if not value:
                part.refuse("[[task]]", "task-incomplete", f"завдання без поля «{key}»", f'додайте {key} = "…"')
        for key, value, longest in (("title", task.title, LONGEST_TITLE), ("hint", task.hint, LONGEST_HINT)):
            if len(value) > longest:
                part.refuse_line(
                    part.line_of_key(key), "task-too-long", f"поле «{key}» має {len(value)} знаків", f"скоротіть до {longest}"
                )  # fmt: skip
        tasks.append(task)
    if len(tasks) > MOST_TASKS:
        toml.refuse_line(
            tasks[MOST_TASKS].line, "tasks-too-many", f"завдань {len(tasks)}, а на головній вони мають бути видні одразу",
            f"лишіть найпотрібніші, до {MOST_TASKS}",
        )  # fmt: skip
    first: dict[str, Task] = {}
    for task in tasks:
        if task.title and first.setdefault(task.title, task) is not task:
            toml.refuse_line(task.line, "task-repeated", f"завдання «{task.title}» записано двічі", "лишіть одне")
    return tuple(tasks), toml.problems
