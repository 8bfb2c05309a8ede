"""All teams that somebody oversees: per school, per team, and one team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.access import NotFound, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.overview_words import (
    cost_words,
    school_hours,
    school_hours_from,
    states_words,
)
from routekaart.domain.overview import NO_TOTALS, state_words
from routekaart.queries.overview.lines import (
    Overview,
    OverviewFilter,
    SchoolLine,
    TeamLine,
    overview,
)
from routekaart.queries.overview.schools import school_totals
from routekaart.queries.overview.teams import team_line, with_details
from routekaart.web.forms.overview import OverviewForm
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.overview.cards import card

_PER_PAGE = 12
_SCHOOLS_PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class _SchoolRow:
    line: SchoolLine
    states: str
    hours: str
    hours_from: str
    cost: str
    next_day: date | None
    to_look_at: int


@require_safe
@signed_in
def overview_page(request: PageRequest) -> HttpResponse:
    """Of several schools first the schools, else their teams."""
    only = asked_for(request)
    found = overview(by=request.by, only=only, today=clock.today())
    several = len(found.schools) > 1
    wants_teams = only.school or only.state or only.mine or "teams" in request.GET
    context: dict[str, Any] = {
        "year": SchoolYear(found.year).label,
        "start": found.year,
        "years": [(one, SchoolYear(one).label) for one in found.years],
        "several": several,
        "mine": [(one, SchoolYear(one).label, count) for one, count in found.mine.items()],
        "query": _query(request),
    }
    if several and not wants_teams:
        page = _page(request, found.schools, _SCHOOLS_PER_PAGE)
        rows = _school_rows(request, page, found)
        return render(request, "overview/schools.html", context | {"page": page, "rows": rows})
    page = _page(request, found.lines, _PER_PAGE)
    return render(
        request,
        "overview/teams.html",
        context
        | {
            "page": page,
            "cards": _cards(request, page),
            "form": _form(found, only),
            "school": next((one for one in found.schools if one.school == only.school), None),
            "filtered": bool(only.state or only.mine),
            "nobody": not any(one.teams for one in found.schools),
        },
    )


@require_safe
@signed_in
def team(request: PageRequest, team_id: UUID) -> HttpResponse:
    """One team in one school year, never anybody in it."""
    today = clock.today()
    line = team_line(by=request.by, team_id=team_id, year=_year(request), today=today)
    more = with_details(by=request.by, lines=[line], today=today).get(line.team)
    by = request.by
    return render(
        request,
        "overview/team.html",
        {
            "card": card(line, more),
            "year": SchoolYear(line.year).label,
            "sees_agreements": by.allows(
                Permission.VIEW_AGREEMENTS, school=line.school, team=line.team
            ),
            "several": len(by.schools) > 1,
        },
    )


def asked_for(request: HttpRequest) -> OverviewFilter:
    """The filter in the address. What cannot be read there is no filter, save the school."""
    state = request.GET.get("stand")
    return OverviewFilter(
        school=_school(request.GET.get("school", "")),
        state=state if state in state_words() else None,
        year=_year(request),
        mine=request.GET.get("mij") == "ja",
    )


def _school(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("School") from None


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("jaar", "")
    # Any other year has no teams, and Python has no dates for some.
    return int(text) if len(text) == len("2026") and text.isascii() and text.isdigit() else None


def _form(found: Overview, only: OverviewFilter) -> OverviewForm:
    return OverviewForm(
        schools=[(str(one.school), one.name) for one in found.schools],
        years=found.years,
        with_mine=bool(found.mine) or only.mine,
        initial={
            "school": str(only.school or ""),
            "stand": only.state or "",
            "jaar": str(found.year),
            "mij": only.mine,
        },
    )


def _cards(request: PageRequest, page: Page[Any]) -> list[Any]:
    lines: list[TeamLine] = list(page)
    details = with_details(by=request.by, lines=lines, today=clock.today())
    return [card(line, details.get(line.team)) for line in lines]


def _school_rows(request: PageRequest, page: Page[Any], found: Overview) -> list[_SchoolRow]:
    shown = {line.school for line in page}
    totals = school_totals(
        by=request.by,
        lines=[line for line in found.lines if line.school in shown],
        today=clock.today(),
    )
    rows = []
    for line in page:
        sums = totals.get(line.school, NO_TOTALS)
        rows.append(
            _SchoolRow(
                line=line,
                states=states_words(line.teams, line.states),
                hours=school_hours(sums),
                hours_from=school_hours_from(sums),
                cost=cost_words(sums.cost),
                next_day=sums.next_day,
                to_look_at=sums.to_look_at,
            )
        )
    return rows


def _page(request: HttpRequest, rows: Sequence[Any], size: int) -> Page[Any]:
    return Paginator(rows, size).get_page(request.GET.get("bladzijde"))


def _query(request: HttpRequest) -> str:
    """The filter for the links to other pages of the list."""
    kept = [(key, value) for key, value in request.GET.items() if key != "bladzijde"]
    return f"{urlencode(kept)}&" if kept else ""
