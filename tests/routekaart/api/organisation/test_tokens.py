import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from routekaart.access import Role, access_of
from routekaart.actions.organisation.tokens import issue_token, revoke_token
from routekaart.models import ApiToken
from routekaart.queries.organisation.tokens import token_for
from tests.makers import ApiClient, client_for, make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_stored_as_a_hash() -> None:
    token, plain = issue_token(make_person(), "rooster")

    assert plain.startswith("rk_")
    assert len(plain) == len("rk_") + 43  # 256 bits
    assert ApiToken.objects.get().digest == hashlib.sha256(plain.encode()).hexdigest()
    assert token_for(plain) == token


def test_a_revoked_token_and_one_of_somebody_who_left_are_unknown() -> None:
    person = make_person()
    token, plain = issue_token(person, "rooster")
    revoke_token(token)
    assert token_for(plain) is None

    _, other = issue_token(person, "rooster")
    person.is_active = False
    person.save()
    assert token_for(other) is None


def test_last_use_is_written_at_most_once_a_minute() -> None:
    person = make_colleague(make_team())
    token, plain = issue_token(person, "rooster")
    ApiClient(plain).call("get", "/me")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None

    ApiClient(plain).call("get", "/me")
    token.refresh_from_db()
    assert token.last_used_at == first

    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(seconds=61))
    ApiClient(plain).call("get", "/me")
    token.refresh_from_db()
    assert token.last_used_at > first


def test_a_token_can_be_narrowed_to_some_schools() -> None:
    team, other = make_team(), make_team()
    person = make_colleague(team, Role.TRAINER)
    token, _ = issue_token(person, "één school", [other.school])
    assert access_of(person).schools == (team.school_id,)
    assert access_of(person, token).schools == ()
    client = client_for(person, [other.school])
    assert client.call("get", f"/schools/{team.school_id}").status_code == 404
