"""A job kind that needs no catalogue.

`celery --app worker.celery worker --include tests.worker_standin` is the real worker with this kind
beside the real ones. Each rendering leaves an empty file in the folder STANDIN_LOG.
"""

import hashlib
import os
import signal
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection

from routekaart.access import Permission
from routekaart.domain.errors import BadInput
from routekaart.models import Job, Plan
from routekaart.models.jobs import DocumentKind
from routekaart.queries.documents.offered import Wanted
from worker import stopping
from worker.handlers import HANDLERS
from worker.work import About, Product, Work

KIND = "stand-in"


class Burst(Exception):
    """What a handler raises that has a fault."""


def standin(work: Work) -> Product:
    """Payload: `routekaart`, `plan`, `text`; and optionally `trouble` and `seconds`."""
    payload = work.job.payload
    text: str = payload["text"]

    def render() -> bytes:
        note_run("render")
        if payload.get("trouble") == "burst":
            raise Burst
        if payload.get("trouble") == "input":
            raise BadInput("text", "Deze tekst kan niet.", code="bad_text")
        if payload.get("trouble") == "rights":
            work.by.fetch(Plan, payload["plan"], Permission.MAKE_DOCUMENT)
        if payload.get("trouble") == "overtaken":
            Job.objects.filter(pk=work.job.pk).update(token=uuid4())
        if payload.get("trouble") == "cut" and work.job.attempts == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        if payload.get("trouble") == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        end = time.monotonic() + payload.get("seconds", 0)
        while time.monotonic() < end:
            work.report(50)
            time.sleep(0.02)
        return b"%PDF " + text.encode()

    return Product(
        about=About(
            school=work.school,
            routekaart=UUID(payload["routekaart"]),
            plan=UUID(payload["plan"]),
        ),
        wanted=Wanted(DocumentKind.TEAM),
        input_hash=hashlib.sha256(text.encode()).hexdigest(),
        file_name="proef.pdf",
        media_type="application/pdf",
        holds_persons=work.job.holds_persons,
        put=lambda storage: storage.put(render()),
    )


def note_run(what: str) -> None:
    folder = os.environ.get("STANDIN_LOG")
    if folder:
        (Path(folder) / f"{what}-{uuid4().hex}").touch()


HANDLERS[KIND] = standin
# A test does not wait as long as a deployment may.
stopping.PATIENCE = float(os.environ.get("STANDIN_PATIENCE", stopping.PATIENCE))
