"""What the scholingsplan of a team says."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.content.canonical import Part
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.models import Job, Plan, WordTemplate
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.content import ALONG, scholingsplan_input, scholingsplan_inputs
from routekaart.queries.documents.offered import Wanted
from routekaart.queries.documents.word_templates import template_in_use
from worker.work import About, Made, PlanRead, Work

_LONGEST_TEAM_NAME = 60


def team_plan(work: Work) -> Made:
    """Payload: `plan`, the id of a plan. The job says whether persons are in it.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    read = work.read_ahead or _read(work)
    plan, given = read.plan, read.given
    work.report(20)
    plan_content = build_scholingsplan(given)
    meta = plan_content.meta
    template = _own_form(work)
    return Made(
        content=plan_content if template else _laid_out(plan_content, work.wanted),
        stem=stem(meta.subject, meta.school_year),
        about=About(school=work.school, routekaart=plan.routekaart_id, plan=plan.pk),
        holds_persons=work.job.holds_persons,
        catalogue_version=given.catalogue.version,
        word_template=template,
        adopted=given.adopted,
    )


def read_ahead(by: Access, jobs: Iterable[Job]) -> dict[UUID, PlanRead]:
    """What the documents of several jobs are made from, by job, as far as `by` may have them.

    Without persons: whether their names may be in it can change at any moment.
    """
    plan_ids = {
        job.pk: UUID(job.payload["plan"])
        for job in jobs
        if job.payload.get("kind") == DocumentKind.TEAM and not job.holds_persons
    }
    plans = by.fetch_those(Plan, set(plan_ids.values()), Permission.MAKE_DOCUMENT, along=ALONG)
    if not plans:
        return {}
    schools = {plan.routekaart.team.school_id for plan in plans.values()}
    given = scholingsplan_inputs(plans=plans.values(), schools=tuple(schools), with_persons=False)
    return {
        job: PlanRead(plans[plan], given[plan]) for job, plan in plan_ids.items() if plan in plans
    }


def stem(team: str, school_year: str) -> str:
    """scholingsplan-team-bovenbouw-2026-2027"""
    name = slugify(team).removeprefix("team-")[:_LONGEST_TEAM_NAME].strip("-")
    parts = ["scholingsplan", "team", name, school_year] if name else ["scholingsplan", school_year]
    return "-".join(parts)


def _own_form(work: Work) -> WordTemplate | None:
    """The school's own template, for the plan in Word. It has no lengths: it takes the full one."""
    wanted = work.wanted
    if (wanted.format, wanted.length) != (DocumentFormat.DOCX, DocumentLength.FULL):
        return None
    return template_in_use(school_id=work.school)


def _read(work: Work) -> PlanRead:
    plan = _allowed_plan(work.by, work.id_of("plan"), work.job.holds_persons)
    given = scholingsplan_input(
        plan=plan, schools=(work.school,), with_persons=work.job.holds_persons
    )
    return PlanRead(plan, given)


def _allowed_plan(by: Access, plan_id: UUID, holds_persons: bool) -> Plan:
    plan = by.fetch(Plan, plan_id, Permission.MAKE_DOCUMENT, along=ALONG)
    marks: Any = plan
    needed = Permission.VIEW_ALL_ASSIGNMENTS
    if holds_persons and not by.allows(needed, school=marks.access_school, team=marks.access_team):
        raise Forbidden(needed)
    return plan


def _laid_out(plan: Scholingsplan, wanted: Wanted) -> Part:
    """For a reader in the length that was asked for; for a machine chapter by chapter."""
    if wanted.format is DocumentFormat.JSON:
        return plan
    return plan_document(plan, Length(wanted.length))
