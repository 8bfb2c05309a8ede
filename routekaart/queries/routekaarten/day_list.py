"""The study days of a team with what the date adviser looks at, as the pages about days show it."""

from dataclasses import dataclass
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.clock import today
from routekaart.domain.dates import DateAdvice, Situation, advise
from routekaart.models import Routekaart, StudyDay
from routekaart.queries.routekaarten.dates import (
    NOT_ADOPTED,
    ConsideredDay,
    considered_day,
    date_situation,
)


@dataclass(frozen=True, slots=True)
class TeamDays:
    """`days` by date. `may_edit`: whether this person may change them in the states that allow it.

    The situation knows people by id only, and what is said of a date names nobody.
    """

    routekaart: Routekaart
    situation: Situation
    days: tuple[StudyDay, ...]
    may_edit: bool

    def day(self, day_id: UUID) -> StudyDay | None:
        return next((day for day in self.days if day.pk == day_id), None)

    def advice(self) -> dict[UUID, DateAdvice]:
        """What there is to say of each of the team's own days."""
        own = {day.id: day for day in self.situation.own_days}
        found = advise(self.situation, [own[str(day.pk)] for day in self.days])
        return {day.pk: advice for day, advice in zip(self.days, found, strict=True)}

    def advice_on(self, asked: ConsideredDay, moving: UUID | None) -> DateAdvice:
        """What there is to say of a date; `moving`: the own day that would move there."""
        day = considered_day(self.situation, asked, moving)
        situation = self.situation if moving is None else self.situation.without(str(moving))
        [advice] = advise(situation, [day])
        return advice


def day_list(*, by: Access, routekaart_id: UUID) -> TeamDays:
    """The days in a fixed number of queries."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",)
    )
    with by.entered():
        situation = date_situation(
            routekaart, today=today() if routekaart.state in NOT_ADOPTED else None
        )
        days = tuple(routekaart.study_days.all())
    return TeamDays(
        routekaart=routekaart,
        situation=situation,
        days=days,
        may_edit=by.allows(
            Permission.EDIT_ROUTEKAART,
            school=routekaart.team.school_id,
            team=routekaart.team_id,
        ),
    )
