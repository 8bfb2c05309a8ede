"""Own budgets for learning, over HTTP: granted, saved, spent and left, in cents."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router, Status

from routekaart import clock
from routekaart.actions.organisation import budgets as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.budget_shapes import (
    BudgetLineReply,
    BudgetPage,
    Grant,
    NumbersReply,
    NumbersShape,
    OfYear,
    PersonBudgetReply,
    SettledReply,
    Spending,
    WholeBudgetReply,
    YearToSettle,
    line_reply,
    of_person,
    year_reply,
)
from routekaart.api.organisation.people import EmploymentId
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed
from routekaart.api.shapes import Id, problems
from routekaart.domain.budget_rules import OwnNumbers
from routekaart.domain.calendar import SchoolYear
from routekaart.queries.organisation.budget_table import budget_table
from routekaart.queries.organisation.budgets import (
    budget_employments,
    budget_of,
    budgets_of,
    own_numbers,
)
from routekaart.queries.organisation.schools import school_detail

router = Router(tags=["School"])

LineId = Annotated[Id, Path()]


@router.get(
    "/schools/{school_id}/budgets",
    response={200: Listed[PersonBudgetReply], **problems(404)},
    operation_id="list_budgets",
    summary="De scholingsbudgetten van een school",
    description="Directie en schoolbeheerder zien die van iedereen, een ander alleen het eigen.",
)
def list_budgets(request: SignedInRequest, school_id: SchoolId, page: Query[BudgetPage]) -> Any:
    by, year = request.auth, _year(page.school_year)
    rows = budget_employments(by=by, school_id=school_id)
    with by.entered():
        part = budgets_of(employments=rows[page.offset : page.offset + page.limit], year=year)
        found = [PersonBudgetReply(**of_person(one)) for one in part]
        return {"items": found, "count": rows.count()}


@router.get(
    "/schools/{school_id}/budgets/csv",
    response={200: None, **problems(403, 404)},
    operation_id="download_budgets",
    summary="De scholingsbudgetten als tabel",
    openapi_extra={
        "responses": {
            200: {
                "description": "Een CSV-bestand met een regel per medewerker",
                "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def download_budgets(request: SignedInRequest, school_id: SchoolId, of: Query[OfYear]) -> Any:
    year = _year(of.school_year)
    answer = HttpResponse(
        budget_table(by=request.auth, school_id=school_id, year=year),
        content_type="text/csv; charset=utf-8",
    )
    name = f"budgetten-{SchoolYear(year).label}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@router.get(
    "/employments/{employment_id}/budget",
    response={200: WholeBudgetReply, **problems(404)},
    operation_id="get_budget",
    summary="Het scholingsbudget van iemand",
)
def get_budget(
    request: SignedInRequest, employment_id: EmploymentId, of: Query[OfYear]
) -> WholeBudgetReply:
    return _whole(request, employment_id, _year(of.school_year))


@router.put(
    "/employments/{employment_id}/budget-grant",
    response={200: WholeBudgetReply, **problems(403, 404)},
    operation_id="state_budget_grant",
    summary="Vastleggen wat iemand in een schooljaar te besteden heeft",
)
def state_budget_grant(
    request: SignedInRequest, employment_id: EmploymentId, body: Grant
) -> WholeBudgetReply:
    actions.state_grant(
        by=request.auth,
        employment_id=employment_id,
        year=_year(body.school_year),
        cents=body.cents,
        today=clock.today(),
    )
    return _whole(request, employment_id, _year(None))


@router.post(
    "/employments/{employment_id}/spendings",
    response={201: BudgetLineReply, **problems(403, 404)},
    operation_id="record_spending",
    summary="Een uitgave van een scholingsbudget vastleggen",
)
def record_spending(request: SignedInRequest, employment_id: EmploymentId, body: Spending) -> Any:
    made = actions.record_spending(
        by=request.auth,
        employment_id=employment_id,
        cents=body.cents,
        what=body.what,
        spent_on=body.spent_on,
        today=clock.today(),
    )
    return Status(201, line_reply(made))


@router.delete(
    "/budget-lines/{budget_line_id}",
    response={204: None, **problems(404)},
    operation_id="remove_budget_line",
    summary="Een bedrag weghalen",
)
def remove_budget_line(request: SignedInRequest, budget_line_id: LineId) -> Any:
    actions.remove_budget_line(by=request.auth, line_id=budget_line_id)
    return Status(204, None)


@router.put(
    "/schools/{school_id}/settled-budget-year",
    response={200: SettledReply, **problems(403, 404)},
    operation_id="settle_budget_year",
    summary="De scholingsbudgetten van een jaar vastleggen",
    description="Met de fte van vandaag. Wat al vastligt, blijft zoals het is.",
)
def settle_budget_year(
    request: SignedInRequest, school_id: SchoolId, body: YearToSettle
) -> SettledReply:
    return SettledReply(
        settled=actions.settle_budget_year(
            by=request.auth,
            school_id=school_id,
            year=_year(body.school_year),
            today=clock.today(),
        )
    )


@router.get(
    "/schools/{school_id}/budget-numbers",
    response={200: NumbersReply, **problems(404)},
    operation_id="get_budget_numbers",
    summary="Wat de school over het scholingsbudget heeft afgesproken",
)
def get_budget_numbers(request: SignedInRequest, school_id: SchoolId) -> NumbersReply:
    numbers = own_numbers(school_detail(by=request.auth, school_id=school_id))
    return NumbersReply(
        euros=numbers.euros, leader_euros=numbers.leader_euros, saved_years=numbers.saved_years
    )


@router.put(
    "/schools/{school_id}/budget-numbers",
    response={200: NumbersReply, **problems(403, 404)},
    operation_id="set_budget_numbers",
    summary="Eigen getallen voor het scholingsbudget invullen",
)
def set_budget_numbers(
    request: SignedInRequest, school_id: SchoolId, body: NumbersShape
) -> NumbersReply:
    given = OwnNumbers(**body.model_dump())
    actions.set_budget_numbers(by=request.auth, school_id=school_id, numbers=given)
    return get_budget_numbers(request, school_id)


def _year(label: str | None) -> int:
    return (SchoolYear.parse(label) if label else SchoolYear.containing(clock.today())).start


def _whole(request: SignedInRequest, employment_id: UUID, year: int) -> WholeBudgetReply:
    found = budget_of(by=request.auth, employment_id=employment_id, year=year)
    return WholeBudgetReply(
        **of_person(found),
        years=[year_reply(one) for one in found.years],
        lines=[line_reply(one) for one in found.lines],
    )
