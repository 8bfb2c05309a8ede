"""Running a template: Jinja with nothing in it, and a budget that no template can exceed.

Work is counted and not timed, so that the same template with the same values always ends the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.expressions import FILTERS, LOOP_TEXTS

# A plan of 200 people with 60 goals takes a tenth of it; all of it is a matter of seconds.
MOST_STEPS = 3_000_000
MOST_CHARACTERS = 12_000_000
_COUNTED = "counted"


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for one document. Only items of values have fields; nothing can be called."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters[_COUNTED] = self._counted
        self._steps = 0
        self._characters = 0

    def filled(self, source: str, values: Mapping[str, Any]) -> str:
        """The source with its values. Raises `BadInput` (`too_much`) when the budget is spent."""
        tree = self.parse(source)
        _count_turns(tree)
        parts: list[str] = []
        for part in self.from_string(tree).generate(values):
            self._characters += len(part)
            if self._characters > MOST_CHARACTERS:
                raise too_much()
            parts.append(part)
        return "".join(parts)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of an item, or what a loop knows of itself."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP_TEXTS:
            return getattr(obj, attribute)
        return self.undefined(obj=None, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Undefined:  # noqa: ARG002 - as Jinja calls it
        """Nothing: a template names its fields."""
        return self.undefined(obj=None, name="[]")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - as Jinja calls it
        return False

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 - as Jinja calls it
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - as Jinja calls it
        return self.undefined(obj=None, name=operator)

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:  # noqa: ARG002 - as Jinja calls it
        return self.undefined(obj=None, name=operator)

    def _counted(self, items: Sequence[Any], weight: int) -> Sequence[Any]:
        self._steps += (len(items) + 1) * weight
        if self._steps > MOST_STEPS:
            raise too_much()
        return items


def too_much() -> BadInput:
    """The refusal of a template that never ends, or not soon."""
    return BadInput(
        "file",
        "Met dit sjabloon wordt het document veel te groot. Zet minder herhalingen in elkaar.",
        code="too_much",
    )


def _count_turns(tree: nodes.Template) -> None:
    """Puts what one turn costs, in parts of its body, beside the list of each loop."""
    for loop in tuple(tree.find_all(nodes.For)):
        weight = sum(1 for _node in loop.find_all(nodes.Node))
        loop.iter = nodes.Filter(
            loop.iter, _COUNTED, [nodes.Const(weight)], [], None, None, lineno=loop.lineno
        )
