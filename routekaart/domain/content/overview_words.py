"""What an overview tells, in words: the same on a page, in a document and in a table.

Of a group that is too small for numbers they say so, and where a figure comes from stands beside
it.
"""

from collections.abc import Iterator, Mapping

from courses.dutch import listed
from routekaart.domain.content.wording import counted, duration
from routekaart.domain.overview import (
    Cost,
    DayLine,
    SchoolTotals,
    TeamHours,
    Waiting,
    state_words,
)
from routekaart.domain.privacy import MINIMUM_GROUP
from routekaart.domain.progress import Preparation

FEW = f"minder dan {MINIMUM_GROUP} mensen"
NOT_SHOWN = f"Niet getoond, want {FEW}"


def waits(waiting: Waiting) -> str:
    """Wacht op de trainer: advies geven. Empty when nobody has to do anything."""
    return f"Wacht op {waiting.on}: {waiting.todo}." if waiting.on else ""


def states_words(teams: int, states: Mapping[str, int]) -> str:
    """3 teams: 2 in uitvoering en 1 gepland, in the order of the year."""
    words = state_words()
    parts = [f"{states[state]} {words[state]}" for state in words if states.get(state)]
    return f"{counted(teams, 'team', 'teams')}: {listed(parts)}"


def day_facts(day: DayLine) -> Iterator[str]:
    """Short phrases about a study day: its goals, how far its preparation is, its programme."""
    if not day.goals:
        yield "Nog geen doel"
        return
    yield counted(day.goals, "doel", "doelen")
    yield preparation_words(day.preparation)
    yield "Programma staat klaar" if day.has_programme else "Nog geen programma"


def preparation_words(prepared: Preparation) -> str:
    """Counts of a group, or that they are not shown."""
    if prepared.hidden:
        return f"Voorbereiding: niet getoond, want {FEW}"
    if not prepared.asked:
        return "Geen voorbereiding gevraagd"
    return f"Voorbereiding: {prepared.done} van {prepared.asked} gedaan"


def hours_words(hours: TeamHours | None) -> str:
    """What the plan asks of all together, or why that is not there."""
    if hours is None:
        return "Nog geen plan"
    if hours.hidden:
        return NOT_SHOWN
    return f"{duration(hours.total)} voor {counted(hours.people or 0, 'mens', 'mensen')} samen"


def hours_sources(hours: TeamHours | None, version: int | None) -> str:
    """Which hours they are, and which part of them is assumed."""
    if hours is None or hours.hidden:
        return ""
    parts = [f"{duration(hours.assigned)} opgedragen", f"{duration(hours.individual)} individueel"]
    assumed = f"Daarvan is {duration(hours.assumed)} een aanname. " if hours.assumed else ""
    return f"{listed(parts).capitalize()}. {assumed}Uit plan versie {version}."


def school_hours(sums: SchoolTotals) -> str:
    """What the plans of the teams ask together; empty where nothing can be shown."""
    if sums.hours is None:
        return NOT_SHOWN if sums.teams_hidden else ""
    return f"{duration(sums.hours.total)} in {counted(sums.teams_counted, 'team', 'teams')}"


def school_hours_from(sums: SchoolTotals) -> str:
    """Which part is assumed, and which teams are not in it."""
    parts = []
    if sums.hours is not None and sums.hours.assumed:
        parts.append(f"Daarvan is {duration(sums.hours.assumed)} een aanname.")
    if sums.hours is not None and sums.teams_hidden:
        hidden = counted(sums.teams_hidden, "team", "teams")
        parts.append(f"Zonder {hidden} van {FEW}.")
    return " ".join(parts)


def cost_words(cost: Cost | None) -> str:
    """What sources say of the cost of what is chosen."""
    if cost is None:
        return "Nog niets gekozen"
    if not cost.least:
        return "Geen bron geeft een schatting"
    return cost.least if cost.least == cost.most else f"{cost.least} tot {cost.most}"


def cost_sources(cost: Cost | None) -> str:
    """Which sources say so; empty where none does."""
    if cost is None or not cost.least:
        return ""
    without = (
        f" Voor {counted(cost.without, 'interventie', 'interventies')} geeft geen bron een "
        "schatting."
        if cost.without
        else ""
    )
    return f"Volgens {listed(cost.sources)}; een bedrag noemt die niet.{without}"


def agreement_words(agreements: int | None, to_look_at: int | None) -> str:
    """How many are open, and how many of those are due for a look; None where hidden."""
    if agreements is None:
        return NOT_SHOWN
    if not agreements:
        return "Geen open afspraken"
    due = f", {to_look_at} om nu naar te kijken" if to_look_at else ""
    return f"{agreements} open{due}"
