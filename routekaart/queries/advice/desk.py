"""The desk of a trainer as it stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.advice import Advice
from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.domain.advice_desk import DeskChange, LeftOut, apply_what_fits
from routekaart.domain.assigning import GoalChoice
from routekaart.models import AdviceDecision, AdviceDesk, AdviceVersion, Goal, Routekaart
from routekaart.queries.advice.proposing import latest_version, proposed
from routekaart.queries.advice.stored import changes_from_json
from routekaart.queries.organisation.names import person_at
from routekaart.queries.routekaarten.goals import goal_choices

_ALONG = ("team__school", "advice_desk")


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk as it stands: the advice with every change that fits, and those that do not.

    `last` is the version that the team saw last, `declined` what it did not want of that, with
    its reasons.
    """

    routekaart: UUID
    revision: int
    changes: tuple[DeskChange, ...]
    advice: Advice
    left_out: tuple[LeftOut, ...]
    last: int | None
    declined: dict[str, str]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A desk with what the team asked, and the school's sight of the catalogue.

    `goals` are in the order of the team, each with what serves it. `row` is None while nobody has
    changed anything.
    """

    routekaart: Routekaart
    row: AdviceDesk | None
    desk: Desk
    goals: tuple[tuple[Goal, GoalChoice], ...]
    catalogue: Catalogue


def desk_of(*, by: Access, routekaart_id: UUID, today: date) -> Desk:
    """The desk of a routekaart, for who may advise on it."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.ADVISE, along=_ALONG)
    return desk_now(by=by, routekaart=routekaart, desk=_row(routekaart), today=today)[0]


def desk_page(*, by: Access, routekaart_id: UUID, today: date) -> DeskPage:
    """The same, with what a page needs beside it."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.ADVISE, along=_ALONG)
    row = _row(routekaart)
    with by.entered():
        if row is not None:
            row.changed_by = person_at(row.changed_by_id, routekaart.team.school_id)
        rows = {str(goal.pk): goal for goal in routekaart.goals.all()}
        goals = tuple((rows[choice.id], choice) for choice in goal_choices(routekaart))
    desk, catalogue = desk_now(
        by=by,
        routekaart=routekaart,
        desk=row,
        today=today,
        goals=frozenset(choice.id for _, choice in goals),
    )
    return DeskPage(routekaart=routekaart, row=row, desk=desk, goals=goals, catalogue=catalogue)


def desk_now(
    *,
    by: Access,
    routekaart: Routekaart,
    desk: AdviceDesk | None,
    today: date,
    goals: frozenset[str] | None = None,
) -> tuple[Desk, Catalogue]:
    """The desk of a routekaart that `by` may advise on, with the catalogue it was made from.

    `goals` are the ids of its goals, for who has read them already.
    """
    changes = changes_from_json(desk.changes) if desk else ()
    with by.entered():
        last = latest_version(routekaart)
        base, earlier, school = proposed(
            by=by, routekaart=routekaart, last=last, today=today, changes=changes, goals=goals
        )
        advice, left = apply_what_fits(base, changes, school)
        return (
            Desk(
                routekaart=routekaart.pk,
                revision=desk.revision if desk else 0,
                changes=changes,
                advice=advice,
                left_out=(*earlier, *left),
                last=last.version if last else None,
                declined=_declined(last),
            ),
            school.catalogue,
        )


def _row(routekaart: Routekaart) -> AdviceDesk | None:
    return getattr(routekaart, "advice_desk", None)


def _declined(last: AdviceVersion | None) -> dict[str, str]:
    if last is None:
        return {}
    rows = AdviceDecision.objects.filter(advice=last, accepted=False)
    return {row.course_id: row.reason for row in rows}
