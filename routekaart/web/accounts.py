"""Sign-in on the pages: by e-mail and password, for people whom their school has added."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone. Messages that people see often are in our own words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Dit e-mailadres of dit wachtwoord klopt niet.",
        "too_many_login_attempts": "Het ging te vaak mis. Probeer het over een paar minuten weer.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
