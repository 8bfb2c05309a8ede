"""Dates for what the team does together: each activity on the agenda of a PLG meeting."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from courses.advice import ActivityKind, Advice
from routekaart.domain.assigning import GoalChoice
from routekaart.domain.planner.history import History
from routekaart.domain.planner.plan import Code, NotPlaced, Plan, PlannedActivity, Subject
from routekaart.domain.planner.problem import JointActivity, Problem
from routekaart.domain.plg import PlgMeeting

# An assumption: soon after the study day helps more than one at a time.
_PER_MEETING = 2


def activities_of(advice: Advice, goals: Sequence[GoalChoice]) -> tuple[JointActivity, ...]:
    """What an advice has the team do together, for the goals that ask for it.

    Agendas are left out: they are those of the meetings themselves.
    """
    found = []
    for item in advice.plg_activities:
        goal_ids = tuple(goal.id for goal in goals if item.intervention in goal.interventions)
        if item.kind is not ActivityKind.AGENDA and (goal_ids or item.intervention is None):
            found.append(JointActivity(item.slug, item.title, goal_ids))
    return tuple(sorted(found, key=lambda item: item.id))


def plan_activities(
    problem: Problem,
    meetings: Sequence[PlgMeeting],
    published: Plan | None = None,
    history: History | None = None,
) -> tuple[tuple[PlannedActivity, ...], tuple[NotPlaced, ...]]:
    """The activities in order of date, and those for which there is no meeting.

    An activity comes up in the first meeting about one of its goals that is not full; a meeting
    takes two, and more only where all are full. There the team does it, or agrees who visits whom.
    What was done stays as it was, and what was published stays on its date where that can be.
    """
    known = {goal.id for goal in problem.goals}
    # Meetings speak of goals that lie behind, too.
    known.update(goal_id for meeting in meetings for goal_id in meeting.goal_ids)
    first = problem.plan_from or date.min
    planned = list(history.activities) if history else []
    done = {item.activity_id for item in planned}
    dates_of: dict[str, list[date]] = {}
    about: dict[str, tuple[str, ...]] = {}
    for activity in sorted(problem.activities, key=lambda item: item.id):
        if activity.id not in done:
            goal_ids = tuple(goal_id for goal_id in activity.goal_ids if goal_id in known)
            about[activity.id] = goal_ids
            dates_of[activity.id] = [
                item.date
                for item in meetings
                if item.date >= first and _is_about(item, activity, goal_ids)
            ]
    was = {item.activity_id: item.date for item in published.activities} if published else {}
    on = {key: was[key] for key, dates in dates_of.items() if was.get(key) in dates}
    busy = Counter(on.values())
    for key, dates in dates_of.items():
        if dates and key not in on:
            on[key] = min(dates, key=lambda day: (busy[day] // _PER_MEETING, day))
            busy[on[key]] += 1
    planned += [
        PlannedActivity(item.id, item.title, about[item.id], on[item.id])
        for item in problem.activities
        if item.id in on
    ]
    planned.sort(key=lambda item: (item.date, item.activity_id))
    ordered = sorted(problem.activities, key=lambda item: item.id)
    return tuple(planned), tuple(
        _no_meeting(item) for item in ordered if item.id not in done and item.id not in on
    )


def _is_about(meeting: PlgMeeting, activity: JointActivity, goal_ids: Iterable[str]) -> bool:
    """Whether a meeting suits: about one of the goals, or any where it is for the whole team."""
    return not activity.goal_ids or not set(goal_ids).isdisjoint(meeting.goal_ids)


def _no_meeting(activity: JointActivity) -> NotPlaced:
    return NotPlaced(
        Subject.ACTIVITY,
        Code.NO_MEETING,
        f"Voor ‘{activity.title}’ is er geen PLG-bijeenkomst na de studiedag: kies een eerdere "
        "studiedag of spreek zelf een moment af.",
        activity_id=activity.id,
    )
