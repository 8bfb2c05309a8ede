"""Signing in with a password: only with one's own address.

django-allauth takes every address that it knows of somebody, also one that was only typed as the
next and never confirmed: whoever reads that mailbox would have a way in.
"""

from collections.abc import Collection
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from routekaart.models import Person


def who_has(email: str) -> Collection[Person]:
    """Whose own address this is: one person or nobody."""
    return Person.objects.filter(email=email.lower())


class OwnAddress(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Checks a password. The last word: the settings name another one for open sessions only."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person is None:
            raise PermissionDenied
        return person

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        return self._check_password(next(iter(who_has(email)), None), password)
