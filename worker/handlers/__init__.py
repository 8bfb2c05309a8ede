"""One handler per kind of job: load the domain object, and say how it becomes a document."""

from collections.abc import MutableMapping
from typing import Final

from routekaart.models.jobs import JobKind
from worker.handlers.team_plan import team_plan
from worker.work import Handler

HANDLERS: Final[MutableMapping[str, Handler]] = {
    JobKind.TEAM_PLAN_PDF: team_plan,
}
