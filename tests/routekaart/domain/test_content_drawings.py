"""Drawings: what they draw, and that their words say the same."""

from dataclasses import replace
from datetime import date

from courses.entities import DurationBasis
from routekaart.domain.content.blocks import Bar, GridPoint
from routekaart.domain.content.drawings import evidence_and_cost, preparation_per_week
from routekaart.domain.content.inputs import ChosenIntervention, PlanGoal, ScholingsplanInput
from routekaart.domain.content.outline import Outline
from routekaart.domain.planner.plan import PreparationWeek
from tests.routekaart.sample_team import empty, sample


def _weeks(*weeks: tuple[str, date, int]) -> ScholingsplanInput:
    given = sample()
    assert given.plan is not None
    course = given.plan.preparation_weeks[0]
    rows = tuple(
        replace(course, member_id=member, week=week, minutes=minutes)
        for member, week, minutes in weeks
    )
    return replace(given, plan=replace(given.plan, preparation_weeks=rows))


def test_nothing_planned_is_no_drawing() -> None:
    assert preparation_per_week(Outline(empty())) is None
    assert preparation_per_week(Outline(_weeks())) is None


def test_weeks_are_averaged_over_who_prepares() -> None:
    chart = preparation_per_week(
        Outline(
            _weeks(
                ("a", date(2026, 9, 7), 60),
                ("b", date(2026, 9, 7), 30),
                ("a", date(2026, 9, 21), 20),
            )
        )
    )
    assert chart is not None
    assert chart.bars == (
        Bar("37", 45, "45 minuten", 45),
        Bar("38", 0, "0 minuten", 0),
        Bar("39", 10, "10 minuten", 10),
    )
    assert (chart.limit, chart.limit_label) == (45, "drukste week: 45 minuten per collega")
    assert "van de week van ma 7 sep 2026 tot en met die van ma 21 sep 2026" in chart.alt
    assert "De drukste week is die van ma 7 sep 2026, met gemiddeld 45 minuten" in chart.alt


def test_only_what_is_assumed_is_lighter() -> None:
    given = _weeks(("a", date(2026, 9, 7), 60))
    assert given.plan is not None
    week: PreparationWeek = given.plan.preparation_weeks[0]
    courses = tuple(
        replace(course, duration_basis=DurationBasis.STATED)
        if course.slug == week.course
        else course
        for course in given.catalogue.courses
    )
    stated = replace(given, catalogue=replace(given.catalogue, courses=courses))
    chart = preparation_per_week(Outline(stated))
    assert chart is not None
    assert chart.bars == (Bar("37", 60, "1 uur", 0),)


def _goals(*interventions: str) -> Outline:
    goals = tuple(
        PlanGoal(id=str(number), learning="Wij leren …", interventions=(ChosenIntervention(slug),))
        for number, slug in enumerate(interventions)
    )
    return Outline(replace(sample(), goals=goals))


def test_goals_stand_where_the_sources_place_them() -> None:
    grid = evidence_and_cost(_goals("feedback", "directe-instructie"))
    assert grid is not None
    assert grid.points == (
        GridPoint(0, 1, "D1", "Feedback"),
        GridPoint(0, 2, "D2", "Directe instructie"),
    )
    assert grid.alt == (
        "Raster van bewijs tegen kosten. "
        "Doel 1, Feedback: bewijs gemiddeld, kosten zeer laag. "
        "Doel 2, Directe instructie: bewijs sterk, kosten zeer laag."
    )


def test_without_figures_there_is_nothing_to_place() -> None:
    assert evidence_and_cost(_goals("professionalisering")) is None
