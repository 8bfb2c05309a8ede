"""Everything that the page about one study day's preparation shows, as `by` may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.models import StudyDay
from routekaart.models.notes import NoteKind
from routekaart.queries.progress.progress import OpenPreparation, open_preparation, sees_names
from routekaart.queries.study_day.readiness import DayReadiness, readiness_of


@dataclass(frozen=True, slots=True)
class DayBoard:
    """How far a day is. `may_prepare`: whether `by` may change that.

    `open_by_name` is None for who may not see names, `shared` (how many notes of each kind the
    team shares) for who does not work with the team, `agreements` for who may not see those.
    """

    found: DayReadiness
    may_prepare: bool
    open_by_name: tuple[OpenPreparation, ...] | None
    shared: Mapping[NoteKind, int] | None
    agreements: int | None

    @property
    def day(self) -> StudyDay:
        return self.found.day


def day_board(
    *,
    by: Access,
    study_day_id: UUID,
    today: date,
    permission: Permission = Permission.VIEW_PROGRESS,
) -> DayBoard:
    """How far one study day is, and who is not there yet where that may be told."""
    seen: Any = by.fetch(StudyDay, study_day_id, permission, along=("routekaart__team__school",))
    school, team = seen.access_school, seen.access_team

    def may(permission: Permission) -> bool:
        return by.allows(permission, school=school, team=team)

    with by.entered():
        found = readiness_of(seen, today)
        routekaart: Any = found.day.routekaart
        routekaart.access_school, routekaart.access_team = school, team
        with_names = sees_names(by=by, routekaart=routekaart, today=today)
        known = found.known
        return DayBoard(
            found=found,
            may_prepare=may(Permission.PREPARE_DAY),
            open_by_name=open_preparation(known.rows, known.goals) if with_names else None,
            shared={kind: known.shared.get(kind, 0) for kind in NoteKind}
            if may(Permission.VIEW_NOTES)
            else None,
            agreements=known.agreements if may(Permission.VIEW_AGREEMENTS) else None,
        )
