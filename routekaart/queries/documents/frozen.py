"""What documents of an approved plan are made from: everything as it stood at the approval.

The whole input is kept, not the text: every kind, length and format of document of that version
is made from the same. What may still change is narrowed when it is read, see `frozen_input`.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.privacy import names_shown
from routekaart.models import FrozenPlan, Plan

_INPUT = TypeAdapter(ScholingsplanInput)


def frozen_bytes(given: ScholingsplanInput) -> bytes:
    """The input with its catalogue as compressed JSON: some 50 kB."""
    return zlib.compress(_INPUT.dump_json(given), level=9)


def input_from_bytes(content: bytes) -> ScholingsplanInput:
    """The reverse. A field that is added to the input later needs a default to be read here."""
    return _INPUT.validate_json(zlib.decompress(content))


def with_texts(given: ScholingsplanInput, change: Callable[[Any], Any]) -> ScholingsplanInput:
    """The same input after `change` saw all of it as JSON values."""
    changed = change(json.loads(_INPUT.dump_json(given)))
    return _INPUT.validate_json(json.dumps(changed))


def frozen_input(plan: Plan, *, with_persons: bool, today: date) -> ScholingsplanInput | None:
    """What was frozen of this version; None for one that was never approved.

    Who had done what before is only in it while the PMR agrees to that. The plan comes with its
    team and school. Call inside the scope of the school.
    """
    row = FrozenPlan.objects.filter(plan=plan).first()
    if row is None:
        return None
    given = input_from_bytes(bytes(row.content))
    shown = names_shown(plan.routekaart.team.school.progress_by_name_since, today)
    done = {(item.member_id, item.course) for item in given.plan.completed} if given.plan else set()
    return replace(
        given,
        with_persons=with_persons,
        assignments=tuple(
            replace(item, completed=shown and (item.member_id, item.course) in done)
            for item in given.assignments
        ),
    )
