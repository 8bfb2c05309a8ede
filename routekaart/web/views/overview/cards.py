"""A team of the overview in words, for the cards, the page of a team and the table to download."""

from dataclasses import dataclass

from routekaart.domain.content.overview_words import (
    agreement_words,
    cost_sources,
    cost_words,
    day_facts,
    hours_sources,
    hours_words,
    waits,
)
from routekaart.domain.content.wording import short_date, weekday_date
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.domain.overview import DayLine, state_words
from routekaart.queries.overview.lines import TeamLine
from routekaart.queries.overview.teams import TeamOverview

_TAGS = {
    "none": "",
    "planned": "care",
    "approved": "done",
    "running": "done",
    "closed": "",
}


@dataclass(frozen=True, slots=True)
class DayCard:
    """A study day in words. `facts` are short phrases."""

    title: str
    short: str
    state: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamCard:
    """`more` is None for a team without a routekaart; the texts are then empty."""

    line: TeamLine
    state: str
    tag: str
    waits: str
    more: TeamOverview | None
    next_day: DayCard | None
    days: tuple[DayCard, ...]
    hours: str
    hours_from: str
    cost: str
    cost_from: str
    agreements: str


def card(line: TeamLine, more: TeamOverview | None) -> TeamCard:
    """What there is to tell of a team."""
    return TeamCard(
        line=line,
        state=state_words()[line.state],
        tag=_TAGS.get(line.state, "busy"),
        waits=waits(line.waiting),
        more=more,
        next_day=_day(more.next_day) if more and more.next_day else None,
        days=tuple(map(_day, more.days)) if more else (),
        hours=hours_words(more.hours) if more else "",
        hours_from=hours_sources(more.hours, more.plan_version) if more else "",
        cost=cost_words(more.cost) if more else "",
        cost_from=cost_sources(more.cost) if more else "",
        agreements=agreement_words(more.agreements, more.to_look_at) if more else "",
    )


def _day(day: DayLine) -> DayCard:
    return DayCard(
        title=weekday_date(day.date).capitalize() + (f": {day.title}" if day.title else ""),
        short=short_date(day.date).capitalize() + (f": {day.title}" if day.title else ""),
        state=STUDY_DAY.words[day.state],
        facts=tuple(day_facts(day)),
    )
