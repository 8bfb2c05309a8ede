"""What a school calls its people, for queries: the name that it gave itself, as long as that holds.

The same as `Employment.shown_name`. Build these in the scope of the school.
"""

from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from routekaart.models import Employment


def name_of_employed() -> Coalesce:
    """Of an employment."""
    return Coalesce(NullIf("given_name", Value("")), "person__name")


def name_at(school_id: UUID, *, person: str = "") -> Coalesce:
    """Of a person at this school; `person` is the way to it from the rows, such as "person"."""
    given = Employment.objects.filter(school=school_id, person=OuterRef(person or "pk"))
    known = given.exclude(given_name="").values("given_name")[:1]
    return Coalesce(Subquery(known), F(f"{person}__name" if person else "name"))
