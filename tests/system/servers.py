"""Real servers on this machine: sshd with a host key of its own, nginx and Caddy with the project's configuration files."""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path

from hromada.domain.host_address import SshAddress
from hromada.publish.hosts.ssh_host import SshHost, SshPrograms
from tests.conftest import ROOT

_START = 60  # seconds that a busy machine may take


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port: int, process, log: Path) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8", "replace")[-3000:] if log.exists() else "no log")


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options)


class Sshd:
    """An SSH server that knows one key."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        for name in ("host", "editor", "stranger"):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        shutil.copy(folder / "editor.pub", folder / "authorized")
        config = f"""
Port {self.port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
"""
        (folder / "sshd_config").write_text(config)
        host_key = " ".join((folder / "host.pub").read_text().split()[:2])
        (folder / "known").write_text(f"[127.0.0.1]:{self.port} {host_key}\n")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd's own chroot; Debian's service makes it
        self._process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-f", str(folder / "sshd_config"), "-E", str(folder / "log")],
            stdin=subprocess.DEVNULL,
        )
        wait_for(self.port, self._process, folder / "log")

    def host(self, path: Path, *, key="editor", known="known", rsync="rsync", clone="клон1") -> SshHost:
        """A folder of the server as an editor with this key sees it."""
        options = (
            "-i",
            str(self.folder / key),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            f"UserKnownHostsFile={self.folder / known}",
        )
        address = SshAddress("127.0.0.1", str(path), os.environ.get("USER", "") or "root", self.port)
        return SshHost(address, clone, SshPrograms(rsync=rsync, options=("-F", "none", *options)))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


class WebServer:
    """nginx or Caddy with the project's configuration file, other ports, and a certificate of its own."""

    def __init__(self, folder: Path, root: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=rada.example", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))  # fmt: skip
        command = self._configure(root)
        with (folder / "out").open("wb") as out:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        wait_for(self.https, self._process, folder / "out")
        self._wait_for_certificate()

    def _wait_for_certificate(self) -> None:
        """Wait for a whole handshake: on a busy machine Caddy opens its port first, and answers a handshake with an internal error."""
        until = time.monotonic() + _START
        while True:
            try:
                with contextlib.closing(self.connect()) as one:
                    return one.connect()
            except ssl.SSLError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _configure(self, root: Path) -> list[str]:
        raise NotImplementedError

    def connect(self) -> http.client.HTTPSConnection:
        context = ssl._create_unverified_context()
        return http.client.HTTPSConnection("127.0.0.1", self.https, context=context, timeout=30)

    def get(self, path: str, connection=None, **headers):
        """Status, headers and body of an answer."""
        own = connection or self.connect()
        own.request(
            "GET",
            path,
            headers={"Host": "rada.example"} | {name.replace("_", "-"): value for name, value in headers.items()},
        )
        answer = own.getresponse()
        body = answer.read()
        if connection is None:
            own.close()
        return answer.status, {name.casefold(): value for name, value in answer.getheaders()}, body

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()


class Nginx(WebServer):
    def _configure(self, root: Path) -> list[str]:
        text = (ROOT / "deploy/nginx.conf").read_text("utf-8")
        text = text.replace("listen [::]:80;", "").replace("listen [::]:443 ssl http2;", "")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.http};").replace(
            "listen 443 ssl http2;", f"listen 127.0.0.1:{self.https} ssl http2;"
        )
        text = text.replace("/srv/site", str(root)).replace(
            "/etc/letsencrypt/live/rada.example/fullchain.pem", f"{self.folder}/cert.pem"
        )
        text = text.replace("/etc/letsencrypt/live/rada.example/privkey.pem", f"{self.folder}/key.pem")
        (self.folder / "site.conf").write_text(text)
        modules = "".join(
            f"load_module {path};\n" for path in sorted(Path("/usr/lib/nginx/modules").glob("*brotli*.so"))
        )
        paths = "".join(
            f"{name}_temp_path {self.folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "nginx.conf").write_text(
            f"{modules}{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\nworker_processes 1;\npid {self.folder}/pid;\nerror_log {self.folder}/error.log;\n"
            f"events {{ worker_connections 512; }}\nhttp {{\naccess_log off;\nsendfile on;\n{paths}"
            f"include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\ninclude {self.folder}/site.conf;\n}}\n"
        )
        return ["/usr/sbin/nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]


class Caddy(WebServer):
    def _configure(self, root: Path) -> list[str]:
        text = (ROOT / "deploy/Caddyfile").read_text("utf-8")
        text = re.sub(
            r"^rada\.example \{",
            f"https://rada.example:{self.https}, https://127.0.0.1:{self.https} {{\n\ttls {self.folder}/cert.pem {self.folder}/key.pem",
            text,
            flags=re.MULTILINE,
        )
        text = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port {self.http}\n\tstorage file_system {self.folder}/data\n}}\n{text.replace('/srv/site', str(root))}"
        (self.folder / "Caddyfile").write_text(text)
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.folder / "Caddyfile")]
