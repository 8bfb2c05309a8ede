"""Own keys for other programs, on the page."""

import re

import pytest
from django.test import Client

from routekaart.access import NotFound, Role, access_of
from routekaart.actions.organisation.tokens import MOST_OWN, issue_own_token, issue_token
from routekaart.models import ApiToken, Mail, Person
from tests.forms_in import forms_in
from tests.makers import (
    ApiClient,
    grant,
    make_colleague,
    make_person,
    make_school,
    make_team,
)
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = "/mijn-gegevens/sleutels"


def come_in(pages: Client, person: Person) -> None:
    """Just now, with the password: as a key asks."""
    person.set_password(LONG_PASSWORD)
    person.save()
    assert sign_in(pages, person).status_code == 302


def test_a_key_is_shown_once_works_and_can_be_taken_back(pages: Client) -> None:
    person = make_colleague(make_team(), Role.TRAINER)
    come_in(pages, person)
    answer = pages.post(PAGE, {"name": "Rooster", "right": "write"})
    found = re.search(r'<code class="key">(rk_[^<]+)</code>', answer.content.decode())
    assert answer.status_code == 200
    assert found is not None
    api = ApiClient(found[1])
    assert api.call("get", "/me").json()["email"] == person.email
    html = pages.get(PAGE).content.decode()
    assert "<strong>Rooster</strong>" in html
    assert found[1] not in html
    token = ApiToken.objects.get(person=person)
    for _ in range(2):
        revoked = pages.post(PAGE, {"intrekken": str(token.pk)})
        assert (revoked.status_code, revoked["Location"]) == (302, PAGE)
    assert api.call("get", "/me").status_code == 401
    assert "Je hebt geen sleutels." in pages.get(PAGE).content.decode()


def test_the_key_of_somebody_else_does_not_exist(pages: Client) -> None:
    token, _ = issue_token(make_person(), "van een ander")
    pages.force_login(make_person())
    assert "van een ander" not in pages.get(PAGE).content.decode()
    for named in (str(token.pk), "iets"):
        assert pages.post(PAGE, {"intrekken": named}).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_not_without_a_name_and_not_without_end(pages: Client) -> None:
    person = make_person()
    come_in(pages, person)
    for number in range(MOST_OWN):
        issue_token(person, f"sleutel {number}")
    for name, message in (
        ("", "Vul in waarvoor de sleutel is."),
        ("nog een", "Je hebt al 10 sleutels."),
    ):
        answer = pages.post(PAGE, {"name": name, "right": "read"})
        assert answer.status_code == 422
        assert message in answer.content.decode()
    assert ApiToken.objects.filter(person=person).count() == MOST_OWN


def test_what_a_key_may_is_chosen_and_shown(pages: Client) -> None:
    here, there = make_team(), make_team()
    person = make_colleague(here, Role.TRAINER)
    grant(person, Role.TRAINER, school=there.school)
    come_in(pages, person)
    answer = pages.post(
        PAGE, {"name": "Rooster", "right": "read", "schools": [str(there.school_id)]}
    )
    [plain] = re.findall(r"rk_[^<]+", answer.content.decode())
    api = ApiClient(plain)
    assert [school["id"] for school in api.call("get", "/me").json()["schools"]] == [
        str(there.school_id)
    ]
    refused = api.call("patch", f"/teams/{there.pk}", {"name": "Anders"})
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only_token")
    html = " ".join(pages.get(PAGE).content.decode().split())
    assert f"alleen lezen, voor {there.school.name}, gemaakt op" in html
    assert "laatst gebruikt op" in html


def test_no_key_for_a_school_of_others(pages: Client) -> None:
    person = make_colleague(make_team(), Role.TRAINER)
    grant(person, Role.TRAINER, school=make_school())
    come_in(pages, person)
    elsewhere = make_school()
    answer = pages.post(PAGE, {"name": "X", "right": "write", "schools": [str(elsewhere.pk)]})
    assert answer.status_code == 422
    with pytest.raises(NotFound):
        issue_own_token(by=access_of(person), name="X", may_write=True, schools=[elsewhere.pk])
    assert not ApiToken.objects.exists()


def test_an_open_session_makes_no_key(pages: Client) -> None:
    """As on a laptop that was left open: the password is asked once more, what was typed stays."""
    person = make_colleague(make_team(), password=LONG_PASSWORD)
    pages.force_login(person)
    form = forms_in(pages.get(PAGE))[-1]
    filled = form.filled_in("Rooster") | {"right": "write"}
    answer = pages.post(PAGE, filled)
    question = f"/accounts/reauthenticate/?next={PAGE.replace('/', '%2F')}"
    assert (answer.status_code, answer["Location"]) == (302, question)
    assert not ApiToken.objects.exists()
    assert not Mail.objects.exists()
    assert pages.post(question, {"password": "x"}).status_code != 302
    assert pages.post(PAGE, filled)["Location"] == question
    assert pages.post(question, {"password": LONG_PASSWORD})["Location"] == PAGE
    assert 'value="Rooster"' in pages.get(PAGE).text
    assert pages.post(PAGE, filled).status_code == 200
    assert ApiToken.objects.get().name == "Rooster"
    # Its owner hears of it, without the name that others could read in the outbox.
    mail = Mail.objects.get()
    assert (mail.person, mail.kind, mail.state) == (person, "account", "queued")
    assert "lezen en wijzigen" in mail.body
    assert "Rooster" not in mail.subject + mail.body
