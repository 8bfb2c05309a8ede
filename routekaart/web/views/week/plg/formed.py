"""A small form on a page of its own, about a PLG."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.shared import SharedForm
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest
from routekaart.web.views.week.warned import warn_about


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the form. `back`: the address of the page it belongs to."""

    title: str
    button: str
    back: str
    back_title: str
    lead: str = ""


def data_of(request: PageRequest) -> QueryDict | None:
    """What was posted now, or was waiting since the session ended."""
    return request.POST if request.method == "POST" else kept(request)


def formed(
    request: PageRequest, form: forms.Form, sheet: Sheet, save: Callable[[], object]
) -> HttpResponse:
    """The page with the form, or on to where it belongs once `save` is done."""
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save()
        if not form.errors:
            messages.success(request, "Bewaard.")
            warn_about(request, form)
            return HttpResponseRedirect(sheet.back)
    if isinstance(form, SharedForm):
        form.seen()
    status = 422 if form.errors else 200
    return render(request, "week/plg/form.html", {"form": form, "sheet": sheet}, status=status)
