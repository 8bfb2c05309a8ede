"""A school year as it may go: anything people do, in any order, loses and doubles nothing.

Hypothesis drives a team through the year; after every step the tables are held against what the
test remembers. Refusals are fine, as long as they leave everything as it was.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from routekaart.access import Access, Role
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.assigning.batches import AskedCourse, BatchRequest, assign_batch
from routekaart.actions.assigning.targets import Target
from routekaart.actions.assigning.undo import undo_batch
from routekaart.actions.organisation.people import add_membership, remove_membership
from routekaart.actions.planning.plans import make_plan
from routekaart.actions.progress.progress import (
    complete_assignment,
    reopen_assignment,
    start_assignment,
    waive_assignment,
)
from routekaart.actions.quality.agreements import add_agreement, check_agreement
from routekaart.actions.routekaarten.study_days import change_study_day
from routekaart.actions.study_day.notes import add_note, change_note, remove_note, share_note
from routekaart.actions.study_day.steps import step_study_day
from routekaart.actions.transitions import approve, close, return_to_team, start
from routekaart.domain.agreements import Check
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.domain.hours import Activity
from routekaart.models import (
    Agreement,
    AgreementCheck,
    Assignment,
    AssignmentBatch,
    AuditEntry,
    Completion,
    Mail,
    NoteVersion,
    Person,
    Plan,
    PreparationNote,
    StudyDay,
    TeamMembership,
)
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.planning.problems import plan_from_json, problem_of
from tests.makers import access_for, employ, grant, make_colleague, make_person
from tests.replanned import broken_after
from tests.stages import TODAY, Stage
from tests.tiers import examples
from worker.mail import prepare, send

COURSES = (
    "feedback-geven-op-leer-en-ontwikkelingsprocessen",
    "complimenten-geven-en-corrigeren",
    "passend-onderwijs",
)
LAST_DAY = date(2027, 7, 31)
TABLES = (
    Agreement,
    AgreementCheck,
    Assignment,
    AssignmentBatch,
    AuditEntry,
    Completion,
    Mail,
    NoteVersion,
    Plan,
    PreparationNote,
    StudyDay,
    TeamMembership,
)
CAME: dict[Any, tuple[str, ...]] = {
    Agreement: ("made_at",),
    Assignment: ("assigned_at", "person__name", "course_id"),
    AssignmentBatch: ("made_at",),
    PreparationNote: ("created_at",),
}
REFUSALS = (BadInput, Conflict, RulesBroken)

pick = st.integers(0, 11)


class World:
    """The team at the start of its year. Made once: every example ends with a roll-back."""

    def __init__(self) -> None:
        self.stage = Stage().running()
        self.newcomer = make_person("Nina Nieuw")
        employ(self.newcomer, self.stage.school)
        grant(self.newcomer, Role.MEMBER, school=self.stage.school)
        self.admin = make_colleague(self.stage.team, Role.SCHOOL_ADMIN, name="Ada Beheer")


class SchoolYear(RuleBasedStateMachine):
    """One year. `done`, `texts` and `agreed` are what must never get lost."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.rolled_back = ExitStack()
        self.rolled_back.enter_context(transaction.atomic())
        self.rolled_back.enter_context(scopes_disabled())
        mail.outbox.clear()
        self.stage = self.world.stage
        self.today = TODAY
        self.done: dict[UUID, tuple[UUID, str]] = {}
        # Done, and asked no longer.
        self.kept: set[tuple[UUID, str]] = set()
        self.texts: Counter[str] = Counter()
        self.looks = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rolled_back.close()

    # --- Doing things ----------------------------------------------------------------------------
    def tried(self, act: Callable[[], Any]) -> Any:
        """What `act` gives; None when it is refused, which must leave no trace."""
        before = [table._base_manager.count() for table in TABLES]
        try:
            return act()
        except REFUSALS:
            assert [table._base_manager.count() for table in TABLES] == before
            return None

    def people(self) -> list[Person]:
        rows = TeamMembership.objects.filter(team=self.stage.team).select_related("person")
        return [row.person for row in rows.order_by("person__name", "pk")]

    def somebody(self, number: int) -> Access:
        people = self.people()
        return access_for(people[number % len(people)])

    def one_of(self, rows: Any, number: int) -> Any:
        # In the order in which they came: keys are random, and hypothesis plays a run again.
        found = list(rows.order_by(*CAME[rows.model]))
        return found[number % len(found)] if found else None

    def latest_plan(self) -> Plan:
        return Plan.objects.order_by("-version")[0]

    @property
    def now(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.today, time(9)))

    @rule(days=st.integers(1, 40))
    def time_goes_on(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), LAST_DAY)

    @rule()
    def somebody_joins(self) -> None:
        self.tried(
            lambda: add_membership(
                by=access_for(self.world.admin),
                team_id=self.stage.team.pk,
                person_id=self.world.newcomer.pk,
                joined_on=self.today,
            )
        )

    @rule(number=pick)
    def somebody_leaves(self, number: int) -> None:
        people = [person for person in self.people() if person != self.stage.lead]
        person = people[number % len(people)] if people else None
        row = TeamMembership.objects.filter(team=self.stage.team, person=person).first()
        if row is not None:
            self.tried(
                lambda: remove_membership(by=access_for(self.world.admin), membership_id=row.pk)
            )
            standing = Assignment.objects.filter(
                person=person, state__in=["assigned", "started"]
            ).exclude(routekaart__state="closed")
            # Of a year that is over everything stays as it was.
            assert not standing.exists()

    @rule(number=pick, whole_team=st.booleans(), course=st.sampled_from(COURSES))
    def a_course_is_assigned(self, number: int, whole_team: bool, course: str) -> None:
        kind = TargetKind.TEAM if whole_team else TargetKind.PERSON
        who = () if whole_team else (self.somebody(number).person.pk,)
        request = BatchRequest(
            courses=(AskedCourse(course, (self.stage.goal.pk,)),),
            target=Target(kind, persons=who),
            mandatory=False,
            reason="Past bij ons doel.",
        )
        self.tried(
            lambda: assign_batch(
                by=self.stage.as_trainer,
                routekaart_id=self.stage.routekaart.pk,
                request=request,
                today=self.today,
            )
        )

    @rule(number=pick)
    def assigning_is_undone(self, number: int) -> None:
        batch = self.one_of(AssignmentBatch.objects.all(), number)
        if batch is not None:
            self.tried(lambda: undo_batch(by=self.stage.as_trainer, batch_id=batch.pk, at=self.now))

    @rule(number=pick)
    def a_course_is_withdrawn(self, number: int) -> None:
        row = self.one_of(Assignment.objects.all(), number)
        if row is not None:
            self.tried(
                lambda: withdraw_assignment(
                    by=self.stage.as_lead, assignment_id=row.pk, at=self.now
                )
            )
            # What was done is asked no longer, and stays with the person.
            if row.pk in self.done and self.state_of(row) == "withdrawn":
                self.kept.add(self.done.pop(row.pk))

    @staticmethod
    def state_of(row: Assignment) -> str:
        row.refresh_from_db()
        return row.state

    @rule(number=pick)
    def somebody_begins(self, number: int) -> None:
        row = self.one_of(Assignment.objects.exclude(state="withdrawn"), number)
        if row is not None and self.is_here(row.person_id):
            self.tried(
                lambda: start_assignment(
                    by=access_for(row.person), assignment_id=row.pk, today=self.today
                )
            )

    @rule(number=pick, times=st.integers(1, 2))
    def somebody_is_done(self, number: int, times: int) -> None:
        row = self.one_of(Assignment.objects.exclude(state="withdrawn"), number)
        if row is None or not self.is_here(row.person_id):
            return
        for _ in range(times):
            self.tried(
                lambda: complete_assignment(
                    by=access_for(row.person),
                    assignment_id=row.pk,
                    done_on=self.today,
                    proof="",
                    today=self.today,
                )
            )
        row.refresh_from_db()
        if row.state == "done":
            self.done[row.pk] = (row.person_id, row.course_id)

    @rule(number=pick)
    def somebody_was_mistaken(self, number: int) -> None:
        row = self.one_of(Assignment.objects.filter(state="done"), number)
        if row is not None and self.is_here(row.person_id):
            self.tried(
                lambda: reopen_assignment(
                    by=access_for(row.person), assignment_id=row.pk, today=self.today
                )
            )
            # What was taken back is done no more, wherever it counted.
            self.kept.discard((row.person_id, row.course_id))
            self.done = {
                pk: what for pk, what in self.done.items() if what != (row.person_id, row.course_id)
            }

    @rule(number=pick)
    def somebody_need_not(self, number: int) -> None:
        row = self.one_of(Assignment.objects.filter(state__in=["assigned", "started"]), number)
        if row is not None:
            self.tried(
                lambda: waive_assignment(
                    by=self.stage.as_lead,
                    assignment_id=row.pk,
                    reason="Heeft dit elders gedaan.",
                    today=self.today,
                )
            )

    def is_here(self, person: UUID) -> bool:
        return TeamMembership.objects.filter(team=self.stage.team, person=person).exists()

    # --- Notes and agreements --------------------------------------------------------------------
    @rule(number=pick)
    def somebody_notes(self, number: int) -> None:
        text = f"Vraag {sum(self.texts.values())}"
        values = {"kind": "question", "text": text, "goal": self.stage.goal.pk}
        made = self.tried(
            lambda: add_note(
                by=self.somebody(number), study_day_id=self.stage.study_day.pk, values=values
            )
        )
        self.texts[text] += made is not None

    @rule(number=pick)
    def a_note_is_edited(self, number: int) -> None:
        note = self.one_of(PreparationNote.objects.filter(removed_at=None), number)
        if note is None or not self.is_here(note.author_id):
            return
        text = f"Vraag {sum(self.texts.values())}, anders"
        made = self.tried(
            lambda: change_note(
                by=access_for(note.author),
                note_id=note.pk,
                revision=note.revision,
                values={"text": text},
            )
        )
        self.texts[text] += made is not None

    @rule(number=pick, away=st.booleans())
    def a_note_is_shared_or_removed(self, number: int, away: bool) -> None:
        note = self.one_of(PreparationNote.objects.filter(removed_at=None), number)
        if note is not None and self.is_here(note.author_id):
            act = remove_note if away else share_note
            self.tried(lambda: act(by=access_for(note.author), note_id=note.pk, at=self.now))

    @rule(number=pick)
    def the_team_agrees(self, number: int) -> None:
        values = {
            "what": f"Afspraak {number}",
            "whole_team": True,
            "due_on": self.today + timedelta(days=7),
            "study_day": self.stage.study_day.pk,
        }
        self.tried(
            lambda: add_agreement(
                by=self.somebody(number), routekaart_id=self.stage.routekaart.pk, values=values
            )
        )

    @rule(number=pick, step=st.sampled_from(["keep", "finish", "drop", "reopen"]))
    def the_team_looks_back(self, number: int, step: str) -> None:
        agreement = self.one_of(Agreement.objects.all(), number)
        if agreement is None:
            return
        later = self.today + timedelta(days=21)
        check = Check(step, note=f"Blik {self.looks}", back_on=later)
        looked = self.tried(
            lambda: check_agreement(
                by=self.somebody(number), agreement_id=agreement.pk, check=check, today=self.today
            )
        )
        self.looks += looked is not None

    @rule(step=st.sampled_from(["mark_ready", "back_to_preparing", "close", "reopen"]))
    def the_day_goes_on(self, step: str) -> None:
        self.tried(
            lambda: step_study_day(
                by=self.stage.as_trainer,
                study_day_id=self.stage.study_day.pk,
                step=step,
                today=self.today,
            )
        )

    # --- The plan --------------------------------------------------------------------------------
    @rule(days=st.integers(-10, 10))
    def the_day_moves_and_the_plan_with_it(self, days: int) -> None:
        stage = self.stage
        day = StudyDay.objects.get(pk=stage.study_day.pk)

        def replan() -> None:
            with transaction.atomic():
                here = stage.routekaart.pk
                return_to_team(by=stage.as_director, routekaart_id=here, comment="Graag anders.")
                if days:
                    moved = {"date": day.date + timedelta(days=days)}
                    change_study_day(by=stage.as_lead, study_day_id=day.pk, values=moved)
                make_plan(by=stage.as_lead, routekaart_id=here, today=self.today)
                approve(by=stage.as_director, routekaart_id=here, on=self.today, mr_date=None)
                start(by=stage.as_lead, routekaart_id=here)

        published = Plan.objects.exclude(approved_at=None).values_list("pk", "content")
        before = dict(published)
        counted_on = plan_from_json(self.latest_plan().content)
        self.tried(replan)
        # What was published never changes.
        assert {pk: dict(published)[pk] for pk in before} == before
        latest = self.latest_plan()
        if latest.pk not in before:
            plan = plan_from_json(latest.content)
            problem = problem_of(
                routekaart_id=stage.routekaart.pk,
                schools=(stage.school.pk,),
                plan_from=latest.plan_from,
            )
            assert broken_after(problem, plan, counted_on) == []

    @rule(number=pick)
    def the_year_is_closed(self, number: int) -> None:
        # Seldom: after it there is little left to do but read.
        if number == 0:
            here = self.stage.routekaart.pk
            self.tried(lambda: close(by=self.stage.as_lead, routekaart_id=here))

    # --- Mail ------------------------------------------------------------------------------------
    @rule()
    def mail_is_prepared(self) -> None:
        prepare(self.now)

    @rule(freshly=st.booleans())
    def mail_goes_out(self, freshly: bool) -> None:
        # Or what was prepared before, with all that people did meanwhile.
        if freshly:
            prepare(self.now)
        mail.outbox.clear()
        for waiting in Mail.objects.filter(state="queued").order_by("person__name", "made_at"):
            send(waiting.pk, now=self.now)
        open_titles = {
            (row.person.email, row.course.title)
            for row in Assignment.objects.filter(state__in=["assigned", "started"]).select_related(
                "person", "course"
            )
        }
        titles = {row.course.title for row in Assignment.objects.select_related("course")}
        for message in mail.outbox:
            named = {title for title in titles if title in message.body}
            assert {(message.to[0], title) for title in named} <= open_titles
        assert max(Counter(message.to[0] for message in mail.outbox).values(), default=0) <= 1

    # --- What always holds -----------------------------------------------------------------------
    @invariant()
    def no_work_is_lost(self) -> None:
        done = {
            row.pk: (row.person_id, row.course_id)
            for row in Assignment.objects.filter(pk__in=self.done, state="done")
        }
        assert done == self.done
        completed = set(
            Completion.objects.filter(revoked_at=None).values_list("person_id", "course_id")
        )
        assert set(self.done.values()) | self.kept <= completed

    @invariant()
    def no_work_is_doubled(self) -> None:
        standing = Counter(
            Assignment.objects.exclude(state="withdrawn").values_list("person_id", "course_id")
        )
        reported = Counter(
            Completion.objects.filter(revoked_at=None).values_list(
                "person_id", "course_id", "done_on"
            )
        )
        assert max(standing.values(), default=1) == max(reported.values(), default=1) == 1

    @invariant()
    def no_text_is_lost(self) -> None:
        kept = Counter(PreparationNote.objects.values_list("text", flat=True))
        kept.update(NoteVersion.objects.values_list("text", flat=True))
        assert not self.texts - kept

    @invariant()
    def no_look_back_is_lost(self) -> None:
        assert AgreementCheck.objects.count() <= self.looks

    @invariant()
    def hours_add_up(self) -> None:
        latest = self.latest_plan()
        plan = plan_from_json(latest.content)
        asked: Counter[str] = Counter()
        for week in plan.preparation_weeks:
            asked[week.member_id] += week.minutes
        counted = {
            row.member_id: sum(
                line.minutes for line in row.lines if line.activity is Activity.PREPARATION
            )
            for row in plan.hours
        }
        assert counted == {member: asked[member] for member in counted}
        # Of who left there is only what lies behind.
        left = [week.week for week in plan.preparation_weeks if week.member_id not in counted]
        assert all(week < latest.plan_from for week in left)


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_school_year_loses_and_doubles_nothing() -> None:
    SchoolYear.world = World()
    run_state_machine_as_test(
        SchoolYear,
        settings=settings(
            max_examples=examples(25, 500),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
