"""What the mapping proposes for a team now, with what trainers changed in the rounds before."""

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date

from courses.advice import Advice, AdviceRequest
from courses.entities import Catalogue
from courses.matching import match
from routekaart.access import Access
from routekaart.domain.advice_desk import AddCourse, DeskChange, LeftOut, School, apply_what_fits
from routekaart.models import AdviceVersion, Routekaart, SchoolCourse
from routekaart.queries.advice.stored import changes_from_json
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.organisation.teams import functions_in_team


def latest_version(routekaart: Routekaart) -> AdviceVersion | None:
    """The advice that holds now. Call inside the scope of the routekaart's school."""
    return AdviceVersion.objects.filter(routekaart=routekaart).first()


def proposed(
    *,
    by: Access,
    routekaart: Routekaart,
    last: AdviceVersion | None,
    today: date,
    changes: Iterable[DeskChange] = (),
    goals: frozenset[str] | None = None,
) -> tuple[Advice, tuple[LeftOut, ...], School]:
    """What a desk starts from: what the mapping proposes now, with the trainer's changes of the
    rounds before; those that no longer fit; and what `changes` are judged by.

    `goals` are the ids of its goals, for who has read them already.
    """
    catalogue = school_catalogue(school=routekaart.team.school_id)
    earlier = changes_from_json(last.trainer_changes) if last else ()
    adds = any(isinstance(change, AddCourse) for change in (*earlier, *changes))
    school = _school(routekaart, catalogue, today)
    if adds:
        school = _for_adding(by, routekaart, school, goals)
    advice = _advice(by, routekaart, catalogue, today)
    return *apply_what_fits(advice, earlier, school), school


def advice_for(*, by: Access, routekaart: Routekaart, today: date) -> Advice:
    """What the mapping proposes for the team of a routekaart, as things stand now.

    What the catalogue has retired since it was chosen (interventions, functions, packages) is
    left out: nobody can mend that here.
    """
    return _advice(by, routekaart, school_catalogue(school=routekaart.team.school_id), today)


def _school(routekaart: Routekaart, catalogue: Catalogue, today: date) -> School:
    school = routekaart.team.school
    return School(
        catalogue=catalogue,
        today=today,
        platforms=tuple(routekaart.platforms),
        packages=_known(school.packages, catalogue.package_by_slug),
    )


def _for_adding(
    by: Access, routekaart: Routekaart, school: School, goals: frozenset[str] | None
) -> School:
    """With what only the adding of a course asks for."""
    with by.entered():
        if goals is None:
            goals = frozenset(str(pk) for pk in routekaart.goals.values_list("pk", flat=True))
        rows = SchoolCourse.objects.filter(school=routekaart.team.school_id)
        providers = dict(rows.values_list("course_id", "provider"))
    return replace(school, goals=goals, providers=providers)


def _advice(by: Access, routekaart: Routekaart, catalogue: Catalogue, today: date) -> Advice:
    school = routekaart.team.school
    functions = functions_in_team(team_id=routekaart.team_id, schools=by.schools)
    with by.entered():
        chosen = tuple(routekaart.chosen.values_list("intervention_id", flat=True))
    return match(
        catalogue,
        AdviceRequest(
            interventions=_known(chosen, catalogue.intervention_by_slug),
            functions=_known(functions, catalogue.function_by_slug),
            today=today,
            platforms=tuple(routekaart.platforms),
            packages=_known(school.packages, catalogue.package_by_slug),
            sector=school.sector,
        ),
    )


def _known(slugs: Iterable[str], catalogue: Container[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in catalogue)
