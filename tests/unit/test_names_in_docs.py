"""The documents and comments name code that exists: modules, functions, classes, files; the picture of the packages is the contract's."""

import ast
import re
import tokenize
import tomllib
from functools import cache

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "plugins/hromada"
DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("[a-z]*.md")),
    *sorted((ROOT / "docs/decisions").glob("*.md")),
]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
PACKAGES = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
# Files beside a report are called as the package is: `report.pdf`.
_FILES = ("pdf", "docx", "xlsx", "json", "csv", "typ", "html", "md")
_FOLDERS = (
    "tests/",
    "theme/",
    "plugins/",
    "docs/",
    "bench/",
    "requirements/",
    "hooks/",
    ".github/",
    ".ci/",
    ".vscode/",
)


def code_in(text):
    """What stands in backticks, but for blocks of code."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def names_in(text):
    """Dotted names of code that begin with a package of ours."""
    for code in code_in(text):
        found = re.fullmatch(r"(?:hromada\.)?(([a-z]+)(?:\.\w+)+)(?:\(\))?", code)
        if found and found[2] in PACKAGES and code.rpartition(".")[2] not in _FILES:
            yield found[1]


def exists(name):
    """Whether a dotted name is a module, or is defined in one: a function, a class, a constant, a member of a class."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        path = PACKAGE.joinpath(*parts[:length])
        if path.with_suffix(".py").exists():
            return is_defined(definitions(path.with_suffix(".py")), parts[length:])
        if (path / "__init__.py").exists():
            return length == len(parts)
    return False


def is_defined(known, names):
    for name in names:
        if name not in known:
            return False
        known = known[name]
    return True


@cache
def definitions(path):
    return members(ast.parse(path.read_text("utf-8")))


def members(node):
    """The names that a module or a class defines, with their own members."""
    known = {}
    for one in node.body:
        match one:
            case ast.FunctionDef(name=name):
                known[name] = {}
            case ast.ClassDef(name=name):
                known[name] = members(one)
            case ast.AnnAssign(target=ast.Name(id=name)):
                known[name] = {}
            case ast.Assign(targets=targets):
                known |= {target.id: {} for target in targets if isinstance(target, ast.Name)}
    return known


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_code_that_a_document_names_exists(path):
    assert [name for name in names_in(path.read_text("utf-8")) if not exists(name)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_of_the_project_that_a_document_names_exist(path):
    files = [code.partition("::")[0] for code in code_in(path.read_text("utf-8")) if code.startswith(_FOLDERS)]

    assert [name for name in files if not re.search(r"[*<…\s]", name) and not (ROOT / name).exists()] == []


def test_a_name_that_does_not_exist_is_noticed():
    text = "`content.folder_reader` `content.folder_reader.load_content()` `domain.item.Item.location` `report.pdf` `domain.nobody` `content.folder_reader.nothing` `domain.item.Item.nothing`"

    assert [name for name in names_in(text) if not exists(name)] == [
        "domain.nobody",
        "content.folder_reader.nothing",
        "domain.item.Item.nothing",
    ]


# Folders of a site are called so, too: `content/news`, `pages/kontakty.md`.
_AMBIGUOUS = {"content", "demo", "pages"}


def comments_of(path):
    """The comments and docstrings of a Python file, each with its line."""
    with path.open("rb") as file:
        tokens = [*tokenize.tokenize(file.readline)]
    return [
        (token.start[0], token.string)
        for token in tokens
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.string.startswith('"""'))
    ]


def modules_in(comment):
    """Names of our modules as comments have them: `render/links`, `pictures/ratios.py`, `build.site_outputs`."""
    for room, name in re.findall(r"(?<![\w/.])([a-z]+)/([a-z_/]+)(?:\.py)?\b", comment):
        if room in PACKAGES - _AMBIGUOUS:
            yield f"{room}.{name.strip('/').replace('/', '.')}"
    yield from names_in(comment)


@pytest.mark.parametrize("room", sorted(PACKAGES))
def test_modules_that_a_comment_names_exist(room):
    comments = [(path, *comment) for path in sorted((PACKAGE / room).rglob("*.py")) for comment in comments_of(path)]

    assert [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, line, text in comments
        for name in modules_in(text)
        if not exists(name)
    ] == []


def layers():
    """The contract of import-linter: the packages from the top down, those beside each other together."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    whole, of_report = (one["layers"] for one in contracts if one["type"] == "layers")
    rooms = [layer.replace("hromada.", "").split(" | ") for layer in whole if "hromada." in layer]
    return rooms, [layer.split(" | ") for layer in of_report]


def test_the_picture_of_the_packages_is_the_contract_of_the_imports():
    picture = re.search(r"^```mermaid\n(.*?)^```", ARCHITECTURE, re.DOTALL | re.MULTILINE)[1]
    inside = {
        name: body.split()
        for name, body in re.findall(r"subgraph (\w+)\n +direction \w+\n(.*?)\n +end", picture, re.DOTALL)
    }
    arrows = [
        [side.split(" & ") for side in line] for line in re.findall(r"^ +(\w.*) --> (\w.*)$", picture, re.MULTILINE)
    ]
    drawn = [arrows[0][0], *(below for _, below in arrows)]

    assert [above for above, _ in arrows] == drawn[:-1]
    assert [inside.get(layer[0], layer) for layer in drawn] == layers()[0]


def test_every_package_has_one_sentence_in_the_order_of_the_picture():
    rows = re.findall(r"^\| `([a-z]+)` \| ([^|]+) \|$", ARCHITECTURE, re.MULTILINE)

    assert [name for name, _ in rows] == [name for layer in layers()[0] for name in layer]
    assert {name for name, _ in rows} == PACKAGES
    assert [name for name, words in rows if not re.fullmatch(r"(?:`[^`]+`|[^`.]|\.(?=\w))+\.", words)] == []


def test_the_order_inside_of_the_report_is_the_contract_of_its_imports():
    order = re.search(r"^Inside of `report` the order is: (.+)\.$", ARCHITECTURE, re.MULTILINE)[1]

    assert [layer.split(" | ") for layer in order.replace("`", "").split(" > ")] == layers()[1]


def test_the_steps_of_a_build_stand_in_their_order_and_are_functions():
    table = ARCHITECTURE.split("## The steps of a build")[1].split("\n## ")[0]
    steps = re.findall(r"^\| ([a-z]+) \| [^|]+ \| `([\w.]+)`", table, re.MULTILINE)
    pipeline = (ROOT / "plugins/hromada/build/pipeline.py").read_text("utf-8")

    assert [name for name, _ in steps] == re.findall(r"[a-z]+", pipeline.split("A build: ")[1].split(".")[0])
    assert [(name, where) for name, where in steps if where.rpartition(".")[2] != name] == []


def test_every_term_of_the_glossary_says_where_it_is_in_the_code():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)
    terms = [row for row in rows if row[0] not in ("Term", "---") and not set(row[0]) <= set("-: ")]

    assert len(terms) > 30
    assert [row[0] for row in terms if not [*names_in(row[3])] and not re.search(r"`[a-z./]+`", row[3])] == []
    assert [row[0] for row in terms if not re.search("[а-яіїєґ]", row[1], re.IGNORECASE)] == []


def test_every_task_of_a_maintainer_says_what_to_open():
    table = (ROOT / "docs/maintainers.md").read_text("utf-8").split("## To do X, open Y")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z][^|]+) \| ([^|]+) \|", table, re.MULTILINE)[1:]  # the first is the table's head

    assert len(rows) >= 20
    assert [task for task, where in rows if not re.search(r"`[a-z]+[./][\w./-]+`", where)] == []


def test_the_list_of_decisions_has_each_with_its_title_and_date():
    pages = sorted((ROOT / "docs/decisions").glob("0*.md"))
    heads = [
        re.match(r"# (\d{4})\. (.+)\n\nDate: ([\d-]+)\. Status: accepted", page.read_text("utf-8")) for page in pages
    ]
    rows = re.findall(
        r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \| ([\d-]+) \|$",
        (ROOT / "docs/decisions/README.md").read_text("utf-8"),
        re.MULTILINE,
    )

    assert rows == [(head[1], page.name, head[2], head[3]) for page, head in zip(pages, heads, strict=True)]


def headings_of(path):
    """The anchors that a git host gives the headings of a page."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.casefold()) for head in re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    return {head.strip().replace(" ", "-") for head in plain}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_into_a_page_lead_to_a_heading(path):
    links = re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", path.read_text("utf-8"))

    assert [
        (page, anchor) for page, anchor in links if anchor not in headings_of(path.parent / page if page else path)
    ] == []
