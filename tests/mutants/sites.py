"""Finds each tenant filter and permission check in the syntax tree, and puts a switch at it.

Each kind is taken away by its switch:

fetch    `by.fetch(Model, pk, permission)`: once without the permission, once without the filter
check    `by.allows(…)`, `by.allows_everywhere(…)`: always true; `by.require(…)`: not asked
visible  `by.visible(Model)`: everything
net      `with by.entered()`, `with school_scope(…)`: not entered
filter   a keyword of `.filter(…)` or `.get(…)` that says whose: not given
choice   the same of a `Q(…)`: beside an `&` it lets in more, beside an `|` it lets in less
exclude  the same of `.exclude(…)`
refusal  `if …: raise Forbidden` or `NotFound`: not refused
signed   `@signed_in`: not asked
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("routekaart", "worker")
# What tells a story or was made by a tool, and is not reached by anybody's request.
LEFT_OUT = ("routekaart/demo", "routekaart/migrations", "routekaart/management")
_CHECKS = {"allows", "allows_everywhere"}
_NETS = {"entered", "school_scope", "scope"}
_REFUSALS = {"Forbidden", "NotFound"}
# The last step of a way to whose something is.
_WHOSE = {"school", "schools", "team", "teams", "board", "boards", "person", "persons"} | {
    "author",
    "owner",
    "recipient",
    "requested_by",
    "user",
}
# With an id from outside beside it, these say what that id has to belong to.
_PARENTS = {"routekaart", "study_day", "cycle", "goal", "work_group", "batch", "plan", "topic"}
_IDS = {"pk", "pk__in", "id", "id__in"}
_LOOKUPS = {"in", "id", "isnull", "pk"}
_SWITCH = "_mutants_"
_NOTHING = ast.arguments([], [], None, [], [], None, [])


@dataclass(frozen=True)
class Site:
    """`key` names it, `source` is what stands there."""

    key: str
    line: int
    source: str


def modules() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            if not where.startswith(LEFT_OUT):
                yield path


@lru_cache
def views() -> dict[str, str]:
    """What it takes to see each kind of object, from the table in `access.py`."""
    tree = ast.parse((ROOT / "routekaart/access.py").read_text(encoding="utf-8"))
    for one in tree.body:
        if isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "PATHS":
            assert isinstance(one.value, ast.Dict)
            return {
                ast.unparse(key): ast.unparse(path.args[2]).rsplit(".", 1)[-1]
                for key, path in zip(one.value.keys, one.value.values, strict=True)
                if key is not None and isinstance(path, ast.Call)
            }
    raise LookupError("PATHS")


def sites() -> list[Site]:
    """All of them, in the order of the files."""
    found: list[Site] = []
    for path in modules():
        found += switched(path)[1]
    return found


def switched(path: Path) -> tuple[ast.Module, list[Site]]:
    """The module with its switches, and what they switch."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    finder = _Finder(path.relative_to(ROOT).as_posix())
    finder.visit(tree)
    if finder.found:
        line = ast.parse(f"import tests.mutants.switch as {_SWITCH}").body[0]
        after = next(
            (
                number
                for number, one in enumerate(tree.body)
                if not isinstance(one, ast.Expr) and getattr(one, "module", "") != "__future__"
            ),
            0,
        )
        tree.body.insert(after, line)
    return ast.fix_missing_locations(tree), finder.found


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


class _Finder(ast.NodeTransformer):
    def __init__(self, module: str) -> None:
        self.module = module
        self.names: list[str] = []
        self.numbers: Counter[str] = Counter()
        self.found: list[Site] = []

    def _key(self, kind: str, node: ast.AST, *, ends: tuple[str, ...] = ("",)) -> str:
        name = f"{self.module}::{'.'.join(self.names)}::{kind}"
        self.numbers[name] += 1
        key = f"{name}::{self.numbers[name]}"
        line = getattr(node, "lineno", 0)
        self.found += [Site(f"{key}{end}", line, ast.unparse(node)[:160]) for end in ends]
        return key

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.names.append(node.name)
        self.generic_visit(node)
        for number, one in enumerate(node.decorator_list):
            if isinstance(one, ast.Name) and one.id == "signed_in":
                key = self._key("signed", one)
                node.decorator_list[number] = _expression(f"{_SWITCH}.signed({key!r}, signed_in)")
        self.names.pop()
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        # Constraints of a table, that the database holds.
        if node.name == "Meta":
            return node
        self.names.append(node.name)
        self.generic_visit(node)
        self.names.pop()
        return node

    def visit_With(self, node: ast.With) -> ast.AST:
        self.generic_visit(node)
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and _name(call) in _NETS:
                key = self._key("net", call)
                made = ast.Lambda(_NOTHING, call)
                item.context_expr = ast.Call(
                    _expression(f"{_SWITCH}.net"), [_expression(repr(key)), made], []
                )
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        last = node.body[-1]
        raised = last.exc if isinstance(last, ast.Raise) else None
        if isinstance(raised, ast.Call) and _name(raised) in _REFUSALS:
            key = self._key("refusal", node.test)
            node.test = ast.BoolOp(ast.And(), [_expression(f"{_SWITCH}.on({key!r})"), node.test])
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = _name(node)
        if name == "Q":
            self._keywords(node, "choice")
        if not isinstance(node.func, ast.Attribute):
            return node
        if name in {"fetch", "fetch_those"} and len(node.args) == 3:
            model, permission = ast.unparse(node.args[0]), ast.unparse(node.args[2])
            # To see it and no more: without the filter there is nothing left to take away.
            more = permission.rsplit(".", 1)[-1] != views().get(model)
            ends = (":permission", ":filter") if more else (":filter",)
            key = self._key("fetch", node, ends=ends)
            given = [_expression(repr(key)), node.func.value, *node.args]
            return ast.Call(_expression(f"{_SWITCH}.{name}"), given, node.keywords)
        if name in _CHECKS:
            key = self._key("check", node)
            return ast.BoolOp(ast.Or(), [_expression(f"{_SWITCH}.off({key!r})"), node])
        if name == "require":
            key = self._key("check", node)
            return ast.BoolOp(ast.And(), [_expression(f"{_SWITCH}.on({key!r})"), node])
        if name == "visible":
            key = self._key("visible", node)
            return ast.IfExp(
                _expression(f"{_SWITCH}.off({key!r})"),
                _expression(f"{_SWITCH}.everything()"),
                node,
            )
        if name in {"filter", "get"}:
            self._keywords(node, "filter")
        if name == "exclude":
            self._keywords(node, "exclude")
        return node

    def _keywords(self, node: ast.Call, kind: str) -> None:
        given = {one.arg for one in node.keywords if one.arg}
        whose = _WHOSE | (_PARENTS if given & _IDS else set())
        for one in node.keywords:
            if one.arg and _last_step(one.arg) in whose:
                key = self._key(kind, ast.keyword(one.arg, one.value))
                given_as = ast.Dict([ast.Constant(one.arg)], [one.value])
                one.arg, one.value = (
                    None,
                    ast.IfExp(_expression(f"{_SWITCH}.off({key!r})"), ast.Dict([], []), given_as),
                )


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _last_step(way: str) -> str:
    steps = [step for step in way.split("__") if step not in _LOOKUPS]
    return steps[-1].removesuffix("_id") if steps else ""
