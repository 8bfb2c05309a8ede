"""Whose documents somebody may ask for all at once: the teams of a school, or of a whole board."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.models import Board, Job, School


@dataclass(frozen=True, slots=True)
class Place:
    """Whose teams: those of one school, or of all schools of a board. One of the two is None."""

    school: UUID | None = None
    board: UUID | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that somebody may ask documents for. `persons`: also with chapters per person."""

    place: Place
    name: str
    persons: bool


def bundle_schools(*, by: Access, place: Place, persons: bool) -> tuple[UUID, ...]:
    """The schools of a place for all teams of which `by` may make documents, in a stable order.

    Raises `NotFound` for what lies out of reach, for a board also when one of its schools does,
    and `Forbidden` for who may not make them, or not with persons.
    """
    schools = _schools_of(place)
    if not schools or not schools <= by.roles.keys():
        raise NotFound("School" if place.board is None else "Board")
    lacking = lacks_for_all(by=by, schools=schools, persons=persons)
    if lacking:
        raise Forbidden(lacking)
    return tuple(sorted(schools, key=str))


def lacks_for_all(*, by: Access, schools: Iterable[UUID], persons: bool) -> Permission | None:
    """What `by` lacks to make documents of all teams of these schools; None for who may."""
    needed = [Permission.MAKE_DOCUMENT]
    if persons:
        needed.append(Permission.VIEW_ALL_ASSIGNMENTS)
    for permission in needed:
        if not all(by.allows_everywhere(permission, school=school) for school in schools):
            return permission
    return None


def bundle_choices(*, by: Access) -> tuple[Choice, ...]:
    """The places that `by` may ask for, boards with several schools first."""
    makes = [
        school
        for school in by.schools
        if by.allows_everywhere(Permission.MAKE_DOCUMENT, school=school)
    ]
    if not makes:
        return ()
    with by.entered():
        rows = list(School.objects.filter(pk__in=makes).select_related("board").order_by("name"))
    boards: dict[UUID, Board] = {row.board_id: row.board for row in rows}
    # Also those out of reach: a board counts only as a whole.
    all_of: dict[UUID, set[UUID]] = {board: set() for board in boards}
    for pk, board_id in School._base_manager.filter(board__in=boards).values_list("pk", "board_id"):
        all_of[board_id].add(pk)
    whole = [
        (Place(board=board), boards[board].name, schools)
        for board, schools in all_of.items()
        if len(schools) > 1 and schools <= set(makes)
    ]
    places = sorted(whole, key=lambda one: one[1])
    places += [(Place(school=row.pk), row.name, {row.pk}) for row in rows]
    return tuple(
        Choice(place, name, lacks_for_all(by=by, schools=schools, persons=True) is None)
        for place, name, schools in places
    )


def schools_of_bundle(job: Job) -> tuple[UUID, ...]:
    """The schools whose teams a bundle is about, as they were when it was asked for."""
    return tuple(UUID(school) for school in job.payload["schools"])


def _schools_of(place: Place) -> set[UUID]:
    if place.board is None:
        return {place.school} if place.school else set()
    # Outside the net: a school out of reach is the very thing to find.
    of_board = School._base_manager.filter(board=place.board)
    return set(of_board.values_list("pk", flat=True))
