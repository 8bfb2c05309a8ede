"""Where the code from the mail is typed that a first sign-in with a school's provider asks."""

from allauth.socialaccount.models import SocialApp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from routekaart.web.forms.account import MailboxCode
from routekaart.web.mailbox import forget_waiting, go_on, waiting_in
from routekaart.web.throttle import may_try_code


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def mailbox(request: HttpRequest) -> HttpResponse:
    """The form; after the right code signing in goes on. Nobody waits here: to sign-in."""
    waiting = waiting_in(request)
    if waiting is None:
        return redirect("account_login")
    if waiting.is_over:
        return _over(request)
    sent = request.POST if request.method == "POST" else None
    form = MailboxCode(
        sent, code=waiting.code, may_try=lambda: may_try_code(request, waiting.number)
    )
    if form.is_valid():
        try:
            return go_on(request, waiting)
        except SocialApp.DoesNotExist:
            return _over(request)
    if form.errors and not may_try_code(request, waiting.number, count=False):
        return _over(request)
    return render(
        request,
        "account/mailbox.html",
        {"form": form, "email": waiting.email},
        status=422 if form.errors else 200,
    )


def _over(request: HttpRequest) -> HttpResponse:
    forget_waiting(request)
    messages.error(request, "Deze code werkt niet meer. Meld je opnieuw aan.")
    return redirect("account_login")
