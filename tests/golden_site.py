"""The golden site and the header's schema, rewritten: `make update-golden`."""

import shutil
from pathlib import Path

from hromada.build.pipeline import edition_of, update
from hromada.console.messages import DONE, print_refusal
from hromada.console.options import Call
from hromada.reading.schema import schema_text
from hromada.system.atomic_files import write_whole


def update_golden(root: Path) -> int:
    """Rewrite them from what is made now; read the difference before committing it. The exit status."""
    write_whole(root / "docs" / "schema" / "header.schema.json", schema_text().encode())
    golden = root / "tests" / "sites" / "golden"
    example = _golden_call(root, golden / "expected")
    shutil.rmtree(golden / "expected", ignore_errors=True)
    edition = edition_of(example)
    if edition.errors:
        return print_refusal(edition.problems, "text")
    update(example, edition)
    return DONE


def _golden_call(root: Path, output: Path) -> Call:
    golden = root / "tests" / "sites" / "golden"
    call = Call.from_environment(root, {"TODAY": "2022-01-15"})
    return call.with_changes(content=golden / "content", output=output, conf="tests/sites/golden/conf.py")
