"""Finds in our code the loops that may take work with the square of what they walk over."""

import ast
from collections.abc import Iterator
from pathlib import Path

_LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SEARCHES = frozenset({"index", "find", "rfind", "rindex", "count", "remove", "insert"})


def suspects(source: str) -> Iterator[str]:
    """The functions that have a `while`, or in a loop: a text or list built anew each time, a piece cut off it, a search."""
    yield from dict.fromkeys(_in(ast.parse(source), "", inside=False))


def _in(node: ast.AST, name: str, *, inside: bool) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield from _in(child, f"{name}.{child.name}".lstrip("."), inside=False)
            continue
        if isinstance(child, ast.While) or (inside and _is_suspect(child)):
            yield name
        yield from _in(child, name, inside=inside or isinstance(child, _LOOPS))


def _is_suspect(node: ast.AST) -> bool:
    match node:
        case ast.AugAssign(target=ast.Subscript(slice=ast.UnaryOp() | ast.Constant()), op=ast.Add()):
            return True
        case ast.AugAssign(op=ast.Add(), value=value):
            return any(isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", 0), str | bytes) for one in ast.walk(value)) and not isinstance(value, ast.List | ast.Tuple | ast.Call)  # fmt: skip
        case ast.Assign(targets=[target], value=value):
            return any(_is_rebuilt(one, ast.unparse(target)) for one in ast.walk(value))
        case ast.Subscript(slice=ast.Slice(lower=lower, upper=upper)):
            return (_varies(lower) and upper is None) or (_varies(upper) and lower is None)
        case ast.Call(func=ast.Attribute(attr="pop"), args=[ast.Constant(value=0)]):
            return True
        case ast.Call(func=ast.Attribute(attr=attr)):
            return attr in _SEARCHES
    return False


def _is_rebuilt(node: ast.AST, name: str) -> bool:
    """Whether the value of `name` is a part of this one: x + y, f"{x}…", [*x, y]."""
    is_whole = isinstance(node, ast.BinOp | ast.JoinedStr | ast.List | ast.Tuple | ast.Dict)
    return is_whole and any(ast.unparse(one) == name for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute | ast.Subscript))  # fmt: skip


def _varies(bound: ast.expr | None) -> bool:
    return bound is not None and not isinstance(bound, ast.Constant | ast.UnaryOp)


def every_suspect(package: Path) -> Iterator[str]:
    """«domain/table_text.csv_rows» and the like."""
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).with_suffix("").as_posix()
        yield from (f"{module}.{name}" for name in suspects(path.read_text("utf-8")))
