"""Forms about one's own account, on top of those of django-allauth."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    BaseConfirmCodeForm,
    ChangePasswordForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import (
    ReauthenticateForm as PasswordReauthenticateForm,
)
from allauth.account.models import EmailAddress
from allauth.mfa import app_settings as mfa
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django import forms
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.http import HttpRequest

from routekaart.models import Person
from routekaart.web.own_address import who_has


class AskForPassword(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Somebody asks for a link by mail. An unknown address gets mail too, so that the answer takes
    as long, and who has another address at school knows where to look. An address that is not
    confirmed yet is unknown too: it may be a typing error, and then a stranger reads that mailbox.
    """

    def clean_email(self) -> str:
        email = str(super().clean_email())
        self.users = [person for person in who_has(email) if person.is_active]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ChoosePassword(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A password through a link by mail: who followed it reads that mailbox."""

    def save(self) -> None:
        super().save()
        address_is_verified(self.user)


def address_is_verified(person: Person) -> None:
    """Notes that the address with which somebody signs in is theirs."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


class FirstPassword(forms.Form):
    """The password that somebody who was invited begins with."""

    password1 = forms.CharField(
        label="Nieuw wachtwoord",
        help_text="Minstens tien tekens. Een korte zin is makkelijk te onthouden.",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Kies een wachtwoord."},
    )
    password2 = forms.CharField(
        label="Nog een keer",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Typ je wachtwoord nog een keer."},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self._person)
        return password

    def clean(self) -> dict[str, Any]:
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", "Dit is niet hetzelfde wachtwoord.")
        return self.cleaned_data


class OtherAddress(AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """The address that somebody signs in with from the moment that it is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = "Nieuw e-mailadres"
        field.error_messages["required"] = "Vul je nieuwe e-mailadres in."
        field.widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        # One person is one row: addresses are kept in lower case.
        return str(super().clean_email()).lower()


def _as_new_password(form: forms.Form) -> None:
    """In our own words: what it takes is said once, and nothing stands in a field beforehand."""
    for name, label, missing in (
        ("password1", "Nieuw wachtwoord", "Kies een wachtwoord."),
        ("password2", "Nog een keer", "Typ je wachtwoord nog een keer."),
    ):
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.error_messages["required"] = missing
        field.widget.attrs.pop("placeholder", None)


class OwnPassword(SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The first password of who signs in through a provider elsewhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_new_password(self)


class OtherPassword(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password, for who knows the one of now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_new_password(self)
        field = self.fields["oldpassword"]
        field.label, field.help_text = "Wachtwoord van nu", ""
        field.error_messages["required"] = "Typ het wachtwoord van nu."
        field.widget.attrs.pop("placeholder", None)

    def clean_oldpassword(self) -> str:
        """Looks at it without keeping it anew, which would end the session when the other one is
        refused."""
        typed = str(self.cleaned_data["oldpassword"])
        if not check_password(typed, self.user.password):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class PasswordAgain(PasswordReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before a change of security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.error_messages["required"] = "Vul je wachtwoord in."
        field.widget.attrs.pop("placeholder", None)


_SIX = "De zes cijfers van je app."
_SIX_OR_EIGHT = "De zes cijfers van je app, of een reservecode van acht cijfers."


def _as_code(form: forms.Form, help_text: str) -> None:
    field = form.fields["code"]
    field.label = "Code"
    field.help_text = help_text
    field.error_messages["required"] = "Vul de code in."
    # No text field: what stands in one is kept when a session ends.
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off"}
    )
    field.widget.input_type = "tel"


class _UsedOnce:
    """Of a form that takes a code of the app: one that was used is not right again.

    django-allauth forgets it after one step; with a tolerance a code is valid for longer.
    """

    user: Person

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]  # of the form that this is put before
        steps = 2 * mfa.TOTP_TOLERANCE + 1
        # Its own key: allauth then refuses the code, and counts that as a wrong one.
        key = TOTP(Authenticator(user=self.user))._get_used_cache_key(code)  # noqa: SLF001 - see above
        cache.set(key, "y", timeout=steps * mfa.TOTP_PERIOD)
        return code


class CodeForm(_UsedOnce, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, _SIX_OR_EIGHT)
        # The code changes every half minute, and there is nothing else to do on this page.
        self.fields["code"].widget.attrs["autofocus"] = True


class CodeAgainForm(_UsedOnce, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same question once more, before a change of security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, _SIX_OR_EIGHT)


class FirstCodeForm(_UsedOnce, ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """Shows that the app counts along."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, _SIX)


class MailboxCode(BaseConfirmCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code from a mail. `may_try` counts a try at it and says whether it may be looked at."""

    def __init__(self, *args: Any, may_try: Callable[[], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._may_try = may_try
        _as_code(self, "De zes cijfers uit de mail.")
        # There is nothing else to do on this page.
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        if not self._may_try():
            raise get_adapter().validation_error("rate_limited")
        return str(super().clean_code())
