"""Which tabs a routekaart has, and what comes next: by state and by role."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from routekaart.access import Access, Role
from routekaart.models import Person, Routekaart, Team
from routekaart.models.routekaarten import State
from routekaart.web.routekaart_tabs import may_fill_in, routekaart_tabs
from routekaart.web.views.intake.next_step import next_step
from tests.stages import Stage

TEAM = Team(pk=uuid4(), school_id=uuid4(), name="Onderbouw")


def somebody(role: Role) -> Access:
    return Access(Person(), {TEAM.school_id: frozenset({role})}, frozenset({TEAM.pk}))


def in_state(state: State) -> Routekaart:
    return Routekaart(pk=uuid4(), team=TEAM, school_year=2026, state=state)


def titles(role: Role, state: State) -> list[str]:
    return [tab.title for tab in routekaart_tabs(somebody(role), in_state(state), "")]


def test_tabs_appear_when_there_is_something_to_see() -> None:
    assert {state: titles(Role.TEAM_LEAD, state) for state in State} == {
        State.DRAFT: ["Invullen"],
        State.SUBMITTED: ["Ingevuld"],
        State.ADVISED: ["Ingevuld", "Advies"],
        State.ACCEPTED: ["Ingevuld", "Advies", "Toewijzen", "Plan", "Jaar", "Afspraken"],
        **{
            state: ["Ingevuld", "Advies", "Toewijzen", "Plan", "Jaar", "Afspraken", "Documenten"]
            for state in (State.PLANNED, State.APPROVED, State.RUNNING, State.CLOSED)
        },
    }


def test_what_was_given_back_keeps_its_documents() -> None:
    back = in_state(State.ACCEPTED)
    back.return_comment = "Kies drie doelen."
    assert routekaart_tabs(somebody(Role.TEAM_LEAD), back, "")[-1].title == "Documenten"


def test_who_may_not_see_agreements_has_no_tab_for_them() -> None:
    seen = titles(Role.BOARD, State.RUNNING)
    assert seen == ["Ingevuld", "Advies", "Plan", "Jaar", "Documenten"]
    # The MR reads the plan and what is made of it.
    assert titles(Role.MR_READER, State.RUNNING) == ["Plan", "Jaar", "Documenten"]
    assert titles(Role.SCHOOL_ADMIN, State.RUNNING) == []


def test_only_the_page_that_is_shown_is_marked() -> None:
    tabs = routekaart_tabs(somebody(Role.MEMBER), in_state(State.RUNNING), "year")
    assert [tab.title for tab in tabs if tab.here] == ["Jaar"]
    tabs = routekaart_tabs(somebody(Role.MEMBER), in_state(State.RUNNING), "route:year")
    assert [tab.title for tab in tabs if tab.here] == ["Jaar"]


def test_only_the_team_fills_in_and_only_a_draft() -> None:
    assert may_fill_in(somebody(Role.MEMBER), in_state(State.DRAFT))
    assert not may_fill_in(somebody(Role.MEMBER), in_state(State.SUBMITTED))
    assert not may_fill_in(somebody(Role.TRAINER), in_state(State.DRAFT))


@pytest.mark.parametrize(
    ("state", "doers"),
    [
        (State.DRAFT, {Role.MEMBER, Role.TEAM_LEAD}),
        (State.SUBMITTED, {Role.TRAINER}),
        (State.ADVISED, {Role.TEAM_LEAD}),
        (State.ACCEPTED, {Role.TEAM_LEAD, Role.TRAINER}),
        (State.PLANNED, {Role.DIRECTOR}),
        (State.APPROVED, {Role.TEAM_LEAD}),
    ],
)
def test_the_next_thing_is_for_who_may_do_it(state: State, doers: set[Role]) -> None:
    steps = {role: next_step(somebody(role), in_state(state)) for role in Role}
    assert {role for role, step in steps.items() if step.mine} == doers
    assert all(step.text.endswith(".") and step.action for step in steps.values())


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_page_says_which_routekaart_it_is_and_leads_back_up() -> None:
    stage, client = Stage(), Client()
    client.force_login(stage.lead)
    home = f"/routekaart/{stage.routekaart.pk}"
    up = {}
    for path in ("", "/doelen", "/doelen/nieuw", "/uren"):
        html = client.get(f"{home}{path}").content.decode()
        crumbs = html[html.index('aria-label="Kruimelpad"') : html.index("<h1")]
        assert (">concept</span>" in crumbs) == (path != "/doelen/nieuw")
        assert '<a href="/routekaarten" aria-current="true">' in html
        up[path] = re.findall('href="([^"]+)"', crumbs)
    assert up == {
        "": ["/routekaarten"],
        "/doelen": ["/routekaarten", home],
        "/doelen/nieuw": ["/routekaarten", home, f"{home}/doelen"],
        "/uren": ["/routekaarten", home],
    }
