"""A repeated POST gets the first answer again: the header `Idempotency-Key`.

One decorator for all operations. A POST takes a key unless it stands in `WITHOUT_KEY`.
"""

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from routekaart.actions.first_answers import KEPT
from routekaart.api.auth import SignedInRequest
from routekaart.api.errors import FIRST_ERROR, Refused, field_error
from routekaart.api.operations import Bound, View, operation_of
from routekaart.models import IdempotencyKey

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[!-~]{1,200}")
# POSTs that take no key, and why a repeat of them does no harm.
WITHOUT_KEY: Mapping[str, str] = {
    "advise_on_selection": "stores nothing",
    "advise_on_dates": "stores nothing",
    "preview_assignment_batch": "stores nothing",
    "preview_plan": "stores nothing",
    "suggest_lesson_visits": "stores nothing",
    "answer_scan": "anonymous: a key would keep who answered when; a second answer is refused",
    "make_calendar_feed": "its answer is a secret that is not kept; a repeat replaces the address",
}
# POSTs that are at work for seconds, with no transaction open meanwhile: SQLite has one lock for
# all writes. Their answer is kept afterwards; two at once, or one again after a crash in between,
# come to the same version of the plan.
KEPT_AFTERWARDS = frozenset({"make_plan", "make_school_plans"})
PARAMETER: Mapping[str, Any] = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": (
        "Eigen, uniek nummer van dit verzoek. Stuur je het binnen een dag nog eens, dan volgt "
        "het eerste antwoord en gebeurt er niets dubbel."
    ),
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
# A twin waits this long for the first request to end, and is then told to come back.
_WAIT = "2s"
_RETRY_AFTER = "2"
# PostgreSQL's code for a lock that did not come in time.
_LOCK_NOT_AVAILABLE = "55P03"
_KEPT_HEADERS = ("Content-Type", "Location")


def takes_key(method: str, operation_id: str | None) -> bool:
    """Whether an operation gives its first answer again for a key."""
    return method.upper() == "POST" and operation_id not in WITHOUT_KEY


class FirstAnswers:
    """The decorator, for the operations of one API.

    The key and what the view writes are one transaction: either both are stored or neither, and
    a second request with the same key waits for the first on the unique index. What was refused
    does not use up its key. `KEPT_AFTERWARDS` is the exception.
    """

    def __init__(self, api: NinjaAPI) -> None:
        self._api = api

    def __call__(self, view: View) -> View:
        operation = operation_of(view)
        if not takes_key(operation.methods[0], operation.operation_id):
            return view
        bound = Bound(self._api, operation, view)
        afterwards = operation.operation_id in KEPT_AFTERWARDS

        @functools.wraps(view)
        def once(request: SignedInRequest, *args: Any, **values: Any) -> Any:
            key = request.headers.get(HEADER)
            if key is None:
                return view(request, *args, **values)
            _check(key)
            if afterwards:
                if _is_used(request, key):
                    return _again(request, key)
                made = view(request, *args, **values)
            with transaction.atomic():
                row = _first(request, key)
                if row is None:
                    return _again(request, key)
                if not afterwards:
                    made = view(request, *args, **values)
                response = bound.respond(request, values, made)
                if response.status_code >= FIRST_ERROR or not isinstance(response, HttpResponse):
                    transaction.set_rollback(True)
                else:
                    _keep(row, response)
                return response

        return once


def _check(key: str) -> None:
    if not _KEY.fullmatch(key):
        detail = "Gebruik 1 tot 200 zichtbare tekens zonder spaties."
        raise Refused(
            422,
            "bad_idempotency_key",
            f"{HEADER}: {detail}",
            [field_error(HEADER, "bad_idempotency_key", detail)],
        )


def _first(request: SignedInRequest, key: str) -> IdempotencyKey | None:
    """The new row, or None when this key was used before."""
    with _no_longer_than(_WAIT):
        # What is kept too long and not cleaned up yet does not count.
        _rows(request, key).filter(created_at__lt=_oldest()).delete()
        try:
            with transaction.atomic():
                return IdempotencyKey.objects.create(
                    person=request.auth.person, key=key, fingerprint=_fingerprint(request)
                )
        except IntegrityError:
            return None


def _is_used(request: SignedInRequest, key: str) -> bool:
    return _rows(request, key).filter(created_at__gte=_oldest()).exists()


def _rows(request: SignedInRequest, key: str) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(person=request.auth.person, key=key)


def _oldest() -> datetime:
    return timezone.now() - KEPT


@contextmanager
def _no_longer_than(wait: str) -> Iterator[None]:
    """Limits how long the body waits for a lock; `Refused` with 409 when that is over.

    SQLite has one lock for all writes, and a time-out of its own (503).
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [wait])
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise Refused(
            409,
            "in_progress",
            "Hetzelfde verzoek is nog bezig. Probeer het zo opnieuw, met dezelfde sleutel.",
            headers={"Retry-After": _RETRY_AFTER},
        ) from None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _keep(row: IdempotencyKey, response: HttpResponse) -> None:
    row.status = response.status_code
    row.response = {
        "body": response.content.decode(),
        "headers": {name: response[name] for name in _KEPT_HEADERS if name in response},
    }
    row.save(update_fields=["status", "response"])


def _again(request: SignedInRequest, key: str) -> HttpResponse:
    row = _rows(request, key).get()
    if row.fingerprint != _fingerprint(request):
        raise Refused(
            422,
            "idempotency_key_reused",
            "Deze Idempotency-Key hoort bij een ander verzoek. Gebruik een nieuwe.",
            [field_error(HEADER, "idempotency_key_reused", "Gebruik een nieuwe waarde.")],
        )
    # It is stored in the transaction that made the row, and emptied only by an erasure.
    kept: Any = row.response
    if kept is None:
        raise Refused(
            409,
            "answer_erased",
            "Dit verzoek is al uitgevoerd. Het antwoord is er niet meer: er stond iemand in van "
            "wie de gegevens zijn gewist.",
        )
    return HttpResponse(kept["body"], status=row.status, headers=kept["headers"])


def _fingerprint(request: SignedInRequest) -> str:
    # The reach is part of it: a token that no longer reaches a school, or may only read there, does
    # not get its answer.
    by = request.auth
    reach = ",".join(f"{school} {school in by.closed}" for school in by.schools)
    head = f"{request.method} {request.path}\n{reach}\n"
    return hashlib.sha256(head.encode() + request.body).hexdigest()
