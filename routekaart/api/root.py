"""The API: its routers, how it reads and how it fails."""

from ninja import Swagger

from routekaart.api import (
    advice,
    advice_rounds,
    agreements,
    assignment_batches,
    assignments,
    carry_over,
    catalogue,
    completions,
    dates,
    documents,
    errors,
    evaluations,
    explanations,
    goals,
    history,
    hours,
    latecomers,
    lesson_visits,
    mail,
    moments,
    notes,
    organisation,
    own_courses,
    people,
    plan_previews,
    plans,
    plg_cycles,
    plg_meetings,
    programmes,
    progress,
    quality_cycle,
    routekaarten,
    scans,
    school_settings,
    study_day_steps,
    topics,
    trainer_desk,
    work_groups,
)
from routekaart.api.auth import bearer, session
from routekaart.api.openapi import RoutekaartAPI
from routekaart.api.parser import StrictParser, known_parameters_only

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
    school_settings,
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
    mail,
    history,
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
        parser=StrictParser(),
    )
    errors.register(made)
    made.add_decorator(known_parameters_only)
    for subject in _SUBJECTS:
        made.add_router("", subject.router)
    return made


api = make_api()
