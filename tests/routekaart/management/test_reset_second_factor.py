"""Taking away a second step on the server, for who has places at several schools."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import AuditEntry, Mail, Person, RoleGrant
from tests.makers import make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db


def run(email: str) -> str:
    said = StringIO()
    call_command("reset_second_factor", email, stdout=said)
    return said.getvalue()


def with_second_step(person: Person) -> Person:
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=person, type=kind, data={})
    return person


def test_every_school_of_this_person_reads_it_in_its_log() -> None:
    first, second = make_team(), make_team()
    person = with_second_step(make_colleague(first))
    RoleGrant.objects.create(person=person, role=Role.TRAINER, school=second.school)
    colleague = with_second_step(make_colleague(first))
    pages = Client()
    pages.force_login(person)
    pages.get("/mijn-account")
    assert run(f" {person.email.upper()}") == (
        "De tweede stap staat uit. Dit account is overal afgemeld en krijgt een mail.\n"
    )
    assert {one.user for one in Authenticator.objects.all()} == {colleague}
    assert pages.get("/mijn-gegevens").status_code == 302
    mail = Mail.objects.get()
    assert (mail.person, mail.kind) == (person, "account")
    assert "De technisch beheerder van Routekaart heeft de tweede stap" in mail.body
    with scopes_disabled():
        rows = AuditEntry.objects.filter(person=None)
        assert set(rows.values_list("school", "action", "object_id")) == {
            (team.school_id, "reset_second_factor_on_server", str(person.pk))
            for team in (first, second)
        }
        assert rows.count() == AuditEntry.objects.count()
    assert run(person.email) == "Dit account had geen tweede stap. Er is niets veranderd.\n"
    assert Mail.objects.count() == 1


def test_somebody_without_a_school_is_helped_too() -> None:
    person = with_second_step(make_person())
    run(person.email)
    assert not Authenticator.objects.exists()
    assert not Mail.objects.exists()


def test_an_address_of_nobody() -> None:
    with pytest.raises(CommandError, match="Er is geen account met dit adres"):
        run("niemand@voorbeeld.test")
