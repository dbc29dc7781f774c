"""The documents say what is true: commands, codes and components are compared with the code."""

import ast
import codecs
import re
from functools import cache

import pytest

import tasks
from hromada.checks.diagnostics import CODES as CODES_OF_CHECKS
from hromada.domain.header_fields import BY_KEY, COMMON, keys_of
from hromada.domain.item import STATUSES, Kind
from hromada.domain.law import POINTS
from hromada.domain.refusal import REASONS
from hromada.reading.columns import column_of
from hromada.verification.facts import CODES
from tests import codes
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text("utf-8")
MAINTAINERS = (ROOT / "docs/maintainers.md").read_text("utf-8")
# Where the code stands in a call that makes a problem; after it come its words and what to do.
MAKERS = {
    "Problem": 2, "warning": 2, "refuse": 1, "refuse_line": 1, "warn": 1, "TableRefused": 1, "PlaceholderRefused": 0, "word": 3, "refusal": 2,
    "MarkdownRefused": 1, "Fault": 0, "CellFault": 0, "WorkbookRefused": 0, "Remark": 1, "FileTypeFault": 0, "DateRefused": 1, "RecurrenceRefused": 1,
}  # fmt: skip


@cache
def calls_that_make_problems():
    """Each code that stands as a literal in the code's place of a call, with that call."""
    return tuple(_calls())


def _calls():
    for path in (ROOT / "plugins/hromada").rglob("*.py"):
        for options in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = getattr(options.func, "id", getattr(options.func, "attr", ""))
            place = MAKERS.get(name)
            if place is not None and len(options.args) > place and isinstance(options.args[place], ast.Constant):
                code = options.args[place].value
                if isinstance(code, str) and re.fullmatch(r"[a-z]+(-[a-z]+)*", code):
                    yield code, options


def codes_in_the_code():
    return {code for code, _ in calls_that_make_problems()}


def test_every_point_of_the_law_stands_in_the_handbook_and_in_the_starter_file():
    handbook = (ROOT / "docs/редакторам/оприлюднення.md").read_text("utf-8")
    starter = (ROOT / "content/law.toml").read_text("utf-8")

    assert re.findall(r"^\| `([a-z-]+)` \|", handbook, re.MULTILINE) == list(POINTS)
    assert re.findall(r"^([a-z-]+) = ", starter.split("[partly]")[0], re.MULTILINE) == list(POINTS)


HANDBOOK = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs/редакторам").glob("*.md"))}


@pytest.mark.parametrize("name", HANDBOOK)
def test_the_handbook_names_commands_and_settings_that_there_are(name):
    code = re.findall(r"```.*?```|`[^`]+`", HANDBOOK[name], re.DOTALL)
    calls = re.findall(r"(?:(?<!\w )make|tasks\.py) ([a-z-]+)((?: [A-Z_]+=(?:\"[^\"]*\"|\S+))*)", "\n".join(code))
    named = {(command, one) for command, words in calls for one in re.findall(r" ([A-Z_]+)=", words)}
    alone = re.findall(r"`([A-Z_]+)=", HANDBOOK[name])

    assert {command for command, _ in calls} <= tasks.COMMANDS.keys()
    assert {(command, one) for command, one in named if one not in tasks.COMMANDS[command].settings} == set()
    assert set(alone) <= set(tasks.SETTINGS)


def test_the_table_of_settings_tells_which_command_takes_which_setting():
    told, same = {}, set()
    for settings, commands in re.findall(r"^\| ((?:`[A-Z_]+=[^`]*` ?)+)\|[^|]+\| (.+) \|$", COMMANDS, re.MULTILINE):
        named = set(re.findall(r"`([a-z-]+)`", commands)) | (same if "the same" in commands else set())
        same = same or named
        told |= dict.fromkeys(re.findall(r"`([A-Z_]+)=", settings), named)

    assert told == {
        name: {command for command, one in tasks.COMMANDS.items() if name in one.settings} for name in tasks.SETTINGS
    }


@pytest.mark.parametrize("command", tasks.COMMANDS)
def test_help_and_documents_call_a_command_with_settings_that_it_takes(command):
    rows = re.findall(rf"^\| `make {command}[ `].*$", COMMANDS, re.MULTILINE)
    calls = re.findall(rf"\bmake {command}((?: [A-Z_]+=(?:\"[^\"]*\"|[^\s`]+))+)", README + COMMANDS + MAINTAINERS)
    text = f"{tasks.COMMANDS[command].words} {' '.join(rows + calls)}"

    assert rows
    assert set(re.findall(r"\b([A-Z_]+)=", text)) <= set(tasks.COMMANDS[command].settings)


def test_every_reason_against_a_publication_is_documented():
    """Codes of the content stand in the index of the check; these are of the clone and of the built site."""
    # What has no code of its own or is raised elsewhere; of one function with two.
    found = {"git-failed", "store-failed", "host-failed", "address-changed", *CODES}
    rooms = (
        "repository",
        "working_tree",
        "publishing",
        "publication_lock",
        "remote_push",
        "dry_run",
        "commit_coordinates",
        "branch_move",
        "local_commit",
        "remote_merge",
        "revert",
    )
    names = [f"publish/{name}" for name in rooms] + [
        "commands/clone_steps",
        "online/site_location",
        "online/foreign_changes",
        "online/publication_guard",
    ]
    for name in names:
        tree = ast.parse((ROOT / f"plugins/hromada/{name}.py").read_text("utf-8"))
        for options in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            place = {"PublicationRefused": 1, "add": 0, "Refusal": 0}.get(
                getattr(options.func, "id", getattr(options.func, "attr", ""))
            )
            if place is not None and len(options.args) > place and isinstance(options.args[place], ast.Constant):
                found.add(options.args[place].value)
    rows = re.findall(
        r"^\| `([a-z-]+)` \| .+ \|$", MAINTAINERS.split("## Publishing")[1].split("\n## ")[0], re.MULTILINE
    )

    assert rows == sorted(found)
    assert set(rows) == REASONS.keys()


def test_the_table_of_the_doctor_names_every_check_in_its_order():
    rows = re.findall(r"^\| `([a-z-]+)` \| .+ \| (?:fault|note) \|$", MAINTAINERS.split("## Doctor")[1], re.MULTILINE)

    assert rows == list(CODES_OF_CHECKS)


def test_the_handbook_tells_of_every_command_that_an_editor_has():
    text = "".join(HANDBOOK.values())
    developers = {
        "test",
        "test-fast",
        "soak",
        "mutants",
        "lint",
        "bench",
        "bench-photos",
        "bench-publish",
        "bench-search",
        "update-golden",
    }
    others = {
        "html",
        "clean",
        "demo",
        "lock",
        "photos-gc",
        "history-trim",
        "preview",
    } | developers  # preview: of workflows

    assert [name for name in tasks.COMMANDS.keys() - others if f"make {name}" not in text] == []


@pytest.mark.parametrize("name", ["новина.md", "подія.md"])
def test_the_handbook_names_fields_as_they_are_read(name):
    rows = re.findall(r"^\| `([^`]+)` \| `([a-z-]+)` \|", HANDBOOK[name], re.MULTILINE)

    assert rows
    assert [row for row in rows if row[0].casefold() not in BY_KEY[row[1]].synonyms] == []


def test_the_handbook_tells_of_every_field_of_a_news_item():
    rows = re.findall(r"^\| `[^`]+` \| `([a-z-]+)` \|", HANDBOOK["новина.md"] + HANDBOOK["подія.md"], re.MULTILINE)

    assert set(rows) == set(COMMON) - {"lang"}  # a translation's name says it


def test_the_handbook_names_fields_of_units_and_reports_as_they_are_read():
    unit = set(
        re.findall(r"`([a-z-]+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", HANDBOOK["підрозділ.md"], re.MULTILINE)))
    )
    report = set(re.findall(r"^\| `([a-z-]+)` \| (?!Структ)", HANDBOOK["звіт.md"], re.MULTILINE))

    assert unit == {*(set(keys_of(Kind.UNIT)) - set(COMMON)), "title", "date"}
    assert {*(set(keys_of(Kind.REPORT)) - set(COMMON)), "title", "status"} <= report


def test_the_handbook_names_statuses_and_columns_as_they_are_read():
    statuses = re.search(r"^\| `Стан` .*$", HANDBOOK["новина.md"], re.MULTILINE)[0]
    columns = re.findall(r"^\| `[a-z]+` \| [^|]+ \| ([^|]+) \|", HANDBOOK["журнали.md"], re.MULTILINE)

    assert set(re.findall(r"`([а-яі]+)`", statuses)) <= STATUSES.keys()
    assert len(columns) == 5
    assert [one for row in columns for one in row.split(", ") if not column_of(one)] == []


def test_the_pictures_of_the_handbook_are_small_and_all_in_use():
    pictures = {path.name: path.stat().st_size for path in (ROOT / "docs/img").iterdir()}
    text = "".join(HANDBOOK.values()) + README

    assert sum(pictures.values()) < 600_000
    assert [name for name in pictures if f"img/{name})" not in text] == []


def test_every_code_is_documented_and_no_other():
    documented = [row.code for row in codes.index()]

    assert documented == sorted(documented)
    by_kind = {"picture-missing", "link-broken", "same-title", "same-text"}  # one call makes either
    assert set(documented) - by_kind == codes_in_the_code() - by_kind


def test_the_table_of_commands_has_no_other_command():
    assert set(re.findall(r"^\| `make ([a-z-]+)", COMMANDS, re.MULTILINE)) == tasks.COMMANDS.keys()


@pytest.mark.parametrize("command", tasks.COMMANDS)
def test_every_command_stands_in_the_readme_the_table_and_the_makefile(command):
    assert re.search(rf"`?\bmake {command}\b(?!-)", README)
    assert len(re.findall(rf"^\| `make {command}[ `]", COMMANDS, re.MULTILINE)) == 1
    assert command in (ROOT / "Makefile").read_text("utf-8").split("TARGETS := ")[1].split("\n")[0].split()


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CHANGELOG.md"], ids=str
)
def test_links_between_documents_lead_somewhere(path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)\)", text)

    assert [link for link in links if not link.startswith("/") and not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=str)
def test_tables_are_whole(path):
    """A blank line in a table cuts it: what follows has no header, and is shown as its raw text."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    tables = re.findall(r"(?:^\|.*\n)+", text + "\n", re.MULTILINE)

    assert [table for table in tables if not re.match(r"\|.*\n\|(?: ?:?-+:? ?\|)+\n", table)] == []


def test_a_component_is_one_macro_file_and_one_stylesheet():
    templates = {path.stem for path in (ROOT / "theme/templates/components").glob("*.html")}
    styles = {path.stem for path in (ROOT / "theme/static/css/components").glob("*.css")}
    bundles = [(ROOT / "theme/static/css" / name).read_text("utf-8") for name in ("site.css", "special.css")]
    imported = [name for text in bundles for name in re.findall(r"components/([a-z-]+)\.css", text)]

    assert templates == styles == set(imported)
    assert len(imported) == len(set(imported))


def test_a_component_says_first_what_it_is():
    for path in (ROOT / "theme/templates/components").glob("*.html"):
        assert path.read_text("utf-8").startswith(f"{{#- components/{path.name} — ")


def test_colours_stand_in_the_tokens_alone():
    """The classes of pictures' colours are computed (tests/unit/pictures/test_placeholders.py)."""
    styles = [
        path for path in (ROOT / "theme/static/css").rglob("*.css") if path.name not in ("tokens.css", "tones.css")
    ]

    assert [path.name for path in styles if re.search(r"#[0-9a-f]{3,8}\b|rgb\(", path.read_text("utf-8"))] == []


def test_templates_have_no_inline_style_or_script():
    for path in (ROOT / "theme/templates").rglob("*.html"):
        text = re.sub(
            r"""<script (?:src="{{ "js/[a-z-]+\.js"\|asset }}" (?:defer|defer blocking="render"|async blocking="render")|type="module" src="{{ (?:"js/[a-z-]+\.js"\|asset|\(parts ~ "[a-z_]+\.js"\)\|url) }}")></script>""",
            "",
            path.read_text("utf-8"),
        )
        text = re.sub(
            r"""<script type="application/(?:ld\+)?json"[^>]*>{{ [^}]+ }}</script>""", "", text
        )  # data, no script
        assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=", text), path.name


def test_excel_reads_the_letters_of_every_table_that_we_ship():
    tables = sorted((ROOT / "content").rglob("*.csv"))

    assert len(tables) >= 4
    assert [path.name for path in tables if not path.read_bytes().startswith(codecs.BOM_UTF8)] == []


def test_the_starter_content_lacks_nothing_but_what_the_law_asks_for(tmp_path, capsys):
    from hromada.commands import dispatch as commands
    from hromada.console.options import Options

    assert (
        commands.check(Options.from_environment(ROOT, {"TODAY": "2026-11-22", "ALL": "1", "CACHE": str(tmp_path)})) == 0
    )
    said = capsys.readouterr().out.splitlines()
    assert all("[law-page-missing]" in line for line in said[:-1])
    assert said[-1].endswith("Сайт можна будувати.")
