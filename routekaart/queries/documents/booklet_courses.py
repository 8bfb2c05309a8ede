"""What a team prepares for a day, as its booklet tells it: by function, and of no few people."""

from collections.abc import Iterable, Mapping

from courses.entities import Catalogue, DurationBasis
from routekaart.domain.content.booklet_input import DayCourse
from routekaart.domain.privacy import hides
from routekaart.domain.progress import ProgressRow
from routekaart.queries.catalogue.school_catalogue import courses_with_retired

Functions = Mapping[str, tuple[str, ...]]


def courses_of_day(
    rows: Iterable[ProgressRow], goals: tuple[str, ...], functions: Functions, catalogue: Catalogue
) -> tuple[DayCourse, ...]:
    """Each course once, by title; what is waived for everybody is not asked.

    A booklet lies on a table: of fewer than five people with a function it does not tell the
    function, whoever asks for it.
    """
    asked: dict[str, list[ProgressRow]] = {}
    for row in rows:
        if row.state != "waived":
            asked.setdefault(row.course, []).append(row)
    known = courses_with_retired(catalogue, asked)
    order = [one.slug for one in catalogue.functions]
    found = []
    for slug, mine in asked.items():
        held = _held(mine, functions)
        named = {function for function, people in held.items() if not hides(len(people))}
        served = {goal for row in mine for goal in row.goals}
        found.append(
            DayCourse(
                title=known[slug].title,
                minutes=known[slug].duration_minutes,
                assumed=known[slug].duration_basis is DurationBasis.ASSUMED,
                goal_ids=tuple(goal for goal in goals if goal in served),
                functions=tuple(function for function in order if function in named),
                others=any(named.isdisjoint(functions.get(row.person, ())) for row in mine),
            )
        )
    return tuple(found)


def _held(rows: Iterable[ProgressRow], functions: Functions) -> dict[str, set[str]]:
    """By function the people in these rows."""
    held: dict[str, set[str]] = {}
    for row in rows:
        for function in functions.get(row.person, ()):
            held.setdefault(function, set()).add(row.person)
    return held
