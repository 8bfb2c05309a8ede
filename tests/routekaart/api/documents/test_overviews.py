"""Overviews and the summary for the MR over HTTP."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Document, Job
from tests.makers import client_for, make_board, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
YEAR = {"school_year": "2026-2027"}


def test_a_school_its_board_and_its_mr() -> None:
    board = make_board()
    stage = Stage(make_school(board))
    make_school(board)
    client = client_for(make_colleague(stage.team, Role.BOARD))
    address = f"/schools/{stage.school.pk}/documents"
    for wanted, kind in (
        (YEAR | {"format": "xlsx"}, "school"),
        (YEAR | {"kind": "board", "length": "compact"}, "board"),
        (YEAR | {"kind": "mr-school"}, "mr-school"),
    ):
        answer = client.call("post", address, wanted)
        assert (answer.status_code, answer.json()["document_kind"]) == (202, kind)
        assert client.call("get", answer["Location"]).json() == answer.json()
        job = Job.objects.get(pk=answer.json()["id"])
        assert (job.payload["year"], job.board_id) == (2026, board.pk if kind == "board" else None)
    # A school is no board to who oversees only that school.
    director = client_for(stage.director)
    answer = director.call("post", address, YEAR | {"kind": "board"})
    assert answer.status_code == 403
    answer = director.call("post", address, YEAR | {"kind": "mr-school", "format": "xlsx"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "format_not_offered")


def test_the_list_of_a_school() -> None:
    stage = Stage()
    with scopes_disabled():
        document = Document.objects.create(
            school=stage.school,
            kind="school",
            format="xlsx",
            length="full",
            input_hash="1" * 64,
            content_hash="2" * 64,
            size=1,
            media_type="application/pdf",
            file_name="schooloverzicht.xlsx",
        )
    address = f"/schools/{stage.school.pk}/documents"
    [found] = client_for(stage.director).call("get", address).json()["items"]
    assert (found["id"], found["kind"], found["routekaart"], found["plan"]) == (
        str(document.pk),
        "school",
        None,
        None,
    )
    # What is about a whole school is not for who only sees a team.
    assert client_for(stage.member).call("get", address).json()["items"] == []


def test_the_summary_of_a_plan() -> None:
    stage = Stage().planned()
    address = f"/routekaarten/{stage.routekaart.pk}/mr-summaries"
    answer = client_for(stage.director).call("post", address, {"plan": str(stage.plan.pk)})
    assert (answer.status_code, answer.json()["document_kind"]) == (202, "mr")
    assert answer.json()["persons"] is False
    other = Stage().planned()
    answer = client_for(stage.director).call("post", address, {"plan": str(other.plan.pk)})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown_plan")
