"""A team of the overview in words, for the cards, the page of a team and the table to download."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.dutch import listed
from routekaart.domain.content.wording import counted, duration, short_date, weekday_date
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.domain.overview import Cost, TeamHours, Waiting, state_words
from routekaart.domain.privacy import MINIMUM_GROUP
from routekaart.domain.progress import Preparation
from routekaart.queries.overview.lines import TeamLine
from routekaart.queries.overview.schools import SchoolTotals
from routekaart.queries.overview.teams import DayLine, TeamOverview

_TAGS = {
    "none": "",
    "planned": "care",
    "approved": "done",
    "running": "done",
    "closed": "",
}
_FEW = f"minder dan {MINIMUM_GROUP} mensen"


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
        cost_from=_cost_from(more.cost) if more else "",
        agreements=_agreements(more) if more else "",
    )


def waits(waiting: Waiting) -> str:
    """Wacht op de trainer: advies geven. Empty when nobody has to do anything."""
    return f"Wacht op {waiting.on}: {waiting.todo}." if waiting.on else ""


def _day(day: DayLine) -> DayCard:
    return DayCard(
        title=weekday_date(day.date).capitalize() + (f": {day.title}" if day.title else ""),
        short=short_date(day.date).capitalize() + (f": {day.title}" if day.title else ""),
        state=STUDY_DAY.words[day.state],
        facts=tuple(_facts(day)),
    )


def _facts(day: DayLine) -> Iterator[str]:
    if not day.goals:
        yield "Nog geen doel"
        return
    yield counted(day.goals, "doel", "doelen")
    yield preparation_words(day.preparation)
    yield "Programma staat klaar" if day.has_programme else "Nog geen programma"


def preparation_words(prepared: Preparation) -> str:
    """Counts of a group, or that they are not shown."""
    if prepared.hidden:
        return f"Voorbereiding: niet getoond, want {_FEW}"
    if not prepared.asked:
        return "Geen voorbereiding gevraagd"
    return f"Voorbereiding: {prepared.done} van {prepared.asked} gedaan"


def hours_words(hours: TeamHours | None) -> str:
    """What the plan asks of all together, or why that is not there."""
    if hours is None:
        return "Nog geen plan"
    if hours.hidden:
        return f"Niet getoond, want {_FEW}"
    return f"{duration(hours.total)} voor {counted(hours.people or 0, 'mens', 'mensen')} samen"


def hours_sources(hours: TeamHours | None, version: int | None) -> str:
    """Which hours they are, and which part of them is assumed."""
    if hours is None or hours.hidden:
        return ""
    parts = [f"{duration(hours.assigned)} opgedragen", f"{duration(hours.individual)} eigen tijd"]
    assumed = f"Daarvan is {duration(hours.assumed)} een aanname. " if hours.assumed else ""
    return f"{listed(parts).capitalize()}. {assumed}Uit plan versie {version}."


def school_hours(sums: SchoolTotals) -> str:
    """What the plans of the teams ask together; empty where nothing can be shown."""
    if sums.hours is None:
        return f"Niet getoond, want {_FEW}" if sums.teams_hidden else ""
    return f"{duration(sums.hours.total)} in {counted(sums.teams_counted, 'team', 'teams')}"


def school_hours_from(sums: SchoolTotals) -> str:
    """Which part is assumed, and which teams are not in it."""
    parts = []
    if sums.hours is not None and sums.hours.assumed:
        parts.append(f"Daarvan is {duration(sums.hours.assumed)} een aanname.")
    if sums.hours is not None and sums.teams_hidden:
        hidden = counted(sums.teams_hidden, "team", "teams")
        parts.append(f"Zonder {hidden} van {_FEW}.")
    return " ".join(parts)


def cost_words(cost: Cost | None) -> str:
    """What sources say of the cost of what is chosen."""
    if cost is None:
        return "Nog niets gekozen"
    if not cost.least:
        return "Geen bron geeft een schatting"
    return cost.least if cost.least == cost.most else f"{cost.least} tot {cost.most}"


def _cost_from(cost: Cost | None) -> str:
    if cost is None or not cost.least:
        return ""
    without = (
        f" Voor {counted(cost.without, 'interventie', 'interventies')} geeft geen bron een "
        "schatting."
        if cost.without
        else ""
    )
    return f"Volgens {listed(cost.sources)}; een bedrag noemt die niet.{without}"


def _agreements(more: TeamOverview) -> str:
    if more.agreements is None:
        return f"Niet getoond, want {_FEW}"
    if not more.agreements:
        return "Geen open afspraken"
    due = f", {more.to_look_at} om nu naar te kijken" if more.to_look_at else ""
    return f"{more.agreements} open{due}"
