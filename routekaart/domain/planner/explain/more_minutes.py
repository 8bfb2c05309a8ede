"""More study time a week: for how few people, and how few minutes."""

from bisect import bisect_left
from dataclasses import dataclass

from courses.dutch import listed
from routekaart.domain.planner.changes import Change, ChangeSettings, MoreWeeklyMinutes
from routekaart.domain.planner.changes.people import whom
from routekaart.domain.planner.explain.fit import Fit
from routekaart.domain.planner.explain.kinds import DayReason, Help, HelpKind
from routekaart.domain.planner.explain.solving import smallest
from routekaart.domain.planner.explain.wanted import Wanted

MINUTES = tuple(range(5, 65, 5))
"""How many minutes a week more are tried."""
_MOST = 2400
_MOST_GROUPS = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """People who may get more time: one person, or everyone with some functions.

    `loose` are people without a function; `everyone` is all of them together.
    """

    functions: tuple[str, ...]
    loose: tuple[str, ...]
    everyone: frozenset[str]

    def more(self, minutes: int) -> tuple[Change, ...]:
        return (
            *(MoreWeeklyMinutes(minutes, function=function) for function in self.functions),
            *(MoreWeeklyMinutes(minutes, member=member) for member in self.loose),
        )


def more_minutes(wanted: Wanted) -> Help | None:
    """For as few people as possible of those who are short, and else for the whole team.

    What the whole team needs is a setting of the team, before agreements with each person.
    """
    whole = frozenset(member.id for member in wanted.draft.problem.members)
    for group, guess in _groups(wanted):
        if group.everyone == whole:
            found = _for_the_team(wanted)
            if found is not None:
                return found
        minutes = _fewest(wanted, group, guess)
        if minutes is not None:
            text = _text(wanted, group, minutes)
            return wanted.help(HelpKind.MORE_MINUTES, *group.more(minutes), text=text)
    return _for_the_team(wanted)


def _fewest(wanted: Wanted, group: _Group, guess: int | None) -> int | None:
    return smallest(MINUTES, lambda minutes: wanted.is_helped(*group.more(minutes)), guess)


def _groups(wanted: Wanted) -> list[tuple[_Group, int | None]]:
    """Those who are short before some day, the smallest group first, each with a guess."""
    fit = Fit.of(wanted.draft)
    guesses: dict[_Group, int] = {}
    for reason in wanted.reasons:
        if reason.people:
            group = _group(wanted, reason)
            guess = _guess(wanted, fit, group, reason)
            guesses[group] = min(guess, guesses.get(group, guess))
    ordered = sorted(
        guesses.items(),
        key=lambda item: (len(item[0].everyone), item[1], item[0].functions, item[0].loose),
    )
    return [
        (group, guess if guess < len(MINUTES) else None) for group, guess in ordered[:_MOST_GROUPS]
    ]


def _group(wanted: Wanted, reason: DayReason) -> _Group:
    """Those who are short before a day. One person alone, else everyone with a function."""
    short = {member for item in reason.people for member in item.member_ids}
    if len(short) == 1:
        return _Group((), tuple(short), frozenset(short))
    functions = {item.function for item in reason.people if item.function}
    loose = {member for item in reason.people if not item.function for member in item.member_ids}
    with_function = {
        member.id
        for member in wanted.draft.problem.members
        if not functions.isdisjoint(member.functions)
    }
    return _Group(tuple(sorted(functions)), tuple(sorted(loose)), frozenset(with_function | loose))


def _guess(wanted: Wanted, fit: Fit, group: _Group, reason: DayReason) -> int:
    """The index of the fewest minutes with which the goal fits on a day beside the others.

    Past the end when none of them is enough.
    """
    places = wanted.with_goal_on(reason.study_day_id)
    if not places:
        return len(MINUTES)
    return bisect_left(
        MINUTES, True, key=lambda more: fit.with_minutes(group.everyone, more).fits(places)
    )


def _text(wanted: Wanted, group: _Group, minutes: int) -> str:
    """30 minuten per week meer voor de leerkrachten en de onderwijsassistenten"""
    problem, words = wanted.solver.problem, wanted.words
    people = [
        *(whom(problem, None, function, words) for function in group.functions),
        *(whom(problem, member, None, words) for member in group.loose),
    ]
    first = group.more(minutes)[0].text(problem, words)
    return first.removesuffix(people[0]) + listed(people)


def _for_the_team(wanted: Wanted) -> Help | None:
    """More minutes at 1 fte: that is a setting of the team."""
    now = wanted.draft.problem.settings.team_weekly_minutes
    steps = [now + more for more in MINUTES if now + more <= _MOST]

    def change(minutes: int) -> ChangeSettings:
        return ChangeSettings.of(team_weekly_minutes=minutes)

    found = smallest(steps, lambda minutes: wanted.is_helped(change(minutes)))
    return None if found is None else wanted.help(HelpKind.MORE_MINUTES, change(found))
