"""What is asked and made while an erasure runs, by a worker that still reads the old name.

On PostgreSQL: on SQLite nobody writes beside an erasure.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.models import Departure, Document, Job, Person
from routekaart.storage import Storage
from tests.at_once import PATIENCE, at_once, somebody_waits
from tests.makers import make_person
from tests.worker_bench import Bench
from tests.worker_process import until
from worker import claims, runner
from worker.claims import Claim

pytestmark = pytest.mark.postgres


@pytest.fixture
def bench(shared_bench: Bench) -> Bench:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets anybody write beside an erasure")
    return shared_bench


@pytest.fixture(autouse=True)
def _own_list(settings: Any, storage: Storage, tmp_path: Path) -> None:  # noqa: ARG001  (a folder)
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


@pytest.fixture
def person(bench: Bench) -> Person:
    left = make_person("Wim de Wit")
    with scopes_disabled():
        Departure.objects.create(
            person=left, school=bench.routekaart.team.school, left_at=timezone.now()
        )
    return left


def while_erased(person: Person, happens: Callable[[], Any]) -> Any:
    """The answer of what happens, on another connection, just before the erasure is committed."""
    with transaction.atomic():
        assert erase_account(person.pk, at=timezone.now())
        return at_once(happens)[0]


def name_read(person: Person) -> str:
    return Person.objects.get(pk=person.pk).name


def test_what_is_made_before_it_is_committed_goes_with_its_file(
    bench: Bench, person: Person, storage: Storage
) -> None:
    made: list[Document] = []

    def ask_and_make() -> Job:
        job = bench.job(name_read(person))
        assert runner.run(job.pk)
        made.extend(bench.documents())
        return job

    job = while_erased(person, ask_and_make)
    assert job.payload["text"] == "Wim de Wit"
    (document,) = made
    assert bench.documents() == []
    assert not storage.exists(document.content_hash)
    job.refresh_from_db()
    assert (job.state, job.document) == ("done", None)


def test_what_is_being_made_then_is_not_stored_afterwards(bench: Bench, person: Person) -> None:
    def ask_and_claim() -> Claim:
        assert name_read(person) == "Wim de Wit"
        held = claims.claim(bench.job().pk)
        assert held is not None
        return held

    held = while_erased(person, ask_and_claim)
    with pytest.raises(claims.LeaseLost):
        claims.report_progress(held.job.pk, held.token, 50)
    # At nobody's cost, and without the name.
    held.job.refresh_from_db()
    assert (held.job.state, held.job.attempts) == ("queued", 0)
    assert runner.run(held.job.pk)
    assert len(bench.documents()) == 1


def test_what_was_read_ahead_then_is_read_again(bench: Bench, person: Person) -> None:
    parent = Job.objects.create(school=bench.routekaart.team.school, kind="bundle")
    job = while_erased(person, lambda: bench.job(parent=parent))
    assert claims.claim_as_read(job) is None


def test_neither_waits_for_ever_over_a_document_that_is_there_already(
    bench: Bench, person: Person, storage: Storage
) -> None:
    """The worker puts a lost file back; the erasure begins once it has come by the document."""
    assert runner.run(bench.job().pk)
    (document,) = bench.documents()
    storage.discard([document.content_hash], in_use=lambda _: set())
    job, came_by = bench.job(), Event()

    def until_the_other_waits(execute: Any, sql: str, *arguments: Any) -> Any:
        answer = execute(sql, *arguments)
        if sql.startswith(f'UPDATE "{Document._meta.db_table}"'):
            came_by.set()
            until(somebody_waits, "somebody waits for a lock")
        return answer

    def work() -> bool:
        with connection.execute_wrapper(until_the_other_waits):
            return runner.run(job.pk)

    def erase() -> bool:
        assert came_by.wait(PATIENCE)
        return erase_account(person.pk, at=timezone.now())

    assert at_once(work, erase) == [True, True]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.document) == ("done", 1, None)
    assert bench.documents() == []
    assert not storage.exists(document.content_hash)


def test_a_file_that_is_put_again_behind_it_stays(
    bench: Bench, person: Person, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made of what is left, the same to the letter: its row is on its way."""
    assert runner.run(bench.job().pk)
    (document,) = bench.documents()
    with storage.open(document.content_hash) as file:
        content = file.read()
    put = storage.put(content)
    discard = Storage.discard

    def put_and_discard(self: Storage, *given: Any, **more: Any) -> int:
        assert self.put(content) == put
        return discard(self, *given, **more)

    monkeypatch.setattr(Storage, "discard", put_and_discard)
    assert erase_account(person.pk, at=timezone.now())
    assert bench.documents() == []
    assert storage.exists(put.content_hash)
