"""Work groups: the list, making one, and changing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.actions.changing import UNDERWAY
from routekaart.actions.organisation.work_groups import (
    add_work_group,
    change_work_group,
    remove_work_group,
)
from routekaart.models import WorkGroup
from routekaart.queries.organisation.work_groups import (
    work_group_choices,
    work_group_to_change,
    work_groups_of,
)
from routekaart.web.forms.preparing.work_groups import FIELDS, WorkGroupForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 20


@require_safe
@signed_in
def work_groups(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The work groups with their members and goal."""
    by = request.by
    choices = work_group_choices(by=by, routekaart_id=routekaart_id)
    wording = dict(choices.goals)
    with by.entered():
        rows = work_groups_of(by=by, routekaart_id=routekaart_id)
        page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "routekaart": choices.routekaart,
            "underway": choices.routekaart.state in UNDERWAY,
            "page": page,
            "rows": [
                (
                    group,
                    wording.get(group.goal_id, "") if group.goal_id else "",
                    _names_in(group),
                )
                for group in page
            ],
        }
        return render(request, "preparing/work_groups.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Makes a work group."""
    choices = work_group_choices(by=request.by, routekaart_id=routekaart_id)
    posted = request.method == "POST"
    form = WorkGroupForm(request.POST if posted else kept(request), choices=choices)
    form.make_new()
    if posted and form.is_valid():
        with refusals(form, FIELDS | {"name": "naam"}):
            add_work_group(by=request.by, routekaart_id=routekaart_id, values=form.values())
            messages.success(request, "De werkgroep is er.")
            return redirect("preparing:work_groups", routekaart_id)
    return _page(request, form, {"routekaart": choices.routekaart}, posted=posted)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(WorkGroup, "work_group_id")
def change(request: PageRequest, work_group_id: UUID) -> HttpResponse:
    """Changes a work group, or ends it."""
    by = request.by
    group = work_group_to_change(by=by, work_group_id=work_group_id)
    choices = work_group_choices(by=by, routekaart_id=group.routekaart_id)
    members = [row.person_id for row in group.member_rows.all()]
    posted = request.method == "POST"
    form = WorkGroupForm(
        request.POST if posted else kept(request),
        choices=choices,
        initial=WorkGroupForm.of(group, members),
    )
    if posted and request.POST.get("doe") == "opheffen":
        remove_work_group(by=by, work_group_id=work_group_id)
        messages.success(request, "De werkgroep is opgeheven.")
        return redirect("preparing:work_groups", group.routekaart_id)
    if posted and form.is_valid():
        with refusals(form, FIELDS | {"name": "naam"}):
            change_work_group(by=by, work_group_id=work_group_id, values=form.changed())
            messages.success(request, "Bewaard.")
            return redirect("preparing:work_groups", group.routekaart_id)
    return _page(request, form, {"routekaart": choices.routekaart, "group": group}, posted=posted)


def _page(
    request: PageRequest, form: WorkGroupForm, context: dict[str, object], *, posted: bool
) -> HttpResponse:
    form.seen()
    status = 422 if posted and form.errors else 200
    return render(request, "preparing/work_group.html", {"form": form, **context}, status=status)


def _names_in(group: WorkGroup) -> list[str]:
    # Marked by the query.
    members: Any = group.member_rows.all()
    return [row.called for row in members]
