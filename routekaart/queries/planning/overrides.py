"""Where a school deviates from the calendar of its region."""

from routekaart.access import school_scope
from routekaart.domain.calendar import Override
from routekaart.models import CalendarOverride, School


def overrides_of(school: School) -> tuple[Override, ...]:
    """Its own free days and open days, of all years."""
    with school_scope([school.pk]):
        return tuple(
            Override(first=row.first_day, last=row.last_day, title=row.title, closed=row.closed)
            for row in CalendarOverride.objects.filter(school=school)
        )
