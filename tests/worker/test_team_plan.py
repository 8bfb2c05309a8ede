"""The scholingsplan of a team through the runner: real rows in, a real PDF out."""

import io
from typing import Any

import pytest
from django_scopes import scopes_disabled
from pypdf import PdfReader

from courses.entities import Catalogue
from routekaart.actions.documents.documents import request_team_plan
from routekaart.models import Document, Job, Person, RoleGrant, TeamMembership
from routekaart.storage import Storage
from tests.makers import access_for, join
from tests.stages import Stage
from worker import runner
from worker.handlers.team_plan import stem

# A month of planning in the tables takes its time to set up.
pytestmark = pytest.mark.usefixtures("catalogue", "storage")


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001  (loaded before the team chooses)
    return Stage(team_name="Team Bovenbouw").planned()


def make(stage: Stage, person: Person, **options: Any) -> Job:
    job = request_team_plan(by=access_for(person), routekaart_id=stage.routekaart.pk, **options)
    assert runner.run(job.pk)
    job.refresh_from_db()
    return job


def document_of(job: Job) -> Document:
    assert job.document_id is not None, (job.failure_code, job.failure_text)
    with scopes_disabled():
        return Document.objects.get(pk=job.document_id)


def text_of(document: Document, storage: Storage) -> str:
    with storage.open(document.content_hash) as file:
        reader = PdfReader(io.BytesIO(file.read()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_real_plan_becomes_a_pdf(stage: Stage, storage: Storage) -> None:
    document = document_of(make(stage, stage.lead))
    assert (document.file_name, document.media_type, document.holds_persons) == (
        "scholingsplan-team-bovenbouw-2026-2027.pdf",
        "application/pdf",
        True,
    )
    text = text_of(document, storage)
    assert "Wij leren feedback geven." in text
    assert stage.member.name in text


def test_without_persons_no_name_is_in_it(stage: Stage, storage: Storage) -> None:
    document = document_of(make(stage, stage.director))
    assert not document.holds_persons
    text = text_of(document, storage)
    assert "Wij leren feedback geven." in text
    with scopes_disabled():
        names = Person.objects.filter(memberships__team=stage.team).values_list("name", flat=True)
    assert [name for name in names if name in text] == []


def test_the_same_plan_is_the_same_document(stage: Stage) -> None:
    first, second = make(stage, stage.lead), make(stage, stage.trainer)
    assert first.pk != second.pk
    assert document_of(first) == document_of(second)
    assert document_of(make(stage, stage.director)) != document_of(first)


def test_a_changed_name_is_another_document(stage: Stage) -> None:
    first = document_of(make(stage, stage.lead))
    stage.team.name = "Team Middenbouw"
    with scopes_disabled():
        stage.team.save()
    second = document_of(make(stage, stage.lead))
    assert second.file_name == "scholingsplan-team-middenbouw-2026-2027.pdf"
    assert second != first


def test_who_lost_the_right_meanwhile_gets_no_document(stage: Stage) -> None:
    job = request_team_plan(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    RoleGrant.objects.filter(person=stage.lead).update(role="mr_reader")
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure_code, job.document_id) == ("failed", "not_allowed", None)


def test_a_director_who_only_reads_now_gets_no_document(stage: Stage) -> None:
    """Of a plan without persons: there is no other right that could be missing."""
    job = request_team_plan(by=stage.as_director, routekaart_id=stage.routekaart.pk)
    RoleGrant.objects.filter(person=stage.director).update(role="member")
    join(stage.director, stage.team)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.holds_persons, job.state, job.failure_code) == (False, "failed", "not_allowed")


def test_a_lead_who_left_the_team_gets_no_document(stage: Stage) -> None:
    job = request_team_plan(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    with scopes_disabled():
        TeamMembership.objects.filter(person=stage.lead).delete()
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("failed", "not_allowed")


def test_who_may_no_longer_see_persons_gets_no_document_with_them(stage: Stage) -> None:
    job = request_team_plan(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    RoleGrant.objects.filter(person=stage.lead).update(role="director")
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("failed", "not_allowed")


@pytest.mark.parametrize(
    ("team", "name"),
    [
        ("Bovenbouw", "scholingsplan-team-bovenbouw-2026-2027"),
        ("Team Onderbouw", "scholingsplan-team-onderbouw-2026-2027"),
        ("Groep 3/4 «óók» <b>", "scholingsplan-team-groep-34-ook-b-2026-2027"),
        ("Teamwork", "scholingsplan-team-teamwork-2026-2027"),
        ("🙂", "scholingsplan-2026-2027"),
        ("x" * 200, f"scholingsplan-team-{'x' * 60}-2026-2027"),
    ],
)
def test_file_names(team: str, name: str) -> None:
    assert stem(team, "2026-2027") == name
