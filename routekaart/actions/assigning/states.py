"""The one way in which assignments come into another state."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from routekaart.domain.assigning.together import ALONG, goes_along
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.models import Assignment
from routekaart.models.routekaarten import State

_EMPTIES_COMPLETION = ("reopen",)


def move_assignments(
    *,
    rows: Iterable[Assignment],
    step: str,
    at: datetime,
    reason: str = "",
    completion: UUID | None = None,
) -> tuple[UUID, ...]:
    """Makes a step of ASSIGNMENT for all of `rows`; gives the ids of those that changed.

    What a person does counts for every team of the school: the same course for another team in
    the same year goes along where it can, and is among the ids. A row that is there already stays
    as it is. `completion` is what made it done. Call inside a transaction and the school's scope;
    may be repeated.

    Raises `Conflict` (`wrong_state`) when one of `rows` may not make the step; then none does.
    """
    given = tuple(rows)
    named = {row.pk for row in given}
    locked = _locked(given, step)
    changed: defaultdict[str, list[UUID]] = defaultdict(list)
    for pk, state in locked:
        if pk not in named and not goes_along(state, step):
            continue
        after = ASSIGNMENT.after(state, step)
        if after != state:
            changed[after].append(pk)
    for after, ids in changed.items():
        values = {"state": after, "state_since": at, "state_reason": reason}
        if completion is not None or step in _EMPTIES_COMPLETION:
            values["completion_id"] = completion
        Assignment.objects.filter(pk__in=ids).update(**values)
    return tuple(pk for ids in changed.values() for pk in ids)


def goes_without_saying(state: str, step: str, *, shown: bool) -> bool:
    """Whether a step that `state` does not allow is answered as if it was made.

    To refuse it would say how far somebody is, which not everybody may know (`shown`). That an
    assignment was taken back is no progress, and is said.
    """
    return not shown and state != "withdrawn" and state not in ASSIGNMENT.sources(step)


def _locked(given: Sequence[Assignment], step: str) -> list[tuple[UUID, str]]:
    """The rows by id with their state, and with those of other teams when the step is shared."""
    named = {row.pk for row in given}
    wanted = Q(pk__in=named)
    if step in ALONG:
        wanted |= Q(
            ~Q(routekaart__state=State.CLOSED),
            ~Q(state="withdrawn"),
            person__in={row.person_id for row in given},
            course__in={row.course_id for row in given},
        )
    # In one order, so that two of these never wait for each other.
    found = list(
        Assignment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("routekaart__team")
        .filter(wanted)
        .order_by("pk")
    )
    # A waiver that is taken back is of one team, whatever the others have to do with the course.
    asked = {_same(row) for row in found if row.pk in named and goes_along(row.state, step)}
    return [(row.pk, row.state) for row in found if row.pk in named or _same(row) in asked]


def _same(row: Assignment) -> tuple[object, ...]:
    """What two assignments have in common that are done at once."""
    team = row.routekaart.team
    return row.person_id, row.course_id, team.school_id, row.routekaart.school_year
