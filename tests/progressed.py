"""What tests of progress ask of the tables again and again."""

from datetime import date
from typing import Any

from django_scopes import scopes_disabled

from routekaart.models import Assignment, AuditEntry, Completion, Person, Routekaart, School
from tests.stages import Stage

TODAY = date(2026, 11, 2)
COURSE = "complimenten-geven-en-corrigeren"


def assignment_of(stage: Stage, person: Person) -> Assignment:
    """The standing assignment of somebody in the team of the stage."""
    with scopes_disabled():
        return Assignment.objects.exclude(state="withdrawn").get(
            routekaart=stage.routekaart, person=person
        )


def put(assignment: Assignment, **values: Any) -> None:
    with scopes_disabled():
        Assignment.objects.filter(pk=assignment.pk).update(**values)


def completions() -> list[tuple[str, str, date, str, bool]]:
    """Name, course, day, source and whether it was taken back, of all there are."""
    with scopes_disabled():
        return [
            (row.person.name, row.course_id, row.done_on, row.source, row.revoked_at is not None)
            for row in Completion.objects.select_related("person").order_by(
                "done_on", "person__name", "recorded_at"
            )
        ]


def states(routekaart: Routekaart) -> dict[str, str]:
    """The state of what stands, by name."""
    with scopes_disabled():
        return dict(
            Assignment.objects.filter(routekaart=routekaart)
            .exclude(state="withdrawn")
            .values_list("person__name", "state")
        )


def logged(school: School) -> list[str]:
    """What was done at a school, first what was first."""
    with scopes_disabled():
        return list(
            AuditEntry.objects.filter(school=school).order_by("id").values_list("action", flat=True)
        )


def known(school: School, person: Person, done_on: date, **values: Any) -> Completion:
    """A completion that stands in the table."""
    fields: dict[str, Any] = {"course_id": COURSE, "source": "self", "recorded_by": person}
    with scopes_disabled():
        return Completion.objects.create(
            school=school, person=person, done_on=done_on, **fields | values
        )
