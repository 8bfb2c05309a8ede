"""What a page offers some of its readers and not the others: a button, a link, a sentence."""

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Document
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.models.routekaarten import State
from tests.makers import grant, make_colleague, make_routekaart, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TEAM = {Role.TEAM_LEAD, Role.MEMBER}
PLANNERS = {Role.TEAM_LEAD, Role.TRAINER}
READERS = {*TEAM, Role.TRAINER, Role.DIRECTOR, Role.BOARD}
AND_THE_MR = {*READERS, Role.MR_READER}
OVERSEERS = {Role.TRAINER, Role.DIRECTOR, Role.BOARD}
SENDERS = {*PLANNERS, Role.DIRECTOR, Role.BOARD}


# The state of the routekaart, the page, who reads it, a mark on it, and who of these get that.
@pytest.mark.parametrize(
    ("state", "path", "readers", "mark", "offered"),
    [
        (State.DRAFT, "/routekaart/{routekaart}/team", TEAM, ">Pas het aan bij Beheer<", set()),
        (State.SUBMITTED, "/routekaart/{routekaart}", READERS, ">Terugnemen<", {Role.TEAM_LEAD}),
        (
            State.SUBMITTED,
            "/routekaart/{routekaart}/advies",
            READERS,
            ">Advies maken<",
            {Role.TRAINER},
        ),
        (State.ADVISED, "/routekaart/{routekaart}/jaar", READERS, ">Maak het plan<", PLANNERS),
        (State.ACCEPTED, "/routekaart/{routekaart}/plan", READERS, ">Maak het plan<", PLANNERS),
        (
            State.ACCEPTED,
            "/routekaart/{routekaart}/plan/past-het",
            READERS,
            ">Zoek wat helpt<",
            PLANNERS,
        ),
        (
            State.PLANNED,
            "/routekaart/{routekaart}/plan",
            READERS,
            ">Lees en stel vast<",
            {Role.DIRECTOR},
        ),
        (
            State.PLANNED,
            "/routekaart/{routekaart}/besluit",
            READERS,
            ">Overzicht</a></li><li>",
            OVERSEERS,
        ),
        (
            State.APPROVED,
            "/routekaart/{routekaart}/plan",
            AND_THE_MR,
            ">Begin het jaar<",
            {Role.TEAM_LEAD},
        ),
        (
            State.APPROVED,
            "/routekaart/{routekaart}/plan",
            AND_THE_MR,
            ">Routekaarten</a></li>",
            READERS,
        ),
        (
            State.APPROVED,
            "/routekaart/{routekaart}/documenten",
            AND_THE_MR,
            ">Stuur naar …<",
            SENDERS,
        ),
        (
            State.APPROVED,
            "/overzicht/team/{team}",
            OVERSEERS,
            "/routekaart/{routekaart}/afspraken",
            OVERSEERS - {Role.BOARD},
        ),
        (
            State.APPROVED,
            "/beheer/{school}/teams",
            {Role.SCHOOL_ADMIN, Role.DIRECTOR},
            ">Beheer van ",
            {Role.SCHOOL_ADMIN},
        ),
        (
            State.APPROVED,
            "/mijn-gegevens",
            set(Role),
            ">Pas het aan bij Beheer<",
            {Role.SCHOOL_ADMIN},
        ),
        (
            State.APPROVED,
            "/klussen",
            AND_THE_MR,
            "Documenten maak je bij een routekaart",
            SENDERS,
        ),
        (
            State.APPROVED,
            "/klussen",
            {*AND_THE_MR, Role.SCHOOL_ADMIN},
            "Documenten van teams horen niet bij jouw rol",
            {Role.SCHOOL_ADMIN},
        ),
    ],
)
def test_a_page_offers_to_each_role_what_it_may_do(
    state: State, path: str, readers: set[Role], mark: str, offered: set[Role]
) -> None:
    team = make_team()
    routekaart = make_routekaart(team, state=state)
    with scopes_disabled():
        Document.objects.create(
            routekaart=routekaart,
            school=team.school,
            kind=DocumentKind.MR,
            format=DocumentFormat.PDF,
            length=DocumentLength.FULL,
            input_hash="1" * 64,
            content_hash="4f2a91c0" * 8,
            size=48_213,
            media_type="application/pdf",
            file_name="samenvatting.pdf",
        )
    ids = {"routekaart": routekaart.pk, "team": team.pk, "school": team.school_id}
    found = set()
    for role in readers:
        client = Client()
        client.force_login(make_colleague(team, role))
        response = client.get(path.format(**ids))
        assert response.status_code == 200, role
        if mark.format(**ids) in response.content.decode():
            found.add(role)
    assert found == offered


def test_who_fills_in_and_runs_the_office_is_led_there() -> None:
    team = make_team()
    lead = make_colleague(team, Role.TEAM_LEAD)
    grant(lead, Role.SCHOOL_ADMIN, school=team.school)
    client = Client()
    client.force_login(lead)
    html = client.get(f"/routekaart/{make_routekaart(team).pk}/team").content.decode()
    assert '<a href="/beheer">Pas het aan bij Beheer</a>' in html
