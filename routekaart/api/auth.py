"""Who is calling: a bearer token, or for reading the session of the pages."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.security.base import AuthBase

from routekaart.access import Access, access_of
from routekaart.actions.organisation.tokens import touch
from routekaart.api.errors import Refused
from routekaart.api.limits import Caller
from routekaart.queries.organisation.tokens import token_for

# A HEAD comes in as the GET that it asks about.
_READING = ("GET", "HEAD")


class SignedInRequest(HttpRequest):
    """A request behind sign-in: `auth` says who, and where they may go."""

    auth: Access


class BearerToken(HttpBearer):
    """`Authorization: Bearer rk_…`."""

    openapi_description = "Een toegangssleutel van een medewerker, te beginnen met rk_."

    def authenticate(self, request: HttpRequest, token: str) -> Access | None:
        found = token_for(token)
        if found is None:
            return None
        touch(found)
        request.caller = Caller("token", str(found.pk))  # type: ignore[attr-defined]  # for limits
        only_reads = request.method in _READING
        if not only_reads and not found.may_write:
            raise Refused(
                403,
                "read_only_token",
                "Deze sleutel mag alleen lezen. Vraag een sleutel die ook mag wijzigen.",
            )
        return access_of(found.person, found, only_reads=only_reads)


class Session(AuthBase):
    """The session of the pages, for reading only.

    A write always needs a token: a cookie travels along with a request that another site makes,
    a token never does. So no operation here needs a CSRF token.
    """

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"
    openapi_description = "De sessie van wie op de pagina's is aangemeld; alleen om te lezen."

    def __call__(self, request: HttpRequest) -> Any:
        if request.method != "GET" or "Authorization" in request.headers:
            return None
        person = request.user
        if not person.is_authenticated:
            return None
        request.caller = Caller("person", str(person.pk))  # type: ignore[attr-defined]  # the same
        return access_of(person)


bearer = BearerToken()
session = Session()


def access(request: HttpRequest) -> Access:
    """Who is calling, in an operation behind sign-in."""
    found: Access = request.auth  # type: ignore[attr-defined]  # set by ninja after sign-in
    return found
