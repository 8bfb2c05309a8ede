"""The plan of a group and of a person, and the booklet of a day, through the runner."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django_scopes import scopes_disabled
from pypdf import PdfReader

from courses.entities import Catalogue
from routekaart.access import Access, NotFound
from routekaart.actions.documents.documents import request_team_plan
from routekaart.actions.documents.kinds import (
    request_booklet,
    request_group_plan,
    request_person_plan,
)
from routekaart.clock import standing_at
from routekaart.models import Document, Job, RoleGrant, School, TeamMembership
from routekaart.models.jobs import DocumentFormat, DocumentKind
from routekaart.queries.documents.documents import document_for, documents_of
from routekaart.queries.documents.jobs import jobs_for
from routekaart.storage import Storage
from tests.makers import make_colleague
from tests.stages import Stage
from worker import runner

pytestmark = pytest.mark.usefixtures("catalogue", "storage")


@pytest.fixture
def stage(catalogue: Catalogue) -> Iterator[Stage]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 10, 5, 9, tzinfo=UTC)):
        yield Stage(team_name="Team Bovenbouw").planned()


def made(job: Job) -> Document:
    assert runner.run(job.pk)
    job.refresh_from_db()
    assert job.document_id is not None, (job.failure_code, job.failure_text)
    with scopes_disabled():
        return Document.objects.get(pk=job.document_id)


def text_of(document: Document, storage: Storage) -> str:
    with storage.open(document.content_hash) as file:
        reader = PdfReader(io.BytesIO(file.read()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def sees(by: Access, document: Document) -> bool:
    try:
        document_for(by=by, document_id=document.pk)
    except NotFound:
        return False
    assert document.routekaart_id is not None
    with by.entered():
        assert document.pk in {
            one.pk for one in documents_of(by=by, routekaart_id=document.routekaart_id)
        }
    return True


def test_one_s_own_plan_is_for_nobody_else(stage: Stage, storage: Storage) -> None:
    job = request_person_plan(by=stage.as_member, routekaart_id=stage.routekaart.pk)
    readers = (stage.as_member, stage.as_lead, stage.as_trainer, stage.as_director)
    assert [jobs_for(by=by).filter(pk=job.pk).exists() for by in readers] == [True] + [False] * 3
    document = made(job)
    assert (document.kind, document.file_name, document.private, document.person_id) == (
        DocumentKind.PERSON,
        "persoonlijk-plan-mo-lid-2026-2027.pdf",
        True,
        stage.member.pk,
    )
    assert [sees(by, document) for by in readers] == [True] + [False] * 3
    assert "Persoonlijk scholingsplan" in text_of(document, storage)
    # The same day and nothing changed: the same document.
    again = request_person_plan(by=stage.as_member, routekaart_id=stage.routekaart.pk)
    assert made(again) == document


def test_that_of_somebody_else_is_for_who_may_see_persons_and_for_that_person(
    stage: Stage,
) -> None:
    document = made(
        request_person_plan(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, person_id=stage.member.pk
        )
    )
    assert (document.private, document.holds_persons) == (False, True)
    readers = (stage.as_member, stage.as_lead, stage.as_trainer, stage.as_director)
    assert [sees(by, document) for by in readers] == [True, True, True, False]
    own = made(request_person_plan(by=stage.as_member, routekaart_id=stage.routekaart.pk))
    assert own != document


def test_progress_by_name_is_out_of_sight_when_the_pmr_takes_its_consent_back(
    stage: Stage,
) -> None:
    by, readers = stage.as_lead, (stage.as_member, stage.as_lead, stage.as_trainer)

    def ask() -> tuple[Document, ...]:
        routekaart, member = stage.routekaart.pk, stage.member.pk
        return (
            made(request_person_plan(by=by, routekaart_id=routekaart, person_id=member)),
            made(request_group_plan(by=by, routekaart_id=routekaart, functions=["leerkracht"])),
            made(request_team_plan(by=by, routekaart_id=routekaart, persons=True)),
        )

    consent(stage, date(2026, 9, 1))
    of_member, group, team = agreed = ask()
    assert [one.holds_progress for one in agreed] == [True] * 3
    assert all(sees(reader, one) for one in agreed for reader in readers[1:])

    consent(stage, None)
    # It stays with the person that it is about.
    assert [sees(reader, of_member) for reader in readers] == [True, False, False]
    assert not any(sees(reader, one) for one in (group, team) for reader in readers)
    # Made anew it tells nobody's progress.
    anew = ask()
    assert [one.holds_progress for one in anew] == [False] * 3
    assert all(sees(reader, one) for one in anew for reader in readers[1:])

    consent(stage, date(2026, 10, 1))
    assert all(sees(by, one) for one in agreed)


def five_teachers(stage: Stage) -> None:
    """Of fewer there is no plan without persons."""
    for number in range(3):
        make_colleague(stage.team, name=f"Collega {number}")


def test_a_group_that_became_too_small_gets_no_document(stage: Stage) -> None:
    five_teachers(stage)
    asked: dict[str, Any] = {"routekaart_id": stage.routekaart.pk, "functions": ["leerkracht"]}
    without = request_group_plan(by=stage.as_director, **asked)
    named = request_group_plan(by=stage.as_lead, **asked)
    with scopes_disabled():
        TeamMembership.objects.filter(person=stage.member).delete()
    for job in (without, named):
        runner.run(job.pk)
        job.refresh_from_db()
    assert (without.state, without.failure_code) == ("failed", "group_too_small")
    assert "Kies functies van samen minstens 5 mensen" in without.failure_text
    assert named.state == "done"


def consent(stage: Stage, since: date | None) -> None:
    with scopes_disabled():
        School.objects.filter(pk=stage.school.pk).update(progress_by_name_since=since)


def test_a_group_with_persons_and_without(stage: Stage, storage: Storage) -> None:
    five_teachers(stage)
    for by, persons in ((stage.as_lead, True), (stage.as_director, False)):
        document = made(
            request_group_plan(by=by, routekaart_id=stage.routekaart.pk, functions=["leerkracht"])
        )
        assert (document.holds_persons, document.subject, document.plan_id) == (
            persons,
            "leerkrachten",
            stage.plan.pk,
        )
        assert document.file_name == "groepsplan-leerkrachten-team-bovenbouw-2026-2027.pdf"
        assert ("Mo Lid" in text_of(document, storage)) is persons
        assert sees(stage.as_director, document) is not persons


def test_a_booklet_with_persons_and_without(stage: Stage, storage: Storage) -> None:
    for by, persons in ((stage.as_trainer, True), (stage.as_director, False)):
        document = made(request_booklet(by=by, study_day_id=stage.study_day.pk))
        assert (document.holds_persons, document.subject, document.study_day_id) == (
            persons,
            "woensdag 4 november 2026",
            stage.study_day.pk,
        )
        assert document.file_name == "programmaboekje-2026-11-04.pdf"
        assert ("Mo Lid" in text_of(document, storage)) is persons
        assert sees(stage.as_director, document) is not persons


@pytest.mark.parametrize("document_format", [DocumentFormat.DOCX, DocumentFormat.JSON])
def test_every_kind_in_the_other_formats(stage: Stage, document_format: DocumentFormat) -> None:
    by, routekaart = stage.as_lead, stage.routekaart.pk
    for job in (
        request_person_plan(by=by, routekaart_id=routekaart, document_format=document_format),
        request_group_plan(
            by=by,
            routekaart_id=routekaart,
            functions=["leerkracht"],
            document_format=document_format,
        ),
        request_booklet(by=by, study_day_id=stage.study_day.pk, document_format=document_format),
    ):
        assert made(job).file_name.endswith(f".{document_format.value}")


def test_the_same_request_that_waits_is_one_job(stage: Stage) -> None:
    by = stage.as_lead

    def asked() -> list[Job]:
        return [
            request_person_plan(by=by, routekaart_id=stage.routekaart.pk),
            request_group_plan(
                by=by, routekaart_id=stage.routekaart.pk, functions=["leerkracht", "leerkracht"]
            ),
            request_booklet(by=by, study_day_id=stage.study_day.pk),
        ]

    assert asked() == asked()
    assert request_booklet(by=by, study_day_id=stage.study_day.pk, persons=False) not in asked()


def test_who_lost_the_right_meanwhile_gets_no_document(stage: Stage) -> None:
    jobs = [
        request_person_plan(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, person_id=stage.member.pk
        ),
        request_group_plan(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, functions=["leerkracht"]
        ),
        request_booklet(by=stage.as_lead, study_day_id=stage.study_day.pk),
        request_person_plan(by=stage.as_member, routekaart_id=stage.routekaart.pk),
    ]
    RoleGrant.objects.filter(person=stage.lead).update(role="director")
    with scopes_disabled():
        TeamMembership.objects.filter(person=stage.member).delete()
    for job in jobs:
        runner.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.failure_code) == ("failed", "not_allowed")
