"""The routekaarten that somebody may see, and those that somebody may begin."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.models import ChosenIntervention, Goal, Routekaart, StudyDay, Team

# From this month on a team thinks of the school year to come (assumption).
_FEBRUARY = 2
_AUGUST = 8


@dataclass(frozen=True, slots=True)
class Startable:
    """A team and a school year for which there is no routekaart yet."""

    team: Team
    year: SchoolYear

    @property
    def key(self) -> str:
        return f"{self.team.pk}.{self.year.start}"


def routekaarten_within_reach(*, by: Access) -> QuerySet[Routekaart]:
    """The newest school year first, then by team; with team and school, and what is filled in:
    `has_choice`, `has_goal`, `has_day`.

    Raises `Forbidden` for who sees none anywhere, whatever there is.
    """
    if not any(by.allows(Permission.VIEW_ROUTEKAART, school=school) for school in by.schools):
        raise Forbidden(Permission.VIEW_ROUTEKAART)
    with by.entered():
        return (
            Routekaart.objects.filter(by.visible(Routekaart))
            .select_related("team__school")
            .annotate(
                has_choice=Exists(ChosenIntervention.objects.filter(routekaart=OuterRef("pk"))),
                has_goal=Exists(Goal.objects.filter(routekaart=OuterRef("pk"))),
                has_day=Exists(StudyDay.objects.filter(routekaart=OuterRef("pk"))),
            )
            .order_by("-school_year", "team__name", "id")
        )


def startable(*, by: Access, today: date) -> tuple[Startable, ...]:
    """What the person's own teams can begin: this school year and the next, the likeliest first.

    Who fills in no routekaart anywhere gets `Forbidden`.
    """
    with by.entered():
        years = Routekaart.objects.only("team_id", "school_year")
        teams = [
            team
            for team in Team.objects.filter(pk__in=by.teams)
            .order_by("name", "id")
            .prefetch_related(Prefetch("routekaarten", years))
            if by.allows(Permission.EDIT_ROUTEKAART, school=team.school_id, team=team.pk)
        ]
        if not teams:
            raise Forbidden(Permission.EDIT_ROUTEKAART)
        there = {
            team.pk: {routekaart.school_year for routekaart in team.routekaarten.all()}
            for team in teams
        }
    return tuple(
        Startable(team, SchoolYear(year))
        for year in _years(today)
        for team in teams
        if year not in there[team.pk]
    )


def may_start(*, by: Access) -> bool:
    """Whether the person fills in a routekaart of some team. Asks nothing of the tables."""
    return bool(by.teams) and any(
        by.allows(Permission.EDIT_ROUTEKAART, school=school) for school in by.schools
    )


def _years(today: date) -> tuple[int, int]:
    this = SchoolYear.containing(today).start
    return (this + 1, this) if _FEBRUARY <= today.month < _AUGUST else (this, this + 1)
