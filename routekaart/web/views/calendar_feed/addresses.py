"""Zet dit in je agenda: secret addresses of calendars, made and stopped by who they are for."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from routekaart.access import NotFound
from routekaart.actions.calendar_feed.addresses import make_address, stop_address
from routekaart.models import CalendarFeed
from routekaart.queries.calendar_feed.feeds import OwnFeeds, own_feeds
from routekaart.web.signed_in import PageRequest, signed_in

_OWN = "mijn"


@dataclass(frozen=True, slots=True)
class Card:
    """A calendar that one has or can have. `key`: what its buttons send. `new`: its address, in
    the answer to making it and never again."""

    key: str
    title: str
    school: str
    feed: CalendarFeed | None
    new: str = ""

    @property
    def in_app(self) -> str:
        """The same address as a link that opens the calendar program of a device."""
        return "webcal:" + self.new.partition(":")[2]


@require_http_methods(["GET", "POST"])
@signed_in
def addresses(request: PageRequest) -> HttpResponse:
    """The calendars of who is signed in; a new address is shown in this answer only."""
    made: tuple[str, str] = ("", "")
    if "stop" in request.POST:
        stop_address(by=request.by, feed_id=_id(request.POST["stop"]))
        messages.success(request, "Gestopt. Dit adres werkt niet meer.")
        return redirect("calendar_feed:addresses")
    if request.method == "POST":
        made = _made(request, request.POST.get("maak", ""))
    cards = list(_cards(own_feeds(by=request.by), *made))
    return render(
        request,
        "calendar_feed/addresses.html",
        {"cards": cards, "new": next((card for card in cards if card.new), None)},
    )


def _made(request: PageRequest, key: str) -> tuple[str, str]:
    """Which calendar got a new address, and that address."""
    address = make_address(by=request.by, team_id=None if key == _OWN else _id(key))
    path = reverse("calendar_feed:feed", args=[address.secret])
    return key, request.build_absolute_uri(path)


def _cards(feeds: OwnFeeds, made: str, new: str) -> Iterator[Card]:
    yield Card(_OWN, "Mijn agenda", "", feeds.own, new if made == _OWN else "")
    for one in feeds.teams:
        key = str(one.team.pk)
        title = f"De agenda van {one.team.name}"
        yield Card(key, title, one.team.school.name, one.feed, new if made == key else "")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("CalendarFeed") from None
