import hashlib
import io
import os
import subprocess
import sys
import zipfile

import pytest

from hromada.report.documents.datapackage import datapackage_json
from hromada.report.documents.docx_report import report_docx
from hromada.report.documents.report_document import reproducible_zip
from hromada.report.documents.xlsx_report import report_xlsx
from tests.conftest import ROOT
from tests.unit.report.documents import making

pytestmark = pytest.mark.long

OFFICE = [report_docx, report_xlsx]
# The same three sums in a process of its own, whose clock and zone are others.
SCRIPT = """
import sys, time
sys.path[:0] = ["plugins", "."]
real = time.localtime
time.time = lambda: float(sys.argv[1])
time.localtime = lambda moment=None: real(float(sys.argv[1]) if moment is None else moment)
from tests.unit.report.documents.test_same_bytes import sums
print(*sums())
"""


def sums():
    report_document = making.changed()
    files = {"report.docx": report_docx(report_document), "report.xlsx": report_xlsx(report_document)}
    files["datapackage.json"] = datapackage_json(report_document, files)
    return [hashlib.sha256(data).hexdigest() for data in files.values()]


@pytest.mark.parametrize(
    ("seed", "zone", "moment"), [("1", "UTC", "1640995200"), ("2", "Pacific/Auckland", "2208988800")]
)
def test_another_process_at_another_time_makes_the_same_bytes(seed, zone, moment):
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, moment], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == sums()


@pytest.mark.parametrize("make", OFFICE)
def test_the_archive_says_no_time_and_no_system(make):
    members = zipfile.ZipFile(io.BytesIO(make(making.changed()))).infolist()

    assert {(one.date_time, one.create_system, one.external_attr) for one in members} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16)
    }


@pytest.mark.parametrize("make", OFFICE)
def test_another_figure_makes_other_bytes(make):
    assert make(making.report_document(news=20)) != make(making.report_document(news=21))


def test_repacking_keeps_the_members_and_their_order():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as entry_index:
        entry_index.writestr("б.xml", "рада" * 100)
        entry_index.writestr("a.xml", "")
    new = zipfile.ZipFile(io.BytesIO(reproducible_zip(out.getvalue())))

    assert [(name, new.read(name).decode()) for name in new.namelist()] == [("б.xml", "рада" * 100), ("a.xml", "")]
    assert reproducible_zip(reproducible_zip(out.getvalue())) == reproducible_zip(out.getvalue())
