"""A team in the middle of its year with a PLG, for every test about one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from courses.catalogue import current_catalogue
from routekaart.access import Access, Role
from routekaart.clock import standing_at
from routekaart.models import Person
from tests.makers import ApiClient, client_for, make_colleague
from tests.stages import Stage

# A Wednesday after the study day.
TODAY = date(2026, 11, 25)
MORNING = datetime(2026, 11, 25, 9, tzinfo=UTC)
ANSWERED = "Elke leerling stelt een vraag."


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json", response.content
    return response.status_code, response.json()["code"]


def fields(response: Any) -> list[str]:
    return [error["field"] for error in response.json()["errors"]]


def questions() -> list[str]:
    return [question.slug for question in current_catalogue().plg.questions]


def answers(text: str = ANSWERED) -> list[dict[str, str]]:
    """The first three answered; why the last one is not."""
    slugs = questions()
    return [
        *({"question": slug, "text": text} for slug in slugs[:-1]),
        {"question": slugs[-1], "not_answered_because": "Weten we nog niet."},
    ]


class PlgStage:
    """An accepted routekaart, a PLG of lead and member, and a colleague who is not in it.

    `planned`: with a plan that was approved, and begun.
    """

    def __init__(self, *, planned: bool = False, **values: Any) -> None:
        self.stage = Stage().running() if planned else Stage().accepted()
        self.colleague: Person = make_colleague(self.stage.team, Role.MEMBER, name="Cor Collega")
        self.lead = client_for(self.stage.lead)
        self.member = client_for(self.stage.member)
        self.outsider = client_for(self.colleague)
        self.trainer = client_for(self.stage.trainer)
        body = {
            "name": "Feedback",
            "goal": str(self.stage.goal.pk),
            "members": [str(self.stage.lead.pk), str(self.stage.member.pk)],
        }
        self.made = self.lead.call(
            "post", f"/routekaarten/{self.stage.routekaart.pk}/plg-cycles", body | values
        ).json()
        self.path = f"/plg-cycles/{self.made['id']}"

    @property
    def as_lead(self) -> Access:
        return self.stage.as_lead

    def start(self) -> "PlgStage":
        with at_work():
            response = self.lead.call("post", f"{self.path}/start")
        assert response.status_code == 200, response.content
        return self

    def meetings(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.lead.call(
            "get", f"{self.path}/meetings?limit=100"
        ).json()["items"]
        return items

    def hold(self, meeting: dict[str, Any], text: str = ANSWERED) -> None:
        response = on(
            meeting["date"],
            self.lead,
            f"/plg-meetings/{meeting['id']}/close",
            {"answers": answers(text)},
        )
        assert response.status_code == 200, response.content

    def post(self, client: ApiClient, rest: str, body: Any = None) -> Any:
        with at_work():
            return client.call("post", f"{self.path}{rest}", body)


def on(day: str, client: ApiClient, path: str, body: Any = None) -> Any:
    """What is posted on a day."""
    with standing_at(datetime.fromisoformat(f"{day}T15:00+00:00")):
        return client.call("post", path, body)


@contextmanager
def at_work() -> Iterator[None]:
    """The clock stands at TODAY."""
    with standing_at(MORNING):
        yield
