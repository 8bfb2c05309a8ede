"""A code by mail, before a school's word for an address opens an account or makes one."""

import re
from decimal import Decimal
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment
from routekaart.models import Person, School
from tests.makers import access_for, grant, make_colleague, make_person, make_school, make_team
from tests.oidc_providers import RealProvider
from tests.routekaart.web.account.elsewhere import (
    MAILBOX,
    asked,
    code_in_mail,
    school_of,
    tells,
    through,
    through_mailbox,
    wrong,
)
from tests.routekaart.web.account.signing_in import CODE, is_in, set_up, sign_in

pytestmark = pytest.mark.django_db


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
