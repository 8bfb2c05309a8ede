"""What the MR reads of a team's documents: those of the plan as it was adopted, never a concept."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.documents.bundles import request_bundle
from routekaart.actions.documents.documents import request_team_plan
from routekaart.actions.documents.kinds import request_group_plan
from routekaart.actions.documents.overviews import request_mr_summary
from routekaart.actions.privacy.account import erase_account
from routekaart.actions.transitions import approve, return_to_team
from routekaart.models import Document, Goal, Job
from routekaart.models.jobs import DocumentFormat, DocumentLength
from routekaart.storage import Storage
from tests.makers import ApiClient, client_for, make_colleague
from tests.stages import TODAY, Stage
from worker import bulk, runner

pytestmark = pytest.mark.usefixtures("catalogue", "storage")
SECRET = "Het geheim van de smid"
JSON = DocumentFormat.JSON


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (gives the tables)
    made = Stage(team_name="Bovenbouw")
    # A group of five: of fewer there is no plan without persons.
    for place in range(3):
        make_colleague(made.team, Role.MEMBER, name=f"Lid {place}")
    return made


@pytest.fixture
def reader(stage: Stage) -> ApiClient:
    return client_for(make_colleague(stage.team, Role.MR_READER, name="Mia Raad"))


def made_by(job: Job) -> Document:
    assert runner.run(job.pk)
    job.refresh_from_db()
    assert job.document_id is not None, (job.failure_code, job.failure_text)
    with scopes_disabled():
        return Document.objects.get(pk=job.document_id)


def team_plan(stage: Stage, **options: Any) -> Document:
    return made_by(
        request_team_plan(
            by=stage.as_director,
            routekaart_id=stage.routekaart.pk,
            persons=False,
            **{"document_format": JSON, **options},
        )
    )


def every_kind(stage: Stage) -> dict[str, Document]:
    """All that shows the plan of a team without persons, or the summary for the MR."""
    of: dict[str, Any] = {"by": stage.as_director, "routekaart_id": stage.routekaart.pk}
    return {
        **{
            length: team_plan(stage, document_format=DocumentFormat.DOCX, length=length)
            for length in DocumentLength
        },
        "json": team_plan(stage),
        "group": made_by(request_group_plan(**of, functions=["leerkracht"], document_format=JSON)),
        "mr": made_by(request_mr_summary(**of, document_format=JSON)),
    }


def approve_again(stage: Stage) -> None:
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)


def give_back(stage: Stage) -> None:
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Nog eens.")


def readable(reader: ApiClient, document: UUID) -> bool:
    status: int = reader.call("get", f"/documents/{document}").status_code
    content = reader.call("get", f"/documents/{document}/content")
    content.getvalue()
    assert content.status_code == status
    assert status in (200, 404)
    return status == 200


def content(storage: Storage, document: Document) -> str:
    with storage.open(document.content_hash) as file:
        return json.dumps(json.load(file))


def test_what_is_made_after_it_was_given_back_is_a_concept(
    stage: Stage, reader: ApiClient, storage: Storage
) -> None:
    stage.approved()
    before = team_plan(stage)
    give_back(stage)
    with scopes_disabled():
        Goal.objects.update(noticeable=SECRET)
    after = team_plan(stage)
    assert SECRET in content(storage, after)
    assert (before.adopted, readable(reader, before.pk)) == (True, True)
    assert (after.plan_id, after.adopted, readable(reader, after.pk)) == (
        before.plan_id,
        False,
        False,
    )


def test_a_concept_stays_one_once_its_plan_is_adopted(stage: Stage, reader: ApiClient) -> None:
    stage.planned()
    concepts = every_kind(stage)
    approve_again(stage)
    adopted = every_kind(stage)
    for kind, concept in concepts.items():
        assert (kind, concept.plan_id) == (kind, adopted[kind].plan_id)
        assert (kind, concept.pk == adopted[kind].pk) == (kind, False)
        # The same input is the same document: a concept is never taken for what was adopted.
        assert (kind, concept.input_hash == adopted[kind].input_hash) == (kind, False)
        assert (kind, concept.adopted, adopted[kind].adopted) == (kind, False, True)
        concept.refresh_from_db()
        assert (kind, concept.adopted) == (kind, False)
    assert {kind for kind, one in concepts.items() if readable(reader, one.pk)} == {"mr"}
    assert {kind for kind, one in adopted.items() if readable(reader, one.pk)} == set(adopted)


def test_a_known_document_from_before_this_was_kept_is_told_anew(
    stage: Stage, reader: ApiClient
) -> None:
    stage.approved()
    known = team_plan(stage)
    with scopes_disabled():
        Document.objects.update(adopted=False)
    assert not readable(reader, known.pk)
    again = team_plan(stage)
    assert (again.pk, again.adopted, readable(reader, again.pk)) == (known.pk, True, True)


def test_what_was_adopted_before_stays_so_beside_a_new_version(
    stage: Stage, reader: ApiClient
) -> None:
    stage.approved()
    first = stage.plan
    give_back(stage)
    with scopes_disabled():
        Goal.objects.update(wording=SECRET)
    stage.plan = stage.make_plan()
    assert stage.plan.pk != first.pk
    old = team_plan(stage, plan_id=first.pk)
    new = team_plan(stage)
    assert [(one.adopted, readable(reader, one.pk)) for one in (old, new)] == [
        (True, True),
        (False, False),
    ]


def test_what_was_adopted_is_made_again_without_who_was_erased(
    stage: Stage,
    reader: ApiClient,
    storage: Storage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """From what was frozen: the same to the letter but for the name, whatever came after it."""
    stage.assigned()
    with scopes_disabled():
        Goal.objects.update(wording="Wij leren van Mo Lid.")
    stage.plan = stage.make_plan()
    approve_again(stage)
    before = {one: made_by(job) for one, job in of_adopted(stage).items()}
    told = {one: content(storage, document) for one, document in before.items()}
    assert ["Mo Lid" in text for text in told.values()] == [True, True]
    with scopes_disabled():
        Goal.objects.update(wording="Wij leren van elkaar.")
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(stage.member.pk, at=timezone.now())
    with scopes_disabled():
        assert not Document.objects.exists()
    assert [storage.exists(one.content_hash) for one in before.values()] == [False, False]
    after = {one: made_by(job) for one, job in of_adopted(stage).items()}
    for one, document in after.items():
        assert content(storage, document) == told[one].replace("Mo Lid", "oud-medewerker")
        assert (document.adopted, readable(reader, document.pk)) == (before[one].adopted, True)


def of_adopted(stage: Stage) -> dict[str, Job]:
    of: dict[str, Any] = {"by": stage.as_director, "routekaart_id": stage.routekaart.pk}
    return {
        "team": request_team_plan(**of, persons=False, document_format=JSON),
        "mr": request_mr_summary(**of, document_format=JSON),
    }


def test_the_documents_of_a_bundle_are_read_likewise(stage: Stage, reader: ApiClient) -> None:
    stage.planned()

    def bundle() -> Document:
        job = request_bundle(
            by=stage.as_director,
            school_id=stage.school.pk,
            formats=[JSON],
            school_year=stage.year,
            today=TODAY,
        )
        # Children are read ahead, in a way of their own.
        while bulk.run_for_a_moment():
            pass
        with scopes_disabled():
            return Document.objects.get(jobs__parent=job)

    concept = bundle()
    approve_again(stage)
    adopted = bundle()
    assert [(one.adopted, readable(reader, one.pk)) for one in (concept, adopted)] == [
        (False, False),
        (True, True),
    ]
