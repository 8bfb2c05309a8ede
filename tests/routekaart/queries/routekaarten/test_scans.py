"""The scans of a team by kind: what can be opened, and what stays to be read."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, Role
from routekaart.actions.routekaarten.scans import answer_scan, close_scan, open_scan
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, ChosenIntervention, ScanAnswer
from routekaart.queries.routekaarten.scans import interventions_chosen_by, scans_by_kind
from tests.makers import access_for, make_colleague
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


def test_the_mr_sees_no_scans(stage: Stage) -> None:
    reader = make_colleague(stage.team, Role.MR_READER, name="Mia Raad")
    with pytest.raises(Forbidden):
        scans_by_kind(by=access_for(reader), team_id=stage.team.pk)
