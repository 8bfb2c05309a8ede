"""What happens under `/api/` outside any operation, in the words of the API."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase

from routekaart.api import errors
from routekaart.api.limits import tell_limits

PREFIX = "/api/"


def problems_everywhere(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuses bodies of unknown or too large a size unread, and puts 405 in problem+json.

    A HEAD is answered as the GET that it asks about, without the body; on the pages too.
    """
    largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return _answer(request, get_response)
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            return errors.length_required()
        length = request.META.get("CONTENT_LENGTH") or "0"
        # Far fewer digits than Python refuses to read.
        if not (length.isascii() and length.isdecimal() and len(length) < 20):
            return errors.bad_request()
        if int(length) > largest:
            return errors.too_large()
        response = _answer(request, get_response)
        if isinstance(response, HttpResponseNotAllowed):
            return errors.method_not_allowed(response["Allow"])
        tell_limits(request, response)
        return response

    return middleware


def _answer(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    if request.method != "HEAD":
        return get_response(request)
    # The operations know GET only.
    request.method = "GET"
    response = get_response(request)
    request.method = "HEAD"
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        # The header that tells the length of the body stays.
        response.content = b""
    return response
