"""Reads law.toml: which page covers which point of the law, what it lacks, what the council need not publish."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from hromada.domain.alphabet import to_nfc
from hromada.domain.coverage import Claim, Claims, is_outside
from hromada.domain.law import POINTS
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.toml_file import TomlFile

_PARTLY, _NOT_OURS = "partly", "not-ours"


def read_law(path: str, raw: bytes) -> tuple[Claims | None, list[Problem]]:
    """The claims by point, in the order of the points; None when the file is not valid TOML."""
    toml = TomlFile(path, raw)
    if toml.problems and not toml.data:
        return None, toml.problems
    lacks, not_ours = _sentences(toml, _PARTLY), _sentences(toml, _NOT_OURS)
    partly, others = toml.part(_PARTLY), toml.part(_NOT_OURS)
    names = {id: _names(toml, id) for id in toml.data if id not in (_PARTLY, _NOT_OURS) and _is_known(toml, id)}
    claims = {}
    for id in POINTS:
        if id in names or id in lacks or id in not_ours:
            table = toml if id in names else partly if id in lacks else others
            line = table.line_of_key(id)
            claims[id] = Claim(names.get(id, ()), lacks.get(id, ""), not_ours.get(id, ""), line)
            _check(toml, id, claims[id])
    return claims, toml.problems


def _names(toml: TomlFile, id: str) -> tuple[str, ...]:
    value = toml.data[id]
    if not (isinstance(value, str) or (isinstance(value, list) and all(isinstance(name, str) for name in value))):
        toml.refuse_line(
            toml.line_of_key(id), "toml-shape", f"пункт «{id}» записано не так",
            f'пишіть {id} = "pages/storinka.md" або {id} = ["…", "…"]',
        )  # fmt: skip
        return ()
    return tuple(_name(word.strip()) for word in ([value] if isinstance(value, str) else value) if word.strip())


def _name(word: str) -> str:
    """A file as its path from `content/` on, an address with both slashes, another site's page unchanged."""
    if is_outside(word):
        return word
    bare = posixpath.normpath(to_nfc(word).strip("/")).removeprefix("content/")
    if "." in posixpath.basename(bare):
        return f"content/{bare}"
    return f"/{bare}/"


def _sentences(toml: TomlFile, table: str) -> dict[str, str]:
    """The explanations of `[partly]` or `[not-ours]` by point."""
    raw = toml.data.get(table, {})
    if not isinstance(raw, Mapping):
        toml.refuse(table, "toml-shape", f"«{table}» записано не так", f"пишіть [{table}] і рядки під ним")
        return {}
    part = toml.part(table)
    return {id: _sentence(part, table, id, raw[id]) for id in raw if _is_known(part, id)}


def _sentence(toml: TomlFile, table: str, id: str, value: object) -> str:
    sentence = value.strip() if isinstance(value, str) else ""
    line = toml.line_of_key(id)
    if not sentence:
        what = "чого ще бракує" if table == _PARTLY else "чому цього не публікують"
        toml.refuse_line(line, "law-reason", f"пункт «{id}» у [{table}] без пояснення", f"напишіть у лапках, {what}")
    elif sentence.startswith(("/", "http://", "https://")) or sentence.endswith(".md"):
        toml.refuse_line(
            line, "law-reason", f"пункт «{id}» у [{table}]: «{sentence}» – це сторінка, а не пояснення",
            "рядки зі сторінками пишуть на початку файлу",
        )  # fmt: skip
    return sentence or id  # what was refused once is not missed a second time


def _is_known(toml: TomlFile, id: str) -> bool:
    if id in POINTS:
        return True
    advice = did_you_mean(id, POINTS) or f"можна: {', '.join(POINTS)}"
    toml.refuse_line(toml.line_of_key(id), "law-point-unknown", f"немає пункту «{id}»", advice)
    return False


def _check(toml: TomlFile, id: str, claim: Claim) -> None:
    if len(set(claim.names)) < len(claim.names):
        twice = next(name for name in claim.names if claim.names.count(name) > 1)
        toml.refuse_line(
            claim.line, "law-point-repeated", f"пункт «{id}»: сторінку «{twice}» названо двічі", "лишіть одну"
        )  # fmt: skip
    if claim.not_ours and (claim.names or claim.lacks):
        toml.refuse_line(
            claim.line, "law-point-repeated", f"пункт «{id}» має і сторінку, і рядок у [{_NOT_OURS}]", "лишіть одне"
        )  # fmt: skip
    elif claim.lacks and not claim.names:
        toml.refuse_line(
            claim.line, "law-partly", f"пункт «{id}»: сказано, чого бракує на сторінці, а самої сторінки не названо",
            f"назвіть її на початку файлу або приберіть рядок із [{_PARTLY}]",
        )  # fmt: skip
