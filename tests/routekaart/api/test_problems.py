"""Every error is problem+json, names the field, and says in Dutch what is wrong."""

from typing import Any

import pytest

from courses.catalogue import forget_catalogue
from courses.models import CatalogueState
from routekaart.access import Role
from tests.makers import ApiClient, client_for, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

FEEDBACK = b'{"interventions": ["feedback"]}'


def problem(response: Any) -> Any:
    assert response["Content-Type"] == "application/problem+json"
    content = response.json()
    assert content["status"] == response.status_code
    return content


def test_an_unknown_address_under_the_api(api: ApiClient) -> None:
    response = api.call("get", "/nergens")
    assert response.status_code == 404
    assert problem(response) == {
        "type": "about:blank",
        "title": "Niet gevonden",
        "status": 404,
        "detail": "Dit bestaat niet, of je kunt er niet bij.",
        "code": "not_found",
    }


def test_an_unknown_address_elsewhere_is_a_page(pages: Any) -> None:
    response = pages.get("/nergens")
    assert response.status_code == 404
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_a_method_that_is_not_there(api: ApiClient) -> None:
    response = api.call("put", "/advice", {})
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert problem(response)["code"] == "method_not_allowed"
    assert problem(response)["detail"] == "Gebruik hier POST."


@pytest.mark.parametrize("path", ["/interventions", "/courses?q=feedback", "/openapi.json"])
def test_a_head_gives_the_headers_of_the_get(api: ApiClient, path: str) -> None:
    head, full = api.call("head", path), api.call("get", path)
    assert head.status_code == full.status_code == 200
    assert head["Content-Type"] == full["Content-Type"]
    assert head["Content-Length"] == full["Content-Length"]
    assert (head.content, bool(full.content)) == (b"", True)


def test_a_head_asks_for_the_same_rights_as_the_get(api: ApiClient) -> None:
    assert api.call("head", "/me").status_code == 401
    assert api.call("head", "/advice").status_code == 405


def test_without_a_token(api: ApiClient) -> None:
    response = api.call("get", "/me")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="routekaart"'
    assert problem(response)["code"] == "not_signed_in"


@pytest.mark.parametrize("token", ["x", "rk_" + "a" * 43, "\u00e9", "a" * 5_000])
def test_with_a_token_that_is_not_valid(token: str) -> None:
    response = ApiClient(token).call("get", "/me")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="routekaart", error="invalid_token"'
    assert problem(response)["code"] == "invalid_token"


def test_an_unknown_query_parameter_is_named(api: ApiClient) -> None:
    response = api.call("get", "/interventions?categorie=A&limit=5")
    assert response.status_code == 422
    assert problem(response) == {
        "type": "about:blank",
        "title": "Niet bruikbaar",
        "status": 422,
        "detail": "categorie: Deze parameter bestaat niet.",
        "code": "invalid_input",
        "errors": [
            {
                "field": "categorie",
                "code": "unknown_parameter",
                "detail": "Deze parameter bestaat niet.",
            }
        ],
    }


def test_operations_without_parameters_refuse_them_too() -> None:
    response = client_for(make_person()).call("get", "/me?x=1")
    assert response.status_code == 422
    assert problem(response)["errors"][0]["field"] == "x"


def test_a_parameter_twice(api: ApiClient) -> None:
    response = api.call("get", "/courses?limit=1&limit=2")
    assert response.status_code == 422
    assert problem(response)["errors"] == [
        {"field": "limit", "code": "repeated", "detail": "Geef deze parameter maar één keer."}
    ]


@pytest.mark.parametrize(
    ("query", "field", "detail"),
    [
        ("limit=0", "limit", "Kies een getal van minstens 1."),
        ("limit=101", "limit", "Kies een getal van hoogstens 100."),
        ("offset=10001", "offset", "Kies een getal van hoogstens 10000."),
        ("offset=tien", "offset", "Dit moet een heel getal zijn."),
        ("evidence=Zwak", "evidence", "Kies uit: 'Beperkt', 'Gemiddeld' of 'Sterk'."),
        ("category=Q", "category", "Kies uit: A, B, C, D, E, F."),
        ("category=%00", "category", "Deze tekst heeft niet de juiste vorm."),
    ],
)
def test_a_parameter_that_cannot_be_used(
    api: ApiClient, query: str, field: str, detail: str
) -> None:
    response = api.call("get", f"/interventions?{query}")
    assert response.status_code == 422
    assert [(error["field"], error["detail"]) for error in problem(response)["errors"]] == [
        (field, detail)
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b'{"interventions": ["feedback"],}', 400, "malformed_json"),
        (b"\xef\xbb\xbf{}", 400, "malformed_json"),
        (b'"\xff"', 400, "not_utf8"),
        ("{}".encode("utf-16"), 400, "not_utf8"),
        (b'{"interventions": NaN}', 400, "not_a_number"),
        (b'{"interventions": -Infinity}', 400, "not_a_number"),
        (b'{"interventions": 1e999}', 400, "not_a_number"),
        (b'{"interventions": ' + b"9" * 5_000 + b"}", 400, "not_a_number"),
        (b'{"interventions": [], "interventions": []}', 400, "doubled_key"),
        (b"[" * 100_000, 400, "nested_too_deep"),
        (b"[" * 30 + b"]" * 30, 400, "nested_too_deep"),
        (b'{"interventions": ' + b" " * 1_000_000 + b"[]}", 413, "too_large"),
        (b"null", 422, "invalid_input"),
        (b"[]", 422, "invalid_input"),
        (b'{"\\ud800": 1}', 422, "invalid_input"),
    ],
)
# The first operation reads its body itself, the second leaves it to ninja: they answer alike.
@pytest.mark.parametrize("operation", ["/advice", "/schools/{school}/teams"])
def test_a_body_that_cannot_be_read(body: bytes, status: int, code: str, operation: str) -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    response = client.call("post", operation.format(school=team.school_id), body)
    assert response.status_code == status
    assert problem(response)["code"] == code


def test_a_body_in_pieces_needs_its_length(api: ApiClient) -> None:
    response = api.call("post", "/advice", FEEDBACK, HTTP_TRANSFER_ENCODING="chunked")
    assert response.status_code == 411
    assert problem(response)["code"] == "length_required"


def test_where_the_json_breaks_is_told(api: ApiClient) -> None:
    response = api.call("post", "/advice", b'{"interventions":\n  [feedback]}')
    assert problem(response)["detail"] == "De inhoud is geen geldige JSON (regel 2, teken 4)."


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]
)
@pytest.mark.parametrize("operation", ["/advice", "/schools/{school}/teams"])
def test_a_body_of_another_kind(content_type: str, operation: str) -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    address = f"/api/v1{operation.format(school=team.school_id)}"
    response = client.generic("POST", address, FEEDBACK, content_type=content_type)
    assert response.status_code == 415
    assert problem(response)["code"] == "unsupported_media_type"


def test_an_empty_body_says_what_is_missing() -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    response = client.generic(
        "POST",
        f"/api/v1/schools/{team.school_id}/teams",
        b"",
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 422
    assert problem(response)["errors"] == [
        {"field": "body", "code": "missing", "detail": "Dit veld ontbreekt."}
    ]


def test_a_host_that_is_not_ours(api: ApiClient) -> None:
    response = api.generic("GET", "/api/v1/interventions", headers={"host": "kwaad.test"})
    assert response.status_code == 400
    assert problem(response)["code"] == "bad_request"


def test_a_length_that_is_no_number(api: ApiClient) -> None:
    response = api.generic("POST", "/api/v1/advice", FEEDBACK, CONTENT_LENGTH="veel")
    assert response.status_code == 400
    assert problem(response)["code"] == "bad_request"


@pytest.mark.parametrize(
    ("name", "code", "detail"),
    [
        ("", "string_too_short", "Gebruik minstens 1 teken(s)."),
        ("   ", "string_too_short", "Gebruik minstens 1 teken(s)."),
        ("a" * 10_000, "string_too_long", "Gebruik hoogstens 200 tekens."),
        ("a\x00b", "control_character", "Gebruik geen regeleinden of onzichtbare stuurtekens."),
        ("a\nb", "control_character", "Gebruik geen regeleinden of onzichtbare stuurtekens."),
        ("a\x9bb", "control_character", "Gebruik geen regeleinden of onzichtbare stuurtekens."),
        ("\ud800", "string_unicode", "Deze tekst bevat een teken dat niet bestaat."),
        (1, "string_type", "Dit moet tekst zijn."),
        (None, "string_type", "Dit moet tekst zijn."),
        (["a"], "string_type", "Dit moet tekst zijn."),
    ],
)
def test_a_name_that_cannot_be_used(name: object, code: str, detail: str) -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    response = client.call("post", f"/schools/{team.school_id}/teams", {"name": name})
    assert response.status_code == 422
    assert problem(response)["errors"] == [{"field": "name", "code": code, "detail": detail}]


def test_every_wrong_field_is_named_at_once() -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    response = client.call(
        "post",
        f"/schools/{team.school_id}/calendar-overrides",
        {"title": 1, "first_day": "2026-02-30", "last_day": "9999-01-01", "soort": "x"},
    )
    assert problem(response)["detail"] == "4 velden kloppen niet. title: Dit moet tekst zijn."
    assert [(error["field"], error["code"]) for error in problem(response)["errors"]] == [
        ("title", "string_type"),
        ("first_day", "date_impossible"),
        ("last_day", "date_out_of_range"),
        ("soort", "extra_forbidden"),
    ]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-2-3", "date_form"),
        ("2026-02-03T00:00:00", "date_form"),
        ("03-02-2026", "date_form"),
        (20260203, "date_form"),
        ("2026-13-01", "date_impossible"),
        ("1999-12-31", "date_out_of_range"),
    ],
)
def test_a_day_that_cannot_be_used(day: object, code: str) -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    body = {"title": "Dicht", "first_day": day, "last_day": "2026-02-03"}
    response = client.call("post", f"/schools/{team.school_id}/calendar-overrides", body)
    assert problem(response)["errors"][0]["field"] == "first_day"
    assert problem(response)["errors"][0]["code"] == code


def test_a_field_name_of_a_client_comes_back_short_and_clean() -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.SCHOOL_ADMIN))
    body = {"name": "Bovenbouw", "\x1b" + "x" * 10_000: 1}
    response = client.call("post", f"/schools/{team.school_id}/teams", body)
    assert problem(response)["errors"][0]["field"] == "\ufffd" + "x" * 119 + "…"


@pytest.mark.parametrize(
    "identity", ["geen-nummer", "0", "%00", "urn:uuid:" + "0" * 8, "0" * 32, "{" + "a" * 36 + "}"]
)
def test_an_address_that_cannot_exist(identity: str) -> None:
    client = client_for(make_person())
    response = client.call("get", f"/schools/{identity}")
    assert response.status_code == 404
    assert problem(response)["code"] == "not_found"


def test_a_reader_who_writes() -> None:
    team = make_team()
    client = client_for(make_colleague(team, Role.MR_READER))
    response = client.call("patch", f"/schools/{team.school_id}", {"name": "Anders"})
    assert response.status_code == 403
    assert problem(response) == {
        "type": "about:blank",
        "title": "Geen toestemming",
        "status": 403,
        "detail": "Je rol of je sleutel geeft geen toestemming om dit te doen.",
        "code": "forbidden",
    }


def test_a_stranger_learns_nothing() -> None:
    client = client_for(make_colleague(make_team(), Role.SCHOOL_ADMIN))
    there = client.call("get", f"/schools/{make_school().pk}")
    nowhere = client.call("get", "/schools/00000000-0000-4000-8000-000000000000")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content


def test_before_the_catalogue_is_loaded(api: ApiClient) -> None:
    CatalogueState.objects.all().delete()
    forget_catalogue()
    response = api.call("get", "/interventions")
    assert response.status_code == 503
    assert problem(response)["code"] == "no_catalogue"


def test_the_unexpected_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("geheim: wachtwoord")

    monkeypatch.setattr("routekaart.api.catalogue.public.interventions", broken)
    client = ApiClient(raise_request_exception=False)
    response = client.call("get", "/interventions")
    assert response.status_code == 500
    assert problem(response) == {
        "type": "about:blank",
        "title": "Er ging iets mis",
        "status": 500,
        "detail": "Er ging iets mis aan onze kant. Probeer het later opnieuw.",
        "code": "unexpected",
    }
