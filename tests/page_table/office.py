"""What a school admin sets, and everybody's own data."""

from typing import Any

from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Employment, TeamMembership
from tests.page_table import Page
from tests.page_world import World

_ADMIN = (Role.SCHOOL_ADMIN,)
_KEEPERS = (Role.SCHOOL_ADMIN, Role.DIRECTOR)


def _at_school(path: str) -> Any:
    return lambda world: f"/beheer/{world.school.pk}{path}"


def _of_member(path: str) -> Any:
    def address(world: World) -> str:
        with scopes_disabled():
            found = Employment.objects.get(person=world.people[Role.MEMBER])
        return f"/beheer/medewerker/{found.pk}{path}"

    return address


def _leaving_the_team(world: World) -> str:
    with scopes_disabled():
        found = TeamMembership.objects.get(
            person=world.people[Role.MEMBER], team=world.running.team
        )
    return f"/beheer/teamlid/{found.pk}/weg"


def _of_template(path: str) -> Any:
    return lambda world: f"/beheer/word-sjabloon/{world.ids['word_template_id']}{path}"


def _day_off(world: World) -> str:
    return f"/beheer/vrije-dag/{world.ids['override_id']}/weg"


PAGES = [
    Page("office", lambda _world: "/beheer", _ADMIN),
    Page("office school", _at_school(""), _ADMIN),
    Page("office people", _at_school("/medewerkers?zoek=robin"), _ADMIN),
    Page("office add person", _at_school("/medewerkers/nieuw"), _ADMIN),
    Page("office choose list", _at_school("/medewerkers/inlezen"), _ADMIN),
    Page("office no list", _at_school("/medewerkers/inlezen/controle"), _ADMIN),
    Page("office person", _of_member(""), _ADMIN),
    Page("office work", _of_member("/werk"), _ADMIN),
    Page("office person roles", _of_member("/rollen"), _ADMIN),
    Page("office person teams", _of_member("/teams"), _ADMIN),
    Page("office leave", _of_member("/verlof"), _ADMIN),
    Page("office person sign in", _of_member("/aanmelden"), _ADMIN),
    Page("office leaving", _of_member("/weg"), _ADMIN),
    Page("office roles", _at_school("/rollen"), _ADMIN),
    Page("office give role", _at_school("/rollen/geven"), _ADMIN),
    Page(
        "office withdraw role",
        lambda world: (
            f"/beheer/{world.school.pk}/rollen/{world.people[Role.TRAINER].pk}/trainer/intrekken"
        ),
        _ADMIN,
    ),
    Page(
        "office hand over role",
        lambda world: (
            f"/beheer/{world.school.pk}/rollen/{world.people[Role.TRAINER].pk}/trainer/overdragen"
        ),
        _ADMIN,
    ),
    Page("office log", _at_school("/logboek"), _ADMIN),
    Page("office teams", _at_school("/teams"), (Role.SCHOOL_ADMIN, Role.DIRECTOR)),
    Page(
        "office team",
        lambda world: f"/beheer/team/{world.running.team.pk}",
        (Role.SCHOOL_ADMIN, Role.DIRECTOR),
    ),
    Page(
        "office rename team",
        lambda world: f"/beheer/team/{world.running.team.pk}/naam",
        (Role.SCHOOL_ADMIN, Role.DIRECTOR),
    ),
    Page("office leave team", _leaving_the_team, _ADMIN),
    Page("office days", _at_school("/vakanties"), _ADMIN),
    Page("office add days", _at_school("/vakanties/nieuw"), _ADMIN),
    Page("office remove days", _day_off, _ADMIN),
    Page("office region", _at_school("/vakanties/regio"), _ADMIN),
    Page(
        "office packages",
        _at_school("/pakketten"),
        (Role.SCHOOL_ADMIN, Role.DIRECTOR, Role.TEAM_LEAD),
    ),
    Page("office own packages", _at_school("/pakketten/eigen"), _ADMIN),
    Page("office word templates", _at_school("/word-sjabloon"), _ADMIN),
    Page("office word fields", _at_school("/word-sjabloon/velden"), _ADMIN),
    Page("office word template", _of_template(""), _ADMIN),
    Page("office remove word template", _of_template("/weg"), _ADMIN),
    Page("office names", _at_school("/voortgang-op-naam"), _ADMIN),
    Page("office budgets", _at_school("/budgetten"), _KEEPERS),
    Page("office budget numbers", _at_school("/budgetten/eigen-getallen"), _KEEPERS),
    Page("office budget", _of_member("/budget"), _KEEPERS),
    Page("office add spending", _of_member("/budget/uitgave"), _KEEPERS),
    Page("office budget grant", _of_member("/budget/jaar"), _KEEPERS),
    Page("own budget", lambda _world: "/mijn-budget", tuple(Role)),
    Page("office settings", _at_school("/gegevens"), _ADMIN),
    Page("office numbers", _at_school("/regels"), _ADMIN),
    Page("me", lambda _world: "/mijn-gegevens", tuple(Role)),
    Page("me tokens", lambda _world: "/mijn-gegevens/sleutels", tuple(Role)),
]
