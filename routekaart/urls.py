"""All addresses, and what answers when none fits."""

import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from routekaart.api import errors as api_errors
from routekaart.api.middleware import PREFIX
from routekaart.api.root import api
from routekaart.web.views import errors as page_errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("routekaart.web.urls")),
    path("accounts/", include("routekaart.web.views.account.allauth_urls")),
    path("api/v1/", api.urls),
]


def _either(
    for_api: Callable[[], HttpResponse], for_page: Callable[[HttpRequest], HttpResponse]
) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
        if request.path_info.startswith(PREFIX):
            return for_api()
        return for_page(request)

    return answer


handler400 = _either(api_errors.bad_request, page_errors.bad_request)
handler403 = _either(api_errors.forbidden, page_errors.forbidden)
handler404 = _either(api_errors.not_found, page_errors.not_found)
# By this name allauth finds what to answer to who asks too often.
handler429 = page_errors.too_many
_unexpected = _either(api_errors.unexpected, page_errors.unexpected)
_database_away = _either(api_errors.database_away, page_errors.database_away)


def handler500(request: HttpRequest) -> HttpResponse:
    """For what no view answered. Middleware reads the session where neither the pages nor the API
    see what it raises: without its database the site is away for a moment, and not broken."""
    # Django hands the exception to nobody, but is still busy with it.
    away = isinstance(sys.exception(), OperationalError)
    return (_database_away if away else _unexpected)(request)
