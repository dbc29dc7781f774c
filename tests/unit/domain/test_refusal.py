"""Whoever publishes from the window reads no word of git or of the terminal, whatever stops a publication or asks."""

import ast
import re

import pytest

from hromada.domain.refusal import FORCEABLE, REASONS, Refusal
from hromada.online.foreign_changes import ForeignChanges, ForeignFiles
from hromada.online.publication_guard import guard_refusals
from hromada.online.site_changes import SiteChanges
from hromada.online.site_location import Location, OnlineLocation, RequestedLocation, choose_location
from hromada.publish.withdrawals import withdrawn_refusals
from tests.conftest import ROOT

PACKAGE = ROOT / "plugins/hromada"
TERMINAL = re.compile(
    r"\b(?:make|git\w*|gh-pages|origin|FORCE|SITEURL|DOMAIN|CNAME|TO|HEAD|Enter|fatal|pyproject|publishconf)\b"
    r"|коміт|гілк|гілок|термінал|команд|[Нн]апишіть «|content/",
    re.IGNORECASE,
)
GONE = ("/news/a-2022-01-10/", "/files/zvit.pdf", *(f"/news/{number}/" for number in range(9)))


def _texts(node):
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _window_parts(tree):
    """What a module gives the window: `plain` of refusals, what makes it, and the window's side of questions and records."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")).removeprefix("_")
            if name in ("PublicationRefused", "Refusal"):
                yield from (*node.args[2:], *(key.value for key in node.keywords if key.arg == "plain"))
            elif name == "Question":
                yield from (key.value for key in node.keywords)
            elif name == "tell":
                yield from node.args
        elif isinstance(node, ast.Assign) and "plain" in ast.unparse(node.targets[0]).lower():
            yield node.value
        elif isinstance(node, ast.FunctionDef) and "plain" in node.name:
            yield from node.body


def window_texts():
    rooms = [
        *PACKAGE.glob("publish/**/*.py"),
        *PACKAGE.glob("online/*.py"),
    ]
    rooms += [PACKAGE / "commands/publish.py", PACKAGE / "commands/clone_steps.py"]
    trees = (ast.parse(path.read_text("utf-8")) for path in rooms)
    return sorted(
        {text for tree in trees for part in _window_parts(tree) for text in _texts(part) if " " in text.strip()}
    )


@pytest.mark.parametrize("code", REASONS)
def test_the_window_has_plain_words_for_every_code(code):
    words = Refusal(code, "make publish FORCE=1").for_window

    assert words.endswith(".")
    assert not TERMINAL.search(words)


def test_the_words_that_the_program_gives_the_window_beside_these_are_plain_too():
    texts = window_texts()

    assert len(texts) > 30
    assert [text for text in texts if TERMINAL.search(text)] == []


def test_the_script_of_the_window_speaks_plainly():
    script = (ROOT / "theme/admin/publication.js").read_text("utf-8")
    texts = re.findall(r"[\"`]([^\"`\n]*[а-яіїєґ][^\"`\n]*)[\"`]", script)

    assert len(texts) > 20
    assert [text for text in texts if TERMINAL.search(text)] == []


def refusals():
    """Each that names something of the site, made as a publication makes it."""
    yield from guard_refusals(SiteChanges(gone=GONE, bytes=990_000_000), GONE, (), ())
    yield from withdrawn_refusals(["news/a/index.html"], ())
    foreign = ForeignFiles(undone=("index.html",), unsure=("news/a/index.html",), dropped=("zvit.pdf",))
    yield from foreign.refusals(ForeignChanges(), "gh-pages", ())
    for address in ("https://rada.gov.ua", "https://dergachi.gov.ua/new"):
        wanted = RequestedLocation(Location(address), Location(), ())
        yield from choose_location(wanted, OnlineLocation("https://dergachi.gov.ua")).refusals


def test_what_vanishes_or_comes_back_is_named_in_plain_words():
    made = list(refusals())

    assert {refusal.code for refusal in made} == set(FORCEABLE)
    assert [refusal.for_window for refusal in made if TERMINAL.search(refusal.for_window)] == []
    named = [refusal.for_window for refusal in made if refusal.plain]
    assert named[0].split("\n")[1:3] == ["/news/a-2022-01-10/", "/files/zvit.pdf"]
    assert named[1].startswith("Зникнуть 10\u00a0сторінок")
    assert "\nnews/a/index.html" in "".join(named)
    assert named[-1].endswith("Зараз сайт за адресою https://dergachi.gov.ua, а був би за https://dergachi.gov.ua/new.")


@pytest.mark.parametrize("code", FORCEABLE)
def test_the_button_that_overrides_a_refusal_says_what_is_agreed_to(code):
    assert re.match(r"Так, \w", REASONS[code].consent)
