"""The school year as a strip: months, weeks without lessons, and the days of the plan."""

from datetime import date

from routekaart.domain.calendar import ClosureKind, SchoolCalendar, SchoolYear
from routekaart.domain.content.parts import Lane, Mark, Span, Timeline
from routekaart.domain.content.wording import short_date, short_month
from routekaart.domain.planner.plan import Plan

CLOSED = "schoolvakantie"
_SHORTEST_CLOSURE_DAYS = 3
"""A single public holiday is too narrow to draw; the dates of the plan avoid it all the same."""


def year_timeline(calendar: SchoolCalendar, plan: Plan | None) -> Timeline:
    """The strip of one school year. Without a plan the lanes are empty."""
    year = calendar.year
    lanes = _lanes(year, plan)
    return Timeline(
        days=_day_number(year, year.last_day) + 1,
        months=_months(year),
        closed_label=CLOSED,
        closed=_closed(calendar),
        lanes=lanes,
        alt=_alt(year, lanes),
    )


def _day_number(year: SchoolYear, day: date) -> int:
    return (day - year.first_day).days


def _months(year: SchoolYear) -> tuple[Span, ...]:
    firsts = [date(year.start + (month < 8), month, 1) for month in (*range(8, 13), *range(1, 8))]
    lasts = [_day_number(year, first) - 1 for first in firsts[1:]]
    lasts.append(_day_number(year, year.last_day))
    return tuple(
        Span(_day_number(year, first), last, short_month(first.month))
        for first, last in zip(firsts, lasts, strict=True)
    )


def _closed(calendar: SchoolCalendar) -> tuple[Span, ...]:
    year = calendar.year
    spans = []
    for closure in calendar.closures:
        first, last = max(closure.first, year.first_day), min(closure.last, year.last_day)
        days = (last - first).days + 1
        long_enough = closure.kind is ClosureKind.SCHOOL_HOLIDAY or days >= _SHORTEST_CLOSURE_DAYS
        if long_enough and days > 0:
            spans.append(Span(_day_number(year, first), _day_number(year, last), closure.title))
    return tuple(sorted(spans, key=lambda span: (span.first_day, span.last_day, span.label)))


def _lanes(year: SchoolYear, plan: Plan | None) -> tuple[Lane, ...]:
    if plan is None:
        deadlines, days, meetings, follow_ups, evaluations = [], [], [], [], []
    else:
        deadlines = sorted({item.deadline for item in plan.placements if item.deadline})
        days = [item.date for item in plan.study_days]
        meetings = [item.date for item in plan.plg_meetings]
        follow_ups = [item.date for item in plan.follow_ups]
        evaluations = [item.date for item in plan.evaluations]

    def marks(dates: list[date], *, numbered: bool = False) -> tuple[Mark, ...]:
        return tuple(
            Mark(_day_number(year, day), str(number) if numbered else "", short_date(day))
            for number, day in enumerate(sorted(dates), start=1)
            if day in year
        )

    return (
        Lane("preparation", "Voorbereiding klaar", marks(deadlines)),
        Lane("study_day", "Studiedagen", marks(days, numbered=True)),
        Lane("plg", "PLG", marks(meetings)),
        Lane("follow_up", "Vervolg", marks(follow_ups)),
        Lane("evaluation", "Evaluatie", marks(evaluations)),
    )


def _alt(year: SchoolYear, lanes: tuple[Lane, ...]) -> str:
    told = [
        f"{lane.label}: {', '.join(mark.text for mark in lane.marks) if lane.marks else 'geen'}."
        for lane in lanes
    ]
    return " ".join([f"Tijdlijn van schooljaar {year.label}.", *told])
