"""The outbox: what waits, goes out, is taken back or tried again."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.mail.outbox import (
    Message,
    cancel_batch,
    cancel_mail,
    prepare_batch,
    release_batch,
    retry_batch,
    retry_mail,
    tell,
)
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import MAIL
from routekaart.models import (
    AuditEntry,
    Mail,
    MailBatch,
    Person,
)
from routekaart.models.mail import MailKind
from tests.makers import access_for, make_colleague, make_team
from tests.sending import send_all

pytestmark = pytest.mark.django_db

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
    def test_what_was_taken_back_from_others_stays_as_it_was(self) -> None:
        one, two = Small(), Small()
        batch = one.prepare()
        cancel_batch(by=one.by, batch_id=batch.pk, now=WEDNESDAY)
        rows = Mail.objects.filter(batch=batch).order_by("pk")
        before = list(rows.values())
        two.prepare()
        assert list(rows.values()) == before

    def test_a_batch_waits_and_then_goes_out(self) -> None:
        small = Small()
        batch = small.prepare()
        assert small.states() == ["waiting", "waiting"]
        assert send_all(now=WEDNESDAY) == 0
        for _ in range(2):
            batch = release_batch(by=small.by, batch_id=batch.pk, now=WEDNESDAY)
        assert (small.states(), batch.released_at) == (["queued", "queued"], WEDNESDAY)
        assert batch.released_by == small.by.person
        assert send_all(now=WEDNESDAY) == 2
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
        send_all(now=WEDNESDAY)
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

    def test_all_that_failed_of_a_batch_is_sent_again_once(self) -> None:
        small, other = Small(), Small()
        batch, beside = small.prepare(), other.prepare()
        for each, one in ((small, batch), (other, beside)):
            release_batch(by=each.by, batch_id=one.pk, now=WEDNESDAY)
        anna = Mail.objects.filter(batch=batch).order_by("person__name")[0]
        Mail.objects.filter(pk=anna.pk).update(state="sent", attempts=2)
        rest = Mail.objects.exclude(pk=anna.pk)
        rest.update(state="failed", attempts=5, failure="Geweigerd", due_at=SATURDAY)
        for _ in range(2):
            assert retry_batch(by=small.by, batch_id=batch.pk) == batch
            told = [
                (row.state, row.attempts, row.failure)
                for row in Mail.objects.filter(batch=batch).order_by("person__name")
            ]
            assert told == [("sent", 2, ""), ("queued", 0, "")]
        assert set(Mail.objects.filter(batch=beside).values_list("state", flat=True)) == {"failed"}
        assert send_all(now=WEDNESDAY) == 1
        with scopes_disabled():
            logged = AuditEntry.objects.filter(action="retry_mail")
            assert [one.object_id for one in logged] == [str(batch.pk)]

    def test_what_was_taken_back_is_not_sent_again(self) -> None:
        small = Small()
        batch = small.prepare()
        cancel_batch(by=small.by, batch_id=batch.pk, now=WEDNESDAY)
        # One that a worker had in hand at that moment.
        Mail.objects.filter(person=small.people[0]).update(state="failed")
        with pytest.raises(Conflict) as refused:
            retry_batch(by=small.by, batch_id=batch.pk)
        assert code(refused) == "wrong_state"
        assert small.states() == ["failed", "cancelled"]

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
        member = access_for(small.people[0])
        with pytest.raises((Forbidden, NotFound)):
            release_batch(by=member, batch_id=batch.pk, now=WEDNESDAY)
        with pytest.raises((Forbidden, NotFound)):
            retry_batch(by=member, batch_id=batch.pk)
