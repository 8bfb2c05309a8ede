"""What the summaries for the MR say: of the plan of one team, and of all teams of a school."""

from routekaart import clock
from routekaart.access import Permission
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.models import Plan
from routekaart.queries.documents.content import ALONG
from routekaart.queries.documents.mr_summaries import mr_school_input, mr_team_input
from worker.handlers.overviews import stem, subject, year_of
from worker.work import About, Made, Work


def mr_of_team(work: Work) -> Made:
    """Payload: `plan`, the id of a plan.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    plan = work.by.fetch(Plan, work.id_of("plan"), Permission.MAKE_DOCUMENT, along=ALONG)
    given = mr_team_input(plan=plan, schools=(work.school,), today=clock.today())
    work.report(20)
    content = mr_summary(given)
    return Made(
        content=content,
        stem=stem("samenvatting-mr", content.meta.subject, content.meta.school_year),
        about=About(school=work.school, routekaart=plan.routekaart_id, plan=plan.pk),
        holds_persons=False,
        catalogue_version=given.plan.catalogue.version,
        adopted=given.plan.adopted,
    )


def mr_of_school(work: Work) -> Made:
    """Payload: `year`. Raises as the other."""
    given = mr_school_input(
        by=work.by, school_id=work.school, year=year_of(work), today=clock.today()
    )
    content = mr_school_summary(given)
    return Made(
        content=content,
        stem=stem("samenvatting-mr", content.meta.subject, content.meta.school_year),
        about=About(school=work.school, subject=subject(given.school.name, given.year)),
        holds_persons=False,
        catalogue_version=given.catalogue_version,
    )
