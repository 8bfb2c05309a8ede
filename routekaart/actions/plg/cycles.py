"""PLGs: setting one up, starting, closing, and going on in a next cycle."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from routekaart.access import STEP_PERMISSIONS, Access, Permission
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.actions.plg.changing import in_cycle, note
from routekaart.actions.plg.meetings import plan_meetings_of
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.domain.lifecycle import PLG_CYCLE
from routekaart.domain.plg_cycle.closing import (
    DatedMeeting,
    closing_findings,
    starting_findings,
)
from routekaart.models import (
    Goal,
    PlgCycle,
    PlgCycleMember,
    Routekaart,
    TeamMembership,
)
from routekaart.models.routekaarten import State

_STEPS = STEP_PERMISSIONS[PLG_CYCLE.name]
CLOSED_BEFORE = "De PLG is afgerond."


def add_cycle(*, by: Access, routekaart_id: UUID, values: Mapping[str, Any]) -> PlgCycle:
    """A PLG in preparation. `values`: name, goal, rhythm_weeks, members (ids of the team).

    Raises `Conflict` (`plg_exists`) when the routekaart has one of that name.
    """
    by.fetch(Routekaart, routekaart_id, Permission.RUN_PLG)
    with transaction.atomic(), by.entered():
        routekaart = _locked(routekaart_id)
        cycle = PlgCycle(routekaart=routekaart, rhythm_weeks=routekaart.plg_rhythm_weeks)
        _fill(cycle, values)
        note(by=by, cycle=cycle, action="add_plg_cycle")
    return cycle


def change_cycle(*, by: Access, cycle_id: UUID, values: Mapping[str, Any]) -> PlgCycle:
    """Changes what `values` names; a list of members replaces the one there was."""
    with in_cycle(by=by, cycle_id=cycle_id, permission=Permission.RUN_PLG) as cycle:
        _fill(cycle, values)
        note(by=by, cycle=cycle, action="change_plg_cycle")
    return cycle


def start_cycle(*, by: Access, cycle_id: UUID, today: date) -> PlgCycle:
    """The PLG begins. When it has no meetings yet, they are planned: a repeat adds none.

    Raises `RulesBroken` for a PLG of one person.
    """
    with in_cycle(by=by, cycle_id=cycle_id, permission=_STEPS["start"], also_closed=True) as cycle:
        cycle.state = PLG_CYCLE.after(cycle.state, "start")
        found = starting_findings(cycle.member_rows.count())
        if found:
            raise RulesBroken(found)
        cycle.save(update_fields=["state"])
        if not cycle.meetings.exists():
            plan_meetings_of(cycle, today=today)
        note(by=by, cycle=cycle, action="start_plg_cycle")
    return cycle


def close_cycle(*, by: Access, cycle_id: UUID, outcome: str | None, today: date) -> PlgCycle:
    """The PLG is done. `outcome` None keeps what was written before.

    Meetings that were still to come are skipped. Raises `RulesBroken` with all that misses.
    """
    with in_cycle(by=by, cycle_id=cycle_id, permission=_STEPS["close"], also_closed=True) as cycle:
        cycle.state = PLG_CYCLE.after(cycle.state, "close")
        if outcome is not None:
            cycle.outcome = outcome
        meetings = list(cycle.meetings.all())
        found = closing_findings(
            [DatedMeeting(meeting.date, meeting.state) for meeting in meetings],
            outcome=cycle.outcome,
            today=today,
        )
        if found:
            raise RulesBroken(found)
        cycle.save(update_fields=["state", "outcome"])
        cycle.meetings.filter(state="planned").update(state="skipped", reason=CLOSED_BEFORE)
        note(by=by, cycle=cycle, action="close_plg_cycle")
    return cycle


def reopen_cycle(*, by: Access, cycle_id: UUID) -> PlgCycle:
    """The PLG goes on after all; meetings that fell away can be reopened one by one."""
    with in_cycle(by=by, cycle_id=cycle_id, permission=_STEPS["reopen"], also_closed=True) as cycle:
        cycle.state = PLG_CYCLE.after(cycle.state, "reopen")
        cycle.save(update_fields=["state"])
        note(by=by, cycle=cycle, action="reopen_plg_cycle")
    return cycle


def next_cycle(
    *, by: Access, cycle_id: UUID, routekaart_id: UUID | None = None
) -> tuple[PlgCycle, bool]:
    """The cycle that goes on from one that is done, and whether it is new; a repeat gives the same.

    `routekaart_id`: another routekaart of the same team, such as next year's; there it has the
    goal that was carried over, if it was. Who has left the team is not in it.
    """
    earlier = by.fetch(PlgCycle, cycle_id, Permission.RUN_PLG, along=("routekaart",))
    target = by.fetch(Routekaart, routekaart_id or earlier.routekaart_id, Permission.RUN_PLG)
    if target.team_id != earlier.routekaart.team_id:
        raise BadInput(
            "routekaart",
            "Deze routekaart is van een ander team. Kies er een van jullie eigen team.",
            code="other_team",
        )
    with transaction.atomic(), by.entered():
        earlier = (
            PlgCycle.objects.select_for_update(of=("self",), no_key=True)
            .select_related("routekaart")
            .get(pk=cycle_id)
        )
        # A year that is over has no PLG that goes on: nobody can close it there any more.
        if earlier.state != "closed" and earlier.routekaart.state != State.CLOSED:
            raise Conflict(
                "Deze PLG loopt nog. Rond haar eerst af; daarna kan ze verder in een vervolg.",
                code="wrong_state",
            )
        made = PlgCycle.objects.filter(previous=earlier, routekaart=target).first()
        if made is not None:
            return made, False
        cycle = PlgCycle(
            routekaart=_locked(target.pk), previous=earlier, rhythm_weeks=earlier.rhythm_weeks
        )
        values = {
            "name": _free_name(target.pk, earlier.name),
            "goal": _goal_there(earlier, target),
            "members": _still_in_team(earlier, target.team_id),
        }
        _fill(cycle, values)
        note(by=by, cycle=cycle, action="next_plg_cycle")
    return cycle, True


def _locked(routekaart_id: UUID) -> Routekaart:
    routekaart = (
        Routekaart.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__school")
        .get(pk=routekaart_id)
    )
    check_state(routekaart, UNDERWAY)
    return routekaart


def _fill(cycle: PlgCycle, values: Mapping[str, Any]) -> None:
    for name in ("name", "rhythm_weeks", "outcome"):
        if name in values:
            setattr(cycle, name, values[name])
    if "goal" in values:
        cycle.goal = _goal(cycle, values["goal"])
    members = values.get("members")
    if members is not None:
        _check_members(cycle, members)
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError:
        raise Conflict(
            "Deze routekaart heeft al een PLG met deze naam. Kies een andere naam.",
            code="plg_exists",
        ) from None
    if members is not None:
        cycle.member_rows.all().delete()
        PlgCycleMember.objects.bulk_create(
            PlgCycleMember(cycle=cycle, person_id=person) for person in dict.fromkeys(members)
        )


def _goal(cycle: PlgCycle, goal_id: UUID | None) -> Goal | None:
    if goal_id is None:
        return None
    goal = Goal.objects.filter(routekaart=cycle.routekaart_id, pk=goal_id).first()
    if goal is None:
        raise BadInput(
            "goal",
            "Dit doel hoort niet bij deze routekaart. Kies er een uit de lijst.",
            code="unknown_goal",
        )
    return goal


def _check_members(cycle: PlgCycle, members: Sequence[UUID]) -> None:
    team = set(
        TeamMembership.objects.filter(team=cycle.routekaart.team_id).values_list(
            "person_id", flat=True
        )
    )
    if not set(members) <= team:
        raise BadInput(
            "members",
            "Niet iedereen hoort bij dit team. Kies leden van het team.",
            code="not_in_team",
        )


def _still_in_team(cycle: PlgCycle, team_id: UUID) -> list[UUID]:
    return list(
        cycle.member_rows.filter(person__memberships__team=team_id).values_list(
            "person_id", flat=True
        )
    )


def _goal_there(earlier: PlgCycle, target: Routekaart) -> UUID | None:
    if earlier.goal_id is None or earlier.routekaart_id == target.pk:
        return earlier.goal_id
    carried = Goal.objects.filter(routekaart=target, carried_from=earlier.goal_id).first()
    return carried.pk if carried else None


def _free_name(routekaart_id: UUID, name: str) -> str:
    """The name itself, or else the first of "name (2)", "name (3)" … that is free."""
    taken = set(PlgCycle.objects.filter(routekaart=routekaart_id).values_list("name", flat=True))
    number, found = 1, name
    while found in taken:
        number += 1
        ending = f" ({number})"
        found = name[: 200 - len(ending)] + ending
    return found
