"""One pool of hours: what several teams of a school ask of the same person in a week."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from routekaart.domain.calendar import monday_of
from routekaart.domain.people import Member, weekly_minutes
from routekaart.domain.planner.plan import PreparationWeek


def fits_beside_others(
    weeks: Iterable[PreparationWeek], members: Iterable[Member], team_minutes: int
) -> bool:
    """Whether these weeks and what other teams have booked stay within everyone's minutes.

    Weeks in which nothing is planned here do not count: the other teams answer for those.
    """
    planned: Counter[tuple[str, date]] = Counter()
    for week in weeks:
        planned[week.member_id, monday_of(week.week)] += week.minutes
    for member in members:
        free = weekly_minutes(member, team_minutes)
        booked: Counter[date] = Counter()
        for item in member.booked:
            booked[monday_of(item.week)] += item.minutes
        for monday, minutes in booked.items():
            own = planned[member.id, monday]
            if own and own + minutes > free:
                return False
    return True
