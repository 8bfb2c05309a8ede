"""What a school calls its people, for queries: the name and address that it gave itself, as long
as those hold.

The same as `Employment.shown_name` and `shown_email`. Build these in the scope of the school.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.db.models.query import ModelIterable

from routekaart.models import Departure, Employment, Person

_M = TypeVar("_M", bound=Model)
# Before the way to somebody, so that the rows can be sorted by it: "called_author".
_CALLED = "called_"


def called_at(rows: "QuerySet[_M]", *people: str, school: UUID | str) -> "QuerySet[_M]":
    """The rows with these people read along, who have the name that the school gives them: to be
    read only. That name stands beside them too, as `called_author` of "author".

    `people` are ways from the rows, `school` is an id or the way to the school of each row.
    """
    return _called(rows.select_related(*people), people, school)


def people_at(people: "QuerySet[Person]", school_id: UUID) -> "QuerySet[Person]":
    """The people by name, each called as this school does: to be read only."""
    return _called(people, [""], school_id).order_by(_CALLED, "pk")


def person_at(person_id: UUID | None, school_id: UUID) -> Person | None:
    """One of them; None for nobody, of whom nothing is asked."""
    if person_id is None:
        return None
    return people_at(Person.objects.filter(pk=person_id), school_id).first()


def _called(rows: "QuerySet[_M]", people: Iterable[str], school: UUID | str) -> "QuerySet[_M]":
    at: Any = OuterRef(school) if isinstance(school, str) else school
    called = {f"{_CALLED}{way}": name_at(at, person=way) for way in people}
    found: QuerySet[_M] = rows.annotate(**called)
    # Whoever evaluates the rows, later on or as a prefetch, need not think of it. Django has no
    # open door to what it makes of a row.
    found._iterable_class = _Called  # noqa: SLF001 - see above
    return found


class _Called(ModelIterable):  # type: ignore[type-arg]  # at run time it takes no type
    def __iter__(self) -> Iterator[Any]:
        asked = self.queryset.query.annotations
        ways = [mark.removeprefix(_CALLED) for mark in asked if mark.startswith(_CALLED)]
        for row in super().__iter__():
            for way in ways:
                person = row
                for step in filter(None, way.split("__")):
                    person = getattr(person, step, None)
                if person is not None:
                    person.name = getattr(row, f"{_CALLED}{way}")
            yield row


def name_of_employed() -> Coalesce:
    """Of an employment."""
    return Coalesce(NullIf("given_name", Value("")), "person__name")


def email_of_employed() -> Coalesce:
    """The address of an employment."""
    return Coalesce(NullIf("given_email", Value("")), "person__email")


def name_at(school_id: UUID | OuterRef, *, person: str = "") -> Coalesce:
    """Of a person at this school, also of who was let go again without ever having come; `person`
    is the way to it from the rows, such as "person".

    The school may be that of each row: `OuterRef("team__school")`.
    """
    gone = Departure.objects.filter(school=school_id, person=OuterRef(person or "pk"))
    called = gone.exclude(given_name="").values("given_name")[:1]
    return _shown_at(school_id, person, "name", Subquery(called))


def email_at(school_id: UUID | OuterRef, *, person: str = "") -> Coalesce:
    """The address of a person at this school, asked for as the name is."""
    return _shown_at(school_id, person, "email")


def _shown_at(school_id: UUID | OuterRef, person: str, what: str, *otherwise: Subquery) -> Coalesce:
    given = Employment.objects.filter(school=school_id, person=OuterRef(person or "pk"))
    known = given.exclude(**{f"given_{what}": ""}).values(f"given_{what}")[:1]
    return Coalesce(Subquery(known), *otherwise, F(f"{person}__{what}" if person else what))


def given_names(schools: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Of each of these schools what it calls people otherwise than they are, by id as text."""
    found: dict[UUID, dict[str, str]] = {school: {} for school in schools}
    columns = ("school_id", "person_id", "given_name")
    here = Employment.objects.filter(school__in=list(found)).exclude(given_name="")
    gone = Departure.objects.filter(school__in=list(found)).exclude(given_name="")
    rows = here.order_by().values_list(*columns).union(gone.order_by().values_list(*columns))
    for school, person, name in rows:
        found[school][str(person)] = name
    return found
