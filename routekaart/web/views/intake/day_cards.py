"""How a study day and the advice on its date are shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.dutch import listed
from routekaart.domain.content.wording import (
    WEEKDAYS,
    clock,
    counted,
    duration,
    later,
    weekday_date,
)
from routekaart.domain.dates import DateAdvice, Light, Reason, WeekdayView
from routekaart.domain.dates.reasons import LIGHT_WORDS, groups_text
from routekaart.models import StudyDay

_CLASSES = {Light.GREEN: "", Light.AMBER: "orange", Light.RED: "red"}

# A source with what it has to say, so that it is named once.
Sourced = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """A light in words and by its class; `heavy` are the reasons that ask for attention."""

    when: str
    iso: str
    light: str
    word: str
    heavy: tuple[Sourced, ...]
    fine: tuple[Sourced, ...]


@dataclass(frozen=True, slots=True)
class DayShown:
    day: StudyDay
    hours: str
    groups: str
    advice: AdviceShown


def advice_shown(advice: DateAdvice) -> AdviceShown:
    """The advice on a date, in words."""
    return AdviceShown(
        when=weekday_date(advice.day.date),
        iso=advice.day.date.isoformat(),
        light=_CLASSES[advice.light],
        word=LIGHT_WORDS[advice.light],
        heavy=_sourced(one for one in advice.reasons if one.light is not Light.GREEN),
        fine=_sourced(one for one in advice.reasons if one.light is Light.GREEN),
    )


def _sourced(reasons: Iterable[Reason]) -> tuple[Sourced, ...]:
    by_source: dict[str, list[str]] = {}
    for one in reasons:
        by_source.setdefault(one.source, []).append(one.text)
    return tuple((source, tuple(texts)) for source, texts in by_source.items())


def day_shown(day: StudyDay, advice: DateAdvice, sector: str) -> DayShown:
    """A study day of the team with the advice on its date."""
    until = later(day.starts_at, day.minutes)
    groups = tuple(day.free_groups)
    return DayShown(
        day=day,
        hours=f"{clock(day.starts_at)} tot {clock(until)} uur ({duration(day.minutes)})",
        groups=groups_text(groups, secondary=sector == "vo") if groups else "",
        advice=advice_shown(advice),
    )


def weekdays_in_words(views: tuple[WeekdayView, ...]) -> tuple[tuple[str, ...], str]:
    """A sentence per weekday that asks people back, and which day is fairest now."""
    lines = tuple(
        f"{WEEKDAYS[view.weekday - 1].capitalize()}: "
        f"{counted(view.study_days, 'studiedag', 'studiedagen')}; "
        f"{_back(view.people_back)}."
        for view in views
    )
    fairest = [WEEKDAYS[view.weekday - 1] for view in views if view.fairest]
    return lines, f"Een {listed(fairest, 'of')} verdeelt het nu het eerlijkst." if fairest else ""


def _back(people: int) -> str:
    if not people:
        return "niemand komt terug op een vrije dag"
    verb = "komt" if people == 1 else "komen"
    return f"{counted(people, 'collega', 'collega’s')} {verb} terug op een vrije dag"
