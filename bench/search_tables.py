"""Makes plugins/hromada/search/tables.py from real Ukrainian texts (UA-GEC): `python -m bench.search_tables`.

The bounds cut the words of these texts into 512 partitions that take about as many bytes each. They stand in the code, not in the
index of one site: a bound that moved with the texts would move words from file to file with every edit.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hromada.search.morphology import UNKNOWN
from hromada.search.words import filing_key, is_indexed, normalized, words_of
from hromada.storage.lexeme_store import load_dictionary

_PARTITIONS = 512
_COMMON = 640  # sets of endings: more would save less than they cost in the file that every reader loads
_OF_WORD, _OF_TEXT = 14, 2.3  # bytes: of a word in the index, of a text in its list
_TABLES = Path(__file__).resolve().parent.parent / "plugins/hromada/search/tables.py"


def real_texts() -> Iterator[str]:
    """The corrected texts of UA-GEC, each once, in the order of their names."""
    import ua_gec  # type: ignore[import-not-found,import-untyped,unused-ignore]

    folder = Path(ua_gec.__file__).parent / "data/gec-only"
    for part in ("train", "test"):
        names = sorted((folder / part / "target").glob("*.a1.txt"), key=lambda path: path.name)
        yield from (path.read_text("utf-8") for path in names)


def main() -> None:
    texts: Counter[str] = Counter()
    for text in real_texts():
        texts.update({word for word in words_of(normalized(text)) if is_indexed(word)})
    weights: Counter[str] = Counter()
    for word, count in texts.items():
        weights[filing_key(word)] += round(10 * (_OF_WORD + _OF_TEXT * count))
    bounds, total, filled, last = list[str](), sum(weights.values()), 0, ""
    for key in sorted(weights):
        if filled >= total * (len(bounds) + 1) / _PARTITIONS and len(bounds) < _PARTITIONS - 1:
            bounds.append(_between(last, key))
        filled, last = filled + weights[key], key
    dictionary = load_dictionary()
    bases: dict[str, set[str]] = {}
    for word in texts:
        for lexeme in dictionary.lexemes(word):
            if lexeme.endings != UNKNOWN:
                bases.setdefault(lexeme.endings, set()).add(lexeme.base)
    common = sorted(bases, key=lambda endings: (-len(bases[endings]), endings))[:_COMMON]
    while len(bounds) < _PARTITIONS - 1:
        bounds.append("\uffff")
    _TABLES.write_text(_module(bounds, common), "utf-8")


def _between(last: str, key: str) -> str:
    """The shortest beginning of a key that is after the key before it: browsers load these."""
    return next(key[:size] for size in range(1, len(key) + 1) if key[:size] > last)


def _module(bounds: list[str], common: list[str]) -> str:
    lines = '"""Tables made from real texts by bench/search_tables.py; nobody writes here by hand."""\n\n'
    lines += "# The keys with which each partition but the first begins.\nBOUNDS = tuple(\n    "
    lines += json.dumps(" ".join(bounds), ensure_ascii=False) + ".split()\n)\n"
    lines += "# Sets of endings by how many words have them.\nCOMMON_ENDINGS = tuple(\n    "
    lines += json.dumps(" ".join(common), ensure_ascii=False) + '.split(" ")\n)\n'
    return lines


if __name__ == "__main__":
    main()
