"""What the overview of a school and that of a board say, for a reader or for a spreadsheet."""

from collections.abc import Callable

from django.utils.text import slugify

from routekaart import clock
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.canonical import Part
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.overview_input import OverviewInput
from routekaart.domain.content.overview_workbook import board_workbook, school_workbook
from routekaart.domain.content.plan_blocks import Length
from routekaart.domain.content.workbook import Workbook
from routekaart.models.jobs import DocumentFormat
from routekaart.queries.documents.offered import Wanted
from routekaart.queries.documents.overviews import board_overview_input, school_overview_input
from worker.work import About, Made, Work

_LONGEST_NAME = 60
_LONGEST_SUBJECT = 180
# What has cells or fields of its own; every other format is read from top to bottom.
_AS_DATA = frozenset({DocumentFormat.XLSX, DocumentFormat.JSON})


def overview_of_school(work: Work) -> Made:
    """Payload: `year`, the calendar year in which the school year starts.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    given = school_overview_input(
        by=work.by, school_id=work.school, year=year_of(work), today=clock.today()
    )
    return Made(
        content=_content(given, work.wanted, school_workbook, school_overview),
        stem=stem("schooloverzicht", given.schools[0].name, given.year.label),
        about=About(school=work.school, subject=subject(given.schools[0].name, given.year)),
        holds_persons=False,
        catalogue_version=given.catalogue_version,
    )


def overview_of_board(work: Work) -> Made:
    """Payload: `board` and `year`. Raises as the other."""
    board = work.id_of("board")
    given = board_overview_input(
        by=work.by, board_id=board, year=year_of(work), today=clock.today()
    )
    return Made(
        content=_content(given, work.wanted, board_workbook, board_overview),
        stem=stem("bestuursoverzicht", given.board, given.year.label),
        about=About(school=work.school, board=board, subject=subject(given.board, given.year)),
        holds_persons=False,
        catalogue_version=given.catalogue_version,
    )


def subject(name: str, year: SchoolYear) -> str:
    """Whose it is and of when, as a list of documents tells it: De Wilg, 2026-2027"""
    return f"{shortened(name, _LONGEST_SUBJECT)}, {year.label}"


def year_of(work: Work) -> int:
    """The school year that the request named."""
    return int(work.job.payload["year"])


def stem(kind: str, name: str, school_year: str) -> str:
    """schooloverzicht-de-wilg-2026-2027"""
    parts = [kind, slugify(name)[:_LONGEST_NAME].strip("-"), school_year]
    return "-".join(part for part in parts if part)


def _content(
    given: OverviewInput,
    wanted: Wanted,
    as_data: Callable[[OverviewInput], Workbook],
    as_text: Callable[[OverviewInput, Length], BlockDocument],
) -> Part:
    if wanted.format in _AS_DATA:
        return as_data(given)
    return as_text(given, Length(wanted.length))
