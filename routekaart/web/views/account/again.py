"""Signing in once more, for who has neither a password nor a second step here."""

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart.web.signed_in import PageRequest, signed_in


@require_safe
@signed_in
def again(request: PageRequest) -> HttpResponse:
    """The providers with which this person signs in; back to where the question was asked."""
    mine = SocialAccount.objects.filter(user=request.by.person)
    linked = set(mine.values_list("provider", flat=True))
    providers = [one for one in settings.SIGN_IN_PROVIDERS if one.slug in linked]
    back = get_next_redirect_url(request) or ""
    return render(request, "account/again.html", {"providers": providers, "back": back})
