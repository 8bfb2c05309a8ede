"""Asking for documents about whole schools and boards, and for the summary for the MR."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.documents.overviews import (
    request_board_overview,
    request_mr_summary,
    request_school_document,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, Document, Job
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.jobs import jobs_for
from routekaart.queries.documents.overview_desk import (
    documents_of_school,
    overview_desk,
    overview_documents,
)
from tests.makers import access_for, grant, make_board, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def ask(by: Access, stage: Stage, **changes: Any) -> Job:
    fields: dict[str, Any] = {"school_id": stage.school.pk, "school_year": 2026}
    return request_school_document(by=by, **fields | changes)


def document(stage: Stage, kind: DocumentKind, **values: Any) -> Document:
    fields: dict[str, Any] = {
        "school": stage.school,
        "kind": kind,
        "format": "pdf",
        "length": "full",
        "input_hash": f"{kind:0<64}",
        "content_hash": "1" * 64,
        "size": 1,
        "media_type": "application/pdf",
        "file_name": "overzicht.pdf",
    }
    with scopes_disabled():
        return Document.objects.create(**fields | values)


class TestSchool:
    def test_who_directs_two_schools_gets_one_of_each(self) -> None:
        here, there = Stage(), Stage()
        grant(here.director, Role.DIRECTOR, school=there.school)
        jobs = [ask(here.as_director, stage) for stage in (here, there)]
        assert [job.school for job in jobs] == [here.school, there.school]

    def test_a_job_that_is_written_down_once(self) -> None:
        stage = Stage()
        job = ask(stage.as_director, stage, document_format=DocumentFormat.XLSX)
        assert (job.school_id, job.routekaart_id, job.board_id, job.payload) == (
            stage.school.pk,
            None,
            None,
            {"kind": "school", "format": "xlsx", "length": "full", "year": 2026},
        )
        assert ask(stage.as_director, stage, document_format=DocumentFormat.XLSX) == job
        others = {
            ask(stage.as_director, stage),
            ask(stage.as_director, stage, school_year=2025),
            ask(stage.as_director, stage, length=DocumentLength.COMPACT),
            ask(stage.as_director, stage, kind=DocumentKind.MR_SCHOOL),
            ask(stage.as_trainer, stage),
        }
        assert len(others | {job}) == 6
        with scopes_disabled():
            assert AuditEntry.objects.filter(action="request_job").count() == 6

    def test_for_whom(self) -> None:
        stage = Stage()
        for role in Role:
            by = access_for(make_colleague(stage.team, role))
            if role in {Role.DIRECTOR, Role.BOARD, Role.TRAINER}:
                assert ask(by, stage).requested_by == by.person
            else:
                with pytest.raises(Forbidden):
                    ask(by, stage)
        with pytest.raises(NotFound):
            ask(Stage().as_director, stage)

    def test_what_there_is_not(self) -> None:
        stage = Stage()
        for changes, code in (
            ({"kind": DocumentKind.TEAM}, "kind_not_offered"),
            ({"document_format": DocumentFormat.ZIP}, "format_not_offered"),
            (
                {"kind": DocumentKind.MR_SCHOOL, "length": DocumentLength.COMPACT},
                "length_not_offered",
            ),
        ):
            with pytest.raises(BadInput) as refused:
                ask(stage.as_director, stage, **changes)
            assert refused.value.code == code


class TestBoard:
    def test_one_job_for_all_its_schools(self) -> None:
        board = make_board()
        stage = Stage(make_school(board))
        other = make_school(board)
        by = access_for(make_colleague(stage.team, Role.BOARD))
        job = request_board_overview(by=by, board_id=board.pk, school_year=2026)
        assert (job.school_id, job.board_id, job.payload["board"]) == (
            min(stage.school.pk, other.pk, key=str),
            board.pk,
            str(board.pk),
        )
        assert request_board_overview(by=by, board_id=board.pk, school_year=2026) == job
        # Who reads one of the schools does not see it.
        assert list(jobs_for(by=by)) == [job]
        assert list(jobs_for(by=stage.as_director)) == []
        with pytest.raises(Forbidden):
            request_board_overview(by=stage.as_director, board_id=board.pk, school_year=2026)
        with pytest.raises(NotFound):
            request_board_overview(by=by, board_id=make_board().pk, school_year=2026)


class TestMr:
    def test_of_the_latest_plan(self) -> None:
        stage = Stage().planned()
        job = request_mr_summary(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        assert (job.routekaart_id, job.payload["plan"], job.holds_persons) == (
            stage.routekaart.pk,
            str(stage.plan.pk),
            False,
        )
        assert request_mr_summary(by=stage.as_lead, routekaart_id=stage.routekaart.pk) == job
        # Without names: also for who may not see what each does.
        assert request_mr_summary(by=stage.as_director, routekaart_id=stage.routekaart.pk) != job
        with pytest.raises(Forbidden):
            request_mr_summary(by=stage.as_member, routekaart_id=stage.routekaart.pk)

    def test_without_a_plan(self) -> None:
        stage = Stage()
        with pytest.raises(Conflict) as refused:
            request_mr_summary(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        assert refused.value.code == "no_plan"


class TestDesk:
    def test_what_somebody_may_ask_for(self) -> None:
        board = make_board("Samen")
        stage = Stage(make_school(board, "De Wilg"))
        make_school(board, "De Eik")
        director = stage.as_director
        job = ask(director, stage)
        desk = overview_desk(by=director)
        assert ([place.name for place in desk.places], desk.years, desk.jobs) == (
            ["De Wilg"],
            (2026,),
            (job,),
        )
        by = access_for(make_colleague(stage.team, Role.BOARD))
        assert [place.name for place in overview_desk(by=by).places] == [
            "Samen",
            "De Eik",
            "De Wilg",
        ]
        reader = access_for(make_colleague(stage.team, Role.MR_READER))
        for by in (reader, stage.as_lead):
            with pytest.raises(Forbidden):
                overview_desk(by=by)

    def test_what_there_is(self) -> None:
        board = make_board()
        stage = Stage(make_school(board))
        other = make_school(board)
        of_school = document(stage, DocumentKind.SCHOOL)
        of_board = document(stage, DocumentKind.BOARD, board=board)
        document(stage, DocumentKind.MR, routekaart=stage.routekaart)
        by = access_for(make_colleague(stage.team, Role.BOARD))
        assert set(overview_documents(by=by)) == {of_school, of_board}
        assert set(documents_of_school(by=by, school_id=other.pk)) == {of_board}
        assert list(overview_documents(by=stage.as_director)) == [of_school]
        assert list(documents_of_school(by=stage.as_director, school_id=stage.school.pk)) == [
            of_school
        ]
        # What is about a whole school is not of a team.
        assert list(overview_documents(by=stage.as_lead)) == []
