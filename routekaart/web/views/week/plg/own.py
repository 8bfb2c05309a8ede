"""What people of a PLG do in between: small steps, lesson visits, the scan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Forbidden, NotFound, Permission
from routekaart.actions.plg import lesson_visits, micro_steps
from routekaart.actions.routekaarten.scans import answer_scan
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.claims import source_line
from routekaart.queries.plg.cycles import micro_step_detail
from routekaart.queries.plg.pages import cycle_in_hand, visit_in_hand
from routekaart.queries.routekaarten.scan_page import scan_in_hand
from routekaart.web.forms.plg import (
    ScanForm,
    StepForm,
    StepOutcomeForm,
    VisitForm,
    VisitNoteForm,
)
from routekaart.web.forms.refusals import refusals
from routekaart.web.scan_trend import trend_rows
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.plg.formed import Sheet, data_of, formed
from routekaart.web.views.week.warned import warn_about

_STEPS = {"geprobeerd": "try", "losgelaten": "drop", "opnieuw": "reopen"}
_VISIT_STEPS = {"geweest": "hold", "vervallen": "cancel"}


@require_http_methods(["GET", "POST"])
@signed_in
def new_step(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """Something small that the reader is going to try."""
    found = cycle_in_hand(by=request.by, cycle_id=cycle_id, permission=Permission.RUN_PLG)
    if not found.member:
        raise Forbidden(Permission.RUN_PLG)
    form = StepForm(data_of(request))
    back = reverse("week:plg", args=[cycle_id])
    lead = "Je kiest het zelf, en je vertelt zelf hoe het ging."
    sheet = Sheet(
        "Iets kleins proberen", "Dit ga ik proberen", back, f"PLG {found.cycle.name}", lead
    )
    return formed(
        request,
        form,
        sheet,
        lambda: micro_steps.add_micro_step(
            by=request.by, cycle_id=cycle_id, today=clock.today(), **form.cleaned_data
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: PageRequest, step_id: UUID) -> HttpResponse:
    """How an own step went."""
    by = request.by
    row = micro_step_detail(by=by, step_id=step_id)
    if row.person_id != by.person.pk:
        raise NotFound("MicroStep")
    form = StepOutcomeForm(data_of(request), initial={"outcome": row.outcome})
    if request.method == "POST" and form.is_valid():
        made = _STEPS.get(request.POST.get("doe", ""))
        if made is None:
            raise Http404
        with refusals(form):
            micro_steps.move_micro_step(
                by=by, step_id=step_id, step=made, outcome=form.cleaned_data["outcome"]
            )
        if not form.errors:
            messages.success(request, "Bewaard.")
            warn_about(request, form)
            return redirect("week:plg", row.cycle_id)
    status = 422 if form.errors else 200
    return render(request, "week/plg/step.html", {"form": form, "row": row}, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def new_visit(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """A lesson visit to plan."""
    found = cycle_in_hand(by=request.by, cycle_id=cycle_id, permission=Permission.RUN_PLG)
    form = VisitForm(data_of(request), initial={"minutes": 45, "visitor": request.by.person.pk})
    form.offer(found.members)
    back = reverse("week:plg", args=[cycle_id])
    sheet = Sheet("Lesbezoek plannen", "Plannen", back, f"PLG {found.cycle.name}")

    def save() -> None:
        wanted = lesson_visits.NewVisit(**form.cleaned_data)
        fields = {f"visits.0.{name}": name for name in form.fields}
        with refusals(form, fields):
            lesson_visits.add_visits(by=request.by, cycle_id=cycle_id, visits=[wanted])

    return formed(request, form, sheet, save)


@require_http_methods(["GET", "POST"])
@signed_in
def visit(request: PageRequest, visit_id: UUID) -> HttpResponse:
    """One visit; the pair notes what the two of them alone read."""
    by = request.by
    made = _VISIT_STEPS.get(request.POST.get("doe", ""))
    if made is not None:
        lesson_visits.move_visit(by=by, visit_id=visit_id, step=made, today=clock.today())
        return redirect("week:visit", visit_id)
    found = visit_in_hand(by=by, visit_id=visit_id)
    form = VisitNoteForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            lesson_visits.add_note(by=by, visit_id=visit_id, text=form.cleaned_data["text"])
        if not form.errors:
            messages.success(request, "Bewaard. Alleen jullie tweeën lezen dit.")
            warn_about(request, form)
            return redirect("week:visit", visit_id)
    context = {
        "form": form,
        "found": found,
        "row": found.visit,
        "cycle": found.visit.cycle,
        # What lies ahead cannot have been.
        "may_have_been": found.visit.date <= clock.today(),
    }
    return render(request, "week/plg/visit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def scan(request: PageRequest, scan_id: UUID) -> HttpResponse:
    """What to score while it is open; what it says of the team once it is closed."""
    found = scan_in_hand(by=request.by, scan_id=scan_id)
    form = ScanForm(data_of(request), frame=found.frame)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            answer_scan(by=request.by, scan_id=scan_id, scores=form.cleaned_data)
        if not form.errors:
            messages.success(request, "Dank je wel. Je antwoord is anoniem bewaard.")
            return redirect("week:scan", scan_id)
    frame = found.frame
    context = {
        "form": form,
        "found": found,
        "frame": frame,
        "scan": found.scan,
        "source": source_line(frame.source) if frame.source else "",
    }
    if found.results:
        averages, years = found.results.averages or {}, found.results.trend
        context |= {
            "averages": [(one, averages.get(one.slug)) for one in frame.questions],
            "years": [(SchoolYear(year.school_year).label, year.answers) for year in years],
            "trend": trend_rows(frame.titles(), years),
        }
    return render(request, "week/plg/scan.html", context, status=422 if form.errors else 200)
