"""A bundle: its children one by one, what becomes of the failed ones, and the ZIP at the end."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from routekaart.actions.documents.bundles import cancel_job
from routekaart.actions.documents.jobs import retry_job
from routekaart.domain.errors import Conflict
from routekaart.models import Job, RoleGrant
from routekaart.storage import Storage
from tests.worker.bundle_bench import (
    NOTE,
    BundleBench,
    document_of,
    make_bundle_bench,
    mend,
    run_all,
    state,
    zip_of,
)
from tests.worker_bench import Bench, run_next
from worker import claims, runner, sweeping
from worker.claims import Claim


@pytest.fixture
def world(bench: Bench, storage: Storage) -> BundleBench:  # noqa: ARG001  (a folder of its own)
    return make_bundle_bench(bench)


def claimed(job_id: UUID) -> Claim:
    held = claims.claim(job_id)
    assert held is not None
    return held


def test_children_first_and_then_the_zip(world: BundleBench, storage: Storage) -> None:
    parent, children = world.bundle("een", "twee")
    assert runner.run(parent.pk) is False
    assert run_all() == 3
    assert [state(child) for child in children] == [("done", "")] * 2
    assert state(parent) == ("done", "")
    with zip_of(parent, storage) as found:
        assert found.namelist() == [NOTE, "proef-2.pdf", "proef.pdf"]
        assert {found.read(name) for name in found.namelist()[1:]} == {b"%PDF een", b"%PDF twee"}
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert found.read(NOTE).decode() == (
            "De Proefschool, schooljaar 2026-2027\n\nIn deze ZIP zitten 2 documenten.\n"
        )
    document = document_of(parent)
    assert (document.kind, document.format, document.file_name, document.media_type) == (
        "bundle",
        "zip",
        "documenten-de-proefschool-2026-2027.zip",
        "application/zip",
    )


def test_the_same_documents_are_the_same_zip(world: BundleBench) -> None:
    first, second = world.bundle("een", "twee")[0], world.bundle("een", "twee")[0]
    third = world.bundle("een", "drie")[0]
    run_all()
    for parent in (first, second, third):
        parent.refresh_from_db()
    assert first.document_id == second.document_id != third.document_id


def test_a_failed_child_is_named_and_tried_again_alone(
    world: BundleBench, storage: Storage
) -> None:
    parent, (good, bad) = world.bundle("goed", "!stuk")
    run_all()
    assert (state(good), state(bad), state(parent)) == (
        ("done", ""),
        ("failed", "bad_text"),
        ("done", ""),
    )
    with zip_of(parent, storage) as found:
        assert found.namelist() == [NOTE, "proef.pdf"]
        assert found.read(NOTE).decode() == (
            "De Proefschool, schooljaar 2026-2027\n\nIn deze ZIP zit 1 document.\n\n"
            "Dit is niet gelukt:\n- Onderbouw: Deze tekst kan niet.\n"
        )
    attempts = good.attempts
    mend(bad)
    retry_job(by=world.by, job_id=bad.pk)
    assert (state(bad), state(parent)) == (("queued", ""), ("queued", ""))
    assert run_all() == 2
    assert (state(bad), state(parent)) == (("done", ""), ("done", ""))
    good.refresh_from_db()
    assert good.attempts == attempts
    with zip_of(parent, storage) as found:
        assert found.namelist() == [NOTE, "proef-2.pdf", "proef.pdf"]


def test_a_bundle_of_which_nothing_came_fails_and_is_tried_again_whole(world: BundleBench) -> None:
    parent, children = world.bundle("!een", "!twee")
    run_all()
    assert state(parent) == ("failed", "nothing_made")
    for child in children:
        mend(child)
    retry_job(by=world.by, job_id=parent.pk)
    assert run_all() == 3
    assert [state(child) for child in children] == [("done", "")] * 2
    assert state(parent) == ("done", "")
    with pytest.raises(Conflict):
        retry_job(by=world.by, job_id=parent.pk)


def test_a_file_that_is_gone_is_named(world: BundleBench, storage: Storage) -> None:
    parent, (kept, lost) = world.bundle("blijft", "weg")
    for child in (kept, lost):
        runner.run(child.pk)
    next(storage.folder.rglob(document_of(lost).content_hash)).unlink()
    run_all()
    with zip_of(parent, storage) as found:
        assert found.namelist() == [NOTE, "proef.pdf"]
        assert "- Onderbouw: Het bestand is niet meer te vinden." in found.read(NOTE).decode()


def test_who_may_no_longer_have_all_gets_no_zip(world: BundleBench) -> None:
    parent, children = world.bundle("een")
    run_all_but(parent, children)
    RoleGrant.objects.filter(person=world.director).update(role="mr_reader")
    run_all()
    assert state(parent) == ("failed", "not_allowed")


def run_all_but(parent: Job, children: list[Job]) -> None:
    for child in children:
        assert runner.run(child.pk)
    parent.refresh_from_db()
    assert parent.state == "queued"


# --- Cancelling --------------------------------------------------------------------------------
def test_cancelling_ends_what_waits_and_leaves_what_runs(world: BundleBench) -> None:
    parent, (done, running, waiting) = world.bundle("een", "twee", "drie")
    runner.run(done.pk)
    held = claimed(running.pk)
    for _ in range(2):
        assert cancel_job(by=world.by, job_id=parent.pk).state == "cancelled"
    assert [state(job)[0] for job in (parent, done, running, waiting)] == [
        "cancelled",
        "done",
        "running",
        "cancelled",
    ]
    claims.finish(held, document_of(done))
    assert state(running) == ("done", "")
    assert run_all() == 0
    parent.refresh_from_db()
    assert (parent.state, parent.document_id) == ("cancelled", None)
    assert parent.finished_at is not None


@pytest.mark.parametrize("how", ["attempt failed", "worker killed"])
def test_what_ran_and_did_not_end_goes_with_its_cancelled_bundle(
    world: BundleBench, how: str
) -> None:
    parent, (child,) = world.bundle("een")
    held = claimed(child.pk)
    cancel_job(by=world.by, job_id=parent.pk)
    if how == "worker killed":
        Job.objects.filter(pk=child.pk).update(lease_until=Now() - timedelta(seconds=1))
    else:
        claims.put_back(held)
    assert sweeping.sweep().bulk is False
    assert state(child) == ("cancelled", "")


def test_a_cancelled_bundle_is_not_tried_again(world: BundleBench) -> None:
    parent, (bad, _) = world.bundle("!stuk", "later")
    runner.run(bad.pk)
    cancel_job(by=world.by, job_id=parent.pk)
    for job in (parent, bad):
        with pytest.raises(Conflict) as refused:
            retry_job(by=world.by, job_id=job.pk)
        assert refused.value.code == "bundle_cancelled"
    assert state(bad) == ("failed", "bad_text")


def test_a_bundle_that_is_done_is_not_cancelled(world: BundleBench) -> None:
    parent, _ = world.bundle("een")
    run_all()
    assert cancel_job(by=world.by, job_id=parent.pk).state == "done"


def test_packing_in_vain(world: BundleBench) -> None:
    """Cancelled, or a child tried again, while the ZIP is being packed."""
    for what in ("cancelled", "tried again"):
        parent, (good, bad) = world.bundle(f"goed {what}", f"!stuk {what}")
        for child in (good, bad):
            runner.run(child.pk)
        held = claimed(parent.pk)
        if what == "cancelled":
            cancel_job(by=world.by, job_id=parent.pk)
        else:
            retry_job(by=world.by, job_id=bad.pk)
        with pytest.raises(claims.LeaseLost):
            claims.finish(held, document_of(good))


def test_a_bundle_claimed_just_before_a_retry_waits_for_it(world: BundleBench) -> None:
    parent, (good, bad) = world.bundle("goed", "!stuk")
    for child in (good, bad):
        runner.run(child.pk)
    # The claim of another connection may still have seen the child as ended.
    Job.objects.filter(pk=bad.pk).update(state="queued", payload=bad.payload | {"trouble": ""})
    Job.objects.filter(pk=parent.pk).update(
        state="running", lease_until=Now() - timedelta(seconds=1)
    )
    assert runner.run(parent.pk)
    parent.refresh_from_db()
    assert (parent.state, parent.attempts, parent.failure_code) == ("queued", 0, "")
    assert runner.run(parent.pk) is False
    assert run_all() == 2
    assert state(parent) == ("done", "")


# --- Order -------------------------------------------------------------------------------------
def test_a_single_document_goes_before_all_of_a_bundle(world: BundleBench) -> None:
    _, children = world.bundle("een", "twee", "drie")
    assert run_next()
    single = world.bench.job("los")
    assert run_next()
    assert state(single) == ("done", "")
    assert sorted(state(child)[0] for child in children) == ["done", "queued", "queued"]


def test_the_sweep_names_single_jobs_and_only_says_that_bundles_wait(world: BundleBench) -> None:
    parent, children = world.bundle("een")
    found = sweeping.sweep()
    assert (found.jobs, found.bulk) == ((), True)
    single = world.bench.job("los")
    found = sweeping.sweep()
    assert (found.jobs, found.bulk) == ((single.pk,), True)
    for job in (single, *children):
        runner.run(job.pk)
    # Nothing but the bundle itself: the worker of its last child was killed right after it.
    assert sweeping.sweep() == sweeping.Found((), bulk=True)
    run_all()
    assert sweeping.sweep() == sweeping.Found((), bulk=False)
    assert state(parent) == ("done", "")


def test_a_bundle_that_kills_its_worker_ends_failed(world: BundleBench, settings: Settings) -> None:
    settings.JOB_MAX_ATTEMPTS = 2
    settings.EMBEDDED = False
    parent, children = world.bundle("een")
    run_all_but(parent, children)
    for _ in range(2):
        claimed(parent.pk)
        Job.objects.filter(pk=parent.pk).update(lease_until=Now() - timedelta(seconds=1))
    assert run_all() == 0
    assert state(parent) == ("failed", "worker_lost")
    retry_job(by=world.by, job_id=parent.pk)
    assert run_all() == 1
    assert state(parent) == ("done", "")


def test_summaries_for_the_mr_are_another_file(world: BundleBench) -> None:
    asked = {"year": 2026, "length": "full", "kind": "mr"}
    school = world.bench.routekaart.team.school
    payload = {"asked": asked, "schools": [str(school.pk)], "skipped": []}
    parent, _children = world.bundle("een", payload=payload)
    assert run_all() == 2
    assert document_of(parent).file_name == "samenvattingen-mr-de-proefschool-2026-2027.zip"
