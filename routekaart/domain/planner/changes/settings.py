"""Changes to how a team wants to plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from courses.dutch import listed
from routekaart.domain.content.wording import WEEKDAYS, counted, duration
from routekaart.domain.people import FULL_WEEK
from routekaart.domain.planner.changes.change import NAMED, ImpossibleChange, Words
from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.problem import Problem

Value = int | bool | None
# More than any team has of anything; keeps sums of weeks within the calendar of a computer.
_MOST = 10_000
_HIGHEST = {"meeting_weekday": len(FULL_WEEK)}

_PHRASES: Mapping[str, Callable[[int], str]] = {
    "team_weekly_minutes": lambda n: f"{duration(n)} studietijd per week bij 1 fte",
    "window_weeks": lambda n: f"voorbereiden vanaf {counted(n, 'week', 'weken')} voor de studiedag",
    "deadline_working_days": lambda n: (
        f"klaar zijn {counted(n, 'werkdag', 'werkdagen')} voor de studiedag"
    ),
    "goals_per_day": lambda n: f"hoogstens {counted(n, 'doel', 'doelen')} per studiedag",
    "goals_per_afternoon": lambda n: f"hoogstens {counted(n, 'doel', 'doelen')} per studiemiddag",
    "plg_rhythm_weeks": lambda n: f"elke {_weeks(n)} een PLG-bijeenkomst",
    "plg_minutes": lambda n: f"PLG-bijeenkomsten van {duration(n)}",
    "plg_minimum_meetings": lambda n: (
        f"minstens {counted(n, 'PLG-bijeenkomst', 'PLG-bijeenkomsten')} na elke studiedag"
    ),
    "follow_up_weeks": lambda n: (
        f"de vervolgbijeenkomst {counted(n, 'week', 'weken')} na de studiedag"
    ),
    "follow_up_minutes": lambda n: f"een vervolgbijeenkomst van {duration(n)}",
    "evaluation_weeks": lambda n: f"de evaluatie {counted(n, 'week', 'weken')} na de studiedag",
    "evaluation_minutes": lambda n: f"een evaluatie van {duration(n)}",
    "most_candidate_days": lambda n: (
        f"hoogstens {counted(n, 'kandidaatdatum', 'kandidaatdata')} gebruiken"
    ),
    "meeting_weekday": lambda n: f"bijeenkomsten op {WEEKDAYS[n - 1]}",
}
# For the settings that are yes or no, and for a limit that is taken away.
_FIXED_PHRASES: Mapping[tuple[str, Value], str] = {
    ("goals_per_day", None): "niet meer doelen per studiedag dan nodig",
    ("most_candidate_days", None): "alle kandidaatdata mogen gebruiken",
    ("wait_for_all", True): "elk doel laten wachten tot iedereen klaar kan zijn",
    ("wait_for_all", False): "doelen niet op iedereen laten wachten",
    ("meeting_weekday", None): "bijeenkomsten op de dag waarop de meesten werken",
    ("lesson_visits", True): "lesbezoeken plannen na elke studiedag",
    ("lesson_visits", False): "geen lesbezoeken plannen",
}


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Other settings, as pairs of a name in `Settings` and its new value; see `of`.

    `goals_per_day` None: as few as let every goal find a place (`evened`).
    """

    values: tuple[tuple[str, Value], ...]

    @classmethod
    def of(cls, **values: Value) -> "ChangeSettings":
        """`ChangeSettings.of(window_weeks=8, wait_for_all=True)`"""
        return cls(tuple(sorted(values.items())))

    def apply(self, problem: Problem) -> Problem:
        if not self.values:
            raise ImpossibleChange(
                "", "Noem minstens één instelling die verandert.", code="no_setting"
            )
        settings = problem.settings
        for name, value in self.values:
            _check(name, value)
            if (name, value) == ("goals_per_day", None):
                continue
            try:
                settings = replace(settings, **{name: value})  # type: ignore[arg-type]
            except ValueError:
                raise ImpossibleChange(
                    name, "Dit getal is te laag. Kies een hoger getal.", code="impossible_setting"
                ) from None
        result = replace(problem, settings=settings)
        return evened(result) if ("goals_per_day", None) in self.values else result

    def text(self, _problem: Problem, _words: Words = NAMED) -> str:
        return listed([_phrase(name, value) for name, value in self.values])


def _check(name: str, value: Value) -> None:
    if (name, value) in _FIXED_PHRASES and not _is_number(value):
        return
    if name not in _PHRASES or not _is_number(value):
        raise ImpossibleChange(
            name, "Deze instelling of waarde bestaat niet. Kies een andere.", code="unknown_setting"
        )
    most = _HIGHEST.get(name, _MOST)
    if value is not None and value > most:
        raise ImpossibleChange(name, f"Kies hoogstens {most}.", code="impossible_setting")


def _is_number(value: Value) -> bool:
    # True is an int to Python, and 1 == True.
    return isinstance(value, int) and not isinstance(value, bool)


def _phrase(name: str, value: Value) -> str:
    _check(name, value)
    if value is None or isinstance(value, bool):
        return _FIXED_PHRASES[name, value]
    return _PHRASES[name](value)


def _weeks(number: int) -> str:
    return "week" if number == 1 else f"{number} weken"
