"""Signing in with an account of elsewhere: what allauth does, and what is stricter here.

The ID token is checked whole: signature, issuer, audience, time, and the nonce that was sent
along. Only somebody whom a school added gets in, found by an address that the provider stands
for, or whom a school takes in that chose so for its staff (`actions.organisation.joining`). Where
each school tells the provider of its own, who says an address also shows to read it (`mailbox`).
"""

import hmac
import logging
import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from routekaart.access import NotFound
from routekaart.actions.organisation.joining import join
from routekaart.domain.errors import Conflict
from routekaart.domain.federated import (
    SENTENCES,
    Claimed,
    Refusal,
    claimed_by,
    is_told_to_be_staff,
    refused_at,
    refused_before,
)
from routekaart.models import Person
from routekaart.queries.organisation.places import brins_of
from routekaart.sign_in_providers import Provider
from routekaart.web import provider_answers
from routekaart.web.forms.account import address_is_verified
from routekaart.web.mailbox import ask_for_code, reads_mailbox

logger = logging.getLogger(__name__)

_NONCE = "oidc_nonce"
# Seconds.
_CLOCKS_DIFFER = 30
_ABOUT_THE_ADDRESS = frozenset({Refusal.NO_ADDRESS, Refusal.NOT_VERIFIED, Refusal.OTHER_DOMAIN})
# Signatures with a key that only the provider has.
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})


def provider_called(slug: str) -> Provider | None:
    """The provider that the administrator set up under this name."""
    found: tuple[Provider, ...] = settings.SIGN_IN_PROVIDERS
    return next((one for one in found if one.slug == slug), None)


def new_nonce(request: HttpRequest) -> str:
    """What the ID token must say back, once, to this browser."""
    nonce = secrets.token_urlsafe(24)
    request.session[_NONCE] = nonce
    return nonce


class StrictOpenID(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """OpenID Connect with everything checked that the standard lets a program check."""

    _openid_config: dict[str, Any] | None = None

    @property
    def openid_config(self) -> dict[str, Any]:
        if self._openid_config is None:
            address = self.get_provider().server_url
            self._openid_config = provider_answers.told(address, self._check_config)
        return self._openid_config

    def _check_config(self, config: Any) -> None:
        if not isinstance(config, dict):
            raise OAuth2Error("No document of a provider.")
        # A document that speaks for somebody else's issuer proves nothing.
        if str(config.get("issuer", "")).rstrip("/") != self._set_up.issuer.rstrip("/"):
            raise OAuth2Error("Another issuer than the one that was set up.")

    @property
    def _set_up(self) -> Provider:
        found = provider_called(self.provider_id)
        if found is None:
            raise OAuth2Error("This provider is not set up.")
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        nonce = request.session.pop(_NONCE, "")
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("No ID token.")
        told = self._verified(id_token, app.client_id)
        if not nonce or not hmac.compare_digest(str(told.get("nonce", "")), nonce):
            raise OAuth2Error("Another nonce than the one that was sent.")
        about = {}
        if "userinfo_endpoint" in self.openid_config:
            about = self._fetch_user_info(token.token)
        # Two answers about two people are no answer.
        if about and about.get("sub") != told.get("sub"):
            raise OAuth2Error("The two answers are about different people.")
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": {**told, **about}, "id_token": told}
        )

    def _verified(self, id_token: str, client_id: str) -> dict[str, Any]:
        """The claims of an ID token whose signature, issuer, audience and time are right."""
        header = jwt.get_unverified_header(id_token)
        algorithm = header.get("alg")
        if algorithm not in _ALGORITHMS:
            raise OAuth2Error("Not signed as it should be.")
        keys = self._keys(header.get("kid"))
        if len(keys) != 1:
            raise OAuth2Error("Signed with an unknown key.")
        told: dict[str, Any] = jwt.decode(
            id_token,
            keys[0].key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=self.openid_config["issuer"],
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            leeway=_CLOCKS_DIFFER,
        )
        if isinstance(told["aud"], list) and told.get("azp", client_id) != client_id:
            raise OAuth2Error("Made for another program.")
        return told

    def _keys(self, named: object) -> list[jwt.PyJWK]:
        """The keys of this name. A new one may be younger than the list that we know."""
        address = self.openid_config["jwks_uri"]
        for tell in (provider_answers.told, provider_answers.told_anew):
            # A provider with one key need not name it.
            found = [
                key
                for key in _key_set(tell(address, _key_set)).keys
                if key.public_key_use in {None, "sig"} and named in {None, key.key_id}
            ]
            if found:
                break
        return found


def _key_set(document: Any) -> jwt.PyJWKSet:
    if not isinstance(document, dict):
        raise OAuth2Error("No keys of a provider.")
    return jwt.PyJWKSet.from_dict(document)


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in whom a school added, and nobody else."""

    def get_requests_session(self) -> provider_answers.ProviderSession:
        """With which all that django-allauth asks of a provider is asked."""
        return provider_answers.ProviderSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises the answer for who does not get in; links a known person the first time."""
        provider = provider_called(sociallogin.account.provider)
        if provider is None:
            raise ImmediateHttpResponse(_refused(request, None, Refusal.UNKNOWN))
        claims: Mapping[str, Any] = sociallogin.account.extra_data["userinfo"]
        claimed = claimed_by(provider, claims)
        refusal = refused_before(provider, claimed)
        if refusal is not None and not (
            # An account that was linked is known by its number, not by its address.
            sociallogin.is_existing and refusal in _ABOUT_THE_ADDRESS
        ):
            raise ImmediateHttpResponse(_refused(request, provider, refusal))
        if (
            provider.preset.told_by_schools
            and not sociallogin.is_existing
            and not reads_mailbox(request, claimed.email)
        ):
            # Meanwhile no more is kept than is read again after it.
            told = {name: claims[name] for name in provider.preset.claims if name in claims}
            sociallogin.account.extra_data = {"userinfo": told}
            raise ImmediateHttpResponse(ask_for_code(request, sociallogin, claimed.email))
        person = self._person(sociallogin, claimed.email)
        if person is None and is_told_to_be_staff(provider, claimed):
            person = self._newcomer(sociallogin, claimed)
        if person is None:
            raise ImmediateHttpResponse(_refused(request, provider, Refusal.UNKNOWN))
        refusal = refused_at(claimed, brins_of(person=person))
        if refusal is not None:
            raise ImmediateHttpResponse(_refused(request, provider, refusal))
        # Of what the provider tells nothing more is kept: a second visit needs none of it.
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
        else:
            sociallogin.connect(request, person)
            address_is_verified(person)

    def _person(self, sociallogin: SocialLogin, email: str) -> Person | None:
        if sociallogin.is_existing:
            return sociallogin.user if isinstance(sociallogin.user, Person) else None
        found = Person.objects.filter(email=email, is_active=True).first()
        if found is None:
            return None
        # An address that somebody else is moving to is nobody's yet.
        others = EmailAddress.objects.filter(email=email, verified=True).exclude(user=found)
        return None if others.exists() else found

    def _newcomer(self, sociallogin: SocialLogin, claimed: Claimed) -> Person | None:
        # An account that was linked is of somebody who left; an address that somebody confirmed
        # is not free either. One that was only typed is nobody's.
        taken = EmailAddress.objects.filter(email=claimed.email, verified=True)
        if sociallogin.is_existing or taken.exists():
            return None
        return join(email=claimed.email, name=claimed.name, institutions=claimed.institutions)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **kwargs: Any
    ) -> None:
        """Raises the page for what did not work out; only the kind of it is logged."""
        exception = kwargs.get("exception")
        cancelled = error == AuthError.CANCELLED
        if not cancelled:
            logger.warning("Signing in failed: %s.", type(exception or error).__name__)
        raise ImmediateHttpResponse(failed(request, provider.name, cancelled=cancelled))


def unlink(request: HttpRequest, person: Person, account_id: int) -> None:
    """Ends signing in with one account of elsewhere; raises `Conflict` for the only way in."""
    account = SocialAccount.objects.filter(user=person, pk=account_id).first()
    if account is None:
        raise NotFound("SocialAccount")
    others = SocialAccount.objects.filter(user=person).exclude(pk=account_id)
    if not others.exists() and not person.has_usable_password():
        raise Conflict(
            "Dit is je enige manier om je aan te melden. Kies eerst een wachtwoord.",
            code="last_way_in",
        )
    account.delete()
    get_account_adapter(request).send_notification_mail(
        "socialaccount/email/account_disconnected", person
    )


def failed(request: HttpRequest, title: str, *, cancelled: bool = False) -> HttpResponse:
    """Says that it did not work out, and what else is possible."""
    context = {"provider": title, "cancelled": cancelled}
    return render(request, "socialaccount/failed.html", context, status=200 if cancelled else 401)


def _refused(request: HttpRequest, provider: Provider | None, refusal: Refusal) -> HttpResponse:
    title = provider.title if provider else "Deze aanbieder"
    context = {"reason": SENTENCES[refusal].format(provider=title)}
    return render(request, "socialaccount/refused.html", context, status=403)
