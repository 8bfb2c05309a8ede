"""Moving a routekaart from state to state: submit, take back, give back, approve, start, close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from courses.findings import Finding
from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.actions.changing import AFTER_APPROVAL, changing, moving
from routekaart.actions.documents.freezing import change_frozen, freeze
from routekaart.actions.plg.meetings import follow_plan
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.rules import Transition, blocking
from routekaart.models import Plan, Routekaart
from routekaart.queries.planning.problems import plan_is_outdated
from routekaart.queries.routekaarten.rules import findings_of


def submit(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """Hands the routekaart to the trainer. Raises `RulesBroken` with everything that blocks it."""
    with moving(by=by, routekaart_id=routekaart_id, step="submit") as routekaart:
        check_rules(routekaart, Transition.SUBMIT)
    return routekaart


def withdraw(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """Takes a submitted routekaart back to draft, until the trainer has advised."""
    with moving(by=by, routekaart_id=routekaart_id, step="withdraw") as routekaart:
        return routekaart


def return_to_team(*, by: Access, routekaart_id: UUID, comment: str) -> Routekaart:
    """The director gives a planned or approved routekaart back, saying why.

    So a change after approval becomes a new version of the plan that is approved again.
    """
    with moving(by=by, routekaart_id=routekaart_id, step="return") as routekaart:
        routekaart.approved_on = None
        routekaart.mr_date = None
        routekaart.return_comment = comment
    return routekaart


def approve(
    *,
    by: Access,
    routekaart_id: UUID,
    on: date,
    mr_date: date | None,
    plan_version: int | None = None,
) -> Routekaart:
    """The director adopts the latest plan. `mr_date`: the day on which the MR agreed, if known.

    `plan_version` is the version that was read; a newer one is not adopted unseen. Raises
    `Conflict` when there is one (`newer_plan`), or when people, days, hours or assignments have
    changed since the plan was made (`plan_outdated`), and `RulesBroken` with everything that
    holds it back.
    """
    if mr_date is not None:
        _check_consent(mr_date, on)
    with transaction.atomic(), by.entered():
        routekaart, plan = _approved(by, routekaart_id, on, mr_date, plan_version)
        freeze(plan_id=plan.pk, now=clock.now())
    return routekaart


def _approved(
    by: Access, routekaart_id: UUID, on: date, mr_date: date | None, plan_version: int | None
) -> tuple[Routekaart, Plan]:
    with moving(by=by, routekaart_id=routekaart_id, step="approve") as routekaart:
        plan = Plan.objects.filter(routekaart=routekaart).first()
        if plan is not None and plan_version not in (None, plan.version):
            raise Conflict(
                f"Er is intussen een nieuwer plan: versie {plan.version}. Bekijk dat eerst.",
                code="newer_plan",
            )
        if plan is None or plan_is_outdated(plan, school=routekaart.team.school_id):
            raise Conflict(
                "Het plan past niet meer bij wat nu is ingevuld en toegewezen. "
                "Vraag de teamleider of de trainer om een nieuw plan, of geef het terug.",
                code="plan_outdated",
            )
        check_rules(routekaart, Transition.APPROVE)
        plan.approved_at = clock.now()
        plan.save(update_fields=["approved_at"])
        follow_plan(by=by, routekaart=routekaart, plan=plan, today=on)
        routekaart.approved_on = on
        routekaart.mr_date = mr_date
        routekaart.return_comment = ""
    return routekaart, plan


def record_mr_consent(*, by: Access, routekaart_id: UUID, mr_date: date, on: date) -> Routekaart:
    """The day on which the MR agreed, when that came after the approval or was another day.

    Raises `BadInput` (`in_the_future`).
    """
    _check_consent(mr_date, on)
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.APPROVE,
        states=AFTER_APPROVAL,
        action="record_mr_consent",
    ) as routekaart:
        routekaart.mr_date = mr_date
        latest = Plan.objects.filter(routekaart=routekaart).values_list("pk", flat=True).first()
        if latest is not None:
            # What the MR agreed to is what was approved; only the day is added to it.
            change_frozen(
                plan_id=latest,
                change=lambda given: replace(
                    given, consent=replace(given.consent, mr_consent_on=mr_date)
                ),
            )
    return routekaart


def _check_consent(mr_date: date, on: date) -> None:
    if mr_date > on:
        raise BadInput(
            "mr_date",
            "Deze dag moet nog komen. Vul de instemming van de MR in als die er is.",
            code="in_the_future",
        )


def start(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """The team begins with the plan that was approved. The team lead says so (assumption)."""
    with moving(by=by, routekaart_id=routekaart_id, step="start") as routekaart:
        return routekaart


def close(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """The year is over: nothing changes any more. The team lead says so (assumption)."""
    with moving(by=by, routekaart_id=routekaart_id, step="close") as routekaart:
        return routekaart


def blocks_submitting(findings: Sequence[Finding]) -> bool:
    """Whether any of `findings` must be mended before the routekaart can be submitted."""
    return bool(blocking(findings, Transition.SUBMIT))


def check_rules(
    routekaart: Routekaart, transition: Transition, plan: DomainPlan | None = None
) -> None:
    """Raises `RulesBroken` with everything that holds `transition` back.

    `plan` is the plan to judge by; without it the latest that was stored.
    """
    blocked = blocking(findings_of(routekaart, plan=plan), transition)
    if blocked:
        raise RulesBroken(blocked)
