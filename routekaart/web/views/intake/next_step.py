"""The one next thing to do with a routekaart, and who does it."""

from dataclasses import dataclass

from django.urls import reverse

from routekaart.access import Access, Permission
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State

P = Permission


@dataclass(frozen=True, slots=True)
class NextStep:
    """`text` says what happens now. `action` names the link to `address`; `mine`: it is for who
    reads this, and not only to look."""

    text: str
    action: str
    address: str
    mine: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """What to do (for who may) and what one waits for (for the others), each with its page."""

    permission: Permission
    to_do: str
    action: str
    name: str
    waiting: str
    look: str
    look_name: str


_WORDS = {
    State.DRAFT: _Words(
        P.EDIT_ROUTEKAART,
        "Vul de stappen in.",
        "Verder met invullen",
        "intake:steps",
        "Het team vult de routekaart nog in.",
        "Bekijk wat er al staat",
        "intake:steps",
    ),
    State.SUBMITTED: _Words(
        P.ADVISE,
        "Het team heeft ingediend. Jij maakt het advies.",
        "Maak het advies",
        "trainer:desk",
        "De trainer kijkt ernaar en maakt een advies. Je hoeft nu niets te doen.",
        "Bekijk wat er is ingediend",
        "intake:steps",
    ),
    State.ADVISED: _Words(
        P.ACCEPT_ADVICE,
        "Het advies is er. Kijk het na en neem het aan.",
        "Bekijk het advies",
        "route:advice",
        "Het advies is er. De teamleider beslist erover.",
        "Lees het advies",
        "route:advice",
    ),
    State.ACCEPTED: _Words(
        P.ASSIGN,
        "Het advies is aangenomen. Wijs de cursussen toe en maak het plan.",
        "Naar het plan",
        "route:plan",
        "De teamleider en de trainer wijzen cursussen toe en maken het plan.",
        "Bekijk het jaar",
        "route:year",
    ),
    State.PLANNED: _Words(
        P.APPROVE,
        "Het plan is klaar. Kijk het na en stel het vast.",
        "Naar het besluit",
        "overview:decision",
        "Het plan is klaar. De directie stelt het vast.",
        "Bekijk het plan",
        "route:year",
    ),
    State.APPROVED: _Words(
        P.SUBMIT_ROUTEKAART,
        "Het plan is vastgesteld. Jullie kunnen beginnen.",
        "Begin met uitvoeren",
        "route:plan",
        "Het plan is vastgesteld. Het team kan beginnen.",
        "Bekijk het plan",
        "route:year",
    ),
    State.RUNNING: _Words(
        P.EDIT_ROUTEKAART,
        "Het jaar loopt. Kijk wat er de komende weken op de route staat.",
        "Bekijk het jaar",
        "route:year",
        "Het jaar loopt.",
        "Bekijk het jaar",
        "route:year",
    ),
    State.CLOSED: _Words(
        P.EDIT_ROUTEKAART,
        "Dit schooljaar is afgerond.",
        "Lees terug",
        "intake:steps",
        "Dit schooljaar is afgerond.",
        "Lees terug",
        "intake:steps",
    ),
}


def next_step(by: Access, routekaart: Routekaart) -> NextStep:
    """What comes now, for this reader. The row must have been read along with its team."""
    words = _WORDS[State(routekaart.state)]
    mine = by.allows(words.permission, school=routekaart.team.school_id, team=routekaart.team_id)
    name = words.name if mine else words.look_name
    return NextStep(
        text=words.to_do if mine else words.waiting,
        action=words.action if mine else words.look,
        address=reverse(name, args=[routekaart.pk]),
        mine=mine,
    )


def draft_hint(routekaart: Routekaart) -> str:
    """What a draft of the list waits for: read by `routekaarten_within_reach`."""
    for has, text in (
        ("has_choice", "Kies interventies."),
        ("has_goal", "Schrijf op wat jullie gaan leren."),
        ("has_day", "Kies studiedagen."),
    ):
        if not getattr(routekaart, has):
            return text
    return "Kijk alles na en dien in."
