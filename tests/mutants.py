"""`make mutants`: do the tests notice when the count is changed? Every small change of its code must fail one of them.

mutmut makes the changes (another operator, another number, an argument left out ...) in a copy of the project under
`build/mutants` and runs the tests that reach each. It leaves decorated functions alone, so in the copy a property is
written as `name = property(name)` below its function. The command fails when less than LEAST of the changes are noticed;
it prints each that was not, as a difference.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.needs import ROOT

COUNTING = (
    "report/count/counting.py", "report/count/entry_index.py", "report/count/activity.py",
    "report/count/counting.py", "domain/period.py",
)  # fmt: skip
TESTS = (
    "tests/unit/report/count/test_counting.py", "tests/unit/report/count/test_count_details.py",
    "tests/unit/report/count/test_sums.py", "tests/unit/domain/test_period.py",
)  # fmt: skip
LEAST = 0.9
NOTICED = ("killed", "timeout", "segfault", "suspicious", "caught by type check")
_CONFIGURATION = f"""[tool.mutmut]
source_paths = ["hromada"]
only_mutate = {json.dumps([f"hromada/{name}" for name in COUNTING])}
also_copy = ["tasks.py"]
use_git_change_detection = false
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist"]
pytest_add_cli_args_test_selection = {json.dumps(TESTS)}

[tool.pytest.ini_options]
pythonpath = ["."]
addopts = "--strict-markers --hypothesis-profile=mutants"
"""


def main() -> int:
    """Make the changes, run the tests, print what was not noticed; 1 when that is too much."""
    folder = ROOT / "build/mutants"
    _copy(folder)
    jobs = str(os.cpu_count() or 1)
    environ = os.environ | {"PYTHONPATH": ""}
    command = [sys.executable, "-X", "utf8", "-m", "mutmut"]
    with (folder / "mutmut.log").open("wb") as log:
        status = subprocess.run(
            [*command, "run", "--max-children", jobs], cwd=folder, env=environ, stdout=log, stderr=subprocess.STDOUT,
            check=False,
        ).returncode  # fmt: skip
    outcomes = _outcomes(folder)
    if not outcomes:
        print(f"Мутації не вдалося випробувати, див. {folder / 'mutmut.log'}", file=sys.stderr)
        return status or 1
    for name in sorted(name for name, outcome in outcomes.items() if outcome not in NOTICED):
        shown = subprocess.run(
            [*command, "show", name], cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False
        )
        print(shown.stdout.strip(), end="\n\n")
    for file in COUNTING:
        print(_line(file, [outcome for name, outcome in outcomes.items() if _file_of(name) == file]))
    share = sum(outcome in NOTICED for outcome in outcomes.values()) / len(outcomes)
    print(f"{_line('разом', list(outcomes.values()))}; межа {LEAST:.0%}")
    return int(share < LEAST)


def _copy(folder: Path) -> None:
    """The package, the tests and their configuration, laid out as mutmut expects it."""
    shutil.rmtree(folder, ignore_errors=True)
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "plugins/hromada", folder / "hromada", ignore=without)
    shutil.copytree(ROOT / "tests/unit", folder / "tests/unit", ignore=without)
    for path in [*(ROOT / "tests").glob("*.py"), ROOT / "tasks.py"]:
        shutil.copy(path, folder / path.relative_to(ROOT))
    markers = "".join(f'  "{name}",\n' for name in ("browser", "slow", "long", "soak"))
    (folder / "pyproject.toml").write_text(f"{_CONFIGURATION}markers = [\n{markers}]\n", "utf-8")
    for name in COUNTING:
        path = folder / "hromada" / name
        path.write_text(with_plain_functions(path.read_text("utf-8")), "utf-8")


def with_plain_functions(source: str) -> str:
    """The same code with properties made of plain functions, which mutmut changes too."""
    lines = source.split("\n")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: node.lineno, reverse=True):
        match node.decorator_list:
            case [ast.Name(id="property" | "cached_property" as decorator) as written]:
                lines.insert(node.end_lineno, f"{' ' * node.col_offset}{node.name} = {decorator}({node.name})")
                del lines[written.lineno - 1]
    return "\n".join(lines)


def _outcomes(folder: Path) -> dict[str, str]:
    """What became of each change, by its name."""
    from mutmut.stats import status_by_exit_code

    outcomes = {}
    for file in COUNTING:
        path = folder / "mutants/hromada" / f"{file}.meta"
        codes = json.loads(path.read_bytes())["exit_code_by_key"] if path.exists() else {}
        outcomes |= {name: status_by_exit_code[code] for name, code in codes.items()}
    return outcomes


def _file_of(name: str) -> str:
    return f"{name.removeprefix('hromada.').rpartition('.')[0].replace('.', '/')}.py"


def _line(title: str, outcomes: list[str]) -> str:
    noticed = sum(outcome in NOTICED for outcome in outcomes)
    others = Counter(outcome for outcome in outcomes if outcome not in NOTICED)
    rest = "".join(f", {outcome}: {number}" for outcome, number in others.items())
    return f"{title}: помічено {noticed} з {len(outcomes)}, {noticed / max(1, len(outcomes)):.1%}{rest}"


if __name__ == "__main__":
    sys.exit(main())
