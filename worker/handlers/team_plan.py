"""What the scholingsplan of a team says."""

from typing import Any
from uuid import UUID

from django.utils.text import slugify

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.content.canonical import Part
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.models import Plan
from routekaart.models.jobs import DocumentFormat
from routekaart.queries.documents.content import ALONG, scholingsplan_input
from routekaart.queries.documents.offered import Wanted
from worker.work import About, Made, Work

_LONGEST_TEAM_NAME = 60


def team_plan(work: Work) -> Made:
    """Payload: `plan`, the id of a plan. The job says whether persons are in it.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    plan = _allowed_plan(work.by, work.id_of("plan"), work.job.holds_persons)
    given = scholingsplan_input(
        plan=plan, schools=(work.school,), with_persons=work.job.holds_persons
    )
    work.report(20)
    plan_content = build_scholingsplan(given)
    meta = plan_content.meta
    return Made(
        content=_laid_out(plan_content, work.wanted),
        stem=stem(meta.subject, meta.school_year),
        about=About(school=work.school, routekaart=plan.routekaart_id, plan=plan.pk),
        holds_persons=work.job.holds_persons,
        catalogue_version=given.catalogue.version,
    )


def stem(team: str, school_year: str) -> str:
    """scholingsplan-team-bovenbouw-2026-2027"""
    name = slugify(team).removeprefix("team-")[:_LONGEST_TEAM_NAME].strip("-")
    parts = ["scholingsplan", "team", name, school_year] if name else ["scholingsplan", school_year]
    return "-".join(parts)


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
