"""The first school admin gets a key of the own."""

from dataclasses import replace

import pytest

from routekaart.actions.organisation.first_organisation import Wanted, create_organisation
from routekaart.domain.errors import BadInput
from routekaart.models import ApiToken, Board

pytestmark = pytest.mark.django_db


def wanted(number: str, email: str) -> Wanted:
    return Wanted(
        board_name="Stichting De Proef",
        board_number=f"1234{number}",
        school_name="De Proefschool",
        brin=f"0{number}AB00",
        sector="po",
        region="noord",
        admin_name="Ada Admin",
        admin_email=email,
    )


def test_who_runs_the_second_school_gets_one_as_well() -> None:
    first, second = (
        create_organisation(wanted(number, f"ada{number}@voorbeeld.test")) for number in "12"
    )
    assert first.token
    assert second.token not in {None, first.token}
    assert {key.person for key in ApiToken.objects.all()} == {first.admin, second.admin}
    assert create_organisation(wanted("2", second.admin.email)).token is None


@pytest.mark.parametrize("field", ["board_name", "school_name"])
def test_no_name_of_it_holds_a_web_address(field: str) -> None:
    typed = replace(wanted("1", "ada@voorbeeld.test"), **{field: "Kijk op www.evil.test"})
    with pytest.raises(BadInput) as refused:
        create_organisation(typed)
    assert (refused.value.field, refused.value.code) == (field, "address_in_name")
    assert not Board.objects.exists()
