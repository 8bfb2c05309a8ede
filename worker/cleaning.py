"""Taking away what nobody needs: files without a row, and people who left long ago."""

from datetime import timedelta
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from routekaart.actions.first_answers import forget_first_answers
from routekaart.actions.old_sessions import forget_old_sessions
from routekaart.actions.organisation.roles_over import clear_roles_that_are_over
from routekaart.actions.privacy.erasing import erase_departed, finish_erasures
from routekaart.actions.privacy.erasure_list import keep_erasure_list
from routekaart.actions.request_counts import forget_request_counts
from routekaart.actions.unconfirmed_addresses import forget_unconfirmed_addresses
from routekaart.clock import now, today
from routekaart.queries.documents.files import hashes_in_use
from routekaart.storage import Storage

_ORPHAN_AGE = timedelta(days=1)


def clean_up() -> int:
    """Removes orphans and left-behind temporary files, and roles that are over; gives how many
    files. Raises `NotAllErased` after that, when an erasure could not be finished."""
    clear_roles_that_are_over(day=today())
    storage = Storage(Path(settings.STORAGE_DIR))
    swept = storage.sweep(older_than=_ORPHAN_AGE, in_use=hashes_in_use)
    finish_erasures(ended_by=(SoftTimeLimitExceeded,))
    return swept


def retain() -> int:
    """Erases who left longer ago than their data are kept; gives how many people.

    Answers for repeated requests go as well, kept for a day, counts of minutes that are over,
    sessions that are, and addresses that nobody confirmed. Raises `NotAllErased` after everything
    else was done.
    """
    forget_first_answers(at=now())
    forget_request_counts(at=now())
    forget_old_sessions(at=now())
    forget_unconfirmed_addresses(at=now())
    try:
        return erase_departed(at=now(), ended_by=(SoftTimeLimitExceeded,))
    finally:
        # Also for an erasure whose process died before its id was on the list.
        keep_erasure_list()
