"""What own budgets look like over HTTP, amounts in whole cents."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from routekaart.actions.organisation.budgets import MOST_CENTS
from routekaart.api.paging import Page
from routekaart.api.routekaarten.routekaart_shapes import SchoolYearLabel
from routekaart.api.shapes import Day, Reply, Shape, ShortText
from routekaart.api.shapes import Query as Parameters
from routekaart.domain.budget import BudgetYear
from routekaart.domain.budget_rules import MOST_EUROS, MOST_SAVED_YEARS, BudgetBasis
from routekaart.domain.calendar import SchoolYear
from routekaart.models import BudgetLine
from routekaart.queries.organisation.budgets import PersonBudget


class OfYear(Parameters):
    school_year: SchoolYearLabel | None = Field(None, description="Zonder: het schooljaar van nu.")


class BudgetPage(Page):
    school_year: SchoolYearLabel | None = Field(None, description="Zonder: het schooljaar van nu.")


class BasisReply(Reply):
    """What a budget is reckoned with. `own_*`: agreed on by the school, not of the CAO.

    `assumed_years`: no source says how long what is left may be used. `confidence`: A read in
    the text, B one good source, C check it first; not `in_force`: the last rule that we know of.
    """

    euros: int
    saved_years: int
    own_euros: bool
    own_years: bool
    assumed_years: bool
    title: str | None
    source: str | None
    confidence: str | None
    in_force: bool | None
    unverified_since: date | None
    note: str


class PotReply(Reply):
    """What is left of a school year, and the last school year in which it may be used."""

    school_year: str
    cents: int
    last_year: str


class BudgetYearReply(Reply):
    """`basis`: stated (written down), reckoned (rule × the fte of today) or unknown (nothing)."""

    school_year: str
    basis: str
    granted: int
    saved: int
    lapsed: int
    spent: int
    over: int
    left: int
    pots: list[PotReply]


class PersonBudgetReply(Reply):
    employment: UUID
    person: UUID
    name: str
    basis: BasisReply | None
    now: BudgetYearReply


class BudgetLineReply(Reply):
    id: UUID
    school_year: str
    kind: str = Field(description="granted: toegekend. spent: uitgegeven.")
    cents: int
    what: str
    spent_on: date | None


class WholeBudgetReply(PersonBudgetReply):
    years: list[BudgetYearReply]
    lines: list[BudgetLineReply]


class NumbersShape(Shape):
    """What the school agreed on instead of the CAO; null is as the CAO."""

    euros: Annotated[int, Field(ge=0, le=MOST_EUROS)] | None = None
    leader_euros: Annotated[int, Field(ge=0, le=MOST_EUROS)] | None = None
    saved_years: Annotated[int, Field(ge=0, le=MOST_SAVED_YEARS)] | None = None


class NumbersReply(Reply):
    euros: int | None
    leader_euros: int | None
    saved_years: int | None


class Grant(Shape):
    """What somebody was given in a school year; null takes that back."""

    school_year: SchoolYearLabel
    cents: Annotated[int, Field(ge=0, le=MOST_CENTS)] | None


class Spending(Shape):
    cents: Annotated[int, Field(ge=1, le=MOST_CENTS)]
    what: ShortText
    spent_on: Day


class YearToSettle(Shape):
    school_year: SchoolYearLabel


class SettledReply(Reply):
    """For how many people the year was written down now."""

    settled: int


def of_person(one: PersonBudget) -> dict[str, Any]:
    """The fields of a `PersonBudgetReply`."""
    return {
        "employment": one.employment.pk,
        "person": one.employment.person_id,
        "name": one.employment.shown_name,
        "basis": _basis(one.basis, one.now.year) if one.basis else None,
        "now": year_reply(one.now),
    }


def _basis(basis: BudgetBasis, year: int) -> BasisReply:
    rule = basis.rule
    return BasisReply(
        euros=basis.euros,
        saved_years=basis.saved_years,
        own_euros=basis.own_euros,
        own_years=basis.own_years,
        assumed_years=basis.assumed_years,
        title=rule.title if rule else None,
        source=rule.source if rule else None,
        confidence=rule.confidence.value if rule else None,
        in_force=rule.is_valid_on(SchoolYear(year).first_day) if rule else None,
        unverified_since=rule.unverified_since if rule else None,
        note=rule.note if rule else "",
    )


def year_reply(one: BudgetYear) -> BudgetYearReply:
    """One school year of a budget."""
    return BudgetYearReply(
        school_year=SchoolYear(one.year).label,
        basis=one.basis.value,
        granted=one.granted,
        saved=one.saved,
        lapsed=one.lapsed,
        spent=one.spent,
        over=one.over,
        left=one.left,
        pots=[
            PotReply(
                school_year=SchoolYear(pot.year).label,
                cents=pot.cents,
                last_year=SchoolYear(pot.last_year).label,
            )
            for pot in one.pots
        ],
    )


def line_reply(line: BudgetLine) -> BudgetLineReply:
    """An amount as it was written down."""
    return BudgetLineReply(
        id=line.pk,
        school_year=SchoolYear(line.school_year).label,
        kind=line.kind,
        cents=line.cents,
        what=line.what,
        spent_on=line.spent_on,
    )
