"""One content function per kind of document: load what it is about, and say what it says."""

from collections.abc import Mapping
from typing import Final

from routekaart.models.jobs import DocumentKind
from worker.handlers.team_plan import team_plan
from worker.work import ContentOf

CONTENTS: Final[Mapping[DocumentKind, ContentOf]] = {
    DocumentKind.TEAM: team_plan,
}
