"""What a school calls its people, for queries: the name and address that it gave itself, as long
as those hold.

The same as `Employment.shown_name` and `shown_email`. Build these in the scope of the school.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from routekaart.models import Employment


def name_of_employed() -> Coalesce:
    """Of an employment."""
    return Coalesce(NullIf("given_name", Value("")), "person__name")


def email_of_employed() -> Coalesce:
    """The address of an employment."""
    return Coalesce(NullIf("given_email", Value("")), "person__email")


def name_at(school_id: UUID | OuterRef, *, person: str = "") -> Coalesce:
    """Of a person at this school; `person` is the way to it from the rows, such as "person".

    The school may be that of each row: `OuterRef("team__school")`.
    """
    return _shown_at(school_id, person, "name")


def email_at(school_id: UUID | OuterRef, *, person: str = "") -> Coalesce:
    """The address of a person at this school, asked for as the name is."""
    return _shown_at(school_id, person, "email")


def _shown_at(school_id: UUID | OuterRef, person: str, what: str) -> Coalesce:
    given = Employment.objects.filter(school=school_id, person=OuterRef(person or "pk"))
    known = given.exclude(**{f"given_{what}": ""}).values(f"given_{what}")[:1]
    return Coalesce(Subquery(known), F(f"{person}__{what}" if person else what))


def given_names(schools: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Of each of these schools what it calls people otherwise than they are, by id as text."""
    found: dict[UUID, dict[str, str]] = {school: {} for school in schools}
    rows = Employment.objects.filter(school__in=list(found)).exclude(given_name="")
    for school, person, name in rows.values_list("school_id", "person_id", "given_name"):
        found[school][str(person)] = name
    return found
