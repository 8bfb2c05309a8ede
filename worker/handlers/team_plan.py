"""The scholingsplan of a team as PDF."""

import hashlib
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.plan_blocks import plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.typst_pdf import CONTENT_TYPE, EXTENSION, document_hash, render_pdf
from routekaart.models import Plan
from routekaart.models.jobs import DocumentKind
from routekaart.queries.documents.content import ALONG, scholingsplan_input
from worker.work import Product, Work

_LONGEST_TEAM_NAME = 60


def team_plan(work: Work) -> Product:
    """Payload: `plan`, the id of a plan. The job says whether persons are in it.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    plan = _allowed_plan(work.by, UUID(work.job.payload["plan"]), work.job.holds_persons)
    given = scholingsplan_input(
        plan=plan, schools=(work.school,), with_persons=work.job.holds_persons
    )
    work.report(20)
    content = plan_document(build_scholingsplan(given))
    work.report(40)
    return Product(
        routekaart=plan.routekaart_id,
        plan=plan.pk,
        kind=DocumentKind.TEAM,
        input_hash=_input_hash(content, holds_persons=work.job.holds_persons),
        file_name=file_name(content.meta.subject, content.meta.school_year),
        media_type=CONTENT_TYPE,
        holds_persons=work.job.holds_persons,
        render=partial(render_pdf, content),
    )


def file_name(team: str, school_year: str) -> str:
    """scholingsplan-team-bovenbouw-2026-2027.pdf"""
    name = slugify(team).removeprefix("team-")[:_LONGEST_TEAM_NAME].strip("-")
    parts = ["scholingsplan", "team", name, school_year] if name else ["scholingsplan", school_year]
    return "-".join(parts) + f".{EXTENSION}"


def _allowed_plan(by: Access, plan_id: UUID, holds_persons: bool) -> Plan:
    plan = by.fetch(Plan, plan_id, Permission.MAKE_DOCUMENT, along=ALONG)
    marks: Any = plan
    needed = Permission.VIEW_ALL_ASSIGNMENTS
    if holds_persons and not by.allows(needed, school=marks.access_school, team=marks.access_team):
        raise Forbidden(needed)
    return plan


def _input_hash(content: BlockDocument, *, holds_persons: bool) -> str:
    # A team without members reads the same both ways, but is not for the same readers.
    readers = b"persons" if holds_persons else b"everyone"
    return hashlib.sha256(readers + b"\n" + document_hash(content).encode()).hexdigest()
