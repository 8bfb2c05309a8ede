"""Who is in the team, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.dutch import listed
from courses.entities import Catalogue
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.models import Employment, TeamMembership

_WHOLE_WEEK = [1, 2, 3, 4, 5]


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Somebody with functions and working days; empty texts where nothing is known."""

    name: str
    functions: str
    days: str
    # Works elsewhere: belongs to the team without an employment at this school.
    visits: bool


def shown_members(
    catalogue: Catalogue, memberships: Sequence[TeamMembership]
) -> tuple[ShownMember, ...]:
    """The members by name; read with `with_functions`."""
    return tuple(_shown(catalogue, row) for row in memberships)


def _shown(catalogue: Catalogue, row: TeamMembership) -> ShownMember:
    here: list[Employment] = getattr(row.person, "employments_here", [])
    if not here:
        return ShownMember(row.person.name, "", "", visits=True)
    employment = here[0]
    known = catalogue.function_by_slug
    functions = [known[slug].title if slug in known else slug for slug in employment.functions]
    days = sorted(employment.working_days)
    words = "hele week" if days == _WHOLE_WEEK else listed([WEEKDAYS[day - 1][:2] for day in days])
    return ShownMember(employment.shown_name, listed(functions), words, visits=False)
