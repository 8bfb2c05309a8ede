"""Who left a school, and what an erasure would take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django_scopes import scopes_disabled

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.personal_data import Rows, Table
from routekaart.domain.personal_data.names import ERASED_AT
from routekaart.models import (
    ApiToken,
    Assignment,
    Completion,
    Departure,
    Employment,
    Person,
    RoleGrant,
    School,
    TeamMembership,
)
from routekaart.models.assignments import STANDING
from routekaart.queries.privacy.rows import counted_rows

_PLACES: tuple[type[Model], ...] = (Employment, TeamMembership, RoleGrant)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rows of one kind."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What goes, and what stays as a count without a name."""

    person: Person
    goes: tuple[Counted, ...]
    stays: tuple[Counted, ...]


def people_who_left(*, by: Access, school_id: UUID) -> QuerySet[Person]:
    """Who has no place at the school any more but whose name is still kept, by name.

    Not who never came: that may be an account of somebody who works elsewhere. Nor, for the same
    reason, who only had courses that were taken back.

    Raises `NotFound` and `Forbidden` for who does not manage the people of the school.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        traces = [
            Departure.objects.filter(school=school_id).values("person"),
            Completion.objects.filter(school=school_id).values("person"),
            Assignment.objects.filter(
                routekaart__team__school=school_id, state__in=STANDING
            ).values("person"),
        ]
        here = [
            Employment.objects.filter(school=school_id).values("person"),
            TeamMembership.objects.filter(team__school=school_id).values("person"),
            RoleGrant.objects.filter(Q(school=school_id) | Q(board__schools=school_id)).values(
                "person"
            ),
        ]
        never_came = Departure.objects.filter(school=school_id).exclude(given_name="")
    found = Person.objects.filter(
        Q(pk__in=traces[0]) | Q(pk__in=traces[1]) | Q(pk__in=traces[2])
    ).exclude(email__endswith=ERASED_AT)
    for place in (*here, never_came.values("person")):
        found = found.exclude(pk__in=place)
    return found


def leaver(*, by: Access, school_id: UUID, person_id: UUID) -> Person:
    """Somebody who left the school. Raises `NotFound` for anybody else, `Forbidden` as above."""
    found = people_who_left(by=by, school_id=school_id).filter(pk=person_id).first()
    if found is None:
        raise NotFound("Person")
    return found


def has_a_place(person_id: UUID) -> bool:
    """Whether the person works, has a role or is in a team anywhere."""
    with scopes_disabled():
        return any(model._default_manager.filter(person=person_id).exists() for model in _PLACES)


def accounts_never_used() -> "QuerySet[Person, tuple[UUID, datetime]]":
    """Accounts that are in no place, and left none because nobody came in with them, each with
    since when it is there. Call with the net lifted."""
    found = Person.objects.filter(last_login=None).exclude(email__endswith=ERASED_AT)
    kept_by: tuple[type[Model], ...] = (*_PLACES, Departure, ApiToken)
    for model in kept_by:
        rows = model._default_manager.filter(person=OuterRef("pk"))
        found = found.exclude(Exists(rows))
    return found.order_by("pk").values_list("pk", "created_at")


def erasure_preview(*, by: Access, school_id: UUID, person_id: UUID) -> ErasurePreview:
    """What erasing somebody who left would take and leave, in counts. Raises as `leaver`.

    Of the schools of which `by` runs the people: what is kept elsewhere, or of the account itself,
    would tell what somebody does now.
    """
    person = leaver(by=by, school_id=school_id, person_id=person_id)
    with by.entered():
        schools = by.schools_with(Permission.MANAGE_PEOPLE)
        return sorted_out(person, counted_rows(person.pk, schools=schools))


def sorted_out(person: Person, counted: Iterable[tuple[Table, Rows, int]]) -> ErasurePreview:
    """What was counted, by what an erasure does with it."""
    goes: list[Counted] = []
    stays: list[Counted] = []
    for table, rows, count in counted:
        (goes if rows is Rows.GO else stays).append(Counted(table.title, count))
    return ErasurePreview(person, tuple(goes), tuple(stays))
