"""Who does which course, and taking one back or letting somebody off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.progress.progress import waive_assignment
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.queries.routekaarten.routekaarten import (
    assignment_detail,
    assignments_of,
    routekaart_to_read,
)
from routekaart.web.forms.preparing.assigning import WaiveForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 50
_TAGS = {"assigned": "todo", "started": "busy", "done": "done", "waived": ""}


@require_safe
@signed_in
def assigned(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """All courses of all people, by course."""
    by = request.by
    routekaart = routekaart_to_read(
        by=by, routekaart_id=routekaart_id, permission=Permission.ASSIGN
    )
    with by.entered():
        rows = assignments_of(by=by, routekaart_id=routekaart_id)
        page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "routekaart": routekaart,
            "page": page,
            "rows": [(row, *_state(row)) for row in page],
        }
        return render(request, "preparing/assigned.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def assignment(request: PageRequest, assignment_id: UUID) -> HttpResponse:
    """One course of one person: withdraw it, or let the person off with a reason."""
    by = request.by
    found = assignment_detail(by=by, assignment_id=assignment_id, permission=Permission.ASSIGN)
    marks: Any = found
    name: str = marks.called
    posted = request.method == "POST"
    withdraws = posted and request.POST.get("doe") == "intrekken"
    # Withdrawing asks no reason: then the form only bears what is refused.
    form = WaiveForm(request.POST if posted else kept(request))
    if withdraws:
        form = WaiveForm({"reden": "-"})
    if posted and form.is_valid():
        with refusals(form):
            if withdraws:
                withdraw_assignment(by=by, assignment_id=assignment_id, at=clock.now())
                messages.success(request, f"De toewijzing van {name} is ingetrokken.")
            else:
                waive_assignment(
                    by=by,
                    assignment_id=assignment_id,
                    reason=form.cleaned_data["reden"],
                    today=clock.today(),
                )
                messages.success(request, f"{name} is vrijgesteld en leest bij de cursus waarom.")
            return redirect("preparing:assigned", found.routekaart_id)
    words, tag = _state(found)
    context = {
        "form": form,
        "assignment": found,
        "routekaart": found.routekaart,
        "state": words,
        "tag": tag,
    }
    return render(
        request, "preparing/assignment.html", context, status=422 if posted and form.errors else 200
    )


def _state(row: Any) -> tuple[str, str]:
    """The words and the tag of a state; both empty where `by` may not know it."""
    if not row.progress_shown:
        return "", ""
    return ASSIGNMENT.words[row.state], _TAGS.get(row.state, "")
