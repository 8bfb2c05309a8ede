"""Study days as the planner sees them."""

from routekaart.domain.planner.problem import StudyDay, StudyDayKind
from routekaart.models import Routekaart
from routekaart.models import StudyDay as StudyDayRow

# All of the day itself, and of its team what it takes to name it: a large school has hundreds, and
# each team's plan and document asks for them.
_OF_A_DAY = (
    *(field.name for field in StudyDayRow._meta.concrete_fields),
    "routekaart__team__name",
)


def days_of_school(routekaart: Routekaart) -> tuple[StudyDayRow, ...]:
    """The study days of all teams of the school in the year of a routekaart, by date and with
    the name of their team. Call inside the scope of the school."""
    rows = StudyDayRow.objects.filter(
        routekaart__team__school=routekaart.team.school_id,
        routekaart__school_year=routekaart.school_year,
    ).select_related("routekaart__team")
    return tuple(rows.only(*_OF_A_DAY).order_by("date", "starts_at", "id"))


def study_day_of(day: StudyDayRow) -> StudyDay:
    """A study day for the planner."""
    return StudyDay(
        id=str(day.pk),
        date=day.date,
        kind=StudyDayKind(day.kind),
        start=day.starts_at,
        minutes=day.minutes,
        fixed=day.fixed,
        title=day.title,
        resources=resources_of(day),
    )


def resources_of(day: StudyDayRow) -> tuple[str, ...]:
    """What no other team can have on that day. A room is the same room however it is typed."""
    room = " ".join(day.room.split()).casefold()
    found = [f"room:{room}"] if room else []
    if day.trainer_id is not None:
        found.append(f"trainer:{day.trainer_id}")
    return tuple(found)
