"""The scans of a team by kind: what can be opened, and what stays to be read."""

from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from routekaart.access import Access, Forbidden, Role
from routekaart.actions.routekaarten.scans import answer_scan, close_scan, open_scan
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.scan_kinds import scan_frame
from routekaart.models import (
    AuditEntry,
    ChosenIntervention,
    Scan,
    ScanAnswer,
    ScanParticipation,
    Team,
)
from routekaart.queries.routekaarten.scans import (
    interventions_chosen_by,
    scan_detail,
    scan_results,
    scans_by_kind,
)
from tests.makers import access_for, make_colleague, make_team
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
WELLBEING = "welbevinden-en-sociaal-emotionele-ontwikkeling"


@pytest.fixture
def stage() -> Stage:
    return Stage()


def by_kind(stage: Stage) -> dict[str, tuple[list[date], bool]]:
    """Per kind the days on which its scans were opened, and whether one can be."""
    return {
        kind.frame.kind: ([scan.opened_on for scan in kind.scans], kind.can_open)
        for kind in scans_by_kind(by=stage.as_member, team_id=stage.team.pk)
    }


def test_a_kind_shows_once_it_was_chosen_and_stays_with_its_scans(stage: Stage) -> None:
    assert by_kind(stage) == {"plg": ([], True)}
    stage.choose(WELLBEING)
    assert by_kind(stage) == {"plg": ([], True), "wellbeing": ([], True)}
    scan = open_scan(by=stage.as_lead, team_id=stage.team.pk, kind="wellbeing", today=TODAY)
    assert by_kind(stage) == {"plg": ([], True), "wellbeing": ([TODAY], False)}
    stage.choose("feedback")
    # What is open can still be answered and closed, but no other one is opened.
    close_scan(by=stage.as_trainer, scan_id=scan.pk, today=TODAY)
    assert by_kind(stage) == {"plg": ([], True), "wellbeing": ([TODAY], False)}
    with pytest.raises(Conflict) as caught:
        open_scan(by=stage.as_lead, team_id=stage.team.pk, kind="wellbeing", today=TODAY)
    assert caught.value.code == "not_chosen"
    with scopes_disabled():
        actions = [entry.action for entry in AuditEntry.objects.filter(object_id=str(scan.pk))]
    assert sorted(actions) == ["close_scan", "open_scan"]


def test_what_another_team_chose_is_not_theirs(stage: Stage) -> None:
    other = Stage(stage.school, "Bovenbouw")
    other.choose(WELLBEING)
    with stage.as_lead.entered():
        assert ChosenIntervention.objects.count() == 1
        assert interventions_chosen_by(stage.team.pk) == frozenset()
        assert interventions_chosen_by(other.team.pk) == {WELLBEING}


def test_who_is_not_in_the_team_answers_nothing(stage: Stage) -> None:
    stage.choose(WELLBEING)
    scan = open_scan(by=stage.as_lead, team_id=stage.team.pk, kind="wellbeing", today=TODAY)
    for person in (stage.trainer, stage.director):
        with pytest.raises(Forbidden):
            answer_scan(by=access_for(person), scan_id=scan.pk, scores={})
    with pytest.raises(BadInput) as caught:
        answer_scan(by=stage.as_member, scan_id=scan.pk, scores={"samen-onderzoeken": 3})
    assert (caught.value.field, caught.value.code) == ("scores", "unknown_question")
    with scopes_disabled():
        assert not ScanAnswer.objects.exists()


def test_that_a_colleague_answered_does_not_make_it_mine(stage: Stage) -> None:
    scan = open_scan(by=stage.as_lead, team_id=stage.team.pk, kind="plg", today=TODAY)
    with scopes_disabled():
        ScanParticipation.objects.create(scan=scan, person=stage.lead)

    def answered(by: Access) -> Any:
        found: Any = scan_detail(by=by, scan_id=scan.pk)
        return found.answered

    assert (answered(stage.as_lead), answered(stage.as_member)) == (True, False)


def test_the_scans_of_the_team_next_door_are_not_in_the_trend(stage: Stage) -> None:
    def closed_scan(team: Team, year: int) -> Scan:
        with scopes_disabled():
            day = date(year, 10, 1)
            scan = Scan.objects.create(
                team=team, school_year=year, opened_on=day, closed_on=day + timedelta(days=7)
            )
            slugs = [one.slug for one in scan_frame(current_catalogue(), scan.kind).questions]
            for _ in range(5):
                ScanAnswer.objects.create(scan=scan, scores=dict.fromkeys(slugs, 3))
        return scan

    own = closed_scan(stage.team, 2026)
    closed_scan(make_team(stage.school, "Bovenbouw"), 2025)
    found = scan_results(by=stage.as_member, scan_id=own.pk)
    assert [year.school_year for year in found.trend] == [2026]


def test_the_mr_sees_no_scans(stage: Stage) -> None:
    reader = make_colleague(stage.team, Role.MR_READER, name="Mia Raad")
    with pytest.raises(Forbidden):
        scans_by_kind(by=access_for(reader), team_id=stage.team.pk)
