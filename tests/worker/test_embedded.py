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
