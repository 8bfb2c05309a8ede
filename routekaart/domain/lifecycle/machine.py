"""What a state machine is: states with their Dutch words, and steps from state to state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routekaart.domain.errors import Conflict


@dataclass(frozen=True, slots=True)
class Step:
    """One step: it may be made in any of `sources` and ends in `target`.

    A source that is the target itself means that the step may be repeated without harm.
    `by_worker`: nobody does this by hand; it happens behind.
    """

    sources: frozenset[str]
    target: str
    by_worker: bool = False


def step(*sources: str, to: str, by_worker: bool = False) -> Step:
    """A step from any of `sources` to the state `to`."""
    return Step(frozenset(sources), to, by_worker)


@dataclass(frozen=True, slots=True)
class Machine:
    """The life of one kind of object. `noun` is how a sentence names it, with its article.

    `words` are all states in their order, each with its Dutch word; the first is the start.
    """

    name: str
    noun: str
    words: Mapping[str, str]
    steps: Mapping[str, Step]
    start: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", next(iter(self.words)))
        for action, each in self.steps.items():
            if unknown := (each.sources | {each.target}) - set(self.words):
                raise ValueError(f"{self.name}: {action} names unknown states {sorted(unknown)}")

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The states with their words, as a table wants them."""
        return list(self.words.items())

    def after(self, state: str, action: str) -> str:
        """The state that `action` leads to from `state`.

        Raises `Conflict` (`wrong_state`) when it may not be made there, and says where it may.
        """
        wanted = self.steps[action]
        if state not in wanted.sources:
            possible = ", ".join(
                word for name, word in self.words.items() if name in wanted.sources
            )
            raise Conflict(
                f"Dit kan niet: {self.noun} heeft de status ‘{self.words[state]}’. "
                f"Het kan wel bij: {possible}.",
                code="wrong_state",
            )
        return wanted.target

    def sources(self, action: str) -> tuple[str, ...]:
        """The states in which `action` may be made, in the order of the states."""
        return tuple(state for state in self.words if state in self.steps[action].sources)
