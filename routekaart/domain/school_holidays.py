"""Published holidays of a region and a school's own days → the calendar of one school year.

Source: the `holidays` package (0.109 or later), which holds the dates of the ministry for 2014 to
summer 2030 and silently answers nothing outside that: then the calendar says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from routekaart.domain.calendar import (
    ONE_DAY,
    ONE_WEEK,
    Closure,
    ClosureKind,
    Override,
    Region,
    SchoolCalendar,
    SchoolYear,
    monday_of,
)
from routekaart.domain.content.wording import ASSUMED

NOT_PUBLISHED = "nog niet gepubliceerd"
_EXPECTED_BREAKS = frozenset(
    {"Herfstvakantie", "Kerstvakantie", "Voorjaarsvakantie", "Meivakantie", "Zomervakantie"}
)
_GOOD_FRIDAY = "Goede vrijdag"
_LIBERATION_DAY = "Bevrijdingsdag"


def school_calendar(
    year: SchoolYear,
    region: Region,
    *,
    overrides: Iterable[Override] = (),
    free_on_good_friday: bool = True,
    free_on_liberation_day: bool = True,
) -> SchoolCalendar:
    """The calendar of a school: region holidays, public holidays, and what it decides itself.

    A year whose holidays are not (all) published yet gives a calendar with
    `holidays_published=False`. Of what is missing it assumes Christmas and the summer, titled so:
    those the school can open, as any other holiday.

    The same question gives the same calendar, that is: one that knows its days already.
    """
    own = sorted(overrides, key=lambda item: (item.first, item.last, item.title, item.closed))
    return _calendar(year, region, tuple(own), free_on_good_friday, free_on_liberation_day)


# Every page and document about a routekaart asks for one: a school has two or three.
@lru_cache(maxsize=128)
def _calendar(
    year: SchoolYear,
    region: Region,
    own: tuple[Override, ...],
    free_on_good_friday: bool,
    free_on_liberation_day: bool,
) -> SchoolCalendar:
    breaks = _within(year, _published(year, region, "school"))
    public = {
        day: title
        for day, title in _within(year, _published(year, region, "public", "optional")).items()
        if (free_on_good_friday or title != _GOOD_FRIDAY)
        and (free_on_liberation_day or title != _LIBERATION_DAY)
    }
    published = set(breaks.values()) >= _EXPECTED_BREAKS
    return SchoolCalendar(
        year=year,
        region=region,
        closures=(
            *_periods(breaks, ClosureKind.SCHOOL_HOLIDAY),
            *(() if published else _assumed(year, breaks)),
            *_periods(public, ClosureKind.PUBLIC_HOLIDAY),
            *(
                Closure(item.first, item.last, item.title, ClosureKind.OWN)
                for item in own
                if item.closed
            ),
        ),
        opened=tuple(item for item in own if not item.closed),
        # An extra year of data may hold Christmas only, so every break has to be there.
        holidays_published=published,
    )


def _assumed(year: SchoolYear, breaks: Mapping[date, str]) -> Iterator[Closure]:
    """The holidays that come every year at about the same time, as far as they are not published.

    An assumption of ours: two weeks around Christmas, and summer from mid-July until September.
    """
    start = monday_of(date(year.start, 12, 25) + 2 * ONE_DAY)
    wanted = (
        ("Kerstvakantie", start, start + 2 * ONE_WEEK - ONE_DAY),
        ("Zomervakantie", year.first_day, date(year.start, 8, 31)),
        ("Zomervakantie", date(year.start + 1, 7, 15), year.last_day),
    )
    for title, first, last in wanted:
        if not any(name == title and first <= day <= last for day, name in breaks.items()):
            yield Closure(first, last, f"{title} ({ASSUMED})", ClosureKind.SCHOOL_HOLIDAY)


def next_published_year(region: Region, after: date) -> SchoolYear | None:
    """The first school year that starts after a day and has all its holidays published."""
    year = SchoolYear(SchoolYear.containing(after).start + 1)
    return year if school_calendar(year, region).holidays_published else None


@lru_cache(maxsize=64)
def _published(year: SchoolYear, region: Region, *categories: str) -> Mapping[date, str]:
    # Imported here because it takes up to a second, which only a new calendar should cost.
    from holidays.countries.netherlands import Netherlands  # noqa: PLC0415

    found = Netherlands(  # type: ignore[no-untyped-call]  # the package types no constructor
        years=(year.start, year.start + 1),
        subdiv=region.value,
        categories=categories,
        language="nl",
    )
    return MappingProxyType(dict(sorted(found.items())))


def _within(year: SchoolYear, days: Mapping[date, str]) -> dict[date, str]:
    return {day: title for day, title in days.items() if day in year}


def _periods(days: Mapping[date, str], kind: ClosureKind) -> list[Closure]:
    """Runs of days with the same title."""
    periods: list[Closure] = []
    for day, title in days.items():
        last = periods[-1] if periods else None
        if last is not None and last.title == title and last.last + ONE_DAY == day:
            periods[-1] = Closure(last.first, day, title, kind)
        else:
            periods.append(Closure(day, day, title, kind))
    return periods
