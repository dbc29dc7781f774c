"""`make online`: whether the site's address shows the last publication, how old what it shows is, and what to do if not."""

from __future__ import annotations

from hromada.commands.site_address import known_address
from hromada.console.messages import EXIT_FAILED, EXIT_OK, print_error, print_lines
from hromada.console.options import Options
from hromada.domain.web_address import is_sample_address
from hromada.online.site_answer import Diagnosis, State, diagnosis_in_words
from hromada.publish.history import history
from hromada.publish.online_check import shown_lines, wait_until_shown
from hromada.publish.repository import PublicationRefused
from hromada.system.web_request import ask


def online(options: Options) -> int:
    """Ask the site's address for the published version until it is there or LIMIT seconds are over."""
    try:
        known = history(options.root)
    except PublicationRefused as refused:
        print_error(str(refused))
        return refused.exit_status
    if not known or not known[0].version:
        print_error(
            "Немає чого питати: сайту ще не публікували або його публікація не має версії. Спершу: make publish"
        )
        return EXIT_FAILED
    address = known_address(options)
    if not address or (is_sample_address(address) and not options.siteurl):
        print_error(
            f"Адреси сайту не вказано{f', стоїть зразок {address}' if address else ''}: питати ніде. Впишіть її до publishconf.py"
            " або дайте у виклику: make online SITEURL=https://<адреса сайту>"
        )
        return EXIT_OK if options.automatic else EXIT_FAILED

    def report(found: Diagnosis) -> None:
        print_lines(f"Поки що {diagnosis_in_words(found, address)}; питаю ще, до {options.limit} с…")

    found = wait_until_shown(address, known[0].version, options.limit, ask=ask, report=report)
    lines = shown_lines(found, address, known)
    if found.state is State.SHOWN:
        print_lines(*lines)
        return EXIT_OK
    print_error(*lines)
    return EXIT_FAILED
