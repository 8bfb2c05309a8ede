"""The hours that a plan asks of each person, over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, problems
from routekaart.domain.hours import MemberHours
from routekaart.queries.planning.hours import HoursLedger, hours_of_plan

router = Router(tags=["Plan"])


class HourLineReply(Reply):
    """Minutes of one activity. `assumed_minutes` is the part of them that we assumed."""

    activity: str
    kind: str = Field(description="individual: eigen uren. assigned: door de school toegewezen.")
    minutes: int
    assumed_minutes: int


class BudgetReply(Reply):
    """Own hours for development in a school year, pro rata, and how sure we are of the rule.

    `confidence`: A read in the text, B one good source, C check it first. Not `in_force`: the
    last rule that we know of has run out, or has yet to begin.
    """

    minutes: int
    title: str
    source: str
    confidence: str
    in_force: bool
    valid_from: date
    valid_until: date
    unverified_since: date
    note: str


class PersonHoursReply(Reply):
    """What the plan asks of one person, in minutes. `off_day_minutes`: study days on days that
    this person does not work, part of the lines too. No `name`: no longer known here."""

    person: UUID
    name: str | None
    lines: list[HourLineReply]
    individual_minutes: int
    assigned_minutes: int
    assumed_minutes: int
    off_day_minutes: int
    budget: BudgetReply | None


def _budget(ledger: HoursLedger, minutes: int | None) -> BudgetReply | None:
    rule = ledger.rule
    if rule is None or minutes is None:
        return None
    return BudgetReply(
        minutes=minutes,
        title=rule.title,
        source=rule.source,
        confidence=rule.confidence.value,
        in_force=rule.is_valid_on(ledger.year.first_day),
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        unverified_since=rule.unverified_since,
        note=rule.note,
    )


@router.get(
    "/plans/{plan_id}/hours",
    response={200: Listed[PersonHoursReply], **problems(404)},
    operation_id="list_plan_hours",
    summary="De uren per persoon",
    description="Eigen uren en toegewezen uren apart. Een teamlid ziet alleen de eigen uren.",
)
def list_plan_hours(request: SignedInRequest, plan_id: Id, page: Query[Page]) -> Any:
    ledger = hours_of_plan(by=request.auth, plan_id=plan_id)

    def reply(row: tuple[str | None, MemberHours]) -> PersonHoursReply:
        name, hours = row
        return PersonHoursReply(
            person=UUID(hours.member_id),
            name=name,
            lines=[
                HourLineReply(
                    activity=line.activity.value,
                    kind=line.kind.value,
                    minutes=line.minutes,
                    assumed_minutes=line.assumed_minutes,
                )
                for line in hours.lines
            ],
            individual_minutes=hours.individual_minutes,
            assigned_minutes=hours.assigned_minutes,
            assumed_minutes=hours.assumed_minutes,
            off_day_minutes=hours.off_day_minutes,
            budget=_budget(ledger, hours.budget_minutes),
        )

    return paged(ledger.rows, page, reply)
