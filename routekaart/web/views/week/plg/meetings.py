"""A meeting of a PLG: its agenda, closing it with answers, or saying that it did not happen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.plg import meetings as actions
from routekaart.models import PlgMeeting
from routekaart.queries.plg.pages import MeetingInHand, cycle_in_hand, meeting_in_hand
from routekaart.web.forms.plg import ClosingForm, MeetingForm, SkipForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.plg.formed import Sheet, data_of, formed
from routekaart.web.views.week.warned import warn_about


@require_http_methods(["GET", "POST"])
@signed_in
def meeting(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda with what comes back; the form closes the meeting."""
    by = request.by
    if request.method == "POST" and request.POST.get("doe") == "heropenen":
        actions.reopen_meeting(by=by, meeting_id=meeting_id)
        return redirect("week:plg_meeting", meeting_id)
    found = meeting_in_hand(by=by, meeting_id=meeting_id)
    row = found.detail.meeting
    form = ClosingForm(data_of(request), questions=found.questions, initial=_written(found))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.close_meeting(
                by=by,
                meeting_id=meeting_id,
                answers=form.answers(),
                decisions=form.cleaned_data["decisions"],
                today=clock.today(),
            )
        if not form.errors:
            messages.success(request, "De bijeenkomst is afgesloten.")
            warn_about(request, form)
            return redirect("week:plg", row.cycle_id)
    context = {
        "form": form,
        "found": found,
        "row": row,
        "cycle": row.cycle,
        "answers": [(one, found.answers.get(one.slug)) for one in found.questions],
        # What lies ahead cannot be told yet.
        "closes": found.runs and row.state == "planned" and row.date <= clock.today(),
    }
    status = 422 if form.errors else 200
    return render(request, "week/plg/meeting.html", context, status=status)


def _written(found: MeetingInHand) -> dict[str, str]:
    """What was answered before, when a meeting was opened again."""
    values = {"decisions": found.detail.meeting.decisions}
    for slug, answer in found.answers.items():
        values |= {slug: answer.text, f"{slug}-reden": answer.not_answered_because}
    return values


@require_http_methods(["GET", "POST"])
@signed_in
def new_meeting(request: PageRequest, cycle_id: UUID) -> HttpResponse:
    """A meeting on a date of its own."""
    found = cycle_in_hand(by=request.by, cycle_id=cycle_id, permission=Permission.RUN_PLG)
    form = MeetingForm(data_of(request), initial={"minutes": found.routekaart.plg_minutes})
    form.make_new()
    back = reverse("week:plg", args=[cycle_id])
    sheet = Sheet("Bijeenkomst toevoegen", "Toevoegen", back, f"PLG {found.cycle.name}")
    return formed(
        request,
        form,
        sheet,
        lambda: actions.add_meeting(by=request.by, cycle_id=cycle_id, values=form.cleaned_data),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(PlgMeeting, "meeting_id")
def meeting_changes(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """Another date or time."""
    row = meeting_in_hand(
        by=request.by, meeting_id=meeting_id, permission=Permission.RUN_PLG
    ).detail.meeting
    initial = {"date": row.date, "starts_at": row.starts_at, "minutes": row.minutes}
    form = MeetingForm(data_of(request), initial=initial)
    back = reverse("week:plg_meeting", args=[meeting_id])
    sheet = Sheet("Bijeenkomst verzetten", "Bewaren", back, f"PLG {row.cycle.name}")
    return formed(
        request,
        form,
        sheet,
        lambda: actions.change_meeting(by=request.by, meeting_id=meeting_id, values=form.changes()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def skipping(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """That a meeting did not take place, and why."""
    row = meeting_in_hand(
        by=request.by, meeting_id=meeting_id, permission=Permission.RUN_PLG
    ).detail.meeting
    form = SkipForm(data_of(request), initial={"reason": row.reason})
    back = reverse("week:plg", args=[row.cycle_id])
    sheet = Sheet("Deze bijeenkomst ging niet door", "Bewaren", back, f"PLG {row.cycle.name}")
    return formed(
        request,
        form,
        sheet,
        lambda: actions.skip_meeting(by=request.by, meeting_id=meeting_id, **form.cleaned_data),
    )
