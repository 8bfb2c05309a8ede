"""What would help somebody who cannot prepare all that is mandatory for a goal on its day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from courses.dutch import listed
from routekaart.domain.content.wording import sentence, weekday_date
from routekaart.domain.planner.changes import (
    CourseVoluntary,
    MoreWeeklyMinutes,
    Words,
    described,
)
from routekaart.domain.planner.changes.change import member_in
from routekaart.domain.planner.explain.kinds import GoalMove, Help, HelpKind, ShortPerson
from routekaart.domain.planner.explain.more_minutes import MINUTES
from routekaart.domain.planner.explain.solving import OutOfSolves, Solved, Solver, smallest
from routekaart.domain.planner.explain.wording import moved
from routekaart.domain.planner.plan import NotPlaced

_PersonChange = MoreWeeklyMinutes | CourseVoluntary


@dataclass(frozen=True, slots=True)
class _Case:
    """What one person misses for one goal."""

    member: str
    goal: str
    rows: tuple[NotPlaced, ...]

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(sorted(row.course or "" for row in self.rows))


@dataclass(frozen=True, slots=True)
class _Found:
    kind: HelpKind
    change: _PersonChange
    moves: tuple[GoalMove, ...]


class People:
    """Everybody who is short of time for a goal that has its day.

    People with the same hours and the same courses are helped alike: one of them is solved.
    """

    def __init__(self, solver: Solver, words: Words) -> None:
        self._solver = solver
        self._words = words
        self._titles = {goal.id: goal.title for goal in solver.base.draft.problem.goals}
        self._profile_of = {
            member: number
            for number, profile in enumerate(solver.base.draft.demand.profiles)
            for member in profile.member_ids
        }
        self._known: dict[tuple[int, str], tuple[tuple[_Found, ...], bool]] = {}
        self._cases = _cases(solver.base)

    @property
    def to_solve(self) -> int:
        """How many cases are unlike each other."""
        return len({(self._profile_of[case.member], case.goal) for case in self._cases})

    def explained(self, least: int) -> Iterator[ShortPerson]:
        """Everybody in order of the goals, each with what would help.

        Each case gets its share of the work that is left, and `least` answers while there are.
        """
        for case in self._cases:
            key = self._profile_of[case.member], case.goal
            if key not in self._known:
                share = self._solver.left // (self.to_solve - len(self._known))
                with self._solver.at_most(max(least * self._solver.cost, share)):
                    self._known[key] = self._search(case)
            found, complete = self._known[key]
            yield ShortPerson(
                member_id=case.member,
                goal_id=case.goal,
                courses=case.courses,
                missing_minutes=sum(row.missing_minutes for row in case.rows),
                text=self._text(case),
                helps=tuple(self._help(case, item) for item in found),
                complete=complete,
            )

    def _search(self, case: _Case) -> tuple[tuple[_Found, ...], bool]:
        found: list[_Found] = []
        try:
            minutes = smallest(
                MINUTES, lambda n: self._is_ready(case, MoreWeeklyMinutes(n, member=case.member))
            )
            if minutes is not None:
                more = MoreWeeklyMinutes(minutes, member=case.member)
                found.append(_Found(HelpKind.MORE_MINUTES, more, self._moves(more)))
            for course in self._courses(case):
                voluntary = CourseVoluntary(course, member=case.member)
                if self._is_ready(case, voluntary):
                    moves = self._moves(voluntary)
                    found.append(_Found(HelpKind.VOLUNTARY, voluntary, moves))
                    break
        except OutOfSolves:
            return tuple(found), False
        return tuple(found), True

    def _is_ready(self, case: _Case, change: _PersonChange) -> bool:
        """Whether the person then misses nothing for the goal, and every goal keeps a day."""
        after = self._solver.after(change)
        return (
            after is not None
            and all(goal in after.places for goal in self._solver.base.places)
            and not any(
                (row.member_id, row.goal_id) == (case.member, case.goal)
                for row in _mandatory(after)
            )
        )

    def _moves(self, change: _PersonChange) -> tuple[GoalMove, ...]:
        after = self._solver.after(change)
        return self._solver.moves(after) if after else ()

    def _courses(self, case: _Case) -> list[str]:
        """The mandatory courses of somebody for a goal, those that do not fit first."""
        rows = [
            row
            for (member, goal, _), row in self._solver.base.draft.demand.rows.items()
            if (member, goal) == (case.member, case.goal) and row.mandatory and row.minutes
        ]
        rows.sort(key=lambda row: (row.course not in case.courses, row.minutes, row.course))
        return [row.course for row in rows]

    def _help(self, case: _Case, item: _Found) -> Help:
        change = replace(item.change, member=case.member)
        name = self._words.person(member_in(self._solver.problem, case.member))
        title = self._titles[case.goal]
        if item.kind is HelpKind.VOLUNTARY:
            effect = f"{name} kan dan alles doen wat voor ‘{title}’ verplicht blijft."
        else:
            effect = f"{name} is dan op tijd klaar voor ‘{title}’."
        return Help(
            kind=item.kind,
            changes=(change,),
            text=listed(described(self._solver.problem, [change], self._words)),
            effect=(sentence(effect), *moved(case.goal, item.moves)),
            moves=item.moves,
        )

    def _text(self, case: _Case) -> str:
        name = self._words.person(member_in(self._solver.problem, case.member))
        day = self._solver.base.day_of(case.goal)
        on = f" op {weekday_date(day.date)}" if day else ""
        ready = f"{name} kan niet klaar zijn voor ‘{self._titles[case.goal]}’{on}."
        return " ".join((ready, *(row.text for row in case.rows)))


def _cases(base: Solved) -> list[_Case]:
    rows: dict[tuple[str, str], list[NotPlaced]] = {}
    for row in _mandatory(base):
        rows.setdefault((row.goal_id or "", row.member_id or ""), []).append(row)
    turn = {goal: number for number, goal in enumerate(base.draft.question.goals)}
    return [
        _Case(member, goal, tuple(found))
        for (goal, member), found in sorted(
            rows.items(), key=lambda item: (turn[item[0][0]], item[0][1])
        )
    ]


def _mandatory(solved: Solved) -> Iterator[NotPlaced]:
    """What people cannot prepare although it is mandatory."""
    for row in solved.shortages():
        key = (row.member_id or "", row.goal_id or "", row.course or "")
        if solved.draft.demand.rows[key].mandatory:
            yield row
