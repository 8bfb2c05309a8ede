"""What the plan of a group says."""

from django.utils.text import slugify

from routekaart.domain.content.group_plan import build_group_plan
from routekaart.queries.documents.group_plan import group_plan_input, plan_for_group
from worker.work import About, Made, Work

_LONGEST_NAME = 60
_LONGEST_SUBJECT = 200


def group_plan(work: Work) -> Made:
    """Payload: `plan`, and `functions`: the slugs of the group. The job says whether persons are in
    it.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    plan = plan_for_group(
        by=work.by, plan_id=work.id_of("plan"), with_persons=work.job.holds_persons
    )
    given = group_plan_input(
        by=work.by,
        plan_id=plan.pk,
        functions=work.job.payload["functions"],
        with_persons=work.job.holds_persons,
    )
    work.report(20)
    content = build_group_plan(given)
    name = slugify(f"{given.title} {given.plan.team}")[:_LONGEST_NAME].strip("-")
    return Made(
        content=content,
        stem="-".join(filter(None, ("groepsplan", name, content.meta.school_year))),
        about=About(
            school=work.school,
            routekaart=plan.routekaart_id,
            plan=plan.pk,
            subject=given.title[:_LONGEST_SUBJECT],
        ),
        holds_persons=work.job.holds_persons,
        catalogue_version=given.plan.catalogue.version,
        adopted=given.plan.adopted,
    )
