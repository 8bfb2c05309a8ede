"""One content function per kind of document: load what it is about, and say what it says."""

from collections.abc import Mapping
from typing import Final

from routekaart.models.jobs import DocumentKind
from worker.handlers.booklet import booklet
from worker.handlers.group_plan import group_plan
from worker.handlers.person_plan import person_plan
from worker.handlers.team_plan import team_plan
from worker.work import ContentOf

CONTENTS: Final[Mapping[DocumentKind, ContentOf]] = {
    DocumentKind.TEAM: team_plan,
    DocumentKind.GROUP: group_plan,
    DocumentKind.PERSON: person_plan,
    DocumentKind.STUDY_DAY: booklet,
}
