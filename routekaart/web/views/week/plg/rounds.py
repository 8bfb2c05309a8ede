"""A round of lesson visits: who could visit whom and when, to take over as it is."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.plg.lesson_visits import NewVisit, add_visits
from routekaart.domain.lesson_visit_pairs import REASONS
from routekaart.queries.plg.lesson_visits import SuggestedRound, suggested_round
from routekaart.queries.plg.pages import cycle_in_hand
from routekaart.web.forms.plg import RoundForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.plg.formed import data_of

_USUAL_WEEKS, _USUAL_MINUTES = 4, 45


@require_http_methods(["GET", "POST"])
@signed_in
def visit_round(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """First a suggestion, which stores nothing; then, by a second button, the visits in it."""
    by = request.by
    initial = {
        "first_day": clock.today(),
        "weeks": _USUAL_WEEKS,
        "minutes": _USUAL_MINUTES,
    }
    form = RoundForm(data_of(request), initial=initial)
    suggested: SuggestedRound | None = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("doe") == "vastleggen":
            with refusals(form):
                add_visits(by=by, cycle_id=cycle_id, visits=_chosen(request, form))
            if not form.errors:
                messages.success(request, "De lesbezoeken staan erbij.")
                return redirect("week:plg", cycle_id)
        else:
            suggested = suggested_round(by=by, cycle_id=cycle_id, window=form.window())
    found = cycle_in_hand(by=by, cycle_id=cycle_id, permission=Permission.RUN_PLG)
    context = {
        "form": form,
        "cycle": found.cycle,
        "suggested": suggested,
        "visits": list(_shown(suggested)) if suggested else [],
        "not_paired": [
            (suggested.names[one.person], REASONS[one.why]) for one in suggested.round.unpaired
        ]
        if suggested
        else [],
    }
    return render(request, "week/plg/round.html", context, status=422 if form.errors else 200)


def _shown(suggested: SuggestedRound) -> Iterator[dict[str, object]]:
    for visit in suggested.round.visits:
        moment = visit.moment
        yield {
            "visitor": suggested.names[visit.visitor],
            "host": suggested.names[visit.host],
            "moment": moment,
            "value": f"{visit.visitor}|{visit.host}|{moment.date}|{moment.start:%H:%M}",
        }


def _chosen(request: PageRequest, form: RoundForm) -> Sequence[NewVisit]:
    """The visits as the page suggested them, whatever changed since: the action checks them."""
    data = form.cleaned_data
    try:
        rows = [one.split("|") for one in request.POST.getlist("bezoek")]
        return [
            NewVisit(
                visitor=UUID(visitor),
                host=UUID(host),
                focus=data["focus"],
                date=date.fromisoformat(day),
                starts_at=time.fromisoformat(start),
                minutes=data["minutes"],
            )
            for visitor, host, day, start in rows
        ]
    except ValueError:
        raise Http404 from None
