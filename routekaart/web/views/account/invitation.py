"""The link in the invitation: choose a first password, or ask for a new invitation."""

from allauth.account.internal.flows.password_reset import perform_password_reset_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.actions.organisation.welcome import accept_invitation, renew_invitation
from routekaart.clock import now
from routekaart.domain.errors import Conflict
from routekaart.models import Invitation, Person
from routekaart.queries.organisation.invitations import holds, invitation_of
from routekaart.web.forms.account import FirstPassword, address_is_verified
from routekaart.web.views.errors import too_many

_GONE = 410


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """A first password for who was invited; the same page of refusal for every other link."""
    found = invitation_of(key)
    if found is None or not holds(found, key, now()):
        return _over(request, key)
    person = found.employment.person
    if person.has_usable_password():
        messages.info(request, "Je hebt al een wachtwoord. Meld je daarmee aan.")
        return redirect("account_login")
    return _choose(request, key, found)


def _choose(request: HttpRequest, key: str, found: Invitation) -> HttpResponse:
    person, school = found.employment.person, found.employment.school
    form = FirstPassword(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(key=key, password=form.cleaned_data["password1"])
        except Conflict:
            return _over(request, key)
        return _sign_in(request, person)
    return render(
        request,
        "account/invitation.html",
        {"form": form, "email": person.email, "school": school.name},
        status=422 if form.errors else 200,
    )


def _sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    address_is_verified(person)
    # A second step that was set up with a provider is asked here too.
    answer: HttpResponse = perform_password_reset_login(request, person, email=person.email)
    return answer


def _over(request: HttpRequest, key: str) -> HttpResponse:
    if request.method == "POST":
        if not ratelimit.consume(request, action="invitation", key=key):
            return too_many(request)
        renew_invitation(key=key)
        return redirect("account:invitation_sent")
    return render(request, "account/invitation_over.html", status=_GONE)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody: whether there was somebody to send it to is not told."""
    return render(request, "account/invitation_sent.html")
