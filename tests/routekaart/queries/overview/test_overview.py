"""What somebody who oversees teams reads of them: how many queries, and what stays hidden."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.domain.overview import Cost, GoalLine, TeamHours, Waiting
from routekaart.domain.progress import Preparation
from routekaart.models import AdviceDecision, AdviceVersion, Agreement, GoalDecision, School
from routekaart.queries.overview.lines import OverviewFilter, overview
from routekaart.queries.overview.teams import TeamOverview, team_line, with_details
from tests.makers import access_for, grant, make_board, make_colleague, make_school, make_team
from tests.progressed import COURSE, assignment_of, put
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = date(2026, 10, 5)
SOURCE = "Duurzaam beter onderwijs, 2021"


def lines(by: Access, **only: Any) -> list[tuple[str, str, str, bool]]:
    found = overview(by=by, only=OverviewFilter(**only), today=TODAY)
    return [(one.school_name, one.team_name, one.state, one.mine) for one in found.lines]


def told(by: Access, today: date = TODAY) -> dict[str, TeamOverview]:
    found = overview(by=by, only=OverviewFilter(), today=today)
    details = with_details(by=by, lines=found.lines, today=today)
    return {one.line.team_name: one for one in details.values()}


def crowd(stage: Stage, number: int) -> Stage:
    """With so many more members, before anything is planned."""
    for _ in range(number):
        make_colleague(stage.team, Role.MEMBER)
    return stage


class TestWhichTeams:
    def test_all_of_the_school_by_name_also_without_a_routekaart(self) -> None:
        stage = Stage().planned()
        make_team(stage.school, "Aanvangsgroep")
        make_team(make_school(), "Elders")
        school = stage.school.name
        assert lines(stage.as_director) == [
            (school, "Aanvangsgroep", "none", False),
            (school, "Onderbouw", "planned", True),
        ]
        assert lines(stage.as_director, state="planned") == [(school, "Onderbouw", "planned", True)]
        assert lines(stage.as_director, mine=True) == [(school, "Onderbouw", "planned", True)]
        assert lines(stage.as_director, year=2025) == [
            (school, "Aanvangsgroep", "none", False),
            (school, "Onderbouw", "none", False),
        ]

    def test_a_board_sees_its_schools_and_no_other(self) -> None:
        board = make_board()
        one = Stage(make_school(board, "De Wilg"))
        Stage(make_school(board, "De Eik")).submitted()
        other = make_school(name="Elders")
        Stage(other)
        by = access_for(make_colleague(one.team, Role.BOARD))
        assert lines(by) == [
            ("De Eik", "Onderbouw", "submitted", False),
            ("De Wilg", "Onderbouw", "draft", False),
        ]
        assert lines(by, school=one.school.pk) == [("De Wilg", "Onderbouw", "draft", False)]
        found = overview(by=by, only=OverviewFilter(state="draft"), today=TODAY)
        assert found.mine == {}
        assert [(each.name, each.teams, dict(each.states)) for each in found.schools] == [
            ("De Eik", 1, {"submitted": 1}),
            ("De Wilg", 1, {"draft": 1}),
        ]
        with pytest.raises(NotFound):
            overview(by=by, only=OverviewFilter(school=other.pk), today=TODAY)

    def test_it_is_for_who_oversees_a_school(self) -> None:
        stage = Stage()
        for role in Role:
            by = access_for(make_colleague(stage.team, role))
            if role in {Role.DIRECTOR, Role.BOARD, Role.TRAINER}:
                assert len(lines(by)) == 1
            else:
                with pytest.raises(Forbidden):
                    lines(by)

    def test_what_is_mine_differs_by_role(self) -> None:
        stage = Stage().submitted()
        assert [one[3] for one in lines(stage.as_trainer)] == [True]
        assert [one[3] for one in lines(stage.as_director)] == [False]

    def test_what_the_team_declined_waits_for_the_trainer(self) -> None:
        stage = Stage().advised()
        assert [one[3] for one in lines(stage.as_trainer)] == [False]
        with stage.as_lead.entered():
            advice = AdviceVersion.objects.get(routekaart=stage.routekaart)
            AdviceDecision.objects.create(
                advice=advice, course_id=COURSE, accepted=False, reason="Niet nu."
            )
        assert [one[3] for one in lines(stage.as_trainer)] == [True]
        line = team_line(by=stage.as_director, team_id=stage.team.pk, year=None, today=TODAY)
        assert line.waiting == Waiting(
            "advise", "de trainer", "kijken naar wat het team niet overneemt"
        )

    def test_one_team(self) -> None:
        stage = Stage().submitted()
        line = team_line(by=stage.as_director, team_id=stage.team.pk, year=None, today=TODAY)
        assert (line.routekaart, line.waiting) == (
            stage.routekaart.pk,
            Waiting("advise", "de trainer", "advies geven"),
        )
        with pytest.raises(NotFound):
            team_line(by=Stage().as_director, team_id=stage.team.pk, year=None, today=TODAY)
        with pytest.raises(Forbidden):
            team_line(by=stage.as_member, team_id=stage.team.pk, year=None, today=TODAY)

    def test_a_school_where_one_only_works_adds_no_year(self) -> None:
        stage, elsewhere = Stage().planned(), Stage(year=2028)
        grant(stage.director, Role.MEMBER, school=elsewhere.school)
        found = overview(by=stage.as_director, only=OverviewFilter(), today=TODAY)
        assert found.years == (2026,)

    def test_who_sees_a_team_without_overseeing_it_is_refused(self) -> None:
        stage, elsewhere = Stage(), Stage()
        grant(stage.director, Role.SCHOOL_ADMIN, school=elsewhere.school)
        with pytest.raises(Forbidden):
            team_line(by=stage.as_director, team_id=elsewhere.team.pk, year=None, today=TODAY)


class TestWhatIsTold:
    def test_of_five_and_more(self) -> None:
        stage = crowd(Stage(), 4).running()
        put(assignment_of(stage, stage.member), state="done")
        found = told(stage.as_director)["Onderbouw"]
        goal = GoalLine("Wij leren feedback geven.", date(2026, 11, 4), "")
        assert (found.goals, found.plan_version) == ((goal,), 1)
        assert found.next_day is not None
        assert (found.next_day.goals, found.next_day.has_programme) == (1, False)
        assert found.next_day.preparation == Preparation(done=1, asked=6, hidden=False)
        assert found.hours == TeamHours(people=6, assigned=9000, individual=0, assumed=6480)
        assert found.cost == Cost("zeer laag", "zeer laag", (SOURCE,), without=0)

    @pytest.mark.parametrize("since", [None, date(2026, 8, 1)])
    def test_of_fewer_than_five_no_numbers_whatever_the_pmr_agreed(
        self, since: date | None
    ) -> None:
        stage = crowd(Stage(), 2).running()
        put(assignment_of(stage, stage.member), state="done")
        with scopes_disabled():
            School.objects.update(progress_by_name_since=since)
        board = access_for(make_colleague(stage.team, Role.BOARD))
        for by in (stage.as_director, stage.as_trainer, board):
            found = told(by)["Onderbouw"]
            assert found.next_day is not None
            assert found.next_day.preparation == Preparation(done=0, asked=0, hidden=True)
            assert found.hours == TeamHours(None, 0, 0, 0, hidden=True)
            names = ("Lies", "Mo Lid", str(stage.member.pk))
            assert [name for name in names if name in repr(found)] == []

    def test_a_day_that_is_over_is_not_the_next(self) -> None:
        stage = Stage().filled()
        assert told(stage.as_director, date(2026, 11, 4))["Onderbouw"].next_day is not None
        assert told(stage.as_director, date(2026, 11, 5))["Onderbouw"].next_day is None

    def test_agreements_that_are_open_and_those_that_come_back(self) -> None:
        stage = Stage().running()
        with stage.as_lead.entered():
            for state, check_on in (
                ("open", date(2026, 10, 5)),
                ("open", date(2026, 10, 6)),
                ("done", date(2026, 10, 1)),
            ):
                Agreement.objects.create(
                    routekaart=stage.routekaart,
                    what="Kijken.",
                    due_on=check_on,
                    check_on=check_on,
                    state=state,
                )
        found = told(stage.as_director)["Onderbouw"]
        assert (found.agreements, found.to_look_at) == (2, 1)
        # Who may not read them gets no numbers of a few people.
        board = access_for(make_colleague(stage.team, Role.BOARD))
        found = told(board)["Onderbouw"]
        assert (found.agreements, found.to_look_at) == (None, None)
        crowd(stage, 3)
        found = told(board)["Onderbouw"]
        assert (found.agreements, found.to_look_at) == (2, 1)

    def test_what_the_team_decided_last_about_a_goal(self) -> None:
        stage = Stage().filled()
        with stage.as_lead.entered():
            for day, verdict in ((3, "go_on"), (4, "stop")):
                GoalDecision.objects.create(
                    goal=stage.goal,
                    decided_on=date(2026, 10, day),
                    verdict=verdict,
                    reason="Zo.",
                )
        found = told(stage.as_director)["Onderbouw"]
        assert found.goals == (GoalLine("Wij leren feedback geven.", None, "stoppen"),)

    def test_since_when(self) -> None:
        stage = Stage()
        assert told(stage.as_director)["Onderbouw"].since == stage.routekaart.created_at
        stage.submitted()
        with stage.as_lead.entered():
            submitted = stage.routekaart.audit_entries.get(action="submit")
        assert told(stage.as_director)["Onderbouw"].since == submitted.at


def test_as_many_queries_for_one_team_as_for_thirty() -> None:
    stage = Stage().running()
    by = stage.as_director

    def queries() -> int:
        current_catalogue()
        with CaptureQueriesContext(connection) as found:
            told(by)
        return len(found)

    one = queries()
    for number in range(29):
        Stage(stage.school, f"Team {number}").filled()
    assert len(told(by)) == 30
    assert queries() == one <= 10
