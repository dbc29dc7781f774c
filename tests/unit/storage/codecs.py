"""Every codec of the cache, and values of what each holds, made from the very types that its decoder knows."""

import importlib
import pkgutil
from datetime import date, datetime

from msgspec import inspect

import hromada
from hromada.storage.sqlite_store import CacheCodec

_TEXTS = ("", "слово", 'a\n"b\\', "\ue0021\ue003<p>", "’ 𝟘\x00", "/news/x-2021-07-05/")
_NUMBERS = (0, 1, -1, 37, 1_637_000_000_000_000_000, 2**100)
_PLAIN = {
    inspect.NoneType: (None,),
    inspect.BoolType: (True, False),
    inspect.StrType: _TEXTS,
    inspect.FloatType: (0.0, -1.5, 1e300, 0.1),
    inspect.DateType: (date(1, 1, 1), date(2022, 1, 15), date(9999, 12, 31)),
    inspect.DateTimeType: (datetime(1, 1, 1), datetime(2022, 1, 15, 14, 30, 7, 9), datetime(9999, 12, 31, 23, 59)),
}


def codecs():
    """By the name that each has in its module."""
    modules = (importlib.import_module(module.name) for module in pkgutil.walk_packages(hromada.__path__, "hromada."))
    return {name: it for module in modules for name, it in vars(module).items() if isinstance(it, CacheCodec)}


CODECS = codecs()


def parts(node):
    """The types that a type is made of, itself the first one."""
    yield node
    below = [getattr(node, name, ()) for name in ("types", "item_types")]
    below += [[one] for name in ("item_type", "key_type", "value_type") if (one := getattr(node, name, None))]
    below.append([field.type for field in getattr(node, "fields", ())])
    for types in below:
        for one in types:
            yield from parts(one)


def value(node, dice):
    """A value of a type as `msgspec.inspect` describes it; Hypothesis takes minutes for types as deep as a report's card."""

    def several(one):
        return [value(one, dice) for _ in range(dice.choice((0, 1, 1, 2)))]

    match node:
        case inspect.IntType():
            return dice.choice([number for number in _NUMBERS if node.ge is None or number >= node.ge])
        case inspect.EnumType():
            return dice.choice(list(node.cls))
        case inspect.UnionType():
            return value(dice.choice(node.types), dice)
        case inspect.VarTupleType():
            return tuple(several(node.item_type))
        case inspect.TupleType():
            return tuple(value(one, dice) for one in node.item_types)
        case inspect.DictType():
            return dict(zip(several(node.key_type), several(node.value_type), strict=False))
        case inspect.NamedTupleType() | inspect.DataclassType() | inspect.StructType():
            return node.cls(**{field.name: value(field.type, dice) for field in node.fields})
        case _:
            return dice.choice(_PLAIN[type(node)])
