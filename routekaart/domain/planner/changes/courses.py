"""Changes to what people have to prepare."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from routekaart.domain.planner.changes.change import (
    NAMED,
    ImpossibleChange,
    Words,
    goal_in,
    member_in,
)
from routekaart.domain.planner.changes.people import members_concerned, whom
from routekaart.domain.planner.problem import Preparation, Problem


@dataclass(frozen=True, slots=True)
class CourseVoluntary:
    """A course is no longer mandatory: for one member, for all with a function, or for everyone."""

    course: str
    member: str | None = None
    function: str | None = None

    def apply(self, problem: Problem) -> Problem:
        concerned = members_concerned(problem, self.member, self.function)
        _check_asked(row for row in problem.preparations if self._is_about(row, concerned))
        return replace(
            problem,
            preparations=tuple(
                replace(row, mandatory=False) if self._is_about(row, concerned) else row
                for row in problem.preparations
            ),
        )

    def _is_about(self, row: Preparation, concerned: frozenset[str]) -> bool:
        return row.course == self.course and row.member_id in concerned

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        who = whom(problem, self.member, self.function, words)
        return f"{_titled(problem, self.course)} vrijwillig maken" + (f" voor {who}" if who else "")


@dataclass(frozen=True, slots=True)
class WithdrawPreparation:
    """A course need not be prepared: by one member or everyone, for one goal or all of them.

    What is done already stays.
    """

    course: str
    member: str | None = None
    goal: str | None = None

    def apply(self, problem: Problem) -> Problem:
        if self.member is not None:
            member_in(problem, self.member)
        if self.goal is not None:
            goal_in(problem, self.goal)
        done = {(row.member_id, row.course) for row in problem.preparations if row.completed}
        withdrawn = {
            row
            for row in problem.preparations
            if self._is_about(row) and (row.member_id, row.course) not in done
        }
        _check_asked(withdrawn)
        return replace(
            problem,
            preparations=tuple(row for row in problem.preparations if row not in withdrawn),
        )

    def _is_about(self, row: Preparation) -> bool:
        return (
            row.course == self.course
            and self.member in (None, row.member_id)
            and self.goal in (None, row.goal_id)
        )

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        phrase = f"{_titled(problem, self.course)} intrekken"
        if self.member is not None:
            phrase += f" bij {words.person(member_in(problem, self.member))}"
        if self.goal is not None:
            phrase += f" voor het doel ‘{goal_in(problem, self.goal).title}’"
        return phrase


@dataclass(frozen=True, slots=True)
class CompleteCourse:
    """Somebody has done a course, for whatever goal it was meant."""

    member: str
    course: str

    def apply(self, problem: Problem) -> Problem:
        member_in(problem, self.member)
        _check_asked(row for row in problem.preparations if self._is_about(row))
        return replace(
            problem,
            preparations=tuple(
                replace(row, completed=True) if self._is_about(row) else row
                for row in problem.preparations
            ),
        )

    def _is_about(self, row: Preparation) -> bool:
        return (row.member_id, row.course) == (self.member, self.course)

    def text(self, problem: Problem, words: Words = NAMED) -> str:
        who = words.person(member_in(problem, self.member))
        return f"{_titled(problem, self.course)} afgerond door {who}"


def _check_asked(rows: Iterable[Preparation]) -> None:
    """Raises when there is nothing that a change is about."""
    if not any(True for _ in rows):
        raise ImpossibleChange(
            "course",
            "Deze cursus staat hier bij niemand open. Kies een cursus die is toegewezen.",
            code="unknown_course",
        )


def _titled(problem: Problem, course: str) -> str:
    """The title is that of the first row in a fixed order: rows of one course may differ in it."""
    titles = sorted(row.course_title for row in problem.preparations if row.course == course)
    return f"de cursus ‘{titles[0]}’" if titles else "de cursus"
