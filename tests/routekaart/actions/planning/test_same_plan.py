"""The same school gets the same plan everywhere: the suite runs this on two databases.

Ids are drawn anew for each school and sort otherwise every time, so that they cannot matter either.
"""

from datetime import date
from decimal import Decimal

import pytest

from routekaart.actions.advice.rounds import accept_advice
from routekaart.actions.transitions import submit
from routekaart.models import Employment
from routekaart.queries.planning.problems import plan_from_json
from tests.makers import make_colleague
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def planned_school() -> tuple[object, ...]:
    """Three goals, of which the course of one is that of another, and people with other hours."""
    stage = Stage()
    half = make_colleague(stage.team, name="Hans Half")
    with stage.as_lead.entered():
        Employment.objects.filter(person=half).update(fte=Decimal("0.8"), working_days=[1, 2, 3])
    stage.choose(INTERVENTION, "metacognitie-en-zelfregulerend-leren")
    stage.add_goal(wording="Wij leren kijken.", priority=2)
    stage.add_goal(wording="Wij leren vragen.", priority=1)
    stage.add_goal(
        wording="Wij leren plannen.",
        priority=3,
        interventions=["metacognitie-en-zelfregulerend-leren"],
    )
    for day in (date(2027, 3, 17), date(2026, 10, 7), date(2026, 12, 9)):
        stage.add_study_day(date=day)
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.advise()
    accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.assign()
    plan = plan_from_json(stage.make_plan().content)
    names = {str(person.pk): person.name for person in (stage.lead, stage.member, half)}
    return (
        plan.optimal,
        [(item.goal_title, item.study_day_date) for item in plan.placements],
        sorted(
            (names[week.member_id], week.course, week.week, week.minutes)
            for week in plan.preparation_weeks
        ),
        [item.date for item in plan.plg_meetings],
        [*(item.date for item in plan.follow_ups), *(item.date for item in plan.evaluations)],
    )


COURSE = "complimenten-geven-en-corrigeren"
SEPTEMBER = tuple(date(2026, 9, day) for day in (7, 14, 21, 28))


def test_ids_and_databases_do_not_matter() -> None:
    assert planned_school() == (
        True,
        [
            ("Wij leren vragen.", date(2026, 10, 7)),
            ("Wij leren kijken.", date(2026, 12, 9)),
            ("Wij leren plannen.", date(2027, 3, 17)),
        ],
        [
            *(("Hans Half", COURSE, week, 48) for week in (date(2026, 8, 31), *SEPTEMBER)),
            *(("Lies Leider", COURSE, week, 60) for week in SEPTEMBER),
            *(("Mo Lid", COURSE, week, 60) for week in SEPTEMBER),
        ],
        [
            date(2026, 11, 2), date(2026, 12, 1), date(2027, 1, 4), date(2027, 1, 26),
            date(2027, 3, 2), date(2027, 3, 23), date(2027, 4, 20), date(2027, 5, 18),
            date(2027, 6, 15),
        ],
        [
            date(2026, 11, 3), date(2027, 1, 5), date(2027, 4, 13),
            date(2026, 12, 15), date(2027, 2, 16), date(2027, 5, 25),
        ],
    )  # fmt: skip
