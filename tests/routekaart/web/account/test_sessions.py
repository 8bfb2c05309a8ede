"""Where somebody is signed in: shown in plain words, ended one by one, and ended by itself."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import Role
from routekaart.actions.organisation.people import end_employment
from routekaart.actions.organisation.roles import withdraw_role
from routekaart.clock import standing_at
from routekaart.models import Employment, Person
from routekaart.web.sessions import device_of
from tests.makers import access_for, employ, grant, make_colleague, make_school, make_team
from tests.routekaart.web.account.signing_in import (
    CODE,
    LONG_PASSWORD,
    code_for,
    is_in,
    open_sessions,
    set_up,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"
)
ACCOUNT = "/mijn-account"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox op Windows"),
        (IPHONE, "Safari op een iPhone"),
        (EDGE, "Edge op Windows"),
        ("curl/8", "Een onbekend apparaat"),
        ("", "Een onbekend apparaat"),
    ],
)
def test_a_device_in_plain_words(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team(), password=LONG_PASSWORD)


def browser(person: Person, user_agent: str = FIREFOX) -> Client:
    made = Client(HTTP_USER_AGENT=user_agent)
    assert sign_in(made, person).status_code == 302
    return made


def test_one_ends_a_session_of_the_own(person: Person) -> None:
    here, there, elsewhere = browser(person), browser(person, IPHONE), browser(person, EDGE)
    html = here.get(ACCOUNT).text
    assert [html.count(one) for one in ("dit apparaat", "Safari op een iPhone</strong>")] == [1, 1]
    assert f"laatst gebruikt op {_said(clock.today())}" in html
    number = UserSession.objects.get(user=person, user_agent=IPHONE).pk
    here.post(ACCOUNT, {"doe": "sessie", "welke": str(number)})
    assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, True]
    here.post(ACCOUNT, {"doe": "anderen"})
    assert [is_in(one) for one in (here, elsewhere)] == [True, False]
    assert "Meld overal elders af" not in here.get(ACCOUNT).text


def _said(day: date) -> str:
    months = "januari februari maart april mei juni juli augustus september oktober november"
    return f"{day.day} {[*months.split(), 'december'][day.month - 1]} {day.year}"


def test_who_was_signed_in_before_sessions_were_listed_is_listed(person: Person) -> None:
    mine = browser(person)
    UserSession.objects.all().delete()
    assert "dit apparaat" in mine.get(ACCOUNT).text
    assert UserSession.objects.get().user == person


def test_whatever_renews_a_session_lists_it(person: Person) -> None:
    """Another key, and the one before goes: a password changed, a code asked, signed in anew."""
    mine, seen = browser(person), set()

    def only() -> str:
        own, listed = open_sessions(person)
        # A row of a key before may stay behind until the night.
        assert own <= listed
        (key,) = own
        return key

    seen.add(only())
    new = "een-nieuw-wachtwoord"
    mine.post(
        "/accounts/password/change/",
        {"oldpassword": LONG_PASSWORD, "password1": new, "password2": new},
    )
    seen.add(only())
    secret = set_up(mine)
    mine.post("/accounts/logout/")
    assert open_sessions(person)[0] == set()
    assert sign_in(mine, person, new)["Location"].startswith(CODE)
    mine.post(CODE, {"code": code_for(secret, 1)})
    assert is_in(mine)
    seen.add(only())
    assert len(seen) == 3


def test_many_sessions_take_no_more_queries(person: Person) -> None:
    mine = browser(person)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            mine.get(ACCOUNT)
        counts.append(len(queries))
        for _ in range(8):
            browser(person, IPHONE)
    assert counts[0] == counts[1]


def test_nobody_ends_a_session_of_somebody_else(person: Person) -> None:
    stranger = browser(make_colleague(make_team(), password=LONG_PASSWORD))
    mine = browser(person)
    number = UserSession.objects.get(user=person).pk
    answer = stranger.post(ACCOUNT, {"doe": "sessie", "welke": str(number)})
    assert answer.status_code == 404
    assert stranger.post(ACCOUNT, {"doe": "iets"}).status_code == 404
    # More digits than a number in a table has.
    for doing in ("sessie", "ontkoppel"):
        assert stranger.post(ACCOUNT, {"doe": doing, "welke": "9" * 5000}).status_code == 404
    assert is_in(mine)


def test_the_last_day_is_noted_once_a_day(person: Person) -> None:
    mine = browser(person)
    row = UserSession.objects.get(user=person)
    tomorrow = clock.now() + timedelta(days=1)
    with standing_at(tomorrow):
        mine.get("/mijn-gegevens")
        seen = UserSession.objects.get(pk=row.pk).last_seen_at
        assert seen == tomorrow
    with standing_at(tomorrow + timedelta(minutes=1)):
        mine.get("/mijn-gegevens")
    assert UserSession.objects.get(pk=row.pk).last_seen_at == seen


def test_another_password_ends_the_others(person: Person, mailoutbox: list[EmailMessage]) -> None:
    here, there = browser(person), browser(person, IPHONE)
    new = "een-nieuw-wachtwoord"
    data = {"oldpassword": LONG_PASSWORD, "password1": new, "password2": new}
    page = here.get("/accounts/password/change/").text
    for label in ("Wachtwoord van nu", "Nieuw wachtwoord", "Nog een keer"):
        assert f">{label}</label>" in page
    # Django's own words and placeholders say the same twice, to somebody else.
    assert "Uw wachtwoord" not in page
    assert "placeholder" not in page
    answer = here.post("/accounts/password/change/", data, follow=True)
    assert "Je nieuwe wachtwoord is bewaard." in answer.text
    assert [is_in(one) for one in (here, there)] == [True, False]
    assert "Je wachtwoord is gewijzigd." in str(mailoutbox[0].body)
    assert "Firefox op Windows" in here.get(ACCOUNT).text


# --- By itself -----------------------------------------------------------------------------------
def admin_of(person: Person) -> tuple[Person, Employment]:
    with scopes_disabled():
        found = Employment.objects.select_related("school").get(person=person)
    return make_colleague(make_team(found.school, "Zorgteam"), Role.SCHOOL_ADMIN), found


def test_who_leaves_the_last_school_is_signed_out(person: Person) -> None:
    mine = browser(person)
    admin, found = admin_of(person)
    end_employment(by=access_for(admin), employment_id=found.pk)
    assert not is_in(mine)
    assert not UserSession.objects.filter(user=person).exists()


def test_who_still_works_elsewhere_stays(person: Person) -> None:
    mine = browser(person)
    admin, found = admin_of(person)
    elsewhere = make_school()
    employ(person, elsewhere)
    grant(person, Role.MEMBER, school=elsewhere)
    end_employment(by=access_for(admin), employment_id=found.pk)
    assert is_in(mine)


def test_a_trainer_whose_last_role_goes_is_signed_out() -> None:
    team = make_team()
    trainer = make_colleague(team, Role.TRAINER, password=LONG_PASSWORD)
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    mine = browser(trainer)
    withdraw_role(
        by=access_for(admin), school_id=team.school_id, person_id=trainer.pk, role=Role.TRAINER
    )
    assert not is_in(mine)


def test_who_is_no_longer_active_is_out_at_once(person: Person) -> None:
    mine = browser(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_in(mine)


# --- Two schools ---------------------------------------------------------------------------------
def test_who_works_at_two_schools_sees_both_after_one_sign_in() -> None:
    team, other = make_team(make_school(name="De Wilg")), make_team(make_school(name="De Berk"))
    person = make_colleague(team, Role.SCHOOL_ADMIN, password=LONG_PASSWORD)
    grant(person, Role.SCHOOL_ADMIN, school=other.school)
    mine = browser(person)
    choice = mine.get("/beheer").text
    for school in (team.school, other.school):
        assert f'href="/beheer/{school.pk}"' in choice
        assert f"Beheer van {school.name}" in mine.get(f"/beheer/{school.pk}").text
    # Who has one is not asked which.
    single = browser(make_colleague(team, Role.SCHOOL_ADMIN, password=LONG_PASSWORD))
    assert "Beheer van De Wilg" in single.get("/beheer").text
