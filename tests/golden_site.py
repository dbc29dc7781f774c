"""The golden site and the header's schema, rewritten: `make update-golden`."""

import shutil
from pathlib import Path

from hromada.build.content_steps import checked_snapshot
from hromada.build.pipeline import write_site
from hromada.console.messages import EXIT_OK, print_refusal
from hromada.console.options import Options
from hromada.pictures.placeholders import stylesheet
from hromada.reading.schema import schema_text
from hromada.system.atomic_files import atomic_write


def update_golden(root: Path) -> int:
    """Rewrite them from what is made now; read the difference before committing it. The exit status."""
    atomic_write(root / "docs" / "schema" / "header.schema.json", schema_text().encode())
    atomic_write(root / "theme" / "static" / "css" / "tones.css", stylesheet().encode())
    golden = root / "tests" / "sites" / "golden"
    example = _golden_call(root, golden / "expected")
    shutil.rmtree(golden / "expected", ignore_errors=True)
    snapshot = checked_snapshot(example)
    if snapshot.errors:
        return print_refusal(snapshot.problems, "text")
    write_site(example, snapshot)
    return EXIT_OK


def _golden_call(root: Path, output: Path) -> Options:
    golden = root / "tests" / "sites" / "golden"
    options = Options.from_environment(root, {"TODAY": "2022-01-15"})
    return options.with_changes(content=golden / "content", output=output, settings_file="tests/sites/golden/conf.py")
