"""What is being made while somebody is erased: made anew, without the name and at nobody's cost."""

from uuid import uuid4

import pytest
from django.conf import settings
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.models import Departure, Document, Job, Person, School
from tests.makers import make_person, make_school
from tests.personal_stage import AT

pytestmark = pytest.mark.django_db


def left(school: School) -> Person:
    person = make_person("Wim de Wit")
    with scopes_disabled():
        Departure.objects.create(person=person, school=school, left_at=AT)
    return person


def test_work_in_progress_starts_again() -> None:
    school = make_school()
    person, lead = left(school), make_person()
    own = Job.objects.create(school=school, kind="document", requested_by=person)
    waiting = Job.objects.create(school=school, kind="document", requested_by=lead)
    token = uuid4()
    running = Job.objects.create(
        school=school, kind="document", requested_by=lead, state="running", token=token
    )
    erase_account(person.pk, at=AT)
    own.refresh_from_db()
    running.refresh_from_db()
    waiting.refresh_from_db()
    assert (own.state, own.requested_by) == ("cancelled", None)
    assert (running.state, running.requested_by) == ("queued", lead)
    # Neither who made it nor who read ahead of it knows this one.
    assert running.token not in {token, None}
    assert (waiting.state, waiting.token) == ("queued", running.token)


def test_what_is_being_made_at_another_school_goes_on() -> None:
    here, there = make_school(), make_school()
    person, token = left(here), uuid4()
    running = Job.objects.create(
        school=there, kind="document", requested_by=make_person(), state="running", token=token
    )
    erase_account(person.pk, at=AT)
    running.refresh_from_db()
    assert (running.state, running.token) == ("running", token)


def test_many_erasures_during_one_job_cost_it_no_attempt() -> None:
    school = make_school()
    running = Job.objects.create(
        school=school, kind="document", requested_by=make_person(), state="running", attempts=1
    )
    waiting = Job.objects.create(
        school=school, kind="document", requested_by=make_person(), attempts=2
    )
    for _ in range(settings.JOB_MAX_ATTEMPTS + 1):
        erase_account(left(school).pk, at=AT)
        running.refresh_from_db()
        assert (running.state, running.attempts) == ("queued", 0)
        # A worker takes it up again.
        Job.objects.filter(pk=running.pk).update(state="running", attempts=1)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == ("queued", 2)


def test_what_somebody_asked_ends_as_if_cancelled_by_hand() -> None:
    """With the moment at which it ended, and without what went wrong before."""
    school = make_school()
    person = left(school)
    for state in ("queued", "running"):
        Job.objects.create(
            school=school,
            kind="document",
            requested_by=person,
            state=state,
            attempts=1,
            token=uuid4(),
            lease_until=AT,
            failure_code="trying_again",
            failure_text="Nog eens.",
        )
    erase_account(person.pk, at=AT)
    for job in Job.objects.all():
        assert job.finished_at is not None
        assert (job.state, job.token, job.lease_until) == ("cancelled", None, None)
        assert (job.failure_code, job.failure_text, job.attempts) == ("", "", 1)


def test_a_bundle_that_is_being_made_gets_all_its_documents() -> None:
    """Those that were made before are made once more; of one that was made nobody waits for it."""
    school = make_school()
    person, lead = left(school), make_person()
    parts: dict[str, Job] = {}
    for state, asked_by in (("running", lead), ("done", lead), ("running", person)):
        bundle = Job.objects.create(
            school=school, kind="bundle", state=state, requested_by=asked_by
        )
        with scopes_disabled():
            made = Document.objects.create(
                school=school,
                kind="team",
                format="pdf",
                length="full",
                size=1,
                input_hash=str(bundle.pk),
                content_hash="0" * 64,
            )
        parts[f"{state} {asked_by == lead}"] = Job.objects.create(
            school=school,
            kind="document",
            parent=bundle,
            state="done",
            progress=100,
            attempts=2,
            finished_at=AT,
            requested_by=asked_by,
            document=made,
        )
    erase_account(person.pk, at=AT)
    for part in parts.values():
        part.refresh_from_db()
        assert part.document is None
    assert {
        name: (part.state, part.progress, part.attempts, part.finished_at)
        for name, part in parts.items()
    } == {
        "running True": ("queued", 0, 0, None),
        "done True": ("done", 100, 2, AT),
        "running False": ("done", 100, 2, AT),
    }
