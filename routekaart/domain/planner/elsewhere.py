"""People who are in two teams can be in one place: what their other teams have on a date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from routekaart.domain.content.wording import counted, weekday_date
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import Note, Plan
from routekaart.domain.planner.problem import Elsewhere

STUDY_DAY = "een studiedag"
PLG_MEETING = "een PLG-bijeenkomst"
FOLLOW_UP = "een vervolgbijeenkomst"
EVALUATION = "een evaluatie"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something at which the whole team is; no `start`: only the date is known."""

    what: str
    date: date
    start: time | None = None
    minutes: int = 0


def moments_of(plan: Plan) -> tuple[Moment, ...]:
    """Everything of a plan at which the whole team is, in order of date."""
    found = [
        *(
            Moment(STUDY_DAY, day.date, day.start, day.minutes)
            for day in plan.study_days
            if day.goal_ids
        ),
        *(Moment(PLG_MEETING, item.date) for item in plan.plg_meetings),
        *(Moment(FOLLOW_UP, item.date) for item in plan.follow_ups),
        *(Moment(EVALUATION, item.date) for item in plan.evaluations),
    ]
    return tuple(sorted(found, key=lambda item: (item.date, item.start or time.min, item.what)))


def elsewhere_of(team: str, plan: Plan, people: Iterable[str]) -> tuple[Elsewhere, ...]:
    """What the plan of another team asks of these people, who are in both teams."""
    both = tuple(sorted(people))
    return tuple(
        Elsewhere(team, item.what, item.date, both, item.start, item.minutes)
        for item in moments_of(plan)
        if both
    )


def twice_notes(
    plan: Plan, members: Sequence[Member], elsewhere: Sequence[Elsewhere]
) -> Iterator[Note]:
    """Where people of a plan have to be in two places: how many, never who."""
    told = set()
    for mine in moments_of(plan):
        for other in elsewhere:
            people = sum(
                member.id in other.people and not _is_away(member, mine.date) for member in members
            )
            key = (mine.date, mine.what, other.team)
            if people and key not in told and _at_once(mine, other):
                told.add(key)
                yield _note(mine, other, people)


def _note(mine: Moment, other: Elsewhere, people: int) -> Note:
    when = "op dezelfde tijd" if mine.start and other.start else "op dezelfde dag"
    return Note(
        "people_in_two_places",
        f"Op {weekday_date(mine.date)} heeft dit team {mine.what}, en het team ‘{other.team}’ "
        f"{when} {other.what}. {counted(people, 'collega zit', 'collega’s zitten')} in beide "
        "teams. Kies een andere datum of tijd, of doe het samen.",
    )


def _at_once(mine: Moment, other: Elsewhere) -> bool:
    """Whether both are at the same time, as far as is known."""
    if mine.date != other.date:
        return False
    if mine.start is None or other.start is None:
        return True
    first, second = (datetime.combine(mine.date, start) for start in (mine.start, other.start))
    return first < second + timedelta(minutes=other.minutes) and second < first + timedelta(
        minutes=mine.minutes
    )


def _is_away(member: Member, day: date) -> bool:
    return any(leave.first <= day <= leave.last for leave in member.leave)
