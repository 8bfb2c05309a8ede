"""What the plan of one person takes over from the plans of the teams, as documents of these say."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.errors import Conflict
from routekaart.domain.people import Member
from routekaart.domain.planner.sight import without_persons
from routekaart.models import Plan, Routekaart
from routekaart.queries.documents.content import ALONG, routekaart_input, scholingsplan_inputs
from routekaart.queries.organisation.teams import employments_of_teams, members_for_planning
from routekaart.queries.planning.current_plan import current_plans


def person_and_teams(
    routekaarten: Sequence[Routekaart], person_id: UUID
) -> tuple[Member, list[ScholingsplanInput]]:
    """The person, and of each of these routekaarten of one school the plan without others.

    Of a version that was approved it is what stood then. Who came after that does not stand in it:
    of that team it is what stands now, and no version that was approved. The days and hours of the
    person are those of the first plan. Raises `Conflict` (`no_employment`) for who only visits.
    Call inside the scope; each routekaart comes with its team, school and board.
    """
    now = _employed(routekaarten, person_id)
    teams = [_of_team(given, now) for given in _as_they_stood(routekaarten, now)]
    then = next((given.members[0] for given in teams), now)
    # What somebody is called is of that person, and no part of what was approved.
    member = replace(then, name=now.name)
    return member, [replace(given, members=(member,)) for given in teams]


def _employed(routekaarten: Sequence[Routekaart], person_id: UUID) -> Member:
    """The person with days and hours. Who only visits the teams has none of those here."""
    found = employments_of_teams(
        team_ids=[one.team_id for one in routekaarten],
        schools=[routekaarten[0].team.school_id],
    )
    for one in routekaarten:
        for member in members_for_planning(found[one.team_id], called_here=True):
            if member.id == str(person_id):
                return member
    raise Conflict(
        "Voor een eigen plan is een aanstelling op deze school nodig. Vraag de schoolbeheerder om "
        "die in te vullen.",
        code="no_employment",
    )


def _as_they_stood(routekaarten: Sequence[Routekaart], person: Member) -> list[ScholingsplanInput]:
    counting = current_plans([one.pk for one in routekaarten])
    plans = Plan.objects.select_related(*ALONG).in_bulk(list(counting.values()))
    stood = scholingsplan_inputs(
        plans=plans.values(), schools=(routekaarten[0].team.school_id,), with_persons=True
    )
    found: list[ScholingsplanInput] = []
    for one in routekaarten:
        pk = counting.get(one.pk)
        if pk is None:
            found.append(routekaart_input(routekaart=one, plan=None, with_persons=True))
        elif any(member.id == person.id for member in stood[pk].members):
            found.append(stood[pk])
        else:
            now = routekaart_input(routekaart=one, plan=plans[pk], with_persons=True)
            found.append(replace(now, adopted=False))
    return found


def _of_team(given: ScholingsplanInput, now: Member) -> ScholingsplanInput:
    """Without everybody else. What was done before stands in the records, for who may see those."""
    plan = given.plan
    return replace(
        given,
        members=(next((one for one in given.members if one.id == now.id), now),),
        assignments=tuple(
            replace(item, completed=False) for item in given.assignments if item.member_id == now.id
        ),
        plan=replace(without_persons(plan, now.id), completed=()) if plan else None,
        findings=(),
    )
