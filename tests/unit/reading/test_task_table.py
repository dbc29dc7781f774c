"""What tasks.toml gives, and what is refused with its line."""

import pytest

from hromada.domain.task import Task
from hromada.reading.task_table import read_tasks

TASK = '[[task]]\ntitle = "{}"\nlink = "/units/"\n'


def faults(text):
    return [f"{one.line}: {one.message} [{one.code}]" for one in read_tasks(text.encode())[1]]


def test_tasks_come_in_the_order_of_the_file():
    text = '[[task]]\ntitle = "Б"\nlink = "/b/"\nhint = "бе"\n\n[[task]]\nlink = "https://a.example"\ntitle = "А"\n'

    assert read_tasks(text.encode()) == (
        (Task("Б", "/b/", "бе", 2), Task("А", "https://a.example", "", 8)),
        [],
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[task]]\ntitle = "x"\n', "1: завдання без поля «link» [task-incomplete]"),
        ('[[task]]\nlink = "/x/"\n', "1: завдання без поля «title» [task-incomplete]"),
        (TASK.format("щ" * 61), "2: поле «title» має 61 знаків [task-too-long]"),
        (TASK.format("x") + "hint = 5\n", "4: поле «hint» має бути текстом у лапках [toml-shape]"),
        (TASK.format("x") + "\n" + TASK.format("x"), "6: завдання «x» записано двічі [task-repeated]"),
        ("x = 1\n", "1: невідоме поле «x» [toml-unknown-key]"),
        (
            "".join(TASK.format(n) for n in range(9)),
            "26: завдань 9, а на головній вони мають бути видні одразу [tasks-too-many]",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(text, fault):
    assert faults(text) == [fault]


def test_eight_tasks_with_titles_of_sixty_letters_fit():
    assert faults("".join(TASK.format(f"{n}{'щ' * 59}") for n in range(8))) == []


def test_an_empty_file_has_no_tasks():
    assert read_tasks(b"") == ((), [])
