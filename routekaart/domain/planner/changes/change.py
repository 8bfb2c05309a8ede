"""What every change has in common: it makes a new problem, and it can be said in Dutch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from routekaart.domain.errors import BadInput
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import Goal, Problem, StudyDay


class ImpossibleChange(BadInput):
    """A change that refers to what is not there, or asks for what cannot be.

    `field` says which part of the change, and in a row of changes which one: `changes.2.member`.
    It is empty for the change as a whole.
    """

    code = "impossible_change"


@dataclass(frozen=True, slots=True)
class Words:
    """For whom a change is put into words.

    `plurals`: per function its plural, as the catalogue prints it. `names`: whether names of people
    may be told; otherwise it says "één persoon".
    """

    plurals: Mapping[str, str] = field(default_factory=dict)
    names: bool = True

    def person(self, member: Member) -> str:
        return member.name if self.names else "één persoon"

    def those_with(self, function: str) -> str:
        """de onderwijsassistenten"""
        plural = self.plurals.get(function)
        return f"de {plural.lower()}" if plural else f"iedereen met de functie ‘{function}’"


NAMED = Words()


class Change(Protocol):
    """One change. Frozen: the same change on the same problem gives the same problem."""

    def apply(self, problem: Problem) -> Problem:
        """The problem with this change; raises `ImpossibleChange`."""

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        """The change to `problem` as a phrase within a sentence, without a full stop."""


def changed(problem: Problem, changes: Sequence[Change]) -> Problem:
    """The problem after all changes, one after the other; raises `ImpossibleChange`."""
    result = problem
    for _, _, after in _each(problem, changes):
        result = after
    return result


def described(problem: Problem, changes: Sequence[Change], words: Words = NAMED) -> tuple[str, ...]:
    """A phrase per change, each about the problem as the ones before it left it."""
    return tuple(change.text(before, words) for before, change, _ in _each(problem, changes))


def _each(problem: Problem, changes: Sequence[Change]) -> Iterator[tuple[Problem, Change, Problem]]:
    """Per change the problem before it, the change, and the problem after it."""
    for index, change in enumerate(changes):
        try:
            after = change.apply(problem)
        except ImpossibleChange as error:
            field_name = f"changes.{index}.{error.field}".rstrip(".")
            raise ImpossibleChange(field_name, error.message, code=error.code) from None
        yield problem, change, after
        problem = after


# --- Looking up what a change refers to ----------------------------------------------------------
def member_in(problem: Problem, member_id: str, field_name: str = "member") -> Member:
    for member in problem.members:
        if member.id == member_id:
            return member
    raise ImpossibleChange(
        field_name,
        "Deze persoon zit niet in het team. Kies iemand uit het team.",
        code="unknown_member",
    )


def goal_in(problem: Problem, goal_id: str, field_name: str = "goal") -> Goal:
    for goal in problem.goals:
        if goal.id == goal_id:
            return goal
    raise ImpossibleChange(
        field_name,
        "Dit doel hoort niet bij deze routekaart. Kies een doel van deze routekaart.",
        code="unknown_goal",
    )


def study_day_in(problem: Problem, study_day_id: str) -> StudyDay:
    for day in problem.study_days:
        if day.id == study_day_id:
            return day
    raise ImpossibleChange(
        "study_day",
        "Deze studiedag hoort niet bij deze routekaart. Kies een studiedag van deze routekaart.",
        code="unknown_study_day",
    )


def check_free(field_name: str, what: str, new_id: str, known: Sequence[str]) -> None:
    """Raises when something new takes an id that is in use."""
    if new_id in known:
        raise ImpossibleChange(
            field_name, f"{what} is er al. Wijzig die, of voeg iets anders toe.", code="id_in_use"
        )
