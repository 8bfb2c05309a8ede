"""What a worker does per kind of job."""

from collections.abc import MutableMapping
from typing import Final

from routekaart.models.jobs import JobKind
from worker.handlers.bundle import bundle
from worker.handlers.document import document
from worker.handlers.person_data import person_data
from worker.work import Handler

HANDLERS: Final[MutableMapping[str, Handler]] = {
    JobKind.DOCUMENT: document,
    JobKind.BUNDLE: bundle,
    JobKind.PERSON_DATA: person_data,
}
