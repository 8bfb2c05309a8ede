"""The client of the application in this process: what it answers, and the clock it keeps."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from routekaart.access import Role
from routekaart.clock import standing_at, today
from routekaart.demo.client import ApiProblem
from routekaart.demo.in_process import InProcess
from routekaart.demo.school import load_demo_school
from routekaart.demo.year import Year
from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.school_holidays import school_calendar

pytestmark = pytest.mark.django_db


def test_a_refusal_is_a_problem_with_its_dutch_sentence() -> None:
    client = InProcess(load_demo_school().account(Role.TEAM_LEAD).token)
    nobody = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(ApiProblem) as refused:
        client.get(f"/routekaarten/{nobody}")
    assert str(refused.value) == (
        f"GET /routekaarten/{nobody}: Dit bestaat niet, of je kunt er niet bij."
    )


@pytest.mark.usefixtures("catalogue")
def test_what_people_do_has_the_moment_of_the_clock() -> None:
    demo = load_demo_school()
    admin = InProcess(demo.account(Role.SCHOOL_ADMIN).token)
    made = admin.post(
        f"/schools/{demo.school.pk}/employments", {"email": "a@b.example", "name": "Ada Bos"}
    )
    moment = datetime(2027, 11, 1, 9, tzinfo=timezone.get_default_timezone())
    with standing_at(moment):
        joined = admin.post(f"/teams/{demo.team.pk}/memberships", {"person": made["person"]})
    assert joined["joined_on"] == "2027-11-01"
    assert admin.delete(f"/memberships/{joined['id']}") is None  # type: ignore[func-returns-value]  # no content is the answer


def test_steps_are_told_by_day_and_then_as_planned_also_those_that_a_step_adds() -> None:
    year = Year("", "", "", school_calendar(SchoolYear(2027), Region.MIDDEN))

    def first(year: Year) -> str:
        year.on(date(2027, 9, 2), lambda _year: f"tweede, {today()}")
        return "eerste"

    year.on(date(2027, 9, 3), lambda _year: "derde")
    year.on(date(2027, 9, 3), lambda _year: "vierde")
    year.on(date(2027, 9, 1), first)
    assert list(year.told()) == [
        "01-09-2027 eerste",
        "02-09-2027 tweede, 2027-09-02",
        "03-09-2027 derde",
        "03-09-2027 vierde",
    ]
