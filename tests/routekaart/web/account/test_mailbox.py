"""A code by mail, before a school's word for an address opens an account or makes one."""

import re
import socket
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment
from routekaart.clock import now, standing_at
from routekaart.models import Person, School
from tests.at_once import at_once
from tests.makers import access_for, grant, make_colleague, make_person, make_school, make_team
from tests.oidc_providers import RealProvider
from tests.routekaart.web.account.elsewhere import (
    MAILBOX,
    code_in_mail,
    school_of,
    through,
    through_mailbox,
)
from tests.routekaart.web.account.signing_in import CODE, LONG_PASSWORD, is_in, set_up, sign_in

pytestmark = pytest.mark.django_db
OVER = "Deze code werkt niet meer. Meld je opnieuw aan."


@pytest.fixture
def director() -> Person:
    team = make_team()
    person = make_colleague(team, password=LONG_PASSWORD)
    grant(person, Role.DIRECTOR, school=team.school)
    Person.objects.filter(pk=person.pk).update(email="directie@school.test")
    person.refresh_from_db()
    return person


def tells(entree: RealProvider, sub: str, school: School, email: str = "", **other: Any) -> None:
    """What the provider of a school says of somebody."""
    told = {
        "mail": email or "directie@school.test",
        "nlEduPersonHomeOrganizationId": school.brin,
        "eduPersonAffiliation": ["employee"],
        **other,
    }
    entree.knows(sub, **told)


def asked(browser: Client, entree: RealProvider, sub: str, **to_the_button: str) -> str:
    """Comes back from the provider to the question; gives the code."""
    onward = browser.post("/accounts/oidc/entree/login/", to_the_button)
    answer = browser.get(entree.back_from(onward.context["address"], sub))
    assert (answer.status_code, answer["Location"]) == (302, MAILBOX)
    return code_in_mail()


def wrong(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


# --- What a school cannot do ---------------------------------------------------------------------
@pytest.mark.usefixtures("catalogue")
def test_a_school_does_not_sign_in_as_somebody_of_another(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    elsewhere = make_school(name="De Iep")
    admin = make_person()
    grant(admin, Role.SCHOOL_ADMIN, school=elsewhere)
    add_employment(
        by=access_for(admin),
        school_id=elsewhere.pk,
        email=director.email,
        name="Een Naam",
        roles=[],
        functions=[],
        fte=Decimal(1),
        working_days=[1],
        weekly_study_minutes=None,
    )
    tells(entree, "m1", elsewhere)
    code = asked(pages, entree, "m1")
    # The code went to the mailbox, which the school does not read.
    assert [one.to for one in mail.outbox] == [["directie@school.test"]]
    assert pages.post(MAILBOX, {"code": wrong(code)}).status_code == 422
    assert not is_in(pages)
    assert not SocialAccount.objects.exists()


def test_a_school_makes_no_account_for_the_address_of_another(
    pages: Client, entree: RealProvider
) -> None:
    school = make_school()
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(staff_joins=True)
    tells(entree, "m2", school)
    code = asked(pages, entree, "m2")
    pages.post(MAILBOX, {"code": wrong(code)})
    assert not Person.objects.filter(email="directie@school.test").exists()
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/thuis"
    assert is_in(pages)
    assert Person.objects.filter(email="directie@school.test").exists()


def test_before_the_code_nothing_tells_who_is_known(entree: RealProvider, director: Person) -> None:
    school = school_of(director)
    left = make_colleague(make_team(school, "Bovenbouw"))
    Person.objects.filter(pk=left.pk).update(email="weg@school.test", is_active=False)
    seen = set()
    for email in ("directie@school.test", "weg@school.test", "niemand@school.test"):
        browser = Client()
        tells(entree, email, school, email)
        answer = through(browser, entree, email, "entree")
        page = browser.get(MAILBOX)
        message = mail.outbox[-1]
        assert message.to == [email]
        words = f"{message.subject} {message.body}".replace(code_in_mail(), "")
        refused = browser.post(MAILBOX, {"code": wrong(code_in_mail())})
        seen.add(
            (
                answer.status_code,
                answer["Location"],
                main_of(page).replace(email, ""),
                main_of(refused).replace(email, ""),
                words,
            )
        )
    assert len(seen) == 1


def main_of(page: Any) -> str:
    """The page without what is new in each: the token of the form, and what was typed."""
    text: str = page.text
    return re.sub(r'value="[^"]*"', "", text.split("<main", 1)[1])


def test_after_the_code_a_stranger_hears_what_a_stranger_hears(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m3", school_of(director), "niemand@school.test")
    answer = through_mailbox(pages, entree, "m3")
    assert answer.status_code == 403
    assert "Er is hier geen account voor jou." in answer.text
    assert not is_in(pages)


# --- The right code ------------------------------------------------------------------------------
def test_the_code_links_and_leads_to_where_one_was_going(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m4", school_of(director), secret="geheim van elders")
    code = asked(pages, entree, "m4", next="/mijn-gegevens")
    # As people type it over.
    answer = pages.post(MAILBOX, {"code": f" {code[:3]} {code[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, "/mijn-gegevens")
    assert is_in(pages)
    link = SocialAccount.objects.get(user=director)
    assert (link.provider, link.uid, link.extra_data) == ("entree", "m4", {})
    assert "Je kunt je nu ook aanmelden met een ander account." in str(mail.outbox[-1].body)
    assert "school.test" not in str(dict(pages.session))
    # From then on without a code, whatever address the school tells.
    tells(entree, "m4", school_of(director), "anders@elders.test")
    mail.outbox.clear()
    later = Client()
    assert through(later, entree, "m4", "entree")["Location"] == "/thuis"
    assert is_in(later)
    assert mail.outbox == []


def test_the_second_step_still_comes(pages: Client, entree: RealProvider, director: Person) -> None:
    sign_in(pages, director)
    set_up(pages)
    tells(entree, "m5", school_of(director))
    later = Client()
    assert through_mailbox(later, entree, "m5")["Location"] == CODE
    assert not is_in(later)


def test_what_waits_holds_no_more_than_is_needed(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m6", school_of(director), phone_number="0612345678")
    asked(pages, entree, "m6")
    waiting = str(dict(pages.session))
    assert "directie@school.test" in waiting
    assert "0612345678" not in waiting
    assert "token" not in pages.session["mailbox"]["login"]


# --- No longer -----------------------------------------------------------------------------------
def test_a_code_works_once_and_in_the_own_browser(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m7", school_of(director))
    code = asked(pages, entree, "m7")
    other = Client()
    for answer in (other.get(MAILBOX), other.post(MAILBOX, {"code": code})):
        assert answer["Location"] == "/accounts/login/"
    assert not is_in(other)
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/thuis"
    pages.post("/accounts/logout/")
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/accounts/login/"
    assert not is_in(pages)


def test_a_new_code_makes_the_old_one_worthless(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m8", school_of(director))
    first = asked(pages, entree, "m8")
    second = asked(pages, entree, "m8")
    assert first == second or pages.post(MAILBOX, {"code": first}).status_code == 422
    assert pages.post(MAILBOX, {"code": second}).status_code == 302
    assert is_in(pages)


@pytest.mark.parametrize(("minutes", "gets_in"), [(14, True), (15, False)])
def test_a_code_works_for_a_quarter(
    pages: Client, entree: RealProvider, director: Person, minutes: int, gets_in: bool
) -> None:
    tells(entree, "m9", school_of(director))
    begin = now()
    with standing_at(begin):
        code = asked(pages, entree, "m9")
    with standing_at(begin + timedelta(minutes=minutes)):
        answer = pages.post(MAILBOX, {"code": code}, follow=True)
    assert is_in(pages) is gets_in
    assert (OVER in answer.text) is not gets_in


def test_after_five_wrong_tries_it_is_over(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m10", school_of(director))
    code = asked(pages, entree, "m10")
    # Nothing was tried.
    for typed in ("", "  "):
        page = pages.post(MAILBOX, {"code": typed})
        assert (page.status_code, "Vul de code in." in page.text) == (422, True)
    for _ in range(4):
        page = pages.post(MAILBOX, {"code": wrong(code)})
        assert (page.status_code, "Deze code klopt niet." in page.text) == (422, True)
    assert OVER in pages.post(MAILBOX, {"code": wrong(code)}, follow=True).text
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/accounts/login/"
    assert not is_in(pages)


def test_the_fifth_try_may_be_right(pages: Client, entree: RealProvider, director: Person) -> None:
    tells(entree, "m11", school_of(director))
    code = asked(pages, entree, "m11")
    for _ in range(4):
        pages.post(MAILBOX, {"code": wrong(code)})
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/thuis"
    assert is_in(pages)


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_counted_too(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m12", school_of(director))
    code = asked(pages, entree, "m12")
    cookie = pages.cookies["sessionid"].value

    def guess() -> Any:
        browser = Client()
        browser.cookies["sessionid"] = cookie
        return browser.post(MAILBOX, {"code": wrong(code)})

    answers = at_once(*(partial(guess) for _ in range(10)))
    assert len([one for one in answers if "Deze code klopt niet." in one.text]) <= 5
    # Who had to wait too long was not counted.
    for _ in range(5):
        pages.post(MAILBOX, {"code": wrong(code)})
    pages.post(MAILBOX, {"code": code})
    assert not is_in(pages)


@pytest.mark.parametrize("email", ["directie@school.test", "niemand@school.test"])
def test_mail_is_not_sent_without_end(entree: RealProvider, director: Person, email: str) -> None:
    tells(entree, "m13", school_of(director), email)
    answers = [through(Client(), entree, "m13", "entree").status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert [one.to for one in mail.outbox] == [[email]] * 3


@pytest.mark.parametrize("email", ["directie@school.test", "niemand@school.test"])
def test_without_a_mail_server_nobody_waits_for_a_code(
    pages: Client, entree: RealProvider, director: Person, settings: Settings, email: str
) -> None:
    tells(entree, "m15", school_of(director), email)
    there, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    for _ in range(4):
        answer = through(pages, entree, "m15", "entree")
        assert answer.status_code == 503
        assert "De mail met je code kon niet weg." in main_of(answer)
    assert pages.get(MAILBOX).status_code == 302
    # What was not sent does not count.
    settings.EMAIL_BACKEND = there
    assert through(pages, entree, "m15", "entree").status_code == 302
    assert [one.to for one in mail.outbox] == [[email]]


def test_who_goes_on_with_a_password_leaves_no_code(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m16", school_of(director))
    asked(pages, entree, "m16")
    director.set_password(LONG_PASSWORD)
    director.save()
    sign_in(pages, director)
    assert SESSION_KEY in pages.session
    assert "mailbox" not in pages.session


def test_a_provider_that_is_gone_meanwhile(
    pages: Client, entree: RealProvider, director: Person, settings: Settings
) -> None:
    tells(entree, "m14", school_of(director))
    code = asked(pages, entree, "m14")
    settings.SIGN_IN_PROVIDERS = ()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert OVER in pages.post(MAILBOX, {"code": code}, follow=True).text
    assert not is_in(pages)


# --- The page and the mail -----------------------------------------------------------------------
def test_what_the_page_and_the_mail_say(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m15", school_of(director))
    code = asked(pages, entree, "m15")
    page = pages.get(MAILBOX)
    assert "<h1>Kijk in je mail</h1>" in page.text
    assert "directie@school.test" in page.text
    assert code not in page.text
    assert "no-store" in page["Cache-Control"]
    for mark in ('autocomplete="one-time-code"', 'inputmode="numeric"', 'for="id_code"'):
        assert mark in page.text
    (message,) = mail.outbox
    assert message.subject == "Je code voor Routekaart"
    assert "hoogstens een kwartier" in str(message.body)
    assert "Geef hem aan niemand" in str(message.body)
