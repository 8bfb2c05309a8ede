"""Changes to who is in the team, when they are away, and how much time they have."""

from dataclasses import dataclass, replace
from datetime import date

from routekaart.domain.content.wording import duration, weekday_date
from routekaart.domain.people import Leave, Member, weekly_minutes
from routekaart.domain.planner.changes.change import (
    NAMED,
    ImpossibleChange,
    Words,
    check_free,
    goal_in,
    member_in,
)
from routekaart.domain.planner.problem import Preparation, Problem


@dataclass(frozen=True, slots=True)
class MoreWeeklyMinutes:
    """So many minutes a week more for one member, for all with a function, or for everyone.

    Everyone concerned gets exactly these minutes on top of what they have now, whatever their fte
    or own agreement: it becomes an own agreement of each. A later change of the team's minutes
    does not touch them any more. `booked` is still taken off.
    """

    minutes: int
    member: str | None = None
    function: str | None = None

    def apply(self, problem: Problem) -> Problem:
        if self.minutes < 1:
            raise ImpossibleChange(
                "minutes", "Geef minstens 1 minuut per week meer.", code="minutes_too_few"
            )
        concerned = members_concerned(problem, self.member, self.function)
        team_minutes = problem.settings.team_weekly_minutes
        return replace(
            problem,
            members=tuple(
                replace(
                    member,
                    own_weekly_minutes=weekly_minutes(member, team_minutes) + self.minutes,
                )
                if member.id in concerned
                else member
                for member in problem.members
            ),
        )

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        who = whom(problem, self.member, self.function, words) or "iedereen"
        return f"{duration(self.minutes)} per week meer voor {who}"


@dataclass(frozen=True, slots=True)
class AddMember:
    """Somebody joins, with these preparations and with all those that `same_as` has.

    What `same_as` has done already is still to be done by who joins.
    """

    member: Member
    preparations: tuple[Preparation, ...] = ()
    same_as: str | None = None

    def apply(self, problem: Problem) -> Problem:
        check_free("member", "Deze persoon", self.member.id, [m.id for m in problem.members])
        for row in self.preparations:
            goal_in(problem, row.goal_id)
            if row.member_id != self.member.id:
                raise ImpossibleChange(
                    "preparations",
                    "Een voorbereiding hoort bij iemand anders. Kies alleen die van deze persoon.",
                    code="unknown_member",
                )
        copied: tuple[Preparation, ...] = ()
        if self.same_as is not None:
            like = member_in(problem, self.same_as, "same_as")
            copied = tuple(
                replace(row, member_id=self.member.id, completed=False, on_individual_hours=False)
                for row in problem.preparations
                if row.member_id == like.id
            )
        return replace(
            problem,
            members=(*problem.members, self.member),
            preparations=(*problem.preparations, *self.preparations, *copied),
        )

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        phrase = f"{words.person(self.member)} erbij in het team"
        if self.same_as is None:
            return phrase
        like = words.person(member_in(problem, self.same_as, "same_as"))
        return f"{phrase}, met dezelfde cursussen als {like}"


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Somebody leaves; what they were to prepare goes along."""

    member: str

    def apply(self, problem: Problem) -> Problem:
        gone = member_in(problem, self.member)
        return replace(
            problem,
            members=tuple(member for member in problem.members if member.id != gone.id),
            preparations=tuple(row for row in problem.preparations if row.member_id != gone.id),
        )

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        return f"{words.person(member_in(problem, self.member))} weg uit het team"


@dataclass(frozen=True, slots=True)
class MemberLeave:
    """Somebody is away on these days, both included. Never why."""

    member: str
    first_day: date
    last_day: date

    def apply(self, problem: Problem) -> Problem:
        away = member_in(problem, self.member)
        if self.last_day < self.first_day:
            raise ImpossibleChange(
                "last_day",
                "De laatste dag ligt voor de eerste. Draai ze om, of kies andere dagen.",
                code="period_reversed",
            )
        leave = Leave(self.first_day, self.last_day)
        return replace(
            problem,
            members=tuple(
                replace(member, leave=(*member.leave, leave)) if member.id == away.id else member
                for member in problem.members
            ),
        )

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        who = words.person(member_in(problem, self.member))
        if self.first_day == self.last_day:
            return f"{who} afwezig op {weekday_date(self.first_day)}"
        until = weekday_date(self.last_day)
        return f"{who} afwezig van {weekday_date(self.first_day)} tot en met {until}"


def members_concerned(
    problem: Problem, member_id: str | None, function: str | None
) -> frozenset[str]:
    """The ids of one member, of all with a function, or of everyone; raises when nobody is left."""
    _one_at_most(member_id, function)
    if member_id is not None:
        return frozenset([member_in(problem, member_id).id])
    found = frozenset(
        member.id for member in problem.members if function is None or function in member.functions
    )
    if not found:
        raise ImpossibleChange(
            "function",
            "In dit team heeft niemand deze functie. Kies een functie die er is.",
            code="unknown_function",
        )
    return found


def whom(problem: Problem, member_id: str | None, function: str | None, words: Words) -> str:
    """Sam, de onderwijsassistenten; empty for everyone."""
    if member_id is not None:
        return words.person(member_in(problem, member_id))
    return words.those_with(function) if function is not None else ""


def _one_at_most(member_id: str | None, function: str | None) -> None:
    if member_id is not None and function is not None:
        raise ImpossibleChange(
            "function", "Kies één persoon of een functie, niet allebei.", code="member_or_function"
        )
