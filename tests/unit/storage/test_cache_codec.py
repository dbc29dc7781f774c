import functools
import gc
import os
import pickle
import random
from enum import Enum
from typing import get_origin

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec import inspect

from hromada.build.pelican_plugin import SiteGenerator
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.atomic_files import atomic_write
from tests.unit.storage.codecs import CODECS, parts, value

TYPES = {name: inspect.type_info(codec.type) for name, codec in CODECS.items()}
CLASSES = sorted(
    {get_origin(node.cls) or node.cls for info in TYPES.values() for node in parts(info) if getattr(node, "cls", None)},
    key=lambda cls: (cls.__module__, cls.__qualname__),
)
# What a decoder would hand over to the value itself, or make by code of ours.
OPEN = (inspect.AnyType, inspect.CustomType, inspect.RawType, inspect.ExtType)
named = pytest.mark.parametrize("name", CODECS)


def test_the_codecs_of_the_cache_are_known():
    assert set(CODECS) == {
        "RENDERED_HANDBOOK", "REPORT_CHECKS", "REPORT_INDEX", "_PENDING", "_FILES", "_FOLDER", "_GROUPS", "_CHECKSUMS", "_TABLES", "_TEXT",
        "_WRITER", "_COMPLETED", "_CLEAN_COMMITS", "_JOURNAL_ENTRY", "_LINKS", "_SITE", "_SITE_FILES", "_ONLINE",
        "_WORDS", "_STATE", "_LEXEMES", "_FACTS",
    }  # fmt: skip
    assert len(CLASSES) > 30


@named
def test_no_entry_may_hold_just_anything(name):
    assert [node for node in parts(TYPES[name]) if isinstance(node, OPEN)] == []


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__qualname__)
def test_a_kept_class_does_nothing_when_it_is_made(cls):
    assert cls.__module__.startswith("hromada.")
    own = {name for base in cls.__mro__ for name in vars(base) if base.__module__.startswith("hromada.")}
    made = {
        "__post_init__",
        "__setstate__",
        "__reduce__",
        "__reduce_ex__",
        "__getattr__",
        "__getattribute__",
        "_missing_",
        "__init_subclass__",
    }
    assert own & made == set()
    assert issubclass(cls, Enum | tuple) or cls.__struct_config__.frozen


@named
def test_what_is_kept_comes_back(name):
    dice, codec = random.Random(name), CODECS[name]
    kept = [value(TYPES[name], dice) for _ in range(40)]
    back = [codec.decode(codec.encode(one)) for one in kept]

    assert back == kept
    assert repr(back) == repr(kept)  # of the very same types: digests are made of this
    assert len(set(map(repr, kept))) > 3


@named
def test_a_damaged_entry_is_a_value_of_its_type_or_nothing(name):
    dice, codec = random.Random(name), CODECS[name]
    found = [codec.decode(damaged(codec.encode(value(TYPES[name], dice)), dice)) for _ in range(200)]

    assert [codec.decode(codec.encode(one)) for one in found if one is not None] == [
        one for one in found if one is not None
    ]
    assert None in found


def damaged(entry, dice):
    """Bytes changed, taken out and put in, of those too that mean something in JSON."""
    entry = bytearray(entry)
    for _ in range(dice.randint(1, 3)):
        at = dice.randint(0, len(entry))
        new = bytes(dice.choices(b'[]{}",:0e-\\untrf\x00\xff', k=dice.randint(0, 2)))
        entry[at : at + dice.randint(0, 2)] = new
    return bytes(entry)


@given(st.binary())
def test_garbage_is_nothing(garbage):
    assert [codec.decode(b"\x80" + garbage) for codec in CODECS.values()] == [None] * len(CODECS)


class Call:
    """Reduces to a call when it is pickled."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


class State:
    """Reduces to a class of ours with a state of the sender's."""

    def __init__(self, cls, state):
        self.cls, self.state = cls, state

    def __reduce__(self):
        return object.__new__, (self.cls,), self.state


def named_in_a_pickle(module, name, argument):
    """What calls by name: the name is found where the module has imported it."""
    words = b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    text = argument.encode()
    return b"\x80\x04" + words + b"\x93\x8c" + bytes([len(text)]) + text + b"\x85R."


@pytest.fixture
def pickles(tmp_path):
    """Pickles that write a file when they are loaded as such, or as an earlier version loaded them."""
    mark = tmp_path / "was-run"
    writes = f"open({str(mark)!r}, 'w').close()"
    (tmp_path / "inner").write_bytes(pickle.dumps(Call(exec, writes)))
    made = [
        pickle.dumps(value)
        for value in (
            Call(os.system, f"touch {mark}"),
            Call(exec, writes),
            Call(eval, writes),
            Call(functools.partial(exec, writes)),
            Call(atomic_write, mark, b""),
            State(SiteGenerator, {"_cache_path": str(tmp_path / "inner"), "_cache_open": open}),
        )
    ]
    made += [
        named_in_a_pickle("os", "mkdir", str(mark)),
        named_in_a_pickle("hromada.storage.sqlite_store", "os.mkdir", str(mark)),
    ]
    yield made
    assert not mark.exists()


def test_the_pickles_would_run(pickles, tmp_path):
    for entry in pickles[:2]:
        pickle.loads(entry)
        (tmp_path / "was-run").unlink()


@named
def test_a_pickle_is_nothing(name, pickles):
    assert [CODECS[name].decode(entry) for entry in pickles] == [None] * len(pickles)


@named
@pytest.mark.parametrize(
    "entry",
    [
        None, b"", b"null", b"NaN", b"[" * 1_000_000, b'{"a":' * 100_000, b'[[["\\ud800"]]]', b'"\xff"', b"9" * 1_000_000,
        b'{"a":' + b"9" * 1_000_000 + b"}", b'[{"__class__":"os.system"}]', b'"\\ud800"', b"\xdd\xff\xff\xff\xff",
    ],
    ids=range(13),
)  # fmt: skip
def test_a_hostile_entry_is_nothing(name, entry):
    assert CODECS[name].decode(entry) is None


def test_a_moment_with_a_zone_is_nothing_where_moments_are_compared():
    ours, foreign = (b'["","2022-01-15T00:00:00%b","2022-02-01T00:00:00%b"]' % (zone, zone) for zone in (b"", b"Z"))

    assert CODECS["_COMPLETED"].decode(ours) is not None
    assert CODECS["_COMPLETED"].decode(foreign) is None


def test_a_name_that_is_not_unicode_is_not_kept():
    codec = CacheCodec(dict[str, int])

    assert codec.decode(codec.encode({"content/\udcff.md": 1})) is None


def test_a_number_of_any_size_is_kept():
    """An inode of Windows may have 128 bits."""
    codec = CacheCodec(tuple[int, ...])

    assert codec.decode(codec.encode((2**127, -1))) == (2**127, -1)


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("entry", [b'"text"', b"garbage"])
def test_the_collector_of_garbage_is_left_as_it_was(was, entry):
    before = gc.isenabled()
    try:
        gc.enable() if was else gc.disable()
        CODECS["_WRITER"].decode(entry)
        assert gc.isenabled() is was
    finally:
        gc.enable() if before else gc.disable()
