"""How somebody signs in, and where that person is signed in now."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.access import NotFound
from routekaart.queries.organisation.places import must_have_second_factor
from routekaart.web.again import asked_again
from routekaart.web.providers import provider_called, unlink
from routekaart.web.sessions import own_sessions
from routekaart.web.signed_in import PageRequest, signed_in

# As many as a number in a table has.
_MOST_DIGITS = 18


@require_http_methods(["GET", "POST"])
@signed_in
def account(request: PageRequest) -> HttpResponse:
    """Password, second step, other accounts and sessions; ends sessions and links."""
    if request.method == "POST":
        return _changed(request)
    person = request.by.person
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    sessions = own_sessions(request, person)
    return render(
        request,
        "account/account.html",
        {
            "sessions": sessions,
            "others": any(not one.here for one in sessions),
            "second_factor": Authenticator.Type.TOTP in kinds,
            "second_factor_needed": must_have_second_factor(person=person),
            "has_password": person.has_usable_password(),
            "linked": [
                (row.pk, found.title if (found := provider_called(row.provider)) else row.provider)
                for row in SocialAccount.objects.filter(user=person).order_by("pk")
            ],
        },
    )


def _changed(request: PageRequest) -> HttpResponse:
    person = request.by.person
    match request.POST.get("doe", ""), request.POST.get("welke", ""):
        case "anderen", _:
            end_other_sessions(request, person)
            messages.success(request, "Je bent op alle andere apparaten afgemeld.")
        case "sessie", number if number.isdecimal() and len(number) <= _MOST_DIGITS:
            rows = list(UserSession.objects.filter(user=person, pk=number))
            if not rows:
                raise NotFound("UserSession")
            here = request.session.session_key
            end_sessions(request, rows)
            if any(row.session_key == here for row in rows):
                return redirect("start")
            messages.success(request, "Je bent daar afgemeld.")
        case "ontkoppel", number if number.isdecimal() and len(number) <= _MOST_DIGITS:
            if (question := asked_again(request)) is not None:
                return question
            unlink(request, person, int(number))
        case _:
            raise NotFound("UserSession")
    return redirect("account:account")
