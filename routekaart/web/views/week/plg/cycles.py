"""The PLGs of a team, and one of them with all that belongs to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.plg import cycles as actions
from routekaart.actions.routekaarten.scans import close_scan, open_scan
from routekaart.domain.scan_kinds import ScanKind
from routekaart.models import PlgCycle
from routekaart.queries.plg.pages import cycle_in_hand, plg_choices, plgs_of_team
from routekaart.web.forms.plg import CycleForm, OutcomeForm
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.plg.formed import Sheet, data_of, formed


@require_http_methods(["GET", "POST"])
@signed_in
def plgs(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The PLGs and scans of a team; a button opens a scan."""
    found = plgs_of_team(by=request.by, routekaart_id=routekaart_id)
    routekaart = found.routekaart
    if request.method == "POST":
        kind = request.POST.get("scan_openen", "")
        if kind not in set(ScanKind):
            raise Http404
        made = open_scan(by=request.by, team_id=routekaart.team_id, kind=kind, today=clock.today())
        messages.success(request, "De scan staat open. Vraag iedereen om hem in te vullen.")
        return redirect("week:scan", made.pk)
    return render(request, "week/plg/plgs.html", {"found": found, "routekaart": routekaart})


@require_http_methods(["GET", "POST"])
@signed_in
def plg(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """One PLG: its meetings, the four questions, own steps and lesson visits."""
    by = request.by
    if request.method == "POST":
        match request.POST.get("doe"):
            case "starten":
                actions.start_cycle(by=by, cycle_id=cycle_id, today=clock.today())
                messages.success(request, "De PLG is begonnen. De bijeenkomsten staan erbij.")
            case "heropenen":
                actions.reopen_cycle(by=by, cycle_id=cycle_id)
            case "verder":
                made, _ = actions.next_cycle(by=by, cycle_id=cycle_id)
                return redirect("week:plg", made.pk)
            case _:
                raise Http404
        return redirect("week:plg", cycle_id)
    found = cycle_in_hand(by=by, cycle_id=cycle_id)
    today = clock.today()
    context = {
        "found": found,
        "cycle": found.cycle,
        "routekaart": found.routekaart,
        "coming": next(
            (one for one in found.meetings if one.state == "planned" and one.date >= today), None
        ),
        "today": today,
    }
    return render(request, "week/plg/plg.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new_plg(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """A PLG to set up."""
    found = plg_choices(by=request.by, routekaart_id=routekaart_id)
    initial = {"rhythm_weeks": found.routekaart.plg_rhythm_weeks}
    form = CycleForm(data_of(request), initial=initial)
    form.make_new()
    form.offer(found.people, found.goals)
    back = reverse("week:plgs", args=[routekaart_id])
    sheet = Sheet("Een PLG opzetten", "PLG opzetten", back, f"PLG’s van {found.routekaart.team}")
    return formed(
        request,
        form,
        sheet,
        lambda: actions.add_cycle(by=request.by, routekaart_id=routekaart_id, values=form.values()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(PlgCycle, "cycle_id")
def plg_changes(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """Who is in it, its goal and its rhythm."""
    found = cycle_in_hand(by=request.by, cycle_id=cycle_id, permission=Permission.RUN_PLG)
    choices = plg_choices(by=request.by, routekaart_id=found.routekaart.pk)
    cycle = found.cycle
    form = CycleForm(
        data_of(request),
        initial={
            "name": cycle.name,
            "goal": str(cycle.goal_id or ""),
            "members": [str(one.pk) for one in found.members],
            "rhythm_weeks": cycle.rhythm_weeks,
        },
    )
    form.offer(choices.people, choices.goals)
    back = reverse("week:plg", args=[cycle_id])
    sheet = Sheet("PLG aanpassen", "Bewaren", back, f"PLG {cycle.name}")
    return formed(
        request,
        form,
        sheet,
        lambda: actions.change_cycle(by=request.by, cycle_id=cycle_id, values=form.changed()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def plg_closing(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """What a PLG brought; with it the PLG is done."""
    found = cycle_in_hand(by=request.by, cycle_id=cycle_id, permission=Permission.RUN_PLG)
    form = OutcomeForm(data_of(request), initial={"outcome": found.cycle.outcome})
    back = reverse("week:plg", args=[cycle_id])
    sheet = Sheet("PLG afronden", "Afronden", back, f"PLG {found.cycle.name}")
    return formed(
        request,
        form,
        sheet,
        lambda: actions.close_cycle(
            by=request.by,
            cycle_id=cycle_id,
            outcome=form.cleaned_data["outcome"],
            today=clock.today(),
        ),
    )


@require_http_methods(["POST"])
@signed_in
def scan_closing(request: PageRequest, scan_id: UUID) -> HttpResponse:
    """No more answers; the results can be seen."""
    close_scan(by=request.by, scan_id=scan_id, today=clock.today())
    return redirect("week:scan", scan_id)
