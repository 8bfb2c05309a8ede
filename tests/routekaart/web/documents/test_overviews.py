"""Overviews as documents: who asks for which, and the summary for the MR of a team."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Document, Job, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from tests.makers import grant, make_board, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADDRESS = "/documenten/overzichten"
ASKED = {"kind": "overzicht", "format": "pdf", "length": "full", "year": "2026"}


@pytest.fixture
def stage(catalogue: Any) -> Stage:  # noqa: ARG001  (loaded before the team chooses)
    return Stage(make_school(make_board("Samen"), "De Wilg"))


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def payloads() -> list[dict[str, Any]]:
    return [job.payload for job in Job.objects.order_by("requested_at")]


def test_a_director_asks_for_the_own_school(stage: Stage) -> None:
    client = client_of(stage.director)
    html = client.get(ADDRESS).content.decode()
    assert "Maak een document over De Wilg" in html
    # One school: nothing to choose from.
    assert 'name="place"' not in html
    response = client.post(ADDRESS, ASKED | {"format": "xlsx", "length": "compact"})
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    assert client.post(ADDRESS, ASKED | {"kind": "mr"}).status_code == 302
    assert payloads() == [
        {"kind": "school", "format": "xlsx", "length": "full", "year": 2026},
        {"kind": "mr-school", "format": "pdf", "length": "full", "year": 2026},
    ]
    html = client.get(ADDRESS).content.decode()
    assert "Overzicht van de school (Excel), zonder namen" in html
    assert "Samenvatting voor de MR van alle teams (PDF), zonder namen" in html


def test_a_board_chooses_a_school_or_all(stage: Stage) -> None:
    board = stage.school.board
    make_school(board, "De Eik")
    client = client_of(make_colleague(stage.team, Role.BOARD))
    html = client.get(f"{ADDRESS}?school={stage.school.pk}").content.decode()
    assert "Alle scholen van Samen" in html
    assert f'<option value="{stage.school.pk}" selected>' in html
    client.post(ADDRESS, ASKED | {"place": str(board.pk), "length": "compact"})
    client.post(ADDRESS, ASKED | {"place": str(board.pk), "length": "standard"})
    client.post(ADDRESS, ASKED | {"place": str(stage.school.pk)})
    assert [(one["kind"], one["length"]) for one in payloads()] == [
        ("board", "compact"),
        ("board", "standard"),
        ("school", "full"),
    ]
    response = client.post(ADDRESS, ASKED | {"kind": "mr", "place": str(board.pk)})
    assert response.status_code == 422
    assert "gaat over één school" in response.content.decode()


def test_an_mr_reads_and_asks_for_nothing(stage: Stage) -> None:
    with scopes_disabled():
        Document.objects.create(
            school=stage.school,
            kind="mr-school",
            format="pdf",
            length="full",
            input_hash="1" * 64,
            content_hash="2" * 64,
            size=1,
            media_type="application/pdf",
            file_name="samenvatting-mr-de-wilg-2026-2027.pdf",
            subject="De Wilg, 2026-2027",
        )
    client = client_of(make_colleague(stage.team, Role.MR_READER))
    html = client.get("/documenten/vastgesteld").content.decode()
    assert "Samenvatting voor de MR van alle teams: De Wilg, 2026-2027" in html
    assert 'name="kind"' not in html
    assert client.post(ADDRESS, ASKED).status_code == 403
    assert payloads() == []
    assert client_of(stage.lead).get(ADDRESS).status_code == 403


def test_as_many_queries_for_one_document_as_for_thirty(stage: Stage) -> None:
    client = client_of(stage.director)

    def add(first: int, number: int) -> None:
        with scopes_disabled():
            for each in range(first, first + number):
                Document.objects.create(
                    school=stage.school,
                    kind="school",
                    format="pdf",
                    length="full",
                    input_hash=f"{each:064}",
                    content_hash="2" * 64,
                    size=1,
                    media_type="application/pdf",
                    file_name="overzicht.pdf",
                )
                Job.objects.create(
                    school=stage.school,
                    kind="document",
                    payload={"kind": "school", "format": "pdf", "length": "full", "year": each},
                )

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(ADDRESS).status_code == 200
        return len(found)

    add(1, 1)
    one = queries()
    add(2, 29)
    assert queries() == one <= 15


def test_the_summary_for_the_mr_from_the_page_of_a_team() -> None:
    stage = Stage().planned()
    page = f"/routekaart/{stage.routekaart.pk}/documenten"
    address = f"/routekaart/{stage.routekaart.pk}/samenvatting-mr"
    client = client_of(stage.director)
    assert f'action="{address}"' in client.get(page).content.decode()
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (302, page)
    assert "Samenvatting voor de MR (PDF), zonder namen" in client.get(page).content.decode()
    client.post(address, {"format": "docx"})
    assert "Samenvatting voor de MR (Word), zonder namen" in client.get(page).content.decode()
    reader = client_of(make_colleague(stage.team, Role.MEMBER))
    assert address not in reader.get(page).content.decode()
    assert reader.post(address).status_code == 403


def test_there_is_a_way_to_it(stage: Stage) -> None:
    client = client_of(stage.director)
    assert f"{ADDRESS}?jaar=" in client.get("/overzicht").content.decode()
    make_school(stage.school.board, "De Eik")
    client = client_of(make_colleague(stage.team, Role.BOARD))
    assert f"{ADDRESS}?jaar=" in client.get("/overzicht").content.decode()


def test_only_what_is_of_a_school_where_one_sends_can_be_sent(stage: Stage) -> None:
    """The MR of another school reads its summary, and does no more with it."""
    elsewhere = make_school(name="De Eik")
    grant(stage.director, Role.MR_READER, school=elsewhere)
    with scopes_disabled():
        made = [
            Document.objects.create(
                school=school,
                kind=DocumentKind.MR_SCHOOL,
                format=DocumentFormat.PDF,
                length=DocumentLength.FULL,
                input_hash="1" * 64,
                content_hash="4f2a91c0" * 8,
                size=48_213,
                media_type="application/pdf",
                file_name="samenvatting.pdf",
            )
            for school in (stage.school, elsewhere)
        ]
    html = client_of(stage.director).get(ADDRESS).content.decode()
    ways = ("", "/versturen")
    shown = [[f'href="/document/{one.pk}{way}"' in html for way in ways] for one in made]
    assert shown == [[True, True], [True, False]]
