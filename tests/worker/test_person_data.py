"""The export of a person, through the runner: made for that person, whoever asked."""

import json
import zipfile

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.privacy.exports import request_data_for, request_own_data
from routekaart.domain.errors import Conflict
from routekaart.models import AuditEntry, Document, Employment, Job, Person
from routekaart.models.jobs import JobState
from routekaart.queries.documents.documents import visible_documents
from routekaart.queries.documents.jobs import jobs_for
from routekaart.queries.privacy.person_data import exports_of
from routekaart.storage import Storage
from tests.makers import access_for, make_colleague, make_person, make_team
from worker import runner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def made(job: Job) -> Document:
    assert runner.run(job.pk)
    job.refresh_from_db()
    assert job.document_id is not None, (job.failure_code, job.failure_text)
    with scopes_disabled():
        return Document.objects.get(pk=job.document_id)


def employment_of(person: Person) -> Employment:
    with scopes_disabled():
        return Employment.objects.get(person=person)


def sees(by: Access, document: Document) -> bool:
    return visible_documents(by).filter(pk=document.pk).exists()


def test_one_s_own_data_are_for_nobody_else(storage: Storage) -> None:
    team = make_team()
    person = make_colleague(team, name="Wim de Wit")
    own, admin = access_for(person), access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    job = request_own_data(by=own)
    assert request_own_data(by=own).pk == job.pk
    assert [jobs_for(by=by).filter(pk=job.pk).exists() for by in (own, admin)] == [True, False]
    document = made(job)
    assert (document.person_id, document.private) == (person.pk, True)
    assert [sees(by, document) for by in (own, admin)] == [True, False]
    with storage.open(document.content_hash) as file, zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["LEES MIJ.txt", "gegevens.json"]
        text = archive.read("LEES MIJ.txt").decode()
        data = json.loads(archive.read("gegevens.json"))
    assert text.startswith("Gegevens van Wim de Wit\n")
    assert data["tables"]["Person"][0]["email"] == person.email
    assert [row["functions"] for row in data["tables"]["Employment"]] == [["leerkracht"]]


def test_the_school_asks_and_the_person_gets_it() -> None:
    team = make_team()
    person = make_colleague(team)
    admin = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    job = request_data_for(by=admin, employment_id=employment_of(person).pk)
    with scopes_disabled():
        rows = AuditEntry.objects.filter(action="request_data_for")
        assert [(row.person, row.object_id) for row in rows] == [(admin.person, str(person.pk))]
    document = made(job)
    assert [sees(by, document) for by in (access_for(person), admin)] == [True, False]
    assert [one.pk for one in exports_of(by=access_for(person))] == [job.pk]


def test_who_may_not_ask_is_refused() -> None:
    team = make_team()
    person = make_colleague(team)
    stranger = access_for(make_colleague(make_team(), Role.SCHOOL_ADMIN))
    with pytest.raises(NotFound):
        request_data_for(by=stranger, employment_id=employment_of(person).pk)
    director = access_for(make_colleague(team, Role.DIRECTOR))
    with pytest.raises((Forbidden, NotFound)):
        request_data_for(by=director, employment_id=employment_of(person).pk)
    with pytest.raises(Conflict) as refused:
        request_own_data(by=access_for(make_person()))
    assert refused.value.code == "no_school"


def test_who_lost_the_right_meanwhile_gets_nothing_made() -> None:
    team = make_team()
    person = make_colleague(team)
    admin = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    job = request_data_for(by=admin, employment_id=employment_of(person).pk)
    admin.person.role_grants.all().delete()
    assert runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.document_id) == (JobState.FAILED, None)
