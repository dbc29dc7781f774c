"""`make undo`: takes the person's last change of the content back; with FILE, gives one file back as it was saved last."""

from __future__ import annotations

import sys

from hromada.commands.clone_steps import ask_who, opened_clone, print_lines_if
from hromada.console.messages import EXIT_FAILED, EXIT_OK, print_error, print_lines
from hromada.console.options import Options
from hromada.console.questions import AskInTerminal
from hromada.publish.repository import PublicationRefused
from hromada.publish.revert import plan_revert, restore_file, revert


def undo(options: Options) -> int:
    """Take the last own change of the content back, after a question on the terminal."""
    return undo_asking(options, input if sys.stdin.isatty() and sys.stdout.isatty() else None)


def undo_asking(options: Options, ask: AskInTerminal | None) -> int:
    """The same; `ask` is None if nobody can answer."""
    try:
        with opened_clone(options) as repository:
            if options.file:
                print_lines(restore_file(repository.git, options.content_path_of(options.file)))
                return EXIT_OK
            if ask is not None:
                ask_who(repository.git, ask)
            planned = plan_revert(repository.git)
            print_lines(*planned.as_lines())
            if options.dry_run:
                print_lines("Це лише перегляд: нічого не змінено.")
                return EXIT_OK
            if ask is None:
                print_error("Нічого не змінено: запустіть make undo в терміналі, він запитає.")
                return EXIT_FAILED
            if not _agrees(ask):
                print_lines("Нічого не змінено.")
                return EXIT_FAILED
            print_lines_if(revert(repository.git, repository.branch, planned))
    except PublicationRefused as refused:
        print_error(str(refused))
        return refused.exit_status
    print_lines("Скасовано. Щоб це побачили на сайті: make publish. Передумали – ще раз make undo.")
    return EXIT_OK


def _agrees(ask: AskInTerminal) -> bool:
    try:
        return ask("Скасувати? Напишіть «так»: ").strip().casefold() == "так"
    except EOFError:
        return False
