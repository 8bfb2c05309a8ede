"""What the judge of chaos says of made-up histories: of one in which all is well, and of that one
with one thing wrong."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.models import Employment, Job
from routekaart.models.jobs import JobState
from tests.chaos.faults import Struck
from tests.chaos.mailbox import Arrival
from tests.chaos.verdict import passes
from tests.chaos_run import FULL, Run
from tests.makers import employ, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path / "files")


def test_a_run_that_went_well_passes(run: Run) -> None:
    verdict = run.verdict()
    assert verdict.wrong == ()
    assert passes(verdict)
    assert (verdict.accepted, verdict.done) == (3, 3)
    assert (verdict.mails_expected, verdict.mails_sent) == (1, 1)


# --- Jobs --------------------------------------------------------------------------------------
def test_what_is_done_has_a_document(run: Run) -> None:
    run.change(run.compact, document=None)
    assert run.wrong() == ("1 jobs are done without a document.",)


@pytest.mark.parametrize(
    "other",
    [
        {"format": "docx"},
        {"length": "standard"},
        {"holds_persons": True},
        {"kind": "mr"},
        {"routekaart": None},
    ],
)
def test_what_is_done_has_the_document_that_was_asked_for(run: Run, other: Any) -> None:
    assert run.compact.document
    run.change(run.compact.document, **other)
    assert run.wrong() == ("1 jobs have another document than was asked for.",)


def test_who_asks_with_persons_gets_them(run: Run) -> None:
    assert run.full.document
    run.change(run.full.document, holds_persons=False)
    assert run.wrong() == ("1 jobs have another document than was asked for.",)


def test_a_document_has_its_file_with_its_hash(run: Run) -> None:
    assert run.full.document
    content_hash = run.full.document.content_hash
    (run.folder / content_hash[:2] / content_hash).write_bytes(b"x")
    verdict = run.verdict()
    assert (verdict.corrupt, verdict.wrong, passes(verdict)) == (1, (), False)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (JobState.FAILED, "1 jobs failed: worker_lost"),
        # Nobody asked for that.
        (JobState.CANCELLED, "1 jobs cancelled: worker_lost"),
    ],
)
def test_what_was_accepted_ends_well(run: Run, state: str, said: str) -> None:
    run.change(run.full, state=state, failure_code="worker_lost", document=None)
    assert run.wrong() == (said,)


def test_what_could_only_fail_did_by_itself_and_in_a_bundle(run: Run) -> None:
    run.change(run.poison, state=JobState.DONE)
    run.change(run.broken_part, state=JobState.DONE)
    assert run.wrong() == ("2 jobs that could only fail did not.",)


def test_what_could_only_fail_is_lost_when_it_is_gone(run: Run) -> None:
    Job.objects.filter(pk=run.poison.pk).delete()
    assert run.verdict().lost == 1


def test_a_job_that_nobody_was_told_of_is_one_too_many(run: Run) -> None:
    run.job(run.first)
    said = "1 jobs that nobody was told of, and 0 requests unanswered."
    assert run.wrong() == (said,)
    # Who asked for somebody to be added did not ask for a job.
    run.answer(0, f"/schools/{run.school.pk}/employments", {})
    assert run.wrong() == (said,)
    # The client stopped waiting for the answer of this one.
    run.answer(0, f"/routekaarten/{run.first.pk}/documents", FULL)
    assert run.wrong() == ()


def test_clients_that_asked_for_less_than_they_should_did_not_get_through(run: Run) -> None:
    run.jobs = 4
    assert run.wrong() == ("3 of 4 jobs were accepted.",)


# --- Bundles -----------------------------------------------------------------------------------
def test_a_part_fails_only_where_the_plan_cannot_be_read(run: Run) -> None:
    for part in run.parts:
        run.change(part, state=JobState.FAILED, failure_code="unexpected", document=None)
    run.pack({})
    assert run.wrong() == ("2 jobs failed: unexpected",)


def test_a_part_has_the_document_of_its_team(run: Run) -> None:
    run.change(run.parts[0], document=run.parts[1].document)
    run.change(run.parts[1], document=None)
    run.pack({"2.pdf": b"d"})
    assert run.wrong() == (
        "1 jobs are done without a document.",
        "1 jobs have another document than was asked for.",
    )


def test_a_bundle_has_one_part_for_each_team(run: Run) -> None:
    said = ("1 bundles do not have one part for each team.",)
    again = run.job(run.first, run.parts[0].document, parent=run.bundle)
    run.pack({"1.pdf": b"c", "1-2.pdf": b"c", "2.pdf": b"d"})
    assert run.wrong() == said
    again.delete()
    run.parts[0].delete()
    run.pack({"2.pdf": b"d"})
    assert run.wrong() == said


@pytest.mark.parametrize("files", [{"1.pdf": b"c"}, {"1.pdf": b"c", "2.pdf": b"c"}])
def test_a_zip_holds_what_its_parts_made(run: Run, files: Mapping[str, bytes]) -> None:
    run.pack(files)
    assert run.wrong() == ("1 ZIPs do not hold the documents of their bundle.",)


# --- Answers -----------------------------------------------------------------------------------
def test_a_500_is_a_fault_whatever_went_on(run: Run) -> None:
    path = f"/routekaarten/{run.first.pk}/documents"
    # What came back after the next try.
    for status in (500, 500, 502):
        run.answer(status, path, FULL, key=run.answers[0].key)
    assert run.wrong() == ("2 answers with status 500.", "1 answers with status 502.")


def test_a_503_is_for_a_database_that_is_away(run: Run) -> None:
    path = f"/routekaarten/{run.first.pk}/documents"
    # Each takes a tenth of a second, and its fault is over before the answer is there.
    for place, fault in enumerate(("connections_cut", "database_crashed", "database_locked")):
        run.faults.append(Struck(fault, 2.05 + place, 2.06 + place))
        run.answer(503, path, FULL, key=run.answers[0].key, at=2.0 + place)
    assert run.wrong() == ()
    for at in (0.5, 2.1):
        run.answer(503, path, FULL, key=run.answers[0].key, at=at)
    assert run.wrong() == ("2 answers with status 503.",)


# --- People and mail ---------------------------------------------------------------------------
_NOT_EMPLOYED = "1 people were added and are not employed, once, as was told."
_NO_WELCOME = "1 people were added and do not have one welcome."


def test_who_was_added_is_employed(run: Run) -> None:
    with scopes_disabled():
        Employment.objects.filter(pk=run.place.pk).update(id=uuid.uuid4())
    assert run.wrong() == (_NOT_EMPLOYED,)


def test_who_was_added_is_employed_once(run: Run) -> None:
    employ(run.place.person, make_school())
    assert run.wrong() == (_NOT_EMPLOYED,)


def test_who_was_added_has_one_welcome_and_that_was_expected(run: Run) -> None:
    run.mail.delete()
    run.received.clear()
    verdict = run.verdict()
    assert verdict.wrong == (_NO_WELCOME,)
    assert (verdict.mails_expected, verdict.mails_sent) == (1, 0)
    for number in "12":
        run.welcome(number)
    verdict = run.verdict()
    assert verdict.wrong == (_NO_WELCOME,)
    assert (verdict.mails_expected, verdict.mails_sent) == (1, 2)


def test_the_welcome_came_in(run: Run) -> None:
    run.received.clear()
    assert run.wrong() == ("1 messages never came in.",)


def test_what_came_in_is_in_the_outbox(run: Run) -> None:
    run.received.append(Arrival("<vreemd@routekaart>", 2.0))
    assert run.wrong() == ("1 messages came in that are not in the outbox.",)
