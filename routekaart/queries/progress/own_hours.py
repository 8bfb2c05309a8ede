"""The own hours of a year: what the plans ask of somebody, and what went into courses so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from routekaart.access import Access
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.hours import HoursKind, preparation_kind
from routekaart.models import Routekaart, School
from routekaart.queries.planning.current_plan import current_rows
from routekaart.queries.progress.own_assignments import OwnAssignment


@dataclass(frozen=True, slots=True)
class KindOfHours:
    """Minutes of one kind: what the plan asks, and what is done of it in courses."""

    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class SchoolHours:
    """Somebody's hours at one school in one school year.

    `budget`: own minutes in a year by the CAO, if known.
    `assumed`: minutes of the plan of which nobody stated how long it takes.
    """

    school: School
    year: SchoolYear
    budget: int | None
    own: KindOfHours
    assigned: KindOfHours
    assumed: int


def own_hours(
    *, by: Access, routekaarten: Sequence[Routekaart], courses: Sequence[OwnAssignment]
) -> tuple[SchoolHours, ...]:
    """Per school by name and per year, where a plan says something of `by`. Only of these
    routekaarten, that `by` may see; call inside the scope."""
    asked: dict[tuple[School, int], list[dict[str, Any]]] = {}
    places = {one.pk: (one.team.school, one.school_year) for one in routekaarten}
    for routekaart, members in current_rows(places).values_list("routekaart_id", "content__hours"):
        own = [row for row in members if row["member_id"] == str(by.person.pk)]
        if own:
            asked.setdefault(places[routekaart], []).extend(own)
    return tuple(
        _of_year(school, SchoolYear(year), asked[school, year], courses)
        for school, year in sorted(asked, key=lambda at: (at[0].name, str(at[0].pk), at[1]))
    )


def _of_year(
    school: School,
    year: SchoolYear,
    rows: Sequence[dict[str, Any]],
    courses: Sequence[OwnAssignment],
) -> SchoolHours:
    lines = [line for row in rows for line in row["lines"]]
    budgets = [row["budget_minutes"] for row in rows if row["budget_minutes"] is not None]

    # What two teams ask was done once.
    done = {
        item.assignment.completion_id: item for item in courses if _is_done_in(item, school, year)
    }.values()

    def kind(wanted: HoursKind) -> KindOfHours:
        return KindOfHours(
            planned=sum(line["minutes"] for line in lines if line["kind"] == wanted),
            done=sum(item.minutes for item in done if _kind(item) is wanted),
        )

    return SchoolHours(
        school=school,
        year=year,
        # In two teams of one school it is the same budget.
        budget=max(budgets, default=None),
        own=kind(HoursKind.INDIVIDUAL),
        assigned=kind(HoursKind.ASSIGNED),
        assumed=sum(line["assumed_minutes"] for line in lines),
    )


def _is_done_in(item: OwnAssignment, school: School, year: SchoolYear) -> bool:
    row = item.assignment
    return (
        row.completion is not None
        and row.routekaart.team.school_id == school.pk
        and row.routekaart.school_year == year.start
        # What counts from an earlier year took no hours of this one.
        and row.completion.done_on >= year.first_day
    )


def _kind(item: OwnAssignment) -> HoursKind:
    row = item.assignment
    return preparation_kind(
        mandatory=row.mandatory, on_individual_hours=hasattr(row, "hours_agreement")
    )
