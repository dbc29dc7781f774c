import copy
import gc
import pickle
import re
import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.domain.lazy_regex import lazy_compile

ROOT = Path(__file__).resolve().parents[3]
WORDS = "Заява № 12 від 5 травня 2021 року; заява № 13"
IMPORTED = """
import pkgutil, sys
from re import _compiler
import hromada
ours, compile = [], _compiler.compile
def noticed(pattern, flags=0):
    caller = sys._getframe(2)  # whoever has called re.compile
    if "/hromada/" in caller.f_code.co_filename:
        ours.append(f"{caller.f_code.co_filename}:{caller.f_lineno}")
    return compile(pattern, flags)
_compiler.compile = noticed
for module in pkgutil.walk_packages(hromada.__path__, "hromada."):
    __import__(module.name)
print("\\n".join(ours))
"""


def test_importing_the_program_compiles_none_of_its_patterns():
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": "plugins:."},
    )  # fmt: skip
    assert done.stdout.split() == []


def test_every_pattern_of_the_program_is_a_regular_expression():
    import pkgutil

    import hromada

    for module in pkgutil.walk_packages(hromada.__path__, "hromada."):
        __import__(module.name)
    lazy = [one for one in gc.get_objects() if type(one) is type(lazy_compile(""))]

    assert len(lazy) > 500
    assert [one.pattern for one in lazy if not isinstance(one.flags, int)] == []


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.MULTILINE | re.DOTALL])
@given(source=st.sampled_from([r"(?P<number>\d+)", r"^заява", r"\s*;\s*", "", r"№ (\d+)|$"]))
def test_all_that_a_pattern_does_it_does_as_a_compiled_one(source, flags):
    lazy, compiled = lazy_compile(source, flags), re.compile(source, flags)

    assert lazy.pattern == source
    assert [match.span() for match in lazy.finditer(WORDS)] == [match.span() for match in compiled.finditer(WORDS)]
    assert lazy.findall(WORDS, 3, 20) == compiled.findall(WORDS, 3, 20)
    assert lazy.sub("-", WORDS) == compiled.sub("-", WORDS)
    assert lazy.subn("-", WORDS, 1) == compiled.subn("-", WORDS, 1)
    assert lazy.split(WORDS) == compiled.split(WORDS)
    assert str(lazy.search(WORDS)) == str(compiled.search(WORDS))
    assert str(lazy.match(WORDS)) == str(compiled.match(WORDS))
    assert str(lazy.fullmatch(WORDS)) == str(compiled.fullmatch(WORDS))
    assert (lazy.flags, lazy.groups, lazy.groupindex) == (compiled.flags, compiled.groups, compiled.groupindex)


def test_bytes_are_searched_by_a_pattern_of_bytes():
    assert lazy_compile(rb"\d+").findall(b"12 and 13") == [b"12", b"13"]


def test_a_copy_and_what_another_process_gets_search_alike():
    lazy = lazy_compile("№ (\\d+)", re.IGNORECASE)
    for other in (copy.copy(lazy), copy.deepcopy(lazy), pickle.loads(pickle.dumps(lazy))):
        assert other.findall(WORDS) == lazy.findall(WORDS) == ["12", "13"]


def test_a_wrong_pattern_is_refused_when_it_is_used():
    wrong = lazy_compile("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_an_unknown_attribute_is_an_error_that_names_it():
    with pytest.raises(AttributeError, match="serach"):
        lazy_compile("a").serach  # noqa: B018
