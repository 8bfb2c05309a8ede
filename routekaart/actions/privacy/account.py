"""Erasing one account: counts stay, the name goes, from every table and every file."""

import time
from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart.actions.documents.jobs import CANCELLED, make_parts_again, queue_again
from routekaart.actions.first_answers import forget_answers_about
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.privacy.erasure_list import keep_erasure_list
from routekaart.actions.privacy.scrubbing import scrub
from routekaart.actions.privacy.sessions import clear_sessions
from routekaart.domain.personal_data import TABLES, Column, Rows, Table
from routekaart.domain.personal_data.names import NAMELESS, Named, erased_address
from routekaart.models import Document, Erasure, Job, Person
from routekaart.models.jobs import OPEN
from routekaart.queries.documents.files import hashes_in_use
from routekaart.queries.privacy.rows import (
    boards_of,
    model_of,
    rows_with,
    schools_of_person,
)
from routekaart.storage import Storage

_PERSON = "routekaart.Person"


@transaction.atomic
def erase_account(person_id: UUID, *, at: datetime, storage: Storage | None = None) -> bool:
    """Erases everything that tells who this was; False when there is no such account any more.

    Safe to repeat. Who calls this checked that it may be done. The files go after the commit, from
    the storage of the product unless another is given; a crash in between leaves them without a
    row, and the nightly sweep takes those. So does what is made until the commit, by who still
    reads the name: see `clear_meanwhile`.
    """
    # Whoever gives this person a place meanwhile waits here.
    person = held_accounts().filter(pk=person_id).first()
    if person is None or person.email == erased_address(person.pk):
        return False
    with scopes_disabled():
        schools = schools_of_person(person_id)
        named = Named(str(person_id), person.name, person.email)
        scrub(named, schools)
        forget_answers_about(named)
        hashes = clear_sessions(named, schools)
        removed, stopped_at = _stop_and_remove(person_id, schools)
        hashes += removed
        for table in TABLES.values():
            _erase_rows(table, person_id)
    _without_name(person)
    to_clear = {"schools_to_clear": sorted(map(str, schools))}
    Erasure.objects.update_or_create(
        person_id=person_id, defaults=to_clear, create_defaults=to_clear | {"erased_at": at}
    )
    transaction.on_commit(partial(_after_commit, tuple(hashes), stopped_at, storage))
    # Robust: the erasure stands, and what fails here is done by the clock. No `partial`: a robust
    # one that fails is logged by its name, which that has not.
    transaction.on_commit(lambda: clear_meanwhile(person_id), robust=True)
    return True


@transaction.atomic
def clear_meanwhile(person_id: UUID) -> bool:
    """Removes what was asked and made during the erasure, now that nobody reads the name any more.

    False when that was done before. After the commit of the erasure, and by the clock for one whose
    process died there.
    """
    found = Erasure.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if found is None or found.schools_to_clear is None:
        return False
    with scopes_disabled():
        schools = {UUID(one) for one in found.schools_to_clear}
        hashes, stopped_at = _stop_and_remove(person_id, schools)
    found.schools_to_clear = None
    found.save(update_fields=["schools_to_clear"])
    # Of the product, whatever the erasure was told: a worker puts its files nowhere else.
    transaction.on_commit(partial(_discard, tuple(hashes), stopped_at))
    return True


def _about(schools: Collection[UUID]) -> Q:
    """What is about these schools, or about all schools of their boards."""
    return Q(school__in=schools) | Q(board__in=boards_of(schools))


def _stop_and_remove(person_id: UUID, schools: Collection[UUID]) -> tuple[list[str], float]:
    """The hashes of the files, and since when no worker that read the name stores one."""
    # Jobs first: what one of them finishes until now is among the documents. What is asked from now
    # until the commit is not stopped, and reads the name that is still there: see
    # `clear_meanwhile`.
    _stop_jobs(person_id, schools)
    stopped_at = time.time()
    return _remove_documents(schools), stopped_at


def _remove_documents(schools: Collection[UUID]) -> list[str]:
    """Removes the documents in which the person may stand; gives the hashes of their files.

    Also those without persons: a text that named somebody when one was made may read otherwise by
    now, and a text of any team may name anybody. Each can be made again.
    """
    documents = Document.objects.filter(_about(schools))
    found = list(documents.values_list("content_hash", flat=True))
    documents.delete()
    make_parts_again(Job.objects.filter(_about(schools)))
    return found


def _stop_jobs(person_id: UUID, schools: Collection[UUID]) -> None:
    """What the person asked is not made; what is being made now starts again, without the name."""
    running = Job.objects.filter(state__in=OPEN)
    running.filter(requested_by=person_id).update(**CANCELLED)
    # Whoever makes it now has lost its token: what it read before is not stored. Neither is what
    # was read ahead of a job that waits, for that is only claimed with the token of then.
    queue_again(running.filter(_about(schools)), token=uuid4())


def _erase_rows(table: Table, person_id: UUID) -> None:
    rows: models.QuerySet[Any]
    for column in table.of(Column.DOER):
        rows = model_of(table)._default_manager.filter(**{column: person_id})
        rows.update(**{column: None})
    if table.model == _PERSON or not table.owners:
        return
    # By key: a row with two people in it is found once, and can then be changed.
    keys = list(rows_with(table.owners, table, person_id).values_list("pk", flat=True))
    rows = model_of(table)._default_manager.filter(pk__in=keys)
    if table.rows is Rows.GO:
        rows.delete()
    elif own := table.of(Column.OWN):
        rows.update(**{column: _empty(table, column) for column in own})


def _empty(table: Table, column: str) -> object:
    field: Any = model_of(table)._meta.get_field(column)
    return None if field.null else ""


def _without_name(person: Person) -> None:
    """The account stays as what counts hang on; nobody can sign in with it."""
    person.name = NAMELESS.capitalize()
    person.email = erased_address(person.pk)
    person.password = make_password(None)
    person.is_active = False
    person.last_login = None
    person.weekly_mail = False
    person.save()


def _after_commit(hashes: tuple[str, ...], stopped_at: float, storage: Storage | None) -> None:
    keep_erasure_list()
    _discard(hashes, stopped_at, storage)


def _discard(hashes: tuple[str, ...], stopped_at: float, storage: Storage | None = None) -> None:
    """Removes the files, but for those that a worker put again since: of what it makes now."""
    folder = storage or Storage(Path(settings.STORAGE_DIR))
    folder.discard(hashes, in_use=hashes_in_use, put_before=stopped_at)
