"""Preparing mail about a routekaart: who gets new courses, and for whom the plan has changed."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from routekaart.access import Access, Permission
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.actions.mail.outbox import Message, prepare_batch
from routekaart.domain.errors import Conflict
from routekaart.models import Assignment, AssignmentBatch, Employment, Mail, MailBatch, Routekaart
from routekaart.models.assignments import STANDING
from routekaart.models.mail import MailKind
from routekaart.queries.mail.content import Composed, assigned_messages, assignments_told, is_told
from routekaart.queries.mail.plan_mail import plan_texts, version_key
from routekaart.queries.mail.reminders import OPEN, started


class About(StrEnum):
    ASSIGNMENTS = "assignments"
    PLAN = "plan"


_KINDS: Mapping[About, MailKind] = {
    About.ASSIGNMENTS: MailKind.ASSIGNED,
    About.PLAN: MailKind.PLAN_CHANGED,
}


def prepare_mail(
    *, by: Access, routekaart_id: UUID, about: About, whole: bool, today: date
) -> MailBatch:
    """A batch about what is new since people were told last, or with `whole` about everything.

    Nothing goes out before it is released. Raises `Conflict`: `wrong_state`, `mail_waiting` when
    one like it still waits, `no_approved_plan`, `nothing_to_tell`.
    """
    by.fetch(Routekaart, routekaart_id, Permission.RELEASE_MAIL)
    with transaction.atomic(), by.entered():
        routekaart = _locked(routekaart_id)
        check_state(routekaart, UNDERWAY)
        _check_none_waits(routekaart, _KINDS[about])
        if about is About.ASSIGNMENTS:
            return _about_assignments(by, routekaart, whole, today)
        return _about_plan(by, routekaart, whole, today)


def mail_assignments(
    *,
    by: Access,
    routekaart: Routekaart,
    today: date,
    batch: AssignmentBatch | None = None,
    rows: Iterable[UUID] = (),
) -> MailBatch | None:
    """The batch that goes with one action of assigning: its `batch`, or the assignments `rows`.

    In the transaction of that action, whose rights were checked. What people have been told is
    left out, and what is ahead of its date; None when nothing is left to tell.
    """
    with by.entered():
        wanted = Assignment.objects.filter(pk__in=list(rows))
        if batch is not None:
            wanted = Assignment.objects.filter(batch=batch)
        told = assignments_told(routekaart.pk)
        new = [
            row
            for row in _standing(routekaart, today).filter(pk__in=wanted.values("pk"))
            if not is_told(row, told)
        ]
        return _store(by, routekaart, assigned_messages(new, today=today), "") if new else None


def _about_assignments(by: Access, routekaart: Routekaart, whole: bool, today: date) -> MailBatch:
    told = {} if whole else assignments_told(routekaart.pk)
    rows = [row for row in _standing(routekaart, today) if not is_told(row, told)]
    # The whole overview may be sent once more, but not twice on a day.
    again = f"{today.isoformat()}:" if whole else ""
    return _store(by, routekaart, assigned_messages(rows, today=today), again)


def _standing(routekaart: Routekaart, today: date) -> "QuerySet[Assignment]":
    """What is assigned to whom. Without the consent to see progress also what is done by now.

    Leaving that out would tell the sender who is done; it is left out when the mail goes.
    """
    by_name = routekaart.team.school.progress_by_name_since
    shown = OPEN if by_name is not None and by_name <= today else STANDING
    return Assignment.objects.filter(
        started(today),
        routekaart=routekaart,
        state__in=shown,
        person__is_active=True,
        person__employments__school=routekaart.team.school_id,
    ).select_related("course", "routekaart")


def _store(
    by: Access, routekaart: Routekaart, composed: Mapping[UUID, Composed], again: str
) -> MailBatch:
    messages = [
        Message(
            person=person,
            key=f"assigned:{again}{_fingerprint(each.about)}",
            subject=each.text.subject,
            body=each.text.body,
            about=each.about,
        )
        for person, each in composed.items()
    ]
    return prepare_batch(
        by=by,
        school=routekaart.team.school_id,
        routekaart=routekaart,
        kind=MailKind.ASSIGNED,
        title="Nieuwe cursussen",
        messages=messages,
    )


def _about_plan(by: Access, routekaart: Routekaart, whole: bool, today: date) -> MailBatch:
    plan, texts = plan_texts(routekaart, whole=whole)
    if plan is None:
        raise Conflict(
            "Er is nog geen vastgesteld plan. Mail over het plan kan als de directie het heeft "
            "vastgesteld.",
            code="no_approved_plan",
        )
    working_here = set(
        Employment.objects.filter(
            school=routekaart.team.school_id, person__is_active=True
        ).values_list("person_id", flat=True)
    )
    about = version_key(plan.version)
    key = f"{about}:{today.isoformat()}" if whole else about
    return prepare_batch(
        by=by,
        school=routekaart.team.school_id,
        routekaart=routekaart,
        kind=MailKind.PLAN_CHANGED,
        title=f"Plan versie {plan.version}",
        messages=[
            Message(person=person, key=key, subject=text.subject, body=text.body, about=(about,))
            for person, text in texts.items()
            if person in working_here
        ],
    )


def _fingerprint(about: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(about)).encode()).hexdigest()


def _locked(routekaart_id: UUID) -> Routekaart:
    return (
        Routekaart.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__school")
        .get(pk=routekaart_id)
    )


def _check_none_waits(routekaart: Routekaart, kind: MailKind) -> None:
    if Mail.objects.filter(batch__routekaart=routekaart, kind=kind, state="waiting").exists():
        raise Conflict(
            "Er staat al zulke mail klaar. Geef die eerst vrij, of laat hem vervallen.",
            code="mail_waiting",
        )
