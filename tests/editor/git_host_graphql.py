"""GitHub's GraphQL as far as the editor asks: queries are taken apart by their grammar, fields answered from the repository."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.editor.bare_repository import Commit, GitRefused

if TYPE_CHECKING:
    from tests.editor.git_host_server import GitHostServer, PullRequest

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\.\.\.|[{}()\[\]:$!=]|[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+')


class GraphqlError(Exception):
    """What a host says in `errors`."""


class Field(NamedTuple):
    """A field of a query: under which name, of which one, with which arguments, and what of it."""

    alias: str
    name: str
    arguments: dict[str, Any]
    fields: list[Field]


class _Parser:
    def __init__(self, text: str, variables: dict[str, Any]) -> None:
        self._tokens, self._at, self._variables = _TOKEN.findall(text), 0, variables

    def parse(self) -> list[Field]:
        while self._next() != "{":  # `query`, `mutation`, declarations of variables
            self._take()
        return self._fields()

    def _next(self) -> str:
        return self._tokens[self._at]

    def _take(self, wanted: str = "") -> str:
        token = self._tokens[self._at]
        if wanted and token != wanted:
            raise GraphqlError(f"{token!r} instead of {wanted!r}")
        self._at += 1
        return token

    def _fields(self) -> list[Field]:
        self._take("{")
        fields: list[Field] = []
        while self._next() != "}":
            if self._next() == "...":  # `... on Type`: whatever has the fields answers
                for _ in range(3):
                    self._take()
                fields += self._fields()
            else:
                fields.append(self._field())
        self._take("}")
        return fields

    def _field(self) -> Field:
        alias = name = self._take()
        if self._next() == ":":
            self._take()
            name = self._take()
        arguments: dict[str, Any] = {}
        if self._next() == "(":
            self._take()
            while self._next() != ")":
                key = self._take()
                self._take(":")
                arguments[key] = self._value()
            self._take()
        return Field(alias, name, arguments, self._fields() if self._next() == "{" else [])

    def _value(self) -> Any:
        token = self._take()
        if token == "$":
            return self._variables.get(self._take())
        if token.startswith('"'):
            return json.loads(token)
        if token == "[":
            values = []
            while self._next() != "]":
                values.append(self._value())
            self._take()
            return values
        if token == "{":
            known = {}
            while self._next() != "}":
                key = self._take()
                self._take(":")
                known[key] = self._value()
            self._take()
            return known
        return int(token) if re.fullmatch(r"-?\d+", token) else {"true": True, "false": False}.get(token, token)


class GraphqlApi:
    """Answers with what `host` has; an unknown field is an error, so that nothing is guessed."""

    def __init__(self, host: GitHostServer) -> None:
        self.host = host

    def answer(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"data": self._selected(_Root(self.host), _Parser(query, variables).parse())}
        except (GraphqlError, GitRefused) as error:
            return {"data": None, "errors": [{"message": str(error)}]}

    def _selected(self, value: Any, fields: list[Field]) -> Any:
        if value is None or not fields:
            return value
        if isinstance(value, list):
            return [self._selected(one, fields) for one in value]
        selected = {}
        for field in fields:
            if isinstance(value, dict):
                found = value.get(field.name)
            else:
                method = getattr(value, field.name, None)
                if method is None and type(value) is _Node:
                    continue
                if method is None:
                    raise GraphqlError(f"Field '{field.name}' doesn't exist on type '{type(value).__name__}'")
                found = method(**field.arguments)
            selected[field.alias] = self._selected(found, field.fields)
        return selected


class _Node:
    def __init__(self, host: GitHostServer) -> None:
        self.host, self.git = host, host.repository


class _Root(_Node):
    def repository(self, owner: str, name: str):
        return _Repository(self.host) if (owner, name) == ("rada", "sait") else None

    def node(self, id: str):
        return _Pull(self.host, _pull_of(self.host, id))

    def createRef(self, input: dict[str, Any]):  # GitHub's names
        self.git.create_branch(input["name"].removeprefix("refs/heads/"), input["oid"])
        return {"ref": {"name": input["name"].rpartition("/")[2]}}

    def createCommitOnBranch(self, input: dict[str, Any]):
        branch = input["branch"]["branchName"].removeprefix("refs/heads/")
        tip = self.git.resolve(f"refs/heads/{branch}")
        if tip != input["expectedHeadOid"]:
            raise GraphqlError(f'Expected branch to point to "{input["expectedHeadOid"]}" but it did not.')
        changes, message = input["fileChanges"], input["message"]
        text = "\n\n".join(filter(None, (message["headline"], message.get("body"))))
        sha = self.git.commit(
            branch, text, environment=self.host.author(),
            changed={one["path"]: base64.b64decode(one["contents"]) for one in changes.get("additions", [])},
            removed=tuple(one["path"] for one in changes.get("deletions", [])),
        )  # fmt: skip
        return {"commit": _Commit(self.host, self.git.commits(sha, most=1)[0])}

    def convertPullRequestToDraft(self, input: dict[str, Any]):
        return self._with_draft(input, True)

    def markPullRequestReadyForReview(self, input: dict[str, Any]):
        return self._with_draft(input, False)

    def _with_draft(self, input: dict[str, Any], is_draft: bool):
        pull = _pull_of(self.host, input["pullRequestId"])
        pull.is_draft = is_draft
        return {"pullRequest": _Pull(self.host, pull)}


def _pull_of(host: GitHostServer, id: str) -> PullRequest:
    number = int(id.removeprefix("PR_"))
    if number not in host.pulls:
        raise GraphqlError(f"Could not resolve to a node with the global id of '{id}'")
    return host.pulls[number]


class _Repository(_Node):
    def id(self):
        return "R_1"

    def defaultBranchRef(self):
        return _Ref(self.host, self.git.branch)

    def ref(self, qualifiedName: str):  # noqa: N803
        name = qualifiedName.removeprefix("refs/heads/")
        return _Ref(self.host, name) if self.git.resolve(f"refs/heads/{name}") else None

    def refs(self, refPrefix: str, first: int):  # noqa: N803
        prefix = refPrefix.removeprefix("refs/heads/")
        names = [name for name in self.git.branches() if name.startswith(prefix)]
        return {"nodes": [_Ref(self.host, name, prefix) for name in names[:first]]}

    def object(self, oid: str = "", expression: str = ""):
        if expression:
            revision, _, path = expression.partition(":")
            found = self.git.blob_at(revision, path) if self.git.resolve(revision) else None
            return _Blob(self.host, found.sha) if found else None
        if self.git.resolve(oid):
            return _Commit(self.host, self.git.commits(oid, most=1)[0])
        return _Blob(self.host, oid)

    def pullRequests(self, first: int, states: Any = None, labels: Any = None, headRefName: str = "", **_: Any):  # noqa: N803
        wanted = states if isinstance(states, list) else [states]
        pulls = [
            pull for pull in reversed(self.host.pulls.values())
            if ("MERGED" if pull.is_merged else pull.state.upper()) in wanted
            and (not labels or set(labels) & set(pull.labels)) and headRefName in ("", pull.head)
        ]  # fmt: skip
        return {"totalCount": len(pulls), "nodes": [_Pull(self.host, pull) for pull in pulls[:first]]}


class _Ref(_Node):
    def __init__(self, host: GitHostServer, name: str, prefix: str = "") -> None:
        super().__init__(host)
        self._name, self._prefix = name, prefix

    def name(self):
        return self._name.removeprefix(self._prefix)

    def target(self):
        return _Commit(self.host, self.git.commits(f"refs/heads/{self._name}", most=1)[0])


class _Commit(_Node):
    def __init__(self, host: GitHostServer, commit: Commit) -> None:
        super().__init__(host)
        self._commit = commit

    def oid(self):
        return self._commit.sha

    def message(self):
        return self._commit.message

    def committedDate(self):
        return self._commit.when

    def author(self):
        user = self.host.user
        return {
            "name": self._commit.name, "email": self._commit.email, "avatarUrl": "",
            "user": {"login": user["login"], "id": user["id"], "databaseId": user["id"]},
        }  # fmt: skip

    def history(self, first: int, path: str = ""):
        commits = self.git.commits(self._commit.sha, path, first)
        return {"nodes": [_Commit(self.host, commit) for commit in commits]}

    def file(self, path: str):
        found = self.git.blob_at(self._commit.sha, path)
        return {"oid": found.sha} if found else None

    def status(self):
        return None

    def deployments(self, **_: Any):
        return {"nodes": []}

    def checkSuites(self, **_: Any):
        runs = [run for run in self.host.runs if run.get("head_sha") == self._commit.sha]
        checks = [
            {
                "name": run.get("name", ""), "status": str(run["status"]).upper(), "conclusion": str(run.get("conclusion")).upper(),
                "detailsUrl": run.get("html_url"), "summary": run.get("summary"),
            }
            for run in runs
        ]  # fmt: skip
        return {"nodes": [{"checkRuns": {"nodes": checks}}] if checks else []}


class _Blob(_Node):
    def __init__(self, host: GitHostServer, sha: str) -> None:
        super().__init__(host)
        self._sha = sha

    def oid(self):
        return self._sha

    def byteSize(self):
        return len(self.git.blob(self._sha))

    def isBinary(self):
        return b"\0" in self.git.blob(self._sha)

    def isTruncated(self):
        return False

    def text(self):
        data = self.git.blob(self._sha)
        return None if b"\0" in data else data.decode("utf-8", "replace")


class _Pull(_Node):
    def __init__(self, host: GitHostServer, pull: PullRequest) -> None:
        super().__init__(host)
        self._pull = pull

    def id(self):
        return f"PR_{self._pull.number}"

    def number(self):
        return self._pull.number

    def title(self):
        return self._pull.title

    def url(self):
        return f"{self.host.address}/rada/sait/pull/{self._pull.number}"

    def state(self):
        return "MERGED" if self._pull.is_merged else self._pull.state.upper()

    def isDraft(self):
        return self._pull.is_draft

    def isCrossRepository(self):
        return False

    def createdAt(self):
        return self._pull.created

    def updatedAt(self):
        return self._pull.updated

    def headRefName(self):
        return self._pull.head

    def headRefOid(self):
        return self.host.head_sha(self._pull)

    def headRepositoryOwner(self):
        return {"login": "rada"}

    def author(self):
        user = self._pull.user
        return {
            "login": user["login"],
            "avatarUrl": "",
            "name": user["name"],
            "email": user["email"],
            "databaseId": user["id"],
        }

    def labels(self, first: int):
        return {"nodes": [{"name": label} for label in self._pull.labels[:first]]}

    def files(self, first: int):
        kinds = {"A": "ADDED", "M": "MODIFIED", "D": "DELETED"}
        found = self.git.changed(self._pull.base, self.host.head_sha(self._pull))
        return {
            "nodes": [{"path": path, "changeType": kinds.get(letter, "MODIFIED")} for letter, path in found[:first]]
        }
