"""The route as a drawn school year, and the same in a list per month."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.access import Permission
from routekaart.domain.year_route import across, down, in_a_sentence, months_of
from routekaart.queries.planning.school_year import year_of
from routekaart.web.signed_in import PageRequest, signed_in


@require_safe
@signed_in
def year(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """For who may see the plan; today is marked in it."""
    found = year_of(by=request.by, routekaart_id=routekaart_id)
    today = clock.today()
    team = found.routekaart.team
    return render(
        request,
        "route/year.html",
        {
            "routekaart": found.routekaart,
            "team": team,
            "school_year": found.facts.year,
            "across": across(found.facts, today),
            "down": down(found.facts, today),
            "months": months_of(found.facts, today),
            "counts": in_a_sentence(found.facts),
            "has_plan": found.has_plan,
            "holidays_published": found.holidays_published,
            "today": today,
            "is_now": today in found.facts.year,
            "in_team": team.pk in request.by.teams,
            "may_plan": request.by.allows(
                Permission.MAKE_PLAN, school=team.school_id, team=team.pk
            ),
        },
    )
