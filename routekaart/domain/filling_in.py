"""Filling in a routekaart as a line of stops: their order, and how far each of them is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.entities import Catalogue
from courses.findings import Finding
from routekaart.domain.content.wording import counted
from routekaart.domain.rules import RoutekaartView, Transition, blocked_transitions


class Part(StrEnum):
    """The steps in their order."""

    TEAM = "team"
    REASON = "reason"
    INTERVENTIONS = "interventions"
    GOALS = "goals"
    FACILITIES = "facilities"
    STUDY_DAYS = "study_days"
    HOURS = "hours"
    CHECK = "check"


TITLES: Mapping[Part, str] = {
    Part.TEAM: "Het team",
    Part.REASON: "Aanleiding",
    Part.INTERVENTIONS: "Interventies",
    Part.GOALS: "Doelen",
    Part.FACILITIES: "Randvoorwaarden",
    Part.STUDY_DAYS: "Studiedagen",
    Part.HOURS: "Uren en ritme",
    Part.CHECK: "Nakijken en indienen",
}
_ABOUT: Mapping[Part, str] = {
    Part.TEAM: "Wie er meedoen, en waarmee jullie werken.",
    Part.REASON: "Waarom jullie dit willen leren.",
    Part.INTERVENTIONS: "Wat jullie gaan doen, met de vragen die erbij horen.",
    Part.GOALS: "Wat jullie gaan leren: ‘Wij leren …’.",
    Part.FACILITIES: "Welke interventie vraagt om wat jullie uit F kozen.",
    Part.STUDY_DAYS: "Wanneer het hele team bij elkaar is.",
    Part.HOURS: "Hoeveel tijd er is. De getallen staan er al.",
    Part.CHECK: "Zien of alles klopt, en indienen bij de trainer.",
}
_OF_FIELD: Mapping[str, Part] = {
    "members": Part.TEAM,
    "reason": Part.REASON,
    "looking_back": Part.REASON,
    "study_days": Part.STUDY_DAYS,
    "facility_links": Part.FACILITIES,
    "goals": Part.GOALS,
    "wording": Part.GOALS,
    "noticeable": Part.GOALS,
    "indicator": Part.GOALS,
    "courses": Part.GOALS,
    "after": Part.GOALS,
}
# Findings that are mended elsewhere than their intervention makes one think.
_OF_CODE: Mapping[str, Part] = {"f_not_linked": Part.FACILITIES}
_MOST_MISSING = 3


class Standing(StrEnum):
    """How far a stop is."""

    DONE = "done"
    NOW = "now"
    TO_DO = "todo"


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on the line. `tag` says in words how far it is, `facts` what stands there already,
    `missing` what holds the routekaart back; `looks` is the number of things to look at."""

    part: Part
    title: str
    about: str
    standing: Standing
    tag: str
    facts: str
    missing: tuple[str, ...]
    more_missing: int
    looks: int


def part_of(finding: Finding) -> Part:
    """The step where a finding is mended."""
    if finding.code in _OF_CODE:
        return _OF_CODE[finding.code]
    of_field = _OF_FIELD.get(finding.field or "")
    if of_field is not None:
        return of_field
    return Part.GOALS if finding.goal else Part.INTERVENTIONS


def parts_of(*, with_facilities: bool) -> tuple[Part, ...]:
    """The steps that there are: that of category F only where something of it was chosen."""
    return tuple(part for part in Part if with_facilities or part is not Part.FACILITIES)


def part_after(part: Part, *, with_facilities: bool) -> Part:
    """The step that the main button of `part` leads to."""
    there = parts_of(with_facilities=with_facilities)
    later = [one for one in there if list(Part).index(one) > list(Part).index(part)]
    return later[0] if later else Part.CHECK


def facilities_of(catalogue: Catalogue, chosen: Iterable[str]) -> tuple[str, ...]:
    """What was chosen of the category that never stands alone (S07), in the order of choice."""
    known = catalogue.intervention_by_slug
    return tuple(slug for slug in chosen if slug in known and known[slug].requires_other_category)


def stops(
    catalogue: Catalogue, view: RoutekaartView, findings: Sequence[Finding]
) -> tuple[Stop, ...]:
    """The line of this routekaart as it stands now. One stop, the next to go to, is NOW."""
    with_facilities = bool(facilities_of(catalogue, view.interventions))
    parts = parts_of(with_facilities=with_facilities)
    blocked = [one for one in findings if Transition.SUBMIT in blocked_transitions(one)]
    missing = {
        part: tuple(one.message for one in blocked if part_of(one) is part) for part in parts
    }
    facts = {part: _facts(part, view) for part in parts}
    done = {part: not missing[part] and bool(facts[part]) for part in parts}
    now = _next(parts, done)
    return tuple(
        Stop(
            part=part,
            title=TITLES[part],
            about=_ABOUT[part],
            standing=_standing(part, now, done[part]),
            tag=_tag(part, now, done[part], len(blocked)),
            facts=facts[part],
            missing=missing[part][:_MOST_MISSING],
            more_missing=max(0, len(missing[part]) - _MOST_MISSING),
            looks=sum(1 for one in findings if one not in blocked and part_of(one) is part),
        )
        for part in parts
    )


def _next(parts: Sequence[Part], done: Mapping[Part, bool]) -> Part:
    """The first stop to go to. What may stay empty and was passed by is not asked for again."""
    reached = max(
        (place for place, part in enumerate(parts) if done[part] and part not in _FILLED_BEFORE),
        default=-1,
    )
    for place, part in enumerate(parts):
        passed_by = part is Part.REASON and place < reached
        if part is not Part.CHECK and not done[part] and not passed_by:
            return part
    return Part.CHECK


# What stands there before anybody did anything: it tells nothing of how far a team has come.
_FILLED_BEFORE = frozenset({Part.TEAM, Part.HOURS})


def _standing(part: Part, now: Part, done: bool) -> Standing:
    if part is now:
        return Standing.NOW
    return Standing.DONE if done else Standing.TO_DO


def _tag(part: Part, now: Part, done: bool, blocked: int) -> str:
    if part is Part.CHECK:
        return f"nog {counted(blocked, 'punt', 'punten')}" if blocked else "kan ingediend worden"
    if done:
        return "klaar"
    return "nu" if part is now else "mag leeg" if part is Part.REASON else "nog te doen"


def _facts(part: Part, view: RoutekaartView) -> str:
    """What stands there, in a few words; empty when nothing does."""
    match part:
        case Part.TEAM:
            return counted(len(view.members), "collega", "collega’s") if view.members else ""
        case Part.REASON:
            reason = next((text.text for text in view.texts if text.field == "reason"), "")
            return "ingevuld" if reason.strip() else ""
        case Part.INTERVENTIONS:
            number = len(view.choices)
            return f"{number} gekozen" if number else ""
        case Part.GOALS:
            return counted(len(view.goals), "doel", "doelen") if view.goals else ""
        case Part.FACILITIES:
            links = len(view.facility_links)
            return counted(links, "koppeling", "koppelingen") if links else ""
        case Part.STUDY_DAYS:
            days = view.dates.own_days if view.dates else ()
            return counted(len(days), "dag", "dagen") if days else ""
        case Part.HOURS:
            return "ingevuld"
        case Part.CHECK:
            return ""
