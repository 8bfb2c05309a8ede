"""Another e-mail address to sign in with."""

from allauth.account import views
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest, HttpResponseBase

from routekaart.models import Person
from routekaart.web.again import asked_again
from routekaart.web.forms.account import address_is_verified


def email(request: HttpRequest) -> HttpResponseBase:
    """The form; call it behind sign-in.

    The address of now holds until the new one is confirmed. A school or an administrator gave it,
    but django-allauth gives up an address that it never saw confirmed as soon as another is named.
    """
    if isinstance(request.user, Person):
        address_is_verified(request.user)
        # Who has a password or a second step is asked by django-allauth, and goes on by itself.
        if request.method == "POST" and not get_reauthentication_flows(request.user):
            question = asked_again(request)
            if question is not None:
                return question
    answer: HttpResponseBase = views.email(request)
    return answer
