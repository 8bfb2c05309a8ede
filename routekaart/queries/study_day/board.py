"""Everything that the page about one study day's preparation shows, as `by` may see it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.models import Agreement, StudyDay
from routekaart.models.notes import NoteKind
from routekaart.queries.progress.progress import OpenPreparation, open_preparation, sees_names
from routekaart.queries.study_day.readiness import DayReadiness, readiness_of
from routekaart.queries.study_day.topics import shared_notes


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


def day_board(*, by: Access, study_day_id: UUID, today: date) -> DayBoard:
    """How far one study day is, and who is not there yet where that may be told."""
    seen: Any = by.fetch(StudyDay, study_day_id, Permission.VIEW_PROGRESS)
    school, team = seen.access_school, seen.access_team

    def may(permission: Permission) -> bool:
        return by.allows(permission, school=school, team=team)

    with by.entered():
        found = readiness_of(study_day_id, today)
        routekaart: Any = found.day.routekaart
        routekaart.access_school, routekaart.access_team = school, team
        with_names = sees_names(by=by, routekaart=routekaart, today=today)
        kinds = Counter(
            shared_notes().filter(study_day=study_day_id).values_list("kind", flat=True)
            if may(Permission.VIEW_NOTES)
            else ()
        )
        agreements = Agreement.objects.filter(study_day=study_day_id).exclude(state="dropped")
        return DayBoard(
            found=found,
            may_prepare=may(Permission.PREPARE_DAY),
            open_by_name=open_preparation(found.rows, found.goals) if with_names else None,
            shared={kind: kinds[kind] for kind in NoteKind} if may(Permission.VIEW_NOTES) else None,
            agreements=agreements.count() if may(Permission.VIEW_AGREEMENTS) else None,
        )
