"""One batch of mail: who gets what, before it goes out."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.actions.mail.outbox import cancel_batch, release_batch, retry_batch
from routekaart.domain.lifecycle import MAIL
from routekaart.models import MailBatch
from routekaart.queries.mail.outbox import mail_batch_detail, mails_of_batch, may_release
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@signed_in
def mail_batch(request: PageRequest, mail_batch_id: UUID) -> HttpResponse:
    """Everybody's message where it may be read.

    A post lets the batch go, sends what failed again, or takes it back.
    """
    by = request.by
    if request.method == "POST":
        if request.POST.get("doe") == "versturen":
            release_batch(by=by, batch_id=mail_batch_id, now=clock.now())
            messages.success(request, "De mail gaat weg, bij ieder op een werkdag.")
        elif request.POST.get("doe") == "opnieuw":
            retry_batch(by=by, batch_id=mail_batch_id)
            messages.success(request, "We sturen opnieuw wat mislukte.")
        else:
            cancel_batch(by=by, batch_id=mail_batch_id, now=clock.now())
            messages.success(request, "De mail is ingetrokken. Wat nog niet weg was, gaat niet.")
        return redirect("documents:mail_batch", mail_batch_id)
    batch = mail_batch_detail(by=by, batch_id=mail_batch_id)
    found = mails_of_batch(by=by, batch_id=mail_batch_id)
    page = Paginator(found.rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    return render(
        request,
        "documents/mail_batch.html",
        {
            "batch": batch,
            "counts": _counts(batch),
            "page": page,
            # As this reader may know it, which is not always as it stands in the table.
            "rows": [(mail, MAIL.words[getattr(mail, "shown_state")]) for mail in page],  # noqa: B009 - the query adds it
            "sees_text": found.sees_text,
            "waits": batch.released_at is None and batch.cancelled_at is None,
            "may_release": may_release(by=by, batch=batch),
        },
    )


def _counts(batch: MailBatch) -> list[str]:
    """2 wacht op vrijgave, 1 verstuurd"""
    numbers = ((getattr(batch, f"count_{state}"), words) for state, words in MAIL.words.items())
    return [f"{number} {words}" for number, words in numbers if number]
