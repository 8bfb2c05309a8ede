"""The year of a routekaart as the quality cycle of its school."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.meeting_dates import preferred_weekdays
from routekaart.domain.planner.plan import Plan
from routekaart.domain.quality_cycle import CycleStep, Dated, cycle_steps
from routekaart.domain.skins import SKINS, Holds, Skin, SkinName
from routekaart.models import Agreement, Goal, PlgMeeting, Routekaart, StudyDay
from routekaart.queries.organisation.teams import employments_of, members_for_planning
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.planning.problems import calendar_of


@dataclass(frozen=True, slots=True)
class QualityCycle:
    """The steps by date. Without published holidays the dates may still move."""

    skin: Skin
    steps: tuple[CycleStep, ...]
    holidays_published: bool


def quality_cycle(*, by: Access, routekaart_id: UUID) -> QualityCycle:
    """The dated steps in the school's words.

    Dates of PLGs and agreements are among them for who may see those.
    """
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",)
    )
    school = routekaart.team.school
    skin = SKINS[SkinName(school.skin)]
    with by.entered():
        calendar = calendar_of(school=school, year=routekaart.school_year)
        members = members_for_planning(
            employments_of(team_id=routekaart.team_id, schools=[school.pk])
        )
        dated = () if skin.rounds else tuple(_dated(by, routekaart))
    return QualityCycle(
        skin,
        cycle_steps(
            skin,
            dated,
            calendar=calendar,
            weekdays=preferred_weekdays(members, routekaart.meeting_weekday),
        ),
        calendar.holidays_published,
    )


def _dated(by: Access, routekaart: Routekaart) -> Iterator[Dated]:
    def may(permission: Permission) -> bool:
        return by.allows(permission, school=routekaart.team.school_id, team=routekaart.team_id)

    meetings = (
        list(
            PlgMeeting.objects.filter(cycle__routekaart=routekaart)
            .exclude(state="skipped")
            .select_related("cycle")
        )
        if may(Permission.VIEW_PLG)
        else []
    )
    for meeting in meetings:
        yield Dated(Holds.PLG_MEETING, meeting.date, meeting.cycle.name, meeting.minutes)
    plan = current_plan(routekaart)
    if plan is None:
        for day in StudyDay.objects.filter(routekaart=routekaart):
            yield Dated(Holds.STUDY_DAY, day.date, day.title, day.minutes)
    else:
        held = {meeting.date for meeting in meetings}
        goals = {
            str(goal): wording
            for goal, wording in Goal.objects.filter(routekaart=routekaart).values_list(
                "id", "wording"
            )
        }
        for item in _of_plan(plan, goals):
            # What a PLG has on that date says more than the plan it came from.
            if item.kind is not Holds.PLG_MEETING or item.date not in held:
                yield item
    if may(Permission.VIEW_AGREEMENTS):
        for agreement in Agreement.objects.filter(routekaart=routekaart, state="open"):
            yield Dated(Holds.AGREEMENT, agreement.check_on, agreement.what)


def _of_plan(plan: Plan, goals: dict[str, str]) -> Iterator[Dated]:
    def about(goal_ids: tuple[str, ...]) -> str:
        return "; ".join(goals[goal] for goal in goal_ids if goal in goals)

    for placement in plan.placements:
        if placement.deadline is not None:
            yield Dated(Holds.PREPARATION, placement.deadline, placement.goal_title)
    for day in plan.study_days:
        yield Dated(Holds.STUDY_DAY, day.date, about(day.goal_ids) or day.title, day.minutes)
    for meeting in plan.plg_meetings:
        yield Dated(Holds.PLG_MEETING, meeting.date, about(meeting.goal_ids), meeting.minutes)
    for follow_up in plan.follow_ups:
        yield Dated(Holds.FOLLOW_UP, follow_up.date, about(follow_up.goal_ids), follow_up.minutes)
    for evaluation in plan.evaluations:
        yield Dated(
            Holds.EVALUATION, evaluation.date, about(evaluation.goal_ids), evaluation.minutes
        )
