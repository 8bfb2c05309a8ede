"""Reading a page as somebody who is signed in."""

from typing import Any

from django.test import Client

from routekaart.models import Person
from tests.stages import Stage


def client_of(person: Person) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def html(response: Any, status: int = 200) -> str:
    """The text of an answer with this status."""
    assert response.status_code == status, response.status_code
    text: str = response.content.decode()
    return text


def plan_address(stage: Stage) -> str:
    return f"/routekaart/{stage.routekaart.pk}/plan"
