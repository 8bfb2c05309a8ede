"""A bundle of which an erasure took the documents: they are made again with whatever failed."""

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.documents.jobs import retry_job
from routekaart.actions.privacy.account import erase_account
from routekaart.models import Departure, Job, Person
from routekaart.storage import Storage
from tests.makers import access_for, make_colleague, make_person
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
from tests.worker_bench import Bench


@pytest.fixture
def world(bench: Bench, storage: Storage) -> BundleBench:  # noqa: ARG001  (a folder of its own)
    return make_bundle_bench(bench)


def erase(world: BundleBench, person: Person) -> None:
    """With all documents of the school."""
    with scopes_disabled():
        Departure.objects.create(
            person=person, school=world.bench.routekaart.team.school, left_at=timezone.now()
        )
    erase_account(person.pk, at=timezone.now())


@pytest.mark.parametrize("tried_again", ["bundle", "failed part", "part that is gone"])
def test_what_an_erasure_took_is_made_again_with_what_failed(
    world: BundleBench, storage: Storage, tried_again: str
) -> None:
    parent, (one, two, bad) = world.bundle("een", "twee", "!stuk")
    run_all()
    erase(world, make_person("Wim de Wit"))
    mend(bad)
    # Who may make documents of one team, and not the whole bundle.
    lead = access_for(world.bench.lead)
    by, job = {
        "bundle": (world.by, parent),
        "failed part": (lead, bad),
        "part that is gone": (lead, one),
    }[tried_again]
    retry_job(by=by, job_id=job.pk)
    assert [state(child) for child in (one, two)] == [("queued", "")] * 2
    for child in (parent, one, two, bad):
        child.refresh_from_db()
        # What somebody tries again is in that name; what comes along stays of who asked for it.
        assert child.requested_by == (by.person if child == job else world.director)
    run_all()
    missing = tried_again == "part that is gone"
    assert (state(bad)[0], state(parent)) == ("failed" if missing else "done", ("done", ""))
    with zip_of(parent, storage) as found:
        pdfs = [name for name in found.namelist() if name != NOTE]
        assert len(pdfs) == (2 if missing else 3)
        assert "niet meer te vinden" not in found.read(NOTE).decode()


def test_it_is_made_again_when_who_asked_for_it_was_erased(
    world: BundleBench, storage: Storage
) -> None:
    parent, (_, bad) = world.bundle("een", "!stuk")
    run_all()
    other = make_colleague(world.bench.routekaart.team, Role.DIRECTOR)
    erase(world, world.director)
    mend(bad)
    retry_job(by=access_for(other), job_id=parent.pk)
    run_all()
    assert state(parent) == ("done", "")
    with zip_of(parent, storage) as found:
        assert found.namelist() == [NOTE, "proef-2.pdf", "proef.pdf"]


def test_a_part_whose_document_went_while_its_bundle_waits_is_not_left_out(
    world: BundleBench,
) -> None:
    """As when somebody tries a bundle again while an erasure takes its documents."""
    parent, (one, _) = world.bundle("een", "twee")
    run_all()
    with scopes_disabled():
        document_of(one).delete()
    Job.objects.filter(pk=parent.pk).update(state="queued")
    erase(world, make_person("Wim de Wit"))
    assert state(one) == ("queued", "")
