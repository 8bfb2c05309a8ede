"""What can be assigned in a routekaart and to whom: the accepted advice, functions, groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.advice import AdviceItem, Availability
from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.domain.assigning import GoalChoice, Selection
from routekaart.models import Routekaart, WorkGroup
from routekaart.queries.advice.stored import taken_advice
from routekaart.queries.assigning.needs import Colleague, colleagues_of, wanted_course
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.routekaarten.goals import goal_choices

_PICKED = "door het team gekozen bij een doel"


@dataclass(frozen=True, slots=True)
class CourseChoice:
    """A course that a goal asks for. `locked`: the school does not have it, so nobody gets it by
    the advice; `unsure` says why it cannot be mandatory, and is empty when it can."""

    course: str
    title: str
    minutes: int
    because: str
    in_smallest_set: bool
    locked: bool
    unsure: str
    goals: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class AssignChoices:
    """`courses` are None while there is no advice."""

    routekaart: Routekaart
    courses: tuple[CourseChoice, ...] | None
    functions: tuple[tuple[str, str], ...]
    groups: tuple[WorkGroup, ...]
    people: tuple[Colleague, ...]

    def chosen(self, selection: Selection) -> tuple[CourseChoice, ...]:
        """The courses of the smallest set, or all of them; never what the school cannot open."""
        return tuple(
            one
            for one in self.courses or ()
            if not one.locked and (one.in_smallest_set or selection is Selection.ALL)
        )


def assign_choices(
    *, by: Access, routekaart_id: UUID, today: date, whom: bool = True
) -> AssignChoices:
    """For who may assign here: what there is to choose from; without `whom` only the courses."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.ASSIGN, along=("team__school",))
    with by.entered():
        catalogue = school_catalogue(school=routekaart.team.school_id)
        people = colleagues_of(routekaart) if whom else ()
        present = {function for one in people for function in one.member.functions}
        return AssignChoices(
            routekaart=routekaart,
            courses=_courses(routekaart, catalogue, today),
            functions=tuple(
                (one.slug, one.title) for one in catalogue.functions if one.slug in present
            ),
            groups=tuple(WorkGroup.objects.filter(routekaart=routekaart)) if whom else (),
            people=people,
        )


def _courses(
    routekaart: Routekaart, catalogue: Catalogue, today: date
) -> tuple[CourseChoice, ...] | None:
    advice = taken_advice(routekaart)
    if advice is None:
        return None
    goals = goal_choices(routekaart)
    found: dict[str, CourseChoice] = {}
    for item in advice.items:
        serving = tuple(UUID(goal.id) for goal in goals if _serves(item, goal))
        if serving and item.course in catalogue.course_by_slug:
            found[item.course] = CourseChoice(
                course=item.course,
                title=item.title,
                minutes=item.duration_minutes,
                because=item.because,
                in_smallest_set=item.in_smallest_set,
                locked=item.availability is Availability.LOCKED,
                unsure="" if item.is_offered else item.availability_text,
                goals=serving,
            )
    for choice in _picked(routekaart, catalogue, goals, today):
        found.setdefault(choice.course, choice)
    return tuple(found.values())


def _serves(item: AdviceItem, goal: GoalChoice) -> bool:
    return (
        item.course in goal.courses
        or any(reason.intervention in goal.interventions for reason in item.reasons)
        or any(reason.goal == goal.id for reason in item.goal_reasons)
    )


def _picked(
    routekaart: Routekaart, catalogue: Catalogue, goals: Sequence[GoalChoice], today: date
) -> Iterator[CourseChoice]:
    for slug in dict.fromkeys(course for goal in goals for course in goal.courses):
        if slug not in catalogue.course_by_slug:
            continue
        wanted = wanted_course(catalogue, routekaart, slug, (), today)
        yield CourseChoice(
            course=slug,
            title=catalogue.course_by_slug[slug].title,
            minutes=wanted.minutes,
            because=f"omdat: {_PICKED}",
            in_smallest_set=True,
            locked=False,
            unsure="" if wanted.availability is Availability.OFFERED else "nog niet zeker",
            goals=tuple(UUID(goal.id) for goal in goals if slug in goal.courses),
        )
