"""The keys with which other programs do what their owner may do."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.access import NotFound
from routekaart.actions.organisation.tokens import issue_own_token, revoke_own_token
from routekaart.models import School
from routekaart.queries.organisation.schools import schools_of
from routekaart.queries.organisation.tokens import own_tokens
from routekaart.web.again import asked_again
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
    right = forms.ChoiceField(
        label="Wat mag de sleutel?",
        help_text="Kies alleen lezen als het andere programma niets hoeft te wijzigen.",
        choices=[("read", "Alleen lezen"), ("write", "Lezen en wijzigen")],
        initial="read",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat de sleutel mag."},
    )
    schools = forms.TypedMultipleChoiceField(
        label="Voor welke scholen?",
        help_text="Kies je niets, dan is de sleutel voor al je scholen.",
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None, *, schools: Iterable[School]) -> None:
        super().__init__(data)
        choices = [(str(school.pk), school.name) for school in schools]
        if len(choices) > 1:
            self.fields["schools"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["schools"]


@require_http_methods(["GET", "POST"])
@signed_in
def tokens(request: PageRequest) -> HttpResponse:
    """The own keys that work, and a new one; its text is shown in this answer only."""
    if "intrekken" in request.POST:
        revoke_own_token(by=request.by, token_id=_id(request.POST["intrekken"]))
        messages.success(request, "Ingetrokken. Deze sleutel werkt niet meer.")
        return redirect("office:tokens")
    with request.by.entered():
        schools = list(schools_of(by=request.by))
    form = TokenForm(data_of(request), schools=schools)
    plain = ""
    if request.method == "POST" and form.is_valid():
        if (question := asked_again(request)) is not None:
            return question
        with refusals(form):
            plain = issue_own_token(
                by=request.by,
                name=form.cleaned_data["name"],
                may_write=form.cleaned_data["right"] == "write",
                schools=form.cleaned_data.get("schools", ()),
            )
        if plain:
            form = TokenForm(None, schools=schools)
    return render(
        request,
        "office/tokens.html",
        {"tokens": own_tokens(by=request.by), "plain": plain, "form": form},
        status=422 if form.errors else 200,
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("ApiToken") from None
