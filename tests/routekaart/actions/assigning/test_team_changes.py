"""What who joins, who leaves and who gets another function has to do."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from routekaart.access import Access, Role
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.assigning.batches import assign_batch
from routekaart.actions.assigning.storing import Stored
from routekaart.actions.assigning.targets import Target
from routekaart.actions.assigning.undo import undo_batch
from routekaart.actions.organisation.people import (
    add_employment,
    add_membership,
    change_employment,
    end_employment,
    remove_membership,
)
from routekaart.actions.organisation.work_groups import add_work_group, remove_work_group
from routekaart.actions.quality.agreements import add_agreement
from routekaart.clock import now
from routekaart.domain.errors import Conflict
from routekaart.models import (
    Agreement,
    Assignment,
    AssignmentBatch,
    AuditEntry,
    Employment,
    LessonVisit,
    Person,
    PlgCycle,
    PlgCycleMember,
    Routekaart,
    TeamMembership,
    WorkGroupMember,
)
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.quality.agreements import AgreementFilter, own_agreements
from routekaart.queries.routekaarten.routekaarten import assignments_of
from tests.makers import access_for, employ, join, make_colleague, make_person
from tests.routekaart.actions.assigning.test_batches import MINDSET, PLAY, request
from tests.stages import TODAY, Stage
from tests.underway import underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

COMPLIMENTS = "complimenten-geven-en-corrigeren"
TODDLERS = Target(TargetKind.FUNCTION, function="kleuterleerkracht")


def admin_of(stage: Stage) -> Access:
    return access_for(make_colleague(stage.team, Role.SCHOOL_ADMIN, name="Ada Admin"))


def assign(stage: Stage, *courses: str, target: Target, mandatory: bool = True) -> Stored:
    return assign_batch(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        request=request(stage, *courses, target=target, mandatory=mandatory),
        today=TODAY,
    )


def with_rules() -> Stage:
    """Everybody gets two courses; who teaches toddlers gets one more."""
    stage = Stage().accepted()
    assign(stage, MINDSET, COMPLIMENTS, target=Target(TargetKind.TEAM))
    assign(stage, PLAY, target=TODDLERS)
    return stage


def newcomer(stage: Stage, *functions: str) -> Person:
    person = make_person("Nina Nieuw")
    employ(person, stage.school, functions or ("leerkracht",))
    return person


def enters(stage: Stage, person: Person, by: Access | None = None) -> TeamMembership:
    return add_membership(
        by=by or admin_of(stage),
        team_id=stage.team.pk,
        person_id=person.pk,
        joined_on=date(2026, 9, 1),
    )


def has(stage: Stage, person: Person) -> dict[str, str]:
    """Per course of a person in this routekaart its state; the last row counts."""
    with stage.as_lead.entered():
        rows = Assignment.objects.filter(routekaart=stage.routekaart, person=person)
        return {row.course_id: row.state for row in rows.order_by("assigned_at")}


def in_state(stage: Stage, state: str) -> None:
    with stage.as_lead.entered():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)


def set_state(stage: Stage, state: str, **which: Any) -> None:
    with stage.as_lead.entered():
        Assignment.objects.filter(**which).update(state=state)


class TestJoining:
    def test_a_teacher_gets_what_the_rules_give_a_teacher(self) -> None:
        stage = with_rules()
        nina = newcomer(stage)
        by = admin_of(stage)
        enters(stage, nina, by)
        assert has(stage, nina) == {MINDSET: "assigned", COMPLIMENTS: "assigned"}
        with stage.as_lead.entered():
            batch = AssignmentBatch.objects.get(target="rule")
            assert batch.title == "Volgens de regels van het team voor Nina Nieuw"
            rows = Assignment.objects.filter(person=nina).prefetch_related("goals")
            assert {row.batch_id for row in rows} == {batch.pk}
            assert all(row.mandatory and [*row.goals.all()] == [stage.goal] for row in rows)
            entries = AuditEntry.objects.filter(person=by.person).order_by("pk")
            assert [(entry.action, entry.routekaart_id) for entry in entries] == [
                ("add_membership", None),
                ("assign_by_rules", stage.routekaart.pk),
            ]
        undo_batch(by=stage.as_lead, batch_id=batch.pk, at=now())
        assert set(has(stage, nina).values()) == {"withdrawn"}

    def test_a_teacher_of_toddlers_gets_more_and_a_leader_nothing(self) -> None:
        stage = with_rules()
        kim, sam = newcomer(stage, "kleuterleerkracht"), newcomer(stage, "schoolleider")
        by = admin_of(stage)
        enters(stage, kim, by)
        enters(stage, sam, by)
        assert set(has(stage, kim)) == {MINDSET, COMPLIMENTS, PLAY}
        assert has(stage, sam) == {}

    @pytest.mark.parametrize("state", ["draft", "advised", "planned", "running", "closed"])
    def test_while_the_routekaart_is_under_way(self, state: str) -> None:
        stage = with_rules()
        in_state(stage, state)
        nina = newcomer(stage)
        enters(stage, nina)
        assert len(has(stage, nina)) == (2 if state in {"planned", "running"} else 0)

    def test_an_advice_leaves_rules_too(self) -> None:
        stage = Stage().accepted()
        stage.assign()
        nina = newcomer(stage)
        enters(stage, nina)
        assert has(stage, nina) == has(stage, stage.member) != {}

    def test_nothing_by_a_batch_that_was_undone(self) -> None:
        stage = Stage().accepted()
        stored = assign(stage, MINDSET, target=Target(TargetKind.TEAM))
        undo_batch(by=stage.as_lead, batch_id=stored.batch.pk, at=now())
        nina = newcomer(stage)
        enters(stage, nina)
        assert has(stage, nina) == {}

    def test_who_only_visits_gets_it_once_employed(self) -> None:
        stage = with_rules()
        trainer = stage.trainer
        by = admin_of(stage)
        enters(stage, trainer, by)
        assert has(stage, trainer) == {}
        add_employment(
            by=by,
            school_id=stage.school.pk,
            email=trainer.email,
            name=trainer.name,
            roles=[Role.TRAINER],
            functions=["leerkracht"],
            fte=Decimal(1),
            working_days=[1],
            weekly_study_minutes=None,
        )
        assert set(has(stage, trainer)) == {MINDSET, COMPLIMENTS}


class TestLeaving:
    def leave(self, stage: Stage, person: Person) -> None:
        with stage.as_lead.entered():
            row = TeamMembership.objects.get(person=person, team=stage.team)
        remove_membership(by=admin_of(stage), membership_id=row.pk)

    def test_what_is_open_goes_and_what_is_done_stays(self) -> None:
        stage = with_rules()
        values = {"name": "Kijkgroep", "members": [stage.member.pk, stage.lead.pk]}
        add_work_group(by=stage.as_lead, routekaart_id=stage.routekaart.pk, values=values)
        set_state(stage, "done", person=stage.member, course=MINDSET)
        set_state(stage, "started", person=stage.member, course=COMPLIMENTS)
        self.leave(stage, stage.member)
        assert has(stage, stage.member) == {MINDSET: "done", COMPLIMENTS: "withdrawn"}
        assert set(has(stage, stage.lead).values()) == {"assigned"}
        with stage.as_lead.entered():
            # To list what is left of who left would tell that it was done.
            listed = assignments_of(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
            assert {row.person for row in listed} == {stage.lead}
            gone = Assignment.objects.get(state="withdrawn")
            assert gone.state_reason == "omdat: zit niet meer in het team"
            assert [row.person for row in WorkGroupMember.objects.all()] == [stage.lead]
            actions = AuditEntry.objects.filter(routekaart=stage.routekaart)
            assert actions.latest("pk").action == "withdraw_by_rules"

    def test_what_another_team_needs_stays(self) -> None:
        stage = with_rules()
        other = Stage(stage.school, "Bovenbouw")
        join(stage.member, other.team)
        other.accepted()
        assign(other, MINDSET, target=Target(TargetKind.PERSON, persons=(stage.member.pk,)))
        self.leave(stage, stage.member)
        assert set(has(stage, stage.member).values()) == {"withdrawn"}
        assert has(other, stage.member) == {MINDSET: "assigned"}

    def test_nothing_agreed_is_forgotten_and_nobody_waits_for_who_left(self) -> None:
        stage = underway()
        gone, other = stage.member, stage.lead
        dates = {"due_on": date(2027, 1, 11), "check_on": date(2027, 1, 11)}
        visit = {"date": date(2027, 1, 12), "starts_at": time(9), "focus": "Feedback"}
        with stage.as_lead.entered():
            open_, done = (
                Agreement.objects.create(
                    routekaart=stage.routekaart, owner=gone, what=state, state=state, **dates
                )
                for state in ("open", "done")
            )
            running, closed = (
                PlgCycle.objects.create(routekaart=stage.routekaart, name=state, state=state)
                for state in ("running", "closed")
            )
            for cycle in (running, closed):
                for person in (gone, other):
                    PlgCycleMember.objects.create(cycle=cycle, person=person)
            coming, held = (
                LessonVisit.objects.create(
                    cycle=running, visitor=other, host=gone, state=state, **visit
                )
                for state in ("planned", "held")
            )
        self.leave(stage, gone)
        for row in (open_, done, coming, held):
            row.refresh_from_db()
        assert (open_.owner, open_.whole_team, open_.state) == (None, True, "open")
        assert (done.owner, done.whole_team) == (gone, False)
        assert (coming.state, held.state) == ("cancelled", "held")
        with stage.as_lead.entered():
            assert [row.person for row in running.member_rows.all()] == [other]
            assert closed.member_rows.count() == 2
            log = AuditEntry.objects.filter(routekaart=stage.routekaart).order_by("pk")
            assert [entry.action for entry in log][-2:] == [
                "agreement_to_team",
                "cancel_lesson_visit",
            ]

    def test_what_was_agreed_becomes_the_teams(self) -> None:
        stage = Stage().accepted()
        nina = newcomer(stage)
        by = admin_of(stage)
        membership = enters(stage, nina, by)
        values = {"what": "Exit-ticket.", "due_on": TODAY}
        alone, shared = (
            add_work_group(
                by=stage.as_lead,
                routekaart_id=stage.routekaart.pk,
                values={"name": name, "members": members},
            )
            for name, members in (("Alleen", [nina.pk]), ("Samen", [nina.pk, stage.member.pk]))
        )
        made = [
            add_agreement(
                by=stage.as_lead, routekaart_id=stage.routekaart.pk, values=values | owner
            ).pk
            for owner in (
                {"owner": nina.pk},
                {"work_group": alone.pk},
                {"work_group": shared.pk},
                {"owner": stage.member.pk},
            )
        ]
        remove_membership(by=by, membership_id=membership.pk)
        with stage.as_lead.entered():
            rows = {row.pk: row for row in Agreement.objects.all()}
            assert [rows[pk].whole_team for pk in made] == [True, True, False, False]
            assert [rows[pk].owner_id for pk in made] == [None, None, None, stage.member.pk]
            assert AuditEntry.objects.filter(action="agreement_to_team").count() == 2
        remove_work_group(by=stage.as_lead, work_group_id=shared.pk)
        with stage.as_member.entered():
            mine = own_agreements(by=stage.as_member, only=AgreementFilter())
            assert {row.pk for row in mine} == set(made)
            # A person who is known no more leaves the agreement to the team.
            Agreement.objects.filter(pk=made[3]).update(owner=None)
            assert own_agreements(by=stage.as_lead, only=AgreementFilter()).count() == 4

    def test_who_comes_back_gets_it_again(self) -> None:
        stage = with_rules()
        set_state(stage, "done", person=stage.member, course=MINDSET)
        self.leave(stage, stage.member)
        enters(stage, stage.member)
        assert has(stage, stage.member) == {MINDSET: "done", COMPLIMENTS: "assigned"}
        with stage.as_lead.entered():
            rows = Assignment.objects.filter(person=stage.member, course=MINDSET)
            assert rows.count() == 1

    def test_a_year_that_is_closed_stays_as_it_was(self) -> None:
        stage = with_rules()
        in_state(stage, "closed")
        self.leave(stage, stage.member)
        assert set(has(stage, stage.member).values()) == {"assigned"}


class TestLeavingTheSchool:
    def test_the_teams_and_roles_there_end_too(self) -> None:
        stage = with_rules()
        set_state(stage, "done", person=stage.member, course=MINDSET)
        elsewhere = Stage()
        employ(stage.member, elsewhere.school)
        join(stage.member, elsewhere.team)
        by = admin_of(stage)
        with by.entered():
            employment = Employment.objects.get(person=stage.member, school=stage.school)
        end_employment(by=by, employment_id=employment.pk)
        assert has(stage, stage.member) == {MINDSET: "done", COMPLIMENTS: "withdrawn"}
        gone = access_for(stage.member)
        assert dict(gone.roles) == {}
        assert gone.teams == frozenset({elsewhere.team.pk})
        with elsewhere.as_lead.entered():
            assert Employment.objects.filter(person=stage.member).count() == 1

    def test_not_of_the_last_school_admin(self) -> None:
        stage = Stage()
        by = admin_of(stage)
        with by.entered():
            employment = Employment.objects.get(person=by.person)
        with pytest.raises(Conflict) as caught:
            end_employment(by=by, employment_id=employment.pk)
        assert caught.value.code == "last_school_admin"
        with by.entered():
            assert Employment.objects.filter(pk=employment.pk).exists()


class TestAnotherFunction:
    def becomes(self, stage: Stage, person: Person, *functions: str) -> None:
        by = admin_of(stage)
        with by.entered():
            employment = Employment.objects.get(person=person, school=stage.school)
        change_employment(
            by=by, employment_id=employment.pk, changes={"functions": list(functions)}
        )

    def test_the_new_rules_come_and_the_old_ones_stop(self) -> None:
        stage = with_rules()
        self.becomes(stage, stage.member, "kleuterleerkracht")
        assert set(has(stage, stage.member)) == {MINDSET, COMPLIMENTS, PLAY}
        set_state(stage, "done", person=stage.member, course=MINDSET)
        self.becomes(stage, stage.member, "schoolleider")
        assert has(stage, stage.member) == {
            MINDSET: "done",
            COMPLIMENTS: "withdrawn",
            PLAY: "withdrawn",
        }
        with stage.as_lead.entered():
            reasons = {row.state_reason for row in Assignment.objects.filter(state="withdrawn")}
        assert reasons == {"omdat: hoort niet meer bij de functie"}

    def test_what_was_taken_back_by_hand_does_not_return(self) -> None:
        stage = with_rules()
        with stage.as_lead.entered():
            row = Assignment.objects.get(person=stage.member, course=MINDSET)
            employment = Employment.objects.get(person=stage.member)
        withdraw_assignment(by=stage.as_lead, assignment_id=row.pk, at=now())
        change_employment(
            by=admin_of(stage),
            employment_id=employment.pk,
            changes={"functions": ["leerkracht", "kleuterleerkracht"]},
        )
        assert has(stage, stage.member) == {
            MINDSET: "withdrawn",
            COMPLIMENTS: "assigned",
            PLAY: "assigned",
        }

    def test_what_was_asked_by_name_stays(self) -> None:
        stage = with_rules()
        assign(stage, MINDSET, target=Target(TargetKind.PERSON, persons=(stage.member.pk,)))
        self.becomes(stage, stage.member, "schoolleider")
        assert has(stage, stage.member) == {MINDSET: "assigned", COMPLIMENTS: "withdrawn"}

    def test_another_change_changes_nothing(self) -> None:
        stage = with_rules()
        with stage.as_lead.entered():
            before = AssignmentBatch.objects.count()
        self.becomes(stage, stage.member, "leerkracht")
        with stage.as_lead.entered():
            assert AssignmentBatch.objects.count() == before
