"""Somebody's calendar program, and what a team has in its year, for every test about calendars."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django_scopes import scopes_disabled

from routekaart.access import Access
from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.actions.calendar_feed.serving import serve_feed
from routekaart.models import LessonVisit, Person, PlgCycle, PlgCycleMember, PlgMeeting
from tests.calendar_client import Calendar, Client, read
from tests.stages import Stage

# A Monday.
NOW = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAY = "Studiedag: Feedback"


class Subscription:
    """Somebody who made an address and put it into a calendar program."""

    def __init__(self, by: Access, team: UUID | None = None) -> None:
        self.secret = make_address(by=by, team_id=team).secret
        self.client = Client()

    def file(self, at: datetime = NOW) -> bytes:
        return serve_feed(secret=self.secret, at=at)

    def read(self, at: datetime = NOW) -> Calendar:
        return read(self.file(at))

    def summaries(self, at: datetime = NOW) -> list[str]:
        return [event.summary for event in self.read(at).events]

    def polled(self, at: datetime = NOW) -> Client:
        self.client.take(self.file(at))
        return self.client


def make_cycle(stage: Stage, *members: Person, name: str = "Rekenen") -> PlgCycle:
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name=name, state="running")
        for person in members:
            PlgCycleMember.objects.create(cycle=cycle, person=person)
    return cycle


def make_meeting(cycle: PlgCycle, day: int = 18, **values: Any) -> PlgMeeting:
    fields: dict[str, Any] = {"date": date(2026, 11, day), "starts_at": time(15)}
    with scopes_disabled():
        return PlgMeeting.objects.create(cycle=cycle, **fields | values)


def make_visit(cycle: PlgCycle, visitor: Person, host: Person, **values: Any) -> LessonVisit:
    fields: dict[str, Any] = {
        "focus": "Kijkvraag-kanarie",
        "date": date(2026, 11, 10),
        "starts_at": time(10),
    }
    with scopes_disabled():
        return LessonVisit.objects.create(
            cycle=cycle, visitor=visitor, host=host, **fields | values
        )


def change(model: Any, pk: object, **values: Any) -> None:
    with scopes_disabled():
        model.objects.filter(pk=pk).update(**values)
