"""How long the data of somebody who left are kept."""

import calendar
from datetime import datetime


def kept_until(left_at: datetime, *, months: int) -> datetime:
    """The same day and hour so many months later, or the last day of a shorter month."""
    years, month = divmod(left_at.month - 1 + months, 12)
    year, month = left_at.year + years, month + 1
    day = min(left_at.day, calendar.monthrange(year, month)[1])
    return left_at.replace(year=year, month=month, day=day)
