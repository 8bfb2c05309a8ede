"""What stands in the way of a good plan, said before there is one. It warns, it never blocks."""

from collections.abc import Callable, Iterator

from courses.findings import Finding, Severity
from routekaart.domain.content.wording import counted, duration
from routekaart.domain.planner.goal_order import in_circle
from routekaart.domain.rules.view import MemberView, RoutekaartView


def planning_findings(view: RoutekaartView) -> Iterator[Finding]:
    """Everything that the planner will run into, in no particular order."""
    yield from _order(view)
    if view.dates is not None and not view.dates.own_days:
        yield Finding(
            "no_study_days",
            Severity.WARNING,
            "Er is nog geen studiedag of studiemiddag, dus er valt niets te plannen. Voeg er een "
            "toe; als de datum nog niet vaststaat, mag het een kandidaatdatum zijn.",
            field="study_days",
        )
    yield from _members(view.members)


def _order(view: RoutekaartView) -> Iterator[Finding]:
    for key in in_circle({goal.key: goal.after for goal in view.goals}):
        yield Finding(
            "goal_order_cycle",
            Severity.WARNING,
            "Dit doel wacht op een doel dat zelf op dit doel wacht, rechtstreeks of via een ander "
            "doel. Geen van die doelen krijgt zo een studiedag. Haal bij één ervan weg dat het na "
            "een ander doel komt.",
            goal=key,
            field="after",
        )


def _members(members: tuple[MemberView, ...]) -> Iterator[Finding]:
    """How many people something holds for, never who: the plan tells each of them."""

    def number(holds: Callable[[MemberView], bool]) -> str:
        found = sum(map(holds, members))
        return counted(found, "collega", "collega’s") if found else ""

    if who := number(lambda one: not one.functions):
        yield _of_members(
            "member_without_function",
            f"Bij {who} staat geen functie. Zonder functie krijgt iemand alleen cursussen die "
            "voor iedereen zijn. Laat de schoolbeheerder de functie invullen.",
        )
    if who := number(lambda one: not one.working_days):
        yield _of_members(
            "member_without_working_days",
            f"Bij {who} staan geen werkdagen. Zonder werkdagen is er geen voorbereiding te "
            "plannen. Laat de schoolbeheerder de werkdagen invullen.",
        )
    if who := number(lambda one: one.weekly_minutes == 0):
        yield _of_members(
            "member_without_hours",
            f"Bij {who} is er geen studietijd: 0 fte, of 0 minuten per week. Laat de "
            "schoolbeheerder de aanstelling invullen, of spreek studieminuten af.",
        )
    short = [_shortage(member) for member in members if _shortage(member) > 0]
    if short:
        yield _of_members(
            "hours_exceed_year",
            f"De verplichte cursussen passen bij {counted(len(short), 'collega', 'collega’s')} "
            f"niet in dit schooljaar: tot {duration(max(short))} te veel voor één persoon. Maak "
            "een cursus vrijwillig, trek een toewijzing in, of geef meer studietijd per week.",
        )


def _shortage(member: MemberView) -> int:
    """Minutes too many for a year; who has no time at all has a finding for that."""
    if not (member.working_days and member.weekly_minutes):
        return 0
    return member.asked_minutes - member.minutes_left


def _of_members(code: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, message, field="members")
