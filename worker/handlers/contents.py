"""One content function per kind of document: load what it is about, and say what it says."""

from collections.abc import Mapping
from typing import Final

from routekaart.models.jobs import DocumentKind
from worker.handlers.booklet import booklet
from worker.handlers.group_plan import group_plan
from worker.handlers.mr_summaries import mr_of_school, mr_of_team
from worker.handlers.overviews import overview_of_board, overview_of_school
from worker.handlers.person_plan import person_plan
from worker.handlers.team_plan import team_plan
from worker.work import ContentOf

CONTENTS: Final[Mapping[DocumentKind, ContentOf]] = {
    DocumentKind.TEAM: team_plan,
    DocumentKind.GROUP: group_plan,
    DocumentKind.PERSON: person_plan,
    DocumentKind.STUDY_DAY: booklet,
    DocumentKind.SCHOOL: overview_of_school,
    DocumentKind.BOARD: overview_of_board,
    DocumentKind.MR: mr_of_team,
    DocumentKind.MR_SCHOOL: mr_of_school,
}
