"""What is over can be closed: nobody closes a day that has yet to come."""

from datetime import date

from courses.dutch import dutch_date
from routekaart.domain.errors import Conflict


def check_held(day: date, *, today: date, what: str, then: str) -> None:
    """Raises `Conflict` (`day_not_held`) before `day`; on the day itself it may be.

    `what` names it ("Deze studiedag"), `then` says what to do once it was held.
    """
    if today < day:
        raise Conflict(
            f"{what} is pas op {dutch_date(day)}. {then}, of kies eerst een andere datum.",
            code="day_not_held",
        )
