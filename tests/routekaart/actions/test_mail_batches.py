"""Preparing, reviewing, releasing and taking back mail to several people."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.mail import (
    Message,
    cancel_batch,
    cancel_mail,
    prepare_batch,
    release_batch,
    retry_mail,
    tell,
)
from routekaart.actions.mail_batches import About, mail_assignments, prepare_mail
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import MAIL
from routekaart.models import (
    Assignment,
    AuditEntry,
    Mail,
    MailBatch,
    Person,
    Plan,
    Routekaart,
    School,
    StudyDay,
)
from routekaart.models.mail import MailKind
from tests.makers import access_for, make_colleague, make_team
from tests.stages import TODAY, Stage
from worker import mail as sending

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# A Wednesday and a Saturday, both by the middle of the day.
WEDNESDAY = datetime(2026, 9, 9, 10, tzinfo=UTC)
SATURDAY = datetime(2026, 9, 12, 10, tzinfo=UTC)


def message(person: Person, key: str = "een") -> Message:
    return Message(person=person.pk, key=key, subject="Welkom", body="Hallo,\n")


class Small:
    """A team with two people and a director, and one batch to them."""

    def __init__(self) -> None:
        self.team = make_team()
        self.people = [make_colleague(self.team, name=name) for name in ("Anna", "Bram")]
        self.by = access_for(make_colleague(self.team, Role.DIRECTOR))

    def prepare(self, *messages: Message) -> MailBatch:
        with transaction.atomic():
            return prepare_batch(
                by=self.by,
                school=self.team.school_id,
                kind=MailKind.WELCOME,
                title="Welkom",
                messages=messages or [message(person) for person in self.people],
            )

    def states(self) -> list[str]:
        rows = Mail.objects.order_by("person__name", "made_at")
        return list(rows.values_list("state", flat=True))


def code(conflict: pytest.ExceptionInfo[Conflict]) -> str:
    return conflict.value.code


class TestOutbox:
    def test_a_batch_waits_and_then_goes_out(self) -> None:
        small = Small()
        batch = small.prepare()
        assert small.states() == ["waiting", "waiting"]
        assert sending.send_due() == 0
        for _ in range(2):
            batch = release_batch(by=small.by, batch_id=batch.pk, now=WEDNESDAY)
        assert (small.states(), batch.released_at) == (["queued", "queued"], WEDNESDAY)
        assert batch.released_by == small.by.person
        assert sending.send_due() == 2
        with scopes_disabled():
            actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
        assert actions == ["prepare_mail", "release_mail"]

    def test_each_gets_it_in_the_daytime_of_a_working_day(self) -> None:
        small = Small()
        with scopes_disabled():
            employment = small.people[1].employments.get()
            employment.working_days = [2]
            employment.save()
        batch = small.prepare()
        release_batch(by=small.by, batch_id=batch.pk, now=SATURDAY)
        due = Mail.objects.order_by("person__name").values_list("due_at", flat=True)
        assert list(due) == [
            datetime(2026, 9, 14, 5, tzinfo=UTC),
            datetime(2026, 9, 15, 5, tzinfo=UTC),
        ]

    def test_nobody_is_told_the_same_twice(self) -> None:
        small = Small()
        anna, bram = small.people
        with transaction.atomic():
            told = [
                tell(school=small.team.school_id, kind=MailKind.WELCOME, message=message(anna))
                for _ in range(2)
            ]
        assert told == [True, False]
        small.prepare()
        assert Mail.objects.filter(person=anna).count() == 1
        assert Mail.objects.get(person=bram).state == "waiting"
        with pytest.raises(Conflict) as nothing:
            small.prepare()
        assert code(nothing) == "nothing_to_tell"
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.create(school=small.team.school, person=anna, key="een", kind="welcome")

    def test_what_was_taken_back_may_be_told_after_all(self) -> None:
        small = Small()
        first = small.prepare()
        for _ in range(2):
            cancel_batch(by=small.by, batch_id=first.pk, now=WEDNESDAY)
        assert small.states() == ["cancelled", "cancelled"]
        with pytest.raises(Conflict) as refused:
            release_batch(by=small.by, batch_id=first.pk, now=WEDNESDAY)
        assert code(refused) == "wrong_state"
        small.prepare()
        assert small.states() == ["cancelled", "waiting"] * 2

    def test_what_is_gone_is_gone(self) -> None:
        small = Small()
        batch = small.prepare()
        release_batch(by=small.by, batch_id=batch.pk, now=WEDNESDAY)
        sending.send_due()
        with pytest.raises(Conflict) as refused:
            cancel_batch(by=small.by, batch_id=batch.pk, now=WEDNESDAY)
        assert code(refused) == "wrong_state"

    def test_mail_is_part_of_a_transaction(
        self,
        transactional_db: None,  # noqa: ARG002  (there must be none around it)
    ) -> None:
        small = Small()
        with pytest.raises(RuntimeError):
            tell(
                school=small.team.school_id,
                kind=MailKind.WELCOME,
                message=message(small.people[0]),
            )

    @pytest.mark.parametrize("state", list(MAIL.words))
    @pytest.mark.parametrize("step", ["retry", "cancel"])
    def test_one_message_makes_the_steps_of_its_machine(self, state: str, step: str) -> None:
        small = Small()
        small.prepare()
        row = Mail.objects.filter(person=small.people[0]).get()
        Mail.objects.filter(pk=row.pk).update(state=state, attempts=5, failure="Geweigerd")
        do = {"retry": retry_mail, "cancel": cancel_mail}[step]
        if state not in MAIL.sources(step):
            with pytest.raises(Conflict) as refused:
                do(by=small.by, mail_id=row.pk)
            assert code(refused) == "wrong_state"
            return
        after = do(by=small.by, mail_id=row.pk)
        expected = ("queued", 0, "") if step == "retry" else ("cancelled", 5, "Geweigerd")
        assert (after.state, after.attempts, after.failure) == expected

    def test_a_digest_is_nobodys_to_treat(self) -> None:
        small = Small()
        row = Mail.objects.create(
            school=small.team.school,
            person=small.people[0],
            kind=MailKind.DIGEST,
            key="digest:2026-09-09",
            state="failed",
        )
        for by in (small.by, access_for(small.people[0])):
            for do in (retry_mail, cancel_mail):
                with pytest.raises(NotFound):
                    do(by=by, mail_id=row.pk)

    def test_a_member_lets_nothing_go(self) -> None:
        small = Small()
        batch = small.prepare()
        with pytest.raises((Forbidden, NotFound)):
            release_batch(by=access_for(small.people[0]), batch_id=batch.pk, now=WEDNESDAY)


def prepare(stage: Stage, about: About, *, whole: bool = False, by: Access | None = None) -> Any:
    return prepare_mail(
        by=by or stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        about=about,
        whole=whole,
        today=TODAY,
    )


def release(stage: Stage, batch: MailBatch) -> None:
    release_batch(by=stage.as_lead, batch_id=batch.pk, now=WEDNESDAY)


def bodies(batch: MailBatch) -> dict[str, str]:
    rows = Mail.objects.filter(batch=batch).select_related("person")
    return {row.person.name: row.body for row in rows}


class TestAssignments:
    def test_only_what_is_new_since_the_last_time(self) -> None:
        stage = Stage().planned()
        first = prepare(stage, About.ASSIGNMENTS)
        assert set(bodies(first)) == {"Lies Leider", "Mo Lid"}
        with scopes_disabled():
            rows = list(Assignment.objects.filter(person=stage.member).select_related("course"))
        assert len(rows) > 0
        for row in rows:
            assert f"- {row.course.title}\n  Waarom: {row.reason}" in bodies(first)["Mo Lid"]
        assert "Lies" not in bodies(first)["Mo Lid"]
        with pytest.raises(Conflict) as waiting:
            prepare(stage, About.ASSIGNMENTS)
        assert code(waiting) == "mail_waiting"
        release(stage, first)
        with pytest.raises(Conflict) as nothing:
            prepare(stage, About.ASSIGNMENTS)
        assert code(nothing) == "nothing_to_tell"
        # Another course for one of them, and one that is ahead of its date.
        with scopes_disabled():
            for number, course in enumerate(_other_courses(rows)):
                Assignment.objects.create(
                    routekaart=stage.routekaart,
                    person=stage.member,
                    course_id=course,
                    reason="Later",
                    starts_on=TODAY + timedelta(days=number),
                )
        second = prepare(stage, About.ASSIGNMENTS)
        assert list(bodies(second)) == ["Mo Lid"]
        assert Mail.objects.get(batch=second).subject == "Nieuw voor jou: 1 cursus"
        release(stage, second)
        whole = prepare(stage, About.ASSIGNMENTS, whole=True)
        assert set(bodies(whole)) == {"Lies Leider", "Mo Lid"}
        assert Mail.objects.get(batch=whole, person=stage.member).subject == (
            f"Nieuw voor jou: {len(rows) + 1} cursussen"
        )

    def test_who_is_done_cannot_be_told_from_the_outbox(self) -> None:
        stage = Stage().planned()
        with scopes_disabled():
            Assignment.objects.filter(person=stage.member).update(state="done")
        batch = prepare(stage, About.ASSIGNMENTS)
        assert set(bodies(batch)) == {"Lies Leider", "Mo Lid"}
        release(stage, batch)
        # Nothing comes after completion all the same.
        sending.send_due()
        states = dict(Mail.objects.filter(batch=batch).values_list("person__name", "state"))
        assert states == {"Lies Leider": "sent", "Mo Lid": "cancelled"}

    def test_with_the_consent_of_the_pmr_what_is_done_is_left_out(self) -> None:
        stage = Stage().planned()
        with scopes_disabled():
            School.objects.update(progress_by_name_since=TODAY)
            Assignment.objects.filter(person=stage.member).update(state="done")
        assert set(bodies(prepare(stage, About.ASSIGNMENTS))) == {"Lies Leider"}

    def test_what_is_settled_meanwhile_is_left_out_of_what_goes_but_not_of_what_was_read(
        self, mailoutbox: list[Any]
    ) -> None:
        stage = Stage().assigned()
        with scopes_disabled():
            rows = list(Assignment.objects.filter(person=stage.member).select_related("course"))
            (extra, *_) = _other_courses(rows)
            Assignment.objects.create(
                routekaart=stage.routekaart, person=stage.member, course_id=extra, reason="Later"
            )
        batch = prepare(stage, About.ASSIGNMENTS)
        before = bodies(batch)["Mo Lid"]
        release(stage, batch)
        with scopes_disabled():
            Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(state="done")
        sending.send_due()
        (sent,) = [each for each in mailoutbox if each.to == [stage.member.email]]
        assert sent.subject == "Nieuw voor jou: 1 cursus"
        assert not any(row.course.title in sent.body for row in rows)
        assert bodies(batch)["Mo Lid"] == before

    def test_one_action_of_assigning_has_one_batch(self) -> None:
        stage = Stage().assigned()
        with scopes_disabled():
            ids = list(Assignment.objects.filter(person=stage.member).values_list("pk", flat=True))
            routekaart = Routekaart.objects.select_related("team__school").get()
        with transaction.atomic():
            made = [
                mail_assignments(by=stage.as_lead, routekaart=routekaart, today=TODAY, rows=ids)
                for _ in range(2)
            ]
        assert made[0] is not None
        assert made[1] is None
        assert set(bodies(made[0])) == {"Mo Lid"}

    def test_a_closed_routekaart_tells_nothing(self) -> None:
        stage = Stage()
        for state in ("draft", "closed"):
            with scopes_disabled():
                Routekaart.objects.update(state=state)
            with pytest.raises(Conflict) as refused:
                prepare(stage, About.ASSIGNMENTS)
            assert code(refused) == "wrong_state"


def _other_courses(rows: list[Assignment]) -> list[str]:
    from courses.models import Course  # noqa: PLC0415

    taken = [row.course_id for row in rows]
    return list(Course.objects.exclude(pk__in=taken).values_list("pk", flat=True)[:2])


class TestPlan:
    def test_first_the_whole_route_and_then_only_changes_to_whom_they_concern(self) -> None:
        stage = Stage().planned()
        with pytest.raises(Conflict) as early:
            prepare(stage, About.PLAN)
        assert code(early) == "no_approved_plan"
        with scopes_disabled():
            Plan.objects.update(approved_at=timezone.now())
        first = prepare(stage, About.PLAN)
        assert set(bodies(first)) == {"Lies Leider", "Mo Lid"}
        assert "Dit is jouw route." in bodies(first)["Mo Lid"]
        release(stage, first)
        with pytest.raises(Conflict) as nothing:
            prepare(stage, About.PLAN)
        assert code(nothing) == "nothing_to_tell"
        # A next version in which one course of one person has another deadline.
        with scopes_disabled():
            row = Plan.objects.get()
            content = row.content
            week = next(
                each
                for each in content["preparation_weeks"]
                if each["member_id"] == str(stage.member.pk)
            )
            moved = [
                each
                for each in content["preparation_weeks"]
                if (each["member_id"], each["course"]) == (week["member_id"], week["course"])
            ]
            old = date.fromisoformat(week["deadline"])
            for each in moved:
                each["deadline"] = (old - timedelta(days=1)).isoformat()
            Plan.objects.create(
                routekaart=row.routekaart,
                version=2,
                content=content,
                input_hash="2",
                catalogue_version=row.catalogue_version,
                approved_at=timezone.now(),
            )
        second = prepare(stage, About.PLAN)
        ((name, body),) = bodies(second).items()
        assert name == "Mo Lid"
        assert f"Cursus ‘{week['course_title']}’: nieuwe deadline" in body
        assert " voor jou (was " in body
        assert "Mo Lid" not in body
        assert "Lies" not in body
        release(stage, second)
        whole = prepare(stage, About.PLAN, whole=True)
        assert set(bodies(whole)) == {"Lies Leider", "Mo Lid"}


def test_preparing_and_releasing_asks_as_much_for_many_as_for_few(settings: Settings) -> None:
    settings.EMBEDDED = True
    stage = Stage().assigned()

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            batch = prepare(stage, About.ASSIGNMENTS)
            release(stage, batch)
        return len(captured)

    def again() -> None:
        Mail.objects.all().delete()
        with scopes_disabled():
            MailBatch.objects.all().delete()

    few = asked()
    again()
    with scopes_disabled():
        course = Assignment.objects.values_list("course_id", flat=True)[0]
        for number in range(2):
            Assignment.objects.create(
                routekaart=stage.routekaart,
                person=make_colleague(stage.team, name=f"Extra {number}"),
                course_id=course,
                reason="Erbij",
            )
        assert StudyDay.objects.count() == 1
    assert asked() == few
