"""How long the answers to repeated requests are kept, and which are forgotten before."""

import json
from datetime import datetime, timedelta
from typing import Any

from routekaart.domain.personal_data.names import Named
from routekaart.models import IdempotencyKey

# Retries come within seconds; a day leaves room for an outage.
KEPT = timedelta(hours=24)


def forget_first_answers(*, at: datetime) -> int:
    """Takes away the answers that were kept long enough; gives how many."""
    forgotten, _ = IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()
    return forgotten


def forget_answers_about(named: Named) -> int:
    """Empties the answers to anybody in which this person stands; gives how many.

    Also by id: an answer may hold the name of before. That it was answered stays known, so that
    nothing happens twice; only a key that itself holds the address goes. Safe to repeat.
    """
    rows = IdempotencyKey.objects.values_list("pk", "key", "response")
    keys, emptied = [], []
    for pk, key, response in rows.iterator():
        if named.stands_in(key) or named.id in key:
            keys.append(pk)
        elif response is not None and _is_about(named, response):
            emptied.append(pk)
    IdempotencyKey.objects.filter(pk__in=keys).delete()
    IdempotencyKey.objects.filter(pk__in=emptied).update(response=None)
    return len(keys) + len(emptied)


def _is_about(named: Named, response: Any) -> bool:
    if named.id in json.dumps(response):
        return True
    body: Any = response.get("body", "") if isinstance(response, dict) else response
    try:
        # As text it is escaped: a name with an accent would not be found.
        body = json.loads(body)
    except (TypeError, ValueError):
        return named.stands_anywhere_in(body)
    return named.stands_anywhere_in(body)
