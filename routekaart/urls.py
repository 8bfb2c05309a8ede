"""All addresses, and what answers when none fits."""

from collections.abc import Callable

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from routekaart.api import errors as api_errors
from routekaart.api.middleware import PREFIX
from routekaart.api.root import api
from routekaart.web.views import errors as page_errors

urlpatterns = [
    path("", include("routekaart.web.urls")),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
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
handler500 = _either(api_errors.unexpected, page_errors.unexpected)
