"""Study days as the planner sees them."""

from routekaart.domain.planner.problem import StudyDay, StudyDayKind
from routekaart.models import StudyDay as StudyDayRow


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
