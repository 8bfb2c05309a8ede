"""Starting a routekaart and filling it in."""

from typing import Any

import pytest

from courses.advice import UnknownSlug
from courses.catalogue import current_catalogue
from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from routekaart.actions.routekaarten.routekaarten import (
    Choice,
    Link,
    change_routekaart,
    create_routekaart,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import (
    Answer,
    AuditEntry,
    ChosenIntervention,
    FacilityLink,
    GoalIntervention,
    Routekaart,
)
from routekaart.models.routekaarten import State
from routekaart.queries.routekaarten.routekaarten import routekaart_detail
from tests.makers import access_for, make_colleague, make_routekaart
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

FACILITY = "professionalisering"
SMALL_GROUPS = "instructie-in-kleine-groepen"


def change(stage: Stage, revision: int | None = None, **changes: Any) -> Routekaart:
    return change_routekaart(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        changes=changes,
        revision=revision,
    )


def in_state(stage: Stage, state: State) -> None:
    with stage.as_lead.entered():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)


def chosen(stage: Stage) -> list[tuple[str, int]]:
    with stage.as_lead.entered():
        rows = ChosenIntervention.objects.filter(routekaart=stage.routekaart)
        return list(rows.values_list("intervention_id", "position"))


class TestCreate:
    def test_a_draft_with_what_we_assume(self) -> None:
        stage = Stage()
        made = create_routekaart(
            by=stage.as_member, team_id=stage.team.pk, school_year=2027, reason="Lezen."
        )
        with stage.as_member.entered():
            stored = Routekaart.objects.get(pk=made.pk)
            [entry] = AuditEntry.objects.all()
        assert (stored.team_id, stored.school_year, stored.state) == (stage.team.pk, 2027, "draft")
        assert (stored.reason, stored.funding, stored.platforms) == ("Lezen.", "own", [])
        assert (stored.weekly_minutes, stored.deadline_workdays) == (60, 5)
        assert (stored.plg_rhythm_weeks, stored.plg_minutes, stored.revision) == (4, 90, 1)
        assert (entry.action, entry.object_id) == ("create", str(made.pk))
        assert (entry.school_id, entry.person_id) == (stage.school.pk, stage.member.pk)

    def test_one_per_team_and_year(self) -> None:
        stage = Stage()
        with pytest.raises(Conflict) as caught:
            create_routekaart(by=stage.as_lead, team_id=stage.team.pk, school_year=2026, reason="")
        assert caught.value.code == "routekaart_exists"
        assert caught.value.message == (
            "Dit team heeft al een routekaart voor 2026-2027. "
            "Open die, of kies een ander schooljaar."
        )
        with stage.as_lead.entered():
            assert (Routekaart.objects.count(), AuditEntry.objects.count()) == (1, 0)

    def test_only_how_it_plans_goes_along(self) -> None:
        stage = Stage()
        with pytest.raises(ValueError, match="not how a team plans: state"):
            create_routekaart(
                by=stage.as_lead,
                team_id=stage.team.pk,
                school_year=2027,
                reason="",
                planning={"state": "approved", "window_weeks": 4},
            )

    def test_only_by_the_team(self) -> None:
        stage = Stage()
        for person, refusal in (
            (stage.trainer, Forbidden),
            (stage.director, Forbidden),
            (make_colleague(make_routekaart().team, Role.TEAM_LEAD), NotFound),
        ):
            with pytest.raises(refusal):
                create_routekaart(
                    by=access_for(person), team_id=stage.team.pk, school_year=2027, reason=""
                )


class TestChange:
    def test_only_what_is_named_changes(self) -> None:
        stage = Stage()
        change(stage, reason="Rekenen.", funding="npo", platforms=["google"])
        change(stage, weekly_minutes=45)
        row = stage.fresh()
        assert (row.reason, row.funding, row.platforms, row.weekly_minutes, row.revision) == (
            "Rekenen.",
            "npo",
            ["google"],
            45,
            3,
        )

    def test_a_stale_revision_changes_nothing(self) -> None:
        stage = Stage()
        change(stage, revision=1, reason="eerst")
        with pytest.raises(Conflict) as caught:
            change(stage, revision=1, reason="daarna")
        assert (caught.value.code, stage.fresh().reason) == ("stale_revision", "eerst")

    def test_nobody_sets_the_state_by_hand(self) -> None:
        stage = Stage()
        with pytest.raises(ValueError, match="not for a team to change: approved_on, state"):
            change(stage, state="approved", approved_on=None, reason="x")
        assert (stage.fresh().state, stage.routekaart.reason) == ("draft", "")

    @pytest.mark.parametrize("state", State)
    def test_content_changes_in_a_draft_only(self, state: State) -> None:
        stage = Stage()
        in_state(stage, state)
        if state is State.DRAFT:
            change(stage, reason="Ja.", weekly_minutes=30)
            return
        with pytest.raises(Conflict) as caught:
            change(stage, reason="Nee.", weekly_minutes=30)
        assert caught.value.code == "wrong_state"

    @pytest.mark.parametrize("state", State)
    def test_hours_change_until_approval(self, state: State) -> None:
        stage = Stage()
        in_state(stage, state)
        if state in (State.APPROVED, State.RUNNING, State.CLOSED):
            with pytest.raises(Conflict):
                change(stage, weekly_minutes=30, wait_for_all=True)
        else:
            assert change(stage, weekly_minutes=30, wait_for_all=True).weekly_minutes == 30
        assert stage.fresh().state == state


class TestChoices:
    def test_the_order_is_kept_and_what_stays_keeps_its_row(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, SMALL_GROUPS)
        with stage.as_lead.entered():
            before = ChosenIntervention.objects.get(intervention=INTERVENTION).pk
        change(
            stage,
            interventions=[
                Choice("directe-instructie"),
                Choice(INTERVENTION, "Programma", "effectief", {"sessions-per-week": 2.5}),
            ],
        )
        assert chosen(stage) == [("directe-instructie", 0), (INTERVENTION, 1)]
        with stage.as_lead.entered():
            row = ChosenIntervention.objects.get(intervention=INTERVENTION)
        assert (row.pk, row.programme, row.recognition, row.parameters) == (
            before,
            "Programma",
            "effectief",
            {"sessions-per-week": 2.5},
        )

    def test_an_unknown_one_leaves_everything_as_it_was(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        with pytest.raises(UnknownSlug) as caught:
            change(stage, reason="half", interventions=[Choice(SMALL_GROUPS), Choice("feedbak")])
        assert (caught.value.field, caught.value.slug, caught.value.suggestions[0]) == (
            "interventions",
            "feedbak",
            "feedback",
        )
        assert (chosen(stage), stage.fresh().reason, stage.routekaart.revision) == (
            [(INTERVENTION, 0)],
            "",
            2,
        )

    def test_a_doubled_one_is_refused(self) -> None:
        stage = Stage()
        with pytest.raises(BadInput) as caught:
            stage.choose(INTERVENTION, INTERVENTION)
        assert (caught.value.field, caught.value.message) == (
            "interventions",
            "Een interventie staat er dubbel in. Noem elke één keer.",
        )

    def test_none_at_all_may_be_chosen(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        stage.choose()
        assert chosen(stage) == []

    def test_what_is_no_longer_chosen_leaves_the_goals(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, SMALL_GROUPS)
        goal = stage.add_goal(interventions=[INTERVENTION, SMALL_GROUPS])
        stage.choose(SMALL_GROUPS)
        with stage.as_lead.entered():
            rows = GoalIntervention.objects.filter(goal=goal)
            assert list(rows.values_list("intervention_id", flat=True)) == [SMALL_GROUPS]
        # Chosen again, it is for the team to say which goals it serves.
        stage.choose(SMALL_GROUPS, INTERVENTION)
        with stage.as_lead.entered():
            assert GoalIntervention.objects.filter(goal=goal).count() == 1

    def test_what_was_written_about_it_is_out_of_sight_and_comes_back(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, SMALL_GROUPS, FACILITY)
        save_answers(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            answers=[GivenAnswer(SMALL_GROUPS, point_of(SMALL_GROUPS), "Dat doen we al.")],
        )
        change(stage, facility_links=[Link(FACILITY, SMALL_GROUPS, "Nieuwe aanpak.")])

        def shown() -> tuple[list[str], list[str]]:
            with stage.as_lead.entered():
                row = routekaart_detail(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
                return (
                    [answer.text for answer in row.answers.all()],
                    [link.reason for link in row.facility_links.all()],
                )

        assert shown() == (["Dat doen we al."], ["Nieuwe aanpak."])
        stage.choose(INTERVENTION, FACILITY)
        assert shown() == ([], [])
        with stage.as_lead.entered():
            assert (Answer.objects.count(), FacilityLink.objects.count()) == (1, 1)
        stage.choose(INTERVENTION, SMALL_GROUPS, FACILITY)
        assert shown() == (["Dat doen we al."], ["Nieuwe aanpak."])
        stage.choose(INTERVENTION, SMALL_GROUPS)
        assert shown() == (["Dat doen we al."], [])


class TestLinks:
    def test_a_list_replaces_what_stood_there(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, SMALL_GROUPS, FACILITY)
        change(stage, facility_links=[Link(FACILITY, INTERVENTION, "Eerst.")])
        change(
            stage,
            facility_links=[
                Link(FACILITY, SMALL_GROUPS, "Oud."),
                Link(FACILITY, SMALL_GROUPS, "Het laatste woord telt."),
            ],
        )
        with stage.as_lead.entered():
            assert list(FacilityLink.objects.values_list("intervention_id", "reason")) == [
                (SMALL_GROUPS, "Het laatste woord telt.")
            ]

    def test_what_is_out_of_sight_is_not_replaced(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, SMALL_GROUPS, FACILITY)
        change(stage, facility_links=[Link(FACILITY, SMALL_GROUPS, "Nieuwe aanpak.")])
        stage.choose(INTERVENTION, FACILITY)
        change(stage, facility_links=[Link(FACILITY, INTERVENTION, "Samen.")])
        stage.choose(INTERVENTION, SMALL_GROUPS, FACILITY)
        with stage.as_lead.entered():
            reasons = FacilityLink.objects.values_list("reason", flat=True)
            assert sorted(reasons) == ["Nieuwe aanpak.", "Samen."]

    @pytest.mark.parametrize(
        "link", [Link(FACILITY, SMALL_GROUPS, "x"), Link("leermiddelen", INTERVENTION, "x")]
    )
    def test_both_ends_must_be_chosen(self, link: Link) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, FACILITY)
        with pytest.raises(BadInput) as caught:
            change(stage, facility_links=[link])
        assert (caught.value.field, caught.value.code) == (
            "facility_links",
            "intervention_not_chosen",
        )

    def test_choices_and_links_in_one_change(self) -> None:
        stage = Stage()
        change(
            stage,
            facility_links=[Link(FACILITY, INTERVENTION, "Samen.")],
            interventions=[Choice(INTERVENTION), Choice(FACILITY)],
        )
        with stage.as_lead.entered():
            assert FacilityLink.objects.get().reason == "Samen."
            assert AuditEntry.objects.count() == 1

    def test_an_unknown_slug_is_named(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        with pytest.raises(UnknownSlug):
            change(stage, facility_links=[Link("bestaat-niet", INTERVENTION, "x")])


def point_of(intervention: str) -> str:
    return current_catalogue().intervention_by_slug[intervention].attention_points[0].slug
