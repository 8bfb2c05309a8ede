"""Overviews and summaries for the MR through the runner: real rows in, real files out."""

import io
import json

import openpyxl
import pytest
from django_scopes import scopes_disabled
from pypdf import PdfReader

from courses.entities import Catalogue
from routekaart.access import Role
from routekaart.actions.documents.bundles import request_bundle
from routekaart.actions.documents.overviews import (
    request_board_overview,
    request_mr_summary,
    request_school_document,
)
from routekaart.clock import standing_at
from routekaart.models import Document, Job, Person, RoleGrant
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.storage import Storage
from tests.makers import access_for, join, make_board, make_colleague, make_school
from tests.page_world import MOMENT
from tests.stages import Stage
from worker import runner

pytestmark = pytest.mark.usefixtures("catalogue", "storage", "django_db_setup")


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001  (loaded before the team chooses)
    board = make_board("Stichting Samen")
    make_school(board, "De Eik")
    return Stage(make_school(board, "De Wilg"), team_name="Bovenbouw").planned()


def made(job: Job) -> Document:
    with standing_at(MOMENT):
        assert runner.run(job.pk)
    job.refresh_from_db()
    assert job.document_id is not None, (job.failure_code, job.failure_text)
    with scopes_disabled():
        return Document.objects.get(pk=job.document_id)


def bytes_of(document: Document, storage: Storage) -> bytes:
    with storage.open(document.content_hash) as file:
        return file.read()


def text_of(document: Document, storage: Storage) -> str:
    reader = PdfReader(io.BytesIO(bytes_of(document, storage)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def overview(
    stage: Stage,
    document_format: DocumentFormat = DocumentFormat.PDF,
    length: DocumentLength = DocumentLength.FULL,
) -> Job:
    return request_school_document(
        by=stage.as_director,
        school_id=stage.school.pk,
        school_year=2026,
        document_format=document_format,
        length=length,
    )


def names() -> list[str]:
    with scopes_disabled():
        return list(Person.objects.values_list("name", flat=True))


def test_a_school_as_pdf(stage: Stage, storage: Storage) -> None:
    document = made(overview(stage))
    assert (document.kind, document.school_id, document.routekaart_id, document.board_id) == (
        DocumentKind.SCHOOL,
        stage.school.pk,
        None,
        None,
    )
    assert (document.file_name, document.subject, document.holds_persons) == (
        "schooloverzicht-de-wilg-2026-2027.pdf",
        "De Wilg, 2026-2027",
        False,
    )
    text = text_of(document, storage)
    assert "Wij leren feedback geven." in text
    assert [name for name in names() if name in text] == []
    # The same day, the same document; in another length it is another one.
    assert made(overview(stage)) == document
    short = made(overview(stage, length=DocumentLength.COMPACT))
    assert short.file_name == "schooloverzicht-de-wilg-2026-2027-kort.pdf"


def test_a_school_as_a_workbook_and_as_data(stage: Stage, storage: Storage) -> None:
    document = made(overview(stage, DocumentFormat.XLSX))
    assert document.file_name == "schooloverzicht-de-wilg-2026-2027.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(document, storage)))
    assert book.sheetnames == ["Teams", "Doelen", "Studiedagen", "Toelichting"]
    assert book["Teams"]["A2"].value == "Bovenbouw"
    plain = made(overview(stage, DocumentFormat.JSON))
    content = json.loads(bytes_of(plain, storage))
    assert [sheet["title"] for sheet in content["sheets"]] == ["Teams", "Doelen", "Studiedagen"]


def test_a_board(stage: Stage, storage: Storage) -> None:
    by = access_for(make_colleague(stage.team, Role.BOARD))
    board = stage.school.board
    job = request_board_overview(by=by, board_id=board.pk, school_year=2026)
    document = made(job)
    assert (job.board_id, document.board_id, document.subject, document.file_name) == (
        board.pk,
        board.pk,
        "Stichting Samen, 2026-2027",
        "bestuursoverzicht-stichting-samen-2026-2027.pdf",
    )
    text = text_of(document, storage)
    assert "De Eik" in text
    assert "De Wilg" in text


def test_the_mr_of_a_team_and_of_a_school(stage: Stage, storage: Storage) -> None:
    by = stage.as_lead
    document = made(request_mr_summary(by=by, routekaart_id=stage.routekaart.pk))
    assert (document.kind, document.plan_id, document.holds_persons, document.file_name) == (
        DocumentKind.MR,
        stage.plan.pk,
        False,
        "samenvatting-mr-bovenbouw-2026-2027.pdf",
    )
    whole = made(
        request_school_document(
            by=stage.as_director,
            school_id=stage.school.pk,
            school_year=2026,
            kind=DocumentKind.MR_SCHOOL,
        )
    )
    assert whole.file_name == "samenvatting-mr-de-wilg-2026-2027.pdf"
    for one in (document, whole):
        text = text_of(one, storage)
        assert "Wij leren feedback geven." in text
        assert "Wet medezeggenschap op scholen, artikel 12" in text
        assert [name for name in names() if name in text] == []


def test_the_mr_of_every_team_at_once(stage: Stage) -> None:
    bundle = request_bundle(
        by=stage.as_director, school_id=stage.school.pk, kind=DocumentKind.MR, school_year=2026
    )
    [child] = Job.objects.filter(parent=bundle)
    document = made(child)
    assert (document.kind, document.plan_id) == (DocumentKind.MR, stage.plan.pk)


def test_who_lost_the_right_gets_nothing(stage: Stage) -> None:
    job = overview(stage)
    RoleGrant.objects.filter(person=stage.director).delete()
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.document_id) == ("failed", None)


def test_who_only_reads_a_plan_now_gets_no_summary_of_it(stage: Stage) -> None:
    job = request_mr_summary(by=stage.as_director, routekaart_id=stage.routekaart.pk)
    RoleGrant.objects.filter(person=stage.director).update(role="member")
    join(stage.director, stage.team)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure_code, job.document_id) == ("failed", "not_allowed", None)
