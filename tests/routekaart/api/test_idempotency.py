"""A repeated POST with the same key gets the first answer again, and does nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.first_answers import forget_first_answers
from routekaart.actions.organisation.tokens import issue_token
from routekaart.actions.planning import plans
from routekaart.actions.privacy.account import erase_account
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.models import IdempotencyKey, Person, RoleGrant, Team
from tests.makers import ApiClient, client_for, grant, make_colleague, make_school, make_team
from tests.stages import Stage

pytestmark = pytest.mark.django_db


def create(client: ApiClient, school: Any, name: str, key: str | None) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.call("post", f"/schools/{school.pk}/teams", {"name": name}, headers=headers)


def teams(school: Any) -> int:
    with scopes_disabled():
        return Team.objects.filter(school=school).count()


@pytest.fixture
def school() -> Any:
    return make_school()


@pytest.fixture
def client(school: Any) -> ApiClient:
    team = make_team(school, "Bestaand")
    return client_for(make_colleague(team, Role.SCHOOL_ADMIN))


def test_the_first_answer_comes_again(client: ApiClient, school: Any) -> None:
    first = create(client, school, "Bovenbouw", "k1")
    again = create(client, school, "Bovenbouw", "k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert teams(school) == 2


def test_without_a_key_it_is_a_new_request(client: ApiClient, school: Any) -> None:
    assert create(client, school, "Bovenbouw", None).status_code == 201
    assert create(client, school, "Bovenbouw", None).status_code == 409


def test_the_same_key_for_something_else(client: ApiClient, school: Any) -> None:
    create(client, school, "Bovenbouw", "k1")
    response = create(client, school, "Middenbouw", "k1")
    assert response.status_code == 422
    assert response.json()["code"] == "idempotency_key_reused"
    assert teams(school) == 2


def test_a_refused_request_does_not_use_up_its_key(client: ApiClient, school: Any) -> None:
    assert create(client, school, "Bestaand", "k1").status_code == 409
    assert create(client, school, "Bovenbouw", "k1").status_code == 201


def test_keys_of_two_people_are_two_keys(client: ApiClient, school: Any) -> None:
    create(client, school, "Bovenbouw", "k1")
    other = make_colleague(make_team(), Role.SCHOOL_ADMIN)
    grant(other, Role.SCHOOL_ADMIN, school=school)
    asking = client_for(other)
    assert create(asking, school, "Bovenbouw", "k1").status_code == 409
    create(asking, school, "Middenbouw", "k1")
    for one, name in ((client, "Bovenbouw"), (asking, "Middenbouw")):
        assert create(one, school, name, "k1").json()["name"] == name
    # What somebody else asked long ago is not taken away by using the same key.
    IdempotencyKey.objects.filter(person=other).update(
        created_at=timezone.now() - timedelta(hours=25)
    )
    create(client, school, "Bovenbouw", "k1")
    assert IdempotencyKey.objects.count() == 2


def test_who_no_longer_reaches_the_school_does_not_get_its_answer(school: Any) -> None:
    person = make_colleague(make_team(school), Role.SCHOOL_ADMIN)
    client = client_for(person)
    create(client, school, "Bovenbouw", "k1")
    RoleGrant.objects.filter(person=person).delete()
    response = create(client, school, "Bovenbouw", "k1")
    assert response.status_code == 422
    assert "Bovenbouw" not in response.content.decode()


def test_a_key_that_only_reads_does_not_get_the_answer_of_one_that_writes(school: Any) -> None:
    admin = make_colleague(make_team(school, "Bestaand"), Role.SCHOOL_ADMIN)
    assert create(client_for(admin), school, "Bovenbouw", "k1").status_code == 201
    reads = ApiClient(issue_token(admin, "reads", reading=[school])[1])
    assert create(reads, school, "Bovenbouw", "k1").status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("catalogue")
def test_no_transaction_is_open_while_a_plan_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite nobody else could write meanwhile. The key works as every other."""
    stage = Stage().assigned()
    open_then: list[bool] = []

    def noted(*given: Any, **more: Any) -> Any:
        open_then.append(connection.in_atomic_block)
        return plan_optimally(*given, **more)

    monkeypatch.setattr(plans, "plan_optimally", noted)
    client, path = client_for(stage.trainer), f"/routekaarten/{stage.routekaart.pk}/plans"

    def made() -> Any:
        answer = client.call("post", path, headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 201, answer.json()
        return answer.json()

    first = made()
    assert open_then == [False]
    assert made() == first
    # After a crash before the answer was kept, or by the other of two at once.
    IdempotencyKey.objects.all().delete()
    assert made()["id"] == first["id"]
    assert IdempotencyKey.objects.count() == 1


def test_after_a_day_the_key_is_free_again(client: ApiClient, school: Any) -> None:
    create(client, school, "Bovenbouw", "k1")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert create(client, school, "Middenbouw", "k1").status_code == 201


@pytest.mark.parametrize("key", ["", "met spatie", "a" * 201, "\u00e9"])
def test_a_key_that_cannot_be_used(client: ApiClient, school: Any, key: str) -> None:
    response = create(client, school, "Bovenbouw", key)
    assert response.status_code == 422
    assert response.json()["code"] == "bad_idempotency_key"
    assert teams(school) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_do_it_once(school: Any) -> None:
    person = make_colleague(make_team(school, "Bestaand"), Role.SCHOOL_ADMIN)
    client_of = [client_for(person) for _ in range(4)]
    together = Barrier(len(client_of))

    def ask(client: ApiClient) -> Any:
        together.wait()
        try:
            return create(client, school, "Bovenbouw", "k1")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(client_of)) as pool:
        answers = list(pool.map(ask, client_of))
    assert [answer.status_code for answer in answers] == [201] * len(answers)
    assert len({answer.content for answer in answers}) == 1
    assert teams(school) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_under_way_the_second_is_told_to_wait(school: Any) -> None:
    person = make_colleague(make_team(school, "Bestaand"), Role.SCHOOL_ADMIN)
    client = client_for(person)
    begun, answered = Event(), Event()

    def first() -> None:
        try:
            with transaction.atomic():
                IdempotencyKey.objects.create(person=person, key="k1", fingerprint="f")
                begun.set()
                answered.wait(timeout=30)
                transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(first)
        begun.wait(timeout=30)
        second = create(client, school, "Bovenbouw", "k1")
        answered.set()
        under_way.result()
    assert (second.status_code, second.json()["code"]) == (409, "in_progress")
    assert second["Retry-After"] == "2"
    # The first did not get there after all: now it is this one's turn.
    assert create(client, school, "Bovenbouw", "k1").status_code == 201
    assert teams(school) == 2


def test_old_answers_are_taken_away(client: ApiClient, school: Any) -> None:
    create(client, school, "Bovenbouw", "k1")
    create(client, school, "Middenbouw", "k2")
    IdempotencyKey.objects.filter(key="k1").update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_first_answers(at=timezone.now()) == 1
    assert [row.key for row in IdempotencyKey.objects.all()] == ["k2"]


@pytest.mark.usefixtures("catalogue")
def test_an_answer_about_who_was_erased_is_gone_and_nothing_happens_twice(
    client: ApiClient, school: Any
) -> None:
    body = {"name": 'Zoë "Zus" van Zanten', "email": "zoe@voorbeeld.test", "fte": 1}
    work = body | {"functions": ["leerkracht"], "working_days": [1]}

    def employ() -> Any:
        path = f"/schools/{school.pk}/employments"
        return client.call("post", path, work, headers={"Idempotency-Key": "k1"})

    first = employ()
    assert (first.status_code, employ().json()) == (201, first.json())
    create(client, school, "Bovenbouw", "k2")
    end = client.call("delete", f"/employments/{first.json()['id']}")
    assert end.status_code == 204
    assert erase_account(Person.objects.get(email="zoe@voorbeeld.test").pk, at=timezone.now())
    again = employ()
    assert (again.status_code, again.json()["code"]) == (409, "answer_erased")
    assert "Zanten" not in again.content.decode()
    kept = {row.key: str(row.response) for row in IdempotencyKey.objects.all()}
    assert kept["k1"] == "None"
    assert "Bovenbouw" in kept["k2"]
    assert not Person.objects.filter(email="zoe@voorbeeld.test").exists()
