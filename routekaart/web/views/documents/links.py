"""What somebody sees who opens the link of a mail: first what it is, then the document.

Nobody signs in here. Only the button counts as opening: programs that check mail follow links too.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import NotFound
from routekaart.actions.documents.links import open_link
from routekaart.domain.errors import Conflict
from routekaart.queries.documents.links import link_in_hand
from routekaart.queries.mail.document_mail import document_line
from routekaart.web.signed_in import anyone


def _to_itself(
    view: Callable[[HttpRequest, str], HttpResponseBase],
) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """The address is the key: it is told to no other site, kept by no cache and found by nobody."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponseBase:
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


# Without referrer a browser names no origin either, and there is nothing to protect: the key is in
# the address, no session is looked at.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
@_to_itself
@anyone
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the document is and until when; a post gives the file."""
    now = clock.now()
    try:
        if request.method == "POST":
            document, file = open_link(token=token, now=now)
            return FileResponse(
                file,
                as_attachment=True,
                filename=document.file_name,
                content_type=document.media_type,
            )
        found = link_in_hand(token=token, now=now)
    except NotFound:
        return _ended(request, HTTPStatus.NOT_FOUND)
    except Conflict:
        return _ended(request, HTTPStatus.GONE)
    return render(
        request,
        "documents/link.html",
        {
            "line": document_line(found.document),
            "document": found.document,
            "until": timezone.localtime(found.link.expires_at),
            "sender": found.link.made_by,
        },
    )


def _ended(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The same page whatever is the matter."""
    return render(request, "documents/link_ended.html", status=status)
