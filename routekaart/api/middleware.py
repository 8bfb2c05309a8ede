"""What happens under `/api/` outside any operation, in the words of the API."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from routekaart.api import errors

PREFIX = "/api/"


def problems_everywhere(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuses bodies that are too large before they are read, and puts 405 in problem+json."""
    largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return errors.bad_request()
        if int(length) > largest:
            return errors.too_large()
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return errors.method_not_allowed(response["Allow"])
        return response

    return middleware
