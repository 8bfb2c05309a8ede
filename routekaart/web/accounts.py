"""Sign-in on the pages: by e-mail and password, for people whom their school has added.

A link to choose a password goes by mail at once and is not kept in the outbox: whoever reads it
there could sign in as somebody else.
"""

import logging
import smtplib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

logger = logging.getLogger(__name__)


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone. Messages that people see often are in our own words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Dit e-mailadres of dit wachtwoord klopt niet.",
        "too_many_login_attempts": "Het ging te vaak mis. Probeer het over een paar minuten weer.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address of the settings where there is one, whatever a request says of it."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        address: str = settings.PUBLIC_ADDRESS.rstrip("/")
        return f"{address}{path}" if address else str(self.request.build_absolute_uri(path))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not tell which addresses are known: that is logged."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException):
            logger.exception("Mail about a password could not be sent.")


class AskForPassword(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Somebody asks for a link by mail. An unknown address gets mail too, so that the answer takes
    as long, and who has another address at school knows where to look."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email
