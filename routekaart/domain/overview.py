"""Whom a routekaart waits for, what a team's year asks in hours, and what it costs in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.domain.content.claims import COST_STEPS
from routekaart.domain.hours import MemberHours
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.privacy import hides
from routekaart.domain.progress import Preparation

# The state of a team that has no routekaart in a year.
NOT_BEGUN = "none"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has to happen next. `step` of the routekaart's machine; `on` is who does it.

    `on` is empty when nobody has to do anything.
    """

    step: str
    on: str
    todo: str


_NOTHING = Waiting("", "", "")
_BEGIN = Waiting("", "het team", "een routekaart beginnen")
_NEXT: Mapping[str, Waiting] = {
    "draft": Waiting("submit", "het team", "invullen en indienen"),
    "submitted": Waiting("advise", "de trainer", "advies geven"),
    "advised": Waiting("accept", "de teamleider", "het advies aannemen"),
    "accepted": Waiting("plan", "de teamleider of de trainer", "een plan maken"),
    "planned": Waiting("approve", "de directie", "het plan goedkeuren of teruggeven"),
    "approved": Waiting("start", "de teamleider", "beginnen met de uitvoering"),
}
# The team did not take all of the advice: the trainer gives a next round first.
_AGAIN = Waiting("advise", "de trainer", "kijken naar wat het team niet overneemt")
_CLOSE = Waiting("close", "de teamleider", "het schooljaar afronden")


def waiting(state: str, *, year_is_over: bool, declined: bool = False) -> Waiting:
    """Whom a routekaart in `state` waits for, and what for.

    `declined`: the team did not take some of the latest advice.
    """
    if state == NOT_BEGUN:
        return _BEGIN
    if state == "running" and year_is_over:
        return _CLOSE
    if state == "advised" and declined:
        return _AGAIN
    return _NEXT.get(state, _NOTHING)


def state_words() -> dict[str, str]:
    """Every state of a team in a year with its words, in the order of the year."""
    return {NOT_BEGUN: "nog niet begonnen", **ROUTEKAART.words}


@dataclass(frozen=True, slots=True)
class TeamHours:
    """Minutes that a plan asks of a whole team. `hidden`: of too few people to show a sum."""

    people: int | None
    assigned: int
    individual: int
    assumed: int
    hidden: bool = False

    @property
    def total(self) -> int:
        return self.assigned + self.individual


def team_hours(hours: Iterable[MemberHours]) -> TeamHours | None:
    """The hours of all together; None for a plan that asks nothing of anybody.

    The hours of a few are still the hours of someone: then there are no numbers at all.
    """
    rows = tuple(hours)
    if not rows:
        return None
    if hides(len(rows)):
        return TeamHours(None, 0, 0, 0, hidden=True)
    return TeamHours(
        people=len(rows),
        assigned=sum(row.assigned_minutes for row in rows),
        individual=sum(row.individual_minutes for row in rows),
        assumed=sum(row.assumed_minutes for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Cost:
    """What sources say of the cost, from least to most: never an amount. `without`: how many
    interventions no source gives an estimate for."""

    least: str
    most: str
    sources: tuple[str, ...]
    without: int


def cost(labels: Iterable[tuple[str, str] | None]) -> Cost | None:
    """Of each chosen intervention its label with the source, or None; None when none is chosen."""
    given = tuple(labels)
    if not given:
        return None
    known = sorted((item for item in given if item is not None), key=lambda item: _step(item[0]))
    return Cost(
        least=known[0][0].lower() if known else "",
        most=known[-1][0].lower() if known else "",
        sources=tuple(sorted({source for _, source in known})),
        without=len(given) - len(known),
    )


def _step(label: str) -> int:
    return COST_STEPS.index(label.lower())


@dataclass(frozen=True, slots=True)
class DayLine:
    """A study day: how many goals the plan puts on it, and how far its preparation is."""

    id: UUID
    date: date
    kind: str
    title: str
    state: str
    goals: int
    preparation: Preparation
    has_programme: bool


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal: when the plan has it on a study day, and what the team decided about it last."""

    wording: str
    on: date | None
    verdict: str


@dataclass(frozen=True, slots=True)
class SchoolTotals:
    """Sums over the teams of a school.

    `hours` are those of `teams_counted`; `teams_hidden` have a plan and too few people.
    """

    hours: TeamHours | None
    teams_counted: int
    teams_hidden: int
    cost: Cost | None
    next_day: date | None
    to_look_at: int


NO_TOTALS = SchoolTotals(None, 0, 0, None, None, 0)
