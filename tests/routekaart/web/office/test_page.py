"""What all pages of a school have in common."""

import pytest
from django.test import Client

from routekaart.access import Role
from tests.makers import make_colleague, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("role", "runs_office"), [(Role.SCHOOL_ADMIN, True), (Role.DIRECTOR, False)]
)
def test_the_way_back_is_to_where_one_may_go(
    pages: Client, role: Role, *, runs_office: bool
) -> None:
    school = make_school(name="De Wilg")
    pages.force_login(make_colleague(make_team(school), role))
    html = pages.get(f"/beheer/{school.pk}/budgetten").text
    office = f'<li><a href="/beheer/{school.pk}">Beheer van De Wilg</a></li>'
    own = '<li><a href="/mijn-gegevens">Mijn gegevens</a></li>'
    assert (office in html, own in html) == (runs_office, not runs_office)
