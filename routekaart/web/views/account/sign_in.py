"""The page to sign in at."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from routekaart.web.accounts import TOO_OFTEN


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """With the providers that were set up, and with 429 for who guessed too often."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": settings.SIGN_IN_PROVIDERS}

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        at = _free_at(form.errors.as_data().get("__all__", []))
        if at is not None:
            answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
            answer["Retry-After"] = str(max(1, int((at - timezone.now()).total_seconds())))
        return answer


def _free_at(errors: list[ValidationError]) -> datetime | None:
    for error in errors:
        if error.code == TOO_OFTEN and error.params:
            at: datetime = error.params["at"]
            return at
    return None
