"""The API: its routers, how it reads and how it fails."""

from ninja import Swagger

from routekaart.api import errors
from routekaart.api.advice import desk as trainer_desk
from routekaart.api.advice import rounds as advice_rounds
from routekaart.api.advice import selections as advice
from routekaart.api.assigning import assignments
from routekaart.api.assigning import batches as assignment_batches
from routekaart.api.auth import bearer, session
from routekaart.api.calendar_feed import feeds as calendar_feeds
from routekaart.api.catalogue import own_courses
from routekaart.api.catalogue import public as catalogue
from routekaart.api.documents import documents, word_templates
from routekaart.api.documents import jobs as document_jobs
from routekaart.api.documents import kinds as document_kinds
from routekaart.api.documents import links as document_links
from routekaart.api.documents import overviews as overview_documents
from routekaart.api.idempotency import FirstAnswers
from routekaart.api.limits import Limits
from routekaart.api.mail import outbox as mail
from routekaart.api.openapi import RoutekaartAPI
from routekaart.api.organisation import (
    budgets,
    people,
    roles,
    school_log,
    school_settings,
    work_groups,
)
from routekaart.api.organisation import schools as organisation
from routekaart.api.parser import StrictParser, known_parameters_only
from routekaart.api.planning import explanations, hours, moments, plans
from routekaart.api.planning import previews as plan_previews
from routekaart.api.plg import cycles as plg_cycles
from routekaart.api.plg import lesson_visits
from routekaart.api.plg import meetings as plg_meetings
from routekaart.api.progress import completions, progress
from routekaart.api.quality import agreements, evaluations, quality_cycle
from routekaart.api.routekaarten import carry_over, dates, goals, history, routekaarten, scans
from routekaart.api.study_day import latecomers, notes, programmes, topics
from routekaart.api.study_day import steps as study_day_steps
from routekaart.api.versions import Versions

_DESCRIPTION = (
    "Van gekozen interventies naar een scholingsplan voor elk schoolteam. "
    "Fouten zijn problem+json (RFC 9457) met een vaste `code`."
)
# In the order of the documentation: along the main job.
_SUBJECTS = (
    catalogue,
    advice,
    organisation,
    people,
    roles,
    school_settings,
    budgets,
    own_courses,
    routekaarten,
    goals,
    dates,
    trainer_desk,
    advice_rounds,
    assignments,
    notes,
    topics,
    programmes,
    study_day_steps,
    assignment_batches,
    work_groups,
    progress,
    completions,
    # Before the plans: its address would be taken for that of one plan.
    plan_previews,
    plans,
    explanations,
    hours,
    agreements,
    evaluations,
    carry_over,
    moments,
    latecomers,
    plg_cycles,
    plg_meetings,
    lesson_visits,
    scans,
    quality_cycle,
    documents,
    document_links,
    document_kinds,
    overview_documents,
    document_jobs,
    word_templates,
    calendar_feeds,
    mail,
    history,
    school_log,
)


def make_api() -> RoutekaartAPI:
    """The API with all its routers."""
    made = RoutekaartAPI(
        title="Routekaart",
        version="1",
        description=_DESCRIPTION,
        urls_namespace="api",
        # Without this Swagger UI shows the file to a public service to have it checked.
        docs=Swagger(settings={"validatorUrl": None}),
        auth=[bearer, session],
        throttle=[Limits()],
        parser=StrictParser(),
    )
    errors.register(made)
    made.add_decorator(known_parameters_only)
    made.add_decorator(FirstAnswers(made))
    made.add_decorator(Versions(made))
    for subject in _SUBJECTS:
        made.add_router("", subject.router)
    return made


api = make_api()
