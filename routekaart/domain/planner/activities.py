"""Dates for what the team does together: each activity on the agenda of a PLG meeting."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from courses.advice import ActivityKind, Advice
from routekaart.domain.assigning import GoalChoice
from routekaart.domain.planner.plan import Code, NotPlaced, PlannedActivity, Subject
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
    problem: Problem, meetings: Sequence[PlgMeeting]
) -> tuple[tuple[PlannedActivity, ...], tuple[NotPlaced, ...]]:
    """The activities in order of date, and those for which there is no meeting.

    An activity comes up in the first meeting about one of its goals that is not full; a meeting
    takes two, and more only where all are full. There the team does it, or agrees who visits whom.
    """
    known = {goal.id for goal in problem.goals}
    # Meetings speak of goals that lie behind, too.
    known.update(goal_id for meeting in meetings for goal_id in meeting.goal_ids)
    busy: Counter[date] = Counter()
    planned: list[PlannedActivity] = []
    not_placed: list[NotPlaced] = []
    for activity in sorted(problem.activities, key=lambda item: item.id):
        goal_ids = tuple(goal_id for goal_id in activity.goal_ids if goal_id in known)
        dates = [item.date for item in meetings if _is_about(item, activity, goal_ids)]
        if not dates:
            not_placed.append(_no_meeting(activity))
            continue
        day = min(dates, key=lambda on: (busy[on] // _PER_MEETING, on))
        busy[day] += 1
        planned.append(PlannedActivity(activity.id, activity.title, goal_ids, day))
    planned.sort(key=lambda item: (item.date, item.activity_id))
    return tuple(planned), tuple(not_placed)


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
