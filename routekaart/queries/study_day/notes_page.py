"""The notes of a study day as one page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from routekaart.access import Access, Permission
from routekaart.models import PreparationNote, StudyDay, WorkGroup
from routekaart.queries.study_day.notes import notes_of_day


@dataclass(frozen=True, slots=True)
class NotesOfDay:
    """`own`: what the reader wrote. `others`: what others share.

    `groups`: the work groups of the reader, on whose behalf a note may be.
    """

    day: StudyDay
    writes: bool
    own: Sequence[PreparationNote]
    others: "QuerySet[PreparationNote]"
    groups: Sequence[WorkGroup]


def notes_page(*, by: Access, study_day_id: UUID) -> NotesOfDay:
    """The own notes, drafts first, and what the team shares."""
    day = by.fetch(
        StudyDay, study_day_id, Permission.VIEW_NOTES, along=("routekaart__team__school",)
    )
    marks: Any = day
    writes = by.allows(Permission.WRITE_NOTES, school=marks.access_school, team=marks.access_team)
    rows = notes_of_day(by=by, study_day_id=study_day_id).select_related("work_group", "topic")
    with by.entered():
        own = sorted(rows.filter(author=by.person), key=lambda note: note.shared_at is not None)
        return NotesOfDay(
            day=day,
            writes=writes,
            own=own if writes else (),
            others=rows.exclude(author=by.person).order_by("created_at", "id"),
            groups=own_groups(by, day.routekaart_id) if writes else (),
        )


def own_groups(by: Access, routekaart_id: UUID) -> list[WorkGroup]:
    """The work groups that `by` is in. Call inside the scope."""
    return list(WorkGroup.objects.filter(routekaart=routekaart_id, member_rows__person=by.person))
