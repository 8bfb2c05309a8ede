"""What the overview documents are made from: for whom, how many queries, and what is in none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.overview_document import school_overview
from routekaart.domain.content.overview_input import OverviewInput, TeamReport
from routekaart.domain.content.overview_workbook import board_workbook, school_workbook
from routekaart.domain.overview import Cost, TeamHours
from routekaart.domain.progress import Preparation
from routekaart.models import Agreement, Person, School
from routekaart.queries.documents.mr_summaries import mr_school_input
from routekaart.queries.documents.overviews import board_overview_input, school_overview_input
from tests.makers import (
    access_for,
    make_board,
    make_colleague,
    make_routekaart,
    make_school,
    make_team,
)
from tests.progressed import assignment_of, put
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = date(2026, 10, 5)
SOURCE = "Duurzaam beter onderwijs, 2021"


def of_school(by: Access, school: School, year: int = 2026) -> OverviewInput:
    return school_overview_input(by=by, school_id=school.pk, year=year, today=TODAY)


def teams(given: OverviewInput) -> dict[str, TeamReport]:
    return {team.name: team for _school, team in given.teams()}


def agreement(stage: Stage) -> None:
    with stage.as_lead.entered():
        Agreement.objects.create(
            routekaart=stage.routekaart, what="Kijken.", due_on=TODAY, check_on=TODAY
        )


@pytest.fixture
def large() -> Stage:
    """Six people; one has done the preparation."""
    stage = Stage(team_name="Bovenbouw")
    for _ in range(4):
        make_colleague(stage.team, Role.MEMBER, name="Canary Geel")
    stage.running()
    put(assignment_of(stage, stage.member), state="done")
    agreement(stage)
    return stage


def test_how_a_team_stands(large: Stage) -> None:
    make_team(large.school, "Zorgteam")
    given = of_school(large.as_director, large.school)
    assert (given.board, [school.name for school in given.schools]) == (
        large.school.board.name,
        [large.school.name],
    )
    found = teams(given)
    assert list(found) == ["Bovenbouw", "Zorgteam"]
    assert not found["Zorgteam"].has_begun
    told = found["Bovenbouw"]
    assert (told.state, told.interventions, told.mr_date, told.plan_version) == (
        "running",
        ("Feedback",),
        date(2026, 8, 20),
        1,
    )
    assert (told.agreements, told.to_look_at) == (1, 1)
    assert told.hours == TeamHours(people=6, assigned=9000, individual=0, assumed=6480)
    assert told.next_day is not None
    assert told.next_day.preparation == Preparation(done=1, asked=6, hidden=False)
    totals = given.schools[0].totals
    assert (totals.hours, totals.to_look_at) == (
        TeamHours(None, assigned=9000, individual=0, assumed=6480),
        1,
    )
    assert totals.cost == Cost("zeer laag", "zeer laag", (SOURCE,), without=0)
    # In another year nothing has begun.
    assert teams(of_school(large.as_director, large.school, 2025))["Bovenbouw"].state == "none"


def test_of_a_small_team_no_numbers_also_for_who_may_see_them_elsewhere() -> None:
    stage = Stage().running()
    put(assignment_of(stage, stage.member), state="done")
    agreement(stage)
    with scopes_disabled():
        School.objects.update(progress_by_name_since=date(2026, 8, 1))
    # A director may read the agreements; who opens the document later perhaps not.
    given = of_school(stage.as_director, stage.school)
    told = teams(given)["Onderbouw"]
    assert (told.agreements, told.to_look_at, given.schools[0].totals.to_look_at) == (None, None, 0)
    assert told.hours == TeamHours(None, 0, 0, 0, hidden=True)
    assert told.next_day is not None
    assert told.next_day.preparation == Preparation(0, 0, hidden=True)
    assert (given.schools[0].totals.hours, given.schools[0].totals.teams_hidden) == (None, 1)


def test_nobodys_name_is_in_any_of_it(large: Stage) -> None:
    with scopes_disabled():
        School.objects.update(progress_by_name_since=date(2026, 8, 1))
        names = {name for person in Person.objects.all() for name in (person.name, str(person.pk))}
    assert len(names) > 8
    by = large.as_director
    given = of_school(by, large.school)
    summary = mr_school_input(by=by, school_id=large.school.pk, year=2026, today=TODAY)
    for content in (school_overview(given), school_workbook(given), mr_school_summary(summary)):
        text = canonical_json(content).decode()
        assert "Wij leren feedback geven." in text
        assert [name for name in names if name in text] == []


class TestForWhom:
    def test_who_oversees_the_school_and_makes_documents(self) -> None:
        stage = Stage()
        for role in Role:
            by = access_for(make_colleague(stage.team, role))
            if role in {Role.DIRECTOR, Role.BOARD, Role.TRAINER}:
                assert list(teams(of_school(by, stage.school))) == ["Onderbouw"]
            else:
                with pytest.raises(Forbidden):
                    of_school(by, stage.school)

    def test_a_school_out_of_reach(self) -> None:
        with pytest.raises(NotFound):
            of_school(Stage().as_director, make_school())

    def test_a_board_is_for_who_oversees_all_of_it(self) -> None:
        board = make_board("Samen")
        stage = Stage(make_school(board, "De Wilg"))
        by = access_for(make_colleague(stage.team, Role.BOARD))
        director = stage.as_director

        def names(who: Access) -> list[tuple[str, int]]:
            given = board_overview_input(by=who, board_id=board.pk, year=2026, today=TODAY)
            assert given.board == "Samen"
            return [(school.name, len(school.teams)) for school in given.schools]

        assert names(by) == names(director) == [("De Wilg", 1)]
        make_school(board, "De Eik")
        with pytest.raises(Forbidden):
            names(director)
        # Also a school without teams belongs to it.
        by = access_for(by.person)
        assert names(by) == [("De Eik", 0), ("De Wilg", 1)]
        with pytest.raises(NotFound):
            board_overview_input(by=by, board_id=make_board().pk, year=2026, today=TODAY)
        with pytest.raises(NotFound):
            board_overview_input(by=Stage().as_director, board_id=board.pk, year=2026, today=TODAY)


class TestSize:
    def queries(self, by: Access, stage: Stage) -> tuple[int, int]:
        found = []
        for read in (
            lambda: of_school(by, stage.school),
            lambda: mr_school_input(by=by, school_id=stage.school.pk, year=2026, today=TODAY),
        ):
            current_catalogue()
            with CaptureQueriesContext(connection) as asked:
                read()
            found.append(len(asked))
        return found[0], found[1]

    def test_as_many_queries_for_one_team_as_for_thirty(self) -> None:
        stage = Stage().running()
        by = stage.as_director
        one = self.queries(by, stage)
        for number in range(29):
            Stage(stage.school, f"Team {number}").filled()
        assert len(teams(of_school(by, stage.school))) == 30
        assert self.queries(by, stage) == one
        assert one <= (18, 22)

    def test_forty_schools_in_as_many_queries_as_one(self) -> None:
        board = make_board()
        stage = Stage(make_school(board)).running()
        counts = []
        for _ in range(2):
            by = access_for(make_colleague(stage.team, Role.BOARD))
            current_catalogue()
            with CaptureQueriesContext(connection) as asked:
                given = board_overview_input(by=by, board_id=board.pk, year=2026, today=TODAY)
            counts.append(len(asked))
            if len(given.schools) == 1:
                for number in range(39):
                    team = make_team(make_school(board, f"School {number}"), "Team")
                    make_routekaart(team)
        assert (len(given.schools), counts[0]) == (40, counts[1])
        assert [len(sheet.rows) for sheet in board_workbook(given).sheets] == [40, 40, 1, 1]
