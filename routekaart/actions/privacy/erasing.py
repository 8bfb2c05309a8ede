"""Erasing people who left: by the school admin, by the clock, and again after a restore."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django_scopes import scopes_disabled

from routekaart.access import Access, Permission
from routekaart.actions.audit import record, record_without_person
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.privacy.account import clear_meanwhile, erase_account
from routekaart.actions.privacy.erasure_list import Erasures, all_erasures, keep_erasure_list
from routekaart.clock import now
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.personal_data.retention import kept_until
from routekaart.models import AuditEntry, Departure, Erasure, School
from routekaart.queries.organisation.people import belongs_to_school
from routekaart.queries.privacy.leavers import accounts_never_used, has_a_place, leaver
from routekaart.queries.privacy.rows import schools_of_person
from routekaart.storage import Storage

logger = logging.getLogger(__name__)


class NotAllErased(Exception):
    """Of some people the erasure failed, and nothing of it was done; the others are erased."""

    def __init__(self, *, done: int, failed: int) -> None:
        super().__init__(f"{failed} of {done + failed} people could not be erased")
        self.done = done
        self.failed = failed


@transaction.atomic
def erase_person(*, by: Access, school_id: UUID, person_id: UUID, confirmation: str) -> None:
    """Erases somebody who left the school, for good. `confirmation` is the name of that person.

    Safe to repeat: who is erased already stays so. Raises `Conflict` for who still has a place here
    (`still_here`), and for who has one elsewhere or of whom a school that `by` does not run keeps
    data (`not_yours_alone`): these are not ours to take. Raises `BadInput` when the name is not
    the right one (`name_differs`).
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    if _erased_here(by, school_id, person_id):
        return
    with by.entered():
        if belongs_to_school(person_id=person_id, school_id=school_id):
            raise Conflict(
                "Deze medewerker hoort nog bij de school. Beëindig eerst het werk en de rollen.",
                code="still_here",
            )
    person = leaver(by=by, school_id=school_id, person_id=person_id)
    held_accounts().get(pk=person_id)
    with scopes_disabled():
        elsewhere = schools_of_person(person_id) - by.schools_with(Permission.MANAGE_PEOPLE)
    if has_a_place(person_id) or elsewhere:
        # In the same words: where somebody works now is nobody's business here.
        raise Conflict(
            "Dit account is niet alleen van jouw school. Daarom kun jij het niet wissen. Het gaat "
            "vanzelf weg als de bewaartijd overal om is. Wil de medewerker het eerder? Vraag het "
            "de technisch beheerder van Routekaart.",
            code="not_yours_alone",
        )
    if " ".join(confirmation.split()).casefold() != " ".join(person.name.split()).casefold():
        raise BadInput(
            "confirmation",
            "Dit is niet de naam. Typ de naam precies zoals die hierboven staat.",
            code="name_differs",
        )
    with by.entered():
        record(by=by, school=school_id, action="erase_person", subject=person)
    erase_account(person_id, at=now())


def erase_departed(
    *,
    at: datetime,
    storage: Storage | None = None,
    ended_by: tuple[type[Exception], ...] = (),
) -> int:
    """Erases everybody who left every school longer ago than the data are kept; gives how many.

    So are accounts older than that which nobody came in with and which are in no place any more.
    Each in an own transaction, so that a crash loses nothing that was done. `storage`: as with
    `apply_erasures`. Raises `NotAllErased` once everybody had a turn; what is in `ended_by`, such
    as the end of the time that there is for this, at once.
    """
    with scopes_disabled():
        # A school that lets somebody go who never came does not make the others keep them longer.
        left = Coalesce(Max("left_at", filter=Q(given_name="")), Max("left_at"))
        latest = Departure.objects.values("person").annotate(left=left).order_by("person")
        since = [*latest.values_list("person", "left"), *accounts_never_used()]
    due = [
        person
        for person, kept_from in since
        if kept_until(kept_from, months=settings.RETENTION_MONTHS) <= at
    ]
    return _each(due, lambda one: _erase_departed(one, at, storage), ended_by)


def _each(
    people: Iterable[UUID],
    erase: Callable[[UUID], bool],
    ended_by: tuple[type[Exception], ...] = (),
) -> int:
    done = failed = 0
    for person_id in people:
        try:
            done += erase(person_id)
        except ended_by:
            raise
        except Exception:
            # Whatever it is, it must not keep the others. Who it is stands in no line of the log.
            logger.exception("An erasure failed.")
            failed += 1
    if failed:
        raise NotAllErased(done=done, failed=failed)
    return done


@transaction.atomic
def _erase_departed(person_id: UUID, at: datetime, storage: Storage | None) -> bool:
    person = held_accounts().filter(pk=person_id).first()
    if person is None:
        return False
    if has_a_place(person_id):
        return False
    with scopes_disabled():
        schools = list(
            Departure.objects.filter(person=person_id, given_name="").values_list(
                "school_id", flat=True
            )
        )
        for school in schools:
            record_without_person(school=school, action="erase_departed", subject=person)
    return erase_account(person_id, at=at, storage=storage)


def finish_erasures(*, ended_by: tuple[type[Exception], ...] = ()) -> int:
    """Removes what was made during an erasure whose process died before it did; gives of how many.

    Raises as `erase_departed` does.
    """
    left = Erasure.objects.filter(schools_to_clear__isnull=False)
    return _each(left.values_list("pk", flat=True), clear_meanwhile, ended_by)


def apply_erasures(
    *, at: datetime, also: Erasures = MappingProxyType({}), storage: Storage | None = None
) -> int:
    """Erases anew everybody on the list, after a backup was put back; gives how many.

    Whatever place the backup gives them goes too: it was gone before the erasure. Ids that the
    backup does not know stay on the list. `also`: more of them, from elsewhere. `storage`: where
    the files of the backup are, when not in the storage of the product. Raises `NotAllErased` once
    everybody had a turn.
    """
    wanted = {**also, **all_erasures()}
    people = sorted(wanted, key=str)
    try:
        return _each(people, lambda one: erase_account(one, at=wanted[one] or at, storage=storage))
    finally:
        Erasure.objects.bulk_create(
            (Erasure(person_id=one, erased_at=wanted[one] or at) for one in people),
            ignore_conflicts=True,
        )
        keep_erasure_list()


def _erased_here(by: Access, school_id: UUID, person_id: UUID) -> bool:
    with by.entered():
        return AuditEntry.objects.filter(
            school=school_id,
            action__in=("erase_person", "erase_person_on_server", "erase_departed"),
            object_id=str(person_id),
        ).exists()
