"""No document and no mail holds a word of a place that it is not about (see `canaries.py`)."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import Document, Mail
from routekaart.storage import Storage
from tests.canaries import WORD, plant, text_in, without_breaks
from tests.matrix_table import TABLE
from tests.matrix_world import World
from tests.routekaart.api.test_matrix import operations
from tests.sending import send_all
from tests.worker_bench import run_next

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# A weekday, within the hours in which mail goes.
NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
ASKING = {
    "request_document",
    "request_group_plan",
    "request_person_plan",
    "request_booklet",
    "request_mr_summary",
    "request_school_document",
    "request_school_bundle",
    "request_board_bundle",
}
MAKERS = (Role.MEMBER, Role.TEAM_LEAD, Role.TRAINER, Role.DIRECTOR, Role.BOARD)
FORMATS = ("pdf", "docx", "xlsx", "json")


@pytest.fixture
def world(settings: Settings) -> World:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    made = World(Storage(settings.STORAGE_DIR))
    plant(made)
    return made


def made_documents(world: World) -> Iterator[tuple[Document, str]]:
    """Each kind for each who may have it made, in every format; with its text."""
    with scopes_disabled():
        before = set(Document.objects.all())
    own = world.places["own"]
    for operation in operations():
        if operation.name not in ASKING:
            continue
        row = TABLE[operation.name]
        for role in MAKERS:
            for wanted in FORMATS:
                body = row.body(own) if row.body else {}
                body |= {"formats": [wanted]} if "bundle" in operation.name else {"format": wanted}
                path = operation.path.format(**own.ids)
                world.clients[role.value].call(operation.method, path, body)
    while run_next():
        pass
    with scopes_disabled():
        for document in Document.objects.exclude(pk__in=[one.pk for one in before]):
            with world.storage.open(document.content_hash) as file:
                yield document, without_breaks(text_in(io.BytesIO(file.read()).getvalue()))


def _reach(world: World, document: Document) -> set[str]:
    """The places that a document is about: a team, a school, or all schools of a board."""
    found = set()
    for where, place in world.places.items():
        school = place.stage.school
        if document.routekaart_id:
            reaches = document.routekaart_id == place.stage.routekaart.pk
        elif document.board_id:
            reaches = document.board_id == school.board_id
        else:
            reaches = document.school_id == school.pk
        if reaches:
            found.add(where.replace("_", ""))
    return found


def test_no_document_holds_a_word_of_elsewhere(world: World) -> None:
    """Of one team nothing of the next; without persons no name of anybody."""
    wrong, kinds, places = set(), set(), set()
    for document, text in made_documents(world):
        kinds.add(str(document.kind))
        words = set(WORD.findall(text))
        reach = _reach(world, document)
        places |= reach
        wrong |= {
            f"{document.kind} {document.format} shows {where} {model}"
            for where, model in words
            # The school of the team next door has the word of the own one.
            if not (
                where in reach or (model == "School" and "nextdoor" in reach and where == "own")
            )
            or (model == "Person" and not document.holds_persons)
        }
    assert wrong == set()
    assert {"team", "group", "person", "study-day", "mr", "school", "bundle"} <= kinds
    assert places == {"own", "nextdoor", "sibling"}


def test_no_mail_holds_a_word_of_elsewhere(world: World) -> None:
    """All that waits in every place: whoever gets it works there."""
    for operation in ("prepare_mail_batch", "send_document"):
        [found] = [one for one in operations() if one.name == operation]
        row, own = TABLE[operation], world.places["own"]
        client = world.clients[Role.TEAM_LEAD.value]
        body = row.body(own) if row.body else None
        assert client.call(found.method, found.path.format(**own.ids), body).status_code == 201
    # By the clock of the database they are due, by that of the school it is a working day.
    Mail.objects.update(state="queued", due_at=timezone.now() - timedelta(hours=1))
    send_all(now=NOON)
    assert outbox.outbox
    for message in outbox.outbox:
        words = set(WORD.findall(f"{message.subject} {message.body}"))
        [to] = message.to
        # The word in the address says where somebody works; the eight roles work at `own`.
        homes = {where for where, _ in WORD.findall(to)} or {"own"}
        assert {where for where, model in words if model != "School"} <= homes, (to, words)
