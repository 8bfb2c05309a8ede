"""Open goals go along to the next school year, one by one."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue, forget_catalogue
from courses.models import Course, Intervention
from routekaart.access import Forbidden, NotFound
from routekaart.actions.quality.agreements import add_agreement, check_agreement
from routekaart.actions.quality.evaluations import add_indicator, add_measurement, decide
from routekaart.actions.routekaarten.carry_over import CarriedOver, carry_over
from routekaart.actions.routekaarten.goals import (
    GivenAnswer,
    PickedCourse,
    remove_goal,
    save_answers,
)
from routekaart.actions.routekaarten.routekaarten import (
    Choice,
    change_routekaart,
    create_routekaart,
)
from routekaart.domain.agreements import Check
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import (
    Agreement,
    AuditEntry,
    Goal,
    PlgAnswer,
    PlgCycle,
    PlgMeeting,
    Routekaart,
    StudyDay,
)
from routekaart.queries.routekaarten.carry_over import carry_over_of
from routekaart.queries.routekaarten.routekaarten import goal_detail, routekaart_detail
from tests.makers import client_for
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2027, 6, 10)
QUESTION = "Wat willen we dat leerlingen leren?"


def points() -> list[str]:
    found = current_catalogue().intervention_by_slug[INTERVENTION].attention_points
    return [point.slug for point in found]


def year_behind() -> Stage:
    """A running year with a goal, an answer and a course that was picked by hand."""
    stage = Stage()
    change_routekaart(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        changes={
            "interventions": [
                Choice("directe-instructie"),
                Choice(INTERVENTION, "Programma", "effectief", {"weken": 6}),
            ],
            "weekly_minutes": 45,
            "platforms": ["google"],
        },
    )
    save_answers(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        answers=[GivenAnswer(INTERVENTION, points()[0], "Ja, want.")],
    )
    stage.goal = stage.add_goal(
        noticeable="Meer rust.",
        indicator="Toets.",
        courses=[
            PickedCourse(course.slug, "Past goed.") for course in current_catalogue().courses[:2]
        ],
    )
    stage.study_day = stage.add_study_day()
    set_state(stage.routekaart, "running")
    return stage


def set_state(routekaart: Routekaart, state: str) -> None:
    with scopes_disabled():
        Routekaart.objects.filter(pk=routekaart.pk).update(state=state)


def carry(stage: Stage, goal: UUID | None = None, *agreements: UUID) -> CarriedOver:
    return carry_over(
        by=stage.as_member,
        routekaart_id=stage.routekaart.pk,
        goal_id=goal,
        agreement_ids=agreements,
    )


def add(stage: Stage, **values: Any) -> Agreement:
    fields: dict[str, Any] = {"what": "Exit-ticket.", "whole_team": True, "due_on": TODAY}
    return add_agreement(
        by=stage.as_lead, routekaart_id=stage.routekaart.pk, values=fields | values
    )


def evaluated(stage: Stage) -> None:
    """A decision, two measurements, and a PLG meeting with an answer."""
    lead = stage.as_lead
    decide(
        by=lead,
        goal_id=stage.goal.pk,
        verdict="adjust",
        reason="Het tempo lag te hoog.",
        decided_on=TODAY,
        today=TODAY,
    )
    indicator = add_indicator(
        by=lead, goal_id=stage.goal.pk, values={"name": "Toets", "target": Decimal(75)}
    )
    for day, value in ((date(2026, 10, 1), 60), (TODAY, 70)):
        add_measurement(
            by=lead,
            indicator_id=indicator.pk,
            measured_on=day,
            value=Decimal(value),
            today=TODAY,
        )
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name="PLG", goal=stage.goal)
        for day, state, text in (
            (date(2026, 12, 1), "held", "Eerder."),
            (date(2027, 3, 1), "held", "Vragen stellen."),
            (date(2027, 4, 1), "skipped", "Niet."),
        ):
            meeting = PlgMeeting.objects.create(cycle=cycle, date=day, state=state)
            PlgAnswer.objects.create(meeting=meeting, question=QUESTION, text=text)


def conflict(call: Any) -> str:
    with pytest.raises(Conflict) as caught:
        call()
    return caught.value.code


def refused(call: Any) -> tuple[str, str]:
    with pytest.raises(BadInput) as caught:
        call()
    return caught.value.field, caught.value.code


class TestGoal:
    def test_everything_that_goes_along(self) -> None:
        stage = year_behind()
        evaluated(stage)
        done = carry(stage, stage.goal.pk)
        by = stage.as_lead
        with by.entered():
            new = routekaart_detail(by=by, routekaart_id=done.routekaart.pk)
            assert done.goal is not None
            goal = goal_detail(by=by, goal_id=done.goal.pk)
            chosen = [
                (row.intervention_id, row.programme, row.recognition, row.parameters)
                for row in new.chosen.all()
            ]
            answers = [(row.point, row.text) for row in new.answers.all()]
        assert (new.team, new.school_year, new.state) == (stage.team, 2027, "draft")
        assert (new.weekly_minutes, new.platforms, new.reason) == (45, ["google"], "")
        assert chosen == [(INTERVENTION, "Programma", "effectief", {"weken": 6})]
        assert answers == [(points()[0], "Ja, want.")]
        assert (goal.wording, goal.noticeable, goal.indicator, goal.priority) == (
            stage.goal.wording,
            "Meer rust.",
            "Toets.",
            1,
        )
        assert goal.carried_from_id == stage.goal.pk
        assert [row.intervention_id for row in goal.goal_interventions.all()] == [INTERVENTION]
        assert [(row.course_id, row.reason) for row in goal.goal_courses.all()] == [
            (course.slug, "Past goed.") for course in current_catalogue().courses[:2]
        ]
        assert new.looking_back.splitlines() == [
            "Wij leren feedback geven. (2026-2027)",
            "Besluit op 10 juni 2027: bijstellen. Het tempo lag te hoog.",
            "Toets: van 60 naar 70 (streefpunt 75).",
            f"PLG, {QUESTION} Vragen stellen.",
        ]
        assert done.left_out == ()

    def test_again_changes_nothing(self) -> None:
        stage = year_behind()
        first = carry(stage, stage.goal.pk)
        with scopes_disabled():
            entries = AuditEntry.objects.count()
        again = carry(stage, stage.goal.pk)
        assert first.goal is not None
        assert again.goal is not None
        assert (again.goal.pk, again.routekaart.revision) == (
            first.goal.pk,
            first.routekaart.revision,
        )
        assert again.routekaart.looking_back == first.routekaart.looking_back
        # Also once the next year is on its way.
        set_state(first.routekaart, "submitted")
        assert carry(stage, stage.goal.pk).goal == first.goal
        with scopes_disabled():
            assert AuditEntry.objects.count() == entries
            assert Goal.objects.filter(carried_from=stage.goal).count() == 1

    def test_what_next_year_has_already_stays(self) -> None:
        stage = year_behind()
        lead = stage.as_lead
        new = create_routekaart(
            by=lead, team_id=stage.team.pk, school_year=2027, reason="Nieuw jaar."
        )
        change_routekaart(
            by=lead,
            routekaart_id=new.pk,
            changes={"interventions": [Choice(INTERVENTION, "Anders")], "looking_back": "Van ons."},
        )
        answers = [GivenAnswer(INTERVENTION, points()[0], "Nu nee.")]
        save_answers(by=lead, routekaart_id=new.pk, answers=answers)
        done = carry(stage, stage.goal.pk)
        assert done.routekaart.pk == new.pk
        assert done.routekaart.looking_back.startswith("Van ons.\n\nWij leren feedback geven.")
        with lead.entered():
            after = routekaart_detail(by=lead, routekaart_id=new.pk)
        assert [row.programme for row in after.chosen.all()] == ["Anders"]
        assert [row.text for row in after.answers.all()] == ["Nu nee."]
        assert (after.reason, after.revision) == ("Nieuw jaar.", 4)

    def test_what_was_taken_out_again_can_go_along_once_more(self) -> None:
        stage = year_behind()
        first = carry(stage, stage.goal.pk)
        assert first.goal is not None
        remove_goal(by=stage.as_lead, goal_id=first.goal.pk)
        again = carry(stage, stage.goal.pk)
        assert again.goal is not None
        assert again.goal.pk != first.goal.pk
        # Its lines stand there once.
        assert again.routekaart.looking_back == first.routekaart.looking_back

    def test_what_the_catalogue_retired_is_named(self) -> None:
        stage = year_behind()
        course = current_catalogue().courses[0]
        title = current_catalogue().intervention_by_slug[INTERVENTION].title
        Course.objects.filter(pk=course.slug).update(retired_at=timezone.now())
        Intervention.objects.filter(pk=INTERVENTION).update(retired_at=timezone.now())
        forget_catalogue()
        done = carry(stage, stage.goal.pk)
        assert done.left_out == (title, course.title)
        assert done.goal is not None
        with scopes_disabled():
            assert done.goal.goal_courses.count() == 1
            assert done.goal.goal_interventions.count() == 0
            assert done.routekaart.chosen.count() == done.routekaart.answers.count() == 0

    def test_only_what_is_open(self) -> None:
        stage = year_behind()

        def say(verdict: str) -> None:
            decide(
                by=stage.as_lead,
                goal_id=stage.goal.pk,
                verdict=verdict,
                reason="Omdat.",
                decided_on=TODAY,
                today=TODAY,
            )

        say("stop")
        assert conflict(lambda: carry(stage, stage.goal.pk)) == "goal_not_open"
        with scopes_disabled():
            # Nothing half done: no draft for the next year.
            assert Routekaart.objects.filter(team=stage.team).count() == 1
        say("go_on")
        assert carry(stage, stage.goal.pk).goal is not None

    def test_only_to_a_draft_and_from_a_year_that_runs_or_ran(self) -> None:
        stage = year_behind()
        new = create_routekaart(
            by=stage.as_lead, team_id=stage.team.pk, school_year=2027, reason=""
        )
        for mine, theirs in (("running", "submitted"), ("planned", "draft"), ("draft", "draft")):
            set_state(stage.routekaart, mine)
            set_state(new, theirs)
            assert conflict(lambda: carry(stage, stage.goal.pk)) == "wrong_state"
        set_state(stage.routekaart, "closed")
        assert carry(stage, stage.goal.pk).routekaart.pk == new.pk

    def test_only_a_goal_of_this_routekaart(self) -> None:
        stage, other = year_behind(), Stage().filled()
        for goal in (other.goal.pk, uuid4()):
            assert refused(lambda goal=goal: carry(stage, goal)) == (
                "goal",
                "not_of_this_routekaart",
            )
        assert refused(lambda: carry(stage)) == ("goal", "nothing_to_carry_over")
        with pytest.raises(NotFound):
            carry_over(by=other.as_lead, routekaart_id=stage.routekaart.pk, goal_id=stage.goal.pk)
        with pytest.raises(Forbidden):
            carry_over(
                by=stage.as_trainer, routekaart_id=stage.routekaart.pk, goal_id=stage.goal.pk
            )


class TestAgreements:
    def test_they_move_only_when_named(self) -> None:
        stage = year_behind()
        named = add(stage, goal=stage.goal.pk, study_day=stage.study_day.pk)
        unnamed, loose = add(stage, goal=stage.goal.pk), add(stage)
        set_state(stage.routekaart, "closed")
        done = carry(stage, stage.goal.pk, named.pk)
        assert done.agreements == (named.pk,)
        # On their own, once the draft is on its way too.
        set_state(done.routekaart, "advised")
        assert carry(stage, None, loose.pk).agreements == (loose.pk,)
        # A repeat is no harm.
        assert carry(stage, None, loose.pk, named.pk).agreements == (loose.pk, named.pk)
        # Both years tell of it, each in its own history.
        with scopes_disabled():
            log = AuditEntry.objects.filter(object_id=str(loose.pk)).order_by("pk")
            assert [(row.action, row.routekaart_id) for row in log][-2:] == [
                ("carry_over_agreement", done.routekaart.pk),
                ("move_agreement", stage.routekaart.pk),
            ]
        with scopes_disabled():
            for agreement in (named, unnamed, loose):
                agreement.refresh_from_db()
        assert done.goal is not None
        assert (named.routekaart_id, named.goal_id) == (done.routekaart.pk, done.goal.pk)
        assert named.study_day_id == stage.study_day.pk
        assert (loose.routekaart_id, loose.goal_id) == (done.routekaart.pk, None)
        assert (unnamed.routekaart_id, unnamed.goal_id) == (stage.routekaart.pk, stage.goal.pk)
        # There it can be looked at again, although that year has yet to begin.
        after = check_agreement(
            by=stage.as_lead, agreement_id=named.pk, check=Check("finish"), today=TODAY
        )
        assert after.state == "done"

    def test_only_open_ones_of_this_routekaart(self) -> None:
        stage, other = year_behind(), year_behind()
        ended, theirs = add(stage), add(other)
        check_agreement(by=stage.as_lead, agreement_id=ended.pk, check=Check("finish"), today=TODAY)
        assert conflict(lambda: carry(stage, stage.goal.pk, ended.pk)) == "wrong_state"
        for wrong in (theirs.pk, uuid4()):
            assert refused(lambda wrong=wrong: carry(stage, stage.goal.pk, wrong)) == (
                "agreements",
                "not_of_this_routekaart",
            )
        with scopes_disabled():
            assert not Goal.objects.filter(carried_from=stage.goal).exists()


class TestWhatIsLeft:
    def test_everything_a_team_looks_at(self) -> None:
        stage = year_behind()
        evaluated(stage)
        stage.routekaart.refresh_from_db()
        of_goal, loose = add(stage, goal=stage.goal.pk), add(stage)
        with scopes_disabled():
            StudyDay.objects.filter(pk=stage.study_day.pk).update(outcome="Drie werkvormen.")
            PlgCycle.objects.create(routekaart=stage.routekaart, name="Nog niets")
        client = client_for(stage.member)
        path = f"/routekaarten/{stage.routekaart.pk}/carry-over"
        found = client.call("get", path).json()
        goal = found["goals"][0]
        assert (found["to_school_year"], found["next_routekaart"]) == ("2027-2028", None)
        assert (goal["evaluation"]["is_open"], goal["carried_to"]) == (True, None)
        assert goal["evaluation"]["latest_decision"]["verdict"] == "adjust"
        assert [one["id"] for one in goal["agreements"]] == [str(of_goal.pk)]
        assert goal["meetings"] == [
            {
                "plg": "PLG",
                "held_on": "2027-03-01",
                "answers": [
                    {"question": QUESTION, "text": "Vragen stellen.", "not_answered_because": ""}
                ],
            }
        ]
        assert [one["id"] for one in found["agreements"]] == [str(loose.pk)]
        assert [(one["text"], one["title"]) for one in found["outcomes"]] == [
            ("Drie werkvormen.", "Feedback")
        ]
        done = client.call(
            "post", path, {"goal": str(stage.goal.pk), "agreements": [str(loose.pk)]}
        )
        assert done.status_code == 200, done.json()
        after = client.call("get", path).json()
        assert (after["next_routekaart"], after["next_state"], after["agreements"]) == (
            done.json()["routekaart"],
            "draft",
            [],
        )
        assert after["goals"][0]["carried_to"] == done.json()["goal"]
        [new] = client.call("get", f"/routekaarten/{done.json()['routekaart']}/goals").json()[
            "items"
        ]
        assert (new["id"], new["carried_from"]) == (done.json()["goal"], str(stage.goal.pk))
        shown = client.call("get", f"/routekaarten/{done.json()['routekaart']}").json()
        assert shown["looking_back"].startswith("Wij leren feedback geven. (2026-2027)")

    def test_as_many_queries_for_three_goals_as_for_one(self) -> None:
        stage = year_behind()
        by = stage.as_lead
        found = []
        for number in range(3):
            if number:
                with scopes_disabled():
                    stage.goal = Goal.objects.create(
                        routekaart=stage.routekaart, wording=f"Doel {number}", priority=number + 1
                    )
                    cycle = PlgCycle.objects.create(
                        routekaart=stage.routekaart, name=f"PLG {number}", goal=stage.goal
                    )
                    meeting = PlgMeeting.objects.create(
                        cycle=cycle, date=date(2027, 3, number), state="held"
                    )
                    PlgAnswer.objects.create(meeting=meeting, question=QUESTION, text="Ja.")
            else:
                evaluated(stage)
            add(stage, goal=stage.goal.pk)
            with CaptureQueriesContext(connection) as captured:
                listed = carry_over_of(by=by, routekaart_id=stage.routekaart.pk).goals
            found.append((len(listed), len(captured)))
        assert [listed for listed, _ in found] == [1, 2, 3]
        assert len({queries for _, queries in found}) == 1
