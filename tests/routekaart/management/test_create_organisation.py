"""The command for the first board, school and school admin."""

import getpass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from routekaart.models import ApiToken, Board, Person, RoleGrant, School
from tests.makers import ApiClient, make_board, make_school

pytestmark = pytest.mark.django_db

WANTED = {
    "board_name": "Stichting De Proef",
    "board_number": "12345",
    "school_name": "De Wilg",
    "brin": "16sw00",
    "sector": "PO",
    "region": "noord",
    "admin_name": "Bo Beheer",
    "admin_email": "Bo@Voorbeeld.test",
}


def run(*flags: str, **changes: str) -> list[str]:
    out = StringIO()
    values = WANTED | changes
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in values.items()]
    call_command("create_organisation", *arguments, *flags, stdout=out)
    return out.getvalue().splitlines()


def counts() -> tuple[int, ...]:
    with scopes_disabled():
        return tuple(
            model.objects.count() for model in (Board, School, Person, RoleGrant, ApiToken)
        )


def token_of(lines: list[str]) -> str:
    (line,) = [line for line in lines if line.startswith("Toegangssleutel")]
    return line.rsplit(" ", 1)[1]


def test_it_makes_a_board_a_school_and_an_admin_who_can_start() -> None:
    lines = run()
    assert lines[:4] == [
        "Nieuw: bestuur, school, schoolbeheerder, rol.",
        "Bestuur: Stichting De Proef (12345)",
        "School: De Wilg (16SW00)",
        "Schoolbeheerder: Bo Beheer (bo@voorbeeld.test)",
    ]
    client = ApiClient(token_of(lines))
    found = client.call("get", "/schools").json()["items"]
    assert [(school["name"], school["roles"]) for school in found] == [
        ("De Wilg", ["school_admin"])
    ]
    assert found[0]["packages"] == ["academie", "leerblokken"]
    body = {"name": "Onderbouw"}
    assert client.call("post", f"/schools/{found[0]['id']}/teams", body).status_code == 201


def test_again_changes_nothing_and_shows_no_token() -> None:
    run()
    before = counts()
    lines = run()
    assert lines[0] == "Alles bestond al; er is niets veranderd."
    assert not any("Toegangssleutel" in line for line in lines)
    assert counts() == before


def test_a_second_school_of_the_board_gets_the_same_admin() -> None:
    run()
    lines = run(school_name="De Eik", brin="16SW01")
    assert lines[0] == "Nieuw: school, rol."
    assert counts() == (1, 2, 1, 2, 1)


def test_a_lost_token_is_replaced_on_request() -> None:
    first = token_of(run())
    second = token_of(run("--new-token"))
    assert first != second
    assert ApiClient(second).call("get", "/me").status_code == 200


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"board_number": "123"}, "--board-number: Een bestuursnummer heeft vijf cijfers."),
        ({"brin": "16SW"}, "--brin: Een vestiging is BRIN plus twee cijfers, zoals 16SW00."),
        ({"sector": "mbo"}, "--sector: Waarde 'mbo' is geen geldige keuze."),
        ({"region": "oost"}, "--region: Waarde 'Oost' is geen geldige keuze."),
        ({"admin_email": "bo"}, "--admin-email: Voer een geldig e-mailadres in."),
        ({"school_name": " "}, "--school-name: Dit veld kan niet leeg zijn"),
        (
            {"admin_name": "a" * 201},
            (
                "--admin-name: Zorg dat deze waarde niet meer dan 200 tekens bevat "
                "(het zijn er nu 201)."
            ),
        ),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_made(
    changes: dict[str, str], message: str
) -> None:
    with pytest.raises(CommandError) as caught:
        run(**changes)
    assert str(caught.value) == message
    assert counts() == (0, 0, 0, 0, 0)


def test_a_number_of_somebody_else_is_refused() -> None:
    board = make_board("Stichting Anders")
    with pytest.raises(CommandError, match=rf"Bestuursnummer {board.number} hoort al bij"):
        run(board_number=board.number)
    school = make_school(board)
    with pytest.raises(CommandError, match="hoort al bij een ander bestuur"):
        run(brin=school.brin)


def test_a_password_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["een-lang-wachtwoord"] * 2 + ["kort"] * 2 + ["een", "twee"])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(answers))
    assert run("--set-password")[-1] == "Het wachtwoord is ingesteld."
    assert Person.objects.get().check_password("een-lang-wachtwoord")
    with pytest.raises(CommandError, match="Gebruik minstens 10 tekens"):
        run("--set-password")
    with pytest.raises(CommandError, match="niet gelijk"):
        run("--set-password")
    assert Person.objects.get().check_password("een-lang-wachtwoord")
