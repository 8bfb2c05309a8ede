"""Every action that the code writes into the log, read from its source.

What counts: `action="…"`, `moving(…, step="…")`, `action=f"{step}_machine"` for every step of that
machine, and the same where it is passed on to a function with a parameter `action`, by place or
by default.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from routekaart.domain.lifecycle import MACHINES

Function = ast.FunctionDef | ast.AsyncFunctionDef


def logged_actions(folder: Path) -> frozenset[str]:
    """All of them. Raises where an action cannot be read."""
    modules = {path: ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py"))}
    places = {path: dict(_places(tree)) for path, tree in modules.items()}
    everywhere = {
        name: place
        for found in places.values()
        for name, place in found.items()
        if not name.startswith("_")
    }
    return frozenset(
        action
        for path, tree in modules.items()
        for node in ast.walk(tree)
        for value in _values(node, everywhere | places[path])
        for action in _read(value, path)
    )


def _places(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The functions that take an action by place, and in which."""
    for function in ast.walk(tree):
        if isinstance(function, Function):
            for place, argument in enumerate(function.args.args):
                if argument.arg == "action":
                    yield function.name, place


def _values(node: ast.AST, places: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, Function):
        names = [argument.arg for argument in node.args.args]
        with_default = names[len(names) - len(node.args.defaults) :]
        for name, default in zip(with_default, node.args.defaults, strict=True):
            if name == "action":
                yield default
        for argument, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if argument.arg == "action" and value is not None:
                yield value
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        for keyword in node.keywords:
            if keyword.arg == "action" or (keyword.arg == "step" and name == "moving"):
                yield keyword.value
        if name in places and len(node.args) > places[name]:
            yield node.args[places[name]]


def _read(value: ast.expr, path: Path) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(action)):
            yield action
        case ast.IfExp(body=one, orelse=other):
            yield from _read(one, path)
            yield from _read(other, path)
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(rest))]):
            yield from (f"{step}{rest}" for step in _steps(rest))
        case ast.JoinedStr(values=[ast.Constant(value=str(rest)), ast.FormattedValue()]):
            yield from (f"{rest}{step}" for step in _steps(rest))
        case ast.Name():
            # A parameter that is passed on: its callers are read too.
            return
        case _:
            raise AssertionError(f"{path.name}: cannot read {ast.unparse(value)} as an action")


def _steps(name: str) -> Iterator[str]:
    """What people do by hand to a machine."""
    steps = MACHINES[name.strip("_")].steps
    return (step for step, made in steps.items() if not made.by_worker)
