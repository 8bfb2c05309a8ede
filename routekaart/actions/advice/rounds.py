"""The trainer's advice and the team's answer to it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from courses.advice import Advice
from courses.catalogue import current_catalogue
from routekaart.access import Access
from routekaart.actions.changing import moving
from routekaart.domain.advice_desk import (
    DeskChange,
    LeftOut,
    apply_changes,
    changes_between,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AdviceDecision, AdviceDesk, AdviceVersion, Routekaart
from routekaart.queries.advice.proposing import latest_version, proposed
from routekaart.queries.advice.stored import (
    advice_from_json,
    advice_to_json,
    changes_from_json,
    changes_to_json,
)


def give_advice(
    *,
    by: Access,
    routekaart_id: UUID,
    note: str,
    today: date,
    desk_revision: int | None = None,
) -> AdviceVersion:
    """Stores what the mapping proposes, with what trainers changed, as a new version.

    The desk is empty afterwards; the next round begins with the changes of this one. What the
    team decided on an item that is still the same stays decided. Raises `Conflict` when the desk
    has moved on since `desk_revision` (`stale_revision`), or when a change on it no longer fits
    (`desk_outdated`): nothing is proposed unseen.
    """
    with moving(by=by, routekaart_id=routekaart_id, step="advise") as routekaart:
        desk = AdviceDesk.objects.filter(routekaart=routekaart).first()
        check_desk_revision(desk, desk_revision)
        changes = changes_from_json(desk.changes) if desk else ()
        last = latest_version(routekaart)
        base, left, school = proposed(
            by=by, routekaart=routekaart, last=last, today=today, changes=changes
        )
        try:
            advice = apply_changes(base, changes, school)
        except BadInput as error:
            raise Conflict(
                f"Een wijziging past niet meer bij het voorstel: {error.message} "
                "Bekijk het advies opnieuw.",
                code="desk_outdated",
            ) from None
        version = AdviceVersion.objects.create(
            routekaart=routekaart,
            version=last.version + 1 if last else 1,
            content=advice_to_json(advice),
            trainer_changes=changes_to_json((*_kept(last, left), *changes)),
            note=note,
            catalogue_version=current_catalogue().version,
            made_by=by.person,
        )
        if last is not None:
            _carry_decisions(last, version, advice)
        if desk is not None:
            desk.changes = []
            desk.revision += 1
            desk.changed_by = by.person
            desk.save()
        return version


def check_desk_revision(desk: AdviceDesk | None, revision: int | None) -> None:
    """Raises `Conflict` (`stale_revision`) when the desk has moved on since `revision`."""
    if revision is not None and revision != (desk.revision if desk else 0):
        raise Conflict(
            "Iemand anders heeft dit advies intussen gewijzigd. "
            "Haal het opnieuw op en verwerk je wijzigingen daarin.",
            code="stale_revision",
        )


def _kept(last: AdviceVersion | None, left: Iterable[LeftOut]) -> tuple[DeskChange, ...]:
    if last is None:
        return ()
    gone = [one.change for one in left]
    return tuple(one for one in changes_from_json(last.trainer_changes) if one not in gone)


def _carry_decisions(last: AdviceVersion, version: AdviceVersion, advice: Advice) -> None:
    lines = changes_between(advice_from_json(last.content), advice)
    same = {item.course for item in advice.items} - {line.course for line in lines}
    AdviceDecision.objects.bulk_create(
        AdviceDecision(
            advice=version,
            course_id=row.course_id,
            accepted=row.accepted,
            reason=row.reason,
            decided_by_id=row.decided_by_id,
        )
        for row in AdviceDecision.objects.filter(advice=last, course__in=same)
    )


def accept_advice(*, by: Access, routekaart_id: UUID, version: int | None = None) -> Routekaart:
    """The team takes the latest advice, save for the items that it declined.

    `version` is the one that was read: a newer one is not taken unseen (`Conflict`
    `newer_advice`).
    """
    with moving(by=by, routekaart_id=routekaart_id, step="accept") as routekaart:
        if version is not None:
            check_latest(latest_version(routekaart), version)
    return routekaart


def check_latest(latest: AdviceVersion | None, version: int) -> AdviceVersion:
    """The latest advice; raises `Conflict` (`newer_advice`) when `version` is another one."""
    if latest is None or latest.version != version:
        raise Conflict(
            "Er is intussen een nieuwer advies. Bekijk dat eerst en beslis dan.",
            code="newer_advice",
        )
    return latest
