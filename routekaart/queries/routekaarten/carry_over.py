"""What a year leaves for the next: per goal how it stands, and what was answered and agreed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.agreements import OPEN
from routekaart.domain.lifecycle import PLG_MEETING
from routekaart.domain.looking_back import PastAnswer, PastDecision, PastGoal, PastIndicator
from routekaart.models import Agreement, Goal, PlgMeeting, Routekaart, StudyDay
from routekaart.models.routekaarten import State
from routekaart.queries.quality.agreements import with_checks, with_owner
from routekaart.queries.quality.evaluations import GoalEvaluation, evaluation_of_goal, to_evaluate

# A year that goes on or is over; before that there is nothing to look back on.
CARRIED_FROM = (State.RUNNING, State.CLOSED)
_HELD = PLG_MEETING.steps["close"].target


@dataclass(frozen=True, slots=True)
class MeetingAnswers:
    """What the last meeting of a PLG answered to the four questions."""

    plg: str
    held_on: date
    answers: Sequence[PastAnswer]


@dataclass(frozen=True, slots=True)
class GoalToCarry:
    """`carried_to`: the goal in next year's routekaart, once it is there."""

    evaluation: GoalEvaluation
    carried_to: UUID | None
    agreements: Sequence[Agreement]
    meetings: Sequence[MeetingAnswers]


@dataclass(frozen=True, slots=True)
class Outcome:
    study_day: UUID
    date: date
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CarryOver:
    """`goals` by priority; `agreements` and `meetings` are those that serve no goal."""

    routekaart: Routekaart
    next: Routekaart | None
    goals: Sequence[GoalToCarry]
    agreements: Sequence[Agreement]
    meetings: Sequence[MeetingAnswers]
    outcomes: Sequence[Outcome]


def carry_over_of(*, by: Access, routekaart_id: UUID) -> CarryOver:
    """Everything that a team looks at when it closes a year and begins the next."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_AGREEMENTS)
    with by.entered():
        routekaart = Routekaart.objects.select_related("team").get(pk=routekaart_id)
        agreements: dict[UUID | None, list[Agreement]] = defaultdict(list)
        rows = with_owner(Agreement.objects.filter(routekaart=routekaart, state=OPEN))
        for agreement in rows.prefetch_related(with_checks()):
            agreements[agreement.goal_id].append(agreement)
        meetings = last_answers(routekaart_id)
        goals = Goal.objects.filter(routekaart=routekaart).select_related("carried_to")
        return CarryOver(
            routekaart=routekaart,
            next=next_routekaart(routekaart),
            goals=tuple(
                GoalToCarry(
                    evaluation=evaluation_of_goal(goal),
                    carried_to=carried_to(goal),
                    agreements=tuple(agreements[goal.pk]),
                    meetings=tuple(meetings.get(goal.pk, ())),
                )
                for goal in to_evaluate(goals)
            ),
            agreements=tuple(agreements[None]),
            meetings=tuple(meetings.get(None, ())),
            outcomes=tuple(
                Outcome(day.pk, day.date, day.title, day.outcome)
                for day in StudyDay.objects.filter(routekaart=routekaart).exclude(outcome="")
            ),
        )


def next_routekaart(routekaart: Routekaart) -> Routekaart | None:
    """The same team's routekaart of the next school year. Call inside the scope of its school."""
    return Routekaart.objects.filter(
        team=routekaart.team_id, school_year=routekaart.school_year + 1
    ).first()


def carried_to(goal: Goal) -> UUID | None:
    """The goal that goes on with this one, if there is one."""
    return goal.carried_to.pk if hasattr(goal, "carried_to") else None


def last_answers(routekaart_id: UUID) -> Mapping[UUID | None, Sequence[MeetingAnswers]]:
    """Per goal (or None) what the last held meeting of each PLG answered.

    Call inside the scope of the routekaart's school.
    """
    latest: dict[UUID, PlgMeeting] = {}
    rows = PlgMeeting.objects.filter(cycle__routekaart=routekaart_id, state=_HELD)
    for meeting in rows.select_related("cycle").prefetch_related("answers").order_by("date", "id"):
        latest[meeting.cycle_id] = meeting
    found: dict[UUID | None, list[MeetingAnswers]] = defaultdict(list)
    for meeting in sorted(latest.values(), key=lambda one: (one.cycle.name, str(one.cycle_id))):
        plg = meeting.cycle.name
        answers = tuple(
            PastAnswer(plg, row.question, row.text, row.not_answered_because)
            for row in meeting.answers.all()
        )
        found[meeting.cycle.goal_id].append(MeetingAnswers(plg, meeting.date, answers))
    return found


def past_goal(evaluation: GoalEvaluation, meetings: Sequence[MeetingAnswers]) -> PastGoal:
    """A goal as next year's draft looks back on it."""
    latest = evaluation.latest_decision
    return PastGoal(
        wording=evaluation.goal.wording,
        decision=PastDecision(latest.verdict, latest.reason, latest.decided_on) if latest else None,
        indicators=tuple(
            PastIndicator(one.indicator.name, one.indicator.unit, one.reading)
            for one in evaluation.indicators
        ),
        answers=tuple(answer for meeting in meetings for answer in meeting.answers),
    )


@dataclass(frozen=True, slots=True)
class LeftGoal:
    """A goal of last year that is open. `carried`: it is in this year's routekaart already."""

    goal: Goal
    decision: str
    carried: bool
    agreements: Sequence[Agreement]


@dataclass(frozen=True, slots=True)
class LastYear:
    """What last year leaves for this routekaart. `agreements` are those that serve no goal."""

    routekaart: Routekaart
    goals: Sequence[LeftGoal]
    agreements: Sequence[Agreement]


def last_year_of(*, by: Access, routekaart_id: UUID) -> LastYear | None:
    """What the team can take along from last year, or None when there is no such year."""
    new = by.fetch(Routekaart, routekaart_id, Permission.VIEW_AGREEMENTS, along=("team",))
    with by.entered():
        old = Routekaart.objects.filter(
            team=new.team_id, school_year=new.school_year - 1, state__in=CARRIED_FROM
        ).first()
        if old is None:
            return None
        agreements: dict[UUID | None, list[Agreement]] = defaultdict(list)
        for agreement in with_owner(Agreement.objects.filter(routekaart=old, state=OPEN)):
            agreements[agreement.goal_id].append(agreement)
        goals = Goal.objects.filter(routekaart=old).select_related("carried_to")
        left = [_left_goal(goal, agreements) for goal in to_evaluate(goals)]
        return LastYear(
            routekaart=old,
            goals=tuple(one for one in left if one is not None),
            agreements=tuple(agreements[None]),
        )


def has_last_year(*, by: Access, routekaart: Routekaart) -> bool:
    """Whether there is a year of which something can go along to `routekaart`, which `by` sees."""
    with by.entered():
        return Routekaart.objects.filter(
            team=routekaart.team_id,
            school_year=routekaart.school_year - 1,
            state__in=CARRIED_FROM,
        ).exists()


def _left_goal(
    goal: Goal, agreements: Mapping[UUID | None, Sequence[Agreement]]
) -> LeftGoal | None:
    evaluation = evaluation_of_goal(goal)
    carried = carried_to(goal) is not None
    if not (evaluation.is_open or carried):
        return None
    latest = evaluation.latest_decision
    return LeftGoal(
        goal=goal,
        decision=latest.get_verdict_display() if latest else "",
        carried=carried,
        agreements=tuple(agreements.get(goal.pk, ())),
    )
