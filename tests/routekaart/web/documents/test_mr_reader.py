"""What a reader of the MR gets: plans that were adopted and what is made for the MR. No names."""

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Permission, Role
from routekaart.actions.transitions import approve, return_to_team
from routekaart.models import Document, Goal, Job, Person, Plan, Routekaart, StudyDay
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind, JobState
from routekaart.storage import Storage
from tests.makers import (
    ApiClient,
    access_for,
    client_for,
    employ,
    grant,
    join,
    make_colleague,
    make_person,
)
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NAMES = ("Lies Leider", "Mo Lid", "Tess Trainer", "Dirk Directeur")


class Council:
    """A school with an adopted plan and one that a team still talks about, and a reader."""

    def __init__(self) -> None:
        self.adopted = Stage(team_name="Onderbouw").running()
        self.talking = Stage(self.adopted.school, "Bovenbouw").planned()
        self.reader: Person = make_colleague(self.adopted.team, Role.MR_READER, name="Mia Raad")
        self.api: ApiClient = client_for(self.reader)

    def document(self, stage: Stage, kind: DocumentKind, *, adopted: bool = False) -> Document:
        stored = Storage(settings.STORAGE_DIR).put(f"{kind} {stage.team.name}".encode())
        with scopes_disabled():
            return Document.objects.create(
                school=stage.school,
                routekaart=None if kind == DocumentKind.SCHOOL else stage.routekaart,
                plan=None if kind == DocumentKind.SCHOOL else stage.plan,
                kind=kind,
                adopted=adopted,
                format=DocumentFormat.PDF,
                length=DocumentLength.FULL,
                input_hash=f"{Document.objects.count():064d}",
                content_hash=stored.content_hash,
                size=stored.size,
                media_type="application/pdf",
                file_name=f"{kind}-{stage.team.name}.pdf",
            )


@pytest.fixture
def council() -> Council:
    return Council()


def test_only_what_was_adopted_is_there(council: Council) -> None:
    for stage, status in ((council.adopted, 200), (council.talking, 404)):
        for path in (
            f"/routekaarten/{stage.routekaart.pk}/plans",
            f"/plans/{stage.plan.pk}",
            f"/routekaarten/{stage.routekaart.pk}/documents",
        ):
            assert council.api.call("get", path).status_code == status, path
    # What the team works with is seen to be there, and stays closed.
    for path, status in (
        (f"/routekaarten/{council.adopted.routekaart.pk}", 403),
        (f"/routekaarten/{council.adopted.routekaart.pk}/progress", 403),
        (f"/study-days/{council.adopted.study_day.pk}/programme", 404),
        (f"/routekaarten/{council.talking.routekaart.pk}", 404),
    ):
        assert council.api.call("get", path).status_code == status, path


def test_documents_of_the_plan_once_adopted_and_for_the_mr_always(council: Council) -> None:
    kinds = {
        (stage.team.name, kind): council.document(
            stage, kind, adopted=stage is council.adopted and kind != DocumentKind.MR
        )
        for stage in (council.adopted, council.talking)
        for kind in (DocumentKind.TEAM, DocumentKind.MR, DocumentKind.STUDY_DAY)
    }
    kinds["school", DocumentKind.SCHOOL] = council.document(council.adopted, DocumentKind.SCHOOL)
    seen = {
        key
        for key, one in kinds.items()
        if council.api.call("get", f"/documents/{one.pk}").status_code == 200
    }
    assert seen == {
        ("Onderbouw", DocumentKind.TEAM),
        ("Onderbouw", DocumentKind.MR),
        ("Bovenbouw", DocumentKind.MR),
    }


def test_what_is_given_back_is_closed_again_and_its_adopted_plan_stays(council: Council) -> None:
    stage = council.adopted
    document = council.document(stage, DocumentKind.TEAM, adopted=True)
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Nog eens.")
    at = f"/routekaarten/{stage.routekaart.pk}"
    assert council.api.call("get", f"{at}/plans").status_code == 404
    assert council.api.call("get", f"/plans/{stage.plan.pk}").status_code == 200
    assert council.api.call("get", f"/documents/{document.pk}").status_code == 200


def test_why_a_plan_is_so_is_told_of_what_stands_now(council: Council) -> None:
    """Of one that was given back that is what the team works on."""
    stage, secret = council.adopted, "Wij leren in het geheim."
    path = f"/plans/{stage.plan.pk}/explanation"
    assert council.api.call("get", path).status_code == 200
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Nog eens.")
    with scopes_disabled():
        Goal.objects.filter(routekaart=stage.routekaart).update(wording=secret)
    assert secret in client_for(stage.director).call("get", path).content.decode()
    assert council.api.call("get", path).status_code == 404


def test_a_plan_is_laid_beside_versions_that_were_adopted_alone(council: Council) -> None:
    stage = council.talking
    with scopes_disabled():
        StudyDay.objects.filter(pk=stage.study_day.pk).update(minutes=300)
    second = stage.make_plan()
    assert second.version == 2
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
    path = f"/plans/{second.pk}/changes?since_version=1"
    assert client_for(stage.director).call("get", path).status_code == 200
    assert council.api.call("get", path).json()["code"] == "not_an_earlier_version"


def test_the_pages_lead_from_one_to_the_other_and_name_nobody(
    council: Council, pages: Client
) -> None:
    pages.force_login(council.reader)
    council.document(council.talking, DocumentKind.MR)
    assert pages.get("/thuis")["Location"] == "/documenten/vastgesteld"
    at = f"/routekaart/{council.adopted.routekaart.pk}"
    shown = {
        path: pages.get(path)
        for path in (
            "/documenten/vastgesteld",
            f"{at}/plan",
            f"{at}/jaar",
            f"{at}/besluit",
            f"{at}/documenten",
            f"/plan/{council.adopted.plan.pk}",
            f"/plan/{council.adopted.plan.pk}/uren",
        )
    }
    assert {path: one.status_code for path, one in shown.items()} == dict.fromkeys(shown, 200)
    for path, one in shown.items():
        html = one.content.decode()
        assert [name for name in NAMES if name in html] == [], path
    first = shown["/documenten/vastgesteld"].content.decode()
    assert f"{at}/plan" in first
    assert "Bovenbouw, plan" not in first
    assert "Samenvatting voor de MR: Bovenbouw" in " ".join(first.split())
    assert str(council.talking.routekaart.pk) not in first
    for path in ("/overzicht", "/routekaarten", f"{at}/antwoorden"):
        assert pages.get(path).status_code == 403, path


def test_jobs_are_not_for_the_mr(council: Council) -> None:
    job = Job.objects.create(
        school=council.adopted.school,
        kind=JobKind.DOCUMENT,
        state=JobState.QUEUED,
        routekaart=council.adopted.routekaart,
    )
    assert council.api.call("get", f"/jobs/{job.pk}").status_code == 404


def test_who_is_in_a_team_and_in_the_mr_keeps_the_own_team_whole() -> None:
    council = Council()
    teacher = make_person()
    employ(teacher, council.talking.school)
    join(teacher, council.talking.team)
    grant(teacher, Role.MEMBER, school=council.talking.school)
    grant(teacher, Role.MR_READER, school=council.talking.school)
    third = Stage(council.talking.school, "Middenbouw").planned()
    access = access_for(teacher)
    with access.entered():
        routekaarten = set(Routekaart.objects.filter(access.visible(Routekaart)))
        plans = set(Plan.objects.filter(access.visible(Plan)))
        goals = set(Goal.objects.filter(access.visible(Goal)))
        days = set(StudyDay.objects.filter(access.visible(StudyDay)))
    assert routekaarten == {council.talking.routekaart, council.adopted.routekaart}
    assert plans == {council.talking.plan, council.adopted.plan}
    # What is inside: of the own team alone.
    assert goals == {council.talking.goal}
    assert days == {council.talking.study_day}
    assert third.routekaart not in routekaarten
    fetched = access.fetch(Routekaart, council.talking.routekaart.pk, Permission.EDIT_ROUTEKAART)
    assert fetched == council.talking.routekaart
