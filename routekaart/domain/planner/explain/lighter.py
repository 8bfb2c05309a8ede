"""One mandatory course made voluntary: for as few people and minutes as possible."""

from collections.abc import Iterator

from routekaart.domain.planner.changes import CourseVoluntary
from routekaart.domain.planner.explain.kinds import Help, HelpKind
from routekaart.domain.planner.explain.wanted import Wanted
from routekaart.domain.planner.problem import Preparation

_MOST_TRIED = 6


def voluntary(wanted: Wanted) -> Help | None:
    """The first that helps of the courses that those who are short have to prepare."""
    for change in _in_order_of_size(wanted)[:_MOST_TRIED]:
        if wanted.is_helped(change):
            return wanted.help(HelpKind.VOLUNTARY, change)
    return None


def _in_order_of_size(wanted: Wanted) -> list[CourseVoluntary]:
    """By the minutes that are no longer mandatory; of changes that come to the same only one."""
    rows = [row for row in wanted.draft.problem.preparations if row.mandatory]
    functions = {member.id: member.functions for member in wanted.draft.problem.members}
    found: dict[frozenset[tuple[str, str]], tuple[int, str, CourseVoluntary]] = {}
    for change in _possible(wanted, rows):
        minutes = {
            (row.member_id, row.course): row.minutes
            for row in rows
            if row.course == change.course
            and change.member in (None, row.member_id)
            and (change.function is None or change.function in functions.get(row.member_id, ()))
        }
        found.setdefault(frozenset(minutes), (sum(minutes.values()), change.function or "", change))
    ordered = sorted(found.values(), key=lambda item: (item[0], item[2].course, item[1]))
    return [change for minutes, _, change in ordered if minutes]


def _possible(wanted: Wanted, rows: list[Preparation]) -> Iterator[CourseVoluntary]:
    """Each course for everyone, for the functions that are short, and for who is short alone."""
    courses = {
        row.course for row in rows if row.goal_id in wanted.chain and row.member_id in wanted.short
    }
    functions = {
        item.function for reason in wanted.reasons for item in reason.people if item.function
    }
    for course in sorted(courses):
        yield CourseVoluntary(course)
        for function in sorted(functions):
            yield CourseVoluntary(course, function=function)
        if len(wanted.short) == 1:
            yield CourseVoluntary(course, member=next(iter(wanted.short)))
