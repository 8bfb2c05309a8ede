"""What documents of an approved plan are made from: everything as it stood at the approval.

The whole input is kept, not the text: every kind, length and format of document of that version
is made from the same. What may still change is narrowed when it is read, see `frozen_inputs`.
"""

import json
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.of_members import of_members
from routekaart.domain.privacy import names_shown
from routekaart.models import FrozenPlan, Plan
from routekaart.queries.organisation.names import given_names

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


def frozen_inputs(
    plans: Collection[Plan], *, with_persons: bool, today: date
) -> dict[UUID, ScholingsplanInput]:
    """What was frozen of these versions, by id; one that was never approved is not among them.

    Who had done what before is only in it while the PMR agrees to that. Each comes with its
    team and school. Call inside the scope of the schools.
    """
    if not plans:
        return {}
    known = {plan.pk: plan for plan in plans}
    rows = list(FrozenPlan.objects.filter(plan__in=plans).values_list("plan_id", "content"))
    schools = {pk: known[pk].routekaart.team.school_id for pk, _ in rows}
    called = given_names(set(schools.values())) if rows else {}
    return {
        pk: _called_here(
            _narrowed(bytes(content), known[pk], with_persons=with_persons, today=today),
            called[schools[pk]],
        )
        for pk, content in rows
    }


def _called_here(given: ScholingsplanInput, called: Mapping[str, str]) -> ScholingsplanInput:
    """What is kept has the own name of everybody, which an erasure finds, and is in its order."""
    if called.keys().isdisjoint(member.id for member in given.members):
        return given
    members = (replace(one, name=called.get(one.id, one.name)) for one in given.members)
    return replace(given, members=tuple(sorted(members, key=lambda one: (one.name, one.id))))


def _narrowed(content: bytes, plan: Plan, *, with_persons: bool, today: date) -> ScholingsplanInput:
    # Also of what was frozen when this was not done yet.
    given = of_members(input_from_bytes(content))
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
