"""What the promises about jobs rest on: settings that are easily changed and hardly missed."""

from django.conf import settings as project

from routekaart.actions.wakeups import BROKER_SETTINGS, QUEUE, RUN_JOB, SEND_MAIL
from worker import schedule, tasks
from worker.celery import app
from worker.leases import HARD_LIMIT, SOFT_LIMIT
from worker.mail_claims import LEASE


def test_a_job_is_ended_in_time_and_a_dead_worker_is_soon_succeeded() -> None:
    assert (app.conf.task_soft_time_limit, app.conf.task_time_limit) == (SOFT_LIMIT, HARD_LIMIT)
    assert SOFT_LIMIT < HARD_LIMIT
    # With the sweep well below the minute in which everything is at its end again.
    assert project.JOB_LEASE_SECONDS + project.JOB_SWEEP_SECONDS < 55
    assert LEASE.total_seconds() > project.EMAIL_TIMEOUT * 6
    assert project.JOB_MAX_ATTEMPTS == 5


def test_a_worker_takes_one_message_at_a_time_and_keeps_no_results() -> None:
    conf = app.conf
    assert conf.worker_prefetch_multiplier == 1
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, False)
    assert (conf.result_backend, conf.task_ignore_result) == (None, True)
    assert (conf.task_serializer, conf.accept_content) == ("json", ["json"])
    assert conf.worker_max_tasks_per_child == 1000
    # No second schedule beside the worker's own timer.
    assert conf.beat_schedule == {}
    assert conf.task_default_queue == QUEUE


def test_a_broker_that_is_away_costs_a_request_a_moment() -> None:
    transport = BROKER_SETTINGS["broker_transport_options"]
    assert transport == {
        "socket_timeout": 0.25,
        "socket_connect_timeout": 0.25,
        "max_retries": 0,
    }
    assert BROKER_SETTINGS["broker_connection_timeout"] == 0.25
    assert BROKER_SETTINGS["broker_pool_acquire_timeout"] == 1.0
    assert BROKER_SETTINGS["broker_connection_retry"] is False
    assert BROKER_SETTINGS["task_publish_retry"] is False


def test_every_worker_sweeps_and_cleans_by_its_own_clock() -> None:
    by_clock = {entry.task: entry.seconds for entry in schedule.entries()}
    assert [entry.task for entry in schedule.entries() if entry.each_worker] == [tasks.sweep.name]
    assert by_clock == {
        tasks.sweep.name: project.JOB_SWEEP_SECONDS,
        tasks.clean_up.name: 3600.0,
        tasks.prepare_digests.name: 3600.0,
        tasks.retain.name: 86_400.0,
    }
    # Embedded this is how a job starts at all; with Redis it is what a lost wake-up costs.
    assert (0.5 if project.EMBEDDED else 5.0) == project.JOB_SWEEP_SECONDS
    assert (tasks.run_job.name, tasks.send_mail.name) == (RUN_JOB, SEND_MAIL)
