"""Sign-in on the pages: by e-mail and password, for people whom their school has added.

A link to choose a password goes by mail at once and is not kept in the outbox: whoever reads it
there could sign in as somebody else.
"""

import logging
import smtplib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse

from routekaart.actions.organisation.welcome import came_in
from routekaart.clock import now
from routekaart.models import Person
from routekaart.web.again import signed_in_just_now
from routekaart.web.mailbox import forget_waiting
from routekaart.web.second_factor import note_second_factor
from routekaart.web.sessions import note_seen
from routekaart.web.throttle import Guess, forget_guesses

logger = logging.getLogger(__name__)

TOO_OFTEN = "too_many_login_attempts"
# Where no address is known, as behind a socket file: all of those count together.
_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - compared with, never bound to
# What happened, per name of a template of django-allauth; anything else is worth no mail.
_HAPPENED = {
    "account/email/password_changed": "Je wachtwoord is gewijzigd.",
    "account/email/password_set": "Er is een wachtwoord voor je account gekozen.",
    "account/email/password_reset": "Je wachtwoord is opnieuw gekozen.",
    "account/email/email_changed": "Je meldt je voortaan aan met een ander e-mailadres.",
    "mfa/email/totp_activated": "De tweede stap bij het aanmelden staat aan.",
    "mfa/email/totp_deactivated": "De tweede stap bij het aanmelden staat uit.",
    "mfa/email/recovery_codes_generated": "Er zijn nieuwe reservecodes gemaakt. De oude werken "
    "niet meer.",
    "socialaccount/email/account_connected": "Je kunt je nu ook aanmelden met een ander account.",
    "socialaccount/email/account_disconnected": "Aanmelden met een ander account kan niet meer.",
}


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone. Messages that people see often are in our own words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Dit e-mailadres of dit wachtwoord klopt niet.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "incorrect_code": "Deze code klopt niet.",
        "enter_current_password": "Dit is niet je wachtwoord van nu.",
        TOO_OFTEN: "Het ging te vaak mis. Probeer het over vijf minuten weer.",
        "rate_limited": "Het ging te vaak mis. Probeer het over vijf minuten weer.",
    }
    _guess: Guess | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth calls it
        return False

    # --- Guessing ------------------------------------------------------------------------------
    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of a visitor, or `0.0.0.0` where none is known.

        A request that did not come through our proxies has too few addresses in its header.
        """
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META.get("REMOTE_ADDR") or _NO_ADDRESS)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt before the password is looked at; raises when there were too many."""
        guess = Guess(request, self._get_login_attempts_cache_key(request, **credentials))
        if not guess.allowed():
            at = guess.free_at()
            raise ValidationError(
                f"Het ging te vaak mis. Vanaf {at:%H.%M} uur kun je het weer proberen. Met een "
                "nieuw wachtwoord, via een link in je mail, kun je er meteen in.",
                code=TOO_OFTEN,
                params={"at": at},
            )
        self._guess = guess

    def _rollback_login_failed_rl_usage(self) -> None:
        if self._guess is not None:
            self._guess.give_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        forget_guesses(request, self._get_login_attempts_cache_key(request, **credentials))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for who signed in just now: that was the same question."""
        if signed_in_just_now(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """With a page for who has neither a password nor a second step."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return found or [{"id": "again", "description": "", "url": reverse("account:again")}]

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether this is the password; who is asked stays signed in here when it is kept anew."""
        before = user.password
        if not super().reauthenticate(user, password):
            return False
        user.refresh_from_db(fields=["password"])
        # Another way of keeping it ends sessions, as another password does.
        if user.password != before and user.check_password(password):
            self.request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        return True

    # --- Signing in ----------------------------------------------------------------------------
    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        if isinstance(user, Person):
            note_second_factor(request, user)
            note_seen(request)
            came_in(user)
            # Of somebody who began with a provider and went on with a password.
            forget_waiting(request)

    # --- Another address -----------------------------------------------------------------------
    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """To the new address; whom it belongs to already only hears that somebody tried."""
        address = emailconfirmation.email_address
        # The link is signed and needs no row: this one says from when on nothing waits for it.
        EmailConfirmation.objects.create(
            email_address=address,
            key=self.generate_emailconfirmation_key(address.email),
            sent=now(),
        )
        if _is_of_another(address):
            self.send_mail("account/email/address_in_use", address.email, {})
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """False when somebody else got the address meanwhile: from the school, for example."""
        try:
            with transaction.atomic():
                if not _is_of_another(email_address):
                    return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            logger.warning("Two people wanted the same address at once.")
        messages.error(request, "Dit adres is intussen van iemand anders. Er is niets veranderd.")
        return False

    # --- Mail ----------------------------------------------------------------------------------
    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address of the settings where there is one, whatever a request says of it."""
        uid, _, token = key.partition("-")
        return self._absolute(
            reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        )

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:  # noqa: ARG002 - as allauth calls it
        return self._absolute(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002 - as allauth calls it
        return reverse("account:account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - as allauth calls it
        return reverse("account:account")

    def _absolute(self, path: str) -> str:
        address: str = settings.PUBLIC_ADDRESS.rstrip("/")
        return f"{address}{path}" if address else str(self.request.build_absolute_uri(path))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not tell which addresses are known: that is logged."""
        self.could_send(template_prefix, email, context)

    def could_send(self, template_prefix: str, email: str, context: dict[str, Any]) -> bool:
        """Sends a mail; False, and a line in the log, when the mail server is away."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException):
            logger.exception("Mail about signing in could not be sent.")
            return False
        return True

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - as allauth calls it
        email: str | None = None,
    ) -> None:
        """Tells somebody what changed about the account, so that a change by others is noticed."""
        happened = _HAPPENED.get(template_prefix)
        if happened and isinstance(user, Person):
            self.send_mail("account/email/happened", email or user.email, {"happened": happened})


def _is_of_another(address: Any) -> bool:
    return Person.objects.filter(email=address.email).exclude(pk=address.user_id).exists()
