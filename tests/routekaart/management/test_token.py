"""The command for tokens: whoever has none cannot use the API at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from routekaart.access import Role
from routekaart.models import ApiToken
from tests.makers import ApiClient, grant, make_colleague, make_school, make_team

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("token", *arguments, stdout=out)
    return out.getvalue().splitlines()


def schools_of(plain: str) -> list[str]:
    found = ApiClient(plain).call("get", "/schools")
    assert found.status_code == 200
    return sorted(school["id"] for school in found.json()["items"])


def test_a_colleague_gets_a_token_that_works_until_it_is_revoked() -> None:
    team = make_team()
    person = make_colleague(team, Role.TEAM_LEAD)
    assert run("list", person.email) == [f"{person.name} heeft geen toegangssleutels."]

    [line] = run("issue", person.email.upper(), "--name", "rooster")
    text, plain = line.rsplit(" ", 1)
    assert text == "Toegangssleutel, dit is de enige keer:"
    token = ApiToken.objects.get()
    assert run("list", person.email) == [f"{token.pk}  rooster  (nog niet gebruikt)"]
    today = f"{timezone.localdate():%d-%m-%Y}"
    assert schools_of(plain) == [str(team.school_id)]
    assert run("list", person.email) == [f"{token.pk}  rooster  (laatst gebruikt op {today})"]

    assert run("revoke", str(token.pk)) == ["De sleutel 'rooster' is ingetrokken."]
    assert ApiClient(plain).call("get", "/schools").status_code == 401
    assert run("list", person.email) == [f"{token.pk}  rooster  (ingetrokken op {today})"]


def test_a_token_for_one_school_of_two() -> None:
    team, other = make_team(), make_school()
    person = make_colleague(team, Role.TRAINER)
    grant(person, Role.TRAINER, school=other)
    [line] = run("issue", person.email, "--name", "trainer", "--school", other.brin.lower())
    assert schools_of(line.rsplit(" ", 1)[1]) == [str(other.pk)]


@pytest.mark.parametrize("step", [("list",), ("issue", "--name", "x")])
def test_nobody_known(step: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as caught:
        run(step[0], "niemand@voorbeeld.test", *step[1:])
    assert str(caught.value) == "Er is geen medewerker met e-mailadres niemand@voorbeeld.test."


def test_no_token_for_a_school_without_a_role() -> None:
    person, strange = make_colleague(make_team()), make_school()
    with pytest.raises(CommandError) as caught:
        run("issue", person.email, "--name", "x", "--school", strange.brin)
    assert str(caught.value) == f"{person.name} heeft geen rol bij school {strange.brin}."
    assert ApiToken.objects.count() == 0


def test_no_token_to_revoke() -> None:
    with pytest.raises(CommandError) as caught:
        run("revoke", "8c5f2a36-6c3e-4a4b-9a3c-1f0d8c1e2b3a")
    assert str(caught.value) == "Er is geen sleutel met dit nummer."
