"""The worker without any server: it finds its work by itself, and survives its own death."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from routekaart.actions.mail.outbox import Message, tell
from routekaart.models import Job, Mail
from routekaart.models.mail import MailKind
from routekaart.storage import Storage
from tests.worker.bundle_bench import make_bundle_bench, zip_of
from tests.worker_bench import Bench
from tests.worker_process import kill_group, start_worker, until

pytestmark = pytest.mark.usefixtures("storage")


def welcome(bench: Bench) -> Mail:
    with transaction.atomic():
        tell(
            school=bench.routekaart.team.school_id,
            kind=MailKind.WELCOME,
            message=Message(bench.lead.pk, "welkom", "Welkom", "Hallo,\n"),
        )
    return Mail.objects.get(key="welkom")


def states(*jobs: Job | Mail) -> list[str]:
    for job in jobs:
        job.refresh_from_db()
    return [job.state for job in jobs]


def test_a_killed_worker_loses_no_job(
    shared_bench: Bench, storage: Storage, runs: Callable[[], int]
) -> None:
    quick = [shared_bench.job(str(number)) for number in range(12)]
    mail = welcome(shared_bench)
    slow = shared_bench.job("langzaam", payload={"seconds": 4})
    with start_worker() as worker:
        until(lambda: states(*quick) == ["done"] * 12, "twelve quick jobs are done")
        until(lambda: states(mail) == ["sent"], "the mail is sent")
        until(lambda: states(slow) == ["running"] and slow.progress == 50, "the slow job shows 50")
        kill_group(worker)
    assert states(slow) == ["running"]
    later = shared_bench.job("later")
    with start_worker():
        until(lambda: states(slow, later) == ["done", "done"], "both jobs are done")
    assert (slow.attempts, later.attempts) == (2, 1)
    documents = shared_bench.documents()
    assert len(documents) == 14
    assert all(storage.exists(document.content_hash) for document in documents)
    assert runs() == 15
    # On one machine mail becomes a file.
    files = [file.read_text() for file in Path(settings.VAR_DIR, "mail").iterdir()]
    assert sum(f"Message-ID: <{mail.pk}@routekaart>" in text for text in files) == 1


def test_a_bundle_survives_its_worker_and_lets_a_single_document_through(
    shared_bench: Bench, storage: Storage, runs: Callable[[], int]
) -> None:
    world = make_bundle_bench(shared_bench)
    # More than is made in the moments before the mail's turn.
    parent, children = world.bundle(*map(str, range(40)), seconds=0.2)
    with start_worker() as worker:
        until(lambda: states(*children).count("done") >= 3, "some of the bundle is done")
        kill_group(worker)
    assert states(parent) == ["queued"]
    single = shared_bench.job("los")
    mail = welcome(shared_bench)
    with start_worker():
        until(lambda: states(single) == ["done"], "the single document is done")
        # Two at a time: what ran when it came, and what began beside it.
        assert states(*children).count("done") < 39
        until(lambda: states(mail) == ["sent"], "the mail goes in between")
        assert states(parent) == ["queued"]
        until(lambda: states(parent) == ["done"], "the whole bundle is done")
    assert states(*children) == ["done"] * 40
    assert parent.attempts == 1
    # At most the two that were cut off are made twice.
    assert 41 <= runs() <= 43
    with zip_of(parent, storage) as found:
        assert len(found.namelist()) == 41
