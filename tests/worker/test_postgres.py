"""The worker on PostgreSQL whose connections are cut, as by a restart of the server."""

import pytest
from django.db import connection

from routekaart.models import Job
from routekaart.storage import Storage
from tests.worker_bench import Bench
from tests.worker_process import start_worker, until

pytestmark = pytest.mark.postgres


def test_a_cut_connection_costs_an_attempt_and_no_job(
    shared_bench: Bench,
    storage: Storage,  # noqa: ARG001  (a folder of its own)
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has connections to cut")
    cut = shared_bench.job("doorgeknipt", payload={"trouble": "cut"})
    with start_worker(JOB_LEASE_SECONDS="1"):
        until(lambda: Job.objects.filter(pk=cut.pk, state="done").exists(), "the job is done again")
        after = shared_bench.job("daarna")
        until(lambda: Job.objects.filter(pk=after.pk, state="done").exists(), "the next is done")
    cut.refresh_from_db()
    assert cut.attempts == 2
    assert len(shared_bench.documents()) == 2
