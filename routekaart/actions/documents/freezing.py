"""Freezing what the documents of a plan are made from, when it is approved."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.models import FrozenPlan, Plan
from routekaart.queries.documents.content import ALONG, scholingsplan_input
from routekaart.queries.documents.frozen import frozen_bytes, input_from_bytes


def freeze(*, plan_id: UUID, now: datetime) -> None:
    """Keeps all that documents of this version say, as it stands now.

    In the transaction of the approval and inside the scope of the school, once the routekaart is
    approved. What was kept at an earlier approval of the same version is replaced.
    """
    FrozenPlan.objects.filter(plan=plan_id).delete()
    plan = Plan.objects.select_related(*ALONG).get(pk=plan_id)
    school: UUID = plan.routekaart.team.school_id
    given = scholingsplan_input(
        plan=plan, schools=(school,), with_persons=True, with_checks=True, to_keep=True
    )
    FrozenPlan.objects.create(plan=plan, content=frozen_bytes(given), frozen_at=now)


def change_frozen(
    *, plan_id: UUID, change: Callable[[ScholingsplanInput], ScholingsplanInput]
) -> bool:
    """Changes what was kept of one version; False when nothing was kept.

    For the few things that must change also after an approval: the day on which the MR agreed.
    Erasing a person comes in here too: the name stands in `members` and in texts of `plan`, of
    every version that the person is in; files that were made with it lie in the storage.
    """
    row = (
        FrozenPlan.objects.select_for_update(of=("self",), no_key=True).filter(plan=plan_id).first()
    )
    if row is None:
        return False
    row.content = frozen_bytes(change(input_from_bytes(bytes(row.content))))
    row.save(update_fields=["content"])
    return True
