"""What a message says when it goes out: about its own person, team and schools."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.domain.mail_texts import OWN_LINK, Text
from routekaart.models import Employment, Invitation, Mail, MailBatch, Person, School
from routekaart.models.mail import MailKind
from routekaart.queries.mail.content import digest_key, text_now
from routekaart.queries.organisation.invitations import link_of, welcome_key
from tests.makers import employ, join, make_person, make_routekaart, make_school, make_team

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 23)
NOW = datetime(2026, 9, 23, 9, tzinfo=UTC)


def message(school: School, person: Person, kind: MailKind, key: str, **values: object) -> Mail:
    fields = {"subject": "Onderwerp", "body": "Tekst"}
    return Mail.objects.create(school=school, person=person, kind=kind, key=key, **fields | values)


def invited(person: Person, school: School) -> Invitation:
    with scopes_disabled():
        return Invitation.objects.create(
            employment=Employment.objects.get(person=person, school=school),
            sent_at=NOW,
            expires_at=NOW,
        )


def test_a_welcome_has_the_link_of_its_own_person_and_school(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.test"
    here, elsewhere = make_school(), make_school()
    anna, bram = make_person("Anna"), make_person("Bram")
    told = []
    for person, school in ((anna, here), (bram, here), (bram, elsewhere)):
        employ(person, school)
        invitation = invited(person, school)
        about = welcome_key(invitation)
        mail = message(
            school, person, MailKind.WELCOME, about, body=f"Ga naar {OWN_LINK}", about=[about]
        )
        told.append((mail, Text("Onderwerp", f"Ga naar {link_of(invitation)}")))
    assert len({text.body for _, text in told}) == 3
    assert [text_now(mail, today=TODAY) for mail, _ in told] == [text for _, text in told]


def test_a_change_of_plan_is_not_told_to_who_is_in_another_team_by_now() -> None:
    team = make_team()
    beside = make_team(team.school, "Bovenbouw")
    stays, moved = make_person("Anna"), make_person("Bram")
    join(stays, team)
    join(moved, beside)
    with scopes_disabled():
        batch = MailBatch.objects.create(
            school=team.school,
            routekaart=make_routekaart(team, state="running"),
            kind=MailKind.PLAN_CHANGED,
            title="Het plan",
        )
    found = [
        text_now(
            message(team.school, person, MailKind.PLAN_CHANGED, "plan", batch=batch), today=TODAY
        )
        for person in (stays, moved)
    ]
    assert found == [Text("Onderwerp", "Tekst"), None]


def test_a_digest_reads_no_school_where_its_person_does_not_work() -> None:
    person = make_person()
    school = make_school()
    employ(person, school)
    mail = message(school, person, MailKind.DIGEST, digest_key(TODAY))
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert text_now(mail, today=TODAY) is None
        counted.append(len(captured))
        employ(make_person("Bram"), make_school())
    assert counted[0] == counted[1]
