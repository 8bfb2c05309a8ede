"""Reading a stored advice back as the domain's value, and what the team takes of it."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import FilteredRelation, Q, Subquery
from pydantic import Field, TypeAdapter

from courses.advice import Advice
from routekaart.domain.advice_desk import DeskChange, without
from routekaart.models import AdviceVersion, Routekaart

_ADVICE = TypeAdapter(Advice)
_CHANGES: TypeAdapter[tuple[DeskChange, ...]] = TypeAdapter(
    tuple[Annotated[DeskChange, Field(discriminator="kind")], ...]
)


def advice_from_json(content: Any) -> Advice:
    """The stored advice. Raises pydantic's ValidationError when the content is not an advice."""
    return _ADVICE.validate_python(content)


def advice_to_json(advice: Advice) -> Any:
    """The advice as plain JSON values, for storing."""
    return _ADVICE.dump_python(advice, mode="json")


def changes_from_json(content: Any) -> tuple[DeskChange, ...]:
    """The changes of a trainer that were stored."""
    return _CHANGES.validate_python(content)


def changes_to_json(changes: Sequence[DeskChange]) -> Any:
    """The changes of a trainer as plain JSON values, for storing."""
    return _CHANGES.dump_python(tuple(changes), mode="json")


def taken_advice(routekaart: Routekaart) -> Advice | None:
    """The latest advice without what the team declined, or None when there is no advice.

    What the team said nothing of is taken. The smallest set is that of the courses that are left.
    Call inside the scope of the routekaart's school.
    """
    latest = AdviceVersion.objects.filter(routekaart=routekaart)
    rows = list(
        AdviceVersion.objects.filter(
            routekaart=routekaart, version=Subquery(latest.values("version")[:1])
        )
        .annotate(declined=FilteredRelation("decisions", condition=Q(decisions__accepted=False)))
        .values_list("content", "declined__course_id")
    )
    if not rows:
        return None
    advice = advice_from_json(rows[0][0])
    declined = frozenset(course for _, course in rows if course is not None)
    return without(advice, declined) if declined else advice
