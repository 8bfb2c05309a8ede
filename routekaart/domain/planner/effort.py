"""What planning costs, counted in work: every machine stops at the same step.

One unit is about an eighth of a microsecond on a slow core. Work decides; the clock only in an
emergency, and then the answer says so.
"""

from collections.abc import Callable

from routekaart.domain.planner.question import Question

STEPS = 8_000
"""The most choices for one question, however small."""
WORK = 6_000_000
"""The most work for one question: a choice of a large one takes longer."""
LEAST_STEPS = 200
EMERGENCY_SECONDS = 15.0


class Emergency:
    """A stop by the clock, for when work takes far longer than it should.

    `came`: it was needed, so on another day the answer may be another one.
    """

    def __init__(self, is_over: Callable[[], bool]) -> None:
        self._is_over = is_over
        self.came = False

    @classmethod
    def by(cls, clock: Callable[[], float], seconds: float = EMERGENCY_SECONDS) -> "Emergency":
        """So many seconds from now, by a clock that counts them."""
        end = clock() + seconds
        return cls(lambda: clock() > end)

    def now(self) -> bool:
        """Whether to stop; from the first time on always."""
        self.came = self.came or self._is_over()
        return self.came


def step_work(question: Question) -> int:
    """What one choice costs: the rules are copied, and those of one goal are looked at."""
    limits = question.conditions.limits
    return 50 + 2 * len(limits) + _load(question) // max(1, len(question.goals))


def building_work(question: Question, rows: int) -> int:
    """What it costs to make a question of so many courses of people, and to start to search it."""
    return 5_000 + (50 + len(question.goals)) * _load(question) + 80 * rows


def steps_for(question: Question) -> int:
    """How many choices a question gets."""
    return min(STEPS, max(LEAST_STEPS, WORK // step_work(question)))


def _load(question: Question) -> int:
    return sum(len(limit.load) for limit in question.conditions.limits)
