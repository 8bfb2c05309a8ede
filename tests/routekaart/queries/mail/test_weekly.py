"""The weekly overview of who guides teams at one school, of that school alone."""

from datetime import UTC, date, datetime

import pytest

from routekaart.access import Role
from routekaart.domain.weekly_overview import MailFailed, Place
from routekaart.models import Mail, Team
from routekaart.models.mail import MailKind
from routekaart.queries.mail.weekly import weekly_overview_now
from tests.makers import make_colleague, make_school, make_team

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 9, 21)


def failed(team: Team) -> None:
    """A message to somebody of the school that did not arrive."""
    Mail.objects.create(
        school=team.school,
        person=make_colleague(team),
        kind=MailKind.WELCOME,
        key="welcome:1",
        subject="Welkom",
        body="Welkom",
        state="failed",
    )
    Mail.objects.update(made_at=datetime(2026, 9, 18, 12, tzinfo=UTC))


def test_mail_that_failed_at_another_school_is_not_told() -> None:
    here, elsewhere = make_team(), make_team(make_school(name="Elders"))
    director = make_colleague(here, Role.DIRECTOR)
    for team in (here, elsewhere, elsewhere):
        failed(team)
    found = weekly_overview_now(person=director, today=MONDAY)
    assert found is not None
    assert found.mails == (MailFailed(Place(here.school.name, ""), 1),)
