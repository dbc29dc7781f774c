"""A server of the editor over a small content folder, and requests to it."""

import base64
import contextlib
import http.client
import json
import threading

from hromada.serve.content_files import ContentFiles
from hromada.serve.editor_server import EditorServer, EditorState
from hromada.serve.findings import Findings
from hromada.serve.publish_process import PublishProcess

NEWS = "content/news/2021/2021-07-05-zustrich.md"
TEXT = "title: Зустріч\ndate: 2021-07-05\n\nТекст.\n"
API = "/api/v1/repos/local/site"


class Editor:
    """A running server; requests have what the editor's own page sends, unless told otherwise."""

    def __init__(self, root):
        self.root, self.content = root, root / "content"
        files = ContentFiles(root, self.content, lambda: 1920)
        output = root / "output"
        self.state = EditorState(root, output, files, Findings(), PublishProcess(root), "http://127.0.0.1:8000")
        self.server = EditorServer(0, self.state)
        self.port = self.server.server_address[1]
        self.own = {"Host": f"127.0.0.1:{self.port}", "Authorization": f"token {self.state.token}"}
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def ask(self, path, body=None, headers=None, method=""):
        """Status and bytes of an answer; a header of None is not sent."""
        given = self.own | ({"Content-Type": "application/json"} if body is not None else {}) | (headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        with contextlib.closing(connection):
            connection.putrequest(method or ("GET" if raw is None else "POST"), path, skip_host=True)
            for name, value in ({"Content-Length": str(len(raw))} if raw is not None else {} | {}).items():
                connection.putheader(name, value)
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(raw)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def json(self, path, body=None, **how):
        status, raw = self.ask(path, body, **how)
        return status, json.loads(raw)

    def save(self, *changes, **how):
        return self.json(f"{API}/contents", {"branch": "main", "message": "…", "files": changes}, **how)

    def sha(self, path):
        status, tree = self.json(f"{API}/git/trees/main?recursive=1")
        assert status == 200
        return next((entry["sha"] for entry in tree["tree"] if entry["path"] == path), None)

    def file(self, path):
        return self.root / path

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def change(operation, path, data=b"", **more):
    raw = data.encode() if isinstance(data, str) else data
    return {"operation": operation, "path": path, "content": base64.b64encode(raw).decode(), **more}
