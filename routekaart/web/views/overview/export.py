"""The overview as a table for a spreadsheet."""

import csv
import io

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.domain.calendar import SchoolYear
from routekaart.formats.formulas import neutral
from routekaart.queries.overview.lines import overview
from routekaart.queries.overview.teams import with_details
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.overview.cards import TeamCard, card
from routekaart.web.views.overview.overview import asked_for

_COLUMNS = (
    "School", "Team", "Schooljaar", "Stand", "Sinds", "Wacht op", "Doelen",
    "Volgende studiedag", "Voorbereiding en programma", "Uren", "Waar de uren uit volgen",
    "Kosten", "Waar de kosten uit volgen", "Afspraken",
)  # fmt: skip


@require_safe
@signed_in
def export(request: PageRequest) -> HttpResponse:
    """All teams of the filter, with what the pages tell of them and nothing more."""
    today = clock.today()
    found = overview(by=request.by, only=asked_for(request), today=today)
    details = with_details(by=request.by, lines=found.lines, today=today)
    file = io.StringIO()
    # As a Dutch spreadsheet opens it: semicolons, and a mark that says UTF-8.
    file.write("\ufeff")
    table = csv.writer(file, delimiter=";")
    table.writerow(_COLUMNS)
    for line in found.lines:
        table.writerow(map(neutral, _row(card(line, details.get(line.team)))))
    name = f"overzicht-{SchoolYear(found.year).label}.csv"
    return HttpResponse(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _row(one: TeamCard) -> tuple[str, ...]:
    more, day = one.more, one.next_day
    return (
        one.line.school_name,
        one.line.team_name,
        SchoolYear(one.line.year).label,
        one.state,
        f"{more.since:%d-%m-%Y}" if more else "",
        one.waits,
        " / ".join(goal.wording for goal in more.goals) if more else "",
        day.title if day else "",
        ". ".join(day.facts) if day else "",
        one.hours,
        one.hours_from,
        one.cost,
        one.cost_from,
        one.agreements,
    )
