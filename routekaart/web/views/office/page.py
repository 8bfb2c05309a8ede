"""What the pages of the office share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from routekaart.access import Permission, access_of
from routekaart.models import School
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest

PER_PAGE = 25


def data_of(request: PageRequest) -> QueryDict | None:
    """What a form starts from: what was posted, or what waited while somebody was signed out."""
    return request.POST if request.method == "POST" else kept(request)


def still_runs(request: PageRequest, changed: UUID, school_id: UUID) -> bool:
    """Whether who asks may still manage people, after the roles of `changed` were changed."""
    if changed != request.by.person.pk:
        return True
    return access_of(request.by.person).allows(Permission.MANAGE_PEOPLE, school=school_id)


def office_page(
    request: PageRequest,
    template: str,
    school: School,
    context: Mapping[str, Any] | None = None,
    *,
    form: forms.Form | None = None,
) -> HttpResponse:
    """A page of a school; 422 when its form has errors, or when the context has `faults`."""
    shown = {
        "school": school,
        "form": form,
        "runs_office": request.by.allows(Permission.EDIT_SCHOOL, school=school.pk),
        **(context or {}),
    }
    wrong = (form is not None and form.errors) or shown.get("faults")
    return render(
        request,
        f"office/{template}.html",
        shown,
        status=422 if wrong else 200,
    )
