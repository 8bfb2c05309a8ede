"""Random problems for tests: anything that a routekaart may hold, right or wrong."""

import random
from datetime import date, time, timedelta
from decimal import Decimal

from routekaart.domain.calendar import Override, Region, SchoolYear, monday_of
from routekaart.domain.people import Booked, Leave, Member
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar

YEAR = SchoolYear(2026)
NOORD = school_calendar(YEAR, Region.NOORD)
QUESTIONS = ("Vraag 1?", "Vraag 2?", "Vraag 3?", "Vraag 4?")


class Dice:
    """Draws a routekaart with anything in it: leave, 0 fte, circles, closed days, candidates,
    minutes that other teams have booked, unknown ids.

    From one seed instead of many small draws: those lean to empty problems, in which no rule meets
    another, and take most of the time.
    """

    def __init__(self, source: random.Random) -> None:
        self._pick = source.choice
        self._below = source.randrange

    def problem(self) -> Problem:
        people, goals, days = 1 + self._below(4), 1 + self._below(5), self._below(7)
        return Problem(
            calendar=school_calendar(YEAR, self._pick(list(Region)), overrides=self._own_days()),
            members=tuple(self._member(str(number)) for number in range(people)),
            goals=tuple(self._goal(str(number), goals) for number in range(goals)),
            preparations=tuple(self._preparation(goals, people) for _ in range(self._below(25))),
            study_days=tuple(self._study_day(str(number)) for number in range(days)),
            settings=self._settings(),
            plan_from=self._any_date() if self._rarely() else None,
            plg_questions=QUESTIONS,
            activities=tuple(self._activity(str(n), goals) for n in range(self._below(6))),
        )

    def _activity(self, activity_id: str, goals: int) -> JointActivity:
        goal_ids = {str(self._below(goals)) for _ in range(self._below(3))}
        return JointActivity(
            activity_id, "Samen", ("gone",) if self._rarely() else tuple(sorted(goal_ids))
        )

    def _rarely(self) -> bool:
        return self._below(15) == 0

    def _any_date(self) -> date:
        return YEAR.first_day + timedelta(self._below(400) - 10)

    def _periods(self) -> list[tuple[date, date]]:
        starts = [self._any_date() for _ in range(self._pick([0, 0, 1, 2]))]
        return [(first, first + timedelta(self._below(40))) for first in starts]

    def _own_days(self) -> list[Override]:
        return [
            Override(first, last, "Eigen dagen", self._pick([True, False]))
            for first, last in self._periods()
        ]

    def _member(self, member_id: str) -> Member:
        return Member(
            id=member_id,
            name=f"Persoon {member_id}",
            fte=Decimal(self._pick([10, 10, 8, 8, 5, 2, 12, 0])) / 10,
            working_days=self._pick(
                [(1, 2, 3, 4, 5), (1, 2, 3, 4, 5), (1, 2), (3, 4, 5), (5,), ()]
            ),
            leave=tuple(Leave(first, last) for first, last in self._periods()),
            own_weekly_minutes=self._pick([None, None, None, None, 0, 45, 180]),
            booked=tuple(self._booked() for _ in range(self._pick([0, 0, 0, 4]))),
        )

    def _booked(self) -> Booked:
        """What another team planned: in a week, now and then the same week twice."""
        week = monday_of(self._pick(NOORD.open_days))
        return Booked(week, self._pick([30, 60, 500]))

    def _goal(self, goal_id: str, count: int) -> Goal:
        after = tuple(str(self._below(count + 1)) for _ in range(self._pick([0, 0, 0, 1, 2])))
        return Goal(goal_id, f"Wij leren {goal_id}", 1 + self._below(3), after=after)

    def _preparation(self, goals: int, people: int) -> Preparation:
        """Few courses, so that they get shared; rarely about what is not there."""
        return Preparation(
            goal_id="gone" if self._rarely() else str(self._below(goals)),
            member_id="left" if self._rarely() else str(self._below(people)),
            course=self._pick("abcd"),
            course_title="Cursus",
            minutes=self._pick([45, 60, 60, 120, 240, 500, 0]),
            mandatory=self._pick([True, True, False]),
            position=self._below(3),
            available_from=self._any_date() if self._rarely() else None,
            completed=self._rarely(),
            on_individual_hours=self._rarely(),
        )

    def _study_day(self, day_id: str) -> StudyDay:
        return StudyDay(
            day_id,
            self._any_date() if self._rarely() else self._pick(NOORD.open_days),
            self._pick(list(StudyDayKind)),
            self._pick([time(8, 30), time(13), time(15, 45)]),
            30 if self._rarely() else self._pick([60, 180, 360, 480]),
            fixed=self._pick([True, True, True, False]),
        )

    def _settings(self) -> Settings:
        return Settings(
            team_weekly_minutes=self._pick([30, 60, 60, 120]),
            window_weeks=1 + self._below(8),
            deadline_working_days=1 + self._below(10),
            goals_per_day=self._pick([1, 2, 2, 0]),
            plg_rhythm_weeks=1 + self._below(8),
            plg_minimum_meetings=self._below(4),
            follow_up_weeks=1 + self._below(8),
            evaluation_weeks=1 + self._below(20),
            most_candidate_days=self._pick([None, 0, 1, 1, 2]),
            wait_for_all=self._pick([True, False, False]),
        )
