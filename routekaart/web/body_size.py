"""No page takes a body of unknown or too large a size, or a NUL in its address: refused unread."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from routekaart.web.views import errors

_API = "/api/"
_NUL = "%00"
_FILES = "multipart/form-data"


def limited_bodies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers 400, 411 or 413 before anything reads the body. The API has limits of its own.

    Forms without a file are limited by Django too; the files in a form are not, and they would fill
    the disk of whoever runs this, also without signing in.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        refused = None if request.path_info.startswith(_API) else _refused(request)
        return get_response(request) if refused is None else refused

    return middleware


def _refused(request: HttpRequest) -> HttpResponse | None:
    # No address of ours has a NUL, and PostgreSQL takes it in no question.
    if _NUL in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
        return errors.bad_request(request)
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        return errors.length_required(request)
    length = request.META.get("CONTENT_LENGTH") or "0"
    # Far fewer digits than Python refuses to read.
    if not (length.isascii() and length.isdecimal() and len(length) < 20):
        return errors.bad_request(request)
    has_files = request.META.get("CONTENT_TYPE", "").strip().casefold().startswith(_FILES)
    largest = settings.UPLOAD_MAX_SIZE if has_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return errors.too_large(request) if int(length) > largest else None
