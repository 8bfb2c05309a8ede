"""Whoever is added to a school hears where to go, and how to get a password."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.actions.organisation.welcome import came_in, invite_again
from routekaart.clock import standing_at
from routekaart.domain.errors import Conflict
from routekaart.domain.mail_texts import OWN_LINK
from routekaart.models import AuditEntry, Employment, Mail, Person, School
from routekaart.queries.mail.content import text_now
from tests.makers import access_for, grant, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADDRESS = "https://routekaart.school.test/"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def admin(school: School) -> Person:
    return make_colleague(make_team(school), Role.SCHOOL_ADMIN, name="Ada Admin")


def add(admin: Person, school: School, email: str) -> Employment:
    return add_employment(
        by=access_for(admin),
        school_id=school.pk,
        email=email,
        name="Nina Nieuw",
        roles=[Role.MEMBER],
        functions=["leerkracht"],
        fte=Decimal(1),
        working_days=[1, 2],
        weekly_study_minutes=None,
    )


def told() -> list[tuple[str, str, str, str]]:
    rows = Mail.objects.order_by("made_at").select_related("person")
    return [(row.person.email, row.kind, row.state, row.subject) for row in rows]


def test_everybody_gets_the_same_mail(admin: Person, school: School, settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = ADDRESS
    known = make_person(password="een-lang-wachtwoord")
    add(admin, school, "nina@voorbeeld.test")
    add(admin, school, known.email)
    subject = "Welkom bij Routekaart van De Proefschool"
    assert told() == [
        ("nina@voorbeeld.test", "welcome", "queued", subject),
        (known.email, "welcome", "queued", subject),
    ]
    (body,) = set(Mail.objects.values_list("body", flat=True))
    assert f"Nog geen wachtwoord? Kies er een:\n{OWN_LINK}\n" in body
    # Whoever reads the outbox finds no way into the account.
    assert "/uitnodiging/" not in body
    mail = Mail.objects.order_by("made_at")[0]
    sent = text_now(mail, today=mail.made_at.date())
    assert sent is not None
    assert OWN_LINK not in sent.body
    assert f"{ADDRESS}uitnodiging/" in sent.body


def test_an_invitation_that_was_sent_again_replaces_the_mail_that_still_waits(
    admin: Person, school: School, settings: Settings
) -> None:
    settings.PUBLIC_ADDRESS = ADDRESS
    employment = add(admin, school, "nina@voorbeeld.test")
    invite_again(by=access_for(admin), employment_id=employment.pk)
    first, second = Mail.objects.order_by("made_at")
    assert text_now(first, today=first.made_at.date()) is None
    assert text_now(second, today=second.made_at.date()) is not None
    with access_for(admin).entered():
        actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["add_employment", "invite_again"]


def test_who_has_signed_in_needs_no_invitation(admin: Person, school: School) -> None:
    employment = add(admin, school, "nina@voorbeeld.test")
    Person.objects.filter(pk=employment.person_id).update(last_login=timezone.now())
    with pytest.raises(Conflict) as refused:
        invite_again(by=access_for(admin), employment_id=employment.pk)
    assert refused.value.code == "already_active"


def test_somebody_is_invited_three_times_an_hour(admin: Person, school: School) -> None:
    """Nobody's mailbox is filled by who knows the address, nor the queue of everybody's mail."""
    by = access_for(admin)
    employment, other = (add(admin, school, f"{name}@voorbeeld.test") for name in ("nina", "noor"))
    for _ in range(2):
        invite_again(by=by, employment_id=employment.pk)
    with pytest.raises(Conflict) as refused:
        invite_again(by=by, employment_id=employment.pk)
    assert (refused.value.code, refused.value.message) == (
        "invited_too_often",
        "Deze medewerker kreeg het afgelopen uur al 3 uitnodigingen. Probeer het later weer.",
    )
    assert Mail.objects.filter(person=employment.person).count() == 3
    invite_again(by=by, employment_id=other.pk)
    # An hour after the first one.
    with standing_at(Mail.objects.earliest("made_at").made_at + timedelta(hours=1)):
        invite_again(by=by, employment_id=employment.pk)
        with pytest.raises(Conflict, match="het afgelopen uur"):
            invite_again(by=by, employment_id=employment.pk)


def test_nor_more_often_by_adding_somebody_again(admin: Person, school: School) -> None:
    by = access_for(admin)
    for _ in range(3):
        end_employment(by=by, employment_id=add(admin, school, "nina@voorbeeld.test").pk)
    with pytest.raises(Conflict) as refused:
        add(admin, school, "nina@voorbeeld.test")
    assert refused.value.code == "invited_too_often"
    assert Mail.objects.count() == 3
    add(admin, school, "noor@voorbeeld.test")


def test_what_one_school_sends_does_not_hold_up_another(admin: Person, school: School) -> None:
    """Who runs both adds the same person at both."""
    other = make_school()
    grant(admin, Role.SCHOOL_ADMIN, school=other)
    employment = add(admin, school, "nina@voorbeeld.test")
    for _ in range(2):
        invite_again(by=access_for(admin), employment_id=employment.pk)
    assert add(admin, other, "nina@voorbeeld.test").person == employment.person
    assert Mail.objects.filter(school=other).count() == 1


def test_only_who_manages_people_invites_again(admin: Person, school: School) -> None:
    employment = add(admin, school, "nina@voorbeeld.test")
    director = make_colleague(make_team(school, "Bovenbouw"), Role.DIRECTOR)
    stranger = make_colleague(make_team(), Role.SCHOOL_ADMIN)
    for person in (director, stranger):
        with pytest.raises((Forbidden, NotFound)):
            invite_again(by=access_for(person), employment_id=employment.pk)
    assert Mail.objects.count() == 1


def test_without_an_address_it_says_what_to_press(admin: Person, school: School) -> None:
    add(admin, school, "nina@voorbeeld.test")
    body = Mail.objects.get().body
    link = "Wachtwoord vergeten, of nog geen wachtwoord?"
    assert f"‘{link}’" in body
    assert link in Client().get("/accounts/login/").text
    assert "http" not in body


def test_once_for_each_time_that_somebody_starts(admin: Person, school: School) -> None:
    employment = add(admin, school, "nina@voorbeeld.test")
    with pytest.raises(Conflict):
        add(admin, school, "nina@voorbeeld.test")
    assert len(told()) == 1
    end_employment(by=access_for(admin), employment_id=employment.pk)
    add(admin, school, "nina@voorbeeld.test")
    assert len(told()) == 2


def test_who_signs_in_is_called_by_the_own_name_and_others_are_not(
    admin: Person, school: School
) -> None:
    people = [make_person("Wim de Wit"), make_person("Noor Blauw")]
    added = [add(admin, school, person.email) for person in people]
    came_in(people[0])
    with scopes_disabled():
        for employment in added:
            employment.refresh_from_db()
    assert [one.shown_name for one in added] == ["Wim de Wit", "Nina Nieuw"]
