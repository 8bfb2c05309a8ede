"""What waits for what: a row that is held can still be referred to."""

import re
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from routekaart.actions.study_day.topics import add_topic
from tests.at_once import PATIENCE, at_once, somebody_waits
from tests.makers import access_for, client_for
from tests.stages import Stage
from tests.underway import revision_of
from tests.worker_process import until

ROOT = Path(__file__).resolve().parents[2]


def test_a_lock_lets_in_rows_that_refer_to_it() -> None:
    """Each action writes a row for the log, of which the database looks up what it refers to when
    the transaction ends: whoever holds that fully is waited for, with other rows in hand."""
    full = [
        f"{path.relative_to(ROOT)}: {call}"
        for room in ("routekaart", "worker")
        for path in sorted((ROOT / room).rglob("*.py"))
        for call in re.findall(r"select_for_update\([^\n]*\)?", path.read_text(encoding="utf-8"))
        if "no_key=True" not in call
    ]
    assert full == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("catalogue")
def test_a_trainer_adds_a_topic_while_the_lead_changes_the_day() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two write at once")
    stage = Stage().accepted()
    revision, added = revision_of(stage), Event()

    def topic() -> str:
        with transaction.atomic():
            made = add_topic(
                by=access_for(stage.trainer),
                study_day_id=stage.study_day.pk,
                revision=revision,
                values={"title": "Begin"},
            )
            added.set()
            until(somebody_waits, "somebody waits for a lock")
            return made.title

    def day() -> Any:
        assert added.wait(PATIENCE)
        path = f"/study-days/{stage.study_day.pk}"
        return client_for(stage.lead).call("patch", path, {"title": "Anders"})

    title, answer = at_once(topic, day)
    assert (title, answer.status_code) == ("Begin", 200)
    assert answer.json()["title"] == "Anders"
