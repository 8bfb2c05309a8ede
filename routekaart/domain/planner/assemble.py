"""Works a decision out into a whole plan: weeks, programmes, meetings, hours, what is left over.

Every planner ends here, so that plans differ in their decisions only.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date

from courses.dutch import listed
from courses.entities import DurationBasis
from routekaart.domain.hours import Activity, HoursKind, Spent, own_hours_rule, tally
from routekaart.domain.people import is_present
from routekaart.domain.planner.activities import plan_activities
from routekaart.domain.planner.aftercare import Aftercare, plan_aftercare
from routekaart.domain.planner.deciding import decision_of
from routekaart.domain.planner.decision import Decision, Placed, Postponed
from routekaart.domain.planner.demand import Demand
from routekaart.domain.planner.draft import Draft
from routekaart.domain.planner.elsewhere import twice_notes
from routekaart.domain.planner.lesson_visits import plan_lesson_visits
from routekaart.domain.planner.newcomers import newcomer_notes
from routekaart.domain.planner.notes import plan_notes
from routekaart.domain.planner.plan import (
    Code,
    Note,
    NotPlaced,
    Placement,
    Plan,
    PlannedDay,
    Subject,
)
from routekaart.domain.planner.preparation import (
    Told,
    preparation_weeks,
    shortages,
    waiting_minutes,
)
from routekaart.domain.planner.problem import Problem, StudyDay
from routekaart.domain.planner.question import Places
from routekaart.domain.planner.taken import blocked_notes, taken_notes
from routekaart.domain.study_day import DayGoal, build_programme

_STUDIED = Note(
    "studied_as_planned",
    "Wat in voorbije weken gepland stond, telt als gedaan, ook als niemand dat heeft gemeld "
    "(aanname). Een cursus die als afgerond is gemeld, vraagt geen tijd meer.",
)
_POSTPONED = {
    Code.NO_STUDY_DAY: "er is geen studiedag om op te plannen; voeg een studiedag of -middag toe",
    Code.NO_FREE_DAY: "er is geen studiedag meer vrij die op tijd is; voeg een studiedag toe of "
    "verschuif een ander doel",
    Code.DAY_TAKEN: "op een dag die op tijd is, heeft een ander team dezelfde ruimte of trainer; "
    "kies een andere tijd, ruimte of trainer, of voeg een studiedag toe",
    Code.ORDER_CYCLE: "het wacht op een doel dat zelf op dit doel wacht; pas de volgorde aan",
    Code.ORDER_UNMET: "het komt na een doel dat nog geen studiedag heeft; geef eerst dat doel een "
    "studiedag, of haal weg dat dit doel daarna komt",
    Code.PREPARATION_SHORT: "er is voor geen studiedag op tijd genoeg studietijd; "
    "geef meer studietijd of maak een cursus vrijwillig",
}


def plan_of(
    draft: Draft, places: Places, *, method: str, optimal: bool, notes: Sequence[Note] = ()
) -> Plan:
    """The whole plan when goals stand at these places, what lies behind included.

    Candidates on which nothing was placed are not held.
    """
    problem, history, demand = draft.problem, draft.history, draft.demand
    decision = decision_of(draft, places)
    held = [item for item in draft.days if item.day.fixed or decision.on_day(item.day.id)]
    days = (
        *history.study_days,
        *(_planned_day(problem, usable.day, decision) for usable in held),
    )
    weeks, spent = preparation_weeks(demand, decision, draft.work)
    weeks = tuple(sorted((*history.weeks, *weeks), key=lambda item: (item.member_id, item.week)))
    aftercare = plan_aftercare(problem, days, draft.published, history)
    activities, without_meeting = plan_activities(
        problem, aftercare.meetings, draft.published, history
    )
    visits, without_visits = plan_lesson_visits(problem, days, aftercare.follow_ups)
    dates = {day.study_day_id: day.date for day in days}
    told = frozenset((item.member_id, item.course) for item in history.shortages)
    short = tuple(shortages(problem, demand, decision, history.studied(), told))
    rule = own_hours_rule(problem.sector, problem.calendar.year.first_day)
    whole = draft.whole.study_days
    assumed = {day.id for day in whole if day.duration_basis is DurationBasis.ASSUMED}
    hours = tally(
        sorted(problem.members, key=lambda member: member.id),
        (
            *history.spent(draft.whole),
            *spent,
            *_day_hours(problem, days, assumed),
            *_meeting_hours(problem, aftercare),
        ),
        rule,
    )
    plan = Plan(
        year=problem.calendar.year,
        method=method,
        optimal=optimal,
        placements=(*history.placements, *_placements(problem, decision)),
        preparation_weeks=weeks,
        study_days=days,
        plg_meetings=aftercare.meetings,
        follow_ups=aftercare.follow_ups,
        evaluations=aftercare.evaluations,
        hours=hours,
        completed=(*history.completed(draft.whole), *demand.completed),
        not_placed=(
            *draft.refused,
            *_postponed_goals(problem, demand, decision, told),
            *demand.refused,
            *sorted(
                (
                    *history.shortages,
                    *short,
                ),
                key=lambda item: (
                    item.member_id or "",
                    dates.get(item.study_day_id or "", date.min),
                    item.goal_id or "",
                    item.course or "",
                ),
            ),
            *aftercare.not_placed,
            *without_meeting,
            *without_visits,
        ),
        assumptions=(
            *notes,
            *([_STUDIED] if history.weeks else []),
            *plan_notes(draft.whole, days, weeks, hours, rule),
            *taken_notes(draft.whole, days),
            *blocked_notes(draft),
            *newcomer_notes(draft.published, demand, short),
        ),
        activities=activities,
        lesson_visits=visits,
    )
    twice = tuple(twice_notes(plan, draft.whole.members, draft.whole.elsewhere))
    return replace(plan, assumptions=(*plan.assumptions, *twice)) if twice else plan


def _planned_day(problem: Problem, day: StudyDay, decision: Decision) -> PlannedDay:
    titles = {goal.id: goal.title for goal in problem.goals}
    goal_ids = tuple(placed.goal_id for placed in decision.on_day(day.id))
    return PlannedDay(
        study_day_id=day.id,
        title=day.title,
        date=day.date,
        kind=day.kind,
        start=day.start,
        minutes=day.minutes,
        goal_ids=goal_ids,
        blocks=build_programme(
            day.start, day.minutes, [DayGoal(item, titles[item]) for item in goal_ids]
        ),
    )


def _placements(problem: Problem, decision: Decision) -> tuple[Placement, ...]:
    titles = {goal.id: goal.title for goal in problem.goals}
    after = {goal.id: [o for o in goal.after if o in titles] for goal in problem.goals}
    ordered = sorted(decision.placed.values(), key=lambda item: (_when(item), item.rank))
    return tuple(
        Placement(
            goal_id=item.goal_id,
            goal_title=titles[item.goal_id],
            study_day_id=item.day.day.id,
            study_day_date=item.day.day.date,
            deadline=item.day.deadline,
            reason=" ".join(
                [item.reason, *(f"Het komt na ‘{titles[other]}’." for other in after[item.goal_id])]
            ),
        )
        for item in ordered
    )


def _when(placed: Placed) -> tuple[object, ...]:
    day = placed.day.day
    return (day.date, day.start, day.id)


def _postponed_goals(
    problem: Problem, demand: Demand, decision: Decision, told: Told
) -> Iterator[NotPlaced]:
    titles = {goal.id: goal.title for goal in problem.goals}
    goals = sorted(
        (goal for goal in problem.goals if goal.id in decision.postponed),
        key=lambda item: (item.priority, item.id),
    )
    waiting = waiting_minutes(demand, decision, [goal.id for goal in goals], told)
    for goal in goals:
        firsts = [titles[first] for first in goal.after if first in titles]
        yield _postponed(goal.title, decision.postponed[goal.id], waiting[goal.id], firsts)


def _postponed(title: str, postponed: Postponed, waiting: int, firsts: Sequence[str]) -> NotPlaced:
    why = _POSTPONED[postponed.code]
    if postponed.code is Code.ORDER_CYCLE and firsts:
        names = listed([f"‘{first}’" for first in firsts])
        why = f"het komt na {names}, en dat wacht zelf op dit doel; pas de volgorde aan"
    return NotPlaced(
        Subject.GOAL,
        postponed.code,
        f"‘{title}’ heeft nog geen studiedag: {why}.",
        goal_id=postponed.goal_id,
        missing_minutes=waiting,
    )


def _day_hours(
    problem: Problem, days: Sequence[PlannedDay], assumed: Container[str]
) -> Iterator[Spent]:
    """Study days oblige everyone who is not on leave, also on a day they do not work."""
    for member in problem.members:
        for day in days:
            away = any(leave.first <= day.date <= leave.last for leave in member.leave)
            if not away and member.working_days:
                yield Spent(
                    member.id,
                    Activity.STUDY_DAY,
                    HoursKind.ASSIGNED,
                    day.minutes,
                    assumed=day.study_day_id in assumed,
                    off_day=not is_present(member, day.date),
                )


def _meeting_hours(problem: Problem, aftercare: Aftercare) -> Iterator[Spent]:
    """Meetings oblige those who work that day."""
    assumed = problem.settings.meetings_assumed
    meetings = [
        *((Activity.PLG, item.date, item.minutes) for item in aftercare.meetings),
        *((Activity.FOLLOW_UP, item.date, item.minutes) for item in aftercare.follow_ups),
        *((Activity.EVALUATION, item.date, item.minutes) for item in aftercare.evaluations),
    ]
    for member in problem.members:
        for activity, on, minutes in meetings:
            if is_present(member, on):
                yield Spent(member.id, activity, HoursKind.ASSIGNED, minutes, assumed=assumed)
