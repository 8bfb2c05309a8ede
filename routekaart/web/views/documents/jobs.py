"""The health of what runs behind: documents, mail, and the worker itself, in plain words."""

import time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart.access import NotFound, Permission, Role
from routekaart.actions.documents.jobs import retry_job
from routekaart.actions.mail.outbox import retry_mail
from routekaart.actions.wakeups import HEARTBEAT_FILE
from routekaart.queries.documents.bundle_places import lacks_for_all
from routekaart.queries.documents.health import STUCK_AFTER, all_jobs
from routekaart.queries.documents.jobs import may_handle
from routekaart.queries.mail.outbox import failed_mails, waiting_batches
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.documents.progress import job_card

_PER_PAGE = 20
# Of mail that failed, for there may be hundreds when a mail server was away.
_MOST_MAILS = 50
# A worker shows itself twice a second; this leaves room for a restart.
_SILENT_SECONDS = 60
_KEEPERS = {Role.DIRECTOR, Role.SCHOOL_ADMIN}


@require_http_methods(["GET", "POST"])
@signed_in
def jobs(request: PageRequest) -> HttpResponse:
    """All that was asked for within reach; a post tries one thing again."""
    by = request.by
    if request.method == "POST":
        _again(request)
        return redirect("documents:jobs")
    page = Paginator(all_jobs(by=by), _PER_PAGE).get_page(request.GET.get("bladzijde"))
    with by.entered():
        batches = list(waiting_batches(by=by)[:_MOST_MAILS])
    failed = list(failed_mails(by=by)[: _MOST_MAILS + 1])
    cards = [job_card(one, may_retry=may_handle(by=by, job=one)) for one in page]
    away = worker_is_away()
    context: dict[str, Any] = {
        "page": page,
        "cards": cards,
        "batches": batches,
        "failed": failed[:_MOST_MAILS],
        "more_failed": len(failed) > _MOST_MAILS,
        "away": away,
        # Only where the worker's own sign of life is seen.
        "all_well": settings.EMBEDDED
        and not (away or failed or any(card.stuck or card.failed for card in cards)),
        "keeper": any(_KEEPERS & roles for roles in by.roles.values()),
        "stuck_minutes": int(STUCK_AFTER.total_seconds() // 60),
        "several": len(by.schools) > 1,
        "sees_documents": any(
            by.allows(Permission.VIEW_DOCUMENT, school=school) for school in by.schools
        ),
        "for_all_teams": any(
            lacks_for_all(by=by, schools=[school], persons=False) is None for school in by.schools
        ),
        "makes_documents": any(
            by.allows(Permission.MAKE_DOCUMENT, school=school) for school in by.schools
        ),
    }
    return render(request, "documents/jobs.html", context)


def worker_is_away() -> bool:
    """Whether the worker beside this server gives no sign of life.

    Where workers run elsewhere their sign is not seen here; jobs that stand still tell it then.
    """
    if not settings.EMBEDDED:
        return False
    try:
        seen = (Path(settings.VAR_DIR) / HEARTBEAT_FILE).stat().st_mtime
    except OSError:
        return True
    # The real time, like that of the file.
    return time.time() - seen > _SILENT_SECONDS


def _again(request: PageRequest) -> None:
    if "bericht" in request.POST:
        mail = retry_mail(by=request.by, mail_id=_id(request.POST["bericht"]))
        messages.success(request, f"We sturen het bericht aan {mail.person.name} opnieuw.")
        return
    retry_job(by=request.by, job_id=_id(request.POST.get("klus", "")))
    messages.success(request, "We proberen het opnieuw.")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("Job") from None
