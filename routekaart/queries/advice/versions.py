"""Every version of an advice beside the one before, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.advice_desk import Line, changes_between
from routekaart.models import AdviceDecision, AdviceVersion, Routekaart
from routekaart.queries.advice.stored import advice_from_json
from routekaart.queries.organisation.names import called_at


@dataclass(frozen=True, slots=True)
class VersionRead:
    """A version, what it changed about the one before, and what the team declined of it."""

    version: AdviceVersion
    lines: tuple[Line, ...]
    declined: tuple[AdviceDecision, ...]


def versions_read(*, by: Access, routekaart_id: UUID) -> tuple[Routekaart, Sequence[VersionRead]]:
    """The routekaart and all versions of its advice, the newest first; for who advises on it."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.ADVISE, along=("team__school",))
    with by.entered():
        versions = list(
            called_at(
                AdviceVersion.objects.filter(routekaart=routekaart),
                "made_by",
                school="routekaart__team__school",
            ).order_by("version")
        )
        declined: dict[UUID, list[AdviceDecision]] = {}
        for row in (
            AdviceDecision.objects.filter(advice__in=versions, accepted=False)
            .select_related("course")
            .order_by("course__title", "course_id")
        ):
            declined.setdefault(row.advice_id, []).append(row)
    advices = [advice_from_json(version.content) for version in versions]
    found = [
        VersionRead(
            version,
            changes_between(advices[place - 1], advices[place]) if place else (),
            tuple(declined.get(version.pk, ())),
        )
        for place, version in enumerate(versions)
    ]
    return routekaart, found[::-1]
