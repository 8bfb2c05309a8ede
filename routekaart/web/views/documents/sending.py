"""Sending a document by mail: to whom, what it says, what became of it, and stopping a link."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import NotFound
from routekaart.actions.documents.links import Handed, revoke_link, send_document
from routekaart.domain.document_links import LINK_WORDS, LinkState, link_state
from routekaart.domain.lifecycle import MAIL
from routekaart.models import DocumentLink
from routekaart.queries.documents.links import sees_people
from routekaart.queries.documents.sending_desk import sending_desk
from routekaart.queries.mail.document_mail import document_line, example_mail
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.sending import SendForm
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@signed_in
def send(request: PageRequest, document_id: UUID) -> HttpResponse:
    """Choosing people and reading along; a post sends at once, or stops a link."""
    if "stop" in request.POST:
        link = revoke_link(by=request.by, link_id=_id(request.POST["stop"]), now=clock.now())
        messages.success(request, f"De link van {link.recipient.name} werkt niet meer.")
        return redirect("documents:send", link.document_id)
    now = clock.now()
    desk = sending_desk(by=request.by, document_id=document_id, now=now)
    posted = request.method == "POST"
    form = SendForm(
        request.POST if posted else kept(request), people=desk.people, had_one=desk.had_one
    )
    if posted and form.is_valid():
        with refusals(form, {"recipients": form.first}):
            handed = send_document(
                by=request.by,
                document_id=document_id,
                recipients=form.recipients(),
                now=now,
            )
            messages.success(request, _told(handed))
            return redirect("documents:send", document_id)
    page = Paginator(desk.links, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    context: dict[str, Any] = {
        "document": desk.document,
        "line": document_line(desk.document),
        "form": form,
        "people": desk.people,
        "sees_people": sees_people(request.by, desk.document),
        "mail": example_mail(document=desk.document, sender=request.by.person, now=now),
        "days": settings.DOCUMENT_LINK_DAYS,
        "page": page,
        "rows": [_row(link) for link in page],
    }
    return render(
        request, "documents/send.html", context, status=422 if posted and form.errors else 200
    )


def _row(link: DocumentLink) -> dict[str, Any]:
    state = link_state(expires_at=link.expires_at, revoked_at=link.revoked_at, now=clock.now())
    return {
        "link": link,
        "words": LINK_WORDS[state],
        "works": state is LinkState.WORKS,
        "mail": MAIL.words[link.mail.state] if link.mail else "",
        "failure": link.mail.failure if link.mail else "",
    }


def _told(handed: Handed) -> str:
    number = len(handed.links)
    told = "De mail gaat weg." if number == 1 else f"De mail gaat weg naar {number} mensen."
    if not handed.had_one:
        return told
    names = ", ".join(person.name for person in handed.had_one)
    already = f"Had al een link die werkt, en krijgt geen tweede mail: {names}."
    return f"{told} {already}" if number else already


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("DocumentLink") from None
