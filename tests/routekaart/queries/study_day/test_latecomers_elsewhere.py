"""The package of a latecomer, of somebody who is at another school or in another team too."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Assignment, StudyDay
from routekaart.queries.study_day.latecomers import latecomer_package, latecomers_of
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)
from tests.stages import STUDY_DAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 11, 16)


def test_late_in_one_team_with_the_functions_of_its_school() -> None:
    """One person joins at two schools, another the team next door."""
    here, elsewhere = make_team(name="A"), make_team(name="C")
    beside = make_team(here.school, "B")
    nina, otto, guide = make_person("Nina"), make_person("Otto"), make_person()
    employ(nina, here.school, ["leerkracht"])
    employ(nina, elsewhere.school, ["instructeur"])
    employ(otto, here.school, ["klassenassistent"])
    for school in (here.school, elsewhere.school):
        grant(guide, Role.TRAINER, school=school)
    for team, person in ((here, nina), (elsewhere, nina), (beside, otto)):
        join(person, team, date(2026, 11, 10))
        with scopes_disabled():
            StudyDay.objects.create(routekaart=make_routekaart(team), **STUDY_DAY)
    by = access_for(guide)
    found: dict[str, Any] = {}
    for team in (here, beside, elsewhere):
        with by.entered():
            rows, year = latecomers_of(
                by=by, team_id=team.pk, school_year=2026, mine=False, today=TODAY
            )
            of_team = {row.person.name: getattr(row, "functions_here") for row in rows}  # noqa: B009  (annotated, so unknown to mypy)
        assert year is not None
        found[year.routekaart.team.name] = of_team
    assert found == {
        "A": {"Nina": ["leerkracht"]},
        "B": {"Otto": ["klassenassistent"]},
        "C": {"Nina": ["instructeur"]},
    }


def test_what_one_does_at_another_school_or_a_colleague_does_here_asks_nothing() -> None:
    stage, elsewhere = Stage().planned(), make_school()
    grant(stage.member, Role.MEMBER, school=elsewhere)
    # The first that are found, where nothing says which school or whose.
    employ(stage.member, elsewhere, [], id=UUID(int=1))
    employ(make_person(), stage.school, [], id=UUID(int=2))
    found = latecomer_package(by=stage.as_member, study_day_id=stage.study_day.pk, today=TODAY)
    with scopes_disabled():
        [asked] = set(Assignment.objects.values_list("course_id", flat=True))
    assert [one.slug for one in found.courses] == [asked]
