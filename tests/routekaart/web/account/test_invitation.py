"""The link in the invitation: choose a first password, or ask for a new invitation."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment
from routekaart.actions.organisation.welcome import accept_invitation
from routekaart.clock import standing_at
from routekaart.domain.errors import Conflict
from routekaart.domain.invitations import Standing
from routekaart.models import Employment, Invitation, Mail, Person
from routekaart.models.sign_in import who_came
from routekaart.queries.mail.content import text_now
from routekaart.queries.organisation.invitations import key_of, standing_of
from routekaart.queries.privacy.leavers import people_who_left
from tests.makers import access_for, client_for, employ, grant, make_colleague, make_team
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
EMAIL = "nina@voorbeeld.test"
SENT = "/uitnodiging/gestuurd"


class Office:
    """A school whose admin adds somebody on Monday."""

    def __init__(self, email: str = EMAIL) -> None:
        self.team = make_team()
        self.admin = make_colleague(self.team, Role.SCHOOL_ADMIN, password=LONG_PASSWORD)
        with standing_at(MONDAY):
            self.employment: Employment = add_employment(
                by=access_for(self.admin),
                school_id=self.team.school_id,
                email=email,
                name="Nina Nieuw",
                roles=[Role.MEMBER],
                functions=["leerkracht"],
                fte=Decimal(1),
                working_days=[1, 2],
                weekly_study_minutes=None,
            )

    @property
    def invitation(self) -> Invitation:
        with scopes_disabled():
            return Invitation.objects.select_related("employment__person").get(
                employment=self.employment
            )

    @property
    def link(self) -> str:
        return f"/uitnodiging/{key_of(self.invitation)}"

    def standing(self, at: datetime) -> Standing:
        with scopes_disabled():
            found = Employment.objects.select_related("person", "invitation")
            return standing_of(found.get(pk=self.employment.pk), at)


def chosen(*passwords: str) -> dict[str, str]:
    first, second = (*passwords, *passwords)[:2]
    return {"password1": first, "password2": second}


def mails() -> int:
    return Mail.objects.count()


def test_who_follows_the_link_in_time_chooses_a_password_and_is_in(pages: Client) -> None:
    office = Office()
    last_day = MONDAY + timedelta(days=14, hours=14, minutes=59)
    assert office.standing(last_day) is Standing.INVITED
    with standing_at(last_day):
        page = pages.get(office.link)
        assert (page.status_code, EMAIL in page.text) == (200, True)
        assert pages.post(office.link, chosen("kort")).status_code == 422
        assert "niet hetzelfde" in pages.post(office.link, chosen(LONG_PASSWORD, "iets")).text
        home = pages.post(office.link, chosen(LONG_PASSWORD), follow=True)
    assert home.context["user"].email == EMAIL
    assert Person.objects.get(email=EMAIL).check_password(LONG_PASSWORD)
    # The mail reached that mailbox.
    assert EmailAddress.objects.get(email=EMAIL).verified
    assert office.standing(last_day) is Standing.ACTIVE
    # The link has done its work, for whoever finds it later.
    assert Client().get(office.link).status_code == 410
    assert Client().post(office.link, chosen("een-ander-wachtwoord")).url == SENT  # type: ignore[attr-defined]  # a redirect
    assert mails() == 1
    assert Person.objects.get(email=EMAIL).check_password(LONG_PASSWORD)


def test_after_its_days_it_gives_a_new_one_by_mail_only(pages: Client, settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    office = Office()
    old, after = office.link, MONDAY + timedelta(days=14, hours=15)
    assert office.standing(after) is Standing.EXPIRED
    with standing_at(after):
        page = pages.get(old)
        assert (page.status_code, EMAIL in page.text) == (410, False)
        assert "<h1>Uitnodiging verlopen</h1>" in page.text
        assert pages.post(old).url == SENT  # type: ignore[attr-defined]  # a redirect
        mail = Mail.objects.order_by("-made_at")[0]
        text = text_now(mail, today=after.date())
        assert text is not None
        assert f"https://routekaart.school.test{office.link}\n" in text.body
        assert office.link != old
        assert pages.get(old).status_code == 410
        assert pages.get(office.link).status_code == 200
        assert office.standing(after) is Standing.INVITED
        # Asked again while the new one holds: nothing more is sent.
        pages.post(old)
    assert mails() == 2


def test_a_link_that_ends_while_the_form_is_filled_in_gives_no_password() -> None:
    office = Office()
    key = key_of(office.invitation)
    with standing_at(MONDAY + timedelta(days=15)), pytest.raises(Conflict) as refused:
        accept_invitation(key=key, password=LONG_PASSWORD)
    assert refused.value.code == "invitation_over"
    assert not Person.objects.get(email=EMAIL).has_usable_password()


def test_a_stranger_learns_nothing(pages: Client) -> None:
    office = Office()
    forged = office.link[:-3] + "abc"
    with standing_at(MONDAY + timedelta(days=20)):
        right, wrong = pages.get(office.link), pages.get(forged)
        assert right.status_code == wrong.status_code == 410
        assert _without_token(right.text) == _without_token(wrong.text)
        for link in ("/uitnodiging/x", "/uitnodiging/é.1", forged, office.link):
            assert pages.post(link).url == SENT  # type: ignore[attr-defined]  # a redirect
    # Only the one who was invited hears of it.
    assert mails() == 2


def _without_token(html: str) -> list[str]:
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


def test_asking_without_end_is_refused(pages: Client) -> None:
    link = Office().link
    with standing_at(MONDAY + timedelta(days=20)):
        answers = [pages.post(link).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_a_whole_school_behind_one_address_asks_on_one_morning(pages: Client) -> None:
    with standing_at(MONDAY):
        answers = [pages.post(f"/uitnodiging/{number:040}").status_code for number in range(61)]
    assert answers == [302] * 60 + [429]


def test_who_has_a_password_keeps_it(pages: Client) -> None:
    known = make_colleague(make_team(), password=LONG_PASSWORD)
    office = Office(known.email)
    with standing_at(MONDAY):
        for answer in (pages.get(office.link), pages.post(office.link, chosen("een-ander-woord"))):
            assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert Person.objects.get(pk=known.pk).check_password(LONG_PASSWORD)


def test_a_school_does_not_learn_of_an_account_elsewhere() -> None:
    known = make_colleague(make_team(), password=LONG_PASSWORD)
    Person.objects.filter(pk=known.pk).update(last_login=MONDAY - timedelta(days=3))
    office = Office(known.email)
    assert office.standing(MONDAY) is Standing.INVITED
    Person.objects.filter(pk=known.pk).update(last_login=MONDAY + timedelta(hours=1))
    assert office.standing(MONDAY + timedelta(days=1)) is Standing.ACTIVE


@pytest.mark.parametrize("invited", [False, True])
@pytest.mark.parametrize("accepted", [None, MONDAY])
@pytest.mark.parametrize("signed_in", [None, *(MONDAY + timedelta(days=n) for n in (-1, 0, 1))])
def test_who_came_is_found_as_standing_says(
    invited: bool, accepted: datetime | None, signed_in: datetime | None
) -> None:
    office = Office()
    with scopes_disabled():
        Person.objects.filter(email=EMAIL).update(last_login=signed_in)
        Invitation.objects.update(accepted_at=accepted)
        if not invited:
            Invitation.objects.all().delete()
        for came, found in ((True, who_came()), (False, ~who_came())):
            rows = Employment.objects.filter(found, pk=office.employment.pk)
            active = office.standing(MONDAY + timedelta(days=2)) is Standing.ACTIVE
            assert rows.exists() is (came is active)


def test_the_admin_sees_who_has_not_come_yet_and_invites_again(pages: Client) -> None:
    office = Office()
    pages.force_login(office.admin)
    people = f"/beheer/{office.team.school_id}/medewerkers"
    person = f"/beheer/medewerker/{office.employment.pk}"
    with standing_at(MONDAY):
        assert ">uitgenodigd</span>" in pages.get(people).text
        assert "tot en met 19 oktober 2026" in pages.get(person).text
    with standing_at(MONDAY + timedelta(days=15)):
        assert ">verlopen</span>" in pages.get(people).text
        answer = pages.post(f"{person}/aanmelden", {"doe": "uitnodigen"}, follow=True)
        assert "De uitnodiging gaat vanzelf uit." in answer.text
        assert ">uitgenodigd</span>" in pages.get(people).text
    assert mails() == 2


def test_an_address_does_not_tell_whose_it_is(pages: Client) -> None:
    known = make_colleague(make_team(), name="Wim de Wit", password=LONG_PASSWORD)
    team = make_team()
    admin = make_colleague(team, Role.SCHOOL_ADMIN, name="Ada Admin")
    # Another name of the admin, at another school.
    second = make_team().school
    employ(admin, second, given_name="Anders Genoemd")
    grant(admin, Role.SCHOOL_ADMIN, school=second)
    pages.force_login(admin)
    api = client_for(admin)
    made = api.call(
        "post",
        f"/schools/{team.school_id}/employments",
        {"email": known.email, "name": "Wie Dan Ook", "roles": ["trainer"]},
    )
    assert (made.status_code, made.json()["name"]) == (201, "Wie Dan Ook")
    joined = api.call("post", f"/teams/{team.pk}/memberships", {"person": made.json()["person"]})
    assert (joined.status_code, joined.json()["name"]) == (201, "Wie Dan Ook")
    given = {"person": str(known.pk), "role": "team_lead"}
    granted = api.call("post", f"/schools/{team.school_id}/role-grants", given)
    assert (granted.status_code, granted.json()["name"]) == (201, "Wie Dan Ook")
    Authenticator.objects.create(user=known, type="totp", data={"secret": "x"})
    school, person = f"/beheer/{team.school_id}", f"/beheer/medewerker/{made.json()['id']}"
    role = f"{school}/rollen/{known.pk}/trainer"
    found = [
        pages.get(f"{school}/medewerkers?zoek=dan+ook"),
        *(pages.get(f"{person}{part}") for part in ("", "/werk", "/rollen", "/teams", "/verlof")),
        *(pages.get(f"{person}{part}") for part in ("/aanmelden", "/weg")),
        *(pages.get(f"{role}/{what}") for what in ("intrekken", "overdragen")),
        pages.get(f"{school}/rollen"),
        pages.get(f"{school}/logboek"),
        pages.get(f"/beheer/team/{team.pk}"),
        pages.get(f"/beheer/teamlid/{joined.json()['id']}/weg"),
    ]
    for page in found:
        assert page.status_code == 200
        assert "Wie Dan Ook" in page.text, page.request["PATH_INFO"]
        assert "Wim de Wit" not in page.text, page.request["PATH_INFO"]
        assert "tweede stap" not in page.text.lower(), page.request["PATH_INFO"]
    assert "Wie Dan Ook" in pages.get(f"{school}/rollen/geven").text
    grants = api.call("get", f"/schools/{team.school_id}/role-grants").json()["items"]
    assert {one["name"] for one in grants} == {"Ada Admin", "Wie Dan Ook"}
    assert "Wie Dan Ook" not in pages.get(f"{school}/medewerkers?zoek=wim").text
    # Nor does it tell who had an account, when they are let go again.
    stranger = make_colleague(make_team(), name="Wim de Wit")
    for email, name in ((stranger.email, "Niemand"), ("nieuw@voorbeeld.test", "Nina Nieuw")):
        added = api.call(
            "post",
            f"/schools/{team.school_id}/employments",
            {"email": email, "name": name},
        )
        assert api.call("delete", f"/employments/{added.json()['id']}").status_code == 204
    left = people_who_left(by=access_for(admin), school_id=team.school_id)
    assert list(left) == []
    # At home, and once that person came, it is the own name.
    with scopes_disabled():
        assert Employment.objects.get(person=known, given_name="").shown_name == "Wim de Wit"
    Authenticator.objects.all().delete()
    sign_in(Client(), known)
    with scopes_disabled():
        assert Employment.objects.get(person=admin, given_name="Anders Genoemd")
    assert api.call("get", f"/employments/{made.json()['id']}").json()["name"] == "Wim de Wit"
    assert "Wim de Wit" in pages.get(f"{school}/medewerkers?zoek=wim").text
