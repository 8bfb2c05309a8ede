"""What a query hands over to have the plan of a group written, and how a group is cut out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from courses.dutch import listed
from courses.entities import Catalogue
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.hours import Activity
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import Plan
from routekaart.domain.privacy import hides


@dataclass(frozen=True, slots=True)
class GroupPlanInput:
    """Everything the plan of a group is made from.

    A group are the people of a team who have one of these functions (slugs, in the order of the
    catalogue); who has two functions is in both groups. `plan` holds nobody else. Without persons
    its members have no names, and what the plan asks of each is not in it.
    `assumed` are the minutes of what all do together of which the length is assumed.
    """

    plan: ScholingsplanInput
    functions: tuple[str, ...]
    assumed: tuple[tuple[Activity, int], ...] = ()

    @property
    def title(self) -> str:
        """leerkrachten en onderwijsassistenten"""
        return group_title(self.plan.catalogue, self.functions)


def group_title(catalogue: Catalogue, functions: tuple[str, ...]) -> str:
    """What a group is called: its functions in the plural."""
    known = catalogue.function_by_slug
    return listed([known[slug].plural.lower() if slug in known else slug for slug in functions])


def few_told(members: Collection[Member], functions: Collection[str]) -> bool:
    """Whether a plan of this group without persons would tell what fewer than five people do.

    It does so of fewer than five, and beside the plan of the same group but for one function of
    which it adds fewer than five.
    """

    def having(wanted: set[str]) -> int:
        return sum(1 for one in members if wanted.intersection(one.functions))

    chosen = set(functions)
    whole = having(chosen)
    without = [having(chosen - {one}) for one in chosen]
    return hides(whole) or any(
        not hides(some) and whole - some > 0 and hides(whole - some) for some in without
    )


def of_group(given: ScholingsplanInput, functions: tuple[str, ...]) -> GroupPlanInput:
    """The plan of a team, cut down to these functions and to what its reader may know."""
    wanted = set(functions)
    members = tuple(one for one in given.members if wanted.intersection(one.functions))
    ids = {member.id for member in members}
    return GroupPlanInput(
        functions=functions,
        assumed=tuple(_assumed(given.plan)) if given.plan else (),
        plan=replace(
            given,
            members=members if given.with_persons else tuple(map(_nameless, members)),
            assignments=tuple(
                # How far somebody is, is no part of what a group plans.
                replace(item, completed=False)
                for item in given.assignments
                if item.member_id in ids
            ),
            advice=replace(
                given.advice,
                items=tuple(
                    item for item in given.advice.items if wanted.intersection(item.functions)
                ),
                uncovered=tuple(pair for pair in given.advice.uncovered if pair[1] in wanted),
            )
            if given.advice
            else None,
            plan=_plan(given.plan, ids if given.with_persons else set()) if given.plan else None,
            findings=(),
        ),
    )


def _assumed(plan: Plan) -> Iterator[tuple[Activity, int]]:
    """Of study days and meetings; who is away for some of them says nothing of the others."""
    for activity, minutes in planned_together(plan).items():
        lines = [line for one in plan.hours for line in one.lines if line.activity is activity]
        if all(line.assumed_minutes == line.minutes for line in lines):
            yield activity, minutes if lines else 0
        else:
            yield activity, max(line.assumed_minutes for line in lines)


def planned_together(plan: Plan) -> Mapping[Activity, int]:
    """The minutes of a year's study days and of each kind of meeting, for who is at all of them."""
    return {
        Activity.STUDY_DAY: sum(day.minutes for day in plan.study_days),
        Activity.PLG: sum(one.minutes for one in plan.plg_meetings),
        Activity.FOLLOW_UP: sum(one.minutes for one in plan.follow_ups),
        Activity.EVALUATION: sum(one.minutes for one in plan.evaluations),
    }


def _nameless(member: Member) -> Member:
    return Member(id=member.id, name="", functions=member.functions)


def _plan(plan: Plan, ids: set[str]) -> Plan:
    return replace(
        plan,
        preparation_weeks=tuple(one for one in plan.preparation_weeks if one.member_id in ids),
        hours=tuple(one for one in plan.hours if one.member_id in ids),
        completed=(),
        not_placed=tuple(
            one for one in plan.not_placed if one.member_id is None or one.member_id in ids
        ),
    )
