"""Mail about a routekaart: who gets new courses, and for whom the plan has changed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from courses.models import Course
from routekaart.access import Access, Role
from routekaart.actions.mail.batches import About, mail_assignments, prepare_mail
from routekaart.actions.mail.outbox import cancel_batch, cancel_mail, release_batch
from routekaart.domain.errors import Conflict
from routekaart.models import (
    Assignment,
    Employment,
    Mail,
    MailBatch,
    Plan,
    Routekaart,
    School,
    StudyDay,
    TeamMembership,
)
from routekaart.queries.mail.outbox import mail_batch_detail, mails_for, mails_of_batch
from tests.makers import employ, grant, make_colleague, make_school
from tests.sending import send_all
from tests.stages import TODAY, Stage
from worker.mail import NOT_NEEDED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# A Wednesday, by the middle of the day.
WEDNESDAY = datetime(2026, 9, 9, 10, tzinfo=UTC)


def code(conflict: pytest.ExceptionInfo[Conflict]) -> str:
    return conflict.value.code


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
            assert (
                f"- {row.course.title}\n  Waarom: {row.reason.removeprefix('omdat: ')}"
                in bodies(first)["Mo Lid"]
            )
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
        send_all(now=WEDNESDAY)
        states = dict(Mail.objects.filter(batch=batch).values_list("person__name", "state"))
        assert states == {"Lies Leider": "sent", "Mo Lid": "cancelled"}
        # Nor from what the sender sees of it, tries with it, or may send next.
        by = stage.as_lead
        shown = {
            (mail.shown_state, mail.shown_failure, mail.sent_at is not None)
            for mail in _shown(by, batch)
        }
        assert shown == {("sent", "", True)}
        counted: Any = mail_batch_detail(by=by, batch_id=batch.pk)
        assert (counted.count_sent, counted.count_cancelled) == (2, 0)
        for mail in Mail.objects.filter(batch=batch):
            with pytest.raises(Conflict):
                cancel_mail(by=by, mail_id=mail.pk)
        with pytest.raises(Conflict):
            cancel_batch(by=by, batch_id=batch.pk, now=WEDNESDAY)
        school = stage.school.pk
        assert mails_for(by=by, school_id=school, state="cancelled").count() == 0
        assert mails_for(by=by, school_id=school, state="sent").count() == 2
        with pytest.raises(Conflict) as nothing:
            prepare(stage, About.ASSIGNMENTS)
        assert code(nothing) == "nothing_to_tell"

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
        send_all(now=WEDNESDAY)
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


def _shown(by: Access, batch: MailBatch) -> list[Any]:
    return list(mails_of_batch(by=by, batch_id=batch.pk).rows)


def _other_courses(rows: list[Assignment]) -> list[str]:
    taken = [row.course_id for row in rows]
    return list(Course.objects.exclude(pk__in=taken).values_list("pk", flat=True)[:2])


class TestPlan:
    def test_who_has_left_the_school_hears_nothing_of_the_plan(self) -> None:
        stage = Stage().planned()
        with scopes_disabled():
            Plan.objects.update(approved_at=timezone.now())
            Employment.objects.filter(person=stage.member).delete()
        assert set(bodies(prepare(stage, About.PLAN))) == {"Lies Leider"}

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

    def test_what_is_overtaken_before_it_goes_is_not_sent(self) -> None:
        stage = Stage().approved()
        batch = prepare(stage, About.PLAN)
        with scopes_disabled():
            plan = Plan.objects.get()
            plan.pk, plan.version = uuid4(), 2
            plan._state.adding = True
            plan.save()
        with pytest.raises(Conflict) as refused:
            release(stage, batch)
        assert code(refused) == "newer_plan"
        # It was on its way when the newer plan came.
        Mail.objects.update(state="queued", due_at=Now())
        assert send_all(now=WEDNESDAY) == 2
        assert set(Mail.objects.values_list("state", "failure")) == {("cancelled", NOT_NEEDED)}
        # So it is told anew, of the newer plan.
        assert set(bodies(prepare(stage, About.PLAN))) == {"Lies Leider", "Mo Lid"}

    def test_who_left_the_team_meanwhile_does_not_get_it(self) -> None:
        stage = Stage().approved()
        batch = prepare(stage, About.PLAN)
        release(stage, batch)
        with scopes_disabled():
            TeamMembership.objects.filter(person=stage.member).delete()
        send_all(now=WEDNESDAY)
        states = dict(Mail.objects.filter(batch=batch).values_list("person__name", "state"))
        assert states == {"Lies Leider": "sent", "Mo Lid": "cancelled"}


@pytest.mark.parametrize("about", list(About))
def test_of_a_year_that_is_over_nothing_goes_out(about: About) -> None:
    stage = Stage().approved()
    batch = prepare(stage, about)
    with scopes_disabled():
        Routekaart.objects.update(state="closed")
    with pytest.raises(Conflict) as refused:
        release(stage, batch)
    assert code(refused) == "wrong_state"
    Mail.objects.update(state="queued", due_at=Now())
    send_all(now=WEDNESDAY)
    assert set(Mail.objects.values_list("state", flat=True)) == {"cancelled"}


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


def test_who_works_only_at_another_school_gets_nothing() -> None:
    stage, elsewhere = Stage().approved(), make_school()
    grant(stage.lead, Role.TEAM_LEAD, school=elsewhere)
    with scopes_disabled():
        Employment.objects.filter(person=stage.member).delete()
    employ(stage.member, elsewhere)
    for about in About:
        assert set(bodies(prepare(stage, about, whole=True))) == {"Lies Leider"}
