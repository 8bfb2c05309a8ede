"""Any document through the tables of kinds and formats."""

import json

import pytest
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.actions.documents.documents import request_team_plan
from routekaart.actions.transitions import approve
from routekaart.models import Document, Goal, Job, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind
from routekaart.queries.documents.offered import OFFERED
from routekaart.storage import Storage
from tests.stages import TODAY, Stage
from worker import runner
from worker.handlers.contents import CONTENTS
from worker.handlers.renderers import FORMATS


def test_all_that_is_offered_can_be_made() -> None:
    assert set(OFFERED) <= set(CONTENTS)
    assert {one for offer in OFFERED.values() for one in offer.formats} <= set(FORMATS)


@pytest.mark.usefixtures("storage", "django_db_setup")
class TestAsked:
    @pytest.fixture
    def stage(self, catalogue: Catalogue) -> Stage:  # noqa: ARG002  (loaded before the team chooses)
        return Stage(team_name="Team Bovenbouw").planned()

    def make(self, stage: Stage, document_format: DocumentFormat) -> Document:
        job = request_team_plan(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, document_format=document_format
        )
        assert runner.run(job.pk)
        job.refresh_from_db()
        assert job.document_id is not None, (job.failure_code, job.failure_text)
        with scopes_disabled():
            return Document.objects.get(pk=job.document_id)

    def test_one_content_in_each_format_is_a_document_of_its_own(
        self, stage: Stage, storage: Storage
    ) -> None:
        pdf, word, plain = (
            self.make(stage, one)
            for one in (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.JSON)
        )
        assert (plain.file_name, plain.media_type) == (
            "scholingsplan-team-bovenbouw-2026-2027.json",
            "application/json",
        )
        assert (plain.school_id, plain.catalogue_version, plain.kind, plain.length) == (
            stage.school.pk,
            stage.plan.catalogue_version,
            DocumentKind.TEAM,
            "full",
        )
        assert len({pdf.input_hash, word.input_hash, plain.input_hash}) == 3
        assert word.file_name == "scholingsplan-team-bovenbouw-2026-2027.docx"
        with storage.open(word.content_hash) as file:
            assert file.read().startswith(b"PK")
        with storage.open(plain.content_hash) as file:
            content = json.loads(file.read())
        assert (content["kind"], content["meta"]["subject"]) == ("scholingsplan", "Team Bovenbouw")
        assert self.make(stage, DocumentFormat.JSON) == plain

    def test_an_approved_plan_is_the_same_document_for_ever(self, stage: Stage) -> None:
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=TODAY)
        before = [self.make(stage, one) for one in (DocumentFormat.PDF, DocumentFormat.JSON)]
        with scopes_disabled():
            Goal.objects.update(wording="Wij leren iets anders.")
            Person.objects.filter(pk=stage.member.pk).update(name="Mo Anders")
        after = [self.make(stage, one) for one in (DocumentFormat.PDF, DocumentFormat.JSON)]
        assert after == before
        assert {one.catalogue_version for one in after} == {stage.plan.catalogue_version}
        # Also when the file has to be made again.
        with scopes_disabled():
            Document.objects.all().delete()
        again = [self.make(stage, one) for one in (DocumentFormat.PDF, DocumentFormat.JSON)]
        assert [(one.content_hash, one.input_hash) for one in again] == [
            (one.content_hash, one.input_hash) for one in before
        ]

    @pytest.mark.parametrize(
        "payload",
        [
            {},
            {"kind": "poster", "format": "pdf", "length": "full"},
            {"kind": "team", "format": "pdf", "length": "endless"},
            {"kind": "team", "format": "zip", "length": "full"},
            {"kind": "bundle", "format": "pdf", "length": "full"},
        ],
    )
    def test_what_this_version_does_not_know_fails_at_once(
        self, stage: Stage, payload: dict[str, str]
    ) -> None:
        job = Job.objects.create(
            school=stage.school, kind="document", payload=payload, requested_by=stage.lead
        )
        runner.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.failure_code, job.attempts) == ("failed", "unknown_kind", 1)
