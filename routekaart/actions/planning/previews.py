"""What would change: a plan made with some changes, beside the one that stands. Stores nothing."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from courses.catalogue import current_catalogue
from courses.entities import Course
from routekaart.access import Access, Permission
from routekaart.actions.planning.plans import plan_from
from routekaart.domain.errors import Conflict
from routekaart.domain.people import Member
from routekaart.domain.planner.changes import (
    AddGoal,
    AddMember,
    AskedCourse,
    Change,
    ChangeSettings,
    ImpossibleChange,
    Words,
    changed,
    described,
)
from routekaart.domain.planner.diff import PlanDifference, difference, only_own, sentences
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Goal, Problem
from routekaart.domain.planner.sight import without_completed, without_persons
from routekaart.domain.privacy import names_shown
from routekaart.models import Employment, Routekaart
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.organisation.names import name_of_employed
from routekaart.queries.planning.outline import Outline
from routekaart.queries.planning.plan_versions import plan_versions
from routekaart.queries.planning.problem_rows import problem_rows
from routekaart.queries.planning.problems import plan_from_json, problem_from
from routekaart.queries.routekaarten.along import ADVICE, along


@dataclass(frozen=True, slots=True)
class WantedGoal:
    """A goal that is not there yet; its courses are mandatory for everyone in the team."""

    title: str
    priority: int
    after: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """The plan that would be, as far as `by` may see it.

    `compared_to`: the version that `difference` is against; None when no plan was stored, then it
    is against the plan of the routekaart as it is. `changes` and `sentences` are Dutch.
    """

    plan: Plan
    compared_to: int | None
    difference: PlanDifference
    changes: tuple[str, ...]
    sentences: tuple[str, ...]
    sees_persons: bool


def preview_ground(*, by: Access, routekaart_id: UUID, today: date) -> Outline:
    """What a preview starts from, for who may make the plan; it names the changes as well."""
    routekaart = by.fetch(
        Routekaart,
        routekaart_id,
        Permission.MAKE_PLAN,
        along=("team__school",),
        also=along([ADVICE]),
    )
    with by.entered():
        rows = problem_rows(routekaart)
    return Outline(routekaart, problem_from(rows, plan_from=plan_from(routekaart, today)))


def preview_plan(
    *,
    by: Access,
    routekaart_id: UUID,
    changes: Sequence[Change | WantedGoal],
    today: date,
    ground: Outline | None = None,
) -> PlanPreview:
    """The plan after these changes and what differs from the present one, in any state.

    Nothing of it is stored. `ground` is what the caller has read already. Raises
    `ImpossibleChange`, and `Conflict` (`nothing_to_plan`) when there is no study day, and there
    was none.
    """
    ground = ground or preview_ground(by=by, routekaart_id=routekaart_id, today=today)
    routekaart: Any = ground.routekaart
    problem = ground.problem
    steps = _resolved(changes, routekaart.access_school)
    wanted = changed(problem, steps)
    if not wanted.study_days and not problem.study_days:
        raise Conflict(
            "Met deze wijzigingen is er geen studiedag: voeg een studiedag of studiemiddag toe.",
            code="nothing_to_plan",
        )
    if _leaves_goals_a_day_to_us(routekaart, steps):
        wanted = evened(wanted)
    with by.entered():
        versions = plan_versions(routekaart)
        names = _names(routekaart.access_school, wanted)
    latest, approved = versions.latest, versions.published
    published = plan_from_json(approved.content) if approved else None
    old = plan_from_json(latest.content) if latest else plan_optimally(problem, published)
    plan = plan_optimally(wanted, published, emergency=Emergency.by(monotonic))
    sees_persons = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS,
        school=routekaart.access_school,
        team=routekaart.access_team,
    )
    own = str(by.person.pk)
    if not names_shown(routekaart.team.school.progress_by_name_since, today):
        plan = without_completed(plan, own)
    found = difference(old, plan, wanted.calendar)
    return PlanPreview(
        plan=plan if sees_persons else without_persons(plan, own),
        compared_to=latest.version if latest else None,
        difference=found if sees_persons else only_own(found, own),
        changes=described(problem, steps, Words(_plurals(), names=sees_persons)),
        sentences=sentences(found, names if sees_persons else None, _courses(problem, wanted)),
        sees_persons=sees_persons,
    )


def phrases(outline: Outline, changes: Sequence[Change | WantedGoal]) -> tuple[str, ...]:
    """What was asked, a phrase for each, without solving anything; raises `ImpossibleChange`."""
    steps = _resolved(changes, outline.routekaart.team.school_id)
    return described(outline.problem, steps, Words(_plurals()))


def _resolved(changes: Sequence[Change | WantedGoal], school: UUID) -> list[Change]:
    """The changes with the courses of new goals looked up, as this school has them."""
    courses: Mapping[str, Course] = {}
    if any(isinstance(change, WantedGoal) and change.courses for change in changes):
        courses = school_catalogue(school=school).course_by_slug
    functions = {function.slug for function in current_catalogue().functions}
    for index, change in enumerate(changes):
        if isinstance(change, AddMember):
            _check_member(change.member, index, functions)
    return [
        _goal(change, index, courses) if isinstance(change, WantedGoal) else change
        for index, change in enumerate(changes)
    ]


def _check_member(member: Member, index: int, functions: Container[str]) -> None:
    """Somebody who joins has a function that there is, and time."""
    unknown = [slug for slug in member.functions if slug not in functions]
    if unknown:
        raise ImpossibleChange(
            f"changes.{index}.functions",
            f"De functie ‘{unknown[0]}’ kennen we niet. Kies een functie uit de lijst.",
            code="unknown_function",
        )
    if member.fte <= 0 and not member.own_weekly_minutes:
        raise ImpossibleChange(
            f"changes.{index}.fte",
            "Met 0 fte is er geen studietijd. Vul een aanstelling in, of spreek studieminuten af.",
            code="no_study_time",
        )


def _goal(wanted: WantedGoal, index: int, courses: Mapping[str, Course]) -> AddGoal:
    unknown = [slug for slug in wanted.courses if slug not in courses]
    if unknown:
        raise ImpossibleChange(
            f"changes.{index}.courses",
            f"De cursus ‘{unknown[0]}’ kennen we niet. Kies een cursus uit de lijst.",
            code="unknown_course",
        )
    return AddGoal(
        Goal(f"new-goal-{index}", wanted.title, wanted.priority, after=wanted.after),
        courses=tuple(
            AskedCourse(
                slug,
                courses[slug].title,
                courses[slug].duration_minutes,
                courses[slug].duration_basis,
            )
            for slug in wanted.courses
        ),
    )


def _leaves_goals_a_day_to_us(routekaart: Routekaart, steps: Sequence[Change]) -> bool:
    """The last word counts: that of the changes, else that of the routekaart."""
    chosen = routekaart.goals_per_day
    for step in steps:
        if isinstance(step, ChangeSettings):
            chosen = dict(step.values).get("goals_per_day", chosen)
    return chosen is None


def _plurals() -> dict[str, str]:
    return {function.slug: function.plural for function in current_catalogue().functions}


def _names(school: UUID, wanted: Problem) -> dict[str, str]:
    """Everyone who works at the school, who left the team too, and who would come."""
    here = Employment.objects.filter(school=school).annotate(called=name_of_employed())
    known = {str(person): name for person, name in here.values_list("person_id", "called")}
    return {member.id: member.name for member in wanted.members} | known


def _courses(*problems: Problem) -> dict[str, str]:
    return {row.course: row.course_title for problem in problems for row in problem.preparations}
