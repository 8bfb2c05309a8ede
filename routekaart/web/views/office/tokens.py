"""The keys with which other programs do what their owner may do."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.access import NotFound
from routekaart.actions.organisation.tokens import issue_own_token, revoke_own_token
from routekaart.queries.organisation.tokens import usable_tokens_of
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.texts import LineText
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of

_LONGEST = 100


class TokenForm(forms.Form):
    """What a key is for."""

    name = LineText(
        label="Waarvoor is de sleutel?",
        help_text="Zoals: rooster, of koppeling met de personeelsadministratie.",
        max_length=_LONGEST,
        error_messages={"required": "Vul in waarvoor de sleutel is."},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def tokens(request: PageRequest) -> HttpResponse:
    """The own keys that work, and a new one; its text is shown in this answer only."""
    if "intrekken" in request.POST:
        revoke_own_token(by=request.by, token_id=_id(request.POST["intrekken"]))
        messages.success(request, "Ingetrokken. Deze sleutel werkt niet meer.")
        return redirect("office:tokens")
    form = TokenForm(data_of(request))
    plain = ""
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            plain = issue_own_token(by=request.by, name=form.cleaned_data["name"])
        if plain:
            form = TokenForm()
    return render(
        request,
        "office/tokens.html",
        {"tokens": usable_tokens_of(request.by.person), "plain": plain, "form": form},
        status=422 if form.errors else 200,
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("ApiToken") from None
