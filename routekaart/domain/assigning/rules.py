"""Rules that assign: what somebody gets by them, and what falls away with a function. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from routekaart.domain.assigning.advice import merged
from routekaart.domain.assigning.entities import NewAssignment, NewRule, TeamMember

Reach = Mapping[str, frozenset[str]]


def applies(rule: NewRule, functions: Collection[str], reach: Reach) -> bool:
    """Whether a rule is about somebody with these functions.

    `reach`: per function those that it stands for; one that the catalogue lost stands for itself.
    """
    if not rule.function:
        return True
    return bool(reach.get(rule.function, frozenset({rule.function})).intersection(functions))


def by_rules(
    rules: Iterable[NewRule], member: TeamMember, reach: Reach, may_be_mandatory: Collection[str]
) -> tuple[NewAssignment, ...]:
    """What somebody gets by `rules`: a course once, for all its goals.

    Mandatory only while the course is offered: who joins later gets what is there now.
    """
    return merged(
        NewAssignment(
            person=member.id,
            course=rule.course,
            goals=(rule.goal,),
            reason=rule.reason,
            mandatory=rule.mandatory and rule.course in may_be_mandatory,
        )
        for rule in rules
        if applies(rule, member.functions, reach)
    )


def fallen_away(
    rules: Sequence[NewRule], before: Collection[str], after: Collection[str], reach: Reach
) -> frozenset[str]:
    """The courses that `rules` gave with the functions of `before` and no longer do.

    What no rule speaks of is not among them: nobody says any more why it was given.
    """

    def given(functions: Collection[str]) -> set[str]:
        return {rule.course for rule in rules if applies(rule, functions, reach)}

    return frozenset(given(before) - given(after))
