"""A repeated POST gets the first answer again: the header `Idempotency-Key`."""

import functools
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from ninja import Status
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback
from pydantic import BaseModel

from routekaart.api.auth import SignedInRequest
from routekaart.api.errors import Refused, field_error
from routekaart.models import IdempotencyKey

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[!-~]{1,200}")
# How long an answer is kept: retries come within seconds, a day leaves room for an outage.
KEPT = timedelta(hours=24)

_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": (
        "Eigen, uniek nummer van dit verzoek. Stuur je het nog eens, dan volgt het eerste antwoord."
    ),
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}

_View = Callable[..., Any]


def idempotent(view: _View) -> _View:
    """Decorates a view (below `@router.post`) that returns `Status(code, reply)`.

    The key and what the view writes are one transaction: either both are stored or neither, and
    a second request with the same key waits for the first on the unique index. When the view
    takes `response: HttpResponse`, its `Location` is part of the answer.
    """

    @functools.wraps(view)
    def once(request: SignedInRequest, *args: Any, **values: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None:
            return view(request, *args, **values)
        if not _KEY.fullmatch(key):
            detail = "Gebruik 1 tot 200 zichtbare tekens zonder spaties."
            raise Refused(
                422,
                "bad_idempotency_key",
                f"{HEADER}: {detail}",
                [field_error(HEADER, "bad_idempotency_key", detail)],
            )
        response: HttpResponse | None = next(
            (value for value in values.values() if isinstance(value, HttpResponse)), None
        )
        with transaction.atomic():
            row = _first(request, key)
            if row is None:
                return _again(request, key, response)
            result = view(request, *args, **values)
            row.status = result.status_code
            row.response = {
                "content": _plain(result.value),
                "location": response.headers.get("Location") if response else None,
            }
            row.save(update_fields=["status", "response"])
            return result

    contribute_operation_callback(once, _document)
    return once


def _first(request: SignedInRequest, key: str) -> IdempotencyKey | None:
    """The new row, or None when this key was used before."""
    person = request.auth.person
    IdempotencyKey.objects.filter(person=person, created_at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                person=person, key=key, fingerprint=_fingerprint(request)
            )
    except IntegrityError:
        return None


def _again(request: SignedInRequest, key: str, response: HttpResponse | None) -> Any:
    row = IdempotencyKey.objects.get(person=request.auth.person, key=key)
    if row.fingerprint != _fingerprint(request):
        raise Refused(
            422,
            "idempotency_key_reused",
            "Deze Idempotency-Key hoort bij een ander verzoek. Gebruik een nieuwe.",
            [field_error(HEADER, "idempotency_key_reused", "Gebruik een nieuwe waarde.")],
        )
    if row.status is None or row.response is None:
        raise Refused(409, "in_progress", "Hetzelfde verzoek is nog bezig. Probeer het zo opnieuw.")
    if response is not None and row.response["location"]:
        response.headers["Location"] = row.response["location"]
    return Status(row.status, row.response["content"])


def _fingerprint(request: SignedInRequest) -> str:
    # The reach is part of it: a token that no longer reaches a school does not get its answer.
    reach = ",".join(str(school) for school in request.auth.schools)
    head = f"{request.method} {request.path}\n{reach}\n"
    return hashlib.sha256(head.encode() + request.body).hexdigest()


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def _document(operation: Operation) -> None:
    extra = dict(operation.openapi_extra or {})
    extra["parameters"] = [*extra.get("parameters", []), _PARAMETER]
    operation.openapi_extra = extra
