"""Real plans of many teams in one request: each team gets its own two documents, and no other."""

import hashlib
import io
from collections.abc import Iterator

import docx
import pytest
from pypdf import PdfReader

from courses.entities import Catalogue
from routekaart.access import Access
from routekaart.actions.documents.bundles import request_bundle
from routekaart.models import Document, Job, Team
from routekaart.models.jobs import DocumentFormat
from routekaart.queries.documents.bundles import Progress, children_of, progress_of
from routekaart.queries.documents.documents import documents_of
from routekaart.queries.documents.jobs import job_for, jobs_for
from routekaart.storage import Storage
from tests.copied_plans import copy_demo_plan
from tests.makers import access_for
from tests.stages import TODAY, Stage
from tests.worker.bundle_bench import NOTE, zip_of
from worker import bulk

TEAMS = 40
BOTH = (DocumentFormat.PDF, DocumentFormat.DOCX)


@pytest.fixture
def stage(catalogue: Catalogue, storage: Storage) -> Stage:  # noqa: ARG001  (loaded, and a folder)
    """A school where every team has a plan."""
    stage = Stage().planned()
    copy_demo_plan(TEAMS - 1)
    return stage


def title_of(name: str, data: bytes) -> str:
    """What a file says that it is."""
    if name.endswith(".pdf"):
        said = PdfReader(io.BytesIO(data)).metadata
        assert said is not None
        return str(said.title)
    return str(docx.Document(io.BytesIO(data)).core_properties.title)


def asked_again(by: Access, job: Job) -> Job:
    """The job as somebody sees it who looks how far it is."""
    return job_for(by=by, job_id=job.pk)


def lists_of_teams(by: Access) -> Iterator[tuple[Team, list[Document]]]:
    with by.entered():
        teams = list(Team.objects.all())
        for team in teams:
            yield team, list(documents_of(by=by, routekaart_id=team.routekaarten.get().pk))


def test_each_team_gets_its_own_documents(stage: Stage, storage: Storage) -> None:
    by = access_for(stage.director)
    asked = request_bundle(
        by=by, school_id=stage.school.pk, formats=BOTH, school_year=2026, today=TODAY
    )
    told = [progress_of(asked_again(by, asked))]
    while bulk.run_for_a_moment():
        told.append(progress_of(asked_again(by, asked)))
    done = [one.done for one in told if one]
    assert (done[0], done) == (0, sorted(done))

    parent = asked_again(by, asked)
    assert (parent.state, parent.failure_text) == ("done", "")
    ended = {"total": 2 * TEAMS, "done": 2 * TEAMS, "made": 2 * TEAMS}
    assert progress_of(parent) == Progress(**ended, failed=0, cancelled=0)
    children: list[Job] = list(children_of(jobs_for(by=by), asked.pk).select_related("document"))
    assert [(child.state, child.attempts) for child in children] == [("done", 1)] * 2 * TEAMS

    with zip_of(parent, storage) as found:
        packed = {name: found.read(name) for name in found.namelist() if name != NOTE}
        assert len(found.namelist()) == 2 * TEAMS + 1
    expected = {}
    for team, documents in lists_of_teams(by):
        name = team.name.lower().removeprefix("team ")
        own = {f"scholingsplan-team-{name}-2026-2027.{one.format}": one for one in documents}
        assert {one.file_name for one in documents} == set(own)
        assert {one.format for one in documents} == set(BOTH)
        assert len(documents) == 2
        for file_name, document in own.items():
            assert title_of(file_name, packed[file_name]) == f"Scholingsplan – {team.name}"
            expected[file_name] = document.content_hash
    assert len(expected) == 2 * TEAMS
    assert {name: hashlib.sha256(data).hexdigest() for name, data in packed.items()} == expected
    made = {child.document_id: child.routekaart_id for child in children}
    assert len(made) == 2 * TEAMS
    assert {
        document.pk: document.routekaart_id
        for _, documents in lists_of_teams(by)
        for document in documents
    } == made
