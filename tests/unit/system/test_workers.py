"""Forks are made in processes of their own: the tests' workers have threads, and a fork of those may hang."""

import os
import sys

import pytest

from hromada.system import workers
from hromada.system.workers import WorkerFailed, parallel_map, worker_count
from tests.unit.storage.separate_processes import run

SQUARES = """
import sys
from hromada.system.workers import parallel_map

count, jobs, chunk = map(int, sys.argv[1:])
print(sorted(parallel_map(range(count), lambda task: task * task, jobs, str, chunk)))
"""
MEANWHILE = """
import time
from hromada.system.workers import parallel_map

taken = []
steps = (taken.append(number) for number in range(1000))
print(sorted(parallel_map(range(4), lambda task: time.sleep(0.2) or task, 2, str, 1, idle_steps=steps)), taken == list(range(1000)))
endless = iter(lambda: 1, 0)
print(sorted(parallel_map(range(4), lambda task: time.sleep(0.05) or task, 2, str, 1, idle_steps=endless)))
taken = []
print(list(parallel_map(range(4), abs, 1, str, idle_steps=(taken.append(number) for number in range(1000)))), taken == list(range(4)))
"""
FAILING = """
import multiprocessing, os, signal, sys
from hromada.system.workers import WorkerFailed, parallel_map

def work(task):
    if task == 17:
        how()
    return task

def raise_(): raise ValueError("seventeen is bad")
def exit_(): sys.exit(3)
def kill(): os.kill(os.getpid(), signal.SIGKILL)

how = {"raise": raise_, "exit": exit_, "kill": kill}[sys.argv[1]]
try:
    for result in parallel_map(range(40), work, int(sys.argv[2]), "task {}".format, int(sys.argv[3])):
        pass
except WorkerFailed as failed:
    print(failed)
for worker in multiprocessing.active_children():
    worker.join()
"""
PROCESSES = """
import os
from hromada.system.workers import parallel_map

here = os.getpid()
print(len(set(parallel_map(range(64), lambda task: os.getpid(), 2, str, 1)) - {here}) in (1, 2))
print(set(parallel_map(range(64), lambda task: os.getpid(), 1, str, 1)) == {here})
print(set(parallel_map(range(16), lambda task: os.getpid(), 2, str, 16)) == {here})
"""
CHILD = """
import os, sys, threading
from hromada.system.workers import call_in_child

here = os.getpid()
def work():
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    return os.getpid(), threading.active_count()

process, threads = call_in_child(work, int(sys.argv[1]))
print(process != here, threads, threading.active_count())
"""
UNPICKLABLE = """
from hromada.system.workers import WorkerFailed, parallel_map

try:
    list(parallel_map(range(4), lambda task: (lambda: task), 2, "task {}".format, 1))
except WorkerFailed as failed:
    print(failed)
"""
ABANDONED = """
import multiprocessing
from hromada.system.workers import parallel_map

results = parallel_map(range(100_000), lambda task: "x" * 1000, 2, str, 1)
print(len(next(results)))
results.close()
for worker in multiprocessing.active_children():
    worker.join()
print(multiprocessing.active_children())
"""


@pytest.mark.parametrize(("count", "chunk"), [(0, 1), (1, 1), (2, 1), (15, 16), (16, 16), (17, 16), (33, 16), (500, 7)])
def test_two_processes_give_what_one_gives(count, chunk):
    expected = [task * task for task in range(count)]

    assert list(parallel_map(range(count), lambda task: task * task, 1, str, chunk)) == expected
    assert run(SQUARES, count, 2, chunk) == f"{expected}\n"


def test_more_processes_than_tasks_give_every_task_once():
    assert run(SQUARES, 3, 8, 1) == "[0, 1, 4]\n"


def test_threads_of_a_child_are_not_in_its_parent():
    assert run(CHILD, 2) == "True 2 1\n"
    assert run(CHILD, 1) == "False 2 2\n"


def test_work_that_is_worth_it_is_done_elsewhere():
    assert run(PROCESSES) == "True\nTrue\nTrue\n"


@pytest.mark.parametrize("chunk", [1, 16])
def test_a_task_that_raises_is_named_with_its_traceback(chunk):
    said = run(FAILING, "raise", 2, chunk)

    assert said.startswith("task 17: Traceback (most recent call last)")
    assert "in raise_" in said
    assert said.rstrip().endswith("ValueError: seventeen is bad")


@pytest.mark.parametrize("how", ["kill", "exit"])
@pytest.mark.parametrize("chunk", [1, 16])
def test_a_task_whose_worker_dies_is_named(how, chunk):
    assert run(FAILING, how, 2, chunk) == "task 17: the worker died\n"


def test_a_result_that_cannot_be_sent_names_its_task():
    said = run(UNPICKLABLE)

    assert said.startswith("task ")
    assert "Traceback" in said


def test_results_that_nobody_wants_end_the_workers():
    assert run(ABANDONED) == "1000\n[]\n"


def test_one_process_names_the_task_that_raised():
    def work(task):
        return 1 // (task - 2)

    with pytest.raises(WorkerFailed, match=r"task 2: ZeroDivisionError") as failed:
        list(parallel_map(range(5), work, 1, "task {}".format))

    assert isinstance(failed.value.__cause__, ZeroDivisionError)


def test_one_process_works_only_as_far_as_it_is_asked():
    done = []
    results = parallel_map(range(5), done.append, 1, str)
    next(results)

    assert done == [0]


def test_as_many_processes_are_used_as_are_asked_for(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 2, 5}, raising=False)
    monkeypatch.setattr(workers, "_has_threads", lambda: False)

    assert [worker_count(jobs) for jobs in (0, 1, 2, 64)] == [3, 1, 2, 64]


def test_a_process_with_threads_forks_nothing(monkeypatch):
    monkeypatch.setattr(workers, "_has_threads", lambda: True)

    assert worker_count(4) == 1


@pytest.mark.parametrize("platform", ["darwin", "win32", "freebsd14"])
def test_off_linux_one_process_is_used(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)

    assert [worker_count(jobs) for jobs in (0, 1, 8)] == [1, 1, 1]


def test_steps_are_taken_while_no_worker_has_a_result():
    assert run(MEANWHILE) == "[0, 1, 2, 3] True\n[0, 1, 2, 3]\n[0, 1, 2, 3] True\n"
