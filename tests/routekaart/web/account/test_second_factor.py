"""The second step: setting it up, signing in with it, schools that demand it, and losing it."""

import re
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.organisation.sign_in import reset_second_factor
from routekaart.models import AuditEntry, Employment, Mail, Person, School
from tests.makers import access_for, client_for, make_colleague, make_person, make_team
from tests.routekaart.web.account.signing_in import (
    CODE,
    LONG_PASSWORD,
    SET_UP,
    code_for,
    is_in,
    kinds_of,
    set_up,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def school() -> School:
    return make_team().school


@pytest.fixture
def person(school: School) -> Person:
    return make_colleague(make_team(school, "Bovenbouw"), password=LONG_PASSWORD)


def demand(school: School) -> None:
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(second_factor_required=True)


def test_set_up_and_asked_for_from_then_on(
    pages: Client,
    person: Person,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    sign_in(pages, person)
    page = pages.get(SET_UP)
    # In the page itself: nothing is fetched, and nothing is styled inline.
    assert '<svg class="qr"' in page.text
    assert " style=" not in page.text
    assert "data:" not in page.text
    request = pages.get(SET_UP).wsgi_request
    with request_context(request), django_capture_on_commit_callbacks(execute=True):
        secret = set_up(pages)
    assert kinds_of(person) == ["recovery_codes", "totp"]
    # It does not stand in the database as it is.
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert [mail.subject for mail in mailoutbox] == ["Je account bij Routekaart is gewijzigd"]
    assert "De tweede stap bij het aanmelden staat aan." in str(mailoutbox[0].body)
    later = Client()
    assert sign_in(later, person)["Location"] == CODE
    assert not is_in(later)
    assert "Deze code klopt niet" in later.post(CODE, {"code": "000000"}).text
    now = code_for(secret, 1)
    assert later.post(CODE, {"code": now}).status_code == 302
    assert is_in(later)
    # A code works once, in whatever process it is used again.
    other = Client()
    sign_in(other, person)
    assert "Deze code klopt niet" in other.post(CODE, {"code": now}).text
    assert not is_in(other)


@pytest.mark.parametrize("again", ["sign in", "change of security"])
def test_a_code_works_once_for_as_long_as_it_is_valid(
    pages: Client, person: Person, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    # At the begin of a half minute: a phone that is ahead shows the next code already.
    moment = 60_000_000 * 30
    monkeypatch.setattr(time, "time", lambda: moment)
    monkeypatch.setattr(
        "django.core.cache.backends.db.tz_now", lambda: datetime.fromtimestamp(moment, tz=UTC)
    )
    sign_in(pages, person)
    secret = set_up(pages)
    code = code_for(secret, 1)
    first = Client()
    sign_in(first, person)
    # Setting it up used one as well.
    assert "Deze code klopt niet" in first.post(CODE, {"code": code_for(secret)}).text
    assert first.post(CODE, {"code": code}).status_code == 302
    later = Client()
    if again == "sign in":
        sign_in(later, person)
        page = CODE
    else:
        later.force_login(person)
        page = "/accounts/2fa/reauthenticate/"
    answers = []
    for seconds in (31, 29, 29):
        moment += seconds
        answers.append("Deze code klopt niet" in later.post(page, {"code": code}).text)
    assert answers == [True, True, True]
    # The next one is as good as ever.
    assert later.post(page, {"code": code_for(secret)}).status_code == 302


def test_that_a_colleague_has_it_on_says_nothing_of_ones_own(
    pages: Client, person: Person, school: School
) -> None:
    colleague = make_colleague(make_team(school, "Kleuters"), password=LONG_PASSWORD)
    Authenticator.objects.create(user=colleague, type="totp", data={"secret": "x"})
    sign_in(pages, person)
    assert ">Zet de tweede stap aan<" in pages.get("/mijn-account").text
    demand(school)
    pages.logout()
    sign_in(pages, person)
    assert pages.get("/mijn-account")["Location"] == SET_UP


def test_a_recovery_code_works_once(pages: Client, person: Person) -> None:
    sign_in(pages, person)
    set_up(pages)
    page = pages.get("/accounts/2fa/recovery-codes/").text
    codes = re.findall(r'<code class="key">(\d{8})</code>', page)
    assert len(codes) == 10
    for expected in (True, False):
        later = Client()
        sign_in(later, person)
        later.post(CODE, {"code": codes[0]})
        assert is_in(later) is expected


def test_codes_are_not_guessed_without_end(pages: Client, person: Person) -> None:
    sign_in(pages, person)
    secret = set_up(pages)
    later = Client()
    sign_in(later, person)
    for _ in range(5):
        later.post(CODE, {"code": "000000"})
    answer = later.post(CODE, {"code": code_for(secret, 1)})
    assert "te vaak mis" in answer.text
    assert not is_in(later)


def test_who_works_at_a_school_that_demands_it_sets_it_up_first(
    pages: Client, school: School, person: Person
) -> None:
    demand(school)
    answer = sign_in(pages, person)
    assert answer.status_code == 302
    for address in ("/", "/mijn-gegevens", "/week", "/mijn-account", "/catalogusbeheer/"):
        answer = pages.get(address)
        assert (answer.status_code, answer["Location"]) == (302, SET_UP), address
    # The session says nothing in the API either; a token does.
    assert pages.get("/api/v1/me").status_code == 401
    assert client_for(person).call("GET", "/me").status_code == 200
    assert "Je school vraagt dit van iedereen." in pages.get(SET_UP).text
    set_up(pages)
    assert is_in(pages)
    assert pages.get("/api/v1/me").status_code == 200
    # It cannot be put off again while a school asks it.
    pages.post("/accounts/2fa/totp/deactivate/")
    assert kinds_of(person) == ["recovery_codes", "totp"]


@pytest.mark.parametrize("role", [Role.TRAINER, Role.BOARD])
def test_so_does_who_reaches_the_school_in_another_way(
    pages: Client, school: School, role: Role
) -> None:
    demand(school)
    person = make_colleague(make_team(school, "Kleuters"), role, password=LONG_PASSWORD)
    sign_in(pages, person)
    assert pages.get("/mijn-gegevens")["Location"] == SET_UP


def test_not_who_has_nothing_to_do_with_it(pages: Client, school: School) -> None:
    demand(school)
    person = make_colleague(make_team(), password=LONG_PASSWORD)
    sign_in(pages, person)
    assert is_in(pages)
    assert sign_in(Client(), make_person(password=LONG_PASSWORD)).status_code == 302


def test_where_no_school_asks_it_it_can_be_put_off(pages: Client, person: Person) -> None:
    sign_in(pages, person)
    set_up(pages)
    pages.post("/accounts/2fa/totp/deactivate/")
    assert kinds_of(person) == []


def test_a_change_of_security_asks_who_is_there(pages: Client, person: Person) -> None:
    """A session without a sign-in of the last minutes, as on a laptop that was left open."""
    pages.force_login(person)
    answer = pages.get(SET_UP)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    page = pages.get(answer["Location"])
    assert "<h1>Ben jij het?</h1>" in page.text
    assert "Dit wachtwoord klopt niet." in pages.post(answer["Location"], {"password": "x"}).text
    assert pages.post(answer["Location"], {"password": LONG_PASSWORD})["Location"] == SET_UP
    set_up(pages)


def test_so_do_the_codes_and_putting_it_off(pages: Client, person: Person) -> None:
    sign_in(pages, person)
    set_up(pages)
    left_open = Client()
    left_open.force_login(person)
    codes, new_codes = "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/"
    off = "/accounts/2fa/totp/deactivate/"
    asked = [left_open.get(address) for address in (codes, new_codes, off)]
    asked += [left_open.post(address) for address in (new_codes, off)]
    for answer in asked:
        assert answer.headers.get("Location", "").startswith("/accounts/reauthenticate/")
    assert kinds_of(person) == ["recovery_codes", "totp"]


def test_another_password_by_mail_does_not_go_around_it(
    pages: Client, person: Person, mailoutbox: list[EmailMessage]
) -> None:
    sign_in(pages, person)
    set_up(pages)
    later = Client()
    later.post("/accounts/password/reset/", {"email": person.email})
    link = re.findall(r"http://testserver(/\S+)", str(mailoutbox[-1].body))[0]
    page = later.get(link, follow=True)
    (action,) = re.findall(r'<form class="sheet boxed" method="post" action="([^"]*)"', page.text)
    new = {"password1": "een-nieuw-wachtwoord", "password2": "een-nieuw-wachtwoord"}
    assert later.post(action, new)["Location"] == CODE
    assert not is_in(later)


# --- Lost ----------------------------------------------------------------------------------------
def employment_of(person: Person) -> Employment:
    with scopes_disabled():
        return Employment.objects.get(person=person)


def test_the_school_admin_takes_it_away_for_who_lost_it(
    pages: Client, school: School, person: Person
) -> None:
    demand(school)
    sign_in(pages, person)
    set_up(pages)
    admin = make_colleague(make_team(school, "Kleuters"), Role.SCHOOL_ADMIN)
    office = Client()
    office.force_login(admin)
    address = f"/beheer/medewerker/{employment_of(person).pk}/aanmelden"
    assert "Zet de tweede stap uit" in office.get(address).text
    answer = office.post(address, {"doe": "tweede-stap"}, follow=True)
    assert "De tweede stap staat uit." in answer.text
    assert kinds_of(person) == []
    # Signed out, and back to setting it up.
    assert not is_in(pages)
    sign_in(pages, person)
    assert pages.get("/mijn-gegevens")["Location"] == SET_UP
    mail = Mail.objects.get(kind="account")
    assert (mail.person, mail.state) == (person, "queued")
    assert school.name in mail.body
    with scopes_disabled():
        (row,) = AuditEntry.objects.filter(action="reset_second_factor")
    assert (row.person, row.school) == (admin, school)
    # Nothing left to take: no second mail.
    reset_second_factor(by=access_for(admin), employment_id=employment_of(person).pk)
    assert Mail.objects.filter(kind="account").count() == 1


def test_only_a_school_admin_of_that_school_does(person: Person) -> None:
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    found = employment_of(person)
    with scopes_disabled():
        at_home = make_colleague(make_team(found.school, "Zorgteam"), Role.DIRECTOR)
    elsewhere = make_colleague(make_team(), Role.SCHOOL_ADMIN)
    for somebody in (person, at_home, elsewhere):
        with pytest.raises((Forbidden, NotFound)):
            reset_second_factor(by=access_for(somebody), employment_id=found.pk)
    assert kinds_of(person) == ["totp"]


def test_a_school_sets_it_on_its_own_page(pages: Client, school: School) -> None:
    admin = make_colleague(make_team(school, "Kleuters"), Role.SCHOOL_ADMIN)
    pages.force_login(admin)
    address = f"/beheer/{school.pk}/gegevens"
    form = pages.get(address).context["form"]
    values = {name: form.initial[name] for name in form.fields if form.initial.get(name)}
    shown = {f"initial-{name}": value for name, value in values.items()}
    answer = pages.post(address, {**values, **shown, "second_factor_required": "on"})
    assert answer.status_code == 302
    with scopes_disabled():
        assert School.objects.get(pk=school.pk).second_factor_required
