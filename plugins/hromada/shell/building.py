"""From a call to a built folder: read, check, decide whether anything changed, let Pelican draw."""

from __future__ import annotations

import contextlib
import io
import logging

from hromada.shell.approval_history import rewritten
from hromada.shell.call import Call
from hromada.shell.edition import Edition, prepare
from hromada.shell.fingerprint import inputs_digest, is_current
from hromada.shell.output import Output
from hromada.shell.speaking import DONE, FAILED, complain, print_refusal, say, warn
from hromada.shell.verification import broken_links


def edition_of(call: Call) -> Edition:
    return prepare(call.content, call.settings(), call.clock, call.cache)


def inputs_of(call: Call) -> str:
    conf = call.root / call.conf
    text = repr(call.settings()) + call.conf
    return inputs_digest(call.content, call.root, call.theme, text, [conf, call.root / "pelicanconf.py"])


def say_what_waits(edition: Edition) -> None:
    """The build ends with what is written but not due yet: nobody wonders where it is."""
    waiting = [
        item
        for item in edition.site.items
        if item.is_dated and item.status != "draft" and not item.is_built(edition.clock)
    ]
    if waiting:
        say("Чекають своєї дати:", *(f"  {item.when:%d.%m.%Y}  {item.title}  ({item.path})" for item in waiting))


def run_pelican(call: Call, edition: Edition, inputs: str, *, owned: bool = False) -> Output:
    """Build an edition without errors by Pelican; an exception means that we are at fault."""
    from pelican import Pelican
    from pelican.log import init as init_logging
    from pelican.settings import read_settings

    # Pelican's functions are partly untyped.
    init_logging(level=logging.ERROR, fatal="errors", name="pelican")
    settings = read_settings(
        str(call.root / call.conf),
        override={
            "PATH": str(call.content),
            "OUTPUT_PATH": str(call.output),
            "THEME": str(call.theme),
            "CACHE_PATH": str(call.cache),
            "PLUGIN_PATHS": [str(call.root / "plugins")],
            "HROMADA_EDITION": edition,
            "HROMADA_INPUTS": inputs,
            "HROMADA_OWNS_OUTPUT": owned,
        },
    )
    pelican = Pelican(settings)
    with contextlib.redirect_stdout(io.StringIO()):  # its English summary counts what it was given, not what we count
        pelican.run()
    output: Output = pelican.settings["HROMADA_DESK"].output
    return output


def build_for_publishing(call: Call) -> int:
    """The production build, verified link by link; anything not ours in its folder is removed."""
    inputs = inputs_of(call)
    if not is_current(Output(call.output, call.cache), inputs, call.clock):
        edition = edition_of(call)
        if edition.errors:
            return print_refusal(edition.problems, "text")
        warn([*edition.problems, *rewritten(call.content, edition.content.approvals.values())])
        run_pelican(call, edition, inputs, owned=True)
        say_what_waits(edition)
    broken = broken_links(call.output, call.settings().base)
    if broken:
        complain(*broken, f"У побудованому сайті є посилання в нікуди: {len(broken)}. Не опубліковано.")
        return FAILED
    return DONE
