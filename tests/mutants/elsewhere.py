"""Whether an answer changes with what is elsewhere, once a switch is over.

With the switch over before and after: what a switch does to an answer by itself tells nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tests.elsewhere import REFUSED, Answer, about_something, answers, stays
from tests.matrix_world import World
from tests.mutants import switch
from tests.routekaart.web.test_every_place import Asking

if TYPE_CHECKING:
    from tests.mutants.hunt import Hunt

# What is elsewhere is asked about as these.
_ROLES = ("member", "team_lead", "director", "school_admin")
# Of each switch at most so many answers that come by it.
MOST = 20
MOST_WITH_TWO = 1
_TWO = 2
_AS_IT_IS: frozenset[str] = frozenset()
_Named = tuple[str, Answer]
_Given = dict[frozenset[str], Any]


def at_home(world: World) -> Iterator[_Named]:
    for name, role, answer in answers(world, Asking(world)):
        # Those stay as they are only of somebody who left another board too, as it is in
        # `tests/test_elsewhere.py`. Here nobody did: what is added changes them without a switch.
        if role in _ROLES and (name, role) not in REFUSED:
            yield f"{name} {role}", answer


def about_here(world: World) -> Iterator[_Named]:
    for name, role, answer in about_something(world, Asking(world)):
        if role in _ROLES and stays(name, role):
            yield f"{name} {role}", answer


class Elsewhere:
    """Answers of before, as they are and with each switch over that they come by."""

    def __init__(self, hunt: "Hunt", asked: list[_Named]) -> None:
        self.hunt, self.asked = hunt, asked
        self.tried: Counter[frozenset[str]] = Counter()

    def compare(self, about: str, change: Callable[[], None]) -> None:
        """Asks before and after that change, and notes what was noticed."""
        before = [(f"{about} {name}", answer, self._before(answer)) for name, answer in self.asked]
        change()
        for name, answer, found in before:
            if found and _given(answer, _AS_IT_IS) != found[_AS_IT_IS]:
                self.hunt.broken.append(name)
            elif found:
                self._alone(name, answer, found)
                self._with_two(name, answer, found)

    def _before(self, answer: Answer) -> _Given:
        """The answer as it is, and with each switch; nothing where no switch needs it."""
        switch.touched.clear()
        switch.within.clear()
        plain = _given(answer, _AS_IT_IS)
        left = switch.touched - self.hunt.report.caught()
        over = [one for one in (frozenset({key}) for key in left) if self.tried[one] < MOST]
        # A net and what was come by while it was open.
        two = [frozenset(pair) for pair in switch.within if left.issuperset(pair)]
        over += [one for one in two if self.tried[one] < MOST_WITH_TWO]
        self.tried.update(over)
        return {_AS_IT_IS: plain} | {one: _given(answer, one) for one in over} if over else {}

    def _alone(self, name: str, answer: Answer, found: _Given) -> None:
        report = self.hunt.report
        for over in found:
            if len(over) == 1 and not over <= report.caught() and _differs(answer, over, found):
                report.add(next(iter(over)), name)

    def _with_two(self, name: str, answer: Answer, found: _Given) -> None:
        """Each alone changes nothing, and both together do: each stands behind the other."""
        report = self.hunt.report
        for over in found:
            known = report.caught() | report.second()
            if len(over) == _TWO and not over <= known and not over & report.caught():
                alone = any(_differs(answer, frozenset({key}), found) for key in over)
                if not alone and _differs(answer, over, found):
                    one, other = sorted(over)
                    report.add(one, name, behind=other)
                    report.add(other, name, behind=one)


def _differs(answer: Answer, over: frozenset[str], found: _Given) -> bool:
    # Twice, for the clock may have gone on.
    return over in found and all(_given(answer, over) != found[over] for _ in range(2))


def _given(answer: Answer, over: frozenset[str]) -> Any:
    switch.active = over
    try:
        status, content = answer()
        return status, hash(content)
    except Exception as wrong:  # noqa: BLE001 - any way of going wrong is an answer
        return repr(wrong)
    finally:
        switch.active = frozenset()
