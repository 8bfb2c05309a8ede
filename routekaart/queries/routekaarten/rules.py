"""From rows to what the rules look at, and the findings they give."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from courses.advice import ActivityKind, Advice
from courses.entities import Catalogue
from courses.findings import Finding
from routekaart import clock
from routekaart.domain.dates import Situation
from routekaart.domain.people import weekly_minutes, working_weeks
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.rules import (
    Answer,
    Choice,
    FacilityLink,
    FreeText,
    GoalView,
    MandatoryCourse,
    MemberView,
    RoutekaartView,
    check,
)
from routekaart.models import Goal, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.catalogue.school_catalogue import courses_with_retired
from routekaart.queries.organisation.teams import functions_of, members_for_planning
from routekaart.queries.routekaarten.appointments import appointments_of, calendars_for
from routekaart.queries.routekaarten.dates import study_day_situation
from routekaart.queries.routekaarten.rows import (
    AssignedCourse,
    RoutekaartRows,
    has_begun,
    rows_of,
)

# What is in an advice is part of the plan once the team has taken it.
_TAKEN = (State.ACCEPTED, State.PLANNED, State.APPROVED, State.RUNNING, State.CLOSED)


def findings_of(
    routekaart: Routekaart,
    *,
    plan: DomainPlan | None = None,
    rows: RoutekaartRows | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """What the rules say about a routekaart as it stands now, heaviest first.

    `plan` gives the deadlines; without it the latest that was stored. `rows` is what the caller
    has read already. `today` is another day than this one, for what must read the same tomorrow.
    Call inside the scope of the routekaart's school.
    """
    rows = rows or rows_of(routekaart)
    return check(rows.catalogue, routekaart_view(routekaart, plan=plan, rows=rows, today=today))


def routekaart_view(
    routekaart: Routekaart,
    *,
    plan: DomainPlan | None = None,
    rows: RoutekaartRows | None = None,
    today: date | None = None,
) -> RoutekaartView:
    """The routekaart as the rules see it: complete, without tables."""
    rows = rows or rows_of(routekaart)
    today = today or clock.today()
    dates = study_day_situation(routekaart, today=today, dates=rows.dates)
    begun = has_begun(routekaart)
    if plan is None and begun:
        plan = rows.plan
    mandatory = _mandatory_courses(plan, rows.assignments)
    days = rows.dates.days_of(routekaart)
    appointments = appointments_of(rows.appointments, plan, days, today=today) if begun else ()
    forms = _forms(routekaart, rows.advice)
    return RoutekaartView(
        today=today,
        choices=tuple(
            Choice(
                intervention=row.intervention_id,
                programme=row.programme,
                recognition=row.recognition,
                parameters=tuple(sorted(row.parameters.items())),
            )
            for row in routekaart.chosen.all()
        ),
        functions=functions_of(rows.employments),
        goals=tuple(_goal_view(goal, mandatory, forms) for goal in rows.goals),
        funding=routekaart.funding,
        facility_links=tuple(
            FacilityLink(
                facility=row.facility_id, intervention=row.intervention_id, reason=row.reason
            )
            for row in rows.links
        ),
        answers=tuple(
            Answer(intervention=row.intervention_id, point=row.point, text=row.text)
            for row in rows.answers
        ),
        trained=_trained(rows.catalogue, rows.goals, mandatory),
        platforms=tuple(routekaart.platforms),
        packages=tuple(routekaart.team.school.packages),
        texts=(
            FreeText("reason", routekaart.reason),
            FreeText("looking_back", routekaart.looking_back),
            *_texts(rows.goals),
        ),
        dates=dates,
        appointments=appointments,
        calendars=calendars_for(routekaart.team.school, appointments, rows.dates.overrides),
        members=_members(routekaart, rows, dates),
    )


def _members(
    routekaart: Routekaart, rows: RoutekaartRows, dates: Situation
) -> tuple[MemberView, ...]:
    """What can be planned for each member, and what is asked. Once the plan is adopted the whole
    year counts: what was done until now is not in what is left."""
    first = dates.today or dates.calendar.year.first_day
    mandatory = [row for row in rows.assignments if row.mandatory]
    courses = courses_with_retired(rows.catalogue, (row.course for row in mandatory))
    asked: Counter[str] = Counter()
    for row in mandatory:
        asked[str(row.person)] += courses[row.course].duration_minutes
    # Many people work the same days: counted once for all of them.
    weeks: dict[object, int] = {}
    found: list[MemberView] = []
    for member in members_for_planning(rows.employments):
        presence = (member.working_days, member.leave)
        if presence not in weeks:
            weeks[presence] = working_weeks(member, dates.calendar, first)
        minutes = weekly_minutes(member, routekaart.weekly_minutes)
        found.append(
            MemberView(
                functions=member.functions,
                working_days=member.working_days,
                weekly_minutes=minutes,
                minutes_left=weeks[presence] * minutes,
                asked_minutes=asked[member.id],
            )
        )
    return tuple(found)


def _texts(goals: tuple[Goal, ...]) -> Iterator[FreeText]:
    """Free texts of goals that the rules read in no other way."""
    for goal in goals:
        yield FreeText("indicator", goal.indicator)
        yield FreeText("stops", goal.stops)
        for picked in goal.goal_courses.all():
            yield FreeText("courses", picked.reason)


def _goal_view(
    goal: Goal,
    mandatory: dict[str, tuple[MandatoryCourse, ...]],
    forms: dict[str, tuple[str, ...]],
) -> GoalView:
    interventions = tuple(row.intervention_id for row in goal.goal_interventions.all())
    of_goal = dict.fromkeys(form for slug in interventions for form in forms.get(slug, ()))
    return GoalView(
        key=str(goal.pk),
        wording=goal.wording,
        noticeable=goal.noticeable,
        interventions=interventions,
        courses=tuple(row.course_id for row in goal.goal_courses.all()),
        mandatory=mandatory.get(str(goal.pk), ()),
        forms=tuple(of_goal),
        after=tuple(str(row.earlier_id) for row in goal.order_rows.all()),
    )


def _forms(routekaart: Routekaart, advice: Advice | None) -> dict[str, tuple[str, ...]]:
    """Per intervention the effective forms that the accepted advice sets beside the courses."""
    found: dict[str, tuple[str, ...]] = {}
    if advice is None or routekaart.state not in _TAKEN:
        return found
    for activity in advice.plg_activities:
        if activity.kind is ActivityKind.FORM and activity.intervention is not None:
            known = found.get(activity.intervention, ())
            found[activity.intervention] = (*known, activity.basis)
    return found


def _mandatory_courses(
    plan: DomainPlan | None, assignments: tuple[AssignedCourse, ...]
) -> dict[str, tuple[MandatoryCourse, ...]]:
    """Per goal the courses that are mandatory for somebody, with the earliest planned deadline."""
    deadlines = _deadlines(plan)
    found: dict[str, set[str]] = defaultdict(set)
    for assignment in assignments:
        if assignment.mandatory:
            for goal in assignment.goals:
                found[str(goal)].add(assignment.course)
    return {
        goal: tuple(
            MandatoryCourse(course=course, deadline=deadlines.get(course))
            for course in sorted(courses)
        )
        for goal, courses in found.items()
    }


def _deadlines(plan: DomainPlan | None) -> dict[str, date]:
    earliest: dict[str, date] = {}
    for week in plan.preparation_weeks if plan else ():
        known = earliest.get(week.course)
        earliest[week.course] = week.deadline if known is None else min(known, week.deadline)
    return earliest


def _trained(
    catalogue: Catalogue, goals: tuple[Goal, ...], mandatory: dict[str, tuple[MandatoryCourse, ...]]
) -> frozenset[str]:
    """The interventions of a goal for which an assigned course is listed in the catalogue."""
    trained: set[str] = set()
    for goal in goals:
        courses = {item.course for item in mandatory.get(str(goal.pk), ())}
        for row in goal.goal_interventions.all():
            # An intervention that was retired lists nothing any more.
            known = catalogue.intervention_by_slug.get(row.intervention_id)
            if known and any(mention.course in courses for mention in known.mentions):
                trained.add(row.intervention_id)
    return frozenset(trained)
