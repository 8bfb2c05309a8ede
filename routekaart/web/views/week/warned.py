"""What was saved, and still deserves a second look."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from routekaart.domain.rules.bsn import BSN_WARNING, holds_bsn


def warn_about(request: HttpRequest, form: forms.Form) -> None:
    """Warns when a text of a form that was saved may hold a citizen's number."""
    if any(holds_bsn(value) for value in form.cleaned_data.values() if isinstance(value, str)):
        messages.warning(request, BSN_WARNING)
