"""What the plan of one person says."""

from django.utils.text import slugify

from routekaart import clock
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.queries.documents.person_plan import person_plan_input
from worker.work import About, Made, Work

_LONGEST_NAME = 60


def person_plan(work: Work) -> Made:
    """Payload: `routekaart` and `person`. One's own is for oneself only.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    routekaart, person = work.id_of("routekaart"), work.id_of("person")
    given = person_plan_input(
        by=work.by, routekaart_id=routekaart, person_id=person, today=clock.today()
    )
    work.report(20)
    content = build_person_plan(given)
    name = slugify(given.member.name)[:_LONGEST_NAME].strip("-")
    return Made(
        content=content,
        stem="-".join(filter(None, ("persoonlijk-plan", name, content.meta.school_year))),
        about=About(school=work.school, routekaart=routekaart, person=person, private=given.own),
        holds_persons=not given.own,
        catalogue_version=given.teams[0].plan.catalogue.version,
    )
