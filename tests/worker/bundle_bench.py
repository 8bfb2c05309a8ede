"""A bundle whose children are of the stand-in kind, and what came of it."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django_scopes import scopes_disabled

from routekaart.access import Access, Role
from routekaart.models import Document, Job, Person
from routekaart.models.jobs import JobKind
from routekaart.storage import Storage
from tests.makers import access_for, make_colleague
from tests.worker_bench import Bench, run_next

NOTE = "LEES MIJ.txt"


@dataclass(frozen=True)
class BundleBench:
    """Everything is of one team, which is all that the packing needs."""

    bench: Bench
    director: Person

    @property
    def by(self) -> Access:
        return access_for(self.director)

    def bundle(self, *texts: str, seconds: float = 0, **values: Any) -> tuple[Job, list[Job]]:
        """A bundle with a child per text, each so long; a text that starts with ! fails."""
        school = self.bench.routekaart.team.school
        payload = {
            "asked": {"year": 2026, "length": "full"},
            "schools": [str(school.pk)],
            "skipped": [],
        }
        fields: dict[str, Any] = {"requested_by": self.director, "payload": payload}
        parent = Job.objects.create(school=school, kind=JobKind.BUNDLE, **fields | values)
        children = [
            self.bench.job(
                text,
                parent=parent,
                requested_by=self.director,
                payload={"trouble": "input" if text.startswith("!") else "", "seconds": seconds},
            )
            for text in texts
        ]
        return parent, children


def make_bundle_bench(bench: Bench) -> BundleBench:
    return BundleBench(bench, make_colleague(bench.routekaart.team, Role.DIRECTOR))


def run_all() -> int:
    """Runs whatever can be run now, one after the other; gives how many."""
    count = 0
    while run_next():
        count += 1
    return count


def state(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.failure_code


def mend(child: Job) -> None:
    """As when what the user had to mend is mended."""
    Job.objects.filter(pk=child.pk).update(payload=child.payload | {"trouble": ""})


def document_of(job: Job) -> Document:
    job.refresh_from_db()
    assert job.document_id is not None, (job.state, job.failure_code, job.failure_text)
    with scopes_disabled():
        return Document.objects.get(pk=job.document_id)


def zip_of(job: Job, storage: Storage) -> zipfile.ZipFile:
    with storage.open(document_of(job).content_hash) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))
