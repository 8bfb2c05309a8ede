"""The desk: what a trainer changes in an advice before proposing it, and the team's decisions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from routekaart.access import STEP_PERMISSIONS, Access, Permission
from routekaart.actions.advice.rounds import check_desk_revision, check_latest
from routekaart.actions.audit import record
from routekaart.actions.changing import check_state
from routekaart.domain.advice_desk import (
    Decision,
    DeskChange,
    apply_changes,
    check_decisions,
)
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.models import AdviceDecision, AdviceDesk, AdviceVersion, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.advice.desk import Desk, desk_now
from routekaart.queries.advice.proposing import latest_version, proposed
from routekaart.queries.advice.stored import advice_from_json, changes_to_json


def save_desk(
    *,
    by: Access,
    routekaart_id: UUID,
    revision: int,
    changes: Sequence[DeskChange],
    today: date,
) -> Desk:
    """Puts these changes in the place of those on the desk.

    Raises `Conflict` (`stale_revision`) when somebody else changed the desk since `revision`, and
    `BadInput` for the first change that cannot be made; then nothing is stored.
    """
    by.fetch(Routekaart, routekaart_id, Permission.ADVISE)
    with transaction.atomic(), by.entered():
        routekaart = _locked(routekaart_id)
        check_state(routekaart, ROUTEKAART.sources("advise"))
        desk = AdviceDesk.objects.filter(routekaart=routekaart).first()
        check_desk_revision(desk, revision)
        base, _, school = proposed(
            by=by,
            routekaart=routekaart,
            last=latest_version(routekaart),
            today=today,
            changes=changes,
        )
        apply_changes(base, changes, school)
        desk = desk or AdviceDesk(routekaart=routekaart)
        desk.changes = changes_to_json(changes)
        desk.revision += 1
        desk.changed_by = by.person
        desk.save()
        record(
            by=by,
            school=routekaart.team.school_id,
            action="change_advice_desk",
            subject=desk,
            routekaart=routekaart.pk,
        )
        return desk_now(by=by, routekaart=routekaart, desk=desk, today=today)[0]


def decide_on_advice(
    *, by: Access, routekaart_id: UUID, version: int, decisions: Sequence[Decision]
) -> AdviceVersion:
    """What the team says of items of the latest advice; what it says nothing of now stays.

    Raises `Conflict` (`newer_advice`) when `version` is not the latest, and `BadInput` for the
    first decision that says nothing about it.
    """
    permission = STEP_PERMISSIONS[ROUTEKAART.name]["accept"]
    by.fetch(Routekaart, routekaart_id, permission)
    with transaction.atomic(), by.entered():
        routekaart = _locked(routekaart_id)
        check_state(routekaart, (State.ADVISED,))
        latest = check_latest(latest_version(routekaart), version)
        check_decisions([item.course for item in advice_from_json(latest.content).items], decisions)
        for decision in decisions:
            AdviceDecision.objects.update_or_create(
                advice=latest,
                course_id=decision.course,
                defaults={
                    "accepted": decision.accepted,
                    "reason": decision.reason,
                    "decided_by": by.person,
                },
            )
        record(
            by=by,
            school=routekaart.team.school_id,
            action="decide_on_advice",
            subject=latest,
            routekaart=routekaart.pk,
        )
        return latest


def _locked(routekaart_id: UUID) -> Routekaart:
    """The row that all desks and decisions of a routekaart wait for; its revision stays."""
    return (
        Routekaart.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__school")
        .get(pk=routekaart_id)
    )
