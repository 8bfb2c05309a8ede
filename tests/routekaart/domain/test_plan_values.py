"""Problems and plans are plain values: what is written as JSON comes back the same."""

from datetime import date, time
from decimal import Decimal

from pydantic import TypeAdapter

from courses.entities import DurationBasis
from routekaart.domain.calendar import (
    Closure,
    ClosureKind,
    Override,
    Region,
    SchoolCalendar,
    SchoolYear,
)
from routekaart.domain.hours import Activity, HourLine, HoursKind, MemberHours
from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.plan import (
    Code,
    CompletedCourse,
    Evaluation,
    FollowUp,
    Note,
    NotPlaced,
    Placement,
    Plan,
    PlannedDay,
    PreparationWeek,
    Subject,
)
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.plg import PlgMeeting
from routekaart.domain.study_day import Block, BlockKind

DAY = date(2026, 11, 3)


def test_a_problem_survives_json() -> None:
    problem = Problem(
        calendar=SchoolCalendar(
            year=SchoolYear(2026),
            region=Region.NOORD,
            closures=(Closure(DAY, DAY, "Herfst", ClosureKind.OWN),),
            opened=(Override(DAY, DAY, "Toch open", closed=False),),
            holidays_published=False,
        ),
        members=(
            Member("m1", "Sam", ("leerkracht",), Decimal("0.6"), (1, 2), (Leave(DAY, DAY),), 45),
        ),
        goals=(Goal("g1", "Wij leren kijken", 1, ("Feedback",), ("g2",)),),
        preparations=(Preparation("g1", "m1", "c", "C", 60, available_from=DAY),),
        study_days=(StudyDay("d1", DAY, StudyDayKind.DAY, time(9), 360),),
        settings=Settings(goals_per_day=1),
        sector="sbo",
        plan_from=DAY,
    )
    adapter = TypeAdapter(Problem)
    assert problem.calendar.open_days  # computed lazily, and not part of the value
    assert adapter.validate_json(adapter.dump_json(problem)) == problem


def test_a_plan_survives_json() -> None:
    plan = Plan(
        year=SchoolYear(2026),
        method="greedy",
        optimal=False,
        placements=(Placement("g1", "Wij leren kijken", "d1", DAY, None, "omdat"),),
        preparation_weeks=(
            PreparationWeek(
                "m1", ("g1",), "d1", "c", "C", DAY, 60, DAY, True, DurationBasis.ASSUMED
            ),
        ),
        study_days=(
            PlannedDay(
                "d1",
                "",
                DAY,
                StudyDayKind.DAY,
                time(9),
                360,
                ("g1",),
                (Block(time(9), 30, BlockKind.OPENING, "Opening", "", "g1", ("vraag",)),),
            ),
        ),
        plg_meetings=(PlgMeeting(DAY, 90, ("g1",), ("vraag 1",)),),
        follow_ups=(FollowUp("d1", ("g1",), DAY, 60),),
        evaluations=(Evaluation("d1", ("g1",), DAY, 60),),
        hours=(
            MemberHours(
                "m1", (HourLine(Activity.PREPARATION, HoursKind.ASSIGNED, 60, 60),), 4980, 0
            ),
        ),
        completed=(CompletedCourse("m1", "g1", "c", "C"),),
        not_placed=(NotPlaced(Subject.GOAL, Code.NO_STUDY_DAY, "Geen dag", goal_id="g2"),),
        assumptions=(Note("a", "b"),),
    )
    adapter = TypeAdapter(Plan)
    assert adapter.validate_json(adapter.dump_json(plan)) == plan
