"""All that a team filled in, as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.dutch import dutch_number
from courses.entities import Catalogue
from routekaart.domain.content.wording import clock, duration, weekday_date
from routekaart.models import ChosenIntervention, Goal, StudyDay
from routekaart.queries.routekaarten.filled_in import FilledIn
from routekaart.web.views.intake.members import ShownMember, shown_members


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """An intervention. `plans` is what the team does with it in figures; `asks` are the options
    of category F that it asks for, with the reason."""

    title: str
    programme: str
    plans: tuple[str, ...]
    answers: tuple[ShownAnswer, ...]
    asks: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True)
class ShownGoal:
    wording: str
    noticeable: str
    indicator: str
    stops: str
    interventions: tuple[str, ...]
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownDay:
    day: str
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """`members` is None for who may not know who is in the team."""

    choices: tuple[ShownChoice, ...]
    goals: tuple[ShownGoal, ...]
    days: tuple[ShownDay, ...]
    platforms: tuple[str, ...]
    members: tuple[ShownMember, ...] | None


def shown(found: FilledIn, platforms: Iterable[tuple[str, str]]) -> Shown:
    """What was read, in words. `platforms`: slugs with their titles."""
    return Shown(
        choices=tuple(_choice(found, row) for row in found.chosen),
        goals=tuple(_goal(found, goal) for goal in found.goals),
        days=tuple(_day(day) for day in found.study_days),
        platforms=tuple(title for slug, title in platforms if slug in found.routekaart.platforms),
        members=None if found.members is None else shown_members(found.catalogue, found.members),
    )


def _choice(found: FilledIn, row: ChosenIntervention) -> ShownChoice:
    slug = row.intervention_id
    titles = {one.intervention_id: one.intervention.title for one in found.chosen}
    points = _points(found.catalogue, slug)
    return ShownChoice(
        title=row.intervention.title,
        programme=" – ".join(text for text in (row.programme, row.recognition) if text),
        plans=tuple(_plan(found.catalogue, name, row.parameters[name]) for name in row.parameters),
        answers=tuple(
            ShownAnswer(points.get(answer.point, "Antwoord"), answer.text)
            for answer in found.answers
            if answer.intervention_id == slug and answer.text.strip()
        ),
        asks=tuple(
            ShownAnswer(titles[link.facility_id], link.reason)
            for link in found.links
            if link.intervention_id == slug
        ),
    )


def _points(catalogue: Catalogue, slug: str) -> dict[str, str]:
    """The texts of what was asked about an intervention; nothing of one that was retired."""
    known = catalogue.intervention_by_slug.get(slug)
    if known is None:
        return {}
    return {one.slug: one.text for one in known.attention_points} | {
        one.slug: one.text for one in known.consider_first
    }


def _plan(catalogue: Catalogue, name: str, value: float) -> str:
    parameter = catalogue.parameter_by_slug.get(name)
    if parameter is None:
        return f"{name}: {dutch_number(value)}"
    return f"{parameter.title}: {dutch_number(value)} {parameter.unit}".strip()


def _goal(found: FilledIn, goal: Goal) -> ShownGoal:
    titles = {one.intervention_id: one.intervention.title for one in found.chosen}
    return ShownGoal(
        wording=goal.wording,
        noticeable=goal.noticeable,
        indicator=goal.indicator,
        stops=goal.stops,
        interventions=tuple(
            titles[row.intervention_id]
            for row in goal.goal_interventions.all()
            if row.intervention_id in titles
        ),
        courses=tuple(row.course.title for row in goal.goal_courses.all()),
    )


def _day(day: StudyDay) -> ShownDay:
    fixed = "" if day.fixed else ", staat nog niet vast"
    return ShownDay(
        day=weekday_date(day.date),
        about=f"{day.get_kind_display()}, {clock(day.starts_at)} uur, {duration(day.minutes)}"
        + (f", {day.title}" if day.title else "")
        + fixed,
    )
