"""Assigning courses to many people in one action, and looking at it first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.entities import Catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.assigning.storing import Label, Stored, store_batch
from routekaart.actions.assigning.targets import BY_RULE, Target, aimed_at
from routekaart.actions.changing import UNDERWAY, changing, check_state
from routekaart.domain.assigning.batch import (
    Audiences,
    Outcome,
    Verdict,
    Wanted,
    check_mandatory,
    new_assignments,
    new_rules,
    verdicts,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.assigning.needs import (
    audiences_of,
    goal_lists,
    pairs_of,
    standing_of,
    wanted_course,
)
from routekaart.queries.catalogue.school_catalogue import school_catalogue

_AFTER_APPROVAL = (State.APPROVED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class AskedCourse:
    """A course, and the goals that it is for."""

    course: str
    goals: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What is assigned to whom, and from which day on (None: at once)."""

    courses: tuple[AskedCourse, ...]
    target: Target
    mandatory: bool
    reason: str
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a request would do: per person and course, with the names and titles to show."""

    verdicts: tuple[Verdict, ...]
    names: Mapping[str, str]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Prepared:
    catalogue: Catalogue
    wanted: Wanted
    audiences: Audiences
    names: Mapping[str, str]
    title: str


def preview_batch(
    *, by: Access, routekaart_id: UUID, request: BatchRequest, today: date
) -> Preview:
    """What `assign_batch` would do now. Nothing is stored.

    Raises as that does, save that what holds back a course or a person is part of the answer.
    """
    by.fetch(Routekaart, routekaart_id, Permission.ASSIGN)
    with by.entered():
        routekaart = Routekaart.objects.select_related("team__school").get(pk=routekaart_id)
        check_state(routekaart, UNDERWAY)
        prepared = _prepared(routekaart, request, today)
        wanted = prepared.wanted
        here, elsewhere = pairs_of(
            standing_of(
                routekaart,
                (member.id for member in wanted.members),
                (course.course for course in wanted.courses),
            )
        )
    courses = prepared.catalogue.course_by_slug
    return Preview(
        verdicts=verdicts(wanted, prepared.audiences, here=here, elsewhere=elsewhere),
        names=prepared.names,
        titles={course.course: courses[course.course].title for course in wanted.courses},
    )


def assign_batch(*, by: Access, routekaart_id: UUID, request: BatchRequest, today: date) -> Stored:
    """Assigns courses to everyone whom `request` names, as one batch that can be undone.

    Who has a course already keeps it. To a function or a whole team is by rule: whoever joins
    later gets it too, and who has another function is passed over. Raises `BadInput` for what
    cannot be read and for a course that cannot be mandatory, and `Conflict` when nobody gets
    anything (`nobody_to_assign`) or when the plan is approved (`mandatory_after_approval`).
    """
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.ASSIGN,
        states=UNDERWAY,
        action="assign_batch",
    ) as routekaart:
        prepared = _prepared(routekaart, request, today)
        wanted = prepared.wanted
        check_mandatory(wanted)
        found = verdicts(wanted, prepared.audiences, here={}, elsewhere=())
        rules = new_rules(wanted, prepared.audiences)
        if not rules and all(verdict.outcome is Outcome.REFUSED for verdict in found):
            raise Conflict(
                "Hiermee krijgt niemand een cursus. Kies andere collega's of een andere cursus.",
                code="nobody_to_assign",
            )
        return store_batch(
            by=by,
            routekaart=routekaart,
            label=Label(request.target.kind, prepared.title, wanted.function, request.starts_on),
            wanted=new_assignments(wanted, found),
            rules=rules,
        )


def _prepared(routekaart: Routekaart, request: BatchRequest, today: date) -> _Prepared:
    _check_moment(routekaart, request, today)
    catalogue = school_catalogue(school=routekaart.team.school_id)
    checked_slugs(catalogue, "courses", [asked.course for asked in request.courses])
    by_rule = request.target.kind in BY_RULE
    lists = goal_lists(routekaart, facilities=by_rule)
    for place, asked in enumerate(request.courses):
        if not {str(goal) for goal in asked.goals} <= lists.interventions.keys():
            raise BadInput(
                f"courses.{place}.goals",
                "Een van deze doelen hoort niet bij deze routekaart. Kies uit de eigen doelen.",
                code="unknown_goal",
            )
    courses = tuple(
        wanted_course(catalogue, routekaart, asked.course, map(str, asked.goals), today)
        for asked in request.courses
    )
    target = request.target
    aim = aimed_at(routekaart, target, catalogue)
    title = catalogue.course_by_slug[courses[0].course].title
    what = f"‘{title}’" if len(courses) == 1 else f"{len(courses)} cursussen"
    wanted = Wanted(
        courses=courses,
        members=tuple(colleague.member for colleague in aim.chosen),
        mandatory=request.mandatory,
        reason=request.reason,
        by_rule=by_rule,
        function=aim.function,
        functions=aim.functions,
    )
    return _Prepared(
        catalogue,
        wanted,
        audiences_of(catalogue, lists, courses) if by_rule else {},
        {colleague.member.id: colleague.name for colleague in aim.chosen},
        f"{what} voor {aim.words}",
    )


def _check_moment(routekaart: Routekaart, request: BatchRequest, today: date) -> None:
    if request.mandatory and routekaart.state in _AFTER_APPROVAL:
        raise Conflict(
            "Het plan is vastgesteld. Wijs deze cursussen vrijwillig toe, of vraag de directie de "
            "routekaart terug te geven.",
            code="mandatory_after_approval",
        )
    starts_on = request.starts_on
    if starts_on is None:
        return
    if starts_on < today:
        raise BadInput(
            "starts_on",
            "Deze dag is geweest. Kies vandaag of een latere dag.",
            code="in_the_past",
        )
    if starts_on > SchoolYear(routekaart.school_year).last_day:
        raise BadInput(
            "starts_on",
            "Deze dag valt na het schooljaar van de routekaart. Kies een eerdere dag.",
            code="outside_school_year",
        )
