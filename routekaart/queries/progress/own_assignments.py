"""What is asked of somebody at all schools and in all teams: the start of "my week"."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from courses.entities import DurationBasis
from routekaart.access import Access, NotFound
from routekaart.models import Assignment, CourseOverride
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State
from routekaart.queries.planning.deadlines import AskedBefore, asked_of


@dataclass(frozen=True, slots=True)
class OwnAssignment:
    """An assigned course of oneself, with how long it takes and where it stands at that school.

    `assumed`: nobody stated the minutes. `study_day` and `week`: the day that the plan asks it
    for first, and the Monday of the week in which the plan begins with it.
    """

    assignment: Assignment
    deadline: date | None
    minutes: int
    assumed: bool
    url: str
    study_day: UUID | None
    week: date | None


def own_assignments(*, by: Access, today: date, only_open: bool) -> tuple[OwnAssignment, ...]:
    """What stands in years that are not over, first what has to be done first.

    What starts later is not there yet; what was asked in a team that one left is there no more.
    `only_open` leaves out what is done or waived.
    """
    states = ("assigned", "started") if only_open else STANDING
    with by.entered():
        rows = list(
            Assignment.objects.filter(
                Q(starts_on__isnull=True) | Q(starts_on__lte=today),
                person=by.person,
                state__in=states,
                person__memberships__team=F("routekaart__team"),
            )
            .exclude(routekaart__state=State.CLOSED)
            .select_related(
                "course",
                "completion__reflection",
                "hours_agreement",
                "routekaart__team__school",
            )
            .order_by("course__title", "id")
        )
        asked = asked_of({row.routekaart_id for row in rows}, today)
        changed = {
            (override.school_id, override.course_id): override
            for override in CourseOverride.objects.filter(
                school__in={row.routekaart.team.school_id for row in rows}
            )
        }
    found = [
        _own(
            row,
            asked.get(row.routekaart_id, {}).get((str(by.person.pk), row.course_id)),
            changed.get((row.routekaart.team.school_id, row.course_id)),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda item: item.deadline or date.max))


def own_assignment(*, by: Access, assignment_id: UUID, today: date) -> OwnAssignment:
    """One of them. Raises `NotFound` for what is not asked of this person now."""
    for found in own_assignments(by=by, today=today, only_open=False):
        if found.assignment.pk == assignment_id:
            return found
    raise NotFound("Assignment")


def _own(
    row: Assignment, asked: AskedBefore | None, override: CourseOverride | None
) -> OwnAssignment:
    stated = override.duration_minutes if override else None
    return OwnAssignment(
        assignment=row,
        deadline=asked.deadline if asked else None,
        minutes=stated or row.course.duration_minutes,
        assumed=not stated and row.course.duration_basis == DurationBasis.ASSUMED,
        url=(override.url if override else "") or row.routekaart.team.school.academy_url,
        study_day=asked.study_day if asked else None,
        week=asked.week if asked else None,
    )
